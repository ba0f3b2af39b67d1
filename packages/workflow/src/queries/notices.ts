// The desk of holidays: which notices of public holidays and local festivals have been entered.
import type { answers } from '@dianzhang/contract'
import { asc, desc, eq, or, type Page, type Paging, pageBehind, rowsBefore, schema } from '@dianzhang/database'
import type { Actor, Office } from '../office.ts'

/** Notices that hold in this place: the nation's and its own, by year. */
export async function listHolidayNotices(
  office: Office,
  actor: Actor,
  query: Paging = {},
): Promise<Page<answers.Given<typeof answers.Holidays>>> {
  const limit = query.limit ?? 50
  const before = rowsBefore(query.cursor)
  const n = schema.holidayNotices
  const rows = await office.db
    .select({
      id: n.id,
      jurisdiction: n.jurisdictionId,
      year: n.year,
      source: n.source,
      days: n.days,
      loadedAt: n.loadedAt,
      loadedBy: n.loadedBy,
    })
    .from(n)
    .where(or(eq(n.jurisdictionId, 'CN'), eq(n.jurisdictionId, actor.jurisdiction)))
    .orderBy(desc(n.year), asc(n.jurisdictionId), asc(n.id))
    .limit(limit + 1)
    .offset(before)
  return pageBehind(
    rows.map((row) => ({ ...row, loadedAt: row.loadedAt.toISOString() })),
    before,
    limit,
  )
}
