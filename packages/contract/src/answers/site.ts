// 运行与公众一侧的答复。
import { z } from 'zod'

export const Alive = z.object({
  status: z.literal('ok'),
  log: z
    .array(z.object({ code: z.string(), reason: z.string() }))
    .optional()
    .describe('公开日志停签的法域与原因；正常的没有这一项'),
})
export const Ready = z.object({
  status: z.literal('ready'),
  /** 公众检索所读的热备；不在时由主库代答。没有热备的，没有这一项。 */
  standby: z.enum(['ready', 'away']).optional(),
})
/** 管理员要照看的一项。 */
export const AdministrationItem = z.object({
  key: z.string(),
  label: z.string(),
  state: z.enum(['bad', 'attention', 'ok']).describe('bad 出了问题；attention 须留意；ok 正常'),
  says: z.string(),
  to: z.string().nullable().describe('在工作台的哪一页办理'),
  does: z.enum(['run-jobs']).nullable().describe('就地可以按的'),
})
export const Administration = z.object({ items: z.array(AdministrationItem).describe('出了问题的在前') })
export const JobsRun = z.object({ done: z.int(), failed: z.int() })
export const ClockMoved = z.looseObject({ now: z.string(), ran: z.int(), failed: z.int() })
/** 接口说明自身。 */
export const OpenApi = z.looseObject({ openapi: z.string() })
export const Demo = z.looseObject({
  now: z.string(),
  accounts: z.array(
    z.looseObject({
      username: z.string(),
      password: z.string(),
      name: z.string(),
      unitName: z.string(),
      roles: z.array(z.string()),
      roleLabels: z.array(z.string()),
    }),
  ),
  guide: z.array(z.looseObject({ title: z.string(), story: z.string(), tryFirst: z.string() })),
})
export const Feedback = z.looseObject({
  consultation: z.string(),
  jurisdiction: z.string(),
  title: z.string(),
  publishedAt: z.string(),
  statement: z.record(z.string(), z.unknown()).nullable(),
  total: z.int().describe('收到的件数'),
  distinct: z.int().describe('其中不同的内容有几种：文字相同的、经人归为一组的，算一种'),
  late: z.int().describe('其中截止以后收到的'),
  cameBy: z
    .array(z.looseObject({ channel: z.string(), label: z.string(), count: z.int() }))
    .describe('各渠道的件数，合计为 total'),
  counts: z.array(z.looseObject({ disposition: z.string(), label: z.string(), count: z.int() })),
  items: z.array(
    z.looseObject({
      element: z.string().nullable(),
      disposition: z.string(),
      label: z.string(),
      reason: z.string(),
    }),
  ),
})
/** 意见的原文；不公开的只有理由。 */
export const PublishedComments = z.looseObject({
  items: z.array(
    z.looseObject({
      n: z.int(),
      element: z.string().nullable(),
      channelLabel: z.string(),
      late: z.boolean(),
      text: z.string().nullable(),
      reason: z.string().nullable(),
      redacted: z.boolean(),
      disposition: z.looseObject({ label: z.string(), reason: z.string() }).nullable(),
    }),
  ),
  total: z.int(),
  next: z.int().nullable(),
})
/** 凭回执查到的：意见与其处理，或者一件审查建议的办理情况。 */
export const ReceiptState = z.looseObject({ receipt: z.string().optional() })
export const Anchors = z.looseObject({
  items: z.array(
    z.looseObject({
      jurisdiction: z.string(),
      day: z.string(),
      seal: z.string(),
      documents: z.int(),
      events: z.int(),
      at: z.string(),
      key: z.string(),
      signature: z.string(),
    }),
  ),
  next: z.int().nullable(),
  publicKey: z.string().nullable().describe('签名的公钥（Ed25519，PEM）'),
})
/** 一年的审查建议：件数与逐件一行，不写是谁提出的。 */
export const SuggestionsOfYear = z.looseObject({
  year: z.int(),
  total: z.int(),
  overdue: z.int(),
  answered: z.int(),
  items: z.array(
    z.looseObject({
      receivedOn: z.iso.date(),
      stage: z.string(),
      stageLabel: z.string(),
      overdue: z.boolean(),
      answeredOn: z.iso.date().nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
})

const EntryRef = z.object({ id: z.string(), title: z.string(), documentNumber: z.string().nullable() })
const EvaluationLine = {
  id: z.string(),
  jurisdiction: z.string(),
  document: EntryRef,
  ground: z.string(),
  groundLabel: z.string(),
  publishedOn: z.iso.date(),
  conclusion: z.string(),
  conclusionLabel: z.string(),
  summary: z.string().nullable(),
  proposals: z.int().describe('建议的项数'),
  pending: z.int().describe('其中没有落实的'),
}
/** 已经公布的后评估，没有落实而超过规则包所定时间的建议，与年度件数。 */
export const PublicEvaluations = z.looseObject({
  year: z.int().nullable(),
  total: z.int(),
  items: z.array(z.object(EvaluationLine)),
  years: z.array(z.int()),
  quota: z.array(z.object({ jurisdiction: z.string(), year: z.int(), required: z.int(), published: z.int() })),
  openOlderMonths: z.int().describe('超过几个月没有落实的另列'),
  openOlder: z.array(
    z.object({
      evaluation: z.string(),
      document: EntryRef,
      proposal: z.string(),
      text: z.string(),
      since: z.iso.date(),
      due: z.iso.date().nullable(),
      owner: z.string().nullable(),
    }),
  ),
  openOlderCount: z.int(),
})
const Result = { result: z.string(), resultLabel: z.string(), evidence: z.array(z.string()), text: z.string() }
/** 一件已经公布的后评估。 */
export const PublicEvaluation = z.looseObject({
  ...EvaluationLine,
  unit: z.string(),
  evaluator: z.string(),
  method: z.array(z.string()),
  subjects: z.array(z.string()),
  plannedOn: z.iso.date(),
  reportedOn: z.iso.date().nullable(),
  answeredOn: z.iso.date().nullable(),
  purpose: z.string().nullable(),
  evidence: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      kindLabel: z.string(),
      title: z.string().nullable(),
      source: z.string(),
      count: z.int().nullable(),
      groups: z.array(z.string()),
      date: z.iso.date(),
    }),
  ),
  readings: z.array(
    z.object({
      id: z.string(),
      indicator: z.string(),
      value: z.number(),
      unit: z.string().nullable(),
      date: z.iso.date(),
      source: z.string(),
      target: z.number().nullable(),
      provision: z.string().nullable(),
    }),
  ),
  dimensions: z.array(
    z.object({
      dimension: z.string(),
      label: z.string(),
      weight: z.number().nullable(),
      score: z.number().nullable(),
      ...Result,
    }),
  ),
  questions: z.array(z.object({ question: z.string(), label: z.string(), ...Result })),
  parts: z.record(z.string(), z.string()),
  findings: z.array(
    z.object({
      proposal: z.string(),
      text: z.string(),
      provisions: z.array(z.string()),
      evidence: z.array(z.string()),
    }),
  ),
  answers: z.array(
    z.object({
      proposal: z.string(),
      text: z.string(),
      provisions: z.array(z.string()),
      fate: z.string().nullable(),
      fateLabel: z.string().nullable(),
      by: z.string().nullable(),
      byLabel: z.string().nullable(),
      document: EntryRef.nullable(),
      inProvisions: z.array(z.string()),
      reason: z.string().nullable(),
      owner: z.string().nullable(),
      due: z.iso.date().nullable(),
      on: z.iso.date().nullable(),
      pending: z.boolean(),
    }),
  ),
})
/** 本年度的后评估：须评估几件，已经公布几件，正在评估几件。 */
export const EvaluationQuota = z.object({ year: z.int(), required: z.int(), published: z.int(), running: z.int() })
/** 有效期届满的一次提醒：哪件文件、哪一级、由谁办理，什么答复了它。 */
export const ExpiryAlert = z.object({
  entry: z.string(),
  title: z.string(),
  documentNumber: z.string().nullable(),
  validUntil: z.iso.date(),
  months: z.int(),
  dueOn: z.iso.date(),
  raisedAt: z.string(),
  owner: z.object({ unit: z.string(), name: z.string(), role: z.string(), roleLabel: z.string() }),
  mine: z.boolean(),
  answered: z.object({ by: z.enum(['evaluation', 'cleanup', 'change']), matter: z.string().nullable() }).nullable(),
})
export const ExpiryAlerts = z.object({ items: z.array(ExpiryAlert), nextCursor: z.string().nullable() })
/** 导入的条目：正文写明的有效期，等人确认。 */
export const ValidityQuestions = z.object({
  items: z.array(
    z.object({ entry: z.string(), title: z.string(), documentNumber: z.string().nullable(), asked: z.string() }),
  ),
  nextCursor: z.string().nullable(),
})
export const ValidityConfirmed = z.object({ entry: z.string(), validUntil: z.iso.date().nullable() })
