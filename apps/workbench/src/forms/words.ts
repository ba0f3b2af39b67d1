// 一栏的名称与各选项的名称：都写在合同的模式里（`field()`），这里只是取出来。
import type { z } from 'zod'
import { type Group, groupOf, type Shape } from './shape.ts'

/** 一栏的名称；没有写的，用它的代码。 */
export const titleOf = (shape: Shape, name: string): string => shape.title ?? shape.hint?.split(/[：；，。]/)[0] ?? name

const groups = new WeakMap<z.ZodType, Group>()
function fieldsIn(schema: z.ZodType): Record<string, Shape> {
  const group = groups.get(schema) ?? groupOf(schema)
  groups.set(schema, group)
  return group.fields
}
/** 一个选项的名称。 */
export function optionTitle(shape: Shape | undefined, value: string): string {
  const labels = shape?.labels ?? (shape?.kind === 'list' ? shape.element.labels : undefined)
  return labels?.[value] ?? value
}
/** 台账所载的一项是哪一栏：先看这条命令，再看同一种事项的别的命令；都没有的，不是由人填写的。 */
export function recordedIn(
  schemas: Readonly<Record<string, z.ZodType>>,
): (command: string, name: string) => Shape | undefined {
  const common = new Map<string, Shape>()
  for (const schema of Object.values(schemas))
    for (const [name, shape] of Object.entries(fieldsIn(schema)))
      if (shape.title && shape.control !== 'hidden' && !common.has(name)) common.set(name, shape)
  return (command, name) => {
    const schema = schemas[command]
    const own = schema ? fieldsIn(schema)[name] : undefined
    return own?.title ? own : common.get(name)
  }
}

/** 效力变动的名称。 */
export const forceEventName = (kind: string): string => forceEvents[kind] ?? kind
const forceEvents: Record<string, string> = {
  amended: '修改',
  repealed: '废止',
  annulled: '撤销',
  lapsed: '宣布失效',
  expired: '失效',
  suspended: '停止执行',
  resumed: '恢复执行',
  restored: '收回变动',
  reinstated: '重新生效',
}
