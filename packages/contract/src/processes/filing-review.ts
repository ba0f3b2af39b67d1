// 备案审查（收件一方）对外的约定：规范性文件报来以后的形式审查、登记、实质审查、函询、纠正与催报，在受理机关名下办理。
import { z } from 'zod'
import { Attachment } from '../commands.ts'
import { keysOf } from '../keys-of.ts'
import { returnGroundLabels, trackLabels, tracks } from '../vocabulary.ts'
import { defineContract, field } from './define.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const optional = (max: number) => z.string().trim().max(max).optional()
const day = z.iso.date()

/** 审查的方式。 */
export const reviewKindLabels = {
  own: '主动审查',
  request: '依要求审查',
  suggestion: '依建议审查',
  special: '专项审查',
  transferred: '移送审查',
  joint: '联合审查',
} as const
export type ReviewKind = keyof typeof reviewKindLabels

/** 实质审查的九项。 */
export const reviewItemLabels = {
  party_policy: '是否符合党中央决策部署和国家重大改革方向',
  powers: '是否超越权限，减损权利或者增加义务',
  higher_law: '是否违反上位法、上级或者本级人大及其常委会的决议决定',
  procedure: '是否违反法定程序',
  proportion: '规定的措施与其目的是否合比例',
  values: '是否符合社会主义核心价值观、公序良俗',
  circumstances: '是否因情况重大变化不宜继续施行',
  consistency: '与同一层级的其他文件是否不一致，严重影响适用',
  other: '其他需要审查的问题',
} as const
export type ReviewItem = keyof typeof reviewItemLabels
export const reviewItems = keysOf(reviewItemLabels)
export const itemResultLabels = { none: '未发现问题', doubt: '存在疑问，须函询', problem: '存在问题' } as const
export type ItemResult = keyof typeof itemResultLabels

/** 审查意见要求制定机关如何处理。 */
export const demandLabels = { amend: '修改', repeal: '废止', stop: '立即停止执行' } as const
export type Demand = keyof typeof demandLabels
/** 制定机关对审查意见的处理。 */
export const opinionAnswerLabels = {
  amend: '修改',
  repeal: '废止',
  explain: '补充说明',
  keep: '认为无须修改',
} as const
export type OpinionAnswer = keyof typeof opinionAnswerLabels
/** 没有改正的，提出哪一种议案。 */
export const motionLabels = {
  annul: '撤销',
  order_amend: '确认违法并责令限期修改',
  order_improve: '要求自行完善或者清理',
} as const
export type Motion = keyof typeof motionLabels
export const motionDecisionLabels = { ...motionLabels, dismissed: '不予支持' } as const
export type MotionDecision = keyof typeof motionDecisionLabels
/** 审结的结果。 */
export const reviewOutcomeLabels = {
  no_problem: '未发现问题',
  reminder: '函告提醒',
  corrected: '制定机关自行改正',
  annulled: '撤销',
  explained: '说明以后没有问题',
  answered: '制定机关已经答复处理意见',
  not_filed: '不须报送，或者文件已经失去效力',
} as const
export type ReviewOutcome = keyof typeof reviewOutcomeLabels

const Check = z.strictObject({
  item: field(z.enum(reviewItems), '审查的内容', { labels: reviewItemLabels }),
  result: field(z.enum(keysOf(itemResultLabels)), '结果', { labels: itemResultLabels }),
  provisions: field(z.array(text(200)).max(50).optional(), '所涉条款', { control: 'provision' }),
  note: field(optional(4000), '说明', { control: 'long-text' }),
})
const Finding = z.strictObject({
  item: field(z.enum(reviewItems), '问题属于', { labels: reviewItemLabels }),
  problem: field(text(4000), '存在的问题', { control: 'long-text' }),
  ground: field(text(2000), '依据', { description: '上位法的名称与条款' }),
  provisions: field(z.array(text(200)).max(50).optional(), '所涉条款', { control: 'provision' }),
  demand: field(z.enum(keysOf(demandLabels)), '要求', { labels: demandLabels }),
})
const Supplied = z.strictObject({
  item: field(text(200), '材料'),
  note: field(optional(2000), '说明'),
  file: field(Attachment.optional(), '文件', { control: 'attachment' }),
})
const until = (title: string, description: string) => field(day.optional(), title, { description })
const decision = z.strictObject({
  body: field(text(200), '决定机关', { control: 'organ' }),
  number: field(optional(100), '文号'),
  date: field(day, '日期'),
})

export const filingReview = defineContract({
  kind: 'filing-review',
  label: '备案审查',
  noun: '备案',
  opening: {
    type: 'OpenFiling',
    label: '开启备案',
    fields: {
      document: field(text(200), '文件', { control: 'entry', description: '登记库中已经公布的文件' }),
      track: field(z.enum(tracks), '备案轨道', { labels: trackLabels }),
      recipient: field(optional(100), '受理机关', { control: 'hidden', description: '报送时写明的；缺省为规则包所定' }),
      reason: field(optional(2000), '要求报送的理由', { control: 'long-text' }),
      until: until('限期报送', '缺省为规则包所定的日数'),
    },
  },
  commands: {
    ReceiveFiling: {
      label: '收到报送',
      fields: {
        materials: field(z.array(text(200)).max(50), '报送材料'),
        sentOn: field(day, '报送之日'),
        textHash: field(text(100), '报送的文本（摘要）', { control: 'hidden' }),
        note: field(optional(4000), '说明'),
      },
    },
    NoteChange: { label: '同一决定变动的又一件文件', fields: {} },
    SubmitFiling: {
      label: '报送决定',
      fields: {
        supplied: field(z.array(Supplied).min(1).max(50), '报送的材料', {
          control: 'table',
          prefill: 'this.toSupply',
        }),
        note: field(optional(4000), '说明', { control: 'long-text' }),
      },
    },
    RegisterFiling: {
      label: '予以备案登记',
      fields: {
        number: field(text(100), '备案登记号', { prefill: 'this.nextNumber' }),
        note: field(optional(4000), '备注', { control: 'long-text' }),
      },
    },
    ReturnFiling: {
      label: '退回',
      fields: {
        ground: field(z.enum(keysOf(returnGroundLabels)).optional(), '缘由', { labels: returnGroundLabels }),
        reason: field(text(4000), '理由', { control: 'long-text' }),
      },
    },
    DeferFiling: {
      label: '暂缓登记，要求补正',
      fields: {
        items: field(z.array(text(500)).min(1).max(50), '需要补正的材料', {
          description: '逐项写明；清单中打 ✗ 的已经填好',
          prefill: 'this.missing',
        }),
        until: until('补正期限', '缺省为规则包所定的日数；规则包没有日数的须写明'),
      },
    },
    Resubmit: {
      label: '补正、重新报送',
      fields: {
        supplied: field(z.array(Supplied).max(50).optional(), '补正的材料', {
          control: 'table',
          prefill: 'this.toSupply',
        }),
        materials: field(z.array(text(200)).max(50).optional(), '补正的材料名称', { control: 'hidden' }),
        note: field(text(4000), '补正情况', { control: 'long-text' }),
      },
    },
    StartReview: {
      label: '开始实质审查',
      fields: {
        kind: field(z.enum(keysOf(reviewKindLabels)), '审查方式', { labels: reviewKindLabels }),
        suggestion: field(optional(100), '审查建议', {
          control: 'matter',
          of: { process: 'review-suggestion' },
          when: { field: 'kind', is: ['suggestion'] },
        }),
        requestedBy: field(optional(200), '提出要求、移送或者联合的机关', {
          when: { field: 'kind', is: ['request', 'transferred', 'joint'] },
        }),
      },
    },
    RecordCheck: {
      label: '记录逐项审查',
      fields: {
        items: field(z.array(Check).min(1).max(9), '各项审查', {
          control: 'table',
          prefill: 'this.toCheck',
          help: '结果逐项由审查人填写；看过而没有问题的，可以一并填入',
          of: { one: '一项审查', rest: 'result', restValue: 'none' },
        }),
      },
    },
    ConsultExpert: {
      label: '听取专家意见',
      fields: {
        expert: field(text(200), '专家或者机构'),
        date: field(day, '日期'),
        opinion: field(text(20_000), '意见', { control: 'long-text' }),
      },
    },
    ExtendReview: { label: '延长审查', fields: { reason: field(text(2000), '理由', { control: 'long-text' }) } },
    AskExplanation: {
      label: '函询',
      fields: {
        questions: field(text(20_000), '需要说明的问题', { control: 'long-text' }),
        until: until('答复期限', '写入函中；缺省为规则包所定的日数，规则包没有日数的须写明'),
      },
    },
    Explain: {
      label: '答复函询',
      fields: { text: field(text(50_000), '说明', { control: 'long-text' }) },
    },
    Communicate: {
      label: '沟通',
      fields: { text: field(text(20_000), '沟通的问题与意见', { control: 'long-text' }) },
    },
    AgreePlan: {
      label: '同意改正，报送计划',
      fields: {
        action: field(z.enum(['amend', 'repeal']), '处理方式', { labels: { amend: '修改', repeal: '废止' } }),
        plan: field(text(4000), '改正计划', { control: 'long-text' }),
        until: field(day, '完成之日'),
      },
    },
    ResumeReview: { label: '恢复审查', fields: { reason: field(text(2000), '理由', { control: 'long-text' }) } },
    SendReminder: {
      label: '函告提醒',
      fields: { text: field(text(20_000), '提醒的事项', { control: 'long-text' }) },
    },
    IssueReviewOpinion: {
      label: '出具审查意见',
      fields: {
        findings: field(z.array(Finding).min(1).max(50), '审查意见', { control: 'table' }),
        number: field(optional(100), '文号'),
        decision: field(decision.optional(), '停止执行的决定', {
          description: '要求立即停止执行的，写明作出决定的机关与日期',
        }),
      },
    },
    AnswerOpinion: {
      label: '答复审查意见',
      fields: {
        action: field(z.enum(keysOf(opinionAnswerLabels)), '处理方式', { labels: opinionAnswerLabels }),
        answer: field(text(20_000), '答复内容', { control: 'long-text' }),
      },
    },
    UrgeCorrection: { label: '督办', fields: { text: field(text(4000), '督办的事项', { control: 'long-text' }) } },
    ReportCorrection: {
      label: '报告改正情况',
      fields: {
        document: field(text(200).optional(), '作出修改或者废止的文件', {
          control: 'entry',
          description: '以决定修改、废止，没有另行的文件的，不填',
        }),
        report: field(optional(20_000), '处理情况', { control: 'long-text' }),
      },
    },
    MoveToAnnul: {
      label: '提出议案',
      fields: {
        motion: field(z.enum(keysOf(motionLabels)), '议案', { labels: motionLabels }),
        reason: field(text(20_000), '理由', { control: 'long-text' }),
      },
    },
    RecordMotionDecision: {
      label: '记录对议案的决定',
      fields: {
        decision: field(z.enum(keysOf(motionDecisionLabels)), '决定', { labels: motionDecisionLabels }),
        made: field(decision, '由何机关、何日作出'),
        until: until('限期', '责令限期修改、要求自行完善的，写明期限'),
      },
    },
    RequireFiling: {
      label: '要求报送',
      fields: {
        reason: field(optional(2000), '理由', { control: 'long-text' }),
        until: until('限期报送', '缺省为规则包所定的日数'),
      },
    },
    RemindFiling: {
      label: '催报',
      fields: { text: field(optional(4000), '催报的内容', { control: 'long-text' }) },
    },
    CriticiseFiling: {
      label: '通报',
      fields: {
        text: field(text(4000), '通报的内容', { control: 'long-text' }),
        until: until('责令改正的期限', '缺省为规则包所定的日数'),
      },
    },
    CloseReview: {
      label: '审结',
      fields: {
        outcome: field(z.enum(keysOf(reviewOutcomeLabels)), '结果', { labels: reviewOutcomeLabels }),
        conclusion: field(optional(20_000), '结论', {
          control: 'long-text',
          description: '九项没有逐项记录的，写明一并审查的结论',
        }),
      },
    },
    RecomputeDeadlines: { label: '重新计算期限', fields: {} },
  },
  stages: {
    required: '待报送',
    received: '收到',
    form_check: '形式审查',
    deferred: '暂缓登记（补正）',
    returned: '已退回',
    registered: '已登记',
    reviewing: '实质审查',
    inquiry: '函询',
    communicating: '沟通',
    paused: '中止（制定机关改正）',
    opinion: '审查意见',
    correcting: '改正',
    motion: '议案',
    closed: '审结',
  },
  records: {
    FilingOpened: '开启备案',
    DeadlinesRecomputed: '重新计算期限',
    FilingReceived: '收到报送',
    ChangeNoted: '同一决定变动的又一件文件',
    FilingRegistered: '备案登记',
    FilingReturned: '退回',
    FilingDeferred: '暂缓登记，要求补正',
    FilingResubmitted: '补正、重新报送',
    ReviewStarted: '开始实质审查',
    CheckRecorded: '记录逐项审查',
    ExpertConsulted: '听取专家意见',
    ReviewExtended: '延长审查',
    ExplanationAsked: '函询',
    ExplanationGiven: '制定机关已说明',
    IssueCommunicated: '沟通',
    PlanAgreed: '制定机关同意改正，中止审查',
    ReviewResumed: '恢复审查',
    ReminderSent: '函告提醒',
    OpinionIssued: '出具审查意见',
    OpinionAnswered: '制定机关答复审查意见',
    CorrectionUrged: '督办',
    CorrectionReported: '报告改正情况',
    AnnulmentMoved: '提出议案',
    MotionDecided: '对议案作出决定',
    FilingRequired: '要求报送',
    FilingReminded: '催报',
    FilingCriticised: '通报',
    ReviewClosed: '审结',
  },
})
