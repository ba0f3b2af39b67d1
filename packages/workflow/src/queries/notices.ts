// The desk of holidays: which notices of public holidays and local festivals have been entered.
import type { answers } from '@dianzhang/contract'
import { asc, eq, or, schema } from '@dianzhang/database'
import type { Actor, Office } from '../office.ts'

/** Notices that hold in this place: the nation's and its own, by year. */
export async function listHolidayNotices(
  office: Office,
  actor: Actor,
): Promise<Array<answers.Given<typeof answers.Holidays>>> {
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
    .orderBy(asc(n.year), asc(n.jurisdictionId), asc(n.id))
  return rows.map((row) => ({ ...row, loadedAt: row.loadedAt.toISOString() }))
}
