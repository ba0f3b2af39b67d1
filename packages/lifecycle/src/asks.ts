// 顺利的下一步之外，此刻还有人等着的：部门的答复、公众意见的核对与处理、采纳情况的公布、各机关的签署、偏离期限的批准、更正的确认。
import type { Ask } from '@dianzhang/kernel'
import { type Dossier, type Facts, headText } from '@dianzhang/rules'
import type { DocumentShape } from './shape.ts'
import { consultation } from './stages/making.ts'

/** 有人等着办理的命令，等哪个单位、几件、到哪一日；此刻的阶段不能办理的不算。 */
export function waitedFor(d: Dossier, f: Facts): readonly Ask<DocumentShape>[] {
  const latest = (unit: string): number => Math.max(...d.interagency.filter((i) => i.unit === unit).map((i) => i.round))
  const head = headText(d)
  const { undisposed, held = 0 } = f.external.comments
  const last = d.consultations.at(-1)
  const due = last?.closedAt && !last.feedbackAt && undisposed === 0 && held === 0
  // 部门的答复与公开征求意见同时进行：等着部门，不等于不必公开征求。
  const pending = d.interagency.some((i) => !i.opinion && i.round === latest(i.unit))
  const unopened = pending && d.consultations.every((r) => r.closedAt) && consultation(d, f) !== null
  const unsigned = d.issuers.filter((i) => !d.signatures.some((s) => s.issuer === i && s.textHash === head?.hash))
  const reported = !d.classification.majorDecision || d.partyReports.length > 0
  return [
    ...d.interagency
      .filter((i) => !i.opinion && i.round === latest(i.unit))
      .map((i) => ({ command: 'RecordOpinion' as const, units: [i.unit], due: i.dueOn })),
    ...(unopened ? [{ command: 'OpenPublicConsultation' as const }] : []),
    ...(held > 0 ? [{ command: 'SettleHeldComments' as const, count: held }] : []),
    ...(undisposed > 0 ? [{ command: 'DisposeComment' as const, count: undisposed }] : []),
    ...(due ? [{ command: 'PublishFeedback' as const }] : []),
    ...(reported && unsigned.length > 0 ? [{ command: 'Sign' as const, units: unsigned }] : []),
    ...(d.deviations.some((r) => r.confirmed === null && r.used.length === 0)
      ? [{ command: 'ApproveDeviation' as const }]
      : []),
    ...(d.corrections.some((c) => !c.substantive && c.confirmed === null)
      ? [{ command: 'ConfirmCorrection' as const }]
      : []),
  ]
}
