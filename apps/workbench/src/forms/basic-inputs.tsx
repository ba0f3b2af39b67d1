// Inputs drawn by the kind in the schema: text, date, number, yes or no, options, a number of phrases.
import Button from 'antd/es/button'
import Checkbox from 'antd/es/checkbox'
import Input from 'antd/es/input'
import InputNumber from 'antd/es/input-number'
import Radio from 'antd/es/radio'
import Select from 'antd/es/select'
import Switch from 'antd/es/switch'
import { DateInput } from '../parts/date-input.tsx'
import { useTied } from '../parts/tied.ts'
import type { ControlProps } from './control-props.ts'
import { useForm } from './form-state.ts'
import { offeredOf } from './prefill.ts'
import type { Shape } from './shape.ts'
import { optionTitle } from './words.ts'

type Of<K extends Shape['kind']> = Omit<ControlProps, 'shape'> & { shape: Extract<Shape, { kind: K }> }
const statusOf = (bad: boolean) => (bad ? { status: 'error' as const } : {})

const isTooLong = (value: unknown, max: number | null): boolean =>
  max !== null && typeof value === 'string' && value.trim().length > max
/** What is pasted stays whole, and how much is too much is said: a browser's own limit cuts the end off without a word. */
function TooLong({ id, value, max }: { id: string; value: unknown; max: number | null }) {
  const long = max !== null && isTooLong(value, max)
  useTied(id)
  return long ? (
    <span id={`${id}-long`} className="field-error" role="alert">
      最多 {max} 个字，多了 {String(value).trim().length - max} 个，请删减
    </span>
  ) : null
}
const textRows = (max: number | null): number => (max === null || max > 4000 ? 8 : max > 500 ? 4 : 1)
export function TextInput({ id, shape, value, onChange, bad }: Of<'string'>) {
  if (shape.format === 'date' || shape.format === 'instant')
    return <DateInput id={id} value={value as string | undefined} onChange={onChange} bad={bad} keepsWrong />
  const rows = textRows(shape.max)
  const common = {
    id,
    value: String(value ?? ''),
    ...(shape.placeholder ? { placeholder: shape.placeholder } : {}),
    ...statusOf(bad || isTooLong(value, shape.max)),
  }
  if (rows === 1 && shape.control !== 'long-text')
    return (
      <>
        <Input {...common} onChange={(e) => onChange(e.target.value)} />
        {bad ? null : <TooLong id={id} value={value} max={shape.max} />}
      </>
    )
  const lines = common.value.split('\n').length
  return (
    <>
      <Input.TextArea
        {...common}
        onChange={(e) => onChange(e.target.value)}
        // What was filled in beforehand is read without scrolling.
        rows={Math.max(rows === 8 ? 4 : 2, Math.min(lines, 16))}
        className="grow"
        count={{ show: common.value.length > 200, ...(shape.max ? { max: shape.max } : {}) }}
      />
      {bad ? null : <TooLong id={id} value={value} max={shape.max} />}
      {shape.suggestions ? (
        <UsualWords
          phrases={shape.suggestions}
          onPick={(phrase) => onChange(common.value.trim() === '' ? phrase : `${common.value.trimEnd()}\n${phrase}`)}
        />
      ) : null}
    </>
  )
}
/** Phrases that are often used: one press adds it to what has been written. */
export function UsualWords({ phrases, onPick }: { phrases: readonly string[]; onPick: (phrase: string) => void }) {
  return (
    <fieldset className="usual-words" aria-label="常用语">
      {phrases.map((phrase) => (
        <button key={phrase} type="button" className="usual-word" onClick={() => onPick(phrase)}>
          {phrase}
        </button>
      ))}
    </fieldset>
  )
}
export function NumberInput({ id, shape, value, onChange, bad }: Of<'number'>) {
  return (
    <InputNumber
      id={id}
      value={(value as number) ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      {...(shape.min === null ? {} : { min: shape.min })}
      {...(shape.max === null ? {} : { max: shape.max })}
      precision={0}
      {...statusOf(bad)}
    />
  )
}
export function YesNo({ id, value, onChange }: Of<'boolean'>) {
  return <Switch id={id} checked={value === true} onChange={onChange} checkedChildren="是" unCheckedChildren="否" />
}
export function ChoiceInput({ id, shape, value, onChange, bad }: Of<'choice'>) {
  const options = shape.values.map((each) => ({ value: each, label: optionTitle(shape, each) }))
  return shape.values.length <= 4 ? (
    <Radio.Group id={id} value={value} onChange={(e) => onChange(e.target.value)} options={options} />
  ) : (
    <Select
      id={id}
      value={(value as string) ?? null}
      onChange={onChange}
      allowClear={shape.optional}
      placeholder="请选择"
      options={options}
      {...statusOf(bad)}
    />
  )
}
/** One of several notations: with a date among them, choose a date; otherwise write a passage. */
export function EitherInput({ id, shape, value, onChange, bad }: Of<'either'>) {
  const long = shape.control === 'long-text'
  if (!long && shape.options.some((each) => each.kind === 'string' && each.format === 'date'))
    return <DateInput id={id} value={value as string | undefined} onChange={onChange} bad={bad} keepsWrong />
  return (
    <Input.TextArea
      id={id}
      value={typeof value === 'string' ? value : ''}
      onChange={(e) => onChange(e.target.value)}
      rows={2}
      className="grow"
      {...statusOf(bad)}
    />
  )
}
export function ManyChoices({ shape, value, onChange }: Of<'list'>) {
  const values = shape.element.kind === 'choice' ? shape.element.values : []
  return (
    <Checkbox.Group
      value={(value as string[]) ?? []}
      onChange={onChange}
      options={values.map((each) => ({ value: each, label: optionTitle(shape, each) }))}
    />
  )
}
export function Phrases({ id, shape, value, onChange, bad }: Of<'list'>) {
  const { subject, values } = useForm()
  const written = (value as string[] | undefined) ?? []
  const offered = offeredOf(shape.offered, subject, values)
  const left = offered.filter((each) => !written.includes(each))
  return (
    <>
      {shape.offered && offered.length > 0 ? (
        <div className="row" data-testid="offered">
          <span className="quiet">
            {left.length > 0 ? `${shape.offered.says}：` : `${shape.offered.says}的都已列明`}
          </span>
          <UsualWords phrases={left} onPick={(phrase) => onChange([...written, phrase])} />
          {left.length > 1 ? (
            <Button size="small" onClick={() => onChange([...written, ...left])}>
              全部列明
            </Button>
          ) : null}
        </div>
      ) : null}
      <Select
        id={id}
        mode="tags"
        value={written}
        onChange={onChange}
        tokenSeparators={['；', ';', '\n']}
        placeholder={shape.placeholder ?? '输入后按回车，可以填多项'}
        options={[...offered, ...(shape.suggestions ?? [])].map((each) => ({ value: each, label: each }))}
        {...statusOf(bad)}
      />
    </>
  )
}
