// Change of issuers: before submitting one can see what must be done again and what stays.

import type { answers } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { get } from '../api.ts'
import { Verdicts } from '../parts/verdicts.tsx'
import type { Told } from '../types.ts'
import { stageName } from '../words.ts'
import { useForm } from './form-state.ts'

type Preview = Told<typeof answers.IssuersPreview>
export default function IssuersPanel() {
  const { doc, values } = useForm()
  const issuers = ((values.issuers as string[] | undefined) ?? []).join(',')
  const same = issuers === (doc?.issuers ?? []).map((unit) => unit.id).join(',')
  const { data } = useQuery({
    queryKey: ['doc', doc?.id, 'issuers-preview', issuers],
    queryFn: () => get<Preview>(`/api/documents/${doc?.id}/issuers-preview?issuers=${encodeURIComponent(issuers)}`),
    enabled: Boolean(doc) && issuers !== '' && !same,
  })
  if (!data || same) return <p className="hint">改动制定机关以后，这里列出哪些须重新办理、哪些照旧。</p>
  const failing = data.verdicts.filter((verdict) => !verdict.holds)
  const list = (title: string, stands: boolean) => {
    const lines = data.standing.filter((each) => each.stands === stands)
    return lines.length === 0 ? null : (
      <>
        <p>{title}</p>
        <ul className="lines">
          {lines.map((each) => (
            <li key={each.approval}>
              <b>{each.label}</b>：{each.why}
            </li>
          ))}
        </ul>
      </>
    )
  }
  return (
    <div className={data.to === null ? 'note note-error' : 'note note-info'} role="status">
      {failing.length > 0 ? <Verdicts list={failing} /> : null}
      {data.to === null ? null : (
        <>
          <p>
            变更以后{data.to === doc?.stage ? '仍在' : '回到'}“{stageName(data.to)}”。
          </p>
          {list('须重新办理：', false)}
          {list('仍然成立：', true)}
        </>
      )}
    </div>
  )
}
