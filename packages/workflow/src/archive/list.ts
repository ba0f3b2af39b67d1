// The archive: what was filed away, newest first; what has been kept long enough, what is to be handed over.
import { dateInShanghai } from '@dianzhang/calendar'
import type { answers } from '@dianzhang/contract'
import {
  and,
  asc,
  decodeCursor,
  desc,
  eq,
  like,
  literally,
  lt,
  lte,
  or,
  type Page,
  type Paging,
  pageFrom,
  type SQL,
  schema,
  sql,
} from '@dianzhang/database'
import { archiveNumberKey } from '@dianzhang/numbering'
import { documentDesk } from '../document-desk.ts'
import { visibleRows } from '../door/reading.ts'
import { loadUnits } from '../facts/load-facts.ts'
import type { Actor, Office } from '../office.ts'
import { named } from '../queries/matters.ts'
import { foundIn } from '../search/condition.ts'
import { indexMatters } from '../search/index-matters.ts'

const { archivedFiles: t, deadlines: l, documents: d, matters: m, people: p } = schema

export const archiveDues = ['appraise', 'transfer'] as const
export interface ArchiveQuery extends Paging {
  /** Name, number of the document, or how the archive's number begins. */
  q?: string | undefined
  retention?: string | undefined
  year?: number | undefined
  issuer?: string | undefined
  due?: (typeof archiveDues)[number] | undefined
}

const transferDay = sql<
  string | null
>`(select ${l.dueOn}::text from ${l} where ${l.jurisdictionId} = ${t.jurisdictionId}
  and ${l.matterId} = ${t.documentId} and ${l.key} = 'archive-transfer')`
const dueBy = (due: (typeof archiveDues)[number], today: string): SQL =>
  due === 'appraise'
    ? lte(t.keptUntil, today)
    : sql`${t.documentId} in (select ${l.matterId} from ${l} where ${l.jurisdictionId} = ${t.jurisdictionId}
        and ${l.kind} = 'archive_transfer' and ${l.status} = 'open' and ${l.dueOn} <= ${today})`
const readableBy = (actor: Actor): SQL | undefined =>
  and(eq(t.jurisdictionId, actor.jurisdiction), visibleRows(documentDesk.overseers, actor))
const withMatter = and(eq(m.jurisdictionId, t.jurisdictionId), eq(m.id, t.documentId))

/** By name and number; what was filed away a moment ago is found too. */
async function headed(office: Office, actor: Actor, q: string) {
  await indexMatters(office, actor.jurisdiction, 25)
  return foundIn(office, actor, q, 'heading')
}
/** Files of the archive this person may see; keyset pages, `limit` 50 unless told. */
export async function listArchive(
  office: Office,
  actor: Actor,
  query: ArchiveQuery,
): Promise<Page<answers.Given<typeof answers.ArchivedFile>>> {
  const limit = query.limit ?? 50
  const today = dateInShanghai(office.clock.now().toISOString())
  const [at, id] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ['instant', 'text'])
  const [units, found] = await Promise.all([
    loadUnits(office.db, actor.jurisdiction),
    query.q === undefined ? null : headed(office, actor, query.q),
  ])
  const key = query.q === undefined ? '' : archiveNumberKey(query.q)
  const rows = await office.db
    .select({
      id: t.documentId,
      title: m.title,
      archiveNo: t.archiveNo,
      documentNumber: sql<string | null>`${m.snapshot} #>> '{context,dossier,numbers,document}'`,
      retention: t.retention,
      year: t.year,
      files: t.files,
      manifestHash: t.manifestHash,
      archivedAt: t.archivedAt,
      archivedBy: p.name,
      issuer: d.leadIssuer,
      keptUntil: t.keptUntil,
      transferOn: transferDay,
    })
    .from(t)
    .innerJoin(m, withMatter)
    .innerJoin(d, and(eq(d.jurisdictionId, t.jurisdictionId), eq(d.id, t.documentId)))
    .leftJoin(p, and(eq(p.jurisdictionId, t.jurisdictionId), eq(p.id, t.archivedBy)))
    .where(
      and(
        readableBy(actor),
        found ? or(found.where, key ? like(t.archiveKey, `${literally(key)}%`) : undefined) : undefined,
        query.retention === undefined ? undefined : eq(t.retention, query.retention),
        query.year === undefined ? undefined : eq(t.year, query.year),
        query.issuer === undefined ? undefined : eq(d.leadIssuer, query.issuer),
        query.due === undefined ? undefined : dueBy(query.due, today),
        at === undefined || id === undefined
          ? undefined
          : or(lt(t.archivedAt, new Date(at)), and(eq(t.archivedAt, new Date(at)), sql`${t.documentId} > ${id}`)),
      ),
    )
    .orderBy(desc(t.archivedAt), asc(t.documentId))
    .limit(limit + 1)
  return pageFrom(
    rows.map((row) => ({
      ...row,
      archivedAt: row.archivedAt.toISOString(),
      issuer: named(units, row.issuer),
      due:
        row.keptUntil !== null && row.keptUntil <= today
          ? ('appraise' as const)
          : row.transferOn !== null && row.transferOn <= today
            ? ('transfer' as const)
            : null,
    })),
    limit,
    (row) => [row.archivedAt, row.id],
  )
}

/** What the archive's own choices are, and how much has come due; counted no further than a thousand. */
export async function archiveSummary(
  office: Office,
  actor: Actor,
): Promise<answers.Given<typeof answers.ArchiveSummary>> {
  const today = dateInShanghai(office.clock.now().toISOString())
  const counted = async (due: (typeof archiveDues)[number]): Promise<number> => {
    const rows = await office.db
      .select({ id: t.documentId })
      .from(t)
      .innerJoin(m, withMatter)
      .where(and(readableBy(actor), dueBy(due, today)))
      .limit(1000)
    return rows.length
  }
  const [appraise, transfer] = await Promise.all([counted('appraise'), counted('transfer')])
  const { retentions } = office.rules.latest(actor.jurisdiction, today).archive
  return { retentions: retentions.value, appraise, transfer }
}
