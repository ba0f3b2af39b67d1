// Chooses units: one or several, stored by code.
import { useQuery } from '@tanstack/react-query'
import Select from 'antd/es/select'
import { unitsQuery } from '../queries.ts'

export function UnitSelect({
  id,
  value,
  onChange,
  many,
  bad,
  onlyIssuers,
}: {
  id: string
  value: unknown
  onChange: (next: unknown) => void
  many: boolean
  bad: boolean
  onlyIssuers: boolean
}) {
  const { data } = useQuery(unitsQuery)
  const options =
    data?.filter((unit) => !onlyIssuers || unit.eligible).map((unit) => ({ value: unit.id, label: unit.name })) ?? []
  return (
    <Select
      id={id}
      {...(many ? { mode: 'multiple' as const } : {})}
      value={(value as never) ?? (many ? [] : null)}
      onChange={onChange}
      options={options}
      // A unit that is chosen is taken out by its own mark: to click it in the list again means it, not the opposite.
      showSearch={{
        filterOption: (typed, option) =>
          !(many && Array.isArray(value) && value.includes(option?.value)) &&
          String(option?.label ?? '').includes(typed.trim()),
      }}
      allowClear={!many}
      placeholder={many ? '可选多个，按选择的先后' : '请选择'}
      {...(bad ? { status: 'error' as const } : {})}
    />
  )
}
