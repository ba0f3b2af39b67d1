// Civil dates as `YYYY-MM-DD` strings and nothing else: integer arithmetic on day numbers, no Date object,
// so neither the zone of the process nor daylight saving of some other place can move a deadline.
import { CalendarError } from './calendar-error.ts'

/** A civil date `YYYY-MM-DD` in Asia/Shanghai. */
export type PlainDate = string

/** Days since 1970-01-01, the inner form of a date. */
export type DayNumber = number

const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const firstDay = -719162 // 0001-01-01
const lastDay = 2932896 // 9999-12-31
const weekdayNames = ['一', '二', '三', '四', '五', '六', '日']

interface Parts {
  year: number
  month: number
  day: number
}

/** Is `year` a leap year of the Gregorian calendar? */
export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** Days in a month (1–12) of a year. */
function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (daysOfMonth[month - 1] ?? 0)
}

function digits(text: string, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to; i += 1) {
    const digit = text.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

function readParts(text: unknown): Parts | null {
  if (typeof text !== 'string' || text.length !== 10 || text[4] !== '-' || text[7] !== '-') return null
  const year = digits(text, 0, 4)
  const month = digits(text, 5, 7)
  const day = digits(text, 8, 10)
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null
  return { year, month, day }
}

/** Is this exactly `YYYY-MM-DD` and a day that exists (years 0001–9999)? */
export function isPlainDate(value: unknown): value is PlainDate {
  return readParts(value) !== null
}

/** Throws `CalendarError('invalid_date')` unless the value is an existing day written `YYYY-MM-DD`. */
export function assertPlainDate(value: unknown): asserts value is PlainDate {
  partsOf(value)
}

/** Year, month and day of a date; refuses what `isPlainDate` refuses. */
export function partsOf(value: unknown): Parts {
  const parts = readParts(value)
  if (parts) return parts
  throw new CalendarError('invalid_date', `日期“${String(value)}”无效：须为确实存在的日期，写作 YYYY-MM-DD`)
}

// Days from civil / civil from days, the usual 400-year era arithmetic on a year that starts in March.
export function dayNumberOfParts(year: number, month: number, day: number): DayNumber {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146097 + dayOfEra - 719468
}

/** Day number of a date; refuses an invalid date. */
export function toDayNumber(date: PlainDate): DayNumber {
  const { year, month, day } = partsOf(date)
  return dayNumberOfParts(year, month, day)
}

/** Date of a day number; refuses days outside 0001–9999. */
export function fromDayNumber(days: DayNumber): PlainDate {
  if (!Number.isInteger(days) || days < firstDay || days > lastDay) {
    throw new CalendarError('out_of_range', '日期超出公元1年至9999年的范围')
  }
  const shifted = days + 719468
  const era = Math.floor(shifted / 146097)
  const dayOfEra = shifted - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return writeParts(year, month, day)
}

function writeParts(year: number, month: number, day: number): PlainDate {
  const yyyy = year >= 1000 ? String(year) : String(year).padStart(4, '0')
  return `${yyyy}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`
}

/** Monday = 1 … Sunday = 7, of a day number. */
export function weekdayOfDayNumber(days: DayNumber): number {
  return ((((days + 3) % 7) + 7) % 7) + 1
}

/** Monday = 1 … Sunday = 7. */
export function weekday(date: PlainDate): number {
  return weekdayOfDayNumber(toDayNumber(date))
}

/** `n` days later (earlier when negative); refuses an invalid date or a fraction. */
export function addDays(date: PlainDate, n: number): PlainDate {
  assertWhole(n)
  return fromDayNumber(toDayNumber(date) + n)
}

/** Days from `a` to `b`: 0 for the same day, negative when `b` is earlier. */
export function daysBetween(a: PlainDate, b: PlainDate): number {
  return toDayNumber(b) - toDayNumber(a)
}

/** −1, 0 or 1, for sorting; refuses invalid dates. */
export function compareDates(a: PlainDate, b: PlainDate): -1 | 0 | 1 {
  return Math.sign(toDayNumber(a) - toDayNumber(b)) as -1 | 0 | 1
}

/**
 * The corresponding day `n` months later, or the last day of that month where there is none (民法典 202).
 * Because the starting day itself is not counted (民法典 201), this day is the last day of a period of `n` months.
 */
export function addMonths(date: PlainDate, n: number): PlainDate {
  assertWhole(n)
  const { year, month, day } = partsOf(date)
  const months = year * 12 + (month - 1) + n
  const y = Math.floor(months / 12)
  const m = months - y * 12 + 1
  if (y < 1 || y > 9999) throw new CalendarError('out_of_range', '日期超出公元1年至9999年的范围')
  return writeParts(y, m, Math.min(day, daysInMonth(y, m)))
}

/** The corresponding day `n` years later; 29 February becomes 28 February in a common year (民法典 202). */
export function addYears(date: PlainDate, n: number): PlainDate {
  assertWhole(n)
  return addMonths(date, n * 12)
}

/**
 * Last day on which a document with a validity of `years` years is still in force, `start` being its first day in
 * force (施行之日起). The first day counts here, unlike in a procedural period, so the last day is the day before the
 * corresponding day: 2026-01-01 for five years ends 2030-12-31. Where the corresponding day does not exist
 * (29 February), the end of the month is the last day (民法典 202): 2024-02-29 for five years ends 2029-02-28.
 * It never rolls: 民法典 203 extends a period for doing something, not the life of a norm.
 */
export function validityLastDay(start: PlainDate, years: number): PlainDate {
  if (!Number.isInteger(years) || years < 1) {
    throw new CalendarError('invalid_amount', '有效期须为正整数年')
  }
  const corresponding = addYears(start, years)
  return corresponding.slice(8) === start.slice(8) ? addDays(corresponding, -1) : corresponding
}

/** `2025年10月27日（星期一）`. */
export function describeDay(date: PlainDate): string {
  const { year, month, day } = partsOf(date)
  return `${year}年${month}月${day}日（星期${weekdayNames[weekday(date) - 1]}）`
}

/** “周一” … “周日” of a day number. */
export function shortWeekday(days: DayNumber): string {
  return `周${weekdayNames[weekdayOfDayNumber(days) - 1]}`
}

function assertWhole(n: number): void {
  if (!Number.isSafeInteger(n)) throw new CalendarError('invalid_amount', '天数、月数、年数须为整数')
}
