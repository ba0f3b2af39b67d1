// 一种事项对外的约定：开启它的命令、各命令、阶段与名称。服务端、工作台、OpenAPI 与核对程序都读这一处。
import { z } from 'zod'
import { conditionIssues, field } from '../field.ts'

export { type Control, type FieldMeta, field } from '../field.ts'

const opening = {
  commandId: field(z.uuid(), '命令标识', { description: '同一标识重复提交得到同一答复', control: 'hidden' }),
}
const onMatter = {
  ...opening,
  expectedVersion: field(z.int().min(0), '版本', {
    description: '办理人所见的版本；已变化则答复 412',
    control: 'hidden',
  }),
}

/** 附条件的栏目：条件成立时必填（本身可不填的除外），不成立时不得填。错误写明栏目。 */
const conditional =
  (fields: z.ZodRawShape) =>
  (value: Record<string, unknown>, context: z.RefinementCtx): void => {
    for (const { path, message } of conditionIssues(fields as Record<string, z.ZodType>, value, true))
      context.addIssue({ code: 'custom', path: [path], message })
  }

/** 一组附条件的栏目，用在一项之内（如清单中的一行）：没有约定的栏目一律拒绝，条件与命令自己的栏目一样核对。 */
export const grouped = <T extends z.ZodRawShape>(fields: T): z.ZodObject<T, z.core.$strict> =>
  z.strictObject(fields).superRefine(conditional(fields) as never)

/** 名称与栏目分开写的，合成 `commands`。 */
export const labelled = <C extends string>(
  labels: Record<C, string>,
  fields: Record<C, z.ZodRawShape>,
): Record<C, { label: string; fields: z.ZodRawShape }> =>
  Object.fromEntries(
    (Object.keys(labels) as C[]).map((type) => [type, { label: labels[type], fields: fields[type] }]),
  ) as Record<C, { label: string; fields: z.ZodRawShape }>

interface Spec<O extends string, C extends string, S extends string, R extends string, K extends string> {
  kind: K
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
  K extends string = string,
> {
  /** 固定的名称，如 `review-suggestion`。 */
  kind: K
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
export function defineContract<
  O extends string,
  C extends string,
  S extends string,
  R extends string,
  K extends string,
>(spec: Spec<O, C, S, R, K>): ProcessContract<O, C, S, R, K> {
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
