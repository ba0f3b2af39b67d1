// A series of numbers as data: which number comes next, what became of each, and which gaps nobody has explained
// (rules 5.5). The locked counter row is the database's business; these functions only say what is right.
import { NumberingError } from './numbering-error.ts'

export interface SeriesState {
  /** true: every year starts again at 1; false: the series runs on (令号). */
  resetYearly: boolean
  /** Highest number taken so far, by year. */
  years: Readonly<Record<number, number>>
}

export type NumberStatus =
  | { kind: 'issued'; documentId?: string; published?: boolean }
  | { kind: 'reserved'; expiresOn: string; documentId?: string }
  | { kind: 'void'; reason: string; approver: string; voidedAt?: string }

export interface SeriesEntry {
  series: string
  year: number
  seq: number
  status: NumberStatus
}

export type GapFault = 'unexplained_gap' | 'duplicate' | 'void_without_reason' | 'reservation_expired'

export interface SeriesRow {
  /** Year of the entry; for a continuing series the year it was taken in, null for a gap there. */
  year: number | null
  seq: number
  status: NumberStatus['kind'] | 'missing'
  /** One sentence for the annual list. */
  note: string
  fault?: GapFault
}

export interface SeriesAccount {
  series: string
  /** null for a series that runs across the years. */
  year: number | null
  max: number
  rows: SeriesRow[]
  /** Numbers that are neither issued nor reserved nor void. */
  unexplained: number[]
  isComplete: boolean
}

const largest = 99_999

/** The next number of a series in a year and the state after it. Refuses a wrong year and a series that is full. */
export function nextInSeries(state: SeriesState, year: number): { year: number; seq: number; state: SeriesState } {
  if (!Number.isInteger(year) || year < 1900 || year > 2099) {
    throw new NumberingError('invalid_year', `编号年份“${year}”无效`)
  }
  const taken = Object.entries(state.years)
  const wrong = taken.find(([, last]) => !Number.isSafeInteger(last) || last < 0)
  if (wrong) throw new NumberingError('invalid_series', `编号序列${wrong[0]}年的末号“${wrong[1]}”无效`)
  const last = state.resetYearly ? (state.years[year] ?? 0) : Math.max(0, ...taken.map(([, value]) => value))
  const seq = last + 1
  if (seq > largest) throw new NumberingError('series_exhausted', `编号序列已满（${largest}）`)
  return { year, seq, state: { ...state, years: { ...state.years, [year]: seq } } }
}

/** Which year's series a document takes when it is signed in one year and registered in the next; a choice of the pack. */
export type YearPolicy = 'registration_year' | 'adoption_year'

/**
 * The year of the number for a document with this 成文日期 and 登记日期 (both `YYYY-MM-DD`). The 成文日期 itself never changes;
 * a warning says when the two years differ, because practice does (rules 5.5).
 */
export function numberingYear(
  dates: { adoptionDate: string; registrationDate: string },
  policy: YearPolicy,
): { year: number; warning: string | null } {
  const adopted = yearOf(dates.adoptionDate)
  const registered = yearOf(dates.registrationDate)
  const year = policy === 'registration_year' ? registered : adopted
  const warning =
    adopted === registered ? null : `成文日期在${adopted}年，登记在${registered}年，按${year}年的序列编号，成文日期不变`
  return { year, warning }
}

function yearOf(date: string): number {
  const year = /^([0-9]{4})-[0-9]{2}-[0-9]{2}$/.exec(date)?.[1]
  if (year === undefined) throw new NumberingError('invalid_year', `日期“${date}”无效`)
  return Number(year)
}

/** What may happen to a number. `void` after publication is refused: then only 撤销 or 废止 with a published decision. */
export type NumberAction =
  | { kind: 'issue'; documentId: string }
  | { kind: 'void'; reason: string; approver: string; voidedAt: string }
  | { kind: 'publish' }
  | { kind: 'expire'; today: string }

/** The status after an action; refuses what would free, reuse or silently lose a number. */
export function changeStatus(status: NumberStatus, action: NumberAction): NumberStatus {
  switch (action.kind) {
    case 'issue':
      if (status.kind !== 'reserved') throw refusedChange('只有预留号可以转为正式编号，已用和作废的号不得再次使用')
      if (status.documentId !== undefined && status.documentId !== action.documentId) {
        throw refusedChange('该号预留给另一份文件')
      }
      return { kind: 'issued', documentId: action.documentId }
    case 'publish':
      if (status.kind !== 'issued') throw refusedChange('只有正式编号的文件可以公布')
      return { ...status, published: true }
    case 'void':
      if (status.kind === 'void') throw refusedChange('该号已经作废')
      if (status.kind === 'issued' && status.published) {
        throw refusedChange('文件已经公布，不得作废字号，只能公布撤销或者废止的决定')
      }
      if (action.reason.trim() === '' || action.approver.trim() === '') throw refusedChange('作废须有理由和批准人')
      return { kind: 'void', reason: action.reason, approver: action.approver, voidedAt: action.voidedAt }
    case 'expire':
      if (status.kind !== 'reserved' || status.expiresOn >= action.today) return status
      return { kind: 'void', reason: `预留期至${status.expiresOn}届满未使用`, approver: '系统', voidedAt: action.today }
    default:
      return action satisfies never
  }
}

/**
 * The account of every series and year: each number from 1 to the highest with what became of it, in order.
 * `today` (`YYYY-MM-DD`) also reports reservations past their date; series named in `continuing` run across the years.
 */
export function explainGaps(
  entries: readonly SeriesEntry[],
  options: { today?: string; continuing?: readonly string[] } = {},
): SeriesAccount[] {
  const groups = new Map<string, { series: string; year: number | null; entries: SeriesEntry[] }>()
  for (const entry of entries) {
    if (!Number.isInteger(entry.seq) || entry.seq < 1 || entry.seq > largest) {
      throw new NumberingError('invalid_sequence', `序列“${entry.series}”含有无效的号“${entry.seq}”`)
    }
    const year = options.continuing?.includes(entry.series) ? null : entry.year
    const key = JSON.stringify([entry.series, year])
    const group = groups.get(key) ?? { series: entry.series, year, entries: [] }
    group.entries.push(entry)
    groups.set(key, group)
  }
  return [...groups.values()]
    .map((group) => account(group, options.today))
    .sort((a, b) => (a.series < b.series ? -1 : a.series > b.series ? 1 : (a.year ?? 0) - (b.year ?? 0)))
}

function account(
  group: { series: string; year: number | null; entries: SeriesEntry[] },
  today?: string,
): SeriesAccount {
  const bySeq = new Map<number, SeriesEntry[]>()
  let max = 0
  for (const entry of group.entries) {
    bySeq.set(entry.seq, [...(bySeq.get(entry.seq) ?? []), entry])
    max = Math.max(max, entry.seq)
  }
  const rows: SeriesRow[] = []
  for (let seq = 1; seq <= max; seq += 1) {
    const found = bySeq.get(seq)
    if (!found) {
      rows.push({ year: group.year, seq, status: 'missing', note: '空号，没有说明', fault: 'unexplained_gap' })
      continue
    }
    for (const entry of found) rows.push(row(entry, found.length > 1, today))
  }
  return {
    series: group.series,
    year: group.year,
    max,
    rows,
    unexplained: rows.filter((item) => item.status === 'missing').map((item) => item.seq),
    isComplete: rows.every((item) => item.fault === undefined),
  }
}

function row(entry: SeriesEntry, isDuplicate: boolean, today?: string): SeriesRow {
  const { status, year, seq } = entry
  const base = { year, seq, status: status.kind }
  const note = noteOf(status)
  if (isDuplicate) return { ...base, note: `${note}（重号）`, fault: 'duplicate' }
  if (status.kind === 'void' && (status.reason.trim() === '' || status.approver.trim() === '')) {
    return { ...base, note, fault: 'void_without_reason' }
  }
  if (status.kind === 'reserved' && today !== undefined && status.expiresOn < today) {
    return { ...base, note: `${note}，已过期`, fault: 'reservation_expired' }
  }
  return { ...base, note }
}

function noteOf(status: NumberStatus): string {
  switch (status.kind) {
    case 'issued':
      return status.published ? '已编号，已公布' : '已编号'
    case 'reserved':
      return `预留至${status.expiresOn}`
    case 'void':
      return `作废：${status.reason.trim() || '没有理由'}（批准人：${status.approver.trim() || '没有记录'}）`
    default:
      return status satisfies never
  }
}

function refusedChange(message: string): NumberingError {
  return new NumberingError('transition_refused', message)
}
