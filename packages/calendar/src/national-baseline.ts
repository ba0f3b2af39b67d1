// The State Council's holiday arrangements 2004–2026, taken once from the tables of chinese-days.
// @NOTE Only its tables are used: its functions accept invalid dates, answer unannounced years as if they were
// known, and read dates in the zone of the process.
import tables from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { type DayNumber, partsOf, toDayNumber } from './plain-date.ts'

export interface NationalDay {
  kind: 'off' | 'work'
  name: string
  source: string
}

/** First and last year whose notice is in the baseline. */
export const baselineYears = { from: 2004, to: 2026 } as const

/** Exceptions from Monday–Friday, by day number. */
export const nationalDays: ReadonlyMap<DayNumber, NationalDay> = readTables()

function readTables(): Map<DayNumber, NationalDay> {
  const days = new Map<DayNumber, NationalDay>()
  add(days, tables.holidays, 'off')
  add(days, tables.workdays, 'work')
  return days
}

function add(days: Map<DayNumber, NationalDay>, table: Record<string, string>, kind: 'off' | 'work'): void {
  for (const [date, text] of Object.entries(table)) {
    const name = text.split(',')[1] ?? ''
    const { year, month } = partsOf(date)
    // The last days of December belong to the New Year of the following notice (2018-12-29, 2022-12-31).
    const noticeYear = month === 12 && name === '元旦' ? year + 1 : year
    const source = `国务院办公厅关于${noticeYear}年部分节假日安排的通知`
    days.set(toDayNumber(date), { kind, name, source })
  }
}
