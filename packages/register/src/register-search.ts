// Query of the public register: searched in segments, hits in the title first, then in number and authority, then in
// the body; within a segment latest publication first. Asked for `newest`, all hits are one segment.
//
// Segments are taken in turn until a page is full. Each gets its candidates from a GIN index; for frequent words
// (candidates make up a large share of the register) rows are taken one by one along the index on publication date
// instead, stopping when there are enough. Counting is done once, on the first page, and passed on in the cursor; when
// words of three or more characters have too many candidates, only an upper bound is given, marked as not exact.
import { dateInShanghai, isPlainDate, type PlainDate } from '@dianzhang/calendar'
import { AppError } from '@dianzhang/contract'
import { type Db, type SQL, sql, type Tx, withTransaction } from '@dianzhang/database'
import { knownRow } from './log/changes.ts'
import { type Position, packPosition, unpackPosition } from './register-cursor.ts'
import { type RegisterSummary, type SummaryRow, summaryOf } from './register-entry.ts'
import type { RegisterFilters } from './register-filters.ts'
import { anyCheck, phaseQuery, rankCheck, rankQuery, ranks, type SearchWord, searchWords } from './search.ts'
import type { IndexAnswer, IndexCounts } from './search-index/engine.ts'
import { keyTable } from './search-index/rows.ts'
import { searcherOf } from './search-index/searcher.ts'
import { chineseDate, type PublicStatus, publicStatuses, publicStatusLabels } from './status-on.ts'
import { statusSql, unmodifiedSql } from './status-sql.ts'
import { countBySql, type SearchSuggestion, seriesBySql, suggestionsFor } from './suggestions.ts'
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
 * Words of three or more characters must be checked in the text itself to be counted; with more candidates than this
 * they are not checked one by one and only an upper bound is given.
 */
const countBudget = 1000
/**
 * When candidates make up more than this share of the register, taking rows along the publication date is faster than
 * fetching all candidates and sorting them.
 */
const frequentShare = 0.15
/**
 * The most rows looked at along the publication date; if the page is still not full, goes back to fetching
 * candidates.
 */
const scanRows = 1500

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
  const standing = { ...filters, knownOn: undefined, status: undefined, unmodified: undefined }
  // What was known on an earlier day only the log says: the index finds the words, the log judges.
  const answer =
    filters.knownOn === undefined
      ? await searcherOf(db).ask({
          words,
          filters,
          on,
          from: position,
          byDate,
          limit: limit + 1,
          counted: position === null,
          facets,
          neglect,
        })
      : words.length === 0
        ? null
        : await knownAmong(db, asked, words, standing)
  if (answer !== null) return await pageFrom(db, answer, asked, words)
  const where = conditions(filters, on)
  return await withTransaction(db, async (tx) => {
    if (words.length > 0) await preferIndexes(tx)
    const counted: Counted = position ?? (await countMatches(tx, { words, where, on, facets, neglect }))
    const rows = await collect(tx, { byDate, words, where, position, limit, counted })
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    const more = rows.length > limit && last !== undefined
    return {
      count: counted.count,
      countExact: counted.exact,
      description: describeQuery(filters, on, counted),
      asOf: on,
      results: await excerpts(tx, page, words, on, byDate),
      nextCursor: more ? cursorAfter(last, on, counted, fingerprint) : null,
      facets: counted.facets ?? null,
      suggestions:
        position === null && page.length === 0
          ? await suggestionsFor(filters, {
              count: (changed) =>
                countBySql(tx, changed, (asked, others) => ({
                  matching: matchingOf(asked),
                  where: conjunction(conditions(others, on)),
                })),
              series: (prefix, word) => seriesBySql(tx, prefix, word),
            })
          : [],
    }
  })
}

/** So many hits of the index are judged by the log at once. */
const judgedAtOnce = 500
/**
 * What the index finds, as far as it was known by `filters.knownOn` and meets the conditions of that day; the total is
 * exact where all hits were judged, else an upper bound. Null while there is no index.
 */
async function knownAmong(
  db: Db,
  { byDate, filters, on, position, limit }: Asked,
  words: SearchWord[],
  standing: RegisterFilters,
): Promise<IndexAnswer | null> {
  const where = conjunction(conditions(filters, on))
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

/** A page from what the search index found. */
async function pageFrom(
  db: Db,
  answer: IndexAnswer,
  { byDate, filters, fingerprint, position, on, limit, facets, neglect }: Asked,
  words: SearchWord[],
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
  return {
    count: counted.count,
    countExact: counted.exact,
    description: describeQuery(filters, on, counted),
    asOf: on,
    results: page.results,
    nextCursor: answer.found.length > limit && last ? cursorAfter(last, on, counted, fingerprint) : null,
    facets: facets && answer.facets !== null ? facetsFrom(answer.facets, answer.exact, neglect) : null,
    suggestions:
      position === null && found.length === 0 && filters.knownOn === undefined
        ? await suggestionsFor(filters, {
            count: async (changed) => {
              const asked = searchWords(changed.q ?? '')
              if (changed.q !== undefined && asked.length === 0) return { count: 0, exact: true }
              const whole = { words: asked, filters: changed, on, from: null, facets: false, neglect: null }
              const all = await searcher.ask({ ...whole, limit: 0, counted: true })
              if (all === null || all.exact || all.count === 0) return all ?? { count: 0, exact: true }
              const any = await searcher.ask({ ...whole, limit: 1, counted: false })
              return { count: any?.found.length === 0 ? 0 : all.count, exact: false }
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

/**
 * The conditions other than search words; `e` is the table alias. Only entries disclosed on initiative are visible to
 * the public.
 */
function conditions(filters: RegisterFilters, on: PlainDate): SQL[] {
  const all: SQL[] = [sql`e.disclosure = 'active'`]
  if (filters.jurisdiction) all.push(sql`e.jurisdiction_id = ${filters.jurisdiction}`)
  if (filters.issuer) all.push(sql`${filters.issuer} = any(e.issuers)`)
  if (filters.category) all.push(sql`e.category = ${filters.category}`)
  if (filters.year !== undefined) {
    all.push(sql`e.published_on between ${`${filters.year}-01-01`}::date and ${`${filters.year}-12-31`}::date`)
  }
  const { knownOn } = filters
  const row = knownOn === undefined ? 'e' : 'k'
  const judged: SQL[] = []
  if (filters.unmodified !== undefined) judged.push(unmodifiedSql(row, on, filters.unmodified))
  if (filters.status) judged.push(sql`${statusSql(row, on)} = ${filters.status}`)
  if (knownOn === undefined) all.push(...judged)
  else all.push(sql`exists (select from ${knownRow('e', knownOn)} as k where ${conjunction(judged)})`)
  return all
}
const conjunction = (parts: readonly SQL[]): SQL => (parts.length === 0 ? sql`true` : sql.join([...parts], sql` and `))

/**
 * The token column is large and stored out of line: fetching and comparing it for one row takes about a tenth of a
 * millisecond, which the planner does not know. Where a GIN index can be used, a full table scan is not allowed.
 */
const preferIndexes = (tx: Tx) =>
  tx.execute(
    sql`select set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true), set_config('work_mem', '64MB', true)`,
  )

// The lexeme condition stands alone in its own materialised part: with other conditions beside it the planner might
// walk another index and compare the lexemes row by row.
const candidates = (query: string): SQL =>
  sql`select * from register_entries where search @@ ${query}::tsquery offset 0`

const matchingOf = (words: readonly SearchWord[]): SQL =>
  words.length === 0 ? sql`register_entries e` : sql`(${candidates(rankQuery(words, 'text'))}) e`

interface Counted {
  count: number
  exact: boolean
  facets?: RegisterFacets
}

/**
 * The number of entries and (when asked for) of each facet: checking words of three or more characters in the text
 * costs the most, so it is done once for both.
 */
async function countMatches(
  tx: Tx,
  {
    words,
    where,
    on,
    facets,
    neglect,
  }: Pick<Asked, 'on' | 'facets' | 'neglect'> & { words: readonly SearchWord[]; where: readonly SQL[] },
): Promise<Counted> {
  const matching = matchingOf(words)
  const unchecked = sql`from ${matching} where ${conjunction(where)}`
  const check = anyCheck(words, 'e')
  let exact = true
  if (check !== null) {
    const upper = await countOf(tx, sql`select count(*)::int as n ${unchecked}`)
    if (upper === 0) return facets ? { count: 0, exact, facets: noFacets(exact) } : { count: 0, exact }
    exact = upper <= countBudget
    if (!exact && !facets) return { count: upper, exact }
  }
  const narrowed = check === null || !exact ? unchecked : sql`from (select * ${unchecked} offset 0) e where ${check}`
  if (!facets) return { count: await countOf(tx, sql`select count(*)::int as n ${narrowed}`), exact }
  return { ...(await facetsOf(tx, narrowed, { on, exact, neglect })), exact }
}

const countOf = async (tx: Tx, query: SQL): Promise<number> => (await tx.execute<{ n: number }>(query))[0]?.n ?? 0

const estimatedTotal = async (tx: Tx): Promise<number> =>
  Number(
    (
      await tx.execute<{ n: string }>(
        sql`select reltuples::bigint as n from pg_class where oid = 'register_entries'::regclass`,
      )
    )[0]?.n ?? 0,
  )

type FoundRow = SummaryRow & { phase: number }
interface Collecting {
  byDate: boolean
  words: readonly SearchWord[]
  where: readonly SQL[]
  position: Position | null
  limit: number
  counted: Counted
}

/** Takes limit + 1 rows after `position`. Segment = level of hit × 2 + (1 when the publication date is unknown). */
async function collect(tx: Tx, c: Collecting): Promise<FoundRow[]> {
  const found: FoundRow[] = []
  if (c.counted.count === 0) return found
  const last = c.words.length === 0 || c.byDate ? 1 : ranks.length * 2 - 1
  for (let phase = c.position?.phase ?? 0; phase <= last; phase += 1) {
    const after = c.position?.phase === phase ? c.position : null
    const rows = await phaseRows(tx, c, phase, after, c.limit + 1 - found.length)
    for (const row of rows) found.push({ ...row, phase })
    if (found.length > c.limit || (c.position === null && c.counted.exact && found.length === c.counted.count)) break
  }
  return found
}

async function phaseRows(
  tx: Tx,
  { byDate, words, where, counted }: Collecting,
  phase: number,
  after: Position | null,
  limit: number,
): Promise<SummaryRow[]> {
  const dated = phase % 2 === 0
  const conditionsHere = [dated ? sql`e.published_on is not null` : sql`e.published_on is null`, ...where]
  if (after) conditionsHere.push(later(after))
  const order = sql`order by ${dated ? sql`e.published_on desc nulls last, ` : sql``}e.id, e.jurisdiction_id limit ${limit}`
  if (words.length === 0) {
    return await rowsOf(tx, sql`from register_entries e where ${conjunction(conditionsHere)} ${order}`)
  }
  const rank = ranks[phase >> 1] ?? 'text'
  const query = byDate ? rankQuery(words, 'text') : phaseQuery(words, rank)
  const check = byDate ? anyCheck(words, 'e') : rankCheck(words, rank, 'e')
  if (dated && (byDate || rank === 'text') && (await isFrequent(tx, counted))) {
    const rows = await scanByDate(tx, { query, check, where, after, limit })
    if (rows) return rows
  }
  const matching = sql`(${candidates(query)}) e`
  if (check === null) return await rowsOf(tx, sql`from ${matching} where ${conjunction(conditionsHere)} ${order}`)
  // Checked in order and lazily: the text of an entry beyond the page is never read.
  const ordered = dated ? sql`e.published_on desc nulls last, e.id, e.jurisdiction_id` : sql`e.id, e.jurisdiction_id`
  return await rowsOf(
    tx,
    sql`from (select * from ${matching} where ${conjunction(conditionsHere)} order by ${ordered} offset 0) e where ${check} limit ${limit}`,
  )
}

const later = (p: Position): SQL =>
  p.published === null
    ? sql`(e.id, e.jurisdiction_id) > (${p.id}, ${p.jurisdiction})`
    : sql`e.published_on <= ${p.published}::date and (e.published_on < ${p.published}::date or (e.id, e.jurisdiction_id) > (${p.id}, ${p.jurisdiction}))`

async function isFrequent(tx: Tx, { count }: Counted): Promise<boolean> {
  const total = await estimatedTotal(tx)
  return total > 0 && count / total > frequentShare
}

/**
 * Frequent words: looks at rows one by one along the index on publication date and stops when a page is full; null
 * when scanRows rows were not enough (the hits are concentrated in earlier years).
 */
async function scanByDate(
  tx: Tx,
  scan: { query: string; check: SQL | null; where: readonly SQL[]; after: Position | null; limit: number },
): Promise<SummaryRow[] | null> {
  const window = [sql`e.published_on is not null`, ...(scan.after ? [later(scan.after)] : [])]
  const tests = [...scan.where, sql`e.search @@ ${scan.query}::tsquery`, ...(scan.check ? [scan.check] : [])]
  const rows = await rowsOf(
    tx,
    sql`from (
      select * from register_entries e where ${conjunction(window)}
      order by e.published_on desc nulls last, e.id, e.jurisdiction_id limit ${scanRows}
    ) e where ${conjunction(tests)} limit ${scan.limit}`,
  )
  return rows.length === scan.limit ? rows : null
}

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

const noFacets = (exact: boolean): RegisterFacets => ({
  exact,
  status: [],
  issuer: [],
  category: [],
  year: [],
  unmodified: [],
  moreIssuers: 0,
})

/** Distribution and total of the entries `narrowed` selects (starting at `from`, alias e), read in one go. */
async function facetsOf(
  tx: Tx,
  narrowed: SQL,
  { on, exact, neglect }: Pick<Asked, 'on' | 'neglect'> & { exact: boolean },
): Promise<{ count: number; facets: RegisterFacets }> {
  const rows = await tx.execute<{ facet: string; value: string; n: number }>(sql`
    with e as materialized (
      select ${statusSql('e', on)} as status, e.issuers, e.category, date_part('year', e.published_on)::int as year,
        ${neglect === null ? sql`false` : unmodifiedSql('e', on, neglect)} as unmodified
      ${narrowed}
    )
    select 'status' as facet, status as value, count(*)::int as n from e group by status
    union all select 'category', category, count(*)::int from e where category is not null group by category
    union all select 'year', year::text, count(*)::int from e where year is not null group by year
    union all select 'unmodified', ${String(neglect ?? '')}, count(*)::int from e where unmodified having count(*) > 0
    union all select 'issuer', issuer, count(*)::int from e, unnest(e.issuers) as issuer group by issuer`)
  const of = (name: string): Array<[string, number]> =>
    rows.filter((row) => row.facet === name).map(({ value, n }) => [value, n])
  const status = of('status')
  return {
    // Every entry has one status.
    count: status.reduce((sum, [, n]) => sum + n, 0),
    facets: facetsFrom(
      {
        status,
        category: of('category'),
        year: of('year'),
        issuer: of('issuer'),
        unmodified: of('unmodified')[0]?.[1] ?? 0,
      },
      exact,
      neglect,
    ),
  }
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
