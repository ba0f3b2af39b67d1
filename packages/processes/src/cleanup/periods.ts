// 清理的各项期限，取自部署与规则包。
import type { PeriodAnswer, PlainDate } from '@dianzhang/calendar'
import type { Basis } from '@dianzhang/contract'
import { amount, mark, type Param } from '@dianzhang/packs'
import { day } from '@dianzhang/rules'
import type { CleanupFacts } from './shape.ts'

type Asked = Pick<CleanupFacts, 'dossier' | 'pack' | 'calendar' | 'today'>
export interface Reckoned {
  startsOn: PlainDate
  answer: PeriodAnswer
  param: Param
  basis: Basis[]
}
const reckon = (f: Asked, startsOn: PlainDate | null, param: Param<number | null>): Reckoned | null => {
  if (startsOn === null || param.value === null) return null
  const known = { ...param, value: param.value }
  const answer = f.calendar.explain({
    start: startsOn,
    amount: known.value,
    unit: param.unit ?? 'calendar_day',
    mode: 'deadline',
    asOf: f.today,
  })
  return { startsOn, answer, param: known, basis: param.source }
}
/** 公示至少至哪一日（含）：自公示的次日起算满规则包所定的日数。 */
export const noticeUntil = (f: Asked, from: PlainDate): PlainDate =>
  reckon(f, from, f.pack.cleanup.noticeDays)?.answer.due ?? from
/** 自决定之日起公布的期限：地方规定与政府信息公开条例，从严。 */
export function publishDue(f: Asked): Reckoned | null {
  const from = f.dossier.decision?.date ?? null
  const both = [reckon(f, from, f.pack.cleanup.publishWithinDays), reckon(f, from, f.pack.cleanup.resultWithin)]
  return (
    both
      .filter((x) => x !== null)
      .toSorted((a, b) => (a.answer.due < b.answer.due ? -1 : 1))
      .at(0) ?? null
  )
}
/** 即时清理自部署之日起应在几个月内完成；不是即时清理的没有。 */
export const immediateDue = (f: Asked): Reckoned | null =>
  f.dossier.kind === 'immediate' ? reckon(f, f.dossier.plannedOn, f.pack.cleanup.onSuperiorChangeMonths) : null
export const within = ({ startsOn, answer, param }: Reckoned): string =>
  `自${day(startsOn)}起${amount(param)}内，即${day(answer.due)}以前${mark(param)}`
