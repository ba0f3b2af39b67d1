// 批准人、情形、所依的命令或者事件：从名册与规则包里选，不自己写。
import { useQuery } from '@tanstack/react-query'
import Select from 'antd/es/select'
import { get } from '../api.ts'
import { useForm } from './form-state.ts'

interface Leader {
  id: string
  name: string
  unit: string
  unitName: string
}
interface PickerProps {
  id: string
  value: string | undefined
  onChange: (next: unknown) => void
  bad: boolean
}

/** 批准人：制定机关的负责人。 */
export function LeaderSelect({ id, value, onChange, bad }: PickerProps) {
  const { doc, values } = useForm()
  const { data } = useQuery({
    queryKey: ['leaders'],
    queryFn: () => get<Leader[]>('/api/leaders'),
    staleTime: 600_000,
  })
  const issuers = doc?.issuers.map((unit) => unit.id) ?? (values.issuers as string[] | undefined) ?? []
  const able = (data ?? []).filter((each) => issuers.length === 0 || issuers.includes(each.unit))
  return (
    <Select
      id={id}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      allowClear
      placeholder="选择制定机关的负责人"
      options={able.map((each) => ({ value: each.id, label: `${each.name}（${each.unitName}）` }))}
      {...(bad ? { status: 'error' as const } : {})}
    />
  )
}

interface Ground {
  code: string
  label: string
  for?: string[]
}
type Grounds = Partial<Record<'deviation' | 'confidential', { grounds?: { value: Ground[] } }>>
/** 情形：规则包所列的各种。立项时还没有案卷，取现行的一版。 */
export function GroundSelect({
  id,
  value,
  onChange,
  bad,
  section,
  matter,
}: PickerProps & { section: 'deviation' | 'confidential'; matter?: string | undefined }) {
  const { doc } = useForm()
  const { data: packs } = useQuery({
    queryKey: ['packs'],
    queryFn: () => get<Array<{ version: string; effectiveFrom: string }>>('/api/packs'),
    enabled: !doc,
  })
  const latest = packs?.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1)).at(-1)?.version
  const version = doc?.packVersion ?? latest
  const { data } = useQuery({
    queryKey: ['pack', version],
    queryFn: () => get<Grounds>(`/api/packs/${encodeURIComponent(version ?? '')}`),
    enabled: version !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const listed = data?.[section]?.grounds?.value ?? []
  return (
    <Select
      id={id}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      allowClear
      placeholder="选择一种情形"
      options={listed
        .filter((ground) => !matter || !ground.for || ground.for.includes(matter))
        .map((ground) => ({ value: ground.code, label: ground.label }))}
      {...(bad ? { status: 'error' as const } : {})}
    />
  )
}
/** 待批准的偏离：第几项，偏离什么。 */
export function DeviationSelect({ id, value, onChange, bad }: PickerProps) {
  const { doc } = useForm()
  const pending = (doc?.deviations ?? []).flatMap((each) => (each.confirmed || each.id === null ? [] : [each]))
  return (
    <Select
      id={id}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      allowClear
      placeholder="不选为待您批准的全部"
      options={pending.map((each) => ({ value: each.id, label: `第${each.id}项：${each.matter}（${each.ground}）` }))}
      {...(bad ? { status: 'error' as const } : {})}
    />
  )
}
