// Chosen from this file's texts: which version, which review opinion.
import Select from 'antd/es/select'
import { momentOf } from '../words.ts'
import { useForm } from './form-state.ts'

export function VersionSelect({
  id,
  value,
  onChange,
  optional,
}: {
  id: string
  value: number | undefined
  onChange: (next: unknown) => void
  optional: boolean
}) {
  const { doc } = useForm()
  return (
    <Select
      id={id}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      allowClear={optional}
      placeholder="缺省为当前文本"
      options={[...(doc?.texts ?? [])].reverse().map((text) => ({
        value: text.n,
        label: `第${text.n}版（${momentOf(text.at)}）`,
      }))}
    />
  )
}
export function PointSelect({
  id,
  value,
  onChange,
}: {
  id: string
  value: string | undefined
  onChange: (next: unknown) => void
}) {
  const { doc } = useForm()
  const points = doc?.review?.opinion?.points ?? []
  const chosen = points.find((point) => point.id === value)
  return (
    <>
      <Select
        id={id}
        value={value ?? null}
        onChange={onChange}
        placeholder="选择一条审核意见"
        options={points.map((point) => ({
          value: point.id,
          label: `${point.id}. ${point.answer ? '【已答复】' : ''}${point.text.slice(0, 40)}`,
        }))}
      />
      {chosen ? (
        <blockquote className="quote">
          {chosen.element ? <b>{chosen.element}：</b> : null}
          {chosen.text}
          {chosen.basis ? <span className="quiet">（依据：{chosen.basis}）</span> : null}
        </blockquote>
      ) : null}
    </>
  )
}
