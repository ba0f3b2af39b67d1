// 放假通知：管理员录入国务院办公厅通知或者地方节日；随即重算受影响的期限。
import { AppError } from '@dianzhang/contract'
import { and, eq, ne, schema } from '@dianzhang/database'
import { canonicalJson } from '@dianzhang/ledger'
import { insertHolidayNotice } from './create-office.ts'
import { invalid } from './failures.ts'
import { recomputeDeadlines } from './jobs/due.ts'
import type { Actor, Office } from './office.ts'

export interface HolidayNoticeInput {
  id: string
  jurisdiction: string
  year: number
  source: string
  days: Array<{ date: string; kind: 'off' | 'work'; name: string; source?: string | undefined }>
}
/** 录入一份通知。拒绝：非管理员（403）；日期不属于该年份及其前后相邻月份（422）；同一标识而内容不同（409）。同一份再交一次，接着重算没有算完的期限。 */
export async function loadHolidayNotice(
  office: Office,
  actor: Actor,
  notice: HolidayNoticeInput,
): Promise<{ id: string; year: number; days: number; recomputed: number }> {
  if (actor.kind !== 'person' || !actor.posts.some((p) => p.role === 'admin'))
    throw new AppError('forbidden', '放假通知由系统管理员录入')
  if (notice.jurisdiction !== 'CN' && notice.jurisdiction !== actor.jurisdiction)
    throw invalid(['jurisdiction', '只能录入全国（CN）或者本法域的安排'])
  // 全国的安排一改，各地的期限都跟着重算：几个法域共用一个系统时，不由其中一地的管理员决定。
  if (notice.jurisdiction === 'CN' && (await sharedWithOthers(office, actor.jurisdiction)))
    throw new AppError(
      'forbidden',
      '几个法域共用本系统，全国的放假安排影响各地的期限，由系统维护人员以命令行录入（npx dianzhang calendar load）',
    )
  return record(office, notice, actor.person)
}

/** 还有别的法域在本系统办理：有自己的单位。 */
async function sharedWithOthers(office: Office, own: string): Promise<boolean> {
  const { units } = schema
  const rows = await office.db.select({ id: units.id }).from(units).where(ne(units.jurisdictionId, own)).limit(1)
  return rows.length > 0
}

/** 系统维护人员（命令行）录入一份通知；拒绝的同 {@link loadHolidayNotice}，只是不问管理员。 */
export const maintainHolidayNotice = (office: Office, notice: HolidayNoticeInput) =>
  record(office, notice, 'command-line')

/** 库里同一标识的通知与这一份一字不差。 */
async function alreadyEntered(office: Office, notice: HolidayNoticeInput): Promise<boolean> {
  const { holidayNotices: t } = schema
  const [row] = await office.db
    .select({ year: t.year, source: t.source, days: t.days })
    .from(t)
    .where(and(eq(t.jurisdictionId, notice.jurisdiction), eq(t.id, notice.id)))
  const { year, source, days } = notice
  return row !== undefined && canonicalJson(row) === canonicalJson({ year, source, days })
}

async function record(
  office: Office,
  notice: HolidayNoticeInput,
  by: string,
): Promise<{ id: string; year: number; days: number; recomputed: number }> {
  const outside = notice.days.findIndex(
    (d) => d.date < `${notice.year - 1}-12-01` || d.date > `${notice.year + 1}-01-31`,
  )
  if (outside >= 0)
    throw invalid([`days.${outside}.date`, `日期${notice.days[outside]?.date}不属于${notice.year}年的安排`])
  const entered = {
    ...notice,
    days: notice.days.map((d) => ({ date: d.date, kind: d.kind, name: d.name, source: d.source ?? notice.source })),
  }
  const inserted = await insertHolidayNotice(office.db, { ...entered, by, at: office.clock.now() })
  // 上次录入以后没有重算完的（数据库中断、有案卷正被占着）：再交一次同样的，接着重算；重算过的不再算。
  if (!inserted && !(await alreadyEntered(office, entered)))
    throw new AppError('conflict', `通知“${notice.id}”已经录入；更正请以新的标识录入后一份通知`)
  await office.rules.refresh()
  return {
    id: notice.id,
    year: notice.year,
    days: notice.days.length,
    recomputed: await recomputeDeadlines(office, notice.jurisdiction, notice.id),
  }
}
