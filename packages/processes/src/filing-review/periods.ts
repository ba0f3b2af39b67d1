// 备案的各项期限，全部取自规则包的这一轨道；没有日数的没有期限。
import type { Pause, PeriodAnswer, PlainDate } from '@dianzhang/calendar'
import type { Basis } from '@dianzhang/contract'
import { amount, mark, type Param } from '@dianzhang/packs'
import { day } from '@dianzhang/rules'
import { lastSubmission, opinionAnswer } from './dossier.ts'
import { type FilingFacts, trackOf } from './shape.ts'

type Asked = Pick<FilingFacts, 'dossier' | 'pack' | 'calendar' | 'today'>
export interface Reckoned {
  startsOn: PlainDate
  answer: PeriodAnswer
  param: Param
  basis: Basis[]
}
const reckon = (
  f: Asked,
  startsOn: PlainDate | null | undefined,
  param: Param<number | null> | undefined,
  pauses: Pause[] = [],
): Reckoned | null => {
  if (!startsOn || !param || param.value === null) return null
  const known = { ...param, value: param.value }
  const answer = f.calendar.explain({
    start: startsOn,
    amount: known.value,
    unit: param.unit ?? 'calendar_day',
    mode: 'deadline',
    asOf: f.today,
    ...(pauses.length ? { pauses } : {}),
  })
  return { startsOn, answer, param: known, basis: param.source }
}

const npc = (f: Asked): boolean => f.dossier.track === 'npc'
/** 制定机关报送的期限，自公布之日起。 */
export const filingDue = (f: Asked): Reckoned | null =>
  reckon(f, f.dossier.document.publishedOn, trackOf(f)?.deadline as Param<number | null> | undefined)
/** 形式审查：自最近一次收到（补正的自补正之日重新起算）。 */
export const formCheckDue = (f: Asked): Reckoned | null =>
  reckon(f, lastSubmission(f.dossier)?.on, trackOf(f)?.formalCheck)
/** 补正的期限。 */
export const supplementDue = (f: Asked, on: PlainDate): Reckoned | null => reckon(f, on, trackOf(f)?.supplement)
/** 退回以后重新报送的期限。 */
export const resubmitDue = (f: Asked): Reckoned | null => reckon(f, f.dossier.returns.at(-1)?.on, trackOf(f)?.resubmit)
/** 通知限期报送。 */
export const requireDue = (f: Asked, on: PlainDate): Reckoned | null =>
  reckon(f, on, f.pack.filingReview.requireWithin as Param<number | null>)
/** 函询的答复期限。 */
export const explanationDue = (f: Asked, on: PlainDate): Reckoned | null =>
  reckon(f, on, npc(f) ? f.pack.filingReview.npcExplanation : f.pack.filingReview.explanation)
/** 审查期限：自登记之日起，制定机关改正期间中止；延长的在其后接着计算。 */
export function reviewDue(f: Asked): Reckoned | null {
  const { registered, plans, extendedOn } = f.dossier
  const param = trackOf(f)
  const pauses = plans
    .map((x): Pause => ({ from: x.on, to: x.endedOn, reason: '制定机关改正' }))
    .filter((p) => p.to === null || p.to >= p.from)
  const base = reckon(f, registered?.on, param?.review, pauses)
  if (!base || extendedOn === null) return base
  const longer = reckon(f, base.answer.due, param?.reviewExtension)
  return longer ? { ...longer, startsOn: base.startsOn, basis: [...base.basis, ...longer.basis] } : base
}
/** 制定机关答复审查意见的期限。 */
export const opinionDue = (f: Asked): Reckoned | null => reckon(f, f.dossier.opinion?.on, trackOf(f)?.correction)
/** 答复修改、废止以后，改正并报告的期限：自答复之日起，与答复的日数相同。 */
export function changeDue(f: Asked): Reckoned | null {
  const answer = opinionAnswer(f.dossier)
  if (answer?.action !== 'amend' && answer?.action !== 'repeal') return null
  const { correctionReport, npcCorrectionReport } = f.pack.filingReview
  const own = npc(f) ? npcCorrectionReport : correctionReport
  return reckon(f, answer.on, own.value === null ? trackOf(f)?.correction : own)
}
/** `自2026年3月2日（星期一）起5个工作日内，即2026年3月9日（星期一）以前`。 */
export const within = ({ startsOn, answer, param }: Reckoned): string =>
  `自${day(startsOn)}起${amount(param)}内，即${day(answer.due)}以前${mark(param)}`
