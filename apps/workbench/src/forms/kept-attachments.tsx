// A new version keeps the attachments of the previous one: each can be chosen, all are kept by default.
import type { AttachmentUse } from '@dianzhang/contract'
import Checkbox from 'antd/es/checkbox'
import { get, getBlob, NetworkError, sentence } from '../api.ts'
import type { Version } from '../document/text/shapes.ts'
import { type AttachmentValue, readAttachment, useLabels } from './attachments.tsx'

export interface KeptMeta {
  name: string
  sha256: string
  mediaType?: string
  use?: AttachmentUse
}
/**
 * Fetches the original attachments, to be submitted once more with the new version; the server stores the same
 * content only once.
 */
async function fetchAttachments(document: string, metas: readonly KeptMeta[]): Promise<AttachmentValue[]> {
  return await Promise.all(
    metas.map(async (meta) => {
      const bytes = await getBlob(`/api/documents/${document}/attachments/${meta.sha256}`).catch((error) => {
        throw new NetworkError(`没有取到上一版的附件“${meta.name}”：${sentence(error)}`)
      })
      const read = await readAttachment(
        new File([bytes], meta.name, { type: meta.mediaType ?? 'application/octet-stream' }),
      )
      return meta.use ? { ...read, use: meta.use } : read
    }),
  )
}
/**
 * The attachments of the last version, without those in `left`, to go along with the next. Which these are is asked when it is
 * saved: what the page remembers may be of the version before.
 */
export async function attachmentsToKeep(
  document: string,
  left: ReadonlySet<string>,
  but: (meta: KeptMeta) => boolean = () => false,
): Promise<AttachmentValue[]> {
  const versions = await get<Version[]>(`/api/documents/${document}/versions`)
  const kept = (versions.at(-1)?.attachments ?? []).filter((meta) => !left.has(meta.sha256) && !but(meta))
  return kept.length === 0 ? [] : await fetchAttachments(document, kept)
}
export function KeptAttachments({
  metas,
  left,
  onChange,
}: {
  metas: readonly KeptMeta[]
  left: ReadonlySet<string>
  onChange: (left: ReadonlySet<string>) => void
}) {
  if (metas.length === 0) return null
  return (
    <fieldset className="group">
      <legend>沿用上一版的附件</legend>
      {metas.map((meta) => (
        <Checkbox
          key={meta.sha256}
          checked={!left.has(meta.sha256)}
          onChange={(event) => {
            const next = new Set(left)
            if (event.target.checked) next.delete(meta.sha256)
            else next.add(meta.sha256)
            onChange(next)
          }}
        >
          {meta.name}
          {meta.use ? <span className="quiet">（{useLabels[meta.use]}）</span> : null}
        </Checkbox>
      ))}
    </fieldset>
  )
}
