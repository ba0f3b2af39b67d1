// Figures of a period, read from the register and the ledgers: everything is dated, so a past day is answered by leaving out
// what came later. Public: nothing of a document that is not public.
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError, type answers, type Track } from '@dianzhang/contract'
import { csvOf, xlsxMediaType, xlsxOf } from '@dianzhang/formats'
import { logNames } from '@dianzhang/register'
import type { ExportedFile } from '../exported-file.ts'
import { invalid } from '../failures.ts'
import type { Office } from '../office.ts'
import type { FiguresQuery, Period } from './asked.ts'
import { loadFacts } from './facts.ts'
import { type Figure, figuresOf, linesByIssuer, rateOf, wordsOf } from './figures.ts'
import { type IndicatorFacts, indicatorsOf } from './indicators.ts'
import { compositeOf, meanOf, scorecardFigures, scorecardFormula, scorecardOf } from './scorecard.ts'

/** Nothing that is counted here was made before. */
const earliest = '1949-10-01'
/**
 * By default the present year up to today. Refuses 422 a period that ends before it begins, has not begun or lies before the
 * state's founding, and a day that has not come.
 */
function periodOf(office: Office, query: FiguresQuery): Period {
  const today = dateInShanghai(office.clock.now().toISOString())
  const asOf = query.as_of ?? today
  const to = query.to ?? (asOf < today ? asOf : today)
  const from = query.from ?? `${to.slice(0, 4)}-01-01`
  if (asOf > today) throw invalid(['as_of', '这一日还没有到，不能据此统计'])
  if (from > to) throw invalid(['to', '止日早于起日'])
  if (from > today) throw invalid(['from', '这一期间还没有开始'])
  for (const [path, day] of [
    ['as_of', asOf],
    ['from', from],
  ] as const)
    if (day < earliest) throw invalid([path, `只统计${earliest}以后的`])
  return { from, to, asOf }
}

const addressOf = (id: string, part: string, { from, to, asOf }: Period, query: FiguresQuery): string =>
  `/public/v1/statistics/${encodeURIComponent(id)}?${new URLSearchParams({
    part,
    from,
    to,
    as_of: asOf,
    ...(query.issuer ? { issuer: query.issuer } : {}),
    ...(query.jurisdiction ? { jurisdiction: query.jurisdiction } : {}),
    ...(query.unit ? { unit: query.unit } : {}),
  })}`
/** A figure as it is told, with the addresses of its lists. */
export function toldFigure(
  figure: Figure,
  period: Period,
  query: FiguresQuery,
): answers.Given<typeof answers.Statistic> {
  const { id, label, formula, basis, count, numerator, denominator } = figure
  const common = { id, label, formula, basis, text: wordsOf(figure), as_of: period.asOf }
  if (count) return { ...common, value: count.length, list: addressOf(id, 'count', period, query) }
  const [over, under] = [numerator?.length ?? 0, denominator?.length ?? 0]
  return {
    ...common,
    value: rateOf(over, under),
    numerator: over,
    denominator: under,
    list: addressOf(id, 'numerator', period, query),
    denominatorList: addressOf(id, 'denominator', period, query),
  }
}
/** All figures in their order: the three numbers and rates of filing, then the other indicators. */
export const allFigures = (facts: IndicatorFacts): Figure[] => [...figuresOf(facts), ...indicatorsOf(facts)]
const anyYear: Period = { from: '2000-01-01', to: '2000-12-31', asOf: '2000-12-31' }
/** The names of all figures that records give. */
export const figureChoices = (): Array<{ id: string; label: string }> =>
  allFigures({ ...anyYear, entries: [], filings: [], makings: [], acts: [] }).map(({ id, label }) => ({ id, label }))
export const figureIds = (): string[] => figureChoices().map(({ id }) => id)
/** The three numbers of each issuer with their lists, in the order of names; nobody is ranked. */
const byIssuer = (facts: IndicatorFacts, period: Period, query: FiguresQuery) =>
  linesByIssuer(facts)
    .filter(({ issuer }) => issuer !== '')
    .map(({ issuer, counts }) => ({
      issuer,
      figures: Object.entries(counts).map(([id, value]) => ({
        id,
        value,
        list: addressOf(id, 'count', period, { ...query, issuer }),
      })),
    }))
/** The first and last day of the quarters up to the one of `day`, the oldest first. */
function quartersUpTo(day: string, count: number): Array<{ label: string; from: string; to: string }> {
  const last = Number(day.slice(0, 4)) * 4 + Math.floor((Number(day.slice(5, 7)) - 1) / 3)
  return Array.from({ length: count }, (_, i) => {
    const n = last - count + 1 + i
    const [year, quarter] = [Math.floor(n / 4), (n % 4) + 1]
    const end = ['03-31', '06-30', '09-30', '12-31'][quarter - 1]
    return {
      label: `${String(year).slice(2)}-${quarter}季`,
      from: `${year}-${String(quarter * 3 - 2).padStart(2, '0')}-01`,
      to: `${year}-${end}`,
    }
  })
}
/**
 * Eight quarters: what was issued (by level, by issuer) and what stood at the end, each with its list. One pass over the entries:
 * whether a document stands is asked once for each quarter that it was published before the end of.
 */
function quartersOf(facts: IndicatorFacts, period: Period, query: FiguresQuery) {
  const until = period.to < period.asOf ? period.to : period.asOf
  const counted = quartersUpTo(until, 8).map(({ label, from, to }) => ({
    label,
    from,
    to: to < until ? to : until,
    issued: 0,
    closing: 0,
    tiers: new Map<string, number>(),
    issuers: new Map<string, number>(),
  }))
  const more = (map: Map<string, number>, key: string): unknown => map.set(key, (map.get(key) ?? 0) + 1)
  const names = new Set<string>()
  for (const { publishedOn, standsOn, tier, issuer } of facts.entries) {
    if (issuer) names.add(issuer)
    for (const quarter of counted) {
      if (publishedOn > quarter.to) continue
      const stands = standsOn(quarter.to)
      if (stands === true) quarter.closing += 1
      if (publishedOn < quarter.from || stands === null) continue
      quarter.issued += 1
      more(quarter.tiers, tier ?? '')
      more(quarter.issuers, issuer)
    }
  }
  const inOrder = [...names].sort((a, b) => a.localeCompare(b, 'zh'))
  return counted.map(({ label, from, to, issued, closing, tiers, issuers }) => {
    const own = { ...period, from, to }
    return {
      label,
      from,
      to,
      issued: { value: issued, list: addressOf('issued', 'count', own, query) },
      closing: { value: closing, list: addressOf('closing', 'count', own, query) },
      tiers: Object.fromEntries(
        ['government', 'department', 'township', ''].map((tier) => [tier, tiers.get(tier) ?? 0]),
      ),
      issuers: inOrder.map((issuer) => ({
        issuer,
        value: issuers.get(issuer) ?? 0,
        list: addressOf('issued', 'count', own, { ...query, issuer }),
      })),
    }
  })
}
/** All figures of a period as known on a day, each with the address of exactly the list behind. */
export async function statistics(
  office: Office,
  query: FiguresQuery,
): Promise<answers.Given<typeof answers.Statistics>> {
  const period = periodOf(office, query)
  const [facts, manual] = await Promise.all([loadFacts(office, query, period), manualFigures(office, query)])
  return figuresAnswer(facts, period, query, manual)
}
type Manual = answers.Given<typeof answers.Statistics>['manual']
/** What the register and the ledgers do not hold, and who has to supply it, by the rules of the place asked about, or of this one. */
async function manualFigures(office: Office, { jurisdiction }: FiguresQuery): Promise<Manual> {
  const place = jurisdiction ?? (await logNames(office.readDb))[0]?.code
  if (place === undefined || office.rules.versions(place).length === 0) return []
  return office.rules.latest(place, dateInShanghai(office.clock.now().toISOString())).yearly.manualFigures.value
}
function figuresAnswer(facts: IndicatorFacts, period: Period, query: FiguresQuery, manual: Manual) {
  return {
    ...period,
    items: allFigures(facts).map((figure) => toldFigure(figure, period, query)),
    issuers: byIssuer(facts, period, query),
    manual,
  }
}
/** The same, with the eight quarters up to the end of the period: what charts are drawn from. */
export async function statisticsWithQuarters(office: Office, query: FiguresQuery) {
  const period = periodOf(office, query)
  const [facts, manual] = await Promise.all([loadFacts(office, query, period), manualFigures(office, query)])
  return { ...figuresAnswer(facts, period, query, manual), quarters: quartersOf(facts, period, query) }
}
/**
 * The same of the present year, and the figures of the whole year before. What was made and filed in both is read at once: every
 * figure asks for its own period.
 */
export async function statisticsBesideLastYear(office: Office, query: Omit<FiguresQuery, 'from' | 'to'>) {
  const period = periodOf(office, query)
  const year = Number(period.to.slice(0, 4)) - 1
  const last = { from: `${year}-01-01`, to: `${year}-12-31`, asOf: period.asOf }
  const [facts, manual] = await Promise.all([
    loadFacts(office, query, { ...period, from: last.from }),
    manualFigures(office, query),
  ])
  const now = { ...facts, ...period }
  return {
    now: { ...figuresAnswer(now, period, query, manual), quarters: quartersOf(now, period, query) },
    before: allFigures({ ...facts, ...last }).map((figure) => toldFigure(figure, last, query)),
  }
}
/** The rates of filing: one track, or both apart. `period`: a year, or a quarter such as 2026Q1. */
export async function filingRates(
  office: Office,
  query: { period?: string | undefined; track?: Track | undefined; jurisdiction?: string | undefined },
): Promise<answers.Given<typeof answers.Statistics>> {
  const quarter = /^(\d{4})Q([1-4])$/.exec(query.period ?? '')
  const month = (n: number) => String(n).padStart(2, '0')
  const ends = ['03-31', '06-30', '09-30', '12-31']
  const today = dateInShanghai(office.clock.now().toISOString())
  const whole = query.period ?? today.slice(0, 4)
  if (whole < earliest.slice(0, 4)) throw invalid(['period', `只统计${earliest}以后的`])
  if (whole.slice(0, 4) > today.slice(0, 4)) throw invalid(['period', '这一期间还没有开始'])
  const from = quarter ? `${quarter[1]}-${month(Number(quarter[2]) * 3 - 2)}-01` : `${whole}-01-01`
  const to = quarter ? `${quarter[1]}-${ends[Number(quarter[2]) - 1]}` : `${whole}-12-31`
  const found = await statistics(office, { from, to, jurisdiction: query.jurisdiction })
  const rates = found.items.filter(({ id }) => isRate(id) && (!query.track || id.endsWith(`.${query.track}`)))
  return { ...found, items: rates, issuers: [], manual: [] }
}
/** What belongs to the rates of filing among the figures that speak of a track. */
const isRate = (id: string): boolean => id.includes('.') && !id.startsWith('filed.') && !id.startsWith('late-filing.')
/** The office's own scorecard of a period, as known on a day: the same question answers the same on any later day. */
export async function scorecard(office: Office, query: FiguresQuery): Promise<answers.Given<typeof answers.Scorecard>> {
  const period = periodOf(office, query)
  const categories = scorecardOf(await loadFacts(office, query, period))
  return {
    ...period,
    value: compositeOf(categories),
    most: 4,
    formula: scorecardFormula,
    categories: categories.map((category) => ({
      id: category.id,
      label: category.label,
      value: meanOf(category),
      items: category.figures.map((figure) => toldFigure(figure, period, query)),
    })),
  }
}
const listed = (facts: IndicatorFacts): Figure[] => {
  const figures = allFigures(facts)
  return [...figures, ...scorecardFigures(facts).filter(({ id }) => figures.every((x) => x.id !== id))]
}
/** Exactly the list behind one figure. 404: no such figure, or it has no such part. */
export async function statisticList(
  office: Office,
  id: string,
  query: FiguresQuery & { part?: 'count' | 'numerator' | 'denominator' | undefined },
): Promise<answers.Given<typeof answers.StatisticList>> {
  const period = periodOf(office, query)
  const figure = listed(await loadFacts(office, query, period)).find((x) => x.id === id)
  const part = query.part ?? (figure?.count ? 'count' : 'numerator')
  const items = figure?.[part]
  if (!figure || !items) throw new AppError('not_found', '没有这一项统计')
  return { id, label: figure.label, part, ...period, total: items.length, items }
}
const head = ['指标', '数值', '怎样说', '分子', '分母', '算式', '依据', '截至', '清单']
/** The figures as a table, a row each; what has to be filled in by hand says by whom. */
async function table(
  office: Office,
  query: FiguresQuery,
): Promise<{ period: string; rows: Array<Array<string | number | null>> }> {
  const { items, manual, from, to } = await statistics(office, query)
  return {
    period: `${from}至${to}`,
    rows: [
      ...items.map((x) => [
        x.label,
        x.value,
        x.text,
        x.numerator ?? null,
        x.denominator ?? null,
        x.formula,
        x.basis,
        x.as_of,
        x.list,
      ]),
      ...manual.map((x) => [
        x.label,
        null,
        `需人工填报（${x.who}）`,
        null,
        null,
        '本系统没有记录',
        x.basis,
        null,
        null,
      ]),
    ],
  }
}
/** The figures as CSV (UTF-8 with a mark, for spreadsheets). */
export async function statisticsCsv(office: Office, query: FiguresQuery): Promise<string> {
  const { period, rows } = await table(office, query)
  return csvOf([[`指标（${period}）`, ...head.slice(1)], ...rows.map((row) => row.map((x) => String(x ?? '')))])
}
/** The figures as a workbook: one sheet of figures, one of the three numbers of each issuer. */
export async function statisticsXlsx(office: Office, query: FiguresQuery): Promise<ExportedFile> {
  const [{ period, rows }, { issuers }] = await Promise.all([table(office, query), statistics(office, query)])
  const widths = [28, 10, 14, 8, 8, 40, 30, 12, 50]
  const three = ['制定机关', '期初', '制发', '恢复', '废止、失效', '期末']
  return {
    name: `规范性文件统计（${period}）.xlsx`,
    mediaType: xlsxMediaType,
    bytes: await xlsxOf([
      {
        name: '各项统计',
        columns: head.map((title, i) => ({ title: i === 0 ? `${title}（${period}）` : title, width: widths[i] ?? 12 })),
        rows,
      },
      {
        name: '各机关三个数',
        columns: three.map((title, i) => ({ title, width: i === 0 ? 30 : 10 })),
        rows: issuers.map((x) => [x.issuer, ...x.figures.map(({ value }) => value)]),
      },
    ]),
  }
}
