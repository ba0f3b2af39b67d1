// 公开登记库的查询：分段检索，标题命中在先，其次文号与机关，再次正文；段内按公布日期由近及远。
//
// 各段依次取，取满一页为止。每段先由 GIN 索引得到候选；常用词（候选占全库很大一部分）改按公布日期的索引逐行取，
// 取够即停。计数在第一页进行一次，随续页标记传下去；三字以上的词候选太多时只给上限并注明不精确。
import { dateInShanghai, isPlainDate, type PlainDate } from '@dianzhang/calendar'
import { AppError } from '@dianzhang/contract'
import { type Db, type SQL, sql, type Tx, withTransaction } from '@dianzhang/database'
import { type Position, packPosition, unpackPosition } from './register-cursor.ts'
import { type RegisterSummary, type SummaryRow, summaryOf } from './register-entry.ts'
import type { RegisterFilters } from './register-filters.ts'
import { anyCheck, phaseQuery, rankCheck, rankQuery, ranks, type SearchWord, searchWords } from './search.ts'
import { chineseDate, type PublicStatus, publicStatuses, publicStatusLabels } from './status-on.ts'
import { statusSql, unmodifiedSql } from './status-sql.ts'
import { type SearchSuggestion, suggestionsFor } from './suggestions.ts'
import { unlessChanged } from './unchanged.ts'

export interface RegisterQuery extends RegisterFilters {
  cursor?: string | undefined
  /** 每页条数 1–100，缺省 20。 */
  limit?: number | undefined
  /** 同时给出各分面的件数（只在第一页）。 */
  facets?: boolean | undefined
  /** 分面“超过几年未修改”的年数；不给的没有这一项。 */
  neglectYears?: number | undefined
  now: Date
}
export interface RegisterPage {
  /** 符合条件的条目数；`countExact` 为 false 时是上限。 */
  count: number
  countExact: boolean
  /** 用一句话重述查询条件与结果数。 */
  description: string
  /** 效力状态所据的日历日。 */
  asOf: PlainDate
  results: RegisterSummary[]
  nextCursor: string | null
  /** 没有要求的、续页的为 null。 */
  facets: RegisterFacets | null
  /** 一件也没有时，怎样改条件就有；有结果的为空数组。 */
  suggestions: SearchSuggestion[]
}

/** 三字以上的词需在原文中核对才能计数；候选超过此数时不逐件核对，只给上限。 */
const countBudget = 1000
/** 候选占全库的比例超过此数时，按公布日期逐行取比先取全部候选再排序快。 */
const frequentShare = 0.15
/** 按公布日期逐行取时最多看多少行；仍未取满一页即改回先取候选。 */
const scanRows = 1500

/**
 * 查询公开登记库（只读）。拒绝不存在的日期、状态、过长的检索词与无效的续页标记（AppError invalid）。
 * 结果完整：标题、文号、机关或正文含有全部检索词的条目都在其中，逐页取完为止。
 */
export async function searchRegister(db: Db, query: RegisterQuery): Promise<RegisterPage> {
  const filters = checked(query)
  const limit = pageSize(query.limit)
  const fingerprint = JSON.stringify(filters)
  const position = query.cursor === undefined ? null : unpackPosition(query.cursor, fingerprint)
  const on = position?.on ?? filters.on ?? dateInShanghai(query.now.toISOString())
  const facets = position === null && query.facets === true
  const neglect = facets ? (query.neglectYears ?? null) : null
  const asked = JSON.stringify([filters, on, limit, query.cursor ?? null, facets, neglect])
  const how = { filters, fingerprint, position, on, limit, facets, neglect }
  return await unlessChanged(db, asked, () => findPage(db, how))
}

interface Asked {
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
  { filters, fingerprint, position, on, limit, facets, neglect }: Asked,
): Promise<RegisterPage> {
  const words = wordsOf(filters)
  const where = conditions(filters, on)
  return await withTransaction(db, async (tx) => {
    if (words.length > 0) await preferIndexes(tx)
    const counted: Counted = position ?? (await countMatches(tx, { words, where, on, facets, neglect }))
    const rows = await collect(tx, { words, where, position, limit, counted })
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    const more = rows.length > limit && last !== undefined
    return {
      count: counted.count,
      countExact: counted.exact,
      description: describeQuery(filters, on, counted),
      asOf: on,
      results: await excerpts(tx, page, words, on),
      nextCursor: more
        ? packPosition(
            {
              phase: last.phase,
              published: last.published_on,
              id: last.id,
              jurisdiction: last.jurisdiction_id,
              on,
              count: counted.count,
              exact: counted.exact,
            },
            fingerprint,
          )
        : null,
      facets: counted.facets ?? null,
      suggestions:
        position === null && page.length === 0
          ? await suggestionsFor(tx, filters, (asked, others) => ({
              matching: matchingOf(asked),
              where: conjunction(conditions(others, on)),
            }))
          : [],
    }
  })
}

function pageSize(limit: number | undefined): number {
  const size = limit ?? 20
  if (!Number.isInteger(size) || size < 1 || size > 100) throw invalid('limit', '每页条数应为 1 至 100 的整数')
  return size
}

const invalid = (path: string, message: string): AppError =>
  new AppError('invalid', message, { issues: [{ path, message }] })

/** 校验并去掉空条件；所得对象的 JSON 即查询条件的文本。 */
function checked(query: RegisterFilters): RegisterFilters {
  const text = (name: 'q' | 'issuer' | 'category' | 'jurisdiction', max: number): string | undefined => {
    const value = query[name]?.trim()
    if (!value) return undefined
    if (value.length > max) throw invalid(name, `不得超过 ${max} 字`)
    if (value.includes('\u0000') || !value.isWellFormed()) throw invalid(name, '含有不能识别的字符')
    return value
  }
  if (query.on !== undefined && !isPlainDate(query.on)) throw invalid('on', '应为真实存在的日期 YYYY-MM-DD')
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

/** 检索词以外的条件，`e` 为表别名。只有主动公开的条目对公众可见。 */
function conditions(filters: RegisterFilters, on: PlainDate): SQL[] {
  const all: SQL[] = [sql`e.disclosure = 'active'`]
  if (filters.jurisdiction) all.push(sql`e.jurisdiction_id = ${filters.jurisdiction}`)
  if (filters.issuer) all.push(sql`${filters.issuer} = any(e.issuers)`)
  if (filters.category) all.push(sql`e.category = ${filters.category}`)
  if (filters.year !== undefined) {
    all.push(sql`e.published_on between ${`${filters.year}-01-01`}::date and ${`${filters.year}-12-31`}::date`)
  }
  if (filters.unmodified !== undefined) all.push(unmodifiedSql('e', on, filters.unmodified))
  if (filters.status) all.push(sql`${statusSql('e', on)} = ${filters.status}`)
  return all
}
const conjunction = (parts: readonly SQL[]): SQL => (parts.length === 0 ? sql`true` : sql.join([...parts], sql` and `))

/**
 * 词元列很大，存放在行外：逐行取出比较一次约十分之一毫秒，规划器不知道。凡能用 GIN 索引的，不许全表扫描。
 */
const preferIndexes = (tx: Tx) =>
  tx.execute(sql`select set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)`)

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

/** 件数，以及（要求时）各分面的件数：三字以上的词在原文中核对最费时，两者只核对一遍。 */
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
  words: readonly SearchWord[]
  where: readonly SQL[]
  position: Position | null
  limit: number
  counted: Counted
}

/** 自 `position` 之后取 limit + 1 行。段 = 命中级别 × 2 + （公布日期不详为 1）。 */
async function collect(tx: Tx, c: Collecting): Promise<FoundRow[]> {
  const found: FoundRow[] = []
  if (c.counted.count === 0) return found
  const last = c.words.length === 0 ? 1 : ranks.length * 2 - 1
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
  { words, where, counted }: Collecting,
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
  const query = phaseQuery(words, rank)
  const check = rankCheck(words, rank, 'e')
  if (dated && rank === 'text' && (await isFrequent(tx, counted))) {
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
 * 常用词：沿公布日期的索引逐行看，够一页即停；看了 scanRows 行仍不够时返回 null（命中集中在较早的年份）。
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

/** 正文命中处前后的文字；只为本页各行取。 */
async function excerpts(
  tx: Tx,
  rows: readonly FoundRow[],
  words: readonly SearchWord[],
  on: PlainDate,
): Promise<RegisterSummary[]> {
  const first = words[0]
  const inText = first ? rows.filter((row) => ranks[row.phase >> 1] === 'text') : []
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
    matched: words.length === 0 ? null : (ranks[row.phase >> 1] ?? null),
    excerpt: found.get(`${row.jurisdiction_id}/${row.id}`)?.replace(/\s+/g, ' ').trim() ?? null,
  }))
}

/** 用一句话重述查询条件与结果数，供页面与读屏使用。 */
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
  /** 统计是否精确；候选过多未逐件核对时为 false，各数为上限。 */
  exact: boolean
  status: Facet[]
  issuer: Facet[]
  category: Facet[]
  year: Facet[]
  /** 有效而超过几年未修改的；至多一项，没有问的、一件也没有的为空。 */
  unmodified: Facet[]
  /** 未列出的制定机关个数（只列条目最多的 50 个）。 */
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

/** `narrowed`（自 `from` 起，别名 e）所指各条目的分布与总数，一次读完。 */
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
  const facet = (name: string): Facet[] =>
    rows
      .filter((row) => row.facet === name)
      .map(({ value, n }) => ({ value, label: value, count: n }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  const status = facet('status').map((item) => ({ ...item, label: publicStatusLabels[item.value as PublicStatus] }))
  const issuers = facet('issuer')
  return {
    // Every entry has one status.
    count: status.reduce((sum, { count }) => sum + count, 0),
    facets: {
      exact,
      status,
      issuer: issuers.slice(0, 50),
      category: facet('category'),
      year: facet('year').sort((a, b) => b.value.localeCompare(a.value)),
      unmodified: facet('unmodified').map((item) => ({ ...item, label: `超过 ${item.value} 年未修改` })),
      moreIssuers: Math.max(0, issuers.length - 50),
    },
  }
}
