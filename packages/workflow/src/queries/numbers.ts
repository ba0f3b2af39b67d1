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

/** The series of this place, the latest year first: the last number used, and how many are issued, reserved, void. */
export async function listSeries(office: Office, actor: Actor): Promise<Array<answers.Given<typeof answers.Series>>> {
  return office.db
    .select({
      series: numberSeries.series,
      year: numberSeries.year,
      kind: numberSeries.kind,
      lastSeq: numberSeries.lastSeq,
      issued: sql<number>`(count(*) filter (where ${numbers.status} = 'issued'))::int`,
      reserved: sql<number>`(count(*) filter (where ${numbers.status} = 'reserved'))::int`,
      void: sql<number>`(count(*) filter (where ${numbers.status} = 'void'))::int`,
    })
    .from(numberSeries)
    .leftJoin(
      numbers,
      and(
        eq(numbers.jurisdictionId, numberSeries.jurisdictionId),
        eq(numbers.series, numberSeries.series),
        eq(numbers.year, numberSeries.year),
      ),
    )
    .where(eq(numberSeries.jurisdictionId, actor.jurisdiction))
    .groupBy(numberSeries.jurisdictionId, numberSeries.series, numberSeries.year)
    .orderBy(desc(numberSeries.year), asc(numberSeries.series))
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
