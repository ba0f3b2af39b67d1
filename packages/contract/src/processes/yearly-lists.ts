// 年度制定计划与重大行政决策事项目录对外的约定：两种都是一年一份的清单，征集、论证、批准、公布、调整、年终公布完成情况。
import { z } from 'zod'
import { keysOf } from '../keys-of.ts'
import { defineContract, field } from './define.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const optional = (max: number) => z.string().trim().max(max).optional()
const day = z.iso.date()

export const planItemKindLabels = { new: '制定', amend: '修改', repeal: '废止' } as const
export type PlanItemKind = keyof typeof planItemKindLabels
export const argumentLabels = { include: '列入', exclude: '不列入' } as const
export const proposalAnswerLabels = { taken: '采纳', partly: '部分采纳', not_taken: '不采纳' } as const
/** 决策事项须履行的程序。 */
export const decisionStepLabels = {
  consultation: '公开征求意见',
  expert: '专家论证',
  risk: '风险评估',
  fair_competition: '公平竞争审查',
  legality: '合法性审查',
  collective: '集体讨论',
} as const
export const adjustmentLabels = {
  add: '增加事项',
  remove: '取消事项',
  time: '变更时间',
  unit: '变更承办单位',
} as const
export type AdjustmentKind = keyof typeof adjustmentLabels

const ofItems = { control: 'own-item', of: { from: 'items', value: 'n', label: 'n,title', unless: 'dropped' } } as const
const itemNumber = field(z.int().min(1).max(2000), '哪一项', { description: '清单中的序号', help: '', ...ofItems })
const reason = field(text(2000), '理由', { control: 'long-text' })
const overlap = field(optional(2000), '与相近事项、文件的关系', {
  control: 'long-text',
  description: '名称相近的，说明为什么仍须另列',
})
const year = field(z.int().min(2000).max(2100), '年度')
const until = field(day.optional(), '公开征集截止日', { description: '向社会征集建议的最后一日；不公开征集的不填' })
const meeting = {
  body: field(text(200), '批准的会议', { control: 'body' }),
  on: field(day, '会议日期', { prefill: 'today' }),
  number: field(optional(200), '会议纪要、批复的文号'),
}
const consent = {
  on: field(day, '同意之日', { prefill: 'today' }),
  reference: field(text(300), '文号', { description: '同级党委同意的文件、纪要' }),
}
const planFields = {
  title: field(text(300), '名称'),
  unit: field(text(60), '起草单位', { control: 'unit' }),
  due: field(day, '完成时间'),
  kind: field(z.enum(keysOf(planItemKindLabels)), '类别', { labels: planItemKindLabels }),
  target: field(optional(200), '修改、废止的文件', {
    control: 'entry',
    when: { field: 'kind', is: ['amend', 'repeal'] },
  }),
  basis: field(text(1000), '依据', { control: 'long-text' }),
  necessity: field(text(4000), '必要性、主要问题、主要制度', { control: 'long-text' }),
  enterpriseRelated: field(z.boolean().default(false), '是否涉企'),
  majorDecision: field(z.boolean().default(false), '是否重大行政决策'),
  leader: field(text(60), '分管领导', { control: 'person' }),
  overlap,
} as const
const decisionFields = {
  title: field(text(300), '决策事项名称'),
  unit: field(text(60), '承办单位', { control: 'unit' }),
  due: field(day, '完成时限'),
  steps: field(
    z
      .array(z.enum(keysOf(decisionStepLabels)))
      .min(1)
      .max(6),
    '决策事项程序',
    {
      labels: decisionStepLabels,
    },
  ),
  hearing: field(z.boolean().default(false), '是否听证'),
  basis: field(text(1000), '依据', { control: 'long-text' }),
  necessity: field(text(4000), '必要性', { control: 'long-text' }),
  overlap,
} as const

/** 两种清单都有的命令。 */
const shared = {
  SubmitProposal: {
    label: '提出建议',
    fields: {
      title: field(text(300), '建议列入的事项'),
      reason: field(text(4000), '为什么', { control: 'long-text', description: '不要写姓名、电话等个人信息' }),
    },
  },
  AnswerProposal: {
    label: '答复建议',
    fields: {
      proposal: field(z.int().min(1).max(100_000), '哪一条建议', {
        control: 'own-item',
        of: { from: 'proposals', value: 'n', label: 'n,title', unless: 'answer' },
      }),
      answer: field(z.enum(keysOf(proposalAnswerLabels)), '答复', { labels: proposalAnswerLabels }),
      reason,
    },
  },
  ArgueItem: {
    label: '评估论证',
    fields: {
      item: itemNumber,
      outcome: field(z.enum(keysOf(argumentLabels)), '结论', { labels: argumentLabels }),
      argument: field(text(4000), '论证意见', { control: 'long-text' }),
    },
  },
  DropItem: { label: '撤下事项', fields: { item: itemNumber, reason } },
  CarryOver: { label: '结转下一年度', fields: { item: itemNumber, reason } },
  CompleteItem: {
    label: '记载完成',
    fields: {
      item: itemNumber,
      on: field(day, '完成之日', { prefill: 'today' }),
      document: field(optional(200), '所成的文件', { control: 'entry', description: '登记库中已经公布的文件' }),
      note: field(optional(2000), '说明'),
    },
  },
  PublishStatement: {
    label: '公布年终完成情况',
    fields: {
      summary: field(text(10_000), '完成情况说明', { control: 'long-text', prefill: 'this.statementDraft' }),
    },
  },
} as const
const stages = {
  collecting: '征集',
  argued: '已论证',
  approved: '已批准',
  published: '已公布',
  running: '执行中',
  closed: '已办结',
} as const
const sharedRecords = {
  ItemProposed: '申报事项',
  ProposalSubmitted: '收到建议',
  ProposalAnswered: '答复建议',
  ItemArgued: '评估论证',
  ArgumentCompleted: '全部事项论证完毕',
  ItemDropped: '撤下事项',
  ItemCarriedOver: '结转下一年度',
  ItemCompleted: '事项完成',
  StatementPublished: '公布年终完成情况',
} as const

export const draftingPlan = defineContract({
  kind: 'drafting-plan',
  label: '年度制定计划',
  noun: '制定计划',
  opening: { type: 'OpenPlan' as const, label: '开始编制计划', fields: { year, until } },
  commands: {
    ProposeItem: { label: '申报项目', fields: planFields },
    ...shared,
    ApprovePlan: { label: '批准计划', fields: meeting },
    PublishPlan: { label: '公布计划', fields: {} },
    AddItem: {
      label: '增加项目',
      fields: {
        ...planFields,
        supplementaryJustification: field(text(4000), '补充论证', { control: 'long-text' }),
        decidedBy: field(text(200), '批准的会议', { control: 'body' }),
        decidedOn: field(day, '批准之日', { prefill: 'today' }),
      },
    },
  },
  stages,
  records: {
    PlanOpened: '开始编制计划',
    ...sharedRecords,
    PlanApproved: '批准计划',
    PlanPublished: '公布计划',
    ItemAdded: '增加项目',
  },
})
export const decisionCatalogue = defineContract({
  kind: 'decision-catalogue',
  label: '重大行政决策事项目录',
  noun: '决策目录',
  opening: { type: 'OpenCatalogue' as const, label: '开始编制目录', fields: { year, until } },
  commands: {
    ProposeItem: { label: '申报事项', fields: decisionFields },
    ...shared,
    ApproveCatalogue: { label: '批准目录', fields: meeting },
    RecordPartyConsent: { label: '记载党委同意', fields: consent },
    PublishCatalogue: { label: '公布目录', fields: {} },
    AdjustCatalogue: {
      label: '调整目录',
      fields: {
        adjustment: field(z.enum(keysOf(adjustmentLabels)), '怎样调整', { labels: adjustmentLabels }),
        item: field(z.int().min(1).max(2000).optional(), '哪一项', {
          ...ofItems,
          when: { field: 'adjustment', is: ['remove', 'time', 'unit'] },
          requiredThen: true,
        }),
        title: field(optional(300), '决策事项名称', { when: { field: 'adjustment', is: ['add'] }, requiredThen: true }),
        unit: field(optional(60), '承办单位', {
          control: 'unit',
          when: { field: 'adjustment', is: ['add', 'unit'] },
          requiredThen: true,
        }),
        due: field(day.optional(), '完成时限', {
          when: { field: 'adjustment', is: ['add', 'time'] },
          requiredThen: true,
        }),
        overlap,
        reason,
        decidedBy: field(text(200), '批准的会议', { control: 'body' }),
        decidedOn: field(day, '批准之日', { prefill: 'today' }),
        consentOn: field(day, '党委同意之日', { prefill: 'today' }),
        consentReference: field(text(300), '党委同意的文号'),
      },
    },
  },
  stages,
  records: {
    CatalogueOpened: '开始编制目录',
    ...sharedRecords,
    CatalogueApproved: '批准目录',
    PartyConsentRecorded: '记载党委同意',
    CataloguePublished: '公布目录',
    CatalogueAdjusted: '调整目录',
  },
})
