// 一件也没有时，说出什么会有：去掉某个条件、少几个字、同一系列相近的文号。件数与照此再查的相同。
import { type SQL, sql, type Tx } from '@dianzhang/database'
import { parseNumber } from '@dianzhang/numbering'
import type { RegisterFilters } from './register-filters.ts'
import { anyCheck, normalise, rankQuery, type SearchWord, searchWords } from './search.ts'

/** 照 `change` 改条件再查就有的：`undefined` 的条件去掉。 */
export interface SearchSuggestion {
  kind: 'number' | 'fewer_words' | 'other_words' | 'without_filter'
  /** 如“海政规发〔2026〕2号”“不限公布年份”。 */
  label: string
  change: { [K in 'q' | 'status' | 'issuer' | 'category' | 'year' | 'on' | 'unmodified']?: string | null }
  count: number
  /** 候选太多没有逐件核对的，件数是上限。 */
  exact: boolean
}

const most = 6
/** 一次最多试几种改法：每种一次计数。 */
const mostTried = 12
const countBudget = 1000

type Ask = (words: readonly SearchWord[], filters: RegisterFilters) => { matching: SQL; where: SQL }

/**
 * 没有结果的查询可以怎样改：各种改法照样计数，只给有结果的，至多 {@link most} 种。`ask` 给出某些词、某些条件下的候选与条件。
 */
export async function suggestionsFor(tx: Tx, filters: RegisterFilters, ask: Ask): Promise<SearchSuggestion[]> {
  const found: SearchSuggestion[] = []
  let tried = 0
  const offer = async (kind: SearchSuggestion['kind'], label: string, change: SearchSuggestion['change']) => {
    if (found.length >= most || tried >= mostTried) return false
    if (found.some((one) => JSON.stringify(one.change) === JSON.stringify(change))) return false
    tried += 1
    const counted = await countOf(tx, { ...filters, ...withoutNulls(change) }, ask)
    if (counted.count > 0) found.push({ kind, label, change, ...counted })
    return counted.count > 0
  }
  const q = filters.q?.trim() ?? ''
  for (const number of await nearNumbers(tx, q))
    await offer('number', number, { ...withoutFilters(filters), q: number })
  const words = q === '' ? [] : q.split(/\s+/u).length > 1 || searchWords(q).length > 1 ? listOf(q) : []
  const set = filterNames.filter((name) => filters[name] !== undefined)
  for (const name of set) await offer('without_filter', withoutLabels[name], { [name]: null })
  if (set.length > 1) await offer('without_filter', '不限其他条件', withoutFilters(filters))
  if (words.length > 2)
    for (const [at, word] of words.entries())
      await offer('fewer_words', `去掉“${word}”`, { q: words.filter((_, i) => i !== at).join(' ') })
  if (words.length > 1) for (const word of words) await offer('fewer_words', `只查“${word}”`, { q: word })
  if (words.length <= 1 && found.length === 0) {
    const pieces = piecesOf(q)
    if (pieces.length > 1 && !(await offer('other_words', `分开查“${pieces.join(' ')}”`, { q: pieces.join(' ') }))) {
      if (pieces.length > 2)
        for (const [at, piece] of pieces.entries()) {
          const others = pieces.filter((_, i) => i !== at).join(' ')
          await offer('other_words', `去掉“${piece}”，分开查“${others}”`, { q: others })
        }
      for (const piece of [...pieces].sort((a, b) => b.length - a.length).slice(0, 4))
        await offer('fewer_words', `只查“${piece}”`, { q: piece })
    }
  }
  return found
}

const filterNames = ['status', 'year', 'issuer', 'category', 'unmodified'] as const
const withoutLabels = {
  status: '不限效力状态',
  year: '不限公布年份',
  issuer: '不限制定机关',
  category: '不限类别',
  unmodified: '不限未修改的年数',
} as const
const withoutFilters = (filters: RegisterFilters): SearchSuggestion['change'] =>
  Object.fromEntries(filterNames.filter((name) => filters[name] !== undefined).map((name) => [name, null]))
const withoutNulls = (change: SearchSuggestion['change']): Partial<RegisterFilters> =>
  Object.fromEntries(Object.entries(change).map(([name, value]) => [name, value ?? undefined]))

const listOf = (q: string): string[] => [...new Set(q.split(/[\s、，,；;。]+/u).filter(Boolean))].slice(0, 6)
/** 一长串字按词拆开，只留两个字以上的。 */
function piecesOf(q: string): string[] {
  const plain = normalise(q).slice(0, 60)
  const pieces = [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(plain)]
    .filter(({ isWordLike, segment }) => isWordLike && [...segment].length > 1)
    .map(({ segment }) => segment)
  return [...new Set(pieces)].slice(0, 6)
}

async function countOf(tx: Tx, filters: RegisterFilters, ask: Ask): Promise<{ count: number; exact: boolean }> {
  const words = searchWords(filters.q ?? '')
  if (filters.q !== undefined && words.length === 0) return { count: 0, exact: true }
  const { matching, where } = ask(words, filters)
  const check = anyCheck(words, 'e')
  const upper = await numberOf(tx, sql`select count(*)::int as n from ${matching} where ${where}`)
  if (upper === 0 || check === null) return { count: upper, exact: true }
  if (upper <= countBudget)
    return {
      count: await numberOf(
        tx,
        sql`select count(*)::int as n from (select * from ${matching} where ${where} offset 0) e where ${check}`,
      ),
      exact: true,
    }
  const any = await numberOf(
    tx,
    sql`select count(*)::int as n from (select 1 from ${matching} where ${where} and ${check} limit 1) as one`,
  )
  return { count: any === 0 ? 0 : upper, exact: false }
}
const numberOf = async (tx: Tx, query: SQL): Promise<number> => (await tx.execute<{ n: number }>(query))[0]?.n ?? 0

/** 同一系列里最相近的文号：先是同年相邻的顺序号，再是相邻年份同一顺序号；没有写年份的，是各年的同一顺序号。 */
async function nearNumbers(tx: Tx, q: string): Promise<string[]> {
  const read = parseNumber(q)
  const loose = /^([\u4e00-\u9fff]{2,12}?)第?([0-9]{1,5})号?$/u.exec(normalise(q).replace(/\s+/gu, ''))
  const prefix = read.normalized === null ? loose?.[1] : read.prefix
  const seq = read.normalized === null ? Number(loose?.[2]) : read.seq
  if (!prefix || !seq) return []
  const [word] = searchWords(prefix)
  if (word === undefined) return []
  const rows = await tx.execute<{ number: string }>(sql`
    select distinct document_number as number from (
      select document_number from register_entries
      where search @@ ${rankQuery([word], 'reference')}::tsquery and disclosure = 'active' limit 2000
    ) as series where position(${prefix} in document_number) = 1`)
  const near = rows.flatMap(({ number }) => {
    const one = parseNumber(number)
    if (one.prefix !== prefix || one.seq === null) return []
    const years = read.year === null || one.year === null ? 0 : Math.abs(one.year - read.year)
    return [{ number, distance: years * 1000 + Math.abs(one.seq - seq) * (years > 0 ? 3 : 1) }]
  })
  return near
    .sort((a, b) => a.distance - b.distance || (a.number < b.number ? 1 : -1))
    .slice(0, 4)
    .map(({ number }) => number)
}
