// Bytes and their text forms; strict where the specifications are strict.
import { sha256 as portable } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'

export { bytesToHex, concatBytes, hexToBytes, utf8ToBytes }

interface Runtime {
  getBuiltinModule?(name: string): { hash?(algorithm: string, data: Uint8Array, encoding: 'buffer'): Uint8Array }
}
const native = (globalThis as { process?: Runtime }).process?.getBuiltinModule?.('node:crypto').hash
/** SHA-256: by the runtime where it has one that answers at once, otherwise (in browsers) by the portable code. */
export const sha256: (data: Uint8Array) => Uint8Array =
  native === undefined
    ? portable
    : (data) => {
        const { buffer, byteOffset, byteLength } = native('sha256', data, 'buffer')
        return new Uint8Array(buffer, byteOffset, byteLength)
      }

/** What a reader was given does not have the form that the specification asks for; the sentence says what is wrong. */
export class MalformedError extends Error {
  override readonly name = 'MalformedError'
}

/** Standard base 64 with padding (RFC 4648, section 4). */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return btoa(text)
}
/** Refuses ({@link MalformedError}) anything that is not what {@link toBase64} would have written. */
export function fromBase64(text: string): Uint8Array {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) throw new MalformedError('不是规范的 Base64')
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  if (toBase64(bytes) !== text) throw new MalformedError('不是规范的 Base64')
  return bytes
}
/** A digest of 32 bytes in base 64. */
export function hashFromBase64(text: string): Uint8Array {
  const bytes = fromBase64(text)
  if (bytes.length !== 32) throw new MalformedError('摘要应为 32 字节')
  return bytes
}
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i])

/** Unsigned 64 bits, big endian; `value` is a safe integer. */
export function uint64(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value))
  return bytes
}
/** An ASCII decimal without leading zeroes, below 2^53. */
export function decimal(text: string, what: string): number {
  if (!/^(0|[1-9]\d{0,15})$/.test(text) || !Number.isSafeInteger(Number(text)))
    throw new MalformedError(`${what}应为没有前导零的十进制数`)
  return Number(text)
}
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
/** UTF-8 to text; refuses what is not UTF-8. */
export function fromUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new MalformedError('不是 UTF-8 文字')
  }
}
