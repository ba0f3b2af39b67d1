// Working days and periods (rules 2.20): 《民法典》 201–204, 《全国年节及纪念日放假办法》, the yearly notices of the State Council and
// the local holidays of the jurisdiction. Every answer carries its day-by-day trace.

import type { CalendarData, DayEntry } from './calendar-data.ts'
import { CalendarError } from './calendar-error.ts'
import { endOfDayInstant } from './instant.ts'
import { baselineYears, nationalDays } from './national-baseline.ts'
import {
  addMonths,
  type DayNumber,
  dayNumberOfParts,
  fromDayNumber,
  isPlainDate,
  type PlainDate,
  partsOf,
  shortWeekday,
  toDayNumber,
  weekdayOfDayNumber,
} from './plain-date.ts'
import { lastFestivalYear, type StatutoryDay, statutoryDays } from './statutory-days.ts'

export type Unit = 'working_day' | 'calendar_day' | 'month' | 'year'

/**
 * A stop of the clock. Both ends are outside the count: `from` is the day it stops (补正通知发出之日), `to` the day it
 * resumes (材料补齐之日), and counting continues on the day after `to`, as after any starting day (民法典 201). So exactly
 * the days `from` … `to`, both included, are lost. `to: null` = still stopped.
 */
export interface Pause {
  from: PlainDate
  to: PlainDate | null
  reason: string
}

export interface PeriodRequest {
  /** The day of the event that starts the period; not counted itself. */
  start: PlainDate
  /** Whole number of units, 0 or more; 0 ends on the starting day. */
  amount: number
  unit: Unit
  /**
   * `deadline` (不超过): the act must be done by the end of `due`.
   * `minimum` (不少于): the period must have run out; the next step is lawful after the end of `due`.
   * Both roll forward to a working day; neither is ever shortened.
   */
  mode: 'deadline' | 'minimum'
  pauses?: Pause[]
  /** For a pause that has not ended: reckon as if it ends on this day (default: the day it began). */
  asOf?: PlainDate
}

export interface TraceDay {
  date: PlainDate
  counted: boolean
  /** 1, 2, 3 … of the counted days. */
  index?: number
  /** “起算日不计入”, “工作日”, “周六”, “国庆节放假”, “调休上班（国庆节）”, “开斋节（宁夏）”, “中止：…”, “顺延：…”, “顺延至首个工作日” */
  reason: string
  kind: 'start' | 'counted' | 'skipped' | 'paused' | 'rolled'
  /** The notice behind the reason. */
  source?: string
  /** The day lies in a year without notice and its being a working day or not matters here. */
  provisional?: boolean
}

export interface PeriodAnswer {
  /** Last day of the period, ending at 24:00 Beijing time. */
  due: PlainDate
  /** Last day before rolling (民法典 203). */
  rawDue: PlainDate
  /** The instant at which `due` ends. */
  endsAt: string
  rolled: boolean
  /** The answer leans on a year without notice, or on a pause that has not ended. */
  provisional: boolean
  /** All assumptions in one sentence, in Chinese; absent when there are none. */
  assumption?: string
  /** Years without a State Council notice that the answer leans on. */
  unannouncedYears: number[]
  /** Years whose local holidays are expected but not entered; does not make the answer provisional. */
  overlayMissingYears: number[]
  /** A pause without an end was reckoned as ending on `asOf` or on its first day. */
  suspended: boolean
  trace: TraceDay[]
}

export interface DayAnswer {
  date: PlainDate
  workday: boolean
  kind: 'workday' | 'weekend' | 'holiday' | 'makeup_workday' | 'local_holiday' | 'local_workday'
  /** Name of the holiday or of the holiday it makes up for. */
  name?: string
  reason: string
  source?: string
  provisional: boolean
  assumption?: string
}

export interface WorkCalendar {
  readonly data: CalendarData
  /** 1 January of the first year without a notice: from here on working days are an assumption. */
  readonly provisionalFrom: PlainDate
  /** Is the State Council's arrangement for this year known? */
  isAnnounced(year: number): boolean
  /** The local festivals of which none has been entered for this year, though the place has them. */
  missingLocal(year: number): readonly string[]
  /** What kind of day is it, why, and on which notice. Refuses invalid dates and days before 2004. */
  isWorkday(date: PlainDate): DayAnswer
  /** When does the period end, and how was it counted. Refuses invalid dates, amounts, pauses, and days before 2004. */
  explain(request: PeriodRequest): PeriodAnswer
  /** The first working day strictly after the date. */
  nextWorkday(date: PlainDate): PlainDate
  /** The date itself if worked, else the first working day after it. */
  workdayOnOrAfter(date: PlainDate): PlainDate
  /** Working days after `a` up to and including `b`; negative when `b` is earlier. */
  workdaysBetween(a: PlainDate, b: PlainDate): number
}

interface DayFact {
  workday: boolean
  kind: DayAnswer['kind']
  reason: string
  name?: string
  source?: string
}

interface Exception {
  fact: DayFact
}

const longest: Record<Unit, number> = { working_day: 5_000, calendar_day: 36_600, month: 1_200, year: 100 }
const unitNames: Record<Unit, string> = { working_day: '个工作日', calendar_day: '日', month: '个月', year: '年' }
const plainWorkday: DayFact = { workday: true, kind: 'workday', reason: '工作日' }
const saturday: DayFact = { workday: false, kind: 'weekend', reason: '周六' }
const sunday: DayFact = { workday: false, kind: 'weekend', reason: '周日' }
const earliest = dayNumberOfParts(baselineYears.from, 1, 1)

const baseline: ReadonlyMap<DayNumber, Exception> = new Map(
  Array.from(nationalDays, ([day, entry]) => [day, { fact: nationalFact(day, entry) }] as const),
)

/** The days that the law itself frees, year by year, read when first asked. They need no notice. */
const statutoryYears = new Map<number, ReadonlyMap<DayNumber, Exception>>()
function statutoryOn(day: DayNumber): Exception | undefined {
  const year = Number(fromDayNumber(day).slice(0, 4))
  let days = statutoryYears.get(year)
  if (!days) {
    days = new Map(statutoryDays(year).map((entry) => [toDayNumber(entry.date), { fact: statutoryFact(entry) }]))
    statutoryYears.set(year, days)
  }
  return days.get(day)
}

/**
 * A calendar of one jurisdiction: the statutory holidays, on top of them the national baseline of notices, then
 * `data.notices` in order, then `data.overlay`.
 * Refuses entries whose date or kind is invalid.
 */
export function createCalendar(data: CalendarData): WorkCalendar {
  const exceptions = new Map<DayNumber, Exception>()
  const announced = new Set<number>()
  for (let year: number = baselineYears.from; year <= baselineYears.to; year += 1) announced.add(year)
  for (const notice of data.notices) {
    if (!Number.isInteger(notice.year)) throw new CalendarError('invalid_data', '放假通知的年份须为整数')
    if (!notice.amends) announced.add(notice.year)
    for (const entry of notice.days) {
      const day = entryDay(entry)
      exceptions.set(day, { fact: nationalFact(day, { ...entry, source: entry.source || notice.source }) })
    }
  }
  const overlayYears = new Set(data.overlayEnteredYears ?? [])
  for (const entry of data.overlay) {
    const day = entryDay(entry)
    overlayYears.add(partsOf(entry.date).year)
    exceptions.set(day, { fact: localFact(entry, data.jurisdiction) })
  }
  let firstUnannounced: number = baselineYears.from
  while (announced.has(firstUnannounced)) firstUnannounced += 1

  const factOf = (day: DayNumber): DayFact => {
    const exception = exceptions.get(day) ?? baseline.get(day) ?? statutoryOn(day)
    if (exception) return exception.fact
    const weekday = weekdayOfDayNumber(day)
    return weekday < 6 ? plainWorkday : weekday === 6 ? saturday : sunday
  }
  const overlayMissing = (year: number): boolean =>
    data.overlayExpectedFrom !== undefined && year >= data.overlayExpectedFrom && !overlayYears.has(year)
  const isUnannounced = (year: number): boolean => !announced.has(year)
  /** What nobody has arranged yet: statutory holidays stand without a notice, everything else may still be moved. */
  const isOpen = (day: DayNumber, year: number): boolean =>
    isUnannounced(year) && !exceptions.has(day) && statutoryOn(day) === undefined

  const onOrAfter = (from: DayNumber): DayNumber => {
    let day = from
    while (!factOf(day).workday) day += 1
    return day
  }

  function assumptionOf(
    unannounced: number[],
    missing: number[],
    suspendedUntil: PlainDate | null,
  ): string | undefined {
    const parts: string[] = []
    if (unannounced.length > 0) {
      parts.push(
        `${listYears(unannounced)}放假安排尚未公布：法定节日依《全国年节及纪念日放假办法》已扣除，调休、补假待通知公布，其余暂按周一至周五为工作日计算`,
      )
      const beyond = unannounced.filter((year) => year > lastFestivalYear)
      if (beyond.length > 0) parts.push(`${listYears(beyond)}的农历节日与清明未列入年表，尚未扣除`)
    }
    if (missing.length > 0) {
      const names = data.overlayNames?.length ? `（${data.overlayNames.join('、')}）` : ''
      parts.push(`${listYears(missing)}本地节日${names}未录入，暂未扣除`)
    }
    if (suspendedUntil !== null) parts.push(`期限中止尚未恢复，暂按${suspendedUntil}恢复计算`)
    return parts.length > 0 ? parts.join('；') : undefined
  }

  function isWorkday(date: PlainDate): DayAnswer {
    const day = inRange(date)
    const { year } = partsOf(date)
    const fact = factOf(day)
    const provisional = isOpen(day, year)
    const assumption = assumptionOf(provisional ? [year] : [], overlayMissing(year) ? [year] : [], null)
    return { date, ...fact, provisional, ...(assumption === undefined ? {} : { assumption }) }
  }

  function explain(request: PeriodRequest): PeriodAnswer {
    checkAmount(request)
    const start = inRange(request.start)
    const pauses = readPauses(request)
    const trace: TraceDay[] = [{ date: request.start, counted: false, kind: 'start', reason: '起算日不计入' }]
    const unannounced = new Set<number>()
    const missing = new Set<number>()
    // Only a day whose being worked or not was asked can make the answer lean on an assumption.
    const ask = (day: DayNumber, date: PlainDate): { fact: DayFact; provisional: boolean } => {
      const year = Number(date.slice(0, 4))
      const provisional = isOpen(day, year)
      if (provisional) unannounced.add(year)
      if (overlayMissing(year)) missing.add(year)
      return { fact: factOf(day), provisional }
    }
    const pauseOn = (day: DayNumber): ReadPause | undefined =>
      pauses.find((pause) => day >= pause.from && day <= pause.to)

    const byWorkday = request.unit === 'working_day'
    let target = calendarTarget(request, start)
    let day = start
    let index = 0
    let suspendedUntil: DayNumber | null = null
    const isComplete = (): boolean => (byWorkday ? index >= request.amount : day >= target)
    while (!isComplete()) {
      day += 1
      const date = fromDayNumber(day)
      const pause = pauseOn(day)
      if (pause) {
        if (pause.open) suspendedUntil = pause.to
        if (!byWorkday) target += 1
        trace.push({ date, counted: false, kind: 'paused', reason: `中止：${pause.reason}` })
        continue
      }
      if (!byWorkday) {
        index += 1
        trace.push(traceDay(date, factOf(day), 'counted', index, false))
        continue
      }
      const { fact, provisional } = ask(day, date)
      if (fact.workday) index += 1
      trace.push(
        traceDay(date, fact, fact.workday ? 'counted' : 'skipped', fact.workday ? index : undefined, provisional),
      )
    }

    const raw = day
    if (!byWorkday && request.amount > 0) {
      const last = ask(raw, fromDayNumber(raw))
      const lastTrace = trace[trace.length - 1]
      if (lastTrace && last.provisional) lastTrace.provisional = true
      let worked = last.fact.workday
      while (!worked) {
        day += 1
        const date = fromDayNumber(day)
        const pause = pauseOn(day)
        if (pause) {
          if (pause.open) suspendedUntil = pause.to
          trace.push({ date, counted: false, kind: 'paused', reason: `中止：${pause.reason}` })
          continue
        }
        const { fact, provisional } = ask(day, date)
        worked = fact.workday
        const rolled = traceDay(date, fact, 'rolled', undefined, provisional)
        rolled.reason = worked
          ? `顺延至首个工作日${fact === plainWorkday ? '' : `（${fact.reason}）`}`
          : `顺延：${fact.reason}`
        trace.push(rolled)
      }
    }

    const unannouncedYears = [...unannounced].sort((a, b) => a - b)
    const overlayMissingYears = [...missing].sort((a, b) => a - b)
    const assumption = assumptionOf(
      unannouncedYears,
      overlayMissingYears,
      suspendedUntil === null ? null : fromDayNumber(suspendedUntil),
    )
    const due = fromDayNumber(day)
    return {
      due,
      rawDue: fromDayNumber(raw),
      endsAt: endOfDayInstant(due),
      rolled: day !== raw,
      provisional: unannouncedYears.length > 0 || suspendedUntil !== null,
      ...(assumption === undefined ? {} : { assumption }),
      unannouncedYears,
      overlayMissingYears,
      suspended: suspendedUntil !== null,
      trace,
    }
  }

  function workdaysBetween(a: PlainDate, b: PlainDate): number {
    const from = inRange(a)
    const to = inRange(b)
    const [low, high] = from <= to ? [from, to] : [to, from]
    let count = 0
    for (let day = low + 1; day <= high; day += 1) if (factOf(day).workday) count += 1
    return from <= to ? count : -count
  }

  return {
    data,
    provisionalFrom: `${firstUnannounced}-01-01`,
    isAnnounced: (year) => announced.has(year),
    missingLocal: (year) => (overlayMissing(year) ? (data.overlayNames ?? ['本地节日']) : []),
    isWorkday,
    explain,
    nextWorkday: (date) => fromDayNumber(onOrAfter(inRange(date) + 1)),
    workdayOnOrAfter: (date) => fromDayNumber(onOrAfter(inRange(date))),
    workdaysBetween,
  }
}

/**
 * Days that are worked under one set of data and not under the other, from `from` to `to` (both included): what the
 * loading of a notice or of local holidays changed, so that the open deadlines crossing them can be reckoned again.
 */
export function changedDays(before: WorkCalendar, after: WorkCalendar, from: PlainDate, to: PlainDate): PlainDate[] {
  const changed: PlainDate[] = []
  for (let day = inRange(from); day <= toDayNumber(to); day += 1) {
    const date = fromDayNumber(day)
    const a = before.isWorkday(date)
    const b = after.isWorkday(date)
    if (a.workday !== b.workday || a.provisional !== b.provisional) changed.push(date)
  }
  return changed
}

interface ReadPause {
  from: DayNumber
  to: DayNumber
  open: boolean
  reason: string
}

function readPauses(request: PeriodRequest): ReadPause[] {
  if (!request.pauses?.length) return []
  const asOf = request.asOf === undefined ? null : toDayNumber(request.asOf)
  return request.pauses.map((pause) => {
    const from = toDayNumber(pause.from)
    if (pause.to === null) return { from, to: Math.max(from, asOf ?? from), open: true, reason: pause.reason }
    const to = toDayNumber(pause.to)
    if (to < from) throw new CalendarError('invalid_pause', `中止的恢复日 ${pause.to} 早于中止日 ${pause.from}`)
    return { from, to, open: false, reason: pause.reason }
  })
}

function calendarTarget(request: PeriodRequest, start: DayNumber): DayNumber {
  switch (request.unit) {
    case 'working_day':
      return start
    case 'calendar_day':
      return start + request.amount
    case 'month':
      return toDayNumber(addMonths(request.start, request.amount))
    case 'year':
      return toDayNumber(addMonths(request.start, request.amount * 12))
    default:
      throw unknownUnit(request.unit)
  }
}

function unknownUnit(unit: never): CalendarError {
  return new CalendarError('invalid_unit', `期限单位“${String(unit)}”无效`)
}

function checkAmount(request: PeriodRequest): void {
  if (!Object.hasOwn(longest, request.unit)) throw unknownUnit(request.unit as never)
  if (!Number.isSafeInteger(request.amount) || request.amount < 0) {
    throw new CalendarError('invalid_amount', `期限“${String(request.amount)}”无效：须为不小于零的整数`)
  }
  if (request.amount > longest[request.unit]) {
    throw new CalendarError('too_long', `期限过长：最多${longest[request.unit]}${unitNames[request.unit]}`)
  }
}

function inRange(date: PlainDate): DayNumber {
  const day = toDayNumber(date)
  if (day < earliest) {
    throw new CalendarError('out_of_range', `${date} 早于${baselineYears.from}年，没有放假安排数据，无法判断工作日`)
  }
  return day
}

function entryDay(entry: DayEntry): DayNumber {
  if (!isPlainDate(entry.date) || (entry.kind !== 'off' && entry.kind !== 'work')) {
    throw new CalendarError('invalid_data', `节假日数据“${String(entry.date)} ${String(entry.kind)}”无效`)
  }
  return toDayNumber(entry.date)
}

function nationalFact(day: DayNumber, entry: Pick<DayEntry, 'kind' | 'name' | 'source'>): DayFact {
  const { name, source } = entry
  if (entry.kind === 'off') return { workday: false, kind: 'holiday', reason: `${name}放假`, name, source }
  if (weekdayOfDayNumber(day) < 6) return { workday: true, kind: 'workday', reason: '正常上班', name, source }
  return { workday: true, kind: 'makeup_workday', reason: `调休上班（${name}，${shortWeekday(day)}）`, name, source }
}

function statutoryFact({ name, source }: StatutoryDay): DayFact {
  return { workday: false, kind: 'holiday', reason: `${name}放假（法定节日）`, name, source }
}

function localFact(entry: DayEntry, jurisdiction: string): DayFact {
  const { name, source } = entry
  const reason = `${name}（${entry.region ?? jurisdiction}）`
  if (entry.kind === 'off') return { workday: false, kind: 'local_holiday', reason, name, source }
  return { workday: true, kind: 'local_workday', reason: `本地上班：${reason}`, name, source }
}

function traceDay(
  date: PlainDate,
  fact: DayFact,
  kind: 'counted' | 'skipped' | 'rolled',
  index: number | undefined,
  provisional: boolean,
): TraceDay {
  const day: TraceDay = { date, counted: kind === 'counted', kind, reason: fact.reason }
  if (index !== undefined) day.index = index
  if (fact.source !== undefined) day.source = fact.source
  if (provisional) day.provisional = true
  return day
}

function listYears(years: number[]): string {
  return years.map((year) => `${year}年`).join('、')
}
