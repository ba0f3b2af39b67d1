// Rows of holiday notices: entered once, never changed.
import { type DbOrTx, schema } from '@dianzhang/database'

/**
 * Loads a holiday notice (national: jurisdiction = CN; local festivals: the jurisdiction's code). Loading the same id
 * again has no effect.
 */
export async function insertHolidayNotice(
  db: DbOrTx,
  notice: {
    id: string
    jurisdiction: string
    year: number
    source: string
    days: Array<{ date: string; kind: 'off' | 'work'; name: string; source: string }>
    by: string | null
    at: Date
  },
): Promise<boolean> {
  const { holidayNotices: t, jurisdictions } = schema
  await db
    .insert(jurisdictions)
    .values({ id: notice.jurisdiction, name: notice.jurisdiction === 'CN' ? '全国' : notice.jurisdiction })
    .onConflictDoNothing()
  const rows = await db
    .insert(t)
    .values({
      jurisdictionId: notice.jurisdiction,
      id: notice.id,
      year: notice.year,
      source: notice.source,
      days: notice.days,
      loadedAt: notice.at,
      loadedBy: notice.by,
    })
    .onConflictDoNothing()
    .returning({ id: t.id })
  return rows.length === 1
}
