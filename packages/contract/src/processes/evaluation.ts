// 后评估对外的约定：文件施行以后，由没有起草、没有评估过它的人评估其效果，制定机关逐项答复，结果公布。
import { z } from 'zod'
import { numeric } from '../field.ts'
import { keysOf } from '../keys-of.ts'
import { evaluationConclusionLabels } from '../vocabulary.ts'
import { defineContract, field, grouped } from './define.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const optional = (max: number) => z.string().trim().max(max).optional()
const day = z.iso.date()
/** 一句话也可以，几项也可以；一律存为几项。 */
const lines = (max: number) => z.union([z.array(text(max)).min(1).max(50), text(max)])

/** 为什么评估。 */
export const evaluationGroundLabels = {
  before_expiry: '有效期届满前评估',
  yearly: '列入年度评估',
  trial_ends: '试行、暂行期满',
  complaints: '意见、建议较多',
  missed_effect: '实施效果明显未达预期',
  skipped_procedure: '制定时省略了程序，补作评估',
  fair_competition_exception: '适用公平竞争审查例外规定',
  other: '其他需要评估的情形',
} as const
export type EvaluationGround = keyof typeof evaluationGroundLabels

/** 证据的种类；前四种是听取公众意见。 */
export const evidenceKindLabels = {
  survey: '问卷调查',
  interview: '访谈',
  meeting: '座谈会、听证会',
  comments: '公众意见、建议',
  data: '统计数据',
  case: '复议、诉讼、监督结果',
  document: '文件、台账',
} as const
export type EvidenceKind = keyof typeof evidenceKindLabels
/** 评价的方面；各地取哪几项、各占多少分由规则包写明。 */
export const dimensionLabels = {
  legality: '合法性',
  reasonableness: '合理性',
  feasibility: '可操作性',
  effectiveness: '实施绩效（成本效益）',
  public_opinion: '公众评价',
} as const
export type EvaluationDimension = keyof typeof dimensionLabels
/** 一个方面、一个问题的答案。 */
export const assessmentLabels = { met: '达到', partly: '部分达到', not_met: '没有达到' } as const
/** 七个问题。 */
export const evaluationQuestionLabels = {
  problem: '要解决的问题是什么，是否还在',
  need: '为什么需要政府出面',
  options: '有哪些可选的办法',
  impacts: '对谁产生了什么影响',
  consulted: '听取了谁的意见，采纳了什么',
  benefit: '得大于失吗',
  implementation: '执行得怎样',
} as const
/** 对一项建议的答复。 */
export const proposalFateLabels = { adopted: '采纳', rejected: '不采纳', open: '尚未办结' } as const
export type ProposalFate = keyof typeof proposalFateLabels
export const adoptionLabels = { amend: '修改', repeal: '废止', renew: '重新公布' } as const

const evidenceRefs = field(z.array(text(20)).max(100), '证据', {
  description: '证据、读数的编号，如“E1”“R2”',
  control: 'evidence',
})
const Assessed = {
  result: field(z.enum(keysOf(assessmentLabels)), '评价', { labels: assessmentLabels }),
  text: field(text(10_000), '说明', { control: 'long-text' }),
  evidence: evidenceRefs,
}
const Dimension = z.strictObject({
  dimension: field(z.enum(keysOf(dimensionLabels)), '方面', { labels: dimensionLabels }),
  score: field(z.number().min(0).max(100).optional(), '得分', { description: '不超过该方面的分值' }),
  ...Assessed,
})
const Question = z.strictObject({
  question: field(z.enum(keysOf(evaluationQuestionLabels)), '问题', { labels: evaluationQuestionLabels }),
  ...Assessed,
})
/** 一项发现与对它的建议。 */
const Finding = z.strictObject({
  text: field(text(4000), '发现', { control: 'long-text' }),
  provisions: field(z.array(text(200)).max(50).optional(), '所涉条款', { control: 'provision' }),
  evidence: field(z.array(text(20)).max(100).optional(), '证据', {
    description: '证据、读数的编号，如“E1”“R2”',
    control: 'evidence',
  }),
  proposal: field(text(4000), '建议', { control: 'long-text' }),
})
const ProposalAnswer = grouped({
  proposal: field(text(20), '建议', { description: '建议的编号，如“P1”', control: 'proposal', help: '' }),
  fate: field(z.enum(keysOf(proposalFateLabels)), '答复', { labels: proposalFateLabels }),
  by: field(z.enum(keysOf(adoptionLabels)).optional(), '如何落实', {
    labels: adoptionLabels,
    when: { field: 'fate', is: ['adopted'] },
    requiredThen: true,
  }),
  document: field(optional(200), '落实的文件', {
    control: 'entry',
    description: '作出修改、废止或者重新公布的文件；还没有公布的先不填，落实以后补填',
    when: { field: 'fate', is: ['adopted'] },
  }),
  provisions: field(z.array(text(200)).max(50).optional(), '落实在哪些条款', {
    when: { field: 'fate', is: ['adopted'] },
  }),
  reason: field(optional(4000), '理由', { control: 'long-text', requiredWhen: { field: 'fate', is: ['rejected'] } }),
  owner: field(optional(100), '责任单位', { control: 'unit', when: { field: 'fate', is: ['adopted', 'open'] } }),
  due: field(day.optional(), '完成期限', {
    when: { field: 'fate', is: ['adopted', 'open'] },
    requiredWhen: { field: 'fate', is: ['open'] },
  }),
})

/** 报告的六个部分。 */
export const reportPartLabels = {
  overview: '基本情况',
  implementation: '贯彻执行情况及社会反映',
  assessment: '逐项评价',
  changes: '上位法和政策变动情况',
  conclusion: '结论及建议',
  other: '其他需要说明的问题',
} as const
export type ReportPart = keyof typeof reportPartLabels
const part = (name: ReportPart) => field(text(50_000), reportPartLabels[name], { control: 'long-text' })

export const evaluationContract = defineContract({
  kind: 'evaluation',
  label: '后评估',
  noun: '后评估',
  opening: {
    type: 'PlanEvaluation',
    label: '提出评估方案',
    fields: {
      document: field(text(200), '评估的文件', { control: 'entry', description: '登记库中的文件，导入的也可以' }),
      ground: field(z.enum(keysOf(evaluationGroundLabels)), '缘由', { labels: evaluationGroundLabels }),
      evaluator: field(
        z.strictObject({
          unit: field(optional(100), '评估的单位', { control: 'unit' }),
          organisation: field(optional(200), '评估的机构', { description: '委托第三方的写机构名称' }),
        }),
        '由谁评估',
        { description: '不得是起草单位，也不得是制定时主要承担评估的机构', control: 'group' },
      ),
      method: field(lines(500), '方法', { control: 'long-text' }),
      subjects: field(lines(500), '调查对象', {
        control: 'long-text',
        description: '管理者与被管理者都要有，随机抽取',
      }),
      until: field(day, '提交报告的期限'),
      purpose: field(optional(4000), '目的与内容', { control: 'long-text' }),
    },
  },
  commands: {
    ApprovePlan: { label: '批准方案', fields: { note: field(optional(2000), '备注') } },
    RecordEvidence: {
      label: '记录证据',
      fields: {
        kind: field(z.enum(keysOf(evidenceKindLabels)), '种类', { labels: evidenceKindLabels }),
        title: field(optional(300), '名称'),
        source: field(text(500), '来源'),
        count: field(z.int().min(0).max(100_000_000).optional(), '份数、人数', {
          requiredWhen: { field: 'kind', is: ['survey', 'interview', 'meeting', 'comments'] },
        }),
        groups: field(z.array(text(100)).max(50).optional(), '对象', {
          description: '如“企业”“农户”“执法人员”；人大代表、政协委员、人民团体、基层组织、社会组织参加的写明',
        }),
        date: field(day, '日期', { prefill: 'today' }),
        summary: field(text(20_000), '内容摘要', { control: 'long-text' }),
      },
    },
    RecordReading: {
      label: '记录指标读数',
      fields: {
        indicator: field(text(300), '指标', { control: 'indicator' }),
        value: field(numeric, '数值'),
        unit: field(optional(40), '单位'),
        date: field(day, '日期'),
        source: field(text(500), '来源'),
        target: field(numeric.optional(), '目标值', { description: '起草时写明了的不必填' }),
        provision: field(optional(100), '所在条款', { description: '起草时写明了的不必填' }),
      },
    },
    SubmitReport: {
      label: '提交报告',
      fields: {
        parts: field(
          z.strictObject({
            overview: part('overview'),
            implementation: part('implementation'),
            assessment: part('assessment'),
            changes: part('changes'),
            conclusion: part('conclusion'),
            other: part('other'),
          }),
          '报告',
          { control: 'group' },
        ),
        conclusion: field(z.enum(keysOf(evaluationConclusionLabels)), '结论', { labels: evaluationConclusionLabels }),
        dimensions: field(z.array(Dimension).min(1).max(10), '各方面的评价', { prefill: 'this.toAssess' }),
        questions: field(z.array(Question).max(7).optional(), '七个问题'),
        findings: field(z.array(Finding).max(100), '发现与建议', { description: '一项发现一项建议' }),
      },
    },
    AnswerReport: {
      label: '答复报告',
      fields: {
        answers: field(z.array(ProposalAnswer).min(1).max(100), '逐项答复', { prefill: 'this.toAnswer' }),
        note: field(optional(4000), '说明', { control: 'long-text' }),
      },
    },
    PublishReport: {
      label: '公布报告',
      fields: { summary: field(optional(2000), '一句话的结果', { control: 'long-text' }) },
    },
    CloseEvaluation: { label: '办结', fields: { reason: field(optional(2000), '理由') } },
    RecomputeDeadlines: { label: '重新计算期限', fields: {} },
  },
  stages: {
    planned: '方案',
    collecting: '收集证据',
    reporting: '撰写报告',
    answering: '制定机关答复',
    published: '已公布',
    closed: '办结',
  },
  records: {
    EvaluationPlanned: '提出评估方案',
    DeadlinesRecomputed: '重新计算期限',
    PlanApproved: '批准方案',
    EvidenceRecorded: '记录证据',
    ReadingRecorded: '记录指标读数',
    ReportSubmitted: '提交报告',
    ReportAnswered: '答复报告',
    ProposalSettled: '补充答复',
    ReportPublished: '公布报告',
    EvaluationClosed: '办结',
  },
})
