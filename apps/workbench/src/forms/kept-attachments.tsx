// A new version keeps the attachments of the previous one: each can be chosen, all are kept by default.
import type { AttachmentUse } from '@dianzhang/contract'
import Checkbox from 'antd/es/checkbox'
import { NetworkError } from '../api.ts'
import { type AttachmentValue, readAttachment, useLabels } from './attachments.tsx'

export interface KeptMeta {
  name: string
  sha256: string
  mediaType?: string
  use?: AttachmentUse
}
/** Without those not kept. */
export const keptMetas = <T extends KeptMeta>(metas: readonly T[], left: ReadonlySet<string>): T[] =>
  metas.filter((each) => !left.has(each.sha256))

/**
 * Fetches the original attachments, to be submitted once more with the new version; the server stores the same
 * content only once.
 */
export async function fetchAttachments(document: string, metas: readonly KeptMeta[]): Promise<AttachmentValue[]> {
  return await Promise.all(
    metas.map(async (meta) => {
      const response = await fetch(`/api/documents/${document}/attachments/${meta.sha256}`, {
        credentials: 'same-origin',
      })
      if (!response.ok) throw new NetworkError(`没有取到上一版的附件“${meta.name}”，请稍后再试。`)
      const bytes = await response.blob()
      const read = await readAttachment(
        new File([bytes], meta.name, { type: meta.mediaType ?? 'application/octet-stream' }),
      )
      return meta.use ? { ...read, use: meta.use } : read
    }),
  )
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
