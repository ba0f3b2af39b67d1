// Picks a calendar day; written year-month-day whatever the browser's language. What is typed stays as it is typed and is
// read when it is whole: the calendar's own field takes 2026-12-1 for a day, rewrites it, and 2026-12-15 could not be typed.
import DatePicker from 'antd/es/date-picker'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { type ComponentProps, createContext, type KeyboardEvent, use, useId, useState } from 'react'
import { plain } from '../words.ts'
import { useTied } from './tied.ts'
import { isWholeDay, writtenDay } from './written-day.ts'

interface Typing {
  /** What is typed; null where the field shows the day that is held. */
  text: string | null
  type: (text: string) => void
  leave: () => void
  told: string | undefined
}
const Typing = createContext<Typing | null>(null)
function TypedDay({ value, onChange, onBlur, onKeyDown, ...rest }: ComponentProps<'input'>) {
  const typing = use(Typing)
  return (
    <input
      {...rest}
      {...(typing?.told && !rest.id ? { 'aria-describedby': typing.told, 'aria-invalid': true } : {})}
      value={typing?.text ?? value}
      onChange={typing ? (event) => typing.type(event.target.value) : onChange}
      onBlur={(event) => {
        typing?.leave()
        onBlur?.(event)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') typing?.leave()
        onKeyDown?.(event)
      }}
    />
  )
}
const components = { input: TypedDay }

export function DateInput({
  id,
  value,
  onChange,
  min,
  max,
  bad = false,
  keepsWrong = false,
  label,
  onKey,
  placeholder = '年-月-日',
}: {
  id?: string
  /** Where no visible label names it. */
  label?: string
  /** Keys that mean something where it stands. */
  onKey?: ((event: KeyboardEvent) => void) | undefined
  placeholder?: string
  /** `YYYY-MM-DD`, or an instant that begins with it; empty for none. */
  value: string | null | undefined
  onChange: (next: string | undefined) => void
  min?: string | undefined
  max?: string | undefined
  bad?: boolean
  /** What is no day is handed on as it is written, to be refused by the form; otherwise nothing is. */
  keepsWrong?: boolean
}) {
  const told = useId()
  useTied(id)
  const held = value?.slice(0, 10) || undefined
  const day = held ? writtenDay(held) : null
  const [typed, setTyped] = useState<{ text: string; held: string | undefined; left: boolean } | null>(null)
  // Another day given from outside, by the calendar or the form, is what counts.
  const own = typed && typed.held === held ? typed : null
  const text = own?.text ?? (held && day === null ? (value ?? null) : null)
  const wrong = text !== null && (own === null || own.left) ? whyNot(text, min, max) : null
  const give = (text: string, next: string | undefined, left: boolean) => {
    setTyped({ text, held: next?.slice(0, 10) || undefined, left })
    onChange(next)
  }
  const typing: Typing = {
    text,
    type: (text) => {
      const whole = isWholeDay(text) && whyNot(text, min, max) === null
      if (text.trim() === '') give(text, undefined, false)
      else if (whole) give(text, writtenDay(text) ?? undefined, false)
      else setTyped({ text, held, left: false })
    },
    leave: () => {
      if (own === null || own.left) return
      const { text } = own
      if (text.trim() !== '' && whyNot(text, min, max)) give(text, keepsWrong ? text : undefined, true)
      else {
        setTyped(null)
        const next = writtenDay(text) ?? undefined
        if (next !== held) onChange(next)
      }
    },
    told: wrong && !bad ? told : undefined,
  }
  const picker = (
    <DatePicker
      {...(id ? { id } : {})}
      {...(label ? { 'aria-label': label } : {})}
      components={components}
      value={day ? dayjs(day) : null}
      onChange={(next) => {
        setTyped(null)
        onChange(next ? next.format('YYYY-MM-DD') : undefined)
      }}
      // Enter takes the day that was typed; it does not hand in the form around it.
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.preventDefault()
        onKey?.(event)
      }}
      format="YYYY-MM-DD"
      placeholder={placeholder}
      {...(min ? { minDate: dayjs(min) } : {})}
      {...(max ? { maxDate: dayjs(max) } : {})}
      {...(bad || wrong ? { status: 'error' as const } : {})}
    />
  )
  return (
    <Typing value={typing}>
      {picker}
      {wrong && !bad ? (
        <span id={told} className="field-error" role="alert">
          {wrong}
        </span>
      ) : null}
    </Typing>
  )
}
/** Why what is written is not taken; null where it is. */
function whyNot(text: string, min: string | undefined, max: string | undefined): string | null {
  const day = writtenDay(text)
  if (day === null) return `“${text.trim().slice(0, 20)}”不是真实的日期，请写成如 2026-12-15、2026年12月15日`
  if (min && day < min) return `最早为${plain(min)}`
  if (max && day > max) return `最晚为${plain(max)}`
  return null
}
