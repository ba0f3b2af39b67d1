// 登记库检索：二元字（bigram）词元存入 tsvector，由 GIN 索引取候选；三字以上的词再在原文中核对，因此结果完整而准确。
//
// 词元（全部为归一后的小写文本，因此大写前缀不会与词元相混）：
//   一个字、相邻两个字        该条目任何一栏中出现
//   「A」+ 一个字或两个字      标题中出现
//   「B」+ 一个字或两个字      文号、登记号、索引号、机关中出现
// 不用 tsvector 的权重：GIN 不存权重，按权重查询须逐行取出词元，常用词会慢数百倍。
import { type SQL, sql } from '@dianzhang/database'

/** 参与检索的各栏。 */
export interface SearchableEntry {
  title: string
  documentNumber?: string | null
  documentNumberRaw?: string | null
  registryNumber?: string | null
  indexNumber?: string | null
  issuers: readonly string[]
  body: string
}

/** 检索的一个词：归一后的文本与各种原文写法。 */
export interface SearchWord {
  /** 归一后的文本，不含空白。 */
  text: string
  /** 原文中可能的写法，用于不经归一的快速核对。 */
  variants: string[]
}

/**
 * 归一：全角与半角、兼容汉字、大小写视为相同（NFKD，小写）。逐字进行，因此原文包含某词，归一后也必然包含。
 */
export const normalise = (text: string): string => text.normalize('NFKD').replaceAll('Σ', 'σ').toLowerCase()

const whitespace = /[\s\u0085\u200b\ufeff]+/u
const rareSpaces = new Set(
  Array.from({ length: 0x10000 }, (_, code) => code).filter(
    (code) => code > 0x20 && whitespace.test(String.fromCharCode(code)),
  ),
)
const runsOf = (text: string): string[] => normalise(text).split(whitespace).filter(Boolean)

// Full-width ASCII punctuation stands in nearly every Chinese text; everything else that normalisation changes is rare.
const halfMarks = Array.from({ length: 0x5e }, (_, i) => String.fromCharCode(0x21 + i)).filter((c) =>
  /[^0-9A-Za-z]/.test(c),
)
const fullMarks = halfMarks.map((mark) => String.fromCharCode(mark.charCodeAt(0) + 0xfee0))
const asciiPunctuation = /[!-/:-@[-`{-~]/
const widened = (text: string): string =>
  text.replace(/[,:;()?!]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) + 0xfee0))

/**
 * 文本是否含有少见的写法（全角字母数字、①、㎡、兼容汉字等）：归一会改变它们，核对时须先归一全文。
 * 全角标点、空白与大写英文字母不算。
 */
export function hasRareForms(text: string): boolean {
  const usual = text.replace(/[\s\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff5eA-Z]/g, '')
  return normalise(usual) !== usual
}
/** 条目各栏中有少见的写法；写入时算好，存入 metadata（公开接口不显示）。 */
export const entryHasRareForms = (entry: SearchableEntry): boolean =>
  [entry.title, ...references(entry), entry.body].some(hasRareForms)
/** metadata 中的键。 */
export const rareFormsKey = 'rareForms'

/** 查询拆成词：以空白分隔，去重；没有可检索的文字时为空数组。 */
export function searchWords(q: string): SearchWord[] {
  const words = new Map<string, SearchWord>()
  for (const raw of q.split(whitespace).filter(Boolean)) {
    for (const text of runsOf(raw)) {
      words.set(text, { text, variants: [...new Set([raw, text, widened(text)])] })
    }
  }
  return [...words.values()]
}

// A gram as one number, in code point order: PostgreSQL reads a sorted vector several times faster than an unsorted one.
const codePointSpan = 0x200000
const upperA = 0x41 * codePointSpan

/** 若干栏的一字、两字词元，升序、去重；以数字表示：前一字 × 2²¹ + 后一字（没有则 0）。 */
function gramKeys(texts: readonly string[]): Float64Array {
  const sources = texts.map(normalise)
  const length = sources.reduce((sum, text) => sum + text.length, 0)
  const distinct = new KeySet(2 * length)
  for (const text of sources) {
    let previous = 0
    for (let i = 0; i < text.length; i += 1) {
      let code = text.charCodeAt(i)
      if (code >= 0xd800 && code <= 0xdbff) {
        code = text.codePointAt(i) ?? code
        if (code > 0xffff) i += 1
      }
      if (isSpace(code)) {
        previous = 0
        continue
      }
      distinct.add(code, 0)
      if (previous > 0) distinct.add(previous, code)
      previous = code
    }
  }
  return distinct.sorted()
}

/** 只为词元去重：开放定址，键不为 0。一部十几万字的文件有数十万个相邻两字，通用的 Set 与先排序再去重都慢数倍。 */
class KeySet {
  readonly #slots: Float64Array
  readonly #keys: Float64Array
  readonly #mask: number
  #size = 0

  constructor(most: number) {
    let capacity = 64
    while (capacity < most * 1.5) capacity *= 2
    this.#mask = capacity - 1
    this.#slots = new Float64Array(capacity)
    this.#keys = new Float64Array(most)
  }

  add(first: number, second: number): void {
    const key = first * codePointSpan + second
    let slot = Math.imul(Math.imul(first, 0x9e3779b1) ^ second, 0x85ebca6b)
    slot = (slot ^ (slot >>> 15)) & this.#mask
    for (; ; slot = (slot + 1) & this.#mask) {
      const found = this.#slots[slot]
      if (found === key) return
      if (found === 0) break
    }
    this.#slots[slot] = key
    this.#keys[this.#size++] = key
  }

  sorted(): Float64Array {
    return this.#keys.subarray(0, this.#size).sort()
  }
}

/** 与 {@link whitespace} 相同的字符，按码位判断（此处每字一次，正则太慢）。 */
const isSpace = (code: number): boolean =>
  code <= 0x20
    ? code === 0x20 || (code >= 0x09 && code <= 0x0d)
    : code >= 0x85 && (code < 0x3001 || code === 0xfeff) && rareSpaces.has(code)

function gramText(key: number): string {
  const first = Math.floor(key / codePointSpan)
  const second = key % codePointSpan
  return second === 0 ? String.fromCodePoint(first) : String.fromCodePoint(first, second)
}

const references = (entry: SearchableEntry): string[] => [
  ...[entry.documentNumber, entry.documentNumberRaw, entry.registryNumber, entry.indexNumber].filter(
    (number) => typeof number === 'string',
  ),
  ...entry.issuers,
]

/** 一个条目的全部词元，去重，按码位升序。 */
export function searchLexemes(entry: SearchableEntry): string[] {
  const reference = references(entry)
  const all = gramKeys([entry.title, ...reference, entry.body])
  const lexemes: string[] = []
  const prefixed = (): void => {
    for (const key of gramKeys([entry.title])) lexemes.push(`A${gramText(key)}`)
    for (const key of gramKeys(reference)) lexemes.push(`B${gramText(key)}`)
  }
  let pending = true
  for (const key of all) {
    if (pending && key > upperA) {
      prefixed()
      pending = false
    }
    lexemes.push(gramText(key))
  }
  if (pending) prefixed()
  return lexemes
}

const special = /['\\]/
const quoted = (lexeme: string): string =>
  special.test(lexeme) ? `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'` : `'${lexeme}'`

/** `register_entries.search` 的文本形式（tsvector 字面量，不带位置）。 */
export function searchVector(entry: SearchableEntry): string {
  const lexemes = searchLexemes(entry)
  // Every character is a lexeme of its own, so the rare special ones show themselves in one look.
  const plain = !lexemes.includes("'") && !lexemes.includes('\\')
  return plain ? `'${lexemes.join("' '")}'` : lexemes.map(quoted).join(' ')
}

/** 一个词必须具备的词元：一个字取其本身，两个字以上取全部相邻两字。 */
function wordGrams(text: string): string[] {
  const characters = [...text]
  if (characters.length === 1) return characters
  const pairs = new Set<string>()
  for (let i = 1; i < characters.length; i += 1) pairs.add(`${characters[i - 1]}${characters[i]}`)
  return [...pairs]
}

/** 词元即足以断定（一字、两字）；三字以上只是必要条件，须在原文中核对。 */
export const isExact = (word: SearchWord): boolean => [...word.text].length <= 2

type Field = '' | 'A' | 'B'
const within = (word: SearchWord, field: Field): string =>
  `(${wordGrams(word.text)
    .map((gram) => quoted(field + gram))
    .join(' & ')})`

/** 命中所在：标题、文号或机关、正文。数值即排序的先后。 */
export const ranks = ['title', 'reference', 'text'] as const
export type Rank = (typeof ranks)[number]

/** 各级命中的候选条件（tsquery 文本）。全部词都在标题；全部词都在标题、文号或机关；全部词都在某一栏。 */
export function rankQuery(words: readonly SearchWord[], rank: Rank): string {
  const one = (word: SearchWord): string => {
    if (rank === 'title') return within(word, 'A')
    if (rank === 'reference') return `(${within(word, 'A')} | ${within(word, 'B')})`
    return within(word, '')
  }
  return words.map(one).join(' & ')
}

/**
 * 恰属本级（不属前面各级）的候选条件。全部为一字、两字的词时词元已足以断定，在索引里就能排除前一级；
 * 否则由 {@link rankCheck} 排除。
 */
export function phaseQuery(words: readonly SearchWord[], rank: Rank): string {
  const own = rankQuery(words, rank)
  const before = ranks[ranks.indexOf(rank) - 1]
  return before && words.every(isExact) ? `${own} & !(${rankQuery(words, before)})` : own
}

const halfText = halfMarks.join('')
const fullText = fullMarks.join('')

/**
 * 列中含有该词。归一全文很慢，只对写入时注明有少见写法的条目进行；其余条目归一只改变全角标点与大小写。
 */
function contains(e: SQL, column: SQL, word: SearchWord): SQL {
  const tests = word.variants.map((variant) => sql`position(${variant} in ${column}) > 0`)
  if (asciiPunctuation.test(word.text) || /[a-z]/.test(word.text)) {
    tests.push(sql`position(${word.text} in translate(lower(${column}), ${fullText}, ${halfText})) > 0`)
  }
  const whole = sql`position(${word.text} in lower(normalize(${column}, NFKD))) > 0`
  return sql`(${sql.join(tests, sql` or `)} or (${e}.metadata ? ${rareFormsKey} and ${whole}))`
}

const titleOf = (e: SQL): SQL => sql`${e}.title`
const referenceOf = (e: SQL): SQL =>
  sql`concat_ws(e'\\n', ${e}.document_number, ${e}.document_number_raw, ${e}.registry_number, ${e}.index_number, array_to_string(${e}.issuers, e'\\n'))`

/**
 * 在原文中核对：`alias` 行确属本级而不属前面各级；不需核对时为 null。
 */
export function rankCheck(words: readonly SearchWord[], rank: Rank, alias: string): SQL | null {
  if (words.every(isExact)) return null
  const e = sql.raw(alias)
  const all = (test: (word: SearchWord) => SQL): SQL => sql`(${sql.join(words.map(test), sql` and `)})`
  const inTitle = all((word) => contains(e, titleOf(e), word))
  if (rank === 'title') return inTitle
  const inHead = all((word) => sql`(${contains(e, titleOf(e), word)} or ${contains(e, referenceOf(e), word)})`)
  if (rank === 'reference') return sql`${inHead} and not ${inTitle}`
  return sql`not ${inHead} and ${anyCheck(words, alias)}`
}

/** 在原文中核对：全部词都在某一栏出现（不分级）；不需核对时为 null。 */
export function anyCheck(words: readonly SearchWord[], alias: string): SQL | null {
  const long = words.filter((word) => !isExact(word))
  if (long.length === 0) return null
  const e = sql.raw(alias)
  // The body is asked first: it is where most hits are.
  const tests = long.map(
    (word) =>
      sql`(${contains(e, sql`${e}.body`, word)} or ${contains(e, titleOf(e), word)} or ${contains(e, referenceOf(e), word)})`,
  )
  return sql`(${sql.join(tests, sql` and `)})`
}
