// 放假通知的行：录入一次，不改动。
import { type DbOrTx, schema } from '@dianzhang/database'

/** 载入一份放假通知（国家：jurisdiction = CN；地方节日：法域代码）。同一 id 再次载入不生效。 */
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
