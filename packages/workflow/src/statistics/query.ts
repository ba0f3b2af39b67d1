// Figures of a period, read from the register and the ledgers: everything is dated, so a past day is answered by leaving out
// what came later. Public: nothing of a document that is not public.
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError, type answers, type Track } from '@dianzhang/contract'
import { and, eq, inArray, lte, schema, sql } from '@dianzhang/database'
import { statusFacts, statusOn } from '@dianzhang/register'
import { invalid } from '../failures.ts'
import type { Office } from '../office.ts'
import { type EntryFact, type Figure, type FilingFact, type FilingStep, figuresOf, rateOf, wordsOf } from './figures.ts'
import {
  compositeOf,
  type MakingFact,
  meanOf,
  type ScorecardFacts,
  scorecardFigures,
  scorecardFormula,
  scorecardOf,
} from './scorecard.ts'

const { registerEntries: e, ledgerEvents: l, deadlines: c, filingReviews: r } = schema

export interface FiguresQuery {
  from?: string | undefined
  to?: string | undefined
  as_of?: string | undefined
  issuer?: string | undefined
  jurisdiction?: string | undefined
}
type Period = { from: string; to: string; asOf: string }
/** By default the present year up to today. Refuses 422 a period that ends before it begins, or a day that has not come. */
function periodOf(office: Office, query: FiguresQuery): Period {
  const today = dateInShanghai(office.clock.now().toISOString())
  const asOf = query.as_of ?? today
  const to = query.to ?? (asOf < today ? asOf : today)
  const from = query.from ?? `${to.slice(0, 4)}-01-01`
  if (asOf > today) throw invalid(['as_of', '这一日还没有到，不能据此统计'])
  if (from > to) throw invalid(['to', '止日早于起日'])
  return { from, to, asOf }
}

/** Events of a document's ledger → steps of its filing. */
const ofDocument: Record<string, FilingStep> = {
  FilingSent: 'sent',
  FilingSupplementRequested: 'deferred',
  FilingSupplemented: 'supplied',
  FilingReturned: 'returned',
  FilingRegistered: 'registered',
  CorrectionRequested: 'opinion',
  FilingClosed: 'closed',
}
const ofReview: Record<string, FilingStep> = { CorrectionReported: 'corrected', ExplanationAsked: 'asked' }

/** The steps of making that the scorecard asks for. */
const making = [
  'ConsultationOpened',
  'IndicatorsStated',
  'FairCompetitionReviewRecorded',
  'ExpertReviewRecorded',
  'RiskAssessmentRecorded',
  'ThirdPartyEvaluationRecorded',
  'HearingRecorded',
  'OpinionsRequested',
  'OpinionIssued',
  'FeedbackPublished',
]
async function loadFacts(office: Office, query: FiguresQuery, period: Period): Promise<ScorecardFacts> {
  const db = office.readDb
  const end = new Date(`${period.asOf}T23:59:59.999+08:00`)
  const here = query.jurisdiction
  const rows = await db
    .select({
      id: e.id,
      jurisdiction: e.jurisdictionId,
      document: e.documentId,
      title: e.title,
      number: e.documentNumber,
      issuer: e.leadIssuer,
      origin: e.origin,
      published_on: e.publishedOn,
      effective_date: e.effectiveDate,
      valid_until: e.validUntil,
      force_events: e.forceEvents,
      source_status: e.sourceStatus,
      adoption_date: e.adoptionDate,
    })
    .from(e)
    .where(
      and(
        eq(e.disclosure, 'active'),
        inArray(e.category, ['行政规范性文件', '地方规范性文件', '部门规范性文件']),
        lte(e.publishedOn, period.asOf),
        here === undefined ? undefined : eq(e.jurisdictionId, here),
        query.issuer === undefined ? undefined : eq(e.leadIssuer, query.issuer),
      ),
    )
  const entries = rows.map((row): EntryFact => {
    // What was recorded after the day asked about is not known yet.
    const facts = statusFacts({
      ...row,
      recorded_on: period.asOf,
      force_events: row.force_events.filter((x) => !('at' in x) || Date.parse(String(x.at)) <= end.getTime()),
    } as never)
    const remembered = new Map<string, boolean | null>()
    return {
      id: row.id,
      title: row.title,
      number: row.number,
      issuer: row.issuer ?? '',
      publishedOn: row.published_on ?? '',
      standsOn: (day) => {
        const known = remembered.get(day)
        if (known !== undefined) return known
        const { status } = statusOn(facts, day)
        const stands = status === 'unknown' ? null : !['expired', 'repealed', 'annulled'].includes(status)
        remembered.set(day, stands)
        return stands
      },
    }
  })
  const documents = new Map(rows.flatMap((row) => (row.document ? [[row.document, row] as const] : [])))
  if (documents.size === 0) return { ...period, entries, filings: [], makings: [] }
  const within = here === undefined ? undefined : eq(l.jurisdictionId, here)
  const [events, dues, reviews, steps] = await Promise.all([
    db
      .select({
        matter: l.matterId,
        type: l.type,
        at: l.at,
        track: sql<Track | null>`${l.body} -> 'payload' ->> 'track'`,
      })
      .from(l)
      .where(and(within, inArray(l.type, Object.keys({ ...ofDocument, ...ofReview })), lte(l.at, end)))
      .orderBy(l.matterId, l.seq),
    db
      .select({ matter: c.matterId, key: c.key, kind: c.kind, dueOn: c.dueOn, status: c.status })
      .from(c)
      .where(
        and(
          here === undefined ? undefined : eq(c.jurisdictionId, here),
          inArray(c.kind, ['filing', 'filing_formal_check', 'filing_review']),
        ),
      ),
    db
      .select({ matter: r.matterId, document: r.documentId, track: r.track, closedOn: r.closedOn, outcome: r.outcome })
      .from(r)
      .where(here === undefined ? undefined : eq(r.jurisdictionId, here)),
    db
      .select({ matter: l.matterId, type: l.type, at: sql<string>`min(${l.at})` })
      .from(l)
      .where(and(within, inArray(l.type, making), lte(l.at, end)))
      .groupBy(l.matterId, l.type),
  ])
  const stepsOf = Map.groupBy(steps, ({ matter }) => matter)
  const makings = [...documents].map(
    ([matter, row]): MakingFact => ({
      entry: row.id,
      title: row.title,
      issuer: row.issuer ?? '',
      publishedOn: row.published_on ?? '',
      effectiveDate: row.effective_date,
      steps: Object.fromEntries(
        (stepsOf.get(matter) ?? []).map(({ type, at }) => [type, dateInShanghai(new Date(at).toISOString())]),
      ),
    }),
  )
  const filings = new Map<string, FilingFact>()
  const due = new Map(dues.map((x) => [`${x.matter} ${x.kind} ${x.key.split(':')[1]}`, x.dueOn]))
  for (const x of dues) {
    const row = x.kind === 'filing' && x.status !== 'cancelled' ? documents.get(x.matter) : undefined
    const track = x.key.split(':')[1] as Track | undefined
    if (!row || !track) continue
    filings.set(`${x.matter} ${track}`, {
      entry: row.id,
      title: row.title,
      issuer: row.issuer ?? '',
      track,
      publishedOn: row.published_on ?? '',
      dueOn: x.dueOn,
      steps: [],
      outcome: null,
    })
  }
  const ofMatter = new Map(reviews.map((x) => [x.matter, x]))
  const kindDue: Partial<Record<FilingStep, string>> = { registered: 'filing_formal_check', closed: 'filing_review' }
  for (const { matter, type, at, track } of events) {
    const review = ofMatter.get(matter)
    const key = review ? `${review.document} ${review.track}` : `${matter} ${track}`
    const kind = review ? ofReview[type] : ofDocument[type]
    const found = filings.get(key)
    if (!kind || !found) continue
    const dueKind = kindDue[kind]
    found.steps.push({
      kind,
      on: dateInShanghai(at.toISOString()),
      ...(dueKind ? { due: due.get(`${key.split(' ')[0]} ${dueKind} ${key.split(' ')[1]}`) ?? null } : {}),
    })
  }
  for (const x of reviews) {
    const found = filings.get(`${x.document} ${x.track}`)
    if (found && x.closedOn !== null && x.closedOn <= period.asOf) found.outcome = x.outcome
  }
  for (const found of filings.values()) found.steps.sort((a, b) => a.on.localeCompare(b.on))
  return { ...period, entries, filings: [...filings.values()], makings }
}

const addressOf = (id: string, part: string, { from, to, asOf }: Period, query: FiguresQuery): string =>
  `/public/v1/statistics/${encodeURIComponent(id)}?${new URLSearchParams({
    part,
    from,
    to,
    as_of: asOf,
    ...(query.issuer ? { issuer: query.issuer } : {}),
    ...(query.jurisdiction ? { jurisdiction: query.jurisdiction } : {}),
  })}`
function told(figure: Figure, period: Period, query: FiguresQuery): answers.Given<typeof answers.Statistic> {
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
/** All figures of a period as known on a day, each with the address of exactly the list behind. */
export async function statistics(
  office: Office,
  query: FiguresQuery,
): Promise<answers.Given<typeof answers.Statistics>> {
  const period = periodOf(office, query)
  const facts = await loadFacts(office, query, period)
  return { ...period, items: figuresOf(facts).map((figure) => told(figure, period, query)) }
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
  const from = quarter ? `${quarter[1]}-${month(Number(quarter[2]) * 3 - 2)}-01` : `${whole}-01-01`
  const to = quarter ? `${quarter[1]}-${ends[Number(quarter[2]) - 1]}` : `${whole}-12-31`
  const found = await statistics(office, { from, to, jurisdiction: query.jurisdiction })
  const rates = found.items.filter(({ id }) => id.includes('.') && (!query.track || id.endsWith(`.${query.track}`)))
  return { ...found, items: rates }
}
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
      items: category.figures.map((figure) => told(figure, period, query)),
    })),
  }
}
const listed = (facts: ScorecardFacts): Figure[] => {
  const figures = figuresOf(facts)
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
/** The figures as CSV (UTF-8 with a mark, for spreadsheets). */
export async function statisticsCsv(office: Office, query: FiguresQuery): Promise<string> {
  const { items, from, to } = await statistics(office, query)
  const cell = (value: unknown) => `"${String(value ?? '').replaceAll('"', '""')}"`
  const rows = items.map((x) =>
    [x.label, x.value, x.numerator, x.denominator, x.formula, x.basis, x.as_of, x.list].map(cell).join(','),
  )
  const head = ['指标', '数值', '分子', '分母', '算式', '依据', '截至', '清单'].map(cell).join(',')
  return `\uFEFF${[head, ...rows].join('\r\n')}\r\n`.replace('指标', `指标（${from}至${to}）`)
}
