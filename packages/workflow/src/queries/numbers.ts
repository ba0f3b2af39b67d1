// The desk of numbers: the series of a place, and every number of one.
import type { answers } from '@dianzhang/contract'
import {
  and,
  asc,
  correlated,
  decodeCursor,
  desc,
  eq,
  gt,
  type Page,
  type Paging,
  pageFrom,
  schema,
  sql,
} from '@dianzhang/database'
import type { Actor, Office } from '../office.ts'

const { numberSeries, numbers } = schema

/**
 * The series of this place, the latest year first: the last number used, and how many are issued, reserved, void. Keyset pages,
 * `limit` 50 unless told; `reserved`: only those in which numbers are reserved.
 */
export async function listSeries(
  office: Office,
  actor: Actor,
  query: Paging & { reserved?: boolean | undefined } = {},
): Promise<Page<answers.Given<typeof answers.Series>>> {
  const limit = query.limit ?? 50
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor, ['number', 'text'])
  const own = sql`n.jurisdiction_id = ${numberSeries.jurisdictionId} and n.series = ${numberSeries.series} and n.year = ${numberSeries.year}`
  const counted = (status: string) =>
    correlated(
      sql<number>`(select count(*)::int from ${numbers} n where ${own} and n.status = ${sql.raw(`'${status}'`)})`,
    )
  const rows = await office.db
    .select({
      series: numberSeries.series,
      year: numberSeries.year,
      kind: numberSeries.kind,
      lastSeq: numberSeries.lastSeq,
      issued: counted('issued'),
      reserved: counted('reserved'),
      void: counted('void'),
    })
    .from(numberSeries)
    .where(
      and(
        eq(numberSeries.jurisdictionId, actor.jurisdiction),
        after === null
          ? undefined
          : sql`(${numberSeries.year} < ${Number(after[0])} or (${numberSeries.year} = ${Number(after[0])} and ${numberSeries.series} > ${after[1]}))`,
        query.reserved ? sql`exists (select from ${numbers} n where ${own} and n.status = 'reserved')` : undefined,
      ),
    )
    .orderBy(desc(numberSeries.year), asc(numberSeries.series))
    .limit(limit + 1)
  return pageFrom(rows, limit, (row) => [String(row.year), row.series])
}

/** Every number of one series in one year, in order; keyset pages, `limit` 50 unless told. An unknown series is empty. */
export async function listNumbers(
  office: Office,
  actor: Actor,
  query: Paging & { series: string; year: number },
): Promise<Page<answers.Given<typeof answers.NumberRow>>> {
  const limit = query.limit ?? 50
  const after = query.cursor === undefined ? 0 : Number(decodeCursor(query.cursor, ['number'])[0])
  const rows = await office.db
    .select({
      seq: numbers.seq,
      text: numbers.text,
      status: sql<'issued' | 'reserved' | 'void'>`${numbers.status}`,
      document: numbers.documentId,
      at: numbers.at,
      by: correlated(
        sql<
          string | null
        >`coalesce((select p.name from people p where p.jurisdiction_id = ${numbers.jurisdictionId} and p.id = ${numbers.by}), ${numbers.by})`,
      ),
      reservedFor: numbers.reservedFor,
      expiresOn: numbers.expiresOn,
      voidReason: numbers.voidReason,
      // The approver is a person's id; text written in earlier times and names of meetings are shown as they are.
      voidApprover: correlated(
        sql<
          string | null
        >`coalesce((select p.name from people p where p.jurisdiction_id = ${numbers.jurisdictionId} and p.id = ${numbers.voidApprover}), ${numbers.voidApprover})`,
      ),
    })
    .from(numbers)
    .where(
      and(
        eq(numbers.jurisdictionId, actor.jurisdiction),
        eq(numbers.series, query.series),
        eq(numbers.year, query.year),
        gt(numbers.seq, after),
      ),
    )
    .orderBy(asc(numbers.seq))
    .limit(limit + 1)
  return pageFrom(
    rows.map((row) => ({ ...row, at: row.at?.toISOString() ?? null })),
    limit,
    (row) => [String(row.seq)],
  )
}
