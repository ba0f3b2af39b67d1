// What was filled in, read back: with the names of its fields and options from the contract, people and units by name.
import { momentOf } from '../words.ts'
import type { Shape } from './shape.ts'
import { optionTitle, ownItemWords, titleOf } from './words.ts'

const isInstant = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/.test(text)
const isUuid = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)

/**
 * The value of one field, as lines to read; empty when there is nothing to read (not filled in, for the system alone,
 * an id that stands for nothing this reader knows). `nameOf` gives the name an id stands for, `subject` is the matter:
 * some fields choose one of its own items.
 */
export function told(
  shape: Shape,
  value: unknown,
  nameOf: (id: string) => string | undefined,
  subject: unknown,
): string[] {
  if (value === null || value === undefined || value === '' || isForSystem(shape)) return []
  if (Array.isArray(value)) {
    const element = shape.kind === 'list' ? { ...shape.element, labels: shape.element.labels ?? shape.labels } : shape
    return value.flatMap((each) => {
      const line = told(element as Shape, each, nameOf, subject).join('　')
      return line ? [line] : []
    })
  }
  if (typeof value === 'boolean') return [value ? '是' : '否']
  if (typeof value === 'object') {
    if ('name' in value && typeof value.name === 'string' && 'id' in value) return [value.name]
    const inner = fieldsOf(shape, value)
    const line = Object.entries(value).flatMap(([name, each]) => {
      const field = inner[name]
      if (!field || !(field.title ?? field.hint)) return []
      const said = told(field, each, nameOf, subject).join('、')
      return said ? [`${titleOf(field, name)}：${said}`] : []
    })
    return line.length > 0 ? [line.join('；')] : []
  }
  const text = String(value)
  const name = ownItemWords(shape, subject, value)?.join('　') ?? nameOf(text) ?? optionTitle(shape, text)
  if (name !== text) return [name]
  if (isUuid(text)) return []
  if (isInstant(text)) return [momentOf(text)]
  // A number written by its code is read by its name.
  return [text.replace(/\{\{([\w.-]+)\}\}/g, (whole, id: string) => (nameOf(id) ? `〔${nameOf(id)}〕` : whole))]
}
const isForSystem = (shape: Shape): boolean =>
  shape.control === 'hidden' || shape.control === 'text-hash' || (shape.kind === 'string' && shape.format === 'hash')
/** The fields of a group; of one that can be written in several ways, those of the way that knows them all. */
function fieldsOf(shape: Shape, value: object): Record<string, Shape> {
  if (shape.kind === 'group') return shape.fields
  if (shape.kind !== 'either') return {}
  const groups = shape.options.flatMap((each) => (each.kind === 'group' ? [each.fields] : []))
  return groups.find((fields) => Object.keys(value).every((name) => name in fields)) ?? groups[0] ?? {}
}
