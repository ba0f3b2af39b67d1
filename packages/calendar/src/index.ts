// Working days and periods of one jurisdiction, each answer with its day-by-day trace.
export type { CalendarData, DayEntry, Notice } from './calendar-data.ts'
export { CalendarError, type CalendarErrorCode } from './calendar-error.ts'
export { dateInShanghai, endOfDayInstant, minuteInShanghai, startOfDayInstant } from './instant.ts'
export { baselineYears } from './national-baseline.ts'
export { ningxiaOverlay } from './ningxia-overlay.ts'
export {
  addDays,
  addMonths,
  addYears,
  assertPlainDate,
  compareDates,
  daysBetween,
  describeDay,
  isLeapYear,
  isPlainDate,
  type PlainDate,
  validityLastDay,
  weekday,
} from './plain-date.ts'
export { lastFestivalYear, type StatutoryDay, statutoryDays } from './statutory-days.ts'
export {
  changedDays,
  createCalendar,
  type DayAnswer,
  type Pause,
  type PeriodAnswer,
  type PeriodRequest,
  type TraceDay,
  type Unit,
  type WorkCalendar,
} from './work-calendar.ts'
