// What is filled in when a form opens; where it comes from is in the schema (`prefill`), and only what has a ground is
// filled in.
import { type Group, type Shape, type Values, valueAt } from './shape.ts'

export interface Sources {
  today: string
  /** The item that was clicked. */
  target: string | undefined
  /** This matter. */
  view: Readonly<Record<string, unknown>>
  /** What this kind of matter interprets itself. */
  own: Values
}
/** Units are written as `{ id, name }`; the code is what is stored. */
const asStored = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(asStored)
    : typeof value === 'object' && value !== null && 'id' in value && 'name' in value
      ? value.id
      : (value ?? undefined)

/** What is offered for this field: of this matter, at the place the schema names; what is not there is not offered. */
export function offeredOf(offered: Shape['offered'], view: unknown, values: Values): string[] {
  const path = offered?.from.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')).split('.')
  const found = path && valueAt(view, path)
  return Array.isArray(found) ? found.map(String) : []
}

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
/** Where at least one item is wanted, the first stands there to be filled in, without being asked for. */
function firstItem(shape: Shape, sources: Sources): unknown {
  const wanted = shape.kind === 'list' && shape.min > 0 && !shape.optional && !shape.when
  const drawn = shape.control === undefined || shape.control === 'table'
  return wanted && drawn && shape.element.kind === 'group' && !shape.of?.fill
    ? [prefilled(shape.element, sources)]
    : undefined
}
export function prefilled(group: Group, sources: Sources): Values {
  const values: Values = {}
  for (const [name, shape] of Object.entries(group.fields)) {
    const value = filled(shape, sources) ?? shape.initial ?? firstItem(shape, sources)
    if (value !== undefined) values[name] = structuredClone(value)
  }
  return values
}
/** Of what a link gives, the fields there are. */
export const known = (group: Group, given: Values | undefined): Values =>
  Object.fromEntries(Object.entries(given ?? {}).filter(([name]) => Object.hasOwn(group.fields, name)))
