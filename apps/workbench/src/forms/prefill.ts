// 打开表单时先填好的内容；从哪里取写在模式里（`prefill`），只填有依据的。
import { type Group, type Shape, type Values, valueAt } from './shape.ts'

export interface Sources {
  today: string
  /** 所点的一项。 */
  target: string | undefined
  /** 这一件。 */
  view: Readonly<Record<string, unknown>>
  /** 该种事项自己解释的。 */
  own: Values
}
/** 单位写作 `{ id, name }`，存的是代码。 */
const asStored = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(asStored)
    : typeof value === 'object' && value !== null && 'id' in value && 'name' in value
      ? value.id
      : (value ?? undefined)

function filled(shape: Shape, { today, target, view, own }: Sources): unknown {
  switch (shape.prefill) {
    case undefined:
      return undefined
    case 'today':
      return today
    case 'target':
      return target
    case 'first-suggestion':
      return shape.suggestions?.slice(0, 1)
    default:
      return shape.prefill.startsWith('this.')
        ? asStored(valueAt(view, shape.prefill.slice(5).split('.')))
        : own[shape.prefill]
  }
}
export function prefilled(group: Group, sources: Sources): Values {
  const values: Values = {}
  for (const [name, shape] of Object.entries(group.fields)) {
    const value = filled(shape, sources) ?? shape.initial
    if (value !== undefined) values[name] = structuredClone(value)
  }
  return values
}
