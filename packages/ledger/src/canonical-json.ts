// 规范 JSON（RFC 8785）：同一内容只有一种字节表示，摘要才有意义。
import canonicalize from 'canonicalize'

/** 内容不能以规范 JSON 表示。 */
export class CanonicalJsonError extends Error {
  override readonly name = 'CanonicalJsonError'
}

/**
 * `value` 的规范 JSON 文本（RFC 8785：键按 UTF-16 码元升序，数字依 ECMAScript，无空白）。
 * 只接受 null、布尔、有限数、字符串、数组与普通对象；其余（undefined、NaN、函数、Date、Map、孤立代理项等）一律拒绝，
 * 因为它们存入数据库再取出后不会是原来的内容。抛出 {@link CanonicalJsonError}，指明位置。
 */
export function canonicalJson(value: unknown): string {
  refuseUnrepresentable(value, '$', new Set())
  return serialise(value)
}

// The package is CommonJS; its types call the export a namespace default.
const serialise = canonicalize as unknown as (value: unknown) => string

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
