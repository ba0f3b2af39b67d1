// The names of fields and of their options: all are in the contract's schema (`field()`), and are only taken from it
// here.
import type { z } from 'zod'
import { type Group, groupOf, type Shape } from './shape.ts'

/** The name of a field; its code when none is stated. */
export const titleOf = (shape: Shape, name: string): string => shape.title ?? shape.hint?.split(/[：；，。]/)[0] ?? name

const groups = new WeakMap<z.ZodType, Group>()
function fieldsIn(schema: z.ZodType): Record<string, Shape> {
  const group = groups.get(schema) ?? groupOf(schema)
  groups.set(schema, group)
  return group.fields
}
/** The name of an option. */
export function optionTitle(shape: Shape | undefined, value: string): string {
  const labels = shape?.labels ?? (shape?.kind === 'list' ? shape.element.labels : undefined)
  return labels?.[value] ?? value
}
/**
 * One of the items that a matter itself has, in words: the parts that the schema names (`of.label`), or its `of.note`.
 * Undefined where the field is of another kind, or the matter no longer has the item.
 */
export function ownItemWords(
  shape: Shape,
  subject: unknown,
  value: unknown,
  which: 'label' | 'note' = 'label',
): string[] | undefined {
  if (shape.control !== 'own-item') return undefined
  const { from = '', value: key = 'id' } = shape.of ?? {}
  const items = ((subject as Record<string, unknown> | undefined)?.[from] ?? []) as readonly Record<string, unknown>[]
  const item = items.find((each) => each[key] === value)
  const parts = shape.of?.[which] ?? (which === 'label' ? key : '')
  return item && parts.split(',').flatMap((part) => (item[part] ? [String(item[part])] : []))
}
/**
 * Which field an entry in the ledger is: first by this command, then by other commands of the same kind of matter;
 * one found in neither was not filled in by anyone.
 */
export function recordedIn(
  schemas: Readonly<Record<string, z.ZodType>>,
): (command: string, name: string) => Shape | undefined {
  // A name that means different things in different commands tells nothing about a third.
  const common = new Map<string, Shape | null>()
  for (const schema of Object.values(schemas))
    for (const [name, shape] of Object.entries(fieldsIn(schema))) {
      if (!shape.title || shape.control === 'hidden') continue
      const known = common.get(name)
      common.set(name, known === undefined || known?.title === shape.title ? (known ?? shape) : null)
    }
  return (command, name) => {
    const schema = schemas[command]
    const own = schema ? fieldsIn(schema)[name] : undefined
    return own?.title ? own : (common.get(name) ?? undefined)
  }
}

/** The name of a change of validity. */
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
