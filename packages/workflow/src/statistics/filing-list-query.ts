// The yearly list of filings of a place: read from both ledgers, compared, its rates beside those of the statistics; as a table,
// a workbook and a paper.
import { dateInShanghai } from '@dianzhang/calendar'
import { type answers, reviewOutcomeLabels, trackLabels, tracks } from '@dianzhang/contract'
import { and, eq, inArray, or, schema, sql } from '@dianzhang/database'
import { csvOf, xlsxMediaType, xlsxOf } from '@dianzhang/formats'
import { standingForce } from '@dianzhang/rules'
import type { ExportedFile } from '../exported-file.ts'
import { invalid } from '../failures.ts'
import type { Office } from '../office.ts'
import { type PaperFormat, paperFile, spokenDate } from '../paper.ts'
import { among, knownBy, type Period } from './asked.ts'
import { loadFacts } from './facts.ts'
import { figuresOf, shareWords } from './figures.ts'
import {
  differencesBetween,
  type FilingLine,
  type LedgerSays,
  type LedgerStep,
  ratesOfList,
  saysOf,
} from './filing-list.ts'
import { filingLedger, type KnownFiling, ofDocument, ofPayload } from './filings.ts'
import { toldFigure } from './query.ts'

const { units: u, registerEntries: e, exchangeMessages: x } = schema
export interface FilingListQuery {
  year?: number | undefined
  as_of?: string | undefined
  jurisdiction?: string | undefined
}
type Found = answers.Given<typeof answers.FilingList>
type Line = FilingLine & { recipient: string; awaits: string | null; address?: string | null }

/** Events of the receiver's ledger → the same steps. What is sent again after a return is `sent`, see {@link stepsOf}. */
const ofReceiver = {
  FilingReceived: 'sent',
  FilingResubmitted: 'supplied',
  FilingReturned: 'returned',
  FilingDeferred: 'deferred',
  FilingRegistered: 'registered',
  OpinionIssued: 'opinion',
  ReviewClosed: 'closed',
} as const
interface Event {
  matter: string
  type: string
  on: string
  track: string | null
  number: string | null
}
/** The year up to its end or today; refuses 422 a year or a day that has not come. */
function yearOf(office: Office, query: FilingListQuery): Period & { year: number } {
  const today = dateInShanghai(office.clock.now().toISOString())
  const year = query.year ?? Number(today.slice(0, 4))
  const asOf = query.as_of ?? today
  if (year > Number(today.slice(0, 4))) throw invalid(['year', '这一年度还没有到'])
  if (asOf > today) throw invalid(['as_of', '这一日还没有到，不能据此列出'])
  return { year, from: `${year}-01-01`, to: `${year}-12-31`, asOf }
}
/** Both sides of filings: what the ledgers of documents and those of the files at the receiver tell. */
async function eventsOf(
  office: Office,
  places: string[],
  { documents, reviews }: { documents: string[]; reviews: string[] },
  period: Period,
): Promise<Event[]> {
  const end = new Date(`${period.asOf}T23:59:59.999+08:00`)
  const of = (matters: string[], types: string[]) => ({ places, matters, types, end })
  const [sent, received] = await Promise.all([
    filingLedger(office.readDb, of(documents, Object.keys(ofDocument)), ofPayload),
    filingLedger(office.readDb, of(reviews, Object.keys(ofReceiver)), { number: ofPayload.number }),
  ])
  return [...sent, ...received.map((row) => ({ ...row, track: null }))].map(({ at, ...row }) => ({
    ...row,
    on: dateInShanghai(at.toISOString()),
  }))
}
function receiverSteps(events: readonly Event[]): LedgerStep[] {
  let returned = false
  return events.flatMap(({ type, on, number }): LedgerStep[] => {
    const kind = ofReceiver[type as keyof typeof ofReceiver]
    if (kind === undefined) return []
    const again = kind === 'supplied' && returned
    returned = kind === 'returned' || (returned && !again)
    return [{ kind: again ? 'sent' : kind, on, number }]
  })
}
/** `terms`: by when each supplement asked for, each sending again was due, as the statistics know it. */
function senderSteps(events: readonly Event[], track: string, terms: KnownFiling['steps']): LedgerStep[] {
  const left = Map.groupBy(terms, (x) => x.kind)
  return events.flatMap(({ type, on, number, track: own }) => {
    const kind = ofDocument[type]
    if (kind === undefined || own !== track) return []
    const due = kind === 'deferred' || kind === 'returned' ? (left.get(kind)?.shift()?.due ?? null) : null
    return [{ kind, on, number, due }]
  })
}
/** What the other installation has not confirmed yet, of what was sent there: matter → in words. */
async function awaited(office: Office, places: string[], matters: string[]): Promise<Map<string, string>> {
  const rows = await office.readDb
    .select({ matter: x.matterId, state: x.state, why: x.why })
    .from(x)
    .where(
      and(
        inArray(x.jurisdictionId, places),
        among(x.matterId, matters),
        eq(x.direction, 'out'),
        eq(x.kind, 'command'),
        inArray(x.state, ['draft', 'waiting', 'rejected', 'not_delivered']),
      ),
    )
  return new Map(
    rows.map((row) => [
      row.matter ?? '',
      row.state === 'draft' || row.state === 'waiting'
        ? '已经写好，对方系统还没有回执'
        : `对方系统没有收下${row.why ? `：${row.why}` : ''}`,
    ]),
  )
}
async function linesOf(office: Office, filings: readonly KnownFiling[], period: Period): Promise<Line[]> {
  if (filings.length === 0) return []
  const places = [...new Set(filings.map((f) => f.jurisdiction))]
  const reviews = filings.flatMap((f) => (f.review ? [f.review.matter] : []))
  const [events, waiting, names] = await Promise.all([
    eventsOf(
      office,
      places,
      { documents: [...new Set(filings.flatMap((f) => (f.foreign ? [] : [f.document])))], reviews },
      period,
    ),
    awaited(office, places, reviews),
    office.readDb
      .select({ place: u.jurisdictionId, id: u.id, name: u.name })
      .from(u)
      .where(inArray(u.jurisdictionId, places)),
  ])
  const unit = new Map(names.map((x) => [`${x.place} ${x.id}`, x.name]))
  const of = Map.groupBy(events, ({ matter }) => matter)
  return filings.map((f): Line => {
    const sent: LedgerSays = saysOf(
      f.foreign ? f.steps : senderSteps(of.get(f.document) ?? [], f.track, f.steps),
      period.asOf,
    )
    const received = f.review ? saysOf(receiverSteps(of.get(f.review.matter) ?? []), period.asOf) : null
    return {
      entry: f.entry,
      title: f.title,
      number: f.number,
      issuer: f.issuer,
      track: f.track,
      publishedOn: f.publishedOn,
      dueOn: f.dueOn,
      outcome: f.outcome,
      sender: sent,
      receiver: received,
      handedOver: f.review !== null,
      recipient: f.review ? (unit.get(`${f.jurisdiction} ${f.review.recipient}`) ?? f.review.recipient) : '',
      awaits: f.review ? (waiting.get(f.review.matter) ?? null) : null,
      ...(f.address === undefined ? {} : { address: f.address }),
    }
  })
}
const kindLabels: Record<string, string> = { amended: '修改', repealed: '废止', lapsed: '宣布失效', annulled: '撤销' }
/** Documents amended, repealed, declared lapsed or annulled in the year, and by which document. */
async function changesOf(office: Office, query: FilingListQuery, period: Period): Promise<Found['changes']> {
  const until = period.to < period.asOf ? period.to : period.asOf
  const known = knownBy(new Date(`${period.asOf}T23:59:59.999+08:00`))
  const here = query.jurisdiction === undefined ? undefined : eq(e.jurisdictionId, query.jurisdiction)
  const rows = await office.readDb
    .select({
      place: e.jurisdictionId,
      id: e.id,
      title: e.title,
      number: e.documentNumber,
      issuer: e.leadIssuer,
      events: e.forceEvents,
    })
    .from(e)
    .where(and(sql`${e.forceEvents} <> '[]'::jsonb`, eq(e.disclosure, 'active'), here))
    .orderBy(e.id)
  const found = rows.flatMap(({ events, ...row }) =>
    standingForce(events.filter(known))
      .filter(({ kind, on }) => kind in kindLabels && on >= period.from && on <= until)
      .map(({ kind, on, byDocument }) => ({ ...row, kind, on, by: byDocument })),
  )
  const named = [...new Set(found.flatMap(({ by }) => by ?? []))]
  const by =
    named.length === 0
      ? []
      : await office.readDb
          .select({
            place: e.jurisdictionId,
            id: e.id,
            document: e.documentId,
            number: e.documentNumber,
            title: e.title,
          })
          .from(e)
          .where(and(or(among(e.id, named), among(e.documentId, named), among(e.documentNumber, named)), here))
  const titles = new Map(
    by.flatMap((x) => [x.id, x.document, x.number].map((name) => [`${x.place} ${name}`, `《${x.title}》`] as const)),
  )
  return found
    .toSorted((a, b) => a.on.localeCompare(b.on))
    .map(({ place, id, title, number, issuer, kind, on, by: name }) => ({
      entry: id,
      title,
      number,
      issuer: issuer ?? '',
      label: kindLabels[kind] ?? kind,
      on,
      by: name === null || name === undefined ? null : (titles.get(`${place} ${name}`) ?? name),
    }))
}

/**
 * The list of a year: filings of documents published in it, and those registered, examined or closed in it; each as either ledger
 * tells it, with the differences; documents amended and repealed; the rates computed from the list beside those of the
 * statistics. 422: a year or a day that has not come.
 */
export async function filingList(office: Office, query: FilingListQuery): Promise<Found> {
  const { year, ...period } = yearOf(office, query)
  const [facts, changes] = await Promise.all([
    loadFacts(office, { jurisdiction: query.jurisdiction }, period),
    changesOf(office, query, period),
  ])
  const until = period.to < period.asOf ? period.to : period.asOf
  const lines = await linesOf(office, facts.filings as KnownFiling[], period)
  const told = lines
    .filter(
      ({ publishedOn, sender, receiver }) =>
        (publishedOn >= period.from && publishedOn <= until) ||
        [sender, receiver].some((x) => x !== null && daysOf(x).some((day) => day >= period.from && day <= until)),
    )
    .toSorted(
      (a, b) =>
        tracks.indexOf(a.track) - tracks.indexOf(b.track) ||
        a.publishedOn.localeCompare(b.publishedOn) ||
        a.entry.localeCompare(b.entry),
    )
  const figures = new Map(figuresOf(facts).map((x) => [x.id, x]))
  const items = told.map((line, i) => ({
    n: i + 1,
    entry: line.entry,
    title: line.title,
    number: line.number,
    issuer: line.issuer,
    track: line.track,
    trackLabel: trackLabels[line.track],
    recipient: line.recipient,
    publishedOn: line.publishedOn,
    /** Published before the year: here for what happened to it in the year. */
    earlier: line.publishedOn < period.from,
    dueOn: line.dueOn,
    sender: line.sender,
    receiver: line.receiver,
    state: stateOf(line, period.asOf),
    outcome: line.outcome,
    differences: [...differencesBetween(line), ...(line.awaits ? [line.awaits] : [])],
    ...(line.address === undefined ? {} : { address: line.address }),
  }))
  return {
    year,
    ...period,
    items,
    differing: items.filter((x) => x.differences.length > 0).length,
    changes,
    rates: ratesOfList(told, period).flatMap(({ id, numerator, denominator }) => {
      const figure = figures.get(id)
      if (!figure) return []
      const of = toldFigure(figure, period, { jurisdiction: query.jurisdiction })
      return [
        {
          id,
          label: figure.label,
          formula: figure.formula,
          numerator,
          denominator,
          text: shareWords(numerator, denominator),
          statistics: of.text,
          agrees: of.numerator === numerator && of.denominator === denominator,
          list: of.list,
          denominatorList: of.denominatorList ?? null,
        },
      ]
    }),
  }
}
const daysOf = (x: LedgerSays): string[] =>
  [...x.sent, ...x.returned, ...x.deferred, x.registeredOn, x.opinionOn, x.closedOn].flatMap((day) => day ?? [])
/** How the filing stands, in one word. */
function stateOf({ sender, receiver, dueOn, outcome }: Line, asOf: string): string {
  const by = sender?.filedOn === null && receiver?.filedOn ? receiver : sender
  if (by?.closedOn) return reviewOutcomeLabels[outcome as keyof typeof reviewOutcomeLabels] ?? '审结'
  if (by?.registeredOn) return '已登记，在审查'
  if (by?.filedOn) return '已报送'
  if (by && by.returned.length > 0) return '退回后没有重新报送'
  return dueOn !== null && dueOn < asOf ? '逾期没有报送' : '没有到报送期限'
}

const head = ['序号', '轨道', '文件名称', '文号', '制定机关', '受理机关', '公布', '应当报送', '报送', '登记', '登记号']
const columns = [...head, '审结', '情况', '受理一方：收到', '受理一方：登记', '受理一方：审结', '两本台账的差别']
const rowOf = (x: Found['items'][number]): Array<string | number> => [
  x.n,
  x.trackLabel,
  x.title,
  x.number ?? '',
  x.issuer,
  x.recipient,
  x.publishedOn,
  x.dueOn ?? '',
  x.sender?.sent.join('、') ?? '',
  x.sender?.registeredOn ?? '',
  x.sender?.number ?? '',
  x.sender?.closedOn ?? '',
  x.state,
  x.receiver?.sent.join('、') ?? '',
  x.receiver?.registeredOn ?? '',
  x.receiver?.closedOn ?? '',
  x.differences.join('；'),
]
const rateHead = ['指标', '由本目录算出', '分子', '分母', '统计', '相符', '算式']
const rateRow = (x: Found['rates'][number]): Array<string | number> => [
  x.label,
  x.text,
  x.numerator,
  x.denominator,
  x.statistics,
  x.agrees ? '是' : '否',
  x.formula,
]
const changeHead = ['序号', '文件名称', '文号', '制定机关', '变动', '自何日起', '作出变动的文件']
const changeRow = (x: Found['changes'][number], i: number): Array<string | number> => [
  i + 1,
  x.title,
  x.number ?? '',
  x.issuer,
  x.label,
  x.on,
  x.by ?? '',
]
const nameOf = ({ year }: Found): string => `${year}年度规范性文件备案目录`
/** As CSV (UTF-8 with a mark, for spreadsheets), a row a filing. */
export async function filingListCsv(office: Office, query: FilingListQuery): Promise<string> {
  const found = await filingList(office, query)
  return csvOf([columns, ...found.items.map((x) => rowOf(x).map(String))])
}
/** As a workbook: the list, documents amended and repealed, the rates. */
export async function filingListXlsx(office: Office, query: FilingListQuery): Promise<ExportedFile> {
  const found = await filingList(office, query)
  const sheet = (name: string, titles: readonly string[], rows: Array<Array<string | number>>) => ({
    name,
    columns: titles.map((title) => ({ title, width: /名称|差别|算式/u.test(title) ? 40 : 16 })),
    rows,
  })
  return {
    name: `${nameOf(found)}.xlsx`,
    mediaType: xlsxMediaType,
    bytes: await xlsxOf([
      sheet('备案目录', columns, found.items.map(rowOf)),
      sheet('修改、废止', changeHead, found.changes.map(changeRow)),
      sheet('各项率', rateHead, found.rates.map(rateRow)),
    ]),
  }
}
/** As a paper (GB/T 9704) of the place asked for: the arithmetic, the table of each track, changes, differences. */
export async function filingListPaper(
  office: Office,
  query: FilingListQuery,
  format: PaperFormat,
): Promise<ExportedFile> {
  const found = await filingList(office, query)
  const governments = await office.readDb
    .select({ place: u.jurisdictionId, name: u.name })
    .from(u)
    .where(
      and(
        eq(u.kind, 'government'),
        query.jurisdiction === undefined ? undefined : eq(u.jurisdictionId, query.jurisdiction),
      ),
    )
  const issuer = governments.length === 1 ? (governments[0]?.name ?? '') : ''
  const line = (cells: ReadonlyArray<string | number>): string =>
    cells.map((cell) => String(cell).replaceAll(/\s+/gu, ' ').trim() || '—').join('\t')
  const table = (titles: readonly string[], rows: Array<Array<string | number>>): string[] =>
    rows.length === 0 ? ['没有。'] : [line(titles), ...rows.map(line)]
  const numerals = ['一', '二', '三', '四', '五']
  const differing = found.items.filter((x) => x.differences.length > 0)
  const sections: Array<[title: string, lines: string[]]> = [
    ...tracks.map((track): [string, string[]] => {
      const own = found.items.filter((x) => x.track === track)
      return [
        `${trackLabels[track]}（${own.length}件）`,
        table(
          ['序号', '文件名称', '文号', '公布', '报送', '登记', '情况'],
          own.map((x) => [
            x.n,
            x.title,
            x.number ?? '',
            x.publishedOn,
            x.sender?.countsFrom ?? x.sender?.filedOn ?? '',
            x.sender?.registeredOn ?? '',
            x.state,
          ]),
        ),
      ]
    }),
    [
      `修改、废止的文件（${found.changes.length}件）`,
      table(
        ['序号', '文件名称', '文号', '变动', '自何日起', '作出变动的文件'],
        found.changes.map((x, i) => [i + 1, x.title, x.number ?? '', x.label, x.on, x.by ?? '']),
      ),
    ],
    [
      '各项率',
      found.rates.map(
        (x) =>
          `${x.label}：${x.text}（${x.numerator}／${x.denominator}）${x.agrees ? '，与统计相符' : `，统计为${x.statistics}，不相符`}。`,
      ),
    ],
    [
      `报送与受理两本台账的差别（${differing.length}件）`,
      differing.length === 0
        ? ['两本台账相符。']
        : differing.map((x) => `第${x.n}项《${x.title}》（${x.trackLabel}）：${x.differences.join('；')}。`),
    ],
  ]
  return paperFile(
    nameOf(found),
    [
      nameOf(found),
      `现将${found.year}年度公布以及本年度登记、审结的规范性文件备案情况列出，共${found.items.length}件，截至${spokenDate(found.asOf)}。`,
      ...sections.flatMap(([title, lines], i) => [`${numerals[i]}、${title}`, ...lines]),
      ...(issuer === '' ? [] : [issuer]),
      spokenDate(found.asOf),
    ],
    {
      id: `filing-list-${found.year}`,
      origin: issuer === '' ? 'imported' : 'made',
      issuers: issuer === '' ? [] : [issuer],
    },
    format,
  )
}
