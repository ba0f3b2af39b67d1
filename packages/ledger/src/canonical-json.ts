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
  // Where it is, is asked only when something is wrong: to write down every place costs more than to look at it.
  if (!isRepresentable(value, [])) refuseUnrepresentable(value, '$', new Set())
  return serialise(value)
}

// The package is CommonJS; its types call the export a namespace default.
const serialise = canonicalize as unknown as (value: unknown) => string

/** Whether {@link refuseUnrepresentable} finds nothing; `ancestors` are what it is in. */
function isRepresentable(value: unknown, ancestors: object[]): boolean {
  if (value === null || typeof value === 'boolean') return true
  if (typeof value === 'string') return value.isWellFormed()
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || ancestors.includes(value)) return false
  ancestors.push(value)
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i += 1) if (!isRepresentable(value[i], ancestors)) return false
  } else {
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== Object.prototype && prototype !== null) return false
    if (Object.getOwnPropertySymbols(value).length > 0) return false
    for (const key of Object.keys(value)) {
      const member = (value as Record<string, unknown>)[key]
      if (!key.isWellFormed() || !isRepresentable(member, ancestors)) return false
    }
  }
  ancestors.pop()
  return true
}

function refuseUnrepresentable(value: unknown, path: string, ancestors: Set<object>): void {
  if (value === null || typeof value === 'boolean') return
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new CanonicalJsonError(`${path}：字符串含有孤立的代理项`)
    return
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new CanonicalJsonError(`${path}：${String(value)} 不是有限数`)
    return
  }
  if (typeof value !== 'object') throw new CanonicalJsonError(`${path}：不接受 ${typeof value}`)
  if (ancestors.has(value)) throw new CanonicalJsonError(`${path}：循环引用`)
  ancestors.add(value)
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i += 1) refuseUnrepresentable(value[i], `${path}[${i}]`, ancestors)
  } else {
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== Object.prototype && prototype !== null) {
      throw new CanonicalJsonError(`${path}：只接受普通对象，不接受 ${value.constructor?.name ?? '其他对象'}`)
    }
    if (Object.getOwnPropertySymbols(value).length > 0) throw new CanonicalJsonError(`${path}：不接受符号键`)
    for (const [key, member] of Object.entries(value)) {
      if (!key.isWellFormed()) throw new CanonicalJsonError(`${path}：键含有孤立的代理项`)
      // A data property of this name would be called by every JSON serialiser.
      if (key === 'toJSON' && typeof member === 'function')
        throw new CanonicalJsonError(`${path}.toJSON：不接受 function`)
      refuseUnrepresentable(member, `${path}.${key}`, ancestors)
    }
  }
  ancestors.delete(value)
}
