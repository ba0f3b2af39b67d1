// 一种事项对外的约定：开启它的命令、各命令、阶段与名称。服务端、工作台、OpenAPI 与核对程序都读这一处。
import { z } from 'zod'

/**
 * 栏目的写法，写在模式的 `.meta()` 里：`title` 栏名；`description` 栏下的说明；`control` 专门的控件；`when` 另一栏取某些值时才填。
 * 同一个 `when` 由工作台决定显示与否、由 `conditions` 在两侧核对。
 */
export const controls = [
  'long-text',
  'unit',
  'person',
  /** 会议、审查机构（本法域登记的）。 */
  'body',
  /** 案卷。 */
  'matter',
  /** 登记库中的文件。 */
  'entry',
  /** 上位法：名称与条款。 */
  'act',
  /** 所涉文件的条款。 */
  'provision',
  'attachment',
] as const
export type Control = (typeof controls)[number]
export interface FieldMeta {
  title: string
  description?: string
  control?: Control
  when?: { field: string; is: readonly string[] }
}
/** 给一栏加上栏名、控件、条件与说明。 */
export const field = <T extends z.ZodType>(schema: T, title: string, meta: Omit<FieldMeta, 'title'> = {}): T =>
  schema.meta({ title, ...meta }) as T

const opening = { commandId: z.uuid().describe('同一标识重复提交得到同一答复') }
const onMatter = {
  ...opening,
  expectedVersion: z.int().min(0).describe('办理人所见的版本；已变化则答复 412'),
}

/** 附条件的栏目：条件成立时必填（本身可不填的除外），不成立时不得填。错误写明栏目。 */
function conditional(shape: z.ZodRawShape) {
  const rules = Object.entries(shape).flatMap(([name, schema]) => {
    const meta = (schema as z.ZodType).meta() as FieldMeta | undefined
    return meta?.when ? [{ name, title: meta.title, when: meta.when }] : []
  })
  return (value: Record<string, unknown>, context: z.RefinementCtx): void => {
    for (const { name, title, when } of rules) {
      const applies = when.is.includes(String(value[when.field] ?? ''))
      const given =
        value[name] !== undefined && value[name] !== '' && !(Array.isArray(value[name]) && value[name].length === 0)
      if (!applies && given) context.addIssue({ code: 'custom', path: [name], message: `此处不填“${title}”` })
      const required = (schema: unknown) => (schema as z.ZodType).meta()?.requiredThen === true
      if (applies && !given && required(shape[name]))
        context.addIssue({ code: 'custom', path: [name], message: `请填写“${title}”` })
    }
  }
}

/** 名称与栏目分开写的，合成 `commands`。 */
export const labelled = <C extends string>(
  labels: Record<C, string>,
  fields: Record<C, z.ZodRawShape>,
): Record<C, { label: string; fields: z.ZodRawShape }> =>
  Object.fromEntries(
    (Object.keys(labels) as C[]).map((type) => [type, { label: labels[type], fields: fields[type] }]),
  ) as Record<C, { label: string; fields: z.ZodRawShape }>

interface Spec<O extends string, C extends string, S extends string, R extends string> {
  kind: string
  label: string
  noun: string
  opening: { type: O; label: string; fields: z.ZodRawShape }
  commands: Record<C, { label: string; fields: z.ZodRawShape }>
  stages: Record<S, string>
  records: Record<R, string>
}
export interface ProcessContract<
  O extends string = string,
  C extends string = string,
  S extends string = string,
  R extends string = string,
> {
  /** 固定的名称，如 `review-suggestion`。 */
  kind: string
  /** 中文名称，如“建议审查”。 */
  label: string
  /** 一件叫什么，用在句子里。 */
  noun: string
  opening: { type: O; label: string; schema: z.ZodType<Record<string, unknown>> }
  commands: Record<C, { label: string; schema: z.ZodType<Record<string, unknown>> }>
  /** 阶段路径（以点相连）→ 名称。 */
  stages: Record<S, string>
  /** 台账事件 → 名称。 */
  records: Record<R, string>
}
/** 由各栏写成模式：加上 `type`、`commandId`（已开启的另加 `expectedVersion`），没有约定的栏目一律拒绝并写明栏目。 */
export function defineContract<O extends string, C extends string, S extends string, R extends string>(
  spec: Spec<O, C, S, R>,
): ProcessContract<O, C, S, R> {
  const schemaOf = (type: string, base: z.ZodRawShape, fields: z.ZodRawShape) =>
    z
      .strictObject({ type: z.literal(type).default(type), ...base, ...fields })
      .superRefine(conditional(fields)) as unknown as z.ZodType<Record<string, unknown>>
  return {
    kind: spec.kind,
    label: spec.label,
    noun: spec.noun,
    opening: {
      type: spec.opening.type,
      label: spec.opening.label,
      schema: schemaOf(spec.opening.type, opening, spec.opening.fields),
    },
    commands: Object.fromEntries(
      Object.entries<{ label: string; fields: z.ZodRawShape }>(spec.commands).map(([type, { label, fields }]) => [
        type,
        { label, schema: schemaOf(type, onMatter, fields) },
      ]),
    ) as ProcessContract<O, C, S, R>['commands'],
    stages: spec.stages,
    records: spec.records,
  }
}
