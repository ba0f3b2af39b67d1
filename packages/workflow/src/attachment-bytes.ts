// Attachments as they arrive → bytes and digest, kept by the digest of their content.
import { createHash } from 'node:crypto'
import type { Attachment, AttachmentUse } from '@dianzhang/contract'
import { schema, type Tx } from '@dianzhang/database'
import { useOf } from '@dianzhang/register'
import { invalid } from './failures.ts'

export interface StoredAttachment {
  name: string
  mediaType: string
  sha256: string
  size: number
  /** Its use; when none is stated and it is not an Office file, this is decided at publication. */
  use?: AttachmentUse
}
/** Attachment → bytes and digest. Text attachments are UTF-8; exactly one of the two kinds of content must be there. */
export function attachmentBytes(a: Attachment, path: string): { meta: StoredAttachment; bytes: Uint8Array } {
  if ((a.content === undefined) === (a.contentBase64 === undefined))
    throw invalid([path, `附件“${a.name}”须以 content 或 contentBase64 之一给出内容`])
  const bytes = a.content !== undefined ? Buffer.from(a.content, 'utf8') : Buffer.from(a.contentBase64 ?? '', 'base64')
  if (bytes.length === 0) throw invalid([path, `附件“${a.name}”是空的，请看是否选错了文件`])
  const use = useOf(a)
  return {
    meta: {
      name: a.name,
      mediaType: a.mediaType,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      size: bytes.length,
      ...(use ? { use } : {}),
    },
    bytes,
  }
}
/** Keeps the bytes by their digest; what is there already is not stored again. */
export async function storeBlobs(
  c: { tx: Tx; jurisdiction: string },
  list: Array<{ meta: StoredAttachment; bytes: Uint8Array }>,
): Promise<void> {
  if (list.length === 0) return
  const unique = [...new Map(list.map((x) => [x.meta.sha256, x])).values()]
  await c.tx
    .insert(schema.blobs)
    .values(
      unique.map((x) => ({ jurisdictionId: c.jurisdiction, sha256: x.meta.sha256, size: x.meta.size, bytes: x.bytes })),
    )
    .onConflictDoNothing()
}
