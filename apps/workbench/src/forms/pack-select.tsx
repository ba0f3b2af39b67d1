// Chooses a version of a pack and previews what would change.
import type { answers } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import Select from 'antd/es/select'
import { get } from '../api.ts'
import type { PackVersion, Told } from '../types.ts'
import { useForm } from './form-state.ts'

type PackPreview = Told<typeof answers.PackPreview>
export function PackSelect({
  id,
  value,
  onChange,
}: {
  id: string
  value: string | undefined
  onChange: (next: unknown) => void
}) {
  const { doc } = useForm()
  const { data } = useQuery({
    queryKey: ['packs'],
    queryFn: () => get<PackVersion[]>('/api/packs'),
  })
  const preview = useQuery({
    queryKey: ['doc', doc?.id, 'pack-preview', value],
    queryFn: () =>
      get<PackPreview>(`/api/documents/${doc?.id}/pack-preview?version=${encodeURIComponent(value ?? '')}`),
    enabled: Boolean(doc && value),
  })
  const found = preview.data
  return (
    <>
      <Select
        id={id}
        value={value ?? null}
        onChange={onChange}
        placeholder="选择一版规则包"
        options={(data ?? [])
          .filter((pack) => pack.version !== doc?.packVersion)
          .map((pack) => ({
            value: pack.version,
            label: `${pack.version}（自 ${pack.effectiveFrom} 起适用于新立项）`,
          }))}
      />
      {found ? (
        <div className="note note-info" role="status">
          <p>
            由 {found.from} 改用 {found.to} 的变化：
          </p>
          {found.parameters.length + found.deadlines.length + found.actions.length === 0 ? <p>没有变化。</p> : null}
          <ul className="lines">
            {found.parameters.map((each) => (
              <li key={each.path}>
                {each.label}：{shown(each.before)} → <b>{shown(each.after)}</b>
              </li>
            ))}
            {found.deadlines.map((each) => (
              <li key={each.key}>
                期限“{each.label}”：{each.before ?? '（无）'} → <b>{each.after}</b>
              </li>
            ))}
            {found.actions.map((each) => (
              <li key={each.command}>
                {each.label}：{each.before ? '可以办理' : '不能办理'} → <b>{each.after ? '可以办理' : '不能办理'}</b>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  )
}
const shown = (value: unknown): string =>
  value === null || value === undefined
    ? '（无）'
    : typeof value === 'boolean'
      ? value
        ? '是'
        : '否'
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value)
