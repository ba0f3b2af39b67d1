// Canonical JSON (RFC 8785): the same content has only one representation in bytes, and only then does a digest mean
// something.
import canonicalize from 'canonicalize'

/** The content cannot be represented as canonical JSON. */
export class CanonicalJsonError extends Error {
  override readonly name = 'CanonicalJsonError'
}

/**
 * The canonical JSON text of `value` (RFC 8785: keys in ascending order of UTF-16 code units, numbers as in
 * ECMAScript, no white space).
 * Accepts only null, booleans, finite numbers, strings, arrays and plain objects. Everything else (undefined, NaN,
 * functions, Date, Map, lone surrogates and so on) is refused, because stored in the database and read back it would
 * not be what it was. Throws {@link CanonicalJsonError}, naming the place.
 */
export function canonicalJson(value: unknown): string {
  refuseUnrepresentable(value, [], [])
  return serialise(value)
}

// The package is CommonJS; its types call the export a namespace default.
const serialise = canonicalize as unknown as (value: unknown) => string

/** `steps`: the way from the whole to `value`, written out only when it is refused; `ancestors`: what it is in. */
function refuseUnrepresentable(value: unknown, steps: Array<string | number>, ancestors: object[]): void {
  if (value === null || typeof value === 'boolean') return
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw refused(steps, '字符串含有孤立的代理项')
    return
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw refused(steps, `${String(value)} 不是有限数`)
    return
  }
  if (typeof value !== 'object') throw refused(steps, `不接受 ${typeof value}`)
  if (ancestors.includes(value)) throw refused(steps, '循环引用')
  ancestors.push(value)
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i += 1) {
      steps.push(i)
      refuseUnrepresentable(value[i], steps, ancestors)
      steps.pop()
    }
  } else {
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== Object.prototype && prototype !== null)
      throw refused(steps, `只接受普通对象，不接受 ${value.constructor?.name ?? '其他对象'}`)
    if (Object.getOwnPropertySymbols(value).length > 0) throw refused(steps, '不接受符号键')
    for (const key of Object.keys(value)) {
      if (!key.isWellFormed()) throw refused(steps, '键含有孤立的代理项')
      steps.push(key)
      refuseUnrepresentable((value as Record<string, unknown>)[key], steps, ancestors)
      steps.pop()
    }
  }
  ancestors.pop()
}
const refused = (steps: ReadonlyArray<string | number>, why: string): CanonicalJsonError =>
  new CanonicalJsonError(
    `$${steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')}：${why}`,
  )
