// Derives the shape of a form from the contract's zod schema; field names, controls, conditions and explanations are
// in the schema too, so the form and the server's checks are always one and the same rule.
import type { FieldMeta } from '@dianzhang/contract'
import { z } from 'zod'

/** How a field is written: from the schema's `.meta()`; `hint` is the explanation below the field. */
export interface Told extends Partial<Omit<FieldMeta, 'description' | 'help'>> {
  hint?: string
}
export type Shape = { optional: boolean; initial?: unknown } & Told &
  (
    | { kind: 'string'; format: 'text' | 'date' | 'instant' | 'uuid' | 'hash' | 'url'; max: number | null }
    | { kind: 'number'; min: number | null; max: number | null }
    | { kind: 'boolean' }
    | { kind: 'choice'; values: string[] }
    | { kind: 'constant'; value: unknown }
    | { kind: 'list'; element: Shape; min: number; max: number | null }
    | { kind: 'group'; fields: Record<string, Shape> }
    | { kind: 'either'; options: Shape[] }
  )
/** The shape of a group of fields. */
export type Group = Extract<Shape, { kind: 'group' }>
interface Definition {
  type: string
  innerType?: z.ZodType
  out?: z.ZodType
  in?: z.ZodType
  defaultValue?: unknown
  format?: string
  entries?: Record<string, string>
  values?: unknown[]
  element?: z.ZodType
  shape?: Record<string, z.ZodType>
  options?: z.ZodType[]
  checks?: ReadonlyArray<{ _zod: { def: { check: string; minimum?: number; maximum?: number } } }>
}
interface Bounds {
  maxLength?: number | null
  minLength?: number | null
  minValue?: number | null
  maxValue?: number | null
  _zod: { bag: { patterns?: Set<RegExp> } }
}

/** What this layer of the schema states. */
function told(schema: z.ZodType): Told {
  const { description, help, ...rest } = (z.globalRegistry.get(schema) ?? {}) as Partial<FieldMeta>
  const hint = help ?? description
  return { ...rest, ...(hint === undefined ? {} : { hint }) }
}
/** Describes a schema; the outer layers' optionality, defaults and notation are noted too, the outer one first. */
export function describe(schema: z.ZodType): Shape {
  const definition = schema.def as unknown as Definition
  const bounds = schema as unknown as Bounds
  const own = told(schema)
  const base = { optional: false, ...own }
  switch (definition.type) {
    case 'optional':
    case 'nullable':
    case 'prefault':
    case 'readonly':
    case 'nonoptional':
      return {
        ...describe(definition.innerType as z.ZodType),
        ...(definition.type === 'nonoptional' ? {} : { optional: true }),
        ...own,
      }
    case 'default':
      return {
        ...describe(definition.innerType as z.ZodType),
        optional: true,
        initial: typeof definition.defaultValue === 'function' ? definition.defaultValue() : definition.defaultValue,
        ...own,
      }
    case 'pipe': {
      // Read leniently first: what it has to be stands behind.
      const first = definition.in as z.ZodType
      return { ...describe(first.def.type === 'transform' ? (definition.out as z.ZodType) : first), ...own }
    }
    case 'string': {
      const patterns = bounds._zod.bag.patterns
      const hash = patterns !== undefined && [...patterns].some((pattern) => pattern.source.includes('{64}'))
      const format =
        definition.format === 'date'
          ? 'date'
          : definition.format === 'datetime'
            ? 'instant'
            : definition.format === 'uuid'
              ? 'uuid'
              : definition.format === 'url'
                ? 'url'
                : hash
                  ? 'hash'
                  : 'text'
      return { ...base, kind: 'string', format, max: bounds.maxLength ?? null }
    }
    case 'number':
    case 'int':
      return { ...base, kind: 'number', min: finite(bounds.minValue), max: finite(bounds.maxValue) }
    case 'boolean':
      return { ...base, kind: 'boolean' }
    case 'enum':
      return { ...base, kind: 'choice', values: Object.values(definition.entries ?? {}) }
    case 'literal':
      return { ...base, kind: 'constant', value: definition.values?.[0] }
    case 'array': {
      // Of lists the library keeps the bounds with their checks only.
      const bound = (kind: string) => definition.checks?.map((each) => each._zod.def).find((def) => def.check === kind)
      return {
        ...base,
        kind: 'list',
        element: describe(definition.element as z.ZodType),
        min: bound('min_length')?.minimum ?? 0,
        max: bound('max_length')?.maximum ?? null,
      }
    }
    case 'object':
      return {
        ...base,
        kind: 'group',
        fields: Object.fromEntries(
          Object.entries(definition.shape ?? {}).map(([name, each]) => [name, describe(each)]),
        ),
      }
    case 'union':
      return { ...base, kind: 'either', options: (definition.options ?? []).map(describe) }
    default:
      return { ...base, kind: 'constant', value: undefined }
  }
}
/** The shape of a command's fields. */
export const groupOf = (schema: z.ZodType): Group => describe(schema) as Group
const finite = (n: number | null | undefined): number | null =>
  n === null || n === undefined || !Number.isFinite(n) || Math.abs(n) >= Number.MAX_SAFE_INTEGER ? null : n

export type Values = Record<string, unknown>
export type Path = ReadonlyArray<string | number>
export const pathKey = (path: Path): string => path.join('.')
export function valueAt(values: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) => (at === null || at === undefined ? undefined : (at as Record<string | number, unknown>)[key]),
    values,
  )
}
/** Replaces one value at a path without changing the original. */
export function withValue<T>(values: T, path: Path, value: unknown): T {
  const [key, ...rest] = path
  if (key === undefined) return value as T
  const copy = (Array.isArray(values) ? [...values] : { ...(values as object) }) as Record<string | number, unknown>
  copy[key] = rest.length === 0 ? value : withValue(copy[key] ?? (typeof rest[0] === 'number' ? [] : {}), rest, value)
  return copy as T
}
/**
 * Removes what was not filled in: empty strings, empty groups; what is required but missing is left for the schema to
 * say.
 */
export function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pruned).filter((each) => each !== undefined)
  if (value === null || value === undefined || value === '') return undefined
  if (typeof value !== 'object') return value
  const entries = Object.entries(value)
    .map(([key, each]) => [key, pruned(each)] as const)
    .filter(([, each]) => each !== undefined)
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}
