// 规则的形状。一条规则一个文件：依据、判断、可执行的例子。
import type { Basis, Verdict } from '@dianzhang/contract'
import type { Facts } from './facts.ts'

export const ruleIds = [
  'issuer.eligible',
  'issuer.same-level',
  'issuer.changeable',
  'disclosure.consistent',
  'initiation.planned',
  'initiation.approved',
  'draft.text-saved',
  'draft.artefacts-complete',
  'draft.basis-in-force',
  'text.filled-in',
  'text.legible',
  'text.matches-file',
  'interagency.asked',
  'interagency.replied',
  'dispute.settled-or-escalated',
  'consultation.package-ready',
  'consultation.open',
  'consultation.due-to-close',
  'consultation.non-public',
  'consultation.enterprises-heard',
  'consultation.held',
  'consultation.minimum-period',
  'deviation.approved',
  'consultation.comments-disposed',
  'consultation.feedback-published',
  'consultation.not-a-substitute',
  'assessment.expert-review',
  'assessment.risk',
  'assessment.party-report',
  'assessment.fair-competition',
  'assessment.order',
  'assessment.current',
  'consultation.same-substance',
  'acts.in-order',
  'hearing.held',
  'secretariat.checked',
  'review.own-first',
  'review.package-unchanged',
  'review.organ-competent',
  'review.clock-runs',
  'review.min-period',
  'review.max-period',
  'review.opinion-lawful',
  'review.same-text',
  'review.points-answered',
  'duties.separated',
  'deliberation.body-competent',
  'deliberation.adopted',
  'deliberation.same-text',
  'signing.signer-competent',
  'signing.all-issuers',
  'signing.same-text',
  'correction.pending',
  'correction.confirmed',
  'numbering.after-signing',
  'publication.after-numbering',
  'publication.same-text',
  'publication.files-chosen',
  'publication.interpretation',
  'publication.in-time',
  'validity.renewal',
  'validity.maximum',
  'effective.minimum-delay',
  'effective.adaptation',
  'force.organ-competent',
  'force.with-act',
  'force.restorable',
  'filing.in-time',
  'filing.right-recipient',
  'filing.review-extension',
  'archive.scheduled',
  'pack.newer',
] as const
export type RuleId = (typeof ruleIds)[number]

/** 一次判断的结果；`basis` 缺省取规则自身的依据。 */
export interface Finding {
  holds: boolean
  reason: string
  basis?: Basis
  alsoBasis?: Basis[]
  earliest?: string
  /** `earliest` 不是办理之日的，写明是什么的日期。 */
  earliestOf?: 'closing' | 'effective'
  trace?: unknown[]
  by?: string[]
  provisional?: boolean
  /** 严重程度可随事实变化，如超期仅提示。 */
  severity?: 'block' | 'warn'
}
export interface RuleExample {
  /** 一句话说明情形，法律人可以直接阅读。 */
  name: string
  /** 在一件“事事合规”的案卷上作何改动。 */
  given: (facts: Facts) => Facts
  /** 期望理由中出现的文字（可选）。 */
  says?: string | RegExp
}
export interface Rule {
  id: RuleId
  /** 要求什么，一句话。 */
  title: string
  severity: 'block' | 'warn'
  basis: Basis
  /** 仅当出处允许时可以偏离，写明出处。 */
  deviation?: { basis: Basis; requires: string }
  /** 谁能使其满足（角色名称），用于“为何不能、找谁办”。 */
  by: string[]
  judge: (facts: Facts) => Finding
  examples: { holds: RuleExample[]; refused: RuleExample[] }
}
export type { Basis, Verdict }
