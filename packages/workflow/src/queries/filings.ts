// The desk of filings: documents in force that this person files, or receives for filing.
import type { answers } from '@dianzhang/contract'
import {
  and,
  arrayOverlaps,
  asc,
  decodeCursor,
  desc,
  eq,
  gt,
  inArray,
  lt,
  or,
  type Page,
  type Paging,
  pageFrom,
  schema,
  sql,
} from '@dianzhang/database'
import type { Clock } from '@dianzhang/rules'
import type { Office, Person } from '../office.ts'

const { deadlines, documents, matters, units } = schema

/** Lately changed first, each with the nearest deadline of one's own side; keyset pages, `limit` 50 unless told. */
export async function listFilings(
  office: Office,
  actor: Person,
  query: Paging,
): Promise<Page<answers.Given<typeof answers.FilingRow>>> {
  const limit = query.limit ?? 50
  const mine = [
    ...new Set(
      actor.posts.filter((post) => post.role === 'registrar' || post.role === 'secretariat').map((post) => post.unit),
    ),
  ]
  // The government office files for every issuer of the county (as `may` says for FileDocument).
  const clerks = actor.posts.filter((post) => post.role === 'secretariat').map((post) => post.unit)
  const [governmentOffice] =
    clerks.length === 0
      ? []
      : await office.db
          .select({ id: units.id })
          .from(units)
          .where(and(eq(units.jurisdictionId, actor.jurisdiction), inArray(units.id, clerks), eq(units.kind, 'office')))
          .limit(1)
  const registers = actor.posts.some((post) => post.role === 'registrar')
  const clocks: Array<Clock['kind']> = registers
    ? ['filing_formal_check', 'filing_review']
    : ['filing', 'filing_resubmit', 'filing_supplement', 'correction']
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, ['instant', 'text'])
  const afterAt = after ? new Date(after[0] ?? '') : undefined
  const rows = await office.db
    .select({
      id: matters.id,
      title: matters.title,
      tier: documents.tier,
      leadIssuer: documents.leadIssuer,
      version: matters.version,
      filing: documents.filing,
      // The nearest of the deadlines of one's own side.
      due: sql<{ on: string; label: string; overdue: boolean } | null>`(
        select json_build_object('on', t.due_on, 'label', t.label, 'overdue', t.due_at < ${office.clock.now().toISOString()}::timestamptz)
        from ${deadlines} t where t.jurisdiction_id = ${matters.jurisdictionId} and t.matter_id = ${matters.id}
          and t.status = 'open' and t.kind = any(${sql.param(clocks)}::text[]) order by t.due_at limit 1)`,
      updatedAt: matters.updatedAt,
    })
    .from(matters)
    .innerJoin(documents, and(eq(documents.jurisdictionId, matters.jurisdictionId), eq(documents.id, matters.id)))
    .where(
      and(
        eq(matters.jurisdictionId, actor.jurisdiction),
        eq(matters.stage, 'effective'),
        governmentOffice
          ? undefined
          : or(
              arrayOverlaps(matters.involvedUnits, mine),
              sql`${documents.leadIssuer} = any(${sql.param(mine)}::text[])`,
            ),
        afterAt
          ? or(lt(matters.updatedAt, afterAt), and(eq(matters.updatedAt, afterAt), gt(matters.id, after?.[1] ?? '')))
          : undefined,
      ),
    )
    .orderBy(desc(matters.updatedAt), asc(matters.id))
    .limit(limit + 1)
  return pageFrom(
    rows.map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() })),
    limit,
    (row) => [row.updatedAt, row.id],
  )
}
