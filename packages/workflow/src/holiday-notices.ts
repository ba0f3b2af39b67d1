// Holiday notices: an administrator entering a notice of the State Council's General Office or a local festival is a
// command of office business; affected deadlines are recomputed right after.
import { AppError } from '@dianzhang/contract'
import { and, eq, schema } from '@dianzhang/database'
import { canonicalJson } from '@dianzhang/ledger'
import { invalid } from './failures.ts'
import { insertHolidayNotice } from './holiday-rows.ts'
import { renewClocks } from './matters.ts'
import { actInOffice } from './office/act.ts'
import { dayOutsideYear, noticeName } from './office/holidays.ts'
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
const recomputed = async (office: Office, notice: HolidayNoticeInput): Promise<Recorded> => ({
  id: notice.id,
  year: notice.year,
  days: notice.days.length,
  recomputed: await renewClocks(office, { jurisdiction: notice.jurisdiction, because: noticeName(notice.id) }),
})
/**
 * Enters a notice. Refused: not an administrator, or a national notice where several jurisdictions share the database
 * (403); dates outside the year and the months next to it (422); same id with other content (409). Submitting the
 * same notice again resumes recomputing the deadlines that were not finished.
 */
export async function loadHolidayNotice(
  office: Office,
  actor: Actor,
  notice: HolidayNoticeInput,
  commandId?: string,
): Promise<Recorded> {
  const { id, jurisdiction, year, source, days } = notice
  // Not fully recomputed after the last entry (the database went away, a file was held): submitting the same again
  // only resumes the recomputing and enters nothing.
  const entered = {
    ...notice,
    days: days.map((d) => ({ date: d.date, kind: d.kind, name: d.name, source: d.source ?? source })),
  }
  const administers = actor.kind !== 'person' || isAdmin(actor)
  if (commandId !== undefined || !administers || !(await alreadyEntered(office, entered)))
    return actInOffice(office, actor, 'RecordHolidayNotice', { id, jurisdiction, year, source, days }, commandId)
  return recomputed(office, notice)
}

/**
 * A maintainer enters a notice (command line); refusals as in {@link loadHolidayNotice}, only nobody asks for an
 * administrator. The national arrangement belongs to no jurisdiction's office ledger.
 */
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
  // Not fully recomputed after the last entry: submitting the same again resumes it.
  if (!inserted && !(await alreadyEntered(office, entered)))
    throw new AppError('conflict', `通知“${notice.id}”已经录入；更正请以新的标识录入后一份通知`)
  return recomputed(office, notice)
}

/** The notice with this id in the database matches this one character for character. */
async function alreadyEntered(office: Office, notice: HolidayNoticeInput): Promise<boolean> {
  const { holidayNotices: t } = schema
  const [row] = await office.db
    .select({ year: t.year, source: t.source, days: t.days })
    .from(t)
    .where(and(eq(t.jurisdictionId, notice.jurisdiction), eq(t.id, notice.id)))
  const { year, source, days } = notice
  return row !== undefined && canonicalJson(row) === canonicalJson({ year, source, days })
}
