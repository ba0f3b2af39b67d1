// The rows of a cleanup: the census and what was said about each item. Written in batches whose digests go into the ledger,
// read back as items; nothing is ever changed.
import { addDays, type PlainDate } from '@dianzhang/calendar'
import type { CleanupFlag, CleanupOutcome, LapseGround } from '@dianzhang/contract'
import { and, type DbOrTx, eq, max, schema, sql, type Tx } from '@dianzhang/database'
import { canonicalJson, sha256Hex } from '@dianzhang/ledger'
import type { Pack } from '@dianzhang/packs'
import {
  type CleanupDossier,
  type CleanupItem,
  type FlagContext,
  flagsOf,
  type ItemRef,
  isGone,
} from '@dianzhang/processes'
import { restingOnEnded, statusFacts, statusOn, statusSql, titleKeySql } from '@dianzhang/register'
import type { UnitFact } from '@dianzhang/rules'

const { cleanupItems: it, cleanupNotes: nt } = schema

/** An item as it is written: everything of `CleanupItem` that never changes. */
export interface NewItem {
  n: number
  entry: string | null
  document: string | null
  title: string
  number: string | null
  issuers: string[]
  unit: string | null
  unitName: string | null
  publishedOn: string | null
  effectiveDate: string | null
  validUntil: string | null
  status: string
  statusOn: string | null
  origin: CleanupItem['origin']
  included: string
  textHash: string | null
  afterDecision: boolean
}
export interface NewNote {
  n: number | null
  kind: string
  body: Record<string, unknown>
}
/** What of a batch goes into the ledger: the numbers it covers and one digest. */
export interface Batch {
  from: number
  to: number
  digest: string
}

/** `sha256("dianzhang/cleanup-item/1\n" + canonical JSON)`; the recipe is written anew in `cli/verify-cleanups.ts`. */
const itemHash = (x: NewItem): string => sha256Hex(`dianzhang/cleanup-item/1\n${canonicalJson({ ...x })}`)
const noteHash = (x: NewNote & { seq: number; by: string | null; unit: string | null; at: string }): string =>
  sha256Hex(`dianzhang/cleanup-note/1\n${canonicalJson({ ...x })}`)
const batchOf = (rows: ReadonlyArray<{ at: number; hash: string }>): Batch => ({
  from: rows[0]?.at ?? 0,
  to: rows.at(-1)?.at ?? 0,
  digest: sha256Hex(`dianzhang/cleanup-batch/1\n${rows.map((x) => x.hash).join('\n')}`),
})

interface Here {
  jurisdiction: string
  matterId: string
}
/** Next numbers of items and notes; under the lock of the matter. */
export async function nextNumbers(db: DbOrTx, { jurisdiction, matterId }: Here): Promise<{ n: number; seq: number }> {
  const [[item], [note]] = await Promise.all([
    db
      .select({ n: max(it.n) })
      .from(it)
      .where(and(eq(it.jurisdictionId, jurisdiction), eq(it.matterId, matterId))),
    db
      .select({ seq: max(nt.seq) })
      .from(nt)
      .where(and(eq(nt.jurisdictionId, jurisdiction), eq(nt.matterId, matterId))),
  ])
  return { n: (item?.n ?? 0) + 1, seq: (note?.seq ?? 0) + 1 }
}
/** Items with their digests; `rows` as JSON for one statement, however many they are. */
export const itemBatch = (items: readonly NewItem[]): { batch: Batch; rows: Array<NewItem & { hash: string }> } => {
  const rows = items.map((x) => ({ ...x, hash: itemHash(x) }))
  return { rows, batch: batchOf(rows.map(({ n, hash }) => ({ at: n, hash }))) }
}
export async function insertItems(
  tx: Tx,
  { jurisdiction, matterId }: Here,
  rows: ReadonlyArray<NewItem & { hash: string }>,
  at: Date,
): Promise<void> {
  if (rows.length === 0) return
  await tx.execute(sql`
    insert into cleanup_items (jurisdiction_id, matter_id, n, entry_id, document_id, title, number, issuers, unit, unit_name,
      published_on, effective_date, valid_until, status, status_on, origin, included, text_hash, after_decision, hash, at)
    select ${jurisdiction}, ${matterId}, r.n, r.entry, r.document, r.title, r.number,
      array(select jsonb_array_elements_text(r.issuers)), r.unit, r."unitName", r."publishedOn", r."effectiveDate", r."validUntil",
      r.status, r."statusOn", r.origin, r.included, r."textHash", r."afterDecision", r.hash, ${at.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(n int, entry text, document text, title text, number text, issuers jsonb,
      unit text, "unitName" text, "publishedOn" date, "effectiveDate" date, "validUntil" date, status text, "statusOn" date, origin text,
      included text, "textHash" text, "afterDecision" boolean, hash text)`)
}
export interface NoteRow extends NewNote {
  seq: number
  hash: string
  by: string | null
  unit: string | null
}
export function noteBatch(
  notes: readonly NewNote[],
  from: number,
  who: { by: string | null; unit: string | null; at: string },
): { batch: Batch; rows: NoteRow[] } {
  const rows = notes.map((x, i) => {
    const row = { n: x.n, kind: x.kind, body: JSON.parse(JSON.stringify(x.body)) as NewNote['body'], seq: from + i }
    const { by, unit } = who
    return { ...row, by, unit, hash: noteHash({ ...row, ...who }) }
  })
  return { rows, batch: batchOf(rows.map(({ seq, hash }) => ({ at: seq, hash }))) }
}
export async function insertNotes(
  tx: Tx,
  { jurisdiction, matterId }: Here,
  rows: readonly NoteRow[],
  at: string,
): Promise<void> {
  if (rows.length === 0) return
  await tx.execute(sql`
    insert into cleanup_notes (jurisdiction_id, matter_id, seq, n, kind, body, by, unit, at, hash)
    select ${jurisdiction}, ${matterId}, r.seq, r.n, r.kind, r.body, r.by, r.unit, ${at}::timestamptz, r.hash
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(seq int, n int, kind text, body jsonb, by text, unit text, hash text)`)
}

interface ItemRow extends Record<string, unknown> {
  n: number
  entry_id: string | null
  document_id: string | null
  title: string
  number: string | null
  issuers: string[]
  unit: string | null
  unit_name: string | null
  published_on: string | null
  effective_date: string | null
  valid_until: string | null
  status: string
  status_on: string | null
  origin: string
  included: string
  after_decision: boolean
  now: string | null
}
interface LatestNote extends Record<string, unknown> {
  n: number
  kind: string
  seq: number
  body: Record<string, unknown>
  by: string | null
  unit: string | null
  on: string
}
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** The day by which contradictions are asked about: the list's own, else today or the earlier end of the period cleaned up. */
export const askedOn = (d: CleanupDossier, today: PlainDate): PlainDate =>
  d.census?.asOf ?? (d.scope.publishedUntil < today ? d.scope.publishedUntil : today)

/** Which items a page asks for; `units`: responsible units, by code or by name. */
export interface Chosen {
  unit?: string | undefined
  own?: readonly string[] | undefined
  outcome?: CleanupOutcome | undefined
  only?: 'open' | 'unchecked' | 'differing' | 'late' | 'own' | undefined
  q?: string | undefined
}
const inList = (list: readonly string[]) => sql`(select jsonb_array_elements_text(${JSON.stringify(list)}::jsonb))`
/** The numbers of the chosen items of one page, in the order of the list, and how many there are in all. */
export async function numbersOf(
  db: DbOrTx,
  asked: { dossier: CleanupDossier; on: PlainDate; units: Record<string, UnitFact> },
  chosen: Chosen,
  page: { from: number; limit: number },
): Promise<{ numbers: number[]; total: number }> {
  const { dossier: d, on, units } = asked
  const undecided = d.decision === null && d.census?.origin === 'register'
  const here = sql`i.jurisdiction_id = ${d.jurisdiction} and i.matter_id = ${d.id}`
  const named = Object.values(units).flatMap(({ id, name }) => (name === chosen.unit ? [id] : []))
  const conditions = [
    chosen.unit === undefined
      ? null
      : sql`(coalesce(x.unit, '') in ${inList([chosen.unit, ...named])} or (x.unit is null and coalesce(x.unit_name, '') = ${chosen.unit}))`,
    chosen.outcome === undefined ? null : sql`x.outcome = ${chosen.outcome}`,
    chosen.q === undefined
      ? null
      : sql`(strpos(x.title, ${chosen.q}) > 0 or strpos(coalesce(x.number, ''), ${chosen.q}) > 0 or strpos(x.n::text, ${chosen.q}) > 0)`,
    chosen.only === 'open' ? sql`x.outcome is null` : null,
    chosen.only === 'unchecked' ? sql`x.outcome is not null and not x.checked` : null,
    chosen.only === 'differing' ? sql`x.differs and x.checked` : null,
    chosen.only === 'late' ? sql`x.origin in ('late', 'added')` : null,
    chosen.only === 'own' ? sql`x.unit in ${inList(chosen.own ?? [])}` : null,
  ].filter((x) => x !== null)
  // What only the frozen rows say needs no look at what was said since.
  const plain = conditions.length === 0
  const said = chosen.outcome !== undefined || ['open', 'unchecked', 'differing'].includes(chosen.only ?? '')
  const gone = said
    ? sql`(i.status in ('repealed', 'expired', 'annulled') or ${undecided ? sql`coalesce(e.now in ('repealed', 'expired', 'annulled'), false)` : sql`false`})`
    : sql`false`
  const latest = (kind: string) =>
    sql`(select distinct on (i.n) i.n, i.seq, i.body from cleanup_notes i where ${here} and i.n is not null and i.kind = ${kind} order by i.n, i.seq desc)`
  const rows = await db.execute<{ n: number; total: number }>(
    plain
      ? sql`select i.n, (count(*) over ())::int as total from cleanup_items i where ${here} order by i.n offset ${page.from} limit ${page.limit}`
      : sql`
    select x.n, (count(*) over ())::int as total from (
      select i.n, i.title, i.number, i.origin, case when u.n is null then i.unit else u.body ->> 'unit' end as unit,
        case when u.n is null then i.unit_name else u.body ->> 'unitName' end as unit_name,
        ${
          said
            ? sql`case when f.n is not null then f.body ->> 'outcome' when ${gone} then 'already_gone' else o.body ->> 'outcome' end as outcome,
        (${gone} or coalesce(k.seq > o.seq, false)) as checked, coalesce(k.body ->> 'agrees' <> 'true', false) as differs`
            : sql`null::text as outcome, false as checked, false as differs`
        }
      from cleanup_items i left join ${latest('unit')} u on u.n = i.n
      ${said ? sql`left join ${latest('opinion')} o on o.n = i.n left join ${latest('check')} k on k.n = i.n left join ${latest('final')} f on f.n = i.n` : sql``}
      ${said && undecided ? sql`left join lateral (select ${statusSql('e', on)} as now from register_entries e where e.jurisdiction_id = i.jurisdiction_id and e.id = i.entry_id) e on true` : sql``}
      where ${here}
    ) x where ${sql.join(conditions, sql` and `)} order by x.n offset ${page.from} limit ${page.limit}`,
  )
  if (rows.length === 0 && page.from > 0) {
    const { total } = await numbersOf(db, asked, chosen, { from: 0, limit: 1 })
    return { numbers: [], total }
  }
  return { numbers: rows.map((x) => x.n), total: rows[0]?.total ?? 0 }
}
/** Numbers of the items that a command names, by number, entry or matter. */
export async function numbersNamed(db: DbOrTx, d: CleanupDossier, refs: readonly ItemRef[]): Promise<number[]> {
  const rows = await db.execute<{ n: number }>(sql`
    select i.n from cleanup_items i where i.jurisdiction_id = ${d.jurisdiction} and i.matter_id = ${d.id}
      and (i.n::text in ${inList(refs.map(String))} or i.entry_id in ${inList(refs.map(String))} or i.document_id in ${inList(refs.map(String))})`)
  return rows.map((x) => x.n)
}
/**
 * All items of a cleanup, as they stand: the frozen row, the latest opinion, check and unit, the force now (before the decision),
 * the flags. `only`: just these numbers. In the order of the list. One read of items, one of notes; `units` gives names.
 */
export async function loadItems(
  db: DbOrTx,
  asked: {
    dossier: CleanupDossier
    pack: Pack
    on: PlainDate
    units: Record<string, UnitFact>
    only?: readonly number[] | undefined
  },
): Promise<CleanupItem[]> {
  const { dossier: d, pack, on, units, only } = asked
  if (d.census === null || only?.length === 0) return []
  // A list of long ago says what was then; the register of today does not change it.
  const undecided = d.decision === null && d.census.origin === 'register'
  const all = sql`i.jurisdiction_id = ${d.jurisdiction} and i.matter_id = ${d.id}`
  const here = only === undefined ? all : sql`${all} and i.n in ${only}`
  const rows = await db.execute<ItemRow>(sql`
    select i.n, i.entry_id, i.document_id, i.title, i.number, i.issuers, i.unit, i.unit_name, i.published_on::text, i.effective_date::text,
      i.valid_until::text, i.status, i.status_on::text, i.origin, i.included, i.after_decision,
      ${undecided ? sql`case when e.id is null then null else ${statusSql('e', on)} end` : sql`null::text`} as now
    from cleanup_items i ${undecided ? sql`left join register_entries e on e.jurisdiction_id = i.jurisdiction_id and e.id = i.entry_id` : sql``}
    where ${here} order by i.n`)
  const notes = await db.execute<LatestNote>(sql`
    select distinct on (i.n, i.kind) i.n, i.kind, i.seq, i.body, i.by, i.unit, to_char(i.at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as on
    from cleanup_notes i where ${here} and i.n is not null and i.kind in ('opinion', 'check', 'unit', 'final')
    order by i.n, i.kind, i.seq desc`)
  const latest = new Map(notes.map((x) => [`${x.n} ${x.kind}`, x]))
  const goneNow = rows.filter((x) => isGone(x.now) && !isGone(x.status)).flatMap((x) => x.entry_id ?? [])
  const since = goneNow.length > 0 ? await sinceOf(db, d.jurisdiction, goneNow, on) : new Map<string, string | null>()
  const items = rows.map((x): CleanupItem => {
    const of = (kind: string) => latest.get(`${x.n} ${kind}`)
    const [opinion, check, assigned, final] = [of('opinion'), of('check'), of('unit'), of('final')]
    const unit = assigned ? text(assigned.body.unit) : x.unit
    return {
      n: x.n,
      title: x.title,
      number: x.number,
      entry: x.entry_id,
      matter: x.document_id,
      issuers: x.issuers,
      unit,
      unitName: (unit && units[unit]?.name) ?? (assigned ? text(assigned.body.unitName) : x.unit_name),
      publishedOn: x.published_on,
      effectiveDate: x.effective_date,
      validUntil: x.valid_until,
      status: x.status,
      statusOn: x.status_on,
      origin: x.origin as CleanupItem['origin'],
      included: x.included,
      opinion: opinion
        ? {
            outcome: opinion.body.outcome as CleanupOutcome,
            reason: text(opinion.body.reason),
            provisions: (opinion.body.provisions ?? []) as string[],
            lapseGround: (opinion.body.lapseGround ?? null) as LapseGround | null,
            amend: (opinion.body.amend ?? null) as NonNullable<CleanupItem['opinion']>['amend'],
            by: opinion.by,
            unit: opinion.unit,
            on: opinion.on,
            seq: opinion.seq,
          }
        : null,
      check: check
        ? {
            agrees: check.body.agrees === true,
            reason: text(check.body.reason),
            by: check.by,
            on: check.on,
            seq: check.seq,
          }
        : null,
      final: final ? { outcome: final.body.outcome as CleanupOutcome, reason: text(final.body.reason) } : null,
      now: x.now === null ? null : { status: x.now, on: x.entry_id ? (since.get(x.entry_id) ?? null) : null },
      afterDecision: x.after_decision,
      flags: [],
    }
  })
  const context = await contextOf(db, d, pack, on, units, only)
  if (only !== undefined)
    context.all = [
      ...(await db.execute<{ title: string; number: string | null }>(
        sql`select i.title, i.number from cleanup_items i where ${all}`,
      )),
    ]
  const flags = flagsOf(items, context)
  for (const x of items) x.flags = flags.get(x.n) ?? ([] as CleanupFlag[])
  return items
}
/** Whole lists read last, by what they depend on: a page, its actions and its choices ask for the same one within moments. */
const remembered = new Map<string, { mark: string; items: CleanupItem[] }>()
const rememberedMost = 2
/**
 * All items, as `loadItems`, for reading only. Long lists are remembered until anything they say may have changed: a row written,
 * the register or what is known of superior acts, the day, the names of units. Not for use in a transaction that writes.
 */
export async function wholeList(
  db: DbOrTx,
  asked: Omit<Parameters<typeof loadItems>[1], 'only'>,
): Promise<CleanupItem[]> {
  const { dossier: d, on, pack, units } = asked
  if ((d.census?.count ?? 0) < 500) return loadItems(db, asked)
  const key = `${d.jurisdiction} ${d.id}`
  // The mark is read first: what is written between the two makes the list newer than its mark, and it is read again.
  const [row] = await db.execute<{ mark: string }>(sql`
    select concat_ws(' ', (select max(n.seq) from cleanup_notes n where n.jurisdiction_id = ${d.jurisdiction} and n.matter_id = ${d.id}),
      (select max(i.n) from cleanup_items i where i.jurisdiction_id = ${d.jurisdiction} and i.matter_id = ${d.id}),
      (select sum(w.n) from public_writes w)) as mark`)
  const mark = [
    row?.mark,
    on,
    pack.version,
    d.decision?.date,
    ...Object.values(units).map((u) => `${u.id}${u.name}`),
  ].join('|')
  const known = remembered.get(key)
  if (known?.mark === mark) return known.items
  const items = await loadItems(db, asked)
  remembered.delete(key)
  remembered.set(key, { mark, items })
  for (const old of remembered.keys()) if (remembered.size > rememberedMost) remembered.delete(old)
  return items
}
/** Since when each is as it is. */
async function sinceOf(
  db: DbOrTx,
  jurisdiction: string,
  entries: readonly string[],
  on: PlainDate,
): Promise<Map<string, string | null>> {
  const rows = await db.execute<Record<string, never>>(sql`
    select e.id, e.origin, e.published_on::text, e.effective_date::text, e.valid_until::text, e.force_events, e.source_status,
      to_char(e.created_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as recorded_on, e.adoption_date::text
    from register_entries e where e.jurisdiction_id = ${jurisdiction}
      and e.id in (select jsonb_array_elements_text(${JSON.stringify(entries)}::jsonb))`)
  return new Map(rows.map((row) => [String(row.id), statusOn(statusFacts(row as never), on).since]))
}
async function contextOf(
  db: DbOrTx,
  d: CleanupDossier,
  pack: Pack,
  on: PlainDate,
  units: Record<string, UnitFact>,
  only: readonly number[] | undefined,
): Promise<FlagContext> {
  const day = askedOn(d, on)
  const some = only === undefined ? sql`` : sql`and i.n in ${only}`
  const successors = await db.execute<{ entry: string }>(sql`
    select distinct i.entry_id as entry from cleanup_items i
    join register_entries e on ${titleKeySql('e.title')} = ${titleKeySql('i.title')} and e.disclosure = 'active'
    where i.jurisdiction_id = ${d.jurisdiction} and i.matter_id = ${d.id} ${some} and e.jurisdiction_id = i.jurisdiction_id
      and i.entry_id is not null and e.id <> i.entry_id and e.published_on > i.published_on
      and not exists (select 1 from cleanup_items o where o.jurisdiction_id = i.jurisdiction_id and o.matter_id = i.matter_id and o.entry_id = e.id)`)
  // Of a list of long ago by its own day; otherwise by what is in force now, when somebody decides.
  const basisGone = await restingOnEnded(db, {
    jurisdiction: d.jurisdiction,
    among: sql`select i.entry_id from cleanup_items i where i.jurisdiction_id = ${d.jurisdiction} and i.matter_id = ${d.id} ${some}`,
    on: d.census?.origin === 'list' ? day : on,
  })
  return {
    on: day,
    provisionalYears: pack.validity.provisionalMaximumYears.value,
    basisGone,
    successors: new Set(successors.map((x) => x.entry)),
    unitNames: new Set(Object.values(units).map((u) => u.name)),
  }
}
export const dayAfter = (date: PlainDate): PlainDate => addDays(date, 1)
