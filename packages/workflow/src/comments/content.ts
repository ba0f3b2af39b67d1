// What the digest of a comment stands for, and the key by which equal contents are one.
import { randomBytes } from 'node:crypto'
import { canonicalJson, sha256Hex } from '@dianzhang/ledger'
import { normalised } from '@dianzhang/text'

export interface CommentContent {
  consultation: string | null
  anchor: { element: string; quote?: string | undefined } | null
  text: string
  channel: string
  source: string | null
  /** `YYYY-MM-DD`. */
  receivedOn: string
  /** Digests of the attachments, in order. */
  attachments: readonly string[]
}
/** The text whose SHA-256 is the digest. What came in online without attachments is written as it always was. */
export function contentLine(c: CommentContent): string {
  const anchor = c.anchor ? JSON.parse(JSON.stringify(c.anchor)) : null
  const plain = { consultation: c.consultation, anchor, text: c.text }
  if (c.channel === 'online' && c.attachments.length === 0) return `dianzhang/comment/1\n${canonicalJson(plain)}`
  const { channel, source, receivedOn, attachments } = c
  return `dianzhang/comment/2\n${canonicalJson({ ...plain, channel, source, receivedOn, attachments: [...attachments] })}`
}
export const commentHash = (c: CommentContent): string => sha256Hex(contentLine(c))
/** Equal for texts that differ in width, case, spaces and signs alone. Attachments make a content of their own. */
export const contentKey = (text: string, attachments: readonly string[] = []): string =>
  sha256Hex(`dianzhang/content/1\n${normalised(text) || text}\n${attachments.join('\n')}`)
/** Receipt code: the date and 80 random bits, which nobody else can guess. */
export const receiptCode = (on: string): string =>
  `YJ${on.replaceAll('-', '')}-${randomBytes(10).toString('hex').toUpperCase()}`
