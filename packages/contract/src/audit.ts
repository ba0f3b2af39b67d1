// 案卷评查：一份以往的案卷怎么写（从别处来的，逐项列明年月日），可以是 JSON，也可以是一行一项的表。
import { z } from 'zod'
import {
  artefactKinds,
  artefactLabels,
  competitionOutcomeLabels,
  decisionLabels,
  legalityOutcomeLabels,
  opinionLabels,
  riskOutcomeLabels,
  tierLabels,
  trackLabels,
} from './vocabulary.ts'

/** 案卷里的一项是什么事，代码与名称；表里写哪一个都认。 */
export const auditEventLabels = {
  proposed: '申请立项',
  initiated: '同意立项',
  text: '形成文本',
  material: '提交材料',
  opinions_requested: '征求部门意见',
  opinion_given: '部门答复意见',
  coordinated: '协调分歧',
  consultation_opened: '公开征求意见',
  consultation_closed: '征求意见截止',
  feedback_published: '公布采纳情况',
  expert_review: '专家论证',
  risk_assessment: '风险评估',
  fair_competition: '公平竞争审查',
  hearing: '举行听证会',
  submitted: '提请合法性审核',
  accepted: '受理送审材料',
  opinion_issued: '出具合法性审核意见',
  revision_confirmed: '确认修改',
  secretariat_check: '办公机构审核',
  deliberated: '集体审议',
  party_report: '请示报告党委',
  signed: '签署',
  numbered: '登记编号',
  published: '公布',
  filed: '报送备案',
  registered: '准予备案登记',
  archived: '归档',
} as const
export type AuditEventKind = keyof typeof auditEventLabels
const auditEventKinds = Object.keys(auditEventLabels) as [AuditEventKind, ...AuditEventKind[]]

const words = z.string().trim().min(1).max(500)
const date = z.iso.date({ error: '应为真实的日期 YYYY-MM-DD' })
const names = z.array(words).min(1)

/** 每一项可以写明的；没有写明的即不知道，不作推测。 */
const details = {
  unit: words.optional(),
  outcome: words.optional(),
  /** 所依的是哪一版文本，任取一个名称（“征求意见稿”），同名即同一文本。 */
  text: words.optional(),
  closes: date.optional(),
  due: date.optional(),
  material: z.enum(artefactKinds).optional(),
  meeting: words.optional(),
  person: words.optional(),
  effective: date.optional(),
  years: z.int().min(1).max(100).optional(),
  validUntil: date.optional(),
  disclosure: z.enum(['active', 'on_request', 'closed']).optional(),
  channels: names.optional(),
  number: words.optional(),
  registry: words.optional(),
  track: z.enum(['government', 'npc']).optional(),
  announced: date.optional(),
  sent: date.optional(),
  experts: z.int().min(0).max(1000).optional(),
  heard: names.optional(),
  reason: words.optional(),
  interpretation: z.boolean().optional(),
}
export type AuditDetail = keyof typeof details
export const auditDetails = Object.keys(details) as AuditDetail[]

/** 表的列名与错误里的称呼。 */
export const auditFieldLabels = {
  date: '日期',
  event: '事项',
  unit: '单位',
  outcome: '结论',
  text: '文本',
  closes: '截止日',
  due: '答复期限',
  material: '材料',
  meeting: '会议',
  person: '人员',
  effective: '施行日',
  years: '有效期年数',
  validUntil: '有效期至',
  disclosure: '公开属性',
  channels: '渠道',
  number: '文号',
  registry: '登记号',
  track: '备案轨道',
  announced: '公告日',
  sent: '材料送达日',
  experts: '专家人数',
  heard: '听取意见的对象',
  reason: '理由',
  interpretation: '同步解读',
  title: '文件名称',
  place: '法域',
  tier: '层级',
  issuers: '制定机关',
  draftingUnit: '起草单位',
  source: '案卷来源',
  asOf: '评查日',
  notSeen: '没有见到的',
  affectsRights: '影响权利义务',
  enterpriseRelated: '涉企',
  majorDecision: '重大行政决策',
  expertise: '专业性强',
  competition: '涉及公平竞争',
  stability: '涉及社会稳定',
  hearingRequired: '应当听证',
  confidential: '涉密',
  provisional: '暂行试行',
  planned: '列入年度计划',
  events: '各项',
} as const
export const auditClassification = [
  'affectsRights',
  'enterpriseRelated',
  'majorDecision',
  'expertise',
  'competition',
  'stability',
  'hearingRequired',
  'confidential',
  'provisional',
] as const

/** 各项的结论可以是哪几种。 */
export const auditOutcomes: Partial<Record<AuditEventKind, Record<string, string>>> = {
  opinion_given: opinionLabels,
  risk_assessment: riskOutcomeLabels,
  fair_competition: competitionOutcomeLabels,
  opinion_issued: legalityOutcomeLabels,
  secretariat_check: { passed: '通过', returned: '退回' },
  deliberated: decisionLabels,
}
/** 各项必须写明的。 */
const requiredOf: Partial<Record<AuditEventKind, AuditDetail[]>> = {
  material: ['material'],
  opinions_requested: ['unit'],
  opinion_given: ['unit', 'outcome'],
  consultation_opened: ['closes'],
  risk_assessment: ['outcome'],
  fair_competition: ['outcome'],
  opinion_issued: ['outcome'],
  deliberated: ['meeting', 'outcome'],
  published: ['effective'],
  filed: ['track'],
  registered: ['track'],
}

const AuditEvent = z.strictObject({ date, event: z.enum(auditEventKinds), ...details }).superRefine((e, ctx) => {
  const what = auditEventLabels[e.event]
  for (const key of requiredOf[e.event] ?? [])
    if (e[key] === undefined)
      ctx.addIssue({ code: 'custom', path: [key], message: `“${what}”须写明${auditFieldLabels[key]}` })
  const choices = auditOutcomes[e.event]
  if (choices && e.outcome !== undefined && !(e.outcome in choices))
    ctx.addIssue({
      code: 'custom',
      path: ['outcome'],
      message: `“${what}”的结论应为${Object.entries(choices)
        .map(([code, label]) => `${label}（${code}）`)
        .join('、')}之一，不认得“${e.outcome}”`,
    })
  if (e.closes !== undefined && e.closes < e.date)
    ctx.addIssue({ code: 'custom', path: ['closes'], message: `截止日${e.closes}早于公告之日${e.date}` })
})
export type AuditEvent = z.output<typeof AuditEvent>

/** 别处的一份案卷：文件是什么，做过哪些事，各在何日。 */
export const DescribedFile = z
  .strictObject({
    title: words,
    /** 规则包的法域代码；该地没有规则包的写 CN。 */
    place: words,
    tier: z.enum(Object.keys(tierLabels) as [keyof typeof tierLabels, ...Array<keyof typeof tierLabels>]),
    issuers: names,
    draftingUnit: words,
    source: words.optional(),
    asOf: date.optional(),
    /** 评查人没有见到的各种记载：不以没有论，列为不能判断。 */
    notSeen: z.array(z.enum(auditEventKinds)).default([]),
    planned: z.boolean().optional(),
    ...(Object.fromEntries(auditClassification.map((key) => [key, z.boolean().optional()])) as Record<
      (typeof auditClassification)[number],
      z.ZodOptional<z.ZodBoolean>
    >),
    events: z.array(AuditEvent).min(1).max(2000),
  })
  .superRefine((file, ctx) => {
    for (const [i, e] of file.events.entries()) {
      if (file.asOf !== undefined && e.date > file.asOf)
        ctx.addIssue({ code: 'custom', path: ['events', i, 'date'], message: `晚于评查日${file.asOf}` })
      if (file.notSeen.includes(e.event))
        ctx.addIssue({
          code: 'custom',
          path: ['events', i, 'event'],
          message: `列有“${auditEventLabels[e.event]}”，却又写明没有见到这一种`,
        })
    }
  })
export type DescribedFile = z.output<typeof DescribedFile>

/** 各列、各栏的选项，写名称、写代码都认：名称 → 代码。 */
export const auditChoices: Partial<Record<string, Record<string, string>>> = {
  event: auditEventLabels,
  tier: tierLabels,
  material: artefactLabels,
  track: trackLabels,
  disclosure: { active: '主动公开', on_request: '依申请公开', closed: '不予公开' },
}
