// Signed notes and verifier keys (C2SP signed-note), and the kinds of signature that a checkpoint of ours may carry.
import { ed25519 } from '@noble/curves/ed25519.js'
import { bytesToHex, concatBytes, fromBase64, MalformedError, sha256, toBase64, utf8ToBytes } from './bytes.ts'

/** One signature line: who, and what stands behind the key id. */
export interface NoteSignature {
  name: string
  /** Eight hexadecimal digits. */
  keyId: string
  /** Without the key id. */
  signature: Uint8Array
}
export interface Note {
  /** With its final newline. */
  text: string
  signatures: NoteSignature[]
}
const dash = '— '
const keyName = (name: string): boolean => name !== '' && !/[\s+\p{Z}]/u.test(name)
/** Verifiers must accept 16 signatures and may refuse more. */
const mostSignatures = 64

/** Refuses ({@link MalformedError}) what is no signed note. Says nothing about whether the signatures are true. */
export function parseNote(source: string): Note {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: signed-note forbids them
  if (/[\u0000-\u0009\u000b-\u001f]/.test(source) || !source.isWellFormed())
    throw new MalformedError('签名文本含有控制字符')
  const at = source.lastIndexOf('\n\n')
  if (at < 0 || !source.endsWith('\n')) throw new MalformedError('签名文本没有签名部分')
  const lines = source.slice(at + 2, -1).split('\n')
  if (lines.length > mostSignatures) throw new MalformedError('签名文本的签名太多')
  const signatures = lines.map((line): NoteSignature => {
    const [name = '', encoded = '', ...more] = line.startsWith(dash) ? line.slice(dash.length).split(' ') : []
    const bytes = fromBase64(encoded)
    if (!keyName(name) || more.length > 0 || bytes.length < 5) throw new MalformedError('签名行的写法不对')
    return { name, keyId: bytesToHex(bytes.subarray(0, 4)), signature: bytes.slice(4) }
  })
  return { text: source.slice(0, at + 1), signatures }
}
/** One signature line with its newline. */
export const signatureLine = ({ name, keyId, signature }: NoteSignature): string =>
  `${dash}${name} ${toBase64(
    concatBytes(
      Uint8Array.from(keyId.match(/../g) ?? [], (x) => Number.parseInt(x, 16)),
      signature,
    ),
  )}\n`
export const formatNote = ({ text, signatures }: Note): string => `${text}\n${signatures.map(signatureLine).join('')}`

/** Ed25519 over the text; cosignatures with a time; SM2 with SM3 under the type for those without a number. */
export const signatureTypes = { ed25519: 1, ed25519Cosignature: 4, mlDsa44: 6, other: 0xff } as const
/** What follows 0xff in an SM2 key: the point is written uncompressed (65 bytes), the signature in DER. */
export const sm2Marker = utf8ToBytes('dianzhang/sm2-sm3/v1\n')

/** A public key as verifiers are configured with: `<name>+<key id>+<base 64 of type and key>`. */
export interface VerifierKey {
  name: string
  keyId: string
  type: number
  /** What follows the type byte. */
  key: Uint8Array
}
const keyIdOf = (name: string, type: number, key: Uint8Array): string =>
  bytesToHex(sha256(concatBytes(utf8ToBytes(`${name}\n`), Uint8Array.of(type), key)).subarray(0, 4))
export function verifierKey(name: string, type: number, key: Uint8Array): VerifierKey {
  if (!keyName(name)) throw new MalformedError('公钥的名称不得为空，不得含有空格或者加号')
  return { name, type, key, keyId: keyIdOf(name, type, key) }
}
export const formatVerifierKey = ({ name, keyId, type, key }: VerifierKey): string =>
  `${name}+${keyId}+${toBase64(concatBytes(Uint8Array.of(type), key))}`
/** Refuses a key whose id does not belong to its name and bytes. */
export function parseVerifierKey(text: string): VerifierKey {
  const [, name = '', keyId = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim()) ?? []
  const bytes = fromBase64(encoded)
  const [type] = bytes
  if (type === undefined || !keyName(name)) throw new MalformedError('公钥应写作“名称+标识+Base64”')
  const key = bytes.slice(1)
  if (keyIdOf(name, type, key) !== keyId) throw new MalformedError('公钥的标识与名称、内容不符')
  if ((type === 1 || type === 4) && key.length !== 32) throw new MalformedError('Ed25519 公钥应为 32 字节')
  if (type === 6 && key.length !== 1312) throw new MalformedError('ML-DSA-44 公钥应为 1312 字节')
  return { name, keyId, type, key }
}

/** Whether `signature` over `message` is by `key`; true or false, nothing else. */
export type Check = (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean
/** Strict Ed25519 (RFC 8032). */
export const checkEd25519: Check = (key, message, signature) => {
  try {
    return ed25519.verify(signature, message, key, { zip215: false })
  } catch {
    return false
  }
}
