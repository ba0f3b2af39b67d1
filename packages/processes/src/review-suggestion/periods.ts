// 各项期限，全部取自规则包；两门各用各的，没有日数的没有期限。
import type { Pause, PeriodAnswer, PlainDate } from '@dianzhang/calendar'
import type { Basis } from '@dianzhang/contract'
import { amount, mark, type Param } from '@dianzhang/packs'
import { day } from '@dianzhang/rules'
import { currentAnswer, isAnonymous } from './dossier.ts'
import type { SuggestionFacts } from './shape.ts'

type Asked = Pick<SuggestionFacts, 'dossier' | 'pack' | 'calendar' | 'today'>
export interface Reckoned {
  startsOn: PlainDate
  answer: PeriodAnswer
  param: Param
  basis: Basis[]
}
const reckon = (
  f: Asked,
  startsOn: PlainDate | null,
  param: Param<number | null>,
  pauses: Pause[] = [],
): Reckoned | null => {
  if (startsOn === null || param.value === null) return null
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
const npc = (f: Asked): boolean => f.dossier.door === 'npc'

/** 收到以后首次处理（告知补正、受理、不予登记）的期限。 */
export const formCheckDue = (f: Asked): Reckoned | null =>
  reckon(f, f.dossier.receivedOn, npc(f) ? f.pack.suggestion.npcIncompleteNotice : f.pack.suggestion.formCheck)
/** 不属本机关的移送期限。 */
export const transferDue = (f: Asked): Reckoned | null =>
  reckon(f, f.dossier.receivedOn, npc(f) ? f.pack.suggestion.npcTransfer : f.pack.suggestion.transfer)
/** 告知补正时缺省的补正期限。 */
export const completionDue = (f: Asked, on: PlainDate): Reckoned | null =>
  reckon(f, on, f.pack.suggestion.completeWithin)
/** 移送、不予登记、不启动审查以后，告知提出人的期限；匿名的没有。 */
export const noticeDue = (f: Asked): Reckoned | null =>
  isAnonymous(f.dossier)
    ? null
    : reckon(
        f,
        f.dossier.exit?.on ?? null,
        npc(f) ? f.pack.suggestion.npcNotReviewedNotice : f.pack.suggestion.notReviewedNotice,
      )
/** 制定机关答复说明的期限；本地没有日数的为 null。 */
export const issuerReplyDue = (f: Asked, on: PlainDate): Reckoned | null => reckon(f, on, f.pack.suggestion.issuerReply)
/** 审查结束后反馈的期限；匿名的没有。 */
export const answerDue = (f: Asked): Reckoned | null =>
  isAnonymous(f.dossier) ? null : reckon(f, f.dossier.concludedOn, f.pack.suggestion.resultNotice)
/** 答复或者告知以后，删除提出人信息之日。 */
export const forgetDue = (f: Asked): Reckoned | null =>
  isAnonymous(f.dossier) ? null : reckon(f, endedOn(f), f.pack.suggestion.contactKeptMonths)
/** 对提出人的义务了结之日：答复，或者退出以后的告知；都没有而已经办结的，为办结之日。 */
const endedOn = ({ dossier: d }: Asked): PlainDate | null =>
  currentAnswer(d)?.on ?? (d.exit ? d.notifiedOn : null) ?? d.closedOn

/**
 * 审查期限：自收到（或者受理）之日起；补正的时间不计入，本地规定不计入的，请制定机关说明的时间也不计入；
 * 制定机关改正期间中止；延长的在其后接着计算。
 */
export function examinationDue(f: Asked): Reckoned | null {
  const d = f.dossier
  const { finish, finishFrom, finishExtension, inquiryExcluded, npcFinish } = f.pack.suggestion
  // 重新启动的，自重新启动之日起；自收到之日起算的，受理以前已经在走。
  const from = d.reopened.at(-1)?.on ?? (finishFrom.value === 'received' ? d.receivedOn : d.acceptedOn)
  if (from === null) return null
  const span = (from: PlainDate, to: PlainDate | null, reason: string): Pause => ({ from, to, reason })
  const pauses = [
    ...(d.completion && finishFrom.value === 'received'
      ? [span(d.completion.requestedOn, d.completion.completedOn ?? d.acceptedOn, '提出人补正')]
      : []),
    ...(inquiryExcluded.value ? d.inquiries.map((x) => span(x.askedOn, x.answered?.on ?? null, '请制定机关说明')) : []),
    ...d.findings.flatMap((x) =>
      x.outcome === 'issuer_agrees' ? [span(x.on, x.fulfilled?.on ?? null, '制定机关改正')] : [],
    ),
  ].filter((p) => p.from >= from && (p.to === null || p.to >= p.from))
  const base = reckon(f, from, npc(f) ? npcFinish : finish, pauses)
  if (!base || d.extendedOn === null) return base
  return reckon(f, base.answer.due, finishExtension) ?? base
}
/** `自2026年3月2日（星期一）起5个工作日内，即2026年3月9日（星期一）以前`。 */
export const within = ({ startsOn, answer, param }: Reckoned): string =>
  `自${day(startsOn)}起${amount(param)}内，即${day(answer.due)}以前${mark(param)}`
