// Picks a calendar day; written year-month-day whatever the browser's language.
import DatePicker from 'antd/es/date-picker'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import type { KeyboardEvent } from 'react'

/** Shown as the first; typed or pasted as any of them, as notices and documents write days. */
const written = ['YYYY-MM-DD', 'YYYY-M-D', 'YYYY年M月D日', 'YYYY.M.D', 'YYYY/M/D', 'YYYYMMDD']

export function DateInput({
  id,
  value,
  onChange,
  min,
  max,
  bad = false,
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
}) {
  const parsed = value ? dayjs(value.slice(0, 10)) : null
  return (
    <DatePicker
      {...(id ? { id } : {})}
      {...(label ? { 'aria-label': label } : {})}
      value={parsed?.isValid() ? parsed : null}
      onChange={(next) => onChange(next ? next.format('YYYY-MM-DD') : undefined)}
      // Enter takes the day that was typed; it does not hand in the form around it.
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.preventDefault()
        onKey?.(event)
      }}
      format={written}
      placeholder={placeholder}
      {...(min ? { minDate: dayjs(min) } : {})}
      {...(max ? { maxDate: dayjs(max) } : {})}
      {...(bad ? { status: 'error' as const } : {})}
    />
  )
}
