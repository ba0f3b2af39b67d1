// Attachments: chosen or dropped, read as Base64 and submitted with the command.
import type { AttachmentUse } from '@dianzhang/contract'
import Button from 'antd/es/button'
import Select from 'antd/es/select'
import { useRef, useState } from 'react'

export interface AttachmentValue {
  name: string
  mediaType: string
  contentBase64?: string
  content?: string
  use?: AttachmentUse
}
const officeName = /\.(?:docx?|docm|wps|xlsx?|xlsm|et|pptx?|odt|ods|rtf|ofd)$/i
/**
 * Office files are by default kept and not made public; others are by default published with the document, and are
 * chosen one by one at publication.
 */
const usualUse = (name: string): AttachmentUse => (officeName.test(name) ? 'source' : 'published')
export const useLabels: Record<AttachmentUse, string> = {
  source: '留存的原始文件，不公开',
  published: '随文件公布',
}
/** The largest number of bytes of an attachment. */
export const largestAttachment = 10 * 1024 * 1024
/** Reads a file into an attachment that can be submitted with the command. */
export const readAttachment = (file: File): Promise<AttachmentValue> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () =>
      resolve({
        name: file.name.slice(0, 200),
        use: usualUse(file.name),
        mediaType: (file.type || 'application/octet-stream').slice(0, 120),
        contentBase64: String(reader.result).replace(/^data:[^,]*,/, ''),
      })
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })

export function Attachments({
  id,
  value,
  onChange,
  single = false,
  label,
}: {
  id: string
  /** What is said of the input, where nothing beside it says so. */
  label?: string
  value: AttachmentValue[] | undefined
  onChange: (next: AttachmentValue[]) => void
  single?: boolean
}) {
  const [problem, setProblem] = useState<string | null>(null)
  const list = value ?? []
  // A file is read for a while; meanwhile others may have been added or taken out.
  const latest = useRef(list)
  latest.current = list
  const add = async (files: FileList | null) => {
    const chosen = [...(files ?? [])]
    const refused = [
      { why: '超过 10 MB，没有加入。', files: chosen.filter((file) => file.size > largestAttachment) },
      { why: '是空的，没有加入，请看是否选错了文件。', files: chosen.filter((file) => file.size === 0) },
    ].filter((each) => each.files.length > 0)
    setProblem(refused.map(({ why, files }) => files.map((file) => file.name).join('、') + why).join('') || null)
    const taken = chosen.filter((file) => !refused.some(({ files }) => files.includes(file)))
    const made = await Promise.all(taken.map(readAttachment))
    // Where nothing could be taken, what was attached before stays.
    if (made.length > 0) onChange(single ? made.slice(0, 1) : [...latest.current, ...made])
  }
  return (
    <div className="attachments">
      {list.map((file, i) => (
        <p key={`${file.name}-${file.contentBase64?.length ?? 0}`}>
          {file.name}
          <span className="quiet">
            {file.contentBase64
              ? `（约 ${Math.max(1, Math.round((file.contentBase64.length * 0.75) / 1024))} KB）`
              : ''}
          </span>
          {single ? null : (
            <Select
              size="small"
              aria-label={`“${file.name}”的用途`}
              value={file.use ?? usualUse(file.name)}
              onChange={(use: AttachmentUse) => onChange(list.map((each, k) => (k === i ? { ...each, use } : each)))}
              options={(['source', 'published'] as const).map((use) => ({ value: use, label: useLabels[use] }))}
            />
          )}
          <Button size="small" onClick={() => onChange(list.filter((_, k) => k !== i))}>
            删去
          </Button>
        </p>
      ))}
      <label className="file-button">
        {single ? '选择文件' : '添加附件'}
        <input
          id={id}
          type="file"
          {...(label ? { 'aria-label': label } : {})}
          multiple={!single}
          onChange={(e) => {
            const input = e.target
            void add(input.files).then(() => {
              input.value = ''
            })
          }}
        />
      </label>
      {problem ? (
        <span className="field-error" role="alert">
          {problem}
        </span>
      ) : null}
    </div>
  )
}
