// 各阶段共用的箭头与逐级累积的条件；阶段用办事的语言写，由 kernel 编成机器。
import type { RuleId } from '@dianzhang/rules'
import type { Arrow, Arrows, StageSpec } from '../shape.ts'

export type { Arrow, Arrows, StageSpec }

const draftRules = [
  'issuer.eligible',
  'issuer.same-level',
  'disclosure.consistent',
  'consultation.non-public',
  'initiation.approved',
  'draft.artefacts-complete',
  'draft.basis-in-force',
  'text.filled-in',
  'text.legible',
] as const satisfies readonly RuleId[]
export const consultationRules = [
  'interagency.replied',
  'consultation.held',
  'consultation.minimum-period',
  'consultation.comments-disposed',
  'consultation.feedback-published',
] as const satisfies readonly RuleId[]
export const coordinationRules = ['dispute.settled-or-escalated'] as const satisfies readonly RuleId[]
const assessmentRules = [
  'assessment.expert-review',
  'assessment.risk',
  'assessment.fair-competition',
  'assessment.order',
  'assessment.current',
  'hearing.held',
] as const satisfies readonly RuleId[]
// 以下各表逐级累积：后一关不相信前一关，每一关都就此刻的文本、分类、材料与日期，把此前的全部条件重新判断一遍。
/** 变更分类以后仍须足够的程序；不够的重新开放征求意见。 */
const sufficientRules = [
  ...draftRules,
  ...consultationRules,
  ...coordinationRules,
  ...assessmentRules,
  'consultation.enterprises-heard',
  'consultation.same-substance',
  'acts.in-order',
  'review.own-first',
] as const satisfies readonly RuleId[]
/** 制定程序的全部条件；自提请审核起，至公布为止，每一关都要具备。缩短、紧急的须经批准（变更分类时才标明的，批准在其后）。 */
export const submissionRules = [...sufficientRules, 'deviation.approved'] as const satisfies readonly RuleId[]
/** 已经依法审核：意见合法或者已按意见修改确认，而且审的就是现在的文本、分类与材料。 */
const reviewedRules = [
  'consultation.not-a-substitute',
  'review.organ-competent',
  'review.opinion-lawful',
  'review.points-answered',
  'review.same-text',
  'review.package-unchanged',
] as const satisfies readonly RuleId[]
/** 退回之后重新提交审议须具备的条件；办公机构的审核在其后。 */
const resubmissionRules = [...submissionRules, ...reviewedRules] as const
/** 提请审议、作出决定须具备的条件。 */
export const tablingRules = [
  ...resubmissionRules,
  'secretariat.checked',
  'deliberation.body-competent',
] as const satisfies readonly RuleId[]
/** 已经集体审议通过；退回之后重新提交签署须具备的条件。 */
const adoptedRules = [
  ...tablingRules,
  'deliberation.adopted',
  'deliberation.same-text',
] as const satisfies readonly RuleId[]
/** 出台须具备的条件：审议通过，重大行政决策并已请示报告。 */
const issuingRules = [...adoptedRules, 'assessment.party-report'] as const satisfies readonly RuleId[]
/** 签署须具备的条件；办理人是否有权另判。 */
export const signingRules = [
  ...issuingRules,
  'signing.same-text',
  'text.matches-file',
] as const satisfies readonly RuleId[]
/** 登记编号须具备的条件。 */
export const numberingRules = [
  ...issuingRules,
  'signing.all-issuers',
  'correction.confirmed',
  'numbering.after-signing',
] as const satisfies readonly RuleId[]
/** 公布须具备的条件。 */
export const publicationRules = [
  ...issuingRules,
  'signing.all-issuers',
  'correction.confirmed',
  'publication.after-numbering',
  'publication.same-text',
  'text.matches-file',
  'publication.files-chosen',
  'publication.channels',
  'publication.interpretation',
  'publication.in-time',
  'validity.renewal',
  'validity.evaluated-before-renewal',
  'validity.maximum',
  'effective.minimum-delay',
  'effective.adaptation',
] as const satisfies readonly RuleId[]

const saveDraft: Arrows = { SaveDraft: [{ rules: ['text.matches-file'], judged: 'after', records: 'DraftSaved' }] }
const provideArtefact: Arrows = { ProvideArtefact: [{ rules: ['review.own-text'], records: 'ArtefactProvided' }] }
/** 目标与指标：审议通过以前随时可以写明、修改；通过以后随文本冻结，变更须有理由与决定。 */
const stateIndicators: Arrows = {
  StateIndicators: [{ rules: ['indicators.recorded-act'], records: 'IndicatorsStated' }],
}
export const upkeep: Arrows = {
  ...stateIndicators,
  MoveToPack: [{ rules: ['pack.newer'], records: 'PackMoved' }],
  RecomputeDeadlines: [{ records: 'DeadlinesRecomputed' }],
}
const approveDeviation: Arrows = {
  ApproveDeviation: [{ rules: ['deviation.approved'], records: 'DeviationApproved' }],
}
const changeableRules = [
  'issuer.eligible',
  'issuer.same-level',
  'issuer.changeable',
] as const satisfies readonly RuleId[]
/** 变更制定机关：还没有送审的留在原处。 */
export const changeIssuers: Arrows = {
  ChangeIssuers: [{ rules: changeableRules, judged: 'after', records: 'IssuersChanged' }],
}
/** 已经送审、编号以前变更制定机关的：审核、审议、签署都须重新办理，回到起草；征求意见随文本仍然成立。 */
export const reissue: Arrows = {
  ChangeIssuers: [{ to: 'drafting', rules: changeableRules, judged: 'after', records: 'IssuersChangedAndReopened' }],
}
/** 申请偏离期限（缩短、提前、逾期）与批准；紧急情形由分类标明，只须批准。 */
const deviating: Arrows = {
  RequestDeviation: [{ rules: ['deviation.approved'], records: 'DeviationRequested' }],
  ...approveDeviation,
}
export const withdraw: Arrows = { WithdrawDocument: [{ to: 'closed.withdrawn', records: 'DocumentWithdrawn' }] }
/** 签署后的更正：实质性的回到审核确认并重新签署；非实质性的须由审核人或者签署人对照确认。 */
export const corrections: Arrows = {
  CorrectAfterSigning: [
    {
      to: 'legality_review.revising',
      when: { substantive: true },
      rules: ['correction.changes', 'text.matches-file'],
      judged: 'after',
      records: 'CorrectedAfterSigning',
    },
    {
      when: { substantive: false },
      rules: ['correction.changes', 'text.matches-file'],
      judged: 'after',
      records: 'CorrectedAfterSigning',
    },
  ],
  ConfirmCorrection: [
    {
      rules: ['duties.separated', 'review.organ-competent', 'signing.signer-competent', 'correction.pending'],
      records: 'CorrectionConfirmed',
    },
  ],
  // 此前没有批准的偏离，到最后一关以前都可以补行批准。
  ...approveDeviation,
}
/** 起草文本与材料。 */
export const drafting: Arrows = { ...saveDraft, ...provideArtefact, ...deviating }
export const materials: Arrows = provideArtefact
export const partyReport: Arrows = {
  ReportToPartyCommittee: [{ rules: ['acts.in-order'], records: 'PartyReportRecorded' }],
}
/** 审核人据以变更分类的，须属于有权审核本件的机构；起草人、文秘不以此论。 */
const reclassifying = ['review.organ-competent'] as const satisfies readonly RuleId[]
export const reclassify: Arrows = { Reclassify: [{ rules: reclassifying, records: 'Reclassified' }] }
/** 征求意见以后变更分类：所征求的仍然足够的留在原处，不够的回到征求意见。 */
export const reclassifyOrConsult: Arrows = {
  Reclassify: [
    {
      rules: [...reclassifying, 'consultation.held', 'consultation.minimum-period'],
      judged: 'after',
      records: 'Reclassified',
    },
    { to: 'consultation', rules: reclassifying, records: 'ReclassifiedAndReopened' },
  ],
}
/** 分歧上报决定：由能够裁定的上级。 */
export const escalate: Arrows = {
  EscalateDispute: [{ rules: ['dispute.escalated-above', 'approver.recorded'], records: 'DisputeEscalated' }],
}
/** 公开意见原文：逐件处理个人信息以后；采纳情况公布以后，在哪个阶段都可以办。 */
export const openComments: Arrows = {
  RedactComments: [{ records: 'CommentsRedacted' }],
  PublishComments: [{ rules: ['comments.cleared'], records: 'CommentsPublished' }],
}
/** 论证、评估、审查、听证的记录，审核之前随时可记，先后次序由规则判断。 */
export const assessments: Arrows = {
  RecordExpertReview: [{ rules: ['draft.text-saved', 'acts.in-order'], records: 'ExpertReviewRecorded' }],
  RecordRiskAssessment: [{ rules: ['draft.text-saved', 'acts.in-order'], records: 'RiskAssessmentRecorded' }],
  RecordFairCompetitionReview: [
    { rules: ['draft.text-saved', 'acts.in-order', 'duties.separated'], records: 'FairCompetitionReviewRecorded' },
  ],
  RecordThirdPartyEvaluation: [
    { rules: ['draft.text-saved', 'acts.in-order', 'dispute.third-party'], records: 'ThirdPartyEvaluationRecorded' },
  ],
  RecordHearing: [{ rules: ['acts.in-order'], records: 'HearingRecorded' }],
}
/** 征求意见：无论从哪个审核前阶段发出，都进入征求意见阶段。 */
export const consult: Arrows = {
  RequestOpinions: [
    {
      to: 'consultation',
      rules: ['initiation.approved', 'draft.text-saved', 'interagency.askable'],
      records: 'OpinionsRequested',
    },
  ],
  OpenPublicConsultation: [
    {
      to: 'consultation',
      rules: [
        'initiation.approved',
        'consultation.package-ready',
        'consultation.one-at-a-time',
        'consultation.minimum-period',
        'deviation.approved',
        'text.matches-file',
      ],
      records: 'ConsultationOpened',
    },
  ],
}
/** 变更分类后原有程序仍然足够的留在原处；不够的重新开放征求意见，已收集的保留。 */
export const reclassifyOrReopen: Arrows = {
  Reclassify: [
    {
      rules: [...reclassifying, ...sufficientRules],
      judged: 'after',
      note: '变更后仍然足够',
      records: 'Reclassified',
    },
    { to: 'consultation', rules: reclassifying, records: 'ReclassifiedAndReopened' },
  ],
}
/** 退回后认可仍然成立的，直接回到退回它的一步；已失去的由规则指出，须重新取得。 */
export const resubmit: Arrows = {
  ResubmitAfterReturn: [
    {
      to: 'deliberation',
      when: { returnedFrom: 'deliberation' },
      rules: resubmissionRules,
      records: 'ResubmittedAfterReturn',
    },
    { to: 'signing', when: { returnedFrom: 'signing' }, rules: adoptedRules, records: 'ResubmittedAfterReturn' },
  ],
}
/** 签署以后发现须重新办理的，由签发领导退回起草；文号随案卷保留，签署失去效力。 */
export const sendBack: Arrows = { ReturnFromSigning: [{ to: 'drafting', records: 'DocumentReturned' }] }
export const submit: Arrows = {
  SubmitForReview: [
    {
      to: 'legality_review.submitted',
      rules: [
        ...submissionRules,
        'review.same-text',
        'text.matches-file',
        'validity.renewal',
        'validity.evaluated-before-renewal',
        'interagency.answered',
        'classification.plausible',
        'indicators.stated',
      ],
      records: 'SubmittedForReview',
    },
  ],
}
