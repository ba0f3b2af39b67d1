// Facts of a cleanup beside its dossier: the items as they stand, what is not listed, the decision, what became of the effects.
import { type DbOrTx, sql } from '@dianzhang/database'
import type { Pack } from '@dianzhang/packs'
import { type CleanupDossier, type CleanupExternal, refsOf } from '@dianzhang/processes'
import type { UnitFact } from '@dianzhang/rules'
import { unlistedEntries } from './census.ts'
import { loadItems, numbersNamed, wholeList } from './rows.ts'

interface Asked {
  jurisdiction: string
  dossier: CleanupDossier
  /** Null: for an explanation of everything that is possible now. */
  type: string | null
  payload: Record<string, unknown>
  pack: Pack
  on: string
  units: Record<string, UnitFact>
}
/** Commands that look at no item. */
const withoutItems = new Set([
  'PlanCleanup',
  'FreezeCensus',
  'ImportCensus',
  'CancelCleanup',
  'RecordObjection',
  'RecomputeDeadlines',
])

/** The decision as a document: by its matter, or by its entry. */
export async function decisionOf(db: DbOrTx, jurisdiction: string, ref: string): Promise<CleanupExternal['decision']> {
  const [row] = await db.execute<{
    id: string
    title: string
    number: string | null
    entry: string | null
    published: string | null
    effective: string | null
  }>(sql`
    select m.id, m.title, e.document_number as number, e.id as entry, e.published_on::text as published, e.effective_date::text as effective
    from matters m left join register_entries e on e.jurisdiction_id = m.jurisdiction_id and e.document_id = m.id
    where m.jurisdiction_id = ${jurisdiction} and m.process = 'normative-document' and (m.id = ${ref} or e.id = ${ref}) limit 1`)
  return row
    ? {
        id: row.id,
        title: row.title,
        number: row.number,
        entry: row.entry,
        publishedOn: row.published,
        effectiveDate: row.effective,
      }
    : null
}
/** What became of the changes that the result brought about: sent to documents, and recorded on imported entries. */
export async function effectsOf(db: DbOrTx, jurisdiction: string, id: string): Promise<CleanupExternal['effects']> {
  const [row] = await db.execute<{ done: number; failed: number; pending: number }>(sql`
    select (count(*) filter (where outcome = 'accepted'))::int as done, (count(*) filter (where outcome = 'refused'))::int as failed,
      (count(*) filter (where outcome is null))::int as pending
    from (
      select s.outcome from sends s where s.jurisdiction_id = ${jurisdiction} and s.from_matter = ${id}
        and s.command ->> 'type' in ('RepealDocument', 'DeclareLapsed')
      union all
      select case when x.body ->> 'done' = 'true' then 'accepted' else 'refused' end from cleanup_notes x
      where x.jurisdiction_id = ${jurisdiction} and x.matter_id = ${id} and x.kind = 'effect'
    ) as all_of_them`)
  return row ?? { done: 0, failed: 0, pending: 0 }
}
/** How many items each responsible unit has not yet given an opinion on; listed and decided ones excepted. */
export async function owedBy(db: DbOrTx, jurisdiction: string, id: string): Promise<Record<string, number>> {
  const rows = await db.execute<{ unit: string; n: number }>(sql`
    select i.unit, count(*)::int as n from cleanup_items i where i.jurisdiction_id = ${jurisdiction} and i.matter_id = ${id}
      and i.unit is not null and not i.after_decision and i.status not in ('repealed', 'expired', 'annulled')
      and not exists (select 1 from cleanup_notes x where x.jurisdiction_id = i.jurisdiction_id and x.matter_id = i.matter_id
        and x.n = i.n and x.kind = 'opinion')
    group by i.unit order by i.unit`)
  return Object.fromEntries(rows.map((row) => [row.unit, row.n]))
}
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

export async function loadCleanupFacts(db: DbOrTx, asked: Asked): Promise<CleanupExternal> {
  const { jurisdiction, dossier: d, type, payload, units } = asked
  const looks = d.census !== null && !(type !== null && withoutItems.has(type))
  const named = text(payload.document) ?? d.decision?.document ?? null
  // One after the other: a transaction has one connection.
  // An opinion on some of them looks at those alone.
  const refs = type === 'GiveOpinion' || type === 'AssignUnit' ? refsOf(type, payload) : []
  const some = looks && refs.length > 0 && refs.length <= 500 ? await numbersNamed(db, d, refs) : undefined
  // An explanation writes nothing: what the page has just read will do.
  const items = !looks ? [] : type === null ? await wholeList(db, asked) : await loadItems(db, { ...asked, only: some })
  const unlisted =
    looks && some === undefined && d.closedList && d.published === null ? await unlistedEntries(db, asked) : []
  const decision =
    named !== null && (type === null || type === 'Decide' || type === 'PublishResult')
      ? await decisionOf(db, jurisdiction, named)
      : null
  const effects =
    d.published && (type === null || type === 'CloseCleanup')
      ? await effectsOf(db, jurisdiction, d.id)
      : { done: 0, failed: 0, pending: 0 }
  const owed = d.census !== null && d.decision === null && type === null ? await owedBy(db, jurisdiction, d.id) : {}
  return { units, items, whole: looks && some === undefined, unlisted, decision, effects, owed }
}
