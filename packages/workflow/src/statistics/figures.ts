// The figures: each a formula over facts, with the exact list behind numerator and denominator. Pure: facts in, lists out. A
// figure as of a past day is the same formula over the facts known on that day.
import { type Track, trackLabels } from '@dianzhang/contract'

type Day = string
export interface EntryFact {
  id: string
  title: string
  number: string | null
  issuer: string
  /** Government, department, township; null where it is not known. */
  tier: string | null
  publishedOn: Day
  /** When the register came to know it. */
  recordedOn: Day
  /** Whether it stood (in force, amended, suspended, not yet in effect) at the end of a day; null: its force is not verified. */
  standsOn: (day: Day) => boolean | null
  /** What changed its force, as known: kind and day. */
  changes: ReadonlyArray<{ kind: string; on: Day }>
}
/** What became of one document's duty to be filed on one track, as far as known. */
export interface FilingFact {
  entry: string
  title: string
  issuer: string
  track: Track
  publishedOn: Day
  dueOn: Day | null
  /**
   * In the order of time; `due`: by when it was to be done; of what was asked to be supplemented, and of what was returned on a
   * ground after which sending again in time is not late: by when that was due.
   */
  steps: Array<{ kind: FilingStep; on: Day; due?: Day | null }>
  outcome: string | null
  /** Of a document of another installation: where it is published there; null: nowhere that is known. */
  address?: string | null
}
export type FilingStep =
  | 'sent'
  | 'returned'
  | 'deferred'
  | 'supplied'
  | 'registered'
  | 'asked'
  | 'opinion'
  | 'corrected'
  | 'annulled'
  | 'closed'
export interface Facts {
  from: Day
  to: Day
  /** Nothing later than this day is known. */
  asOf: Day
  entries: readonly EntryFact[]
  filings: readonly FilingFact[]
}
export interface Item {
  id: string
  title: string
  issuer: string
  on: Day | null
  /** Where it is to be read, of what this register does not have; null: nowhere that is known. */
  address?: string | null
}
export interface Figure {
  id: string
  label: string
  formula: string
  basis: string
  /** Present for counts. */
  count?: Item[]
  /** Present for rates. */
  numerator?: Item[]
  denominator?: Item[]
}

const last = (f: FilingFact, kind: FilingStep): Day | null => f.steps.findLast((x) => x.kind === kind)?.on ?? null
const first = (f: FilingFact, kind: FilingStep): Day | null => f.steps.find((x) => x.kind === kind)?.on ?? null
export const entryItem = ({ id, title, issuer, publishedOn }: EntryFact): Item => ({
  id,
  title,
  issuer,
  on: publishedOn,
})
export const filingItem = ({ entry, title, issuer, publishedOn, address }: FilingFact): Item => ({
  id: entry,
  title,
  issuer,
  on: publishedOn,
  ...(address === undefined ? {} : { address }),
})
/** Since when a submission stands; null: none was sent, or the last one was returned. */
export function filedOn(f: FilingFact): Day | null {
  let on: Day | null = null
  for (const step of f.steps) {
    if (step.kind === 'sent') on = step.on
    if (step.kind === 'returned') on = null
  }
  return on
}
/**
 * From which day a submission counts, as known on a day: that of sending, while what was asked for is supplemented within the
 * term; supplemented late, that day; not supplemented though the term is over, or returned: null, it does not count. Sent again
 * within the term after a return that allows it (`due` of the return): the day of the sending that was returned.
 */
export function countsFrom(steps: FilingFact['steps'], asOf: Day): Day | null {
  let on: Day | null = null
  let by: Day | null = null
  let again = null as { by: Day; from: Day } | null
  for (const step of steps) {
    if (step.kind === 'sent') {
      on = again !== null && step.on <= again.by ? again.from : step.on
      again = null
    }
    if (step.kind === 'returned') {
      again = step.due && on !== null ? { by: step.due, from: on } : null
      on = null
    }
    if (step.kind === 'supplied' && on !== null && by !== null && step.on > by) on = step.on
    if (['sent', 'returned', 'supplied', 'registered'].includes(step.kind)) by = null
    if (step.kind === 'deferred') by = step.due ?? null
  }
  return by !== null && asOf > by ? null : on
}
/** Filed, and counting from a day within the term. */
export const isFiledInTime = (f: Pick<FilingFact, 'steps' | 'dueOn'>, asOf: Day): boolean => {
  const on = countsFrom(f.steps, asOf)
  return on !== null && (f.dueOn === null || on <= f.dueOn)
}
/** Registered at the first submission: neither returned nor asked for supplements before. */
const atFirst = (f: FilingFact): boolean => {
  const i = f.steps.findIndex((x) => x.kind === 'registered')
  return i >= 0 && !f.steps.slice(0, i).some((x) => x.kind === 'returned' || x.kind === 'deferred')
}

type Three = Record<'opening' | 'issued' | 'revived' | 'ended' | 'closing', Item[]>
const counted = new WeakMap<Facts, Three>()
/**
 * The three numbers, so that they always add up: opening + issued + revived − ended = closing. One pass over the entries, and one
 * line for each of them, however many lists it stands in; the same facts are counted once.
 */
export function threeNumbers(f: Facts): Three {
  const known = counted.get(f)
  if (known !== undefined) return known
  const until = f.to < f.asOf ? f.to : f.asOf
  const before = new Date(Date.parse(`${f.from}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
  const three: Three = { opening: [], issued: [], revived: [], ended: [], closing: [] }
  const endedIssued: Item[] = []
  for (const x of f.entries) {
    if (x.publishedOn > until) continue
    const stands = x.standsOn(until)
    if (stands === null) continue
    const isIssued = x.publishedOn >= f.from
    const stood = !isIssued && x.standsOn(before) === true
    if (!isIssued && !stood && !stands) continue
    const item = entryItem(x)
    if (isIssued) three.issued.push(item)
    else three[stood ? 'opening' : 'revived'].push(item)
    if (stands) three.closing.push(item)
    else (stood ? three.ended : endedIssued).push(item)
  }
  three.ended.push(...endedIssued)
  counted.set(f, three)
  return three
}

/** The three numbers of each issuer, in the order of names; nobody is ranked. */
export function linesByIssuer(f: Facts): Array<{ issuer: string; counts: Record<keyof Three, number> }> {
  const lines = new Map<string, Record<keyof Three, number>>()
  for (const [name, list] of Object.entries(threeNumbers(f)) as Array<[keyof Three, Item[]]>)
    for (const { issuer } of list) {
      const counts = lines.get(issuer) ?? { opening: 0, issued: 0, revived: 0, ended: 0, closing: 0 }
      counts[name] += 1
      lines.set(issuer, counts)
    }
  return [...lines].sort(([a], [b]) => a.localeCompare(b, 'zh')).map(([issuer, counts]) => ({ issuer, counts }))
}

const making = '国办公开办函〔2021〕30号（政府信息公开年报，三个数）'
const filing = '市县法治政府建设示范指标体系（2021年版）第27项'
/** The rates of one track; those of the receiver beside those of the sender, never mixed with the other track. */
function ratesOf(f: Facts, track: Track): Figure[] {
  const until = f.to < f.asOf ? f.to : f.asOf
  const within = (day: Day | null) => day !== null && day >= f.from && day <= until
  const own = f.filings.filter((x) => x.track === track)
  // Whose deadline has not yet ended is counted apart, unless it was filed already.
  const due = own.filter(
    (x) => within(x.publishedOn) && (filedOn(x) !== null || (x.dueOn !== null && x.dueOn < f.asOf)),
  )
  const filed = due.filter((x) => filedOn(x) !== null)
  const inTime = filed.filter((x) => isFiledInTime(x, f.asOf))
  const pending = own.filter((x) => within(x.publishedOn) && !due.includes(x))
  const received = own.filter((x) => x.steps.some((s) => s.kind === 'sent' && within(s.on)))
  const checked = received.filter((x) => x.steps.some((s) => s.kind !== 'sent' && s.kind !== 'supplied'))
  const checkedInTime = checked.filter((x) =>
    x.steps.every((s) => !['registered', 'returned', 'deferred'].includes(s.kind) || !s.due || s.on <= s.due),
  )
  const registered = own.filter((x) => within(first(x, 'registered')))
  const closed = own.filter((x) => first(x, 'registered') !== null && within(last(x, 'closed')))
  const closedDue = closed.filter((x) => x.steps.some((s) => s.kind === 'closed' && s.due))
  const closedInTime = closedDue.filter((x) => x.steps.every((s) => s.kind !== 'closed' || !s.due || s.on <= s.due))
  const corrected = closed.filter((x) => x.outcome === 'corrected' || x.outcome === 'annulled')
  const withProblem = closed.filter((x) => x.steps.some((s) => s.kind === 'opinion') || x.outcome === 'reminder')
  const opinions = own.filter((x) => within(first(x, 'opinion')))
  const put = opinions.filter((x) => first(x, 'corrected') !== null || first(x, 'annulled') !== null)
  const name = trackLabels[track]
  const rate = (
    id: string,
    label: string,
    formula: string,
    numerator: FilingFact[],
    denominator: FilingFact[],
    basis = filing,
  ): Figure => ({
    id: `${id}.${track}`,
    label: `${label}（${name}）`,
    formula,
    basis,
    numerator: numerator.map(filingItem),
    denominator: denominator.map(filingItem),
  })
  const yueqing = '乐清市2020年备案审查报告（纠错率）'
  return [
    rate('filing-rate', '报备率', '已经报送（退回的不算）÷ 应当报送（期限没有届满又没有报送的另计）', filed, due),
    rate(
      'filing-in-time',
      '报备及时率',
      '期限以内报送并成立（逾期没有补正的不算，逾期才补正的自补正之日算；材料不全而退回、在限期内重新报送的，自首次报送之日算）÷ 应当报送',
      inTime,
      due,
    ),
    rate('filing-regular', '规范率', '首次报送即予登记 ÷ 已经报送', filed.filter(atFirst), filed),
    {
      id: `filing-not-due.${track}`,
      label: `报送期限没有届满的（${name}）`,
      formula: '本期公布、期限没有届满又没有报送的件数',
      basis: filing,
      count: pending.map(filingItem),
    },
    rate('check-in-time', '登记及时率', '形式审查按期办理 ÷ 已经形式审查', checkedInTime, checked),
    rate(
      'review-rate',
      '审查率',
      '本期登记而审查已经办结 ÷ 本期登记',
      registered.filter((x) => last(x, 'closed') !== null),
      registered,
    ),
    rate('review-in-time', '按期审结率', '期限以内审结 ÷ 本期审结而有期限的', closedInTime, closedDue),
    rate('correction-rate', '纠错率', '自行改正与撤销 ÷ 本期审结', corrected, closed, yueqing),
    rate('finding-rate', '问题发现率', '提出审查意见或者提醒的 ÷ 本期审结', withProblem, closed),
    rate('put-right', '纠正到位率', '已经改正的 ÷ 本期提出审查意见的', put, opinions),
  ]
}

/** The three numbers and the rates of filing of the period, in their order; the other indicators are in `indicators.ts`. */
export function figuresOf(f: Facts): Figure[] {
  const three = threeNumbers(f)
  const count = (id: string, label: string, formula: string, list: Item[]): Figure => ({
    id,
    label,
    formula,
    basis: making,
    count: list,
  })
  return [
    count('opening', '期初有效件数', '上一日终了时有效（含尚未施行、停止执行）', three.opening),
    count('issued', '本期制发件数', '本期公布', three.issued),
    count('revived', '本期恢复效力件数', '此前公布、期初无效而期末有效', three.revived),
    count('ended', '本期废止、失效件数', '期初有效或者本期制发，期末已经废止、失效、撤销', three.ended),
    count('closing', '期末现行有效件数', '期初 + 制发 + 恢复 − 废止、失效', three.closing),
    ...ratesOf(f, 'government'),
    ...ratesOf(f, 'npc'),
  ]
}
/** A rate to two places; null where nothing is divided by. */
export const rateOf = (numerator: number, denominator: number): number | null =>
  denominator === 0 ? null : Math.round((numerator / denominator) * 10_000) / 100
/** How a share is told: small denominators (below five) as counts, never as a rate. */
export function shareWords(numerator: number, denominator: number): string {
  if (denominator === 0) return '没有此类件'
  return denominator < 5 ? `${denominator}件中${numerator}件` : `${rateOf(numerator, denominator)}%`
}
/** How a figure is told. */
export const wordsOf = ({ count, numerator = [], denominator = [] }: Figure): string =>
  count ? `${count.length}件` : shareWords(numerator.length, denominator.length)
