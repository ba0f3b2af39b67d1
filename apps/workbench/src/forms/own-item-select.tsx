// Chooses one of the items that this matter itself has (an item of a list, a figure of a report, an objection): names are seen, what
// the command asks for is stored. Which items, and what of them, the schema says.
import Select from 'antd/es/select'
import type { ControlProps } from './control-props.ts'
import { useForm } from './form-state.ts'
import { ownItemWords } from './words.ts'

type Item = Readonly<Record<string, unknown>>
/** One of them, named and not chosen: its name, under it what `of.note` lists of it. */
export function OwnItem({ shape, value }: { shape: ControlProps['shape']; value: unknown }) {
  const { subject } = useForm()
  return (
    <div className="own-item">
      {ownItemWords(shape, subject, value)?.join('　') ?? String(value)}
      <p className="quiet">{ownItemWords(shape, subject, value, 'note')?.join('；')}</p>
    </div>
  )
}
export function OwnItemSelect({ id, shape, value, onChange, bad, label: said }: ControlProps & { label?: string }) {
  const { subject } = useForm()
  const { from = '', value: key = 'id', only, unless } = shape.of ?? {}
  const items = ((subject as Record<string, unknown> | undefined)?.[from] ?? []) as readonly Item[]
  const listed = items.filter((item) => (only ? Boolean(item[only]) : true) && !(unless && item[unless]))
  const options = listed.map((item) => ({
    value: item[key] as string | number,
    label: ownItemWords(shape, subject, item[key])?.join('　') ?? '',
  }))
  return (
    <Select
      id={id}
      value={(value as string | number | undefined) ?? null}
      onChange={(next: string | number | null) => onChange(next ?? undefined)}
      {...(said ? { 'aria-label': said } : {})}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder="选择一项"
      options={options}
      {...(bad ? { status: 'error' as const } : {})}
    />
  )
}
