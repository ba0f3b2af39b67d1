// Query of the public register: searched in segments, hits in the title first, then in number and authority, then in
// the body; within a segment latest publication first. Asked for `newest`, all hits are one segment.
//
// The search index finds them (search-index/engine.ts); without one, or for what was known on an earlier day, the entries
// themselves are asked (search-by-sql.ts). Counting is done once, on the first page, and passed on in the cursor; when
// words of more than three characters have too many candidates, only an upper bound is given, marked as not exact.
import { dateInShanghai, isPlainDate, type PlainDate } from '@dianzhang/calendar'
import { AppError } from '@dianzhang/contract'
import { type Db, type SQL, sql, type Tx, withTransaction } from '@dianzhang/database'
import { type Position, packPosition, unpackPosition } from './register-cursor.ts'
import { type RegisterSummary, type SummaryRow, summaryOf } from './register-entry.ts'
import type { RegisterFilters } from './register-filters.ts'
import { ranks, type SearchWord, searchWords } from './search.ts'
import { askBySql, conditionsOf } from './search-by-sql.ts'
import type { IndexAnswer, IndexAsk, IndexCounts } from './search-index/engine.ts'
import { keyTable } from './search-index/rows.ts'
import { searcherOf } from './search-index/searcher.ts'
import { chineseDate, type PublicStatus, publicStatuses, publicStatusLabels } from './status-on.ts'
import { type SearchSuggestion, suggestionsFor } from './suggestions.ts'
import { unlessChanged } from './unchanged.ts'

export const registerSorts = ['relevance', 'newest'] as const
export type RegisterSort = (typeof registerSorts)[number]
export interface RegisterQuery extends RegisterFilters {
  cursor?: string | undefined
  /** Entries per page, 1–100, by default 20. */
  limit?: number | undefined
  /** `newest`: the latest published first, wherever the words stand; by default hits in the title first. */
  sort?: RegisterSort | undefined
  /** Also gives the number for each facet (first page only). */
  facets?: boolean | undefined
  /** Years of the facet “超过几年未修改”; without it there is no such facet. */
  neglectYears?: number | undefined
  now: Date
}
export interface RegisterPage {
  /** Number of matching entries; an upper bound when `countExact` is false. */
  count: number
  countExact: boolean
  /** Restates the conditions and the number of results in one sentence. */
  description: string
  /** The calendar day the status of force is based on. */
  asOf: PlainDate
  results: RegisterSummary[]
  nextCursor: string | null
  /** Null when not asked for, or on a later page. */
  facets: RegisterFacets | null
  /** When nothing is found, which change of conditions would find something; an empty array when there are results. */
  suggestions: SearchSuggestion[]
}

/**
 * Queries the public register (read-only). Refuses dates and statuses that do not exist, search words that are too
 * long and invalid cursors (AppError invalid). The result is complete: every entry with all search words in title,
 * number, authority or body is in it, page by page to the end.
 */
export async function searchRegister(db: Db, query: RegisterQuery): Promise<RegisterPage> {
  const filters = checked(query)
  const limit = pageSize(query.limit)
  // Without words there is but one order.
  const byDate = query.sort === 'newest' && filters.q !== undefined
  const fingerprint = JSON.stringify(byDate ? { ...filters, sort: 'newest' } : filters)
  const position = query.cursor === undefined ? null : unpackPosition(query.cursor, fingerprint)
  const on = position?.on ?? filters.on ?? dateInShanghai(query.now.toISOString())
  const facets = position === null && query.facets === true
  const neglect = facets ? (query.neglectYears ?? null) : null
  const asked = JSON.stringify([fingerprint, on, limit, query.cursor ?? null, facets, neglect])
  const how = { byDate, filters, fingerprint, position, on, limit, facets, neglect }
  return await unlessChanged(db, asked, () => findPage(db, how), 'register')
}

interface Asked {
  byDate: boolean
  filters: RegisterFilters
  fingerprint: string
  position: Position | null
  on: PlainDate
  limit: number
  facets: boolean
  neglect: number | null
}

async function findPage(
  db: Db,
  { byDate, filters, fingerprint, position, on, limit, facets, neglect }: Asked,
): Promise<RegisterPage> {
  const words = wordsOf(filters)
  const asked = { byDate, filters, fingerprint, position, on, limit, facets, neglect }
  const ask: IndexAsk = {
    words,
    filters,
    on,
    from: position,
    byDate,
    limit: limit + 1,
    counted: position === null,
    facets,
    neglect,
  }
  const answer =
    filters.knownOn === undefined
      ? await searcherOf(db).ask(ask)
      : words.length === 0
        ? null
        : await knownAmong(db, asked, words)
  return await pageFrom(db, answer ?? (await askBySql(db, ask)), asked, words, answer !== null || words.length === 0)
}

/** So many hits of the index are judged by the log at once. */
const judgedAtOnce = 500
/**
 * What was known on an earlier day only the log says: what the index finds, as far as it was known by `filters.knownOn` and meets the conditions of that day; the total is
 * exact where all hits were judged, else an upper bound. Null while there is no index.
 */
async function knownAmong(
  db: Db,
  { byDate, filters, on, position, limit }: Asked,
  words: SearchWord[],
): Promise<IndexAnswer | null> {
  const standing = { ...filters, knownOn: undefined, status: undefined, unmodified: undefined }
  const where = conditionsOf(filters, on)
  const kept: IndexAnswer['found'] = []
  let from = position
  let upper = { count: position?.count ?? 0, exact: position?.exact ?? true }
  for (;;) {
    const first = from === null
    const answer = await searcherOf(db).ask({
      words,
      filters: standing,
      on,
      from,
      byDate,
      limit: judgedAtOnce,
      counted: first,
      facets: false,
      neglect: null,
    })
    if (answer === null) return null
    if (first) upper = { count: answer.count, exact: false }
    const { found } = answer
    const rows =
      found.length === 0
        ? []
        : await db.execute<{ at: number; published: string | null; holds: boolean }>(sql`
            select k.at::int as at, e.published_on::text as published, (${where}) as holds
            from ${keyTable(found)} join register_entries e on e.jurisdiction_id = k.jurisdiction and e.id = k.id order by k.at`)
    for (const { at, holds } of rows) {
      const one = found[at - 1]
      if (one && holds) kept.push(one)
    }
    const [last, end] = [found.at(-1), rows.at(-1)]
    const ended = found.length < judgedAtOnce || !last || !end
    if (ended && position === null) upper = { count: kept.length, exact: true }
    if (ended || kept.length > limit) return { ...upper, found: kept.slice(0, limit + 1), facets: null }
    from = { phase: last.phase, published: end.published, id: last.id, jurisdiction: last.jurisdiction, on, ...upper }
  }
}

/** A page from what was found; `quick`: asking again in other ways takes no reading of all entries. */
async function pageFrom(
  db: Db,
  answer: IndexAnswer,
  { byDate, filters, fingerprint, position, on, limit, facets, neglect }: Asked,
  words: SearchWord[],
  quick: boolean,
): Promise<RegisterPage> {
  const counted: Counted = position ?? { count: answer.count, exact: answer.exact }
  const found = answer.found.slice(0, limit)
  const page = await withTransaction(db, async (tx) => {
    const rows =
      found.length === 0
        ? []
        : await rowsOf(
            tx,
            sql`from ${keyTable(found)} join register_entries e on e.jurisdiction_id = k.jurisdiction and e.id = k.id order by k.at`,
          )
    const phased = rows.map((row, i) => ({ ...row, phase: found[i]?.phase ?? 0 }))
    return { rows: phased, results: await excerpts(tx, phased, words, on, byDate) }
  })
  const last = page.rows.at(-1)
  const searcher = searcherOf(db)
  const again = async (asked: IndexAsk): Promise<IndexAnswer> =>
    (filters.knownOn === undefined ? await searcher.ask(asked) : null) ?? (await askBySql(db, asked))
  return {
    count: counted.count,
    countExact: counted.exact,
    description: describeQuery(filters, on, counted),
    asOf: on,
    results: page.results,
    nextCursor: answer.found.length > limit && last ? cursorAfter(last, on, counted, fingerprint) : null,
    facets: facets && answer.facets !== null ? facetsFrom(answer.facets, answer.exact, neglect) : null,
    suggestions:
      position === null && found.length === 0 && quick && (filters.knownOn === undefined || words.length === 0)
        ? await suggestionsFor(filters, {
            count: async (changed) => {
              const asked = searchWords(changed.q ?? '')
              if (changed.q !== undefined && asked.length === 0) return { count: 0, exact: true }
              const whole = { words: asked, filters: changed, on, from: null, facets: false, neglect: null }
              const all = await again({ ...whole, limit: 0, counted: true })
              if (all.exact || all.count === 0) return all
              const any = await again({ ...whole, limit: 1, counted: false })
              return { count: any.found.length === 0 ? 0 : all.count, exact: false }
            },
            series: async (prefix, word) => {
              const keys = (await searcher.references(word, 2_000)) ?? []
              const rows = await db.execute<{
                number: string
              }>(sql`select distinct e.document_number as number from ${keyTable(keys)}
                join register_entries e on e.jurisdiction_id = k.jurisdiction and e.id = k.id where position(${prefix} in e.document_number) = 1`)
              return rows.map(({ number }) => number)
            },
          })
        : [],
  }
}
interface Counted {
  count: number
  exact: boolean
}
const cursorAfter = (last: FoundRow, on: PlainDate, { count, exact }: Counted, fingerprint: string): string =>
  packPosition(
    {
      phase: last.phase,
      published: last.published_on,
      id: last.id,
      jurisdiction: last.jurisdiction_id,
      on,
      count,
      exact,
    },
    fingerprint,
  )

function pageSize(limit: number | undefined): number {
  const size = limit ?? 20
  if (!Number.isInteger(size) || size < 1 || size > 100) throw invalid('limit', '每页条数应为 1 至 100 的整数')
  return size
}

const invalid = (path: string, message: string): AppError =>
  new AppError('invalid', message, { issues: [{ path, message }] })

/** Checks and drops empty conditions; the JSON of the resulting object is the text of the conditions. */
function checked(query: RegisterFilters): RegisterFilters {
  const text = (name: 'q' | 'issuer' | 'category' | 'jurisdiction', max: number): string | undefined => {
    const value = query[name]?.trim()
    if (!value) return undefined
    if (value.length > max) throw invalid(name, `不得超过 ${max} 字`)
    if (value.includes('\u0000') || !value.isWellFormed()) throw invalid(name, '含有不能识别的字符')
    return value
  }
  if (query.on !== undefined && !isPlainDate(query.on)) throw invalid('on', '应为真实存在的日期 YYYY-MM-DD')
  if (query.knownOn !== undefined && !isPlainDate(query.knownOn))
    throw invalid('known_on', '应为真实存在的日期 YYYY-MM-DD')
  if (query.status !== undefined && !publicStatuses.includes(query.status)) throw invalid('status', '没有这种效力状态')
  if (query.year !== undefined && !(Number.isInteger(query.year) && query.year >= 1900 && query.year <= 2999)) {
    throw invalid('year', '应为四位年份')
  }
  const { unmodified } = query
  if (unmodified !== undefined && !(Number.isInteger(unmodified) && unmodified >= 1 && unmodified <= 100)) {
    throw invalid('unmodified', '应为 1 至 100 的整数年数')
  }
  const filters: RegisterFilters = {
    q: text('q', 200),
    status: query.status,
    issuer: text('issuer', 200),
    on: query.on,
    knownOn: query.knownOn,
    category: text('category', 100),
    year: query.year,
    jurisdiction: text('jurisdiction', 40),
    unmodified,
  }
  return filters
}

function wordsOf(filters: RegisterFilters): SearchWord[] {
  const words = searchWords(filters.q ?? '')
  // Listing everything would be a wrong answer to a query of invisible characters.
  if (filters.q !== undefined && words.length === 0) throw invalid('q', '没有可以检索的文字')
  if (words.length > 20) throw invalid('q', '检索词不得超过 20 个')
  return words
}

type FoundRow = SummaryRow & { phase: number }

const columns = sql.raw(
  [
    'jurisdiction_id',
    'id',
    'origin',
    'source_id',
    'source_name',
    'title',
    'document_number',
    'registry_number',
    'issuers',
    'lead_issuer',
    'tier',
    'category',
    'genre',
    'subject',
    'region',
    'adoption_date::text',
    'published_on::text',
    'effective_date::text',
    'valid_until::text',
    'force_events',
    'source_status',
    "to_char(e.created_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as recorded_on",
    'summary',
  ]
    .map((column) => (column.includes(' as ') ? column : `e.${column}`))
    .join(', '),
)
const rowsOf = async (tx: Tx, from: SQL): Promise<SummaryRow[]> => [
  ...(await tx.execute<SummaryRow & Record<string, unknown>>(sql`select ${columns} ${from}`)),
]

/** The words before and after the hit in the body; fetched only for the rows of this page. */
async function excerpts(
  tx: Tx,
  rows: readonly FoundRow[],
  words: readonly SearchWord[],
  on: PlainDate,
  anywhere: boolean,
): Promise<RegisterSummary[]> {
  const first = words[0]
  const inText = first ? rows.filter((row) => anywhere || ranks[row.phase >> 1] === 'text') : []
  const found = new Map<string, string>()
  if (first && inText.length > 0) {
    const variants = sql.join(
      first.forms.flatMap(({ variants }) => variants).map((variant) => sql`nullif(position(${variant} in e.body), 0)`),
      sql`, `,
    )
    const keys = sql.join(
      inText.map((row) => sql`(${row.jurisdiction_id}, ${row.id})`),
      sql`, `,
    )
    const parts = await tx.execute<{ jurisdiction_id: string; id: string; excerpt: string | null }>(sql`
      select jurisdiction_id, id, substring(body from greatest(1, at - 40) for 120) as excerpt
      from (select e.jurisdiction_id, e.id, e.body, least(${variants}) as at from register_entries e
        where (e.jurisdiction_id, e.id) in (${keys})) e where at is not null`)
    for (const part of parts) if (part.excerpt) found.set(`${part.jurisdiction_id}/${part.id}`, part.excerpt)
  }
  return rows.map((row) => ({
    ...summaryOf(row, on),
    matched: words.length === 0 || anywhere ? null : (ranks[row.phase >> 1] ?? null),
    excerpt: found.get(`${row.jurisdiction_id}/${row.id}`)?.replace(/\s+/g, ' ').trim() ?? null,
  }))
}

/** Restates the conditions and the number of results in one sentence, for the page and for screen readers. */
function describeQuery(filters: RegisterFilters, on: PlainDate, { count, exact }: Counted): string {
  const parts: string[] = []
  if (filters.jurisdiction) parts.push(`法域为 ${filters.jurisdiction}`)
  const words = searchWords(filters.q ?? '').length > 0 ? (filters.q ?? '').split(/\s+/u).filter(Boolean) : []
  if (words.length > 0) {
    parts.push(
      `标题、文号、机关或者正文含有${words.length > 1 ? '全部词语' : ''}${words.map((word) => `“${word}”`).join('、')}`,
    )
  }
  if (filters.issuer) parts.push(`制定机关为“${filters.issuer}”`)
  if (filters.category) parts.push(`类别为“${filters.category}”`)
  if (filters.year !== undefined) parts.push(`${filters.year}年公布`)
  if (filters.unmodified !== undefined) parts.push(`有效而超过${filters.unmodified}年未修改`)
  if (filters.knownOn) parts.push(`只凭${chineseDate(filters.knownOn)}以前登记的变动`)
  if (filters.status) parts.push(`${chineseDate(on)}的效力状态为“${publicStatusLabels[filters.status]}”`)
  else if (filters.on) parts.push(`效力状态截至${chineseDate(on)}`)
  const asked = parts.length > 0 ? `查询${parts.join('，')}的文件` : '全部已公布的文件'
  return `${asked}：${exact ? `共${count}件` : `至多${count}件（候选过多，未逐件核对总数；逐页结果完整准确）`}。`
}

export interface Facet {
  value: string
  label: string
  count: number
}
export interface RegisterFacets {
  /**
   * Whether the counts are exact; false when there were too many candidates to check one by one, and the numbers are
   * upper bounds.
   */
  exact: boolean
  status: Facet[]
  issuer: Facet[]
  category: Facet[]
  year: Facet[]
  /**
   * In force and not amended for more than so many years; one row at most, none where nobody asked or nothing is
   * found.
   */
  unmodified: Facet[]
  /** Number of issuers not listed (only the 50 with the most entries are). */
  moreIssuers: number
}

/** Counts by value in the order in which they are shown. */
function facetsFrom(counts: IndexCounts, exact: boolean, neglect: number | null): RegisterFacets {
  const facet = (list: ReadonlyArray<[string, number]>): Facet[] =>
    list
      .map(([value, count]) => ({ value, label: value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  const issuers = facet(counts.issuer)
  const years = String(neglect ?? '')
  return {
    exact,
    status: facet(counts.status).map((item) => ({ ...item, label: publicStatusLabels[item.value as PublicStatus] })),
    issuer: issuers.slice(0, 50),
    category: facet(counts.category),
    year: facet(counts.year).sort((a, b) => b.value.localeCompare(a.value)),
    unmodified:
      counts.unmodified > 0 ? [{ value: years, label: `超过 ${years} 年未修改`, count: counts.unmodified }] : [],
    moreIssuers: Math.max(0, issuers.length - 50),
  }
}
