// What a calendar is made of. The national baseline (State Council notices 2004–2026) comes from chinese-days;
// everything newer or local is data of the jurisdiction.
import type { PlainDate } from './plain-date.ts'

/** One day that is not what its weekday says. */
export interface DayEntry {
  date: PlainDate
  /** `off`: nobody works; `work`: worked although a weekend, or worked although a notice had freed it. */
  kind: 'off' | 'work'
  /** “国庆节”, “开斋节” … */
  name: string
  /** The notice that says so. */
  source: string
  /** Short name of the area of a local entry (宁夏); shown in the trace. */
  region?: string
}

/** A State Council notice loaded by an administrator; overrides the baseline day by day. */
export interface Notice {
  year: number
  source: string
  days: DayEntry[]
  /**
   * A later amendment of a published arrangement (春节延长 2020, 劳动节 2019): its days override, but it does not by itself
   * make the year count as announced.
   */
  amends?: boolean
}

export interface CalendarData {
  /** Code or path of the jurisdiction, for display. */
  jurisdiction: string
  /** Notices on top of the baseline, applied in order: a later one wins on the days it names. */
  notices: Notice[]
  /** Local holidays of the jurisdiction; they win over notices. */
  overlay: DayEntry[]
  /** First year in which local holidays exist here; absent where there are none. */
  overlayExpectedFrom?: number
  /** Years without any overlay row that an administrator has confirmed as complete. */
  overlayEnteredYears?: number[]
  /** Names of the expected local holidays, for the note (开斋节、古尔邦节). */
  overlayNames?: string[]
}
