// 各项期限，全部取自规则包；没有日数的没有期限。
import type { PeriodAnswer, PlainDate } from '@dianzhang/calendar'
import type { Basis } from '@dianzhang/contract'
import { amount, mark, type Param } from '@dianzhang/packs'
import { day } from '@dianzhang/rules'
import type { EvaluationFacts } from './shape.ts'

type Asked = Pick<EvaluationFacts, 'dossier' | 'pack' | 'calendar' | 'today'>
export interface Reckoned {
  startsOn: PlainDate
  answer: PeriodAnswer
  param: Param
  basis: Basis[]
}
function reckon(f: Asked, startsOn: PlainDate | null, param: Param<number | null>): Reckoned | null {
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
/** 方案批准以后，规则包所定的最迟提交报告之日；方案写明更早的从其方案（另见 `reportDue`）。 */
export const finishDue = (f: Asked): Reckoned | null => reckon(f, f.dossier.approvedOn, f.pack.evaluation.finishDays)
/** 制定机关答复的期限：自提交报告之日。 */
export const answerDue = (f: Asked): Reckoned | null =>
  reckon(f, f.dossier.report?.on ?? null, f.pack.evaluation.answerDays)
/** 公布的期限：自答复完毕之日。 */
export const publishDue = (f: Asked): Reckoned | null => reckon(f, f.dossier.answeredOn, f.pack.evaluation.publishDays)
/** `自2026年3月2日（星期一）起5个工作日内，即2026年3月9日（星期一）以前`。 */
export const within = ({ startsOn, answer, param }: Reckoned): string =>
  `自${day(startsOn)}起${amount(param)}内，即${day(answer.due)}以前${mark(param)}`
