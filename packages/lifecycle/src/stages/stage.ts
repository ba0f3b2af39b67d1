// 阶段的写法：用办事的语言写阶段与箭头，由 machine.ts 编成 XState 配置。
import type { Basis, CommandType } from '@dianzhang/contract'
import type { RuleId } from '@dianzhang/rules'
import type { Case } from '../cases.ts'
import type { DomainEvent } from '../events.ts'

/** 一支箭头：在何种情形、满足哪些规则时，去往哪里，记为何事。 */
export interface Arrow {
  /** 目标阶段（自根起的点路径）；缺省留在原处。 */
  to?: string
  when?: Case
  rules?: readonly RuleId[]
  /** `after`：按命令发生之后的案卷判断（如变更分类后程序是否仍然足够）。 */
  judged?: 'before' | 'after'
  records: DomainEvent
}
export type Arrows = Partial<Record<CommandType, Arrow[]>>
/** 标签供查询使用：门户与检索只问标签，不问阶段名。 */
export type Tag = 'editable' | 'public' | 'consultation-open' | 'binding' | 'terminal' | 'frozen'
export interface StageSpec {
  label: string
  basis: Basis
  tags?: Tag[]
  on?: Arrows
  /** 条件具备即自动前行。 */
  always?: Arrow[]
  initial?: string
  parallel?: true
  states?: Record<string, StageSpec>
}

export const draftRules = [
  'issuer.eligible',
  'initiation.approved',
  'draft.artefacts-complete',
  'draft.basis-in-force',
] as const satisfies readonly RuleId[]
export const consultationRules = [
  'interagency.replied',
  'consultation.held',
  'consultation.minimum-period',
  'consultation.comments-disposed',
  'consultation.feedback-published',
] as const satisfies readonly RuleId[]
export const coordinationRules = ['dispute.settled-or-escalated'] as const satisfies readonly RuleId[]
export const assessmentRules = [
  'assessment.expert-review',
  'assessment.risk',
  'assessment.fair-competition',
  'assessment.order',
  'hearing.held',
] as const satisfies readonly RuleId[]
/** 提请审核须具备的全部条件。 */
export const submissionRules = [...draftRules, ...consultationRules, ...coordinationRules, ...assessmentRules] as const
/** 提请审议须具备的条件。受理之前、补充材料期间仍可记录评估结论，故风险不可控、限制竞争的在此再次阻断。 */
export const tablingRules = [
  'assessment.risk',
  'assessment.fair-competition',
  'consultation.not-a-substitute',
  'review.opinion-lawful',
  'review.points-answered',
  'review.same-text',
  'secretariat.checked',
] as const satisfies readonly RuleId[]

const saveDraft: Arrows = { SaveDraft: [{ records: 'DraftSaved' }] }
const provideArtefact: Arrows = { ProvideArtefact: [{ records: 'ArtefactProvided' }] }
export const upkeep: Arrows = {
  MoveToPack: [{ records: 'PackMoved' }],
  RecomputeDeadlines: [{ records: 'DeadlinesRecomputed' }],
}
export const withdraw: Arrows = { WithdrawDocument: [{ to: 'closed.withdrawn', records: 'DocumentWithdrawn' }] }
/** 起草文本与材料。 */
export const drafting: Arrows = { ...saveDraft, ...provideArtefact }
export const materials: Arrows = provideArtefact
export const partyReport: Arrows = { ReportToPartyCommittee: [{ records: 'PartyReportRecorded' }] }
export const reclassify: Arrows = { Reclassify: [{ records: 'Reclassified' }] }
/** 论证、评估、审查、听证的记录，审核之前随时可记，先后次序由规则判断。 */
export const assessments: Arrows = {
  RecordExpertReview: [{ rules: ['draft.text-saved'], records: 'ExpertReviewRecorded' }],
  RecordRiskAssessment: [{ rules: ['draft.text-saved'], records: 'RiskAssessmentRecorded' }],
  RecordFairCompetitionReview: [{ rules: ['draft.text-saved'], records: 'FairCompetitionReviewRecorded' }],
  RecordThirdPartyEvaluation: [{ rules: ['draft.text-saved'], records: 'ThirdPartyEvaluationRecorded' }],
  RecordHearing: [{ records: 'HearingRecorded' }],
}
/** 征求意见：无论从哪个审核前阶段发出，都进入征求意见阶段。 */
export const consult: Arrows = {
  RequestOpinions: [
    { to: 'consultation', rules: ['initiation.approved', 'draft.text-saved'], records: 'OpinionsRequested' },
  ],
  OpenPublicConsultation: [
    {
      to: 'consultation',
      rules: ['initiation.approved', 'consultation.package-ready', 'consultation.minimum-period'],
      records: 'ConsultationOpened',
    },
  ],
}
export const submit: Arrows = {
  SubmitForReview: [{ to: 'legality_review.submitted', rules: submissionRules, records: 'SubmittedForReview' }],
}
