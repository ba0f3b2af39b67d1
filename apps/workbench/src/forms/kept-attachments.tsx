// 新一版沿用上一版的附件：逐个可选，缺省全部沿用。
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
/** 除去不沿用的。 */
export const keptMetas = <T extends KeptMeta>(metas: readonly T[], left: ReadonlySet<string>): T[] =>
  metas.filter((each) => !left.has(each.sha256))

/** 取回附件原件，随新一版再提交一次；同一内容服务端只存一份。 */
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
