// The byte recipe of the digests. The independent verifier (apps/server/src/cli/verify.ts) implements it on its own
// from the descriptions in this file and does not call the code here.
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { canonicalJson } from './canonical-json.ts'

/**
 * SHA-256, 64 lower-case hexadecimal digits; text is taken as UTF-8. Refuses text with lone surrogates (it has no
 * UTF-8 representation).
 */
export function sha256Hex(input: string | Uint8Array): string {
  if (typeof input !== 'string') return bytesToHex(sha256(input))
  if (!input.isWellFormed()) throw new TypeError('文本含有孤立的代理项，不能按 UTF-8 计算摘要')
  return bytesToHex(sha256(utf8ToBytes(input)))
}

/**
 * SHA-256 of a text (UTF-8) in lower-case hexadecimal; on the server the platform's own may be used instead, several
 * times faster with the same result.
 */
export type Digest = (text: string) => string

/** Where the chain of every file starts: prevHash of the first record. */
export const GENESIS = '0'.repeat(64)

/**
 * An attachment as it enters the content digest: name, media type, SHA-256 of the content. Size and other fields do
 * not enter.
 */
export interface HashedAttachment {
  name: string
  mediaType: string
  sha256: string
}

/**
 * Digest of the content of a text (the digest that review opinions, decisions, signing and publication are bound to).
 *
 * Recipe: `sha256( UTF-8( "dianzhang/content/1\n" + canonicalJSON({ "attachments": [{ "mediaType", "name", "sha256"
 * }…], "body" }) ) )`.
 * Attachments in the order given (attachment 1, attachment 2…); any change of order, name, media type or content
 * changes the digest. The body is taken as it is, without NFC normalisation.
 */
export function contentHash(
  content: { body: string; attachments: readonly HashedAttachment[] },
  digest: Digest = sha256Hex,
): string {
  const attachments = content.attachments.map(({ name, mediaType, sha256 }) => ({ name, mediaType, sha256 }))
  return digest(`dianzhang/content/1\n${canonicalJson({ attachments, body: content.body })}`)
}

/**
 * Digest of the state of a file, held in the last ledger entry of each command (`body.state`): the snapshot is not in
 * the ledger, but once changed it no longer matches it.
 *
 * Recipe: `sha256( UTF-8( "dianzhang/state/1\n" + the JSON source of the snapshot ) )`; the source is the bytes
 * stored in the database, not canonicalised.
 */
export function stateHash(stored: string, digest: Digest = sha256Hex): string {
  return digest(`dianzhang/state/1\n${stored}`)
}

const hex64 = /^[0-9a-f]{64}$/

/**
 * Digest of a ledger record: `sha256( UTF-8( prevHash + "\n" + canonicalJSON(body) ) )`.
 * `prevHash` is the digest of the record before, {@link GENESIS} for the first; anything but 64 hexadecimal digits is
 * refused.
 */
export function eventHash(prevHash: string, body: unknown, digest: Digest = sha256Hex): string {
  if (!hex64.test(prevHash)) throw new TypeError('prevHash 应为 64 位小写十六进制')
  return digest(`${prevHash}\n${canonicalJson(body)}`)
}

/** The next in the chain: `prev` is the digest of the present head, null when there are no records yet. */
export function chainNext(prev: string | null, body: unknown): { prevHash: string; hash: string } {
  const prevHash = prev ?? GENESIS
  return { prevHash, hash: eventHash(prevHash, body) }
}
