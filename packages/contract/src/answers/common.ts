// 案卷、文本与共用的答复。
import { z } from 'zod'
import { confidences, problemCodes } from '../problems.ts'
import { forceLabels, type Role, roles, stageLabels } from '../vocabulary.ts'

/** 去掉“还可以有别的字段”：所说的字段照样核对，接口写的形状也对得上。 */
type Stated<T> = T extends readonly (infer U)[]
  ? readonly Stated<U>[]
  : T extends object
    ? { [K in keyof T as string extends K ? never : K]: Stated<T[K]> }
    : T
/** 写一个答复的一方所给的：所说的字段都在，种类相符；多出来的不论。 */
export type Given<T extends z.ZodType> = Stated<z.input<T>>
export const keysOf = <T extends Record<string, unknown>>(labels: T) => Object.keys(labels) as [string, ...string[]]
const RoleCode = z.enum(roles as [Role, ...Role[]])
export const Stage = z.enum(keysOf(stageLabels))
const instant = z.iso.datetime({ offset: true })
const date = z.iso.date()

export const Basis = z.looseObject({
  document: z.string(),
  article: z.string(),
  confidence: z.enum(confidences).optional(),
})
export const Verdict = z.looseObject({
  rule: z.string(),
  title: z.string(),
  holds: z.boolean(),
  severity: z.enum(['block', 'warn']),
  reason: z.string(),
  basis: Basis,
  earliest: date.optional(),
  earliestOf: z.enum(['closing', 'effective']).optional(),
  trace: z.array(z.unknown()).optional(),
})
export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(keysOf(problemCodes)),
  detail: z.string(),
  instance: z.string().optional(),
  requestId: z.string().optional(),
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  verdicts: z.array(Verdict).optional(),
  currentVersion: z.int().optional(),
})
export const CommandAnswer = z.looseObject({
  id: z.string(),
  version: z.int(),
  stage: z.string(),
  stageLabel: z.string().optional(),
  events: z.array(z.looseObject({ seq: z.int(), type: z.string(), label: z.string(), hash: z.string() })),
  warnings: z.array(Verdict).optional(),
  textVersion: z.int().optional().describe('存下的是第几版文本'),
  consultationId: z.string().optional().describe('开始的是哪一次公开征求意见'),
})
export const SignedIn = z.object({
  user: z.object({ name: z.string(), username: z.string().nullable(), mustChangePassword: z.boolean() }),
})
/** 用户名与密码以外的登录方式；没有配置的为空。 */
export const SignInWays = z.object({ sso: z.object({ name: z.string() }).nullable() })
/** 转到这个地址继续登录。 */
export const SignInElsewhere = z.object({ url: z.string() })
export const Done = z.object({ success: z.boolean() })
export const Me = z.looseObject({
  person: z.string(),
  username: z.string().nullable(),
  name: z.string(),
  unit: z.string(),
  unitName: z.string(),
  jurisdiction: z.string(),
  place: z.string().optional().describe('法域的名称'),
  roles: z.array(RoleCode),
  posts: z.array(z.looseObject({ role: RoleCode, unit: z.string(), delegatedFrom: z.string().optional() })),
  mustChangePassword: z.boolean(),
  demo: z.object({ now: instant }).optional(),
})
export const HistoryEvent = z.looseObject({
  seq: z.int(),
  type: z.string(),
  label: z.string(),
  command: z.looseObject({ id: z.string(), type: z.string() }),
  commandLabel: z.string(),
  at: instant,
  actor: z.looseObject({
    kind: z.string(),
    person: z.string().nullable(),
    name: z.string().nullable(),
    unit: z.string().nullable(),
    unitName: z.string().nullable(),
    roles: z.array(z.string()),
    delegatedFrom: z.string().nullish(),
  }),
  payload: z.record(z.string(), z.unknown()),
  /** 内容里提到的单位、人员、案卷、登记库条目：标识 → 名称。 */
  names: z.record(z.string(), z.string()).optional(),
  verdicts: z.array(Verdict),
  packVersion: z.string(),
  stage: z.string(),
  textHash: z.string().nullish(),
  prevHash: z.string(),
  hash: z.string(),
})
export const Receipt = z.looseObject({ receipt: z.string() })
/** 公开登记库的一条。 */
export const RegisterEntry = z.looseObject({
  id: z.string(),
  title: z.string(),
  documentNumber: z.string().nullable(),
  publishedOn: date.nullable(),
  status: z.enum(keysOf(forceLabels)).or(z.string()),
  statusLabel: z.string(),
})
/** 一条的全部公开信息，连同正文。 */
export const RegisterDetail = RegisterEntry.extend({ body: z.string() })
export const Consultation = z.looseObject({
  id: z.string(),
  title: z.string(),
  feedbackTerm: z
    .object({ due: z.iso.date(), overdue: z.boolean(), said: z.string(), provisional: z.boolean() })
    .nullish()
    .describe('已经结束而没有公布采纳情况的：至迟哪一日公布，是否逾期'),
})
export const PeriodAnswer = z.looseObject({
  due: date,
  provisional: z.boolean(),
  trace: z.array(z.looseObject({ date, counted: z.boolean(), kind: z.string(), reason: z.string() })),
})
/** 一个单位；`eligible` 为在制定主体清单上，`eligibleUntil` 为移出之日。 */
export const Unit = z.looseObject({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  parent: z.string().nullable(),
  eligible: z.boolean(),
  eligibleSince: date.nullable(),
  eligibleUntil: date.nullable(),
  areaCode: z.string().nullable(),
  bodyCode: z.string().nullable(),
})
export const SuggestionReceipt = z.object({
  receipt: z.string(),
  at: instant,
  hash: z.string(),
  anonymous: z.boolean(),
})

/** 一页：末页的 `nextCursor` 为 null。 */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.looseObject({ items: z.array(item), nextCursor: z.string().nullable() })
