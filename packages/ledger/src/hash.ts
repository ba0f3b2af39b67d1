// 摘要的字节配方。独立核验程序（apps/server/src/cli/verify.ts）按本文件的说明自行实现，不调用这里的代码。
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { canonicalJson } from './canonical-json.ts'

/** SHA-256，小写十六进制 64 位；文本按 UTF-8 计算。拒绝含孤立代理项的文本（没有 UTF-8 表示）。 */
export function sha256Hex(input: string | Uint8Array): string {
  if (typeof input !== 'string') return bytesToHex(sha256(input))
  if (!input.isWellFormed()) throw new TypeError('文本含有孤立的代理项，不能按 UTF-8 计算摘要')
  return bytesToHex(sha256(utf8ToBytes(input)))
}

/** 文本（UTF-8）的 SHA-256，小写十六进制；在服务器上可以换用平台自带的，快数倍，结果相同。 */
export type Digest = (text: string) => string

/** 每件案卷链的起点：第一条记录的 prevHash。 */
export const GENESIS = '0'.repeat(64)

/** 参与内容摘要的附件：名称、媒体类型、内容的 SHA-256。大小等其他字段不参与。 */
export interface HashedAttachment {
  name: string
  mediaType: string
  sha256: string
}

/**
 * 文本内容摘要（审核意见、决定、签署、公布所约束的摘要）。
 *
 * 配方：`sha256( UTF-8( "dianzhang/content/1\n" + 规范JSON({ "attachments": [{ "mediaType", "name", "sha256" }…], "body" }) ) )`。
 * 附件按给出的次序（附件1、附件2…），次序、名称、媒体类型、内容的任何变化都改变摘要；正文按原样计算，不作 NFC 归一。
 */
export function contentHash(content: { body: string; attachments: readonly HashedAttachment[] }): string {
  const attachments = content.attachments.map(({ name, mediaType, sha256 }) => ({ name, mediaType, sha256 }))
  return sha256Hex(`dianzhang/content/1\n${canonicalJson({ attachments, body: content.body })}`)
}

/**
 * 案卷状态的摘要，载于台账每次命令的最后一条（`body.state`）：状态快照不入台账，但改动它就与台账不符。
 *
 * 配方：`sha256( UTF-8( "dianzhang/state/1\n" + 快照的 JSON 原文 ) )`；原文即数据库所存的字节，不作规范化。
 */
export function stateHash(stored: string, digest: Digest = sha256Hex): string {
  return digest(`dianzhang/state/1\n${stored}`)
}

const hex64 = /^[0-9a-f]{64}$/

/**
 * 台账记录的摘要：`sha256( UTF-8( prevHash + "\n" + 规范JSON(body) ) )`。
 * `prevHash` 为前一条的摘要，第一条为 {@link GENESIS}；不是 64 位十六进制的拒绝。
 */
export function eventHash(prevHash: string, body: unknown, digest: Digest = sha256Hex): string {
  if (!hex64.test(prevHash)) throw new TypeError('prevHash 应为 64 位小写十六进制')
  return digest(`${prevHash}\n${canonicalJson(body)}`)
}

/** 链上的下一条：`prev` 为当前链头摘要，尚无记录时为 null。 */
export function chainNext(prev: string | null, body: unknown): { prevHash: string; hash: string } {
  const prevHash = prev ?? GENESIS
  return { prevHash, hash: eventHash(prevHash, body) }
}
