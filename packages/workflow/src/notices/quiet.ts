// When it may be told outside: not at night, not on days of rest. Pure; times are of Beijing.
import { addDays, dateInShanghai, type WorkCalendar } from '@dianzhang/calendar'

export interface Hours {
  /** `HH:MM`. */
  quietFrom: string
  quietUntil: string
}
const offset = 8 * 3600_000
const timeOf = (at: Date): string => new Date(at.getTime() + offset).toISOString().slice(11, 16)
/** The instant of a time of day (Beijing). */
export const instantAt = (day: string, time: string): Date => new Date(`${day}T${time}:00+08:00`)

/** The first instant from `at` on at which staff may be told: within the hours of a working day. */
export function outsideQuiet(at: Date, hours: Hours, calendar: WorkCalendar): Date {
  const today = dateInShanghai(at.toISOString())
  const time = timeOf(at)
  const working = calendar.isWorkday(today).workday
  if (working && time >= hours.quietUntil && time < hours.quietFrom) return at
  const day = calendar.workdayOnOrAfter(working && time < hours.quietUntil ? today : addDays(today, 1))
  return instantAt(day, hours.quietUntil)
}
/** The day `n` working days after `on` (before it, where negative); 0 is `on` itself, moved to the next working day. */
export function workdaysFrom(on: string, n: number, calendar: WorkCalendar): string {
  let day = n >= 0 ? calendar.workdayOnOrAfter(on) : on
  for (let left = Math.abs(n); left > 0; ) {
    day = addDays(day, n < 0 ? -1 : 1)
    if (calendar.isWorkday(day).workday) left -= 1
  }
  return day
}
