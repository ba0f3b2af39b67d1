// RFC 9457 错误：稳定的 code、中文标题；客户端据 code 处理，据 title/detail 显示。
/** 全部错误代码与其 HTTP 状态、中文标题。 */
export const problemCodes = {
  refused: [409, '依规则不能办理'],
  conflict: [409, '与现有数据冲突'],
  stale_version: [412, '案卷已被他人更新'],
  stale_working_copy: [412, '工作稿已被他人更新'],
  precondition_required: [428, '须说明所见的版本'],
  import_loses_words: [409, '导入会丢失文字'],
  invalid: [422, '提交内容有误'],
  malformed: [400, '请求格式有误'],
  unsupported_media_type: [415, '不接受这种类型的内容'],
  too_large: [413, '提交内容过大'],
  unauthenticated: [401, '请先登录'],
  forbidden: [403, '没有办理权限'],
  cross_site: [403, '拒绝来自其他网站的写入'],
  password_change_required: [403, '首次登录须先修改密码'],
  not_found: [404, '没有找到'],
  method_not_allowed: [405, '不支持的请求方法'],
  rate_limited: [429, '操作过于频繁，请稍后再试'],
  unavailable: [503, '服务暂不可用'],
  internal: [500, '系统内部错误'],
} as const satisfies Record<string, readonly [number, string]>
export type ProblemCode = keyof typeof problemCodes

/** 出错字段：路径（点分）与中文说明。 */
export interface FieldIssue {
  path: string
  message: string
}
/** 依据：文件名称、条款、摘录或说明、核实程度。 */
/** 核实程度：读到原话、读到一部分、凭记忆、推断、外地做法。 */
export const confidenceLabels = {
  verified: '已核实',
  partly_verified: '部分核实',
  memory: '待核实',
  inference: '推断，待核实',
  local_example: '外地做法，待核实',
} as const
export const confidences = Object.keys(confidenceLabels) as [Confidence, ...Confidence[]]
type Confidence = keyof typeof confidenceLabels
export interface Basis {
  document: string
  article: string
  confidence?: Confidence
}
/** 一条规则的判断：成立与否、理由、依据；可以等待时给出最早日期。 */
export interface Verdict {
  rule: string
  title: string
  holds: boolean
  severity: 'block' | 'warn'
  reason: string
  basis: Basis
  /** 除 basis 外同时适用的依据（国家与地方并列时均列明，从严适用）。 */
  alsoBasis?: Basis[]
  /** 最早合法的日期 `YYYY-MM-DD`，等待即可满足时给出。 */
  earliest?: string
  /** `earliest` 是什么的日期：征求意见截止、文件施行；没有写明的，是可以办理的日期。 */
  earliestOf?: 'closing' | 'effective'
  /** 逐日计算过程。 */
  trace?: unknown[]
  /** 谁能使其满足。 */
  by?: string[]
  /** 期限所依年度安排尚未公布时为真。 */
  provisional?: boolean
  /** 依法允许并已记录的偏离。 */
  deviation?: { ground: string; approver: string }
}
export interface Problem {
  type: string
  title: string
  status: number
  code: ProblemCode
  detail: string
  instance?: string
  requestId?: string
  issues?: FieldIssue[]
  verdicts?: Verdict[]
  /** 多少秒以后再试；答复的 Retry-After。 */
  retryAfter?: number
  currentVersion?: number
  stage?: string
  /** `unauthenticated`：会话是另一个人的，不是这一页的人。 */
  another?: boolean
  /** `stale_working_copy`：他人已存的工作稿；已被清除时为 null。 */
  current?: unknown
  /** `import_loses_words`：损失清单、文件概况、确认时须附的凭据、将要导入的文字与编号问题。 */
  loss?: unknown[]
  facts?: unknown
  confirmation?: string
  text?: string
  faults?: unknown[]
  /** 同上：修订有多少处、各是什么，有修订的段落。 */
  revisions?: number
  changes?: unknown[]
  redline?: unknown[]
  /** 同上：将要导入的文字的自述与案卷的差别。 */
  differences?: unknown[]
  /** 两套系统之间没有收下的一包：标识与摘要，缘由，签名的回执与拒绝。 */
  id?: string | null
  digest?: string | null
  reasons?: unknown[]
  receipts?: unknown[]
  statement?: unknown
}
/** 领域错误：以 code 区分，由唯一的 onError 转成 RFC 9457。 */
export class AppError extends Error {
  readonly code: ProblemCode
  readonly extra: Partial<Problem>
  constructor(code: ProblemCode, detail: string, extra: Partial<Problem> = {}) {
    super(detail)
    this.name = 'AppError'
    this.code = code
    this.extra = extra
  }
}
