// 放假通知：管理员录入国务院办公厅通知或者地方节日，是办公事务的命令；随即重算受影响的期限。
import { AppError } from '@dianzhang/contract'
import { and, eq, schema } from '@dianzhang/database'
import { canonicalJson } from '@dianzhang/ledger'
import { invalid } from './failures.ts'
import { insertHolidayNotice } from './holiday-rows.ts'
import { recomputeDeadlines } from './jobs/due.ts'
import { actInOffice } from './office/act.ts'
import { dayOutsideYear } from './office/holidays.ts'
import type { Actor, Office } from './office.ts'
import { isAdmin } from './people/office-acts.ts'

export interface HolidayNoticeInput {
  id: string
  jurisdiction: string
  year: number
  source: string
  days: Array<{ date: string; kind: 'off' | 'work'; name: string; source?: string | undefined }>
}
interface Recorded {
  id: string
  year: number
  days: number
  recomputed: number
}
const recomputed = async (office: Office, notice: HolidayNoticeInput): Promise<Recorded> => {
  await office.rules.refresh()
  return {
    id: notice.id,
    year: notice.year,
    days: notice.days.length,
    recomputed: await recomputeDeadlines(office, notice.jurisdiction, notice.id),
  }
}
/** 录入一份通知。拒绝：非管理员、几地共用而录入全国的（403）；日期不属于该年份及其前后相邻月份（422）；同一标识而内容不同（409）。同一份再交一次，接着重算没有算完的期限。 */
export async function loadHolidayNotice(
  office: Office,
  actor: Actor,
  notice: HolidayNoticeInput,
  commandId?: string,
): Promise<Recorded> {
  const { id, jurisdiction, year, source, days } = notice
  // 上次录入以后没有重算完的（数据库中断、有案卷正被占着）：再交一次同样的，只接着重算，不再录入。
  const entered = {
    ...notice,
    days: days.map((d) => ({ date: d.date, kind: d.kind, name: d.name, source: d.source ?? source })),
  }
  const administers = actor.kind !== 'person' || isAdmin(actor)
  if (commandId !== undefined || !administers || !(await alreadyEntered(office, entered)))
    await actInOffice(office, actor, 'RecordHolidayNotice', { id, jurisdiction, year, source, days }, commandId)
  return recomputed(office, notice)
}

/** 系统维护人员（命令行）录入一份通知；拒绝的同 {@link loadHolidayNotice}，只是不问管理员。全国的安排不属于哪一个法域的办公台账。 */
export async function maintainHolidayNotice(office: Office, notice: HolidayNoticeInput): Promise<Recorded> {
  if (notice.jurisdiction !== 'CN' && office.rules.versions(notice.jurisdiction).length > 0)
    return loadHolidayNotice(office, { kind: 'system', jurisdiction: notice.jurisdiction }, notice)
  const fault = dayOutsideYear(notice)
  if (fault) throw invalid(fault)
  const entered = {
    ...notice,
    days: notice.days.map((d) => ({ date: d.date, kind: d.kind, name: d.name, source: d.source ?? notice.source })),
  }
  const inserted = await insertHolidayNotice(office.db, { ...entered, by: 'command-line', at: office.clock.now() })
  // 上次录入以后没有重算完的：再交一次同样的，接着重算。
  if (!inserted && !(await alreadyEntered(office, entered)))
    throw new AppError('conflict', `通知“${notice.id}”已经录入；更正请以新的标识录入后一份通知`)
  return recomputed(office, notice)
}

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
