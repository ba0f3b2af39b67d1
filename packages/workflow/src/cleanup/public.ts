// The public's side of cleanups: those under public notice and those published, their lists, and what the public says of a draft.
import { randomUUID } from 'node:crypto'
import { dateInShanghai } from '@dianzhang/calendar'
import { cleanupContract, cleanupKindLabels } from '@dianzhang/contract'
import { type Db, rowsBefore, sql } from '@dianzhang/database'
import type { TableFormat } from '@dianzhang/formats'
import { type CleanupDossier, type CleanupItem, cleanups, outcomeOf, tallyOf, totalOf } from '@dianzhang/processes'
import type { UnitFact } from '@dianzhang/rules'
import { loadUnits } from '../facts/load-facts.ts'
import { notFound } from '../failures.ts'
import { runAt } from '../matters.ts'
import type { Actor, Office } from '../office.ts'
import { cleanupDesk } from './desk.ts'
import { type ListFile, listsDocx, listsTable, publicLine, sectionsOf } from './lists.ts'
import { loadItems } from './rows.ts'

interface Row extends Record<string, unknown> {
  jurisdiction: string
  id: string
  stage: string
  snapshot: unknown
}
/** Public is what is under notice, and what is published. */
const open = sql`m.process = 'cleanup' and (m.stage in ('published', 'closed') or m.stage = 'noticed')`
const dossierOf = (snapshot: unknown): CleanupDossier =>
  cleanups.restore(snapshot as never).context.dossier as CleanupDossier
const today = (office: Office): string => dateInShanghai(office.clock.now().toISOString())

/** Units of the jurisdiction of a cleanup. */
const unitsOf = async (db: Db, jurisdiction: string): Promise<Record<string, UnitFact>> => loadUnits(db, jurisdiction)

const summaryOf = (row: Row, d: CleanupDossier, units: Record<string, UnitFact>) => ({
  id: row.id,
  jurisdiction: row.jurisdiction,
  title: d.title,
  kind: d.kind,
  kindLabel: cleanupKindLabels[d.kind],
  unit: units[d.unit]?.name ?? d.unit,
  stage: row.stage,
  stageLabel: (cleanupContract.stages as Record<string, string>)[row.stage] ?? row.stage,
  publishedUntil: d.scope.publishedUntil,
  /** Census of N documents, M late finds; the total is the sum of the lists. */
  total: totalOf(d),
  census: d.census?.count ?? 0,
  lateFinds: d.lateFinds,
  counts: d.decision?.counts ?? null,
  noticeUntil: row.stage === 'noticed' ? (d.notice?.until ?? null) : null,
  decidedOn: d.decision?.date ?? null,
  publishedOn: d.published?.on ?? null,
})
/** Cleanups that the public may know of; those under notice first, then the newest results. */
export async function publicCleanups(
  office: Office,
  query: { jurisdiction?: string | undefined; cursor?: string | undefined; limit?: number | undefined },
) {
  const from = rowsBefore(query.cursor)
  const limit = query.limit ?? 50
  const here = query.jurisdiction === undefined ? sql`` : sql`and m.jurisdiction_id = ${query.jurisdiction}`
  const rows = await office.readDb.execute<Row & { all: number }>(sql`
    select m.jurisdiction_id as jurisdiction, m.id, m.stage, m.snapshot, (count(*) over ())::int as all from matters m
    join cleanups c on c.jurisdiction_id = m.jurisdiction_id and c.matter_id = m.id
    where ${open} ${here} order by (m.stage = 'noticed') desc, c.published_on desc nulls last, c.decided_on desc nulls last, m.id
    offset ${from} limit ${limit}`)
  const units = new Map<string, Record<string, UnitFact>>()
  for (const { jurisdiction } of rows)
    if (!units.has(jurisdiction)) units.set(jurisdiction, await unitsOf(office.readDb, jurisdiction))
  const total = rows[0]?.all ?? 0
  return {
    items: rows.map((row) => summaryOf(row, dossierOf(row.snapshot), units.get(row.jurisdiction) ?? {})),
    total,
    nextCursor: from + rows.length < total ? String(from + rows.length) : null,
  }
}
const undisclosed = { title: '（未主动公开的文件）', number: null, entry: null, unitName: null }
async function found(office: Office, id: string) {
  const [row] = await office.readDb.execute<Row>(sql`
    select m.jurisdiction_id as jurisdiction, m.id, m.stage, m.snapshot from matters m where ${open} and m.id = ${id} limit 1`)
  if (!row) throw notFound('这次清理')
  const d = dossierOf(row.snapshot)
  const units = await unitsOf(office.readDb, row.jurisdiction)
  const pack = office.rules.pack(d.jurisdiction, d.packVersion)
  const all = await loadItems(office.readDb, { dossier: d, pack, on: today(office), units })
  const closed = await office.readDb.execute<{ n: number }>(sql`
    select i.n from cleanup_items i join register_entries e on e.jurisdiction_id = i.jurisdiction_id and e.id = i.entry_id
    where i.jurisdiction_id = ${row.jurisdiction} and i.matter_id = ${id} and e.disclosure <> 'active'`)
  const hidden = new Set(closed.map((x) => x.n))
  // What is not disclosed is counted, and named only in the lists of the office.
  const items = all
    .filter((x) => !x.afterDecision)
    .map((x) =>
      hidden.has(x.n)
        ? { ...x, ...undisclosed, final: { outcome: outcomeOf(x) ?? 'keep', reason: null }, opinion: null }
        : x,
    )
  return { row, d, units, pack, items }
}
/** One cleanup with its lists. 404: none, or not public yet. */
export async function publicCleanup(office: Office, id: string) {
  const { row, d, units, pack, items } = await found(office, id)
  const sections = sectionsOf(items, pack)
  const counted = d.decision?.counts ?? tallyOf(items).counts
  const { document } = d.published ?? { document: d.decision?.document ?? null }
  const [published] = document
    ? await office.readDb.execute<{ id: string; title: string; number: string | null }>(sql`
        select e.id, e.title, e.document_number as number from register_entries e
        where e.jurisdiction_id = ${d.jurisdiction} and e.document_id = ${document} and e.disclosure = 'active'`)
    : []
  const stopped = d.published
    ? await office.readDb.execute<{ title: string; number: string | null; entry: string; reason: string }>(sql`
        select x.body ->> 'title' as title, x.body ->> 'number' as number, x.body ->> 'entry' as entry, x.body ->> 'reason' as reason
        from cleanup_notes x where x.jurisdiction_id = ${d.jurisdiction} and x.matter_id = ${id} and x.kind = 'unlisted' and x.body ->> 'effect' = 'stop'
        order by x.seq`)
    : []
  const lapses = await lapsesOf(office.readDb, d, items)
  return {
    ...summaryOf(row, d, units),
    counts: counted,
    ground: d.ground,
    order: d.order,
    issuers: d.scope.issuers.map((x) => units[x]?.name ?? x),
    frozenAt: d.census?.at ?? null,
    digest: d.census?.digest ?? null,
    listsDigest: d.decision?.lists ?? null,
    closedList: d.closedList,
    effectiveOn: d.published?.effectiveOn ?? null,
    decision: d.decision
      ? {
          body: d.decision.body.name,
          session: d.decision.session,
          date: d.decision.date,
          document: published ? { id: published.id, title: published.title, documentNumber: published.number } : null,
        }
      : null,
    lists: sections.map((section) => ({
      label: section.label,
      outcomes: section.outcomes,
      count: section.items.length,
      items: section.items.map(publicLine),
    })),
    unlisted: [...stopped].map((x) => ({ id: x.entry, title: x.title, documentNumber: x.number, reason: x.reason })),
    lapses,
    objections: d.objections.length,
  }
}
/**
 * What was to be published anew by a day or lapse: before that day waiting, after it lapsed, or cancelled because it was
 * published anew in time.
 */
async function lapsesOf(db: Db, d: CleanupDossier, items: readonly CleanupItem[]) {
  if (d.published === null || d.conditional.length === 0) return []
  const notes = await db.execute<{ n: number; lapsed: string; by: string | null; title: string | null }>(sql`
    select distinct on (x.n) x.n, x.body ->> 'lapsed' as lapsed, e.id as by, e.title from cleanup_notes x
    left join register_entries e on e.jurisdiction_id = x.jurisdiction_id and e.id = x.body ->> 'republished' and e.disclosure = 'active'
    where x.jurisdiction_id = ${d.jurisdiction} and x.matter_id = ${d.id} and x.kind in ('lapse', 'republished') and x.n is not null
    order by x.n, x.seq desc`)
  const told = new Map(notes.map((x) => [x.n, x]))
  return d.conditional.map(({ due, items: numbers, appliedOn }) => ({
    due,
    appliedOn,
    items: items
      .filter((x) => numbers.includes(x.n))
      .map((x) => {
        const note = told.get(x.n)
        const state =
          appliedOn === null
            ? ('waiting' as const)
            : note?.lapsed === 'true'
              ? ('lapsed' as const)
              : ('cancelled' as const)
        return {
          id: x.entry,
          title: x.title,
          documentNumber: x.number,
          state: appliedOn === null && d.republished.includes(x.n) ? ('cancelled' as const) : state,
          republished: note?.by ? { id: note.by, title: note.title ?? '' } : null,
        }
      }),
  }))
}
/** The lists as a file; 404 as `publicCleanup`. */
export async function publicCleanupFile(office: Office, id: string, format: TableFormat | 'docx'): Promise<ListFile> {
  const { d, items, pack, units } = await found(office, id)
  return format === 'docx' ? listsDocx(d, items, pack, units) : listsTable(d, items, pack, format)
}
/** What somebody says of a draft list while it is under notice: no name is asked for. 404: no such cleanup; 409: the notice is over. */
export async function objectToCleanup(
  office: Office,
  id: string,
  given: { text: string; item?: number | string | undefined; commandId?: string | undefined },
): Promise<{ n: number; at: string }> {
  const [row] = await office.db.execute<{ jurisdiction: string }>(sql`
    select m.jurisdiction_id as jurisdiction from matters m where ${open} and m.id = ${id} limit 1`)
  if (!row) throw notFound('这次清理')
  const actor: Actor = { kind: 'public', jurisdiction: row.jurisdiction }
  const { commandId = randomUUID(), text, item } = given
  const answer = await runAt(cleanupDesk, office, actor, id, {
    type: 'RecordObjection',
    commandId,
    expectedVersion: 0,
    text,
    ...(item === undefined ? {} : { item }),
  } as never)
  return { n: Number(answer.objection), at: office.clock.now().toISOString() }
}
/**
 * The cleanup under which a document stands now, for its own page: while the lists are on notice its name, before that only that there
 * is one and until when the units answer; what somebody suggests until then is still in time. Null: none.
 */
export async function cleanupOfEntry(
  office: Office,
  entry: { jurisdiction: string; id: string },
): Promise<{ notice: { id: string; title: string } | null; until: string } | null> {
  const [row] = await office.readDb.execute<{ id: string; title: string; until: string; noticed: boolean }>(sql`
    select x.id, x.title, x.noticed, x.until::text as until from (
      select m.id, m.title, m.stage = 'noticed' as noticed,
        case m.stage when 'noticed' then c.notice_until else (m.snapshot #>> '{context,dossier,deadlineForUnits}')::date end as until
      from cleanup_items i
      join cleanups c on c.jurisdiction_id = i.jurisdiction_id and c.matter_id = i.matter_id
      join matters m on m.jurisdiction_id = i.jurisdiction_id and m.id = i.matter_id
      where i.jurisdiction_id = ${entry.jurisdiction} and i.entry_id = ${entry.id} and m.stage in ('collecting', 'checked', 'noticed')
    ) x where x.until >= ${today(office)}::date order by x.noticed desc, x.until limit 1`)
  return row ? { notice: row.noticed ? { id: row.id, title: row.title } : null, until: row.until } : null
}
