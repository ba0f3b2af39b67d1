// Between instants and civil days. China keeps +08:00 all year since 1992, so no zone data is needed;
// earlier instants are refused because 1986–1991 had summer time.
import { CalendarError } from './calendar-error.ts'
import { addDays, assertPlainDate, fromDayNumber, isPlainDate, type PlainDate, toDayNumber } from './plain-date.ts'

const instantPattern =
  /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?:([Zz])|([+-])(\d{2}):?(\d{2})?)$/
const minutesOfDay = 24 * 60
const shanghaiOffset = 8 * 60

/**
 * Civil date in Asia/Shanghai of an instant written in ISO 8601 **with** an offset (`Z`, `+08:00`, `+08`).
 * Refuses: no offset, impossible dates or times, instants before 1992.
 */
export function dateInShanghai(instant: string): PlainDate {
  const match = instantPattern.exec(typeof instant === 'string' ? instant : '')
  const date = match?.[1]
  if (!match || !isPlainDate(date)) throw invalidInstant(instant)
  const hour = Number(match[2])
  const minute = Number(match[3])
  const second = Number(match[4] ?? 0)
  const offsetHour = Number(match[7] ?? 0)
  const offsetMinute = Number(match[8] ?? 0)
  if (hour > 23 || minute > 59 || second > 60 || offsetHour > 23 || offsetMinute > 59) throw invalidInstant(instant)
  const offset = (match[6] === '-' ? -1 : 1) * (offsetHour * 60 + offsetMinute)
  const minutes = toDayNumber(date) * minutesOfDay + hour * 60 + minute - offset + shanghaiOffset
  const result = fromDayNumber(Math.floor(minutes / minutesOfDay))
  if (result < '1992-01-01') {
    throw new CalendarError('out_of_range', '1992年以前的时刻不予换算（当时实行过夏令时），请直接使用日期')
  }
  return result
}

/** The minute in Asia/Shanghai of an instant (ISO 8601 with an offset), as a clerk reads it: `2026-11-29 09:05`. */
export const minuteInShanghai = (instant: string): string =>
  new Date(Date.parse(instant) + shanghaiOffset * 60_000).toISOString().slice(0, 16).replace('T', ' ')

/** 24:00 Beijing time of a day, written as 00:00 of the next one: the instant at which a period ends (民法典 203). */
export function endOfDayInstant(date: PlainDate): string {
  return `${addDays(date, 1)}T00:00:00+08:00`
}

/** 00:00 Beijing time of a day. */
export function startOfDayInstant(date: PlainDate): string {
  assertPlainDate(date)
  return `${date}T00:00:00+08:00`
}

function invalidInstant(value: unknown): CalendarError {
  return new CalendarError('invalid_instant', `时刻“${String(value)}”无效：须为带时区偏移的 ISO 8601 格式`)
}
