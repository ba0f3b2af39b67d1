// The value of a parameter as fields of its kind: yes or no, a number, a phrase, lines, a table of name → value. Whatever the
// structure, it is filled in field by field; nobody writes code.
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import InputNumber from 'antd/es/input-number'
import { unitNames } from './pack-rows.ts'

/** What a key or a code is called; unknown ones come back as they are. */
export type NameOf = (code: string) => string
const isLines = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string')
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
/** An empty value of the same structure, for one more row. */
const emptied = (like: unknown): unknown =>
  typeof like === 'number'
    ? 0
    : typeof like === 'boolean'
      ? false
      : Array.isArray(like)
        ? []
        : isRecord(like)
          ? Object.fromEntries(Object.entries(like).map(([key, each]) => [key, emptied(each)]))
          : ''

export function ValueInput({
  id,
  label,
  like,
  value,
  onChange,
  nameOf,
}: {
  id?: string
  label: string
  /** A value of the same kind: the present one. */
  like: unknown
  value: unknown
  onChange: (next: unknown) => void
  nameOf: NameOf
}) {
  const own = id ? { id } : { 'aria-label': label }
  if (typeof like === 'boolean')
    return (
      <select {...own} className="native" value={String(value)} onChange={(e) => onChange(e.target.value === 'true')}>
        <option value="true">是</option>
        <option value="false">否</option>
      </select>
    )
  // What no article settles may be settled as a number.
  if (typeof like === 'number' || like === null)
    return (
      <InputNumber
        {...own}
        value={typeof value === 'number' ? value : null}
        placeholder={like === null ? '条文未定' : ''}
        onChange={(next) => onChange(next)}
      />
    )
  if (isLines(like) || (Array.isArray(like) && like.length === 0)) {
    const lines = isLines(value) ? value : []
    return (
      <Input.TextArea
        {...own}
        className="grow"
        rows={2}
        placeholder="一行一项"
        value={lines.join('\n')}
        onChange={(e) => onChange(e.target.value.split('\n'))}
      />
    )
  }
  if (Array.isArray(like)) {
    const items = Array.isArray(value) ? value : []
    return (
      <ol className="repeated">
        {items.map((item, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: items are edited in place and have no identity
          <li key={i}>
            <ValueInput
              label={`${label}第${i + 1}项`}
              like={like[i] ?? like[0]}
              value={item}
              onChange={(next) => onChange(items.map((each, k) => (k === i ? next : each)))}
              nameOf={nameOf}
            />
            <Button
              size="small"
              aria-label={`删去${label}第${i + 1}项`}
              onClick={() => onChange(items.filter((_, k) => k !== i))}
            >
              删去
            </Button>
          </li>
        ))}
        <Button size="small" type="dashed" onClick={() => onChange([...items, emptied(like[0])])}>
          添加一项
        </Button>
      </ol>
    )
  }
  if (isRecord(like)) {
    const fields = isRecord(value) ? value : {}
    return (
      <table className="pack-table">
        <tbody>
          {Object.keys({ ...like, ...fields }).map((key) => (
            <tr key={key}>
              <th scope="row">{nameOf(key)}</th>
              <td>
                <ValueInput
                  label={`${label}：${nameOf(key)}`}
                  like={like[key] ?? ''}
                  value={fields[key]}
                  onChange={(next) => onChange({ ...fields, [key]: next })}
                  nameOf={nameOf}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    )
  }
  return <Input {...own} value={String(value ?? '')} onChange={(e) => onChange(e.target.value)} />
}
/** As it is stored: lines without the blank ones, phrases without blanks at the ends. */
export function settledValue(value: unknown): unknown {
  if (typeof value === 'string') return value.trim()
  if (isLines(value)) return value.map((line) => line.trim()).filter(Boolean)
  if (Array.isArray(value)) return value.map(settledValue)
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, settledValue(each)]))
  return value
}
/** The unit of a period, where the parameter has one. */
export function UnitOfPeriod({ value, onChange }: { value: string; onChange: (next: string) => void }) {
  return (
    <select className="native" aria-label="单位" value={value} onChange={(e) => onChange(e.target.value)}>
      {Object.entries(unitNames).map(([unit, label]) => (
        <option key={unit} value={unit}>
          {label}
        </option>
      ))}
    </select>
  )
}
