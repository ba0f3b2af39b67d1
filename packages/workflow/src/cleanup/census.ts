// Which documents a cleanup is about: a query over the register, own documents and imported ones alike, on one instant.
import { addDays, type PlainDate } from '@dianzhang/calendar'
import { cleanupOutcomeLabels } from '@dianzhang/contract'
import { type DbOrTx, type SQL, sql } from '@dianzhang/database'
import type { Pack } from '@dianzhang/packs'
import { type CleanupDossier, isGone } from '@dianzhang/processes'
import { namesAct, type PublicStatus, publicStatusLabels, statusFacts, statusOn, statusSql } from '@dianzhang/register'
import type { UnitFact } from '@dianzhang/rules'
import type { NewItem } from './rows.ts'

/**
 * Categories that are administrative normative documents; laws, regulations, rules and judicial interpretations are
 * no part of a cleanup.
 */
const normative = sql`(e.origin = 'made' or e.category is null or e.category in ('行政规范性文件', '地方规范性文件', '部门规范性文件'))`

interface Found extends Record<string, unknown> {
  id: string
  document_id: string | null
  origin: string
  title: string
  document_number: string | null
  issuers: string[]
  published_on: string | null
  effective_date: string | null
  valid_until: string | null
  status: string
  text_hash: string
  unit: string | null
  lead_unit: string | null
}
interface Asked {
  dossier: Pick<CleanupDossier, 'jurisdiction' | 'id' | 'scope' | 'joined'>
  units: Record<string, UnitFact>
  on: PlainDate
}
/** Names under which the organs of the scope issue documents. */
export const issuerNames = (scope: CleanupDossier['scope'], units: Record<string, UnitFact>): string[] =>
  scope.issuers.map((id) => units[id]?.name ?? id)

const jsonList = (list: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(list)}::jsonb))`
async function within(db: DbOrTx, { dossier: { scope, joined }, units }: Asked): Promise<SQL> {
  const conditions = [
    sql`(e.published_on is null or e.published_on <= ${scope.publishedUntil}::date)`,
    scope.documents
      ? sql`(e.id in ${jsonList(scope.documents)} or e.document_id in ${jsonList(scope.documents)})`
      : null,
    // Documents named one by one need no issuer.
    scope.documents === null && scope.issuers.length > 0
      ? sql`e.issuers && array${jsonList(issuerNames(scope, units))}`
      : null,
    // Documents named one by one are in whatever they say.
    scope.act && scope.documents === null ? await namesAct(db, scope.act) : null,
    scope.theme ? sql`(strpos(e.title, ${scope.theme}) > 0 or strpos(e.body, ${scope.theme}) > 0)` : null,
  ]
  const base = sql.join(
    conditions.filter((x) => x !== null),
    sql` and `,
  )
  // Nothing stated but what joined: that alone.
  const stated = scope.documents !== null || scope.issuers.length > 0
  const named = joined.length > 0 ? sql`(e.id in ${jsonList(joined)} or e.document_id in ${jsonList(joined)})` : null
  const scoped = named === null ? base : stated ? sql`((${base}) or ${named})` : named
  return sql`${normative} and ${scoped}`
}
/** Unit named in an imported list → its unit here: by full name, else the only one whose name ends so. */
export function unitNamed(units: Record<string, UnitFact>, name: string | null): string | null {
  if (name === null || name === '') return null
  const all = Object.values(units)
  const exact = all.find((u) => u.name === name)
  if (exact) return exact.id
  const short = name.replace(/^(?:原|本)/u, '').replace(/^[县区市旗州]/u, '')
  const ending = short.length < 3 ? [] : all.filter((u) => u.name.endsWith(short) && u.kind !== 'internal')
  return ending.length === 1 ? (ending[0]?.id ?? null) : null
}
/** Who answers for an entry: the unit that drafted it here, the unit named by the list, the issuing department or township. */
function responsible(x: Found, units: Record<string, UnitFact>): { unit: string | null; unitName: string | null } {
  const drafted = x.unit !== null && units[x.unit] ? x.unit : null
  const listed = unitNamed(units, x.lead_unit)
  const issuer = x.issuers
    .flatMap((name) => unitNamed(units, name) ?? [])
    .find((id) => units[id]?.kind === 'department' || units[id]?.kind === 'township')
  const unit = drafted ?? listed ?? issuer ?? null
  return { unit, unitName: unit ? (units[unit]?.name ?? null) : (x.lead_unit ?? x.unit) }
}

export interface Census {
  items: NewItem[]
  gone: number
  /** Entries of the register in no organ's name: they may belong here and cannot be found by issuer. */
  nameless: number
}
/**
 * The census on `on`: what is in the scope and in force (pending, suspended, of unknown force included), and what ended after `since`.
 * `first`: number of the first item.
 */
export async function takeCensus(db: DbOrTx, asked: Asked & { since: PlainDate }, first = 1): Promise<Census> {
  const { dossier: d, units, on, since } = asked
  const scoped = await within(db, asked)
  const rows = await db.execute<Found>(sql`
    select e.id, e.document_id, e.origin, e.title, e.document_number, e.issuers, e.published_on::text, e.effective_date::text,
      e.valid_until::text, ${statusSql('e', on)} as status, e.text_hash, m.unit, e.metadata -> 'listed' ->> 'leadUnit' as lead_unit
    from register_entries e left join matters m on m.jurisdiction_id = e.jurisdiction_id and m.id = e.document_id
    where e.jurisdiction_id = ${d.jurisdiction} and ${scoped}
    order by e.published_on nulls last, e.document_number nulls last, e.id`)
  const ended = rows.filter((x) => isGone(x.status)).map((x) => x.id)
  const sinces = await endedSince(db, d.jurisdiction, ended, on)
  const [nameless] = await db.execute<{ n: number }>(sql`
    select count(*)::int as n from register_entries e where e.jurisdiction_id = ${d.jurisdiction} and ${normative} and e.issuers = '{}'`)
  const named = d.scope.documents !== null || d.joined.length > 0
  const items = rows
    .filter((x) => {
      if (!isGone(x.status)) return true
      const at = sinces.get(x.id) ?? null
      // Since the last cleanup; of one named by itself, and of an ending without a date, nobody can say that it is old.
      return named || at === null || at >= since
    })
    .map((x, i): NewItem => {
      const gone = isGone(x.status)
      const at = sinces.get(x.id) ?? null
      return {
        n: first + i,
        entry: x.id,
        document: x.document_id,
        title: x.title,
        number: x.document_number,
        issuers: x.issuers,
        ...responsible(x, units),
        publishedOn: x.published_on,
        effectiveDate: x.effective_date,
        validUntil: x.valid_until,
        status: x.status,
        statusOn: gone ? at : null,
        origin: 'register',
        included: gone
          ? `${cleanupOutcomeLabels.already_gone}：${publicStatusLabels[x.status as PublicStatus] ?? x.status}${at ? `，自${at}起` : ''}`
          : `${x.published_on === null ? '公布日期不明' : '公布截止日以前公布'}，${publicStatusLabels[x.status as PublicStatus] ?? x.status}`,
        textHash: x.text_hash,
        afterDecision: false,
      }
    })
  return {
    items,
    gone: items.filter((x) => isGone(x.status)).length,
    nameless: d.scope.issuers.length > 0 ? (nameless?.n ?? 0) : 0,
  }
}
async function endedSince(
  db: DbOrTx,
  jurisdiction: string,
  entries: readonly string[],
  on: PlainDate,
): Promise<Map<string, string | null>> {
  if (entries.length === 0) return new Map()
  const rows = await db.execute<Record<string, unknown> & { id: string }>(sql`
    select e.id, e.origin, e.published_on::text, e.effective_date::text, e.valid_until::text, e.force_events, e.source_status,
      to_char(e.created_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as recorded_on, e.adoption_date::text
    from register_entries e where e.jurisdiction_id = ${jurisdiction} and e.id in ${jsonList(entries)}`)
  return new Map(
    rows.map((row) => {
      const found = statusOn(statusFacts(row as never), on)
      return [row.id, found.source === 'computed' ? found.since : null]
    }),
  )
}

/** The last finished cleanup of any of these organs: its matter, and the day of its census. */
export async function previousCleanup(
  db: DbOrTx,
  { dossier: d }: Pick<Asked, 'dossier'>,
): Promise<{ matter: string; frozenOn: string; publishedUntil: string } | null> {
  if (d.scope.issuers.length === 0) return null
  const [row] = await db.execute<{ matter: string; frozen: string; until: string }>(sql`
    select c.matter_id as matter, c.frozen_on::text as frozen, c.published_until::text as until from cleanups c
    where c.jurisdiction_id = ${d.jurisdiction} and c.matter_id <> ${d.id} and c.published_on is not null and c.frozen_on is not null
      and c.kind in ('periodic', 'comprehensive') and c.issuers && array${jsonList(d.scope.issuers)}
    order by c.published_until desc, c.published_on desc limit 1`)
  return row ? { matter: row.matter, frozenOn: row.frozen, publishedUntil: row.until } : null
}
/** From which day on endings belong into the list: since the last census, else as many years back as the pack says. */
export function goneSince(pack: Pack, on: PlainDate, previous: { publishedUntil: string } | null): PlainDate {
  if (previous) return previous.publishedUntil
  const years = pack.cleanup.lookBackYears.value
  return addDays(`${Number(on.slice(0, 4)) - years}-${on.slice(5) === '02-29' ? '02-28' : on.slice(5)}`, 0)
}

export interface Differences {
  /** Kept by the last cleanup, or numbered since, and not in the census. */
  missing: Array<{ what: string; title: string; number: string | null }>
  /** In the census, neither kept by the last cleanup nor numbered since. */
  extra: Array<{ title: string; number: string | null }>
  nameless: number
}
/**
 * Census against (keep-list of the last cleanup ∪ numbers issued since). Without a last cleanup: all numbers that were issued to
 * documents published in the scope.
 */
export async function reconcile(
  db: DbOrTx,
  asked: Asked,
  census: Census,
  previous: { matter: string; publishedUntil: string } | null,
): Promise<Differences> {
  const { dossier: d, units } = asked
  const listed = new Set(census.items.flatMap((x) => x.entry ?? []))
  const numbers = new Set(census.items.flatMap((x) => x.number ?? []))
  const kept = previous
    ? await db.execute<{ entry: string | null; title: string; number: string | null }>(sql`
        select i.entry_id as entry, i.title, i.number from cleanup_items i
        join lateral (select x.body ->> 'outcome' as outcome from cleanup_notes x where x.jurisdiction_id = i.jurisdiction_id
          and x.matter_id = i.matter_id and x.n = i.n and x.kind = 'final' order by x.seq desc limit 1) f on f.outcome in ('keep', 'amend')
        where i.jurisdiction_id = ${d.jurisdiction} and i.matter_id = ${previous.matter} and not i.after_decision`)
    : []
  const since = previous?.publishedUntil ?? null
  const issued = d.scope.documents
    ? []
    : await db.execute<{ text: string; entry: string | null; title: string | null; stage: string | null }>(sql`
        select n.text, e.id as entry, m.title, m.stage from numbers n
        join matters m on m.jurisdiction_id = n.jurisdiction_id and m.id = n.document_id
        left join register_entries e on e.jurisdiction_id = n.jurisdiction_id and e.document_id = n.document_id
        left join documents x on x.jurisdiction_id = n.jurisdiction_id and x.id = n.document_id
        where n.jurisdiction_id = ${d.jurisdiction} and n.kind = 'document' and n.status = 'issued'
          and coalesce(e.published_on, n.at::date) <= ${d.scope.publishedUntil}::date
          and (${since}::date is null or coalesce(e.published_on, n.at::date) > ${since}::date)
          and (e.id is null or e.issuers && array${jsonList(issuerNames(d.scope, units))})
          and (e.id is not null or x.lead_issuer in ${jsonList(d.scope.issuers)})`)
  const narrowed = d.scope.act !== null || d.scope.theme !== null
  const missing = narrowed
    ? []
    : [
        ...kept
          .filter((x) => !(x.entry !== null && listed.has(x.entry)) && !(x.number !== null && numbers.has(x.number)))
          .map((x) => ({ what: '上次清理列为继续有效、需要修改，这次没有列入', title: x.title, number: x.number })),
        ...issued
          .filter((x) => !numbers.has(x.text) && !(x.entry !== null && listed.has(x.entry)))
          .map((x) => ({
            what: x.entry === null ? '已经编号，登记库中没有公布' : '已经编号、公布，这次没有列入',
            title: x.title ?? '',
            number: x.text,
          })),
      ]
  const expected = new Set([...kept.flatMap((x) => x.entry ?? []), ...issued.flatMap((x) => x.entry ?? [])])
  const expectedNumbers = new Set([...kept.flatMap((x) => x.number ?? []), ...issued.map((x) => x.text)])
  const extra = previous
    ? census.items
        .filter(
          (x) => !(x.entry !== null && expected.has(x.entry)) && !(x.number !== null && expectedNumbers.has(x.number)),
        )
        .map(({ title, number }) => ({ title, number }))
    : []
  return { missing, extra, nameless: census.nameless }
}

/** What of the scope is in force and neither listed nor confirmed one by one. */
export async function unlistedEntries(
  db: DbOrTx,
  asked: Asked,
): Promise<Array<{ entry: string; document: string | null; title: string; number: string | null }>> {
  const { dossier: d, on } = asked
  const scoped = await within(db, asked)
  return [
    ...(await db.execute<{ entry: string; document: string | null; title: string; number: string | null }>(sql`
      select e.id as entry, e.document_id as document, e.title, e.document_number as number from register_entries e
      where e.jurisdiction_id = ${d.jurisdiction} and ${scoped}
        and ${statusSql('e', on)} not in ('repealed', 'expired', 'annulled')
        and not exists (select 1 from cleanup_items i where i.jurisdiction_id = e.jurisdiction_id and i.matter_id = ${d.id} and i.entry_id = e.id
          and not i.after_decision)
        and not exists (select 1 from cleanup_notes x where x.jurisdiction_id = e.jurisdiction_id and x.matter_id = ${d.id} and x.kind = 'unlisted'
          and x.body ->> 'entry' = e.id)
      order by e.published_on nulls last, e.id limit 1000`)),
  ]
}
