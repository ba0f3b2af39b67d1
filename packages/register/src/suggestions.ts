// When nothing is found, says what would find something: dropping a condition, fewer characters, a nearby number of
// the same series. The counts equal those of searching again that way.
import { parseNumber } from '@dianzhang/numbering'
import type { RegisterFilters } from './register-filters.ts'
import { normalise, type SearchWord, searchWords } from './search.ts'

/** What is found by searching again with the conditions changed by `change`: an `undefined` condition is dropped. */
export interface SearchSuggestion {
  kind: 'number' | 'fewer_words' | 'other_words' | 'without_filter'
  /** Such as “海政规发〔2026〕2号” or “不限公布年份”. */
  label: string
  change: { [K in 'q' | 'status' | 'issuer' | 'category' | 'year' | 'on' | 'unmodified']?: string | null }
  count: number
  /** When there are too many candidates to check one by one, the count is an upper bound. */
  exact: boolean
}

const most = 6
/** The most changes tried at once: one count each. */
const mostTried = 12

/** How the register is asked. */
export interface Asking {
  count(filters: RegisterFilters): Promise<{ count: number; exact: boolean }>
  /** Document numbers that begin with `prefix`, among some thousand that may have the word in their number. */
  series(prefix: string, word: SearchWord): Promise<string[]>
}

/**
 * How a query without results could be changed: each change is counted, and only those with results are given, at
 * most {@link most}.
 */
export async function suggestionsFor(filters: RegisterFilters, asking: Asking): Promise<SearchSuggestion[]> {
  const found: SearchSuggestion[] = []
  let tried = 0
  const offer = async (kind: SearchSuggestion['kind'], label: string, change: SearchSuggestion['change']) => {
    if (found.length >= most || tried >= mostTried) return false
    if (found.some((one) => JSON.stringify(one.change) === JSON.stringify(change))) return false
    tried += 1
    const counted = await asking.count({ ...filters, ...withoutNulls(change) })
    if (counted.count > 0) found.push({ kind, label, change, ...counted })
    return counted.count > 0
  }
  const q = filters.q?.trim() ?? ''
  for (const number of await nearNumbers(asking, q))
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
/** Splits a long run of characters into words and keeps those of two or more characters. */
function piecesOf(q: string): string[] {
  const plain = normalise(q).slice(0, 60)
  const pieces = [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(plain)]
    .filter(({ isWordLike, segment }) => isWordLike && [...segment].length > 1)
    .map(({ segment }) => segment)
  return [...new Set(pieces)].slice(0, 6)
}

/**
 * The nearest numbers of the same series: first neighbouring sequence numbers of the same year, then the same
 * sequence number in neighbouring years; without a year, the same sequence number in each year.
 */
async function nearNumbers(asking: Asking, q: string): Promise<string[]> {
  const read = parseNumber(q)
  const loose = /^([\u4e00-\u9fff]{2,12}?)第?([0-9]{1,5})号?$/u.exec(normalise(q).replace(/\s+/gu, ''))
  const prefix = read.normalized === null ? loose?.[1] : read.prefix
  const seq = read.normalized === null ? Number(loose?.[2]) : read.seq
  if (!prefix || !seq) return []
  const [word] = searchWords(prefix)
  if (word === undefined) return []
  const numbers = await asking.series(prefix, word)
  const near = numbers.flatMap((number) => {
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
