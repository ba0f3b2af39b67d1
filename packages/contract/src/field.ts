// 一栏怎么写：栏名、说明、控件、条件，都写在模式的 `.meta()` 里。服务端、接口说明与表单读同一处，不按栏的代码猜。
import { z } from 'zod'

/** 专门的控件；没有写的，由模式自身的种类决定（日期、数字、选项、文字……）。 */
export const controls = [
  'long-text',
  'figure-text',
  /** 不在表单上：由系统填写，或者只供接口使用。 */
  'hidden',
  /** 办理人所见文本的摘要：不显示，提交时填入。 */
  'text-hash',
  /** 单位；`of.list: 'issuers'` 只列制定主体。 */
  'unit',
  /** 名册中的人；`of.unit` 写明所在单位取自这一件的哪一项。 */
  'person',
  /** 制定机关的负责人。 */
  'leader',
  /** 会议、审查机构（本法域登记的）。 */
  'body',
  /** 机关或者其会议；`of.by: 'name'` 存名称而不是标识。 */
  'organ',
  /** 会议的种类。 */
  'meeting-form',
  /** 案卷；`of.process` 只列这一种事项。 */
  'matter',
  /** 登记库中的文件。 */
  'entry',
  /** 上位法：名称与条款。 */
  'act',
  /** 所涉文件的条款。 */
  'provision',
  /** 这一件审查建议所指的一项冲突。 */
  'conflict',
  /** 这一件后评估的证据与读数。 */
  'evidence',
  /** 这一件后评估的一项建议。 */
  'proposal',
  /** 所评文件写明的一项指标；也可以另写。 */
  'indicator',
  /**
   * 这一件自己的一项：`of.from` 写明取自这一件答复的哪一栏，`of.value` 是存下的一项，`of.label` 是显示的各项（以逗号分开）；
   * `of.only` 有这一项的才列，`of.unless` 有这一项的不列；只读时 `of.note` 所列的各项写在下面。
   */
  'own-item',
  'attachment',
  /**
   * 若干项，一行一项。`of.one` 是一项的名称；`of.fixed` 是一栏：打开时已经有的各行就是全部，这一栏只读，不添不删；`of.rest`、`of.restValue`：还没有填的各行，这一栏可以由填写人确认以后一并填入这一项；`of.restOf`、`of.restLabel`：填入这一件该项自己的一栏，怎样说。
   */
  'table',
  /** 逐栏写明的一组；另有的一句话的写法留给接口。 */
  'group',
  /** 情形：规则包所列的各种；`of` 写明取自规则包的哪一节、属于哪一种事项。 */
  'ground',
  'pack',
  /** 等着复核的规则包修订：逐项对照、所附文件、受影响的案卷。 */
  'pack-proposal',
  'reserved-number',
  /** 本年度制定计划中还可以据以立项的一项；也可以照别处的写法写明年度与项次。 */
  'plan-item',
  'document-text',
  /** 分层次的文字（起草说明、解读、审核意见书）：与正文同一编辑器；`of.template` 写明用哪一种范本。 */
  'structured-text',
  'text-version',
  'validity',
  'deviation',
  'review-point',
  'adopted-opinions',
  'force-event',
] as const
export type Control = (typeof controls)[number]

/** 另一栏（同一层）取这些值之一时成立。 */
export interface Condition {
  field: string
  is: readonly string[]
}
export interface FieldMeta {
  title: string
  /** 写给接口使用者的说明；没有另写 `help` 的，也显示在栏下。 */
  description?: string
  /** 栏下的说明；空串为栏名已经说尽，表单上不再重复。 */
  help?: string
  control?: Control
  /** 控件的限定，写法见各控件。 */
  of?: Readonly<Record<string, string>>
  /** 条件成立时才填。 */
  when?: Condition
  /** 条件成立（没有条件的，`when` 成立）时必填。 */
  requiredThen?: true
  requiredWhen?: Condition & { says?: string }
  /** 各选项的名称。 */
  labels?: Readonly<Record<string, string>>
  /** 可以选的常用内容，也可以另写；长的文字，点一句即接在已写的后面。 */
  suggestions?: readonly string[]
  /**
   * 可以选的内容，办到时才知道：取自这一件答复的 `from` 一项（路径，`{栏}` 处是表单另一栏所填的），各项前面写 `says`。
   */
  offered?: { from: string; says: string }
  placeholder?: string
  /** 打开时先填：`today` 今日，`target` 所点的一项，`this.…` 这一件的某一项，其余由该种事项自己解释。 */
  prefill?: string
}
/** 一个数；写成文字的数（“12.5”）也认。空着、`null`、是否、列表不是数，不当作 0。 */
export const numeric = z
  .preprocess(
    (given) => (typeof given === 'string' && /^\s*[-+]?\d+(?:\.\d+)?\s*$/.test(given) ? Number(given) : given),
    z.number(),
  )
  .meta({ type: 'number' })
/** 文字，给数的存为文字；`null`、是否、列表不是文字，不存为“null”。 */
export const figure = (max: number) =>
  z
    .preprocess((given) => (typeof given === 'number' ? String(given) : given), z.string().trim().max(max))
    .meta({ type: 'string' })
/** 会次的写法归一，各处比较才认得出是同一次：去掉空白，全角的数字作半角；括号照旧。 */
export const sessionName = (written: string): string =>
  written.replace(/\s+/gu, '').replace(/[０-９]/gu, (digit) => digit.normalize('NFKC'))
/** 给一栏加上栏名、控件、条件与说明。 */
export const field = <T extends z.ZodType>(schema: T, title: string, meta: Omit<FieldMeta, 'title'> = {}): T =>
  schema.meta({ title, ...meta }) as T

/** 一栏的写法；里层所写的（可不填、缺省值之内）一并算上，外层优先。 */
export function fieldMeta(schema: z.ZodType): Partial<FieldMeta> {
  const { innerType, in: piped } = schema.def as { innerType?: z.ZodType; in?: z.ZodType }
  const inner = innerType ?? piped
  return { ...(inner ? fieldMeta(inner) : {}), ...(z.globalRegistry.get(schema) as Partial<FieldMeta> | undefined) }
}
/** 一条命令的各栏；不是一组栏目的，没有。 */
export function fieldsOf(schema: z.ZodType): Record<string, z.ZodType> {
  return ((schema.def as { shape?: Record<string, z.ZodType> }).shape ?? {}) as Record<string, z.ZodType>
}

const holds = (condition: Condition, value: Readonly<Record<string, unknown>>): boolean =>
  condition.is.includes(String(value[condition.field] ?? ''))
const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== '' && value !== null && !(Array.isArray(value) && value.length === 0)

/** 这一栏此时填不填。 */
export const applies = (meta: Pick<FieldMeta, 'when'>, value: Readonly<Record<string, unknown>>): boolean =>
  meta.when === undefined || holds(meta.when, value)
/** 这一栏此时是否必填（本来就必填的除外）。 */
export function requiredNow(
  meta: Pick<FieldMeta, 'when' | 'requiredThen' | 'requiredWhen'>,
  value: Readonly<Record<string, unknown>>,
): boolean {
  if (!applies(meta, value)) return false
  return meta.requiredWhen ? holds(meta.requiredWhen, value) : meta.requiredThen === true && meta.when !== undefined
}

/**
 * 附条件的各栏有哪些不合：该填而没有填的；`strict` 时还有不该填而填了的。两侧核对同一份：
 * 表单在提交之前，服务端在办理之时。
 */
export function conditionIssues(
  fields: Readonly<Record<string, z.ZodType>>,
  value: Readonly<Record<string, unknown>>,
  strict: boolean,
): Array<{ path: string; message: string }> {
  return Object.entries(fields).flatMap(([name, schema]) => {
    const meta = fieldMeta(schema)
    const given = isGiven(value[name])
    const title = meta.title ?? name
    if (strict && given && !applies(meta, value)) return [{ path: name, message: `此处不填“${title}”` }]
    if (!given && requiredNow(meta, value))
      return [{ path: name, message: meta.requiredWhen?.says ?? `请填写“${title}”` }]
    return []
  })
}
