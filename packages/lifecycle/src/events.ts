// 领域事件的名称，与命令办理时落定的值。机器只给领域事件取名（record），由写事务转成台账，机器自身不做任何事。

import type { CommandType } from '@dianzhang/contract'
import type { CitationEdge, Instant, PlainDate, Standing, TextRef } from '@dianzhang/rules'

/** 命令处理时落定、只能由服务端给出的值（摘要、期限、编号等），按命令不同。 */
export interface ResolvedOf {
  SaveDraft: SavedText & {
    /** 改过工作稿、因而同是修改过文本的其他人。 */
    authors: string[]
  }
  CorrectAfterSigning: SavedText & {
    /** 由文字推算的实质变化；有一项即为实质性修改。 */
    findings: string[]
  }
  ProvideArtefact: {
    n: number
    hash: string
    /** 本单位的合法性审核意见。 */
    own?: { conclusion: 'lawful' | 'revise' | 'unlawful'; examiner: string; textHash: string }
  }
  ChangeIssuers: {
    units: string[]
    /** 变更制定机关以后，各项认可是否仍然成立。 */
    standing: Standing[]
  }
  RequestOpinions: { units: string[]; dueOn: PlainDate }
  RecordOpinion: { unit: string }
  OpenPublicConsultation: {
    id: string
    closesOn: PlainDate
    closesAt: Instant
    noteHash: string | null
    /** 确实短于最低期限时的理由与批准人。 */
    shortened: { reason: string; approver: string; deviation: string } | null
  }
  ExtendConsultation: { closesOn: PlainDate; closesAt: Instant }
  /** 意见的标识、回执号、摘要。 */
  SubmitComment: { id: string; document: string; hash: string }
  DisposeComment: { id: string; n: number }
  /** 各件意见的标识、回执号与摘要，依提交的次序。 */
  RecordComments: {
    comments: Array<{
      id: string
      receipt: string
      hash: string
      late: boolean
      /** 针对征求意见稿的哪一处；针对全文的为 null。 */
      place: { element: string; address: string } | null
    }>
  }
  GroupComments: { id: string }
  /** 公开的是哪几次征求的意见。 */
  PublishComments: { rounds: string[] }
  InviteParticipants: { invitations: string[] }
  /** 到截止没有答复的邀请。 */
  CloseConsultation: { silent?: string[] }
  RecordCoordination: {
    units: string[]
    /** 经协调不再持异议的单位。 */
    settled: string[]
  }
  SubmitForReview: Package & Adopted
  ResubmitAfterReturn: Adopted
  AcceptPackage: Package
  Supplement: Package
  IssueOpinion: { hash: string }
  /** 否决时文号随之作废，批准的是作出决定的会议。 */
  RecordDecision: { approver: string }
  Sign: { unit: string }
  ConfirmCorrection: { hash: string }
  AssignNumbers: {
    document: string
    registry: string
    year: number
    seq: number
    /** 本次发出的各个号码，由写入一步登记；已有号码、只是再次确认的没有。 */
    issued?: Array<{ series: string; year: number; seq: number; kind: string; text: string; reserved?: boolean }>
    adoptionDate: PlainDate
  }
  Publish: {
    validUntil: PlainDate | null
    validityYears: number | null
    indexNumber: string | null
    wjbs: { value: string | null; missing: string[] }
  }
  FileDocument: {
    recipient?: string
    /** 受理机关的那一件备案；`opensReview` 为随报送新开启的。 */
    review?: string
    opensReview?: true
  }
  ArchiveFile: { files: number; manifestHash: string }
  /** 编号以后撤回的，文号随之作废时的批准人。 */
  WithdrawDocument: { approver?: string }
  /** 改用另一版规则包时值有不同的参数。 */
  MoveToPack: { packChanges: Array<{ path: string; label: string; before: string; after: string }> }
  /** 重算前后日期或者是否暂定有变化的期限。 */
  RecomputeDeadlines: {
    changes: Array<{
      key: string
      label: string
      from: PlainDate
      to: PlainDate
      wasProvisional: boolean
      provisional: boolean
    }>
  }
}
interface SavedText {
  n: number
  hash: string
  /** 所存文本的自述，与案卷比对。 */
  says?: NonNullable<TextRef['says']>
  /** 所存文本引用的各处，与自述一次读出；写入引用关系，不入案卷。 */
  edges?: CitationEdge[]
}
interface Package {
  packageHash: string
}
interface Adopted {
  /** 所采纳意见的规范写法（意见编号、单位代码）；没有说采纳的不写。 */
  opinions?: string[]
}
/** 没有要落定的值。 */
type Nothing = Record<never, never>
/** 命令 `T` 落定的值。 */
export type ResolvedFor<T extends CommandType> = T extends keyof ResolvedOf ? ResolvedOf[T] : Nothing
type Values = ResolvedOf[keyof ResolvedOf]
type Names = Values extends infer V ? (V extends unknown ? keyof V : never) : never
type ValueOf<N> = Values extends infer V ? (V extends unknown ? (N extends keyof V ? V[N] : never) : never) : never
/** 不问是哪条命令时所见：哪一项都可能没有。 */
export type Resolved = { [N in Names]?: ValueOf<N> }

/** 领域事件（过去式）与中文名称，写入台账。 */
export const domainEventLabels = {
  DocumentProposed: '申请立项',
  InitiationApproved: '同意立项',
  InitiationDeclined: '不予立项',
  DraftSaved: '保存文本',
  ArtefactProvided: '提交材料',
  Reclassified: '变更分类',
  IssuersChanged: '变更制定机关',
  IssuersChangedAndReopened: '变更制定机关，重新办理',
  DeviationRequested: '申请偏离期限',
  DeviationApproved: '批准偏离期限',
  ReclassifiedAndReopened: '变更分类，程序重新开放',
  OpinionsRequested: '征求部门意见',
  OpinionRecorded: '部门答复意见',
  ConsultationOpened: '公开征求意见',
  ConsultationExtended: '延长征求意见期限',
  ConsultationClosed: '征求意见截止',
  CommentSubmitted: '收到公众意见',
  CommentDisposed: '处理公众意见',
  CommentsRecorded: '录入收到的意见',
  HeldCommentsSettled: '核对待核的意见',
  CommentsGrouped: '归组意见',
  CommentsDisposed: '一并处理意见',
  CommentsRedacted: '公开前处理意见',
  CommentsPublished: '公开各件意见',
  ParticipantsInvited: '定向征求意见',
  FeedbackPublished: '公布采纳情况',
  ConsultationCompleted: '征求意见完成',
  CoordinationRecorded: '记录协调结果',
  DisputeEscalated: '分歧上报决定',
  CoordinationCompleted: '分歧协调完成',
  IndicatorsStated: '写明目标与指标',
  EvaluationRecorded: '记载施行后的评估',
  ThirdPartyEvaluationRecorded: '记录第三方评估',
  ExpertReviewRecorded: '记录专家论证',
  RiskAssessmentRecorded: '记录风险评估',
  FairCompetitionReviewRecorded: '记录公平竞争审查',
  HearingRecorded: '记录听证',
  SubmittedForReview: '提请合法性审核',
  ResubmittedAfterReturn: '退回后重新提交',
  PackageAccepted: '受理送审材料',
  SupplementRequested: '要求补充材料',
  PackageSupplemented: '补充材料',
  AdviserOpinionRecorded: '记录法律顾问意见',
  ReviewPaused: '停计审核期限',
  ReviewResumed: '恢复审核期限',
  OpinionIssued: '出具合法性审核意见',
  DocumentReturned: '退回',
  PointAnswered: '答复审核意见',
  RevisionConfirmed: '确认修改',
  SecretariatCheckRecorded: '办公机构审核',
  DeliberationScheduled: '安排审议',
  ScheduleWithdrawn: '审议安排撤回',
  DecisionRecorded: '记录审议决定',
  PartyReportRecorded: '请示报告党委',
  DocumentSigned: '签署',
  SigningCompleted: '签署完成',
  CorrectedAfterSigning: '签署后更正',
  CorrectionConfirmed: '确认更正',
  NumbersAssigned: '统一登记编号',
  NumbersConfirmed: '编号已分配',
  NumberVoided: '作废文号',
  DocumentPublished: '公布',
  EffectTaken: '开始施行',
  ForceEventRecorded: '记录效力变动',
  ForceEventScheduled: '预定效力变动',
  ForceEventApplied: '效力变动生效',
  ForceRestored: '收回效力变动',
  FilingSent: '报送备案',
  FilingRegistered: '准予备案登记',
  FilingSupplementRequested: '要求备案补正',
  FilingSupplemented: '补正备案材料',
  FilingReturned: '不予备案退回',
  FilingReviewExtended: '延长备案审查',
  CorrectionRequested: '提出纠正意见',
  CorrectionAnswered: '答复纠正意见',
  FilingClosed: '备案审查办结',
  FileArchived: '归档',
  DocumentWithdrawn: '撤回',
  PackMoved: '改用新版规则包',
  DeadlinesRecomputed: '重算期限',
} as const
export type DomainEvent = keyof typeof domainEventLabels
