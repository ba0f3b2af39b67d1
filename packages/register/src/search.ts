// 登记库检索：二元字（bigram）词元存入 tsvector，由 GIN 索引取候选；三字以上的词再在原文中核对，因此结果完整而准确。
//
// 词元（全部为归一后的小写文本，因此大写前缀不会与词元相混）：
//   一个字、相邻两个字        该条目任何一栏中出现
//   「A」+ 一个字或两个字      标题中出现
//   「B」+ 一个字或两个字      文号、登记号、索引号、机关中出现
// 标点不是词的一部分，两边都不算：括号、引号、书名号、横线不隔开两边的字，逗号、句号、顿号与空白隔开（searchText）。
// 不用 tsvector 的权重：GIN 不存权重，按权重查询须逐行取出词元，常用词会慢数百倍。
import { type SQL, sql } from '@dianzhang/database'
import { numberSigns, parseNumber } from '@dianzhang/numbering'
import { Converter } from 'opencc-js/t2cn'

/** 词元算法的第几版；改了 {@link searchText} 就加一，并让 `register_entries_search_form` 索引指向旧版的行。 */
export const searchForm = 2

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

/** 检索的一个词：出现任何一种写法即为出现。 */
export interface SearchWord {
  /** 至少一种；文号按规范写法，繁体字另有简体一种。 */
  forms: SearchForm[]
}
export interface SearchForm {
  /** {@link searchText} 之后的文本，不含空白。 */
  text: string
  /** 原文中可能的写法，用于不经归一的快速核对。 */
  variants: string[]
}

/**
 * 归一：全角与半角、兼容汉字、大小写视为相同（NFKD，小写）。逐字进行，因此原文包含某词，归一后也必然包含。
 */
export const normalise = (text: string): string => text.normalize('NFKD').replaceAll('Σ', 'σ').toLowerCase()

// Marks by what they do to the words beside them. Written out, because the database must know the same ones.
/** 不隔开两边的字：括号、引号、书名号、横线、间隔号、看不见的字符。 */
const joiners = `()[]{}<>"'\`*#_^~|-\u00ab\u00bb\u00ad\u00b4\u00b7\u2010\u2011\u2012\u2013\u2014\u2015\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2022\u2027\u2039\u203a\u200b\u200c\u200d\u2060\ufeff\u3008\u3009\u300a\u300b\u300c\u300d\u300e\u300f\u3010\u3011\u3014\u3015\u3016\u3017\u3018\u3019\u301a\u301b\u301c\u301d\u301e\u301f\u30fb\u25cf\u25a0\u2605`
/** 隔开两边的字：点号、斜线、省略号。 */
const separators = ',.:;!?/\\\u2026\u3001\u3002\u00b6'
/** 数字之间的点、横、冒号、斜线是数字的一部分（1.5、8:30、3—5），视为同一个记号。 */
const figureMark = '\u0001'
const figureMarks = '.,:/~-\uff0e\uff0c\uff1a\uff0f\uff5e\uff0d\u2010\u2011\u2012\u2013\u2014\u2015\u301c'

/** 一组字符的正则写法，JavaScript 与 PostgreSQL 都认。 */
const classOf = (signs: string): string =>
  `[${[...new Set(signs)].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}]`
const inFiguresPattern = new RegExp(`(?<=[0-9])${classOf(figureMarks)}+(?=[0-9])`, 'gu')
const joinersPattern = new RegExp(`${classOf(joiners)}+`, 'gu')
const separatorsPattern = new RegExp(`(?:\\s|${classOf(`\u0085${separators}`)})+`, 'gu')

/**
 * 检索时看到的文字：归一；数字之间的点横成为一个记号；不隔开两边的标点去掉，隔开的成为空格。写入词元、拆开检索词、
 * 在原文中核对（{@link patternOf}）用的都是它。
 */
export const searchText = (text: string): string =>
  normalise(text).replace(inFiguresPattern, figureMark).replace(joinersPattern, '').replace(separatorsPattern, ' ')

// Full-width ASCII punctuation stands in nearly every Chinese text; everything else that normalisation changes is rare.
const halfMarks = Array.from({ length: 0x5e }, (_, i) => String.fromCharCode(0x21 + i)).filter((c) =>
  /[^0-9A-Za-z]/.test(c),
)
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

const toSimplified = Converter({ from: 't', to: 'cn' })
const queryBreaks =
  /[\s\u0085\u3002\u3001\uff1b\uff01\uff1f\u2026;!?\\\uff3c]+|(?<![0-9\uff10-\uff19])[,.:/\uff0c\uff0e\uff1a\uff0f]+|[,.:/\uff0c\uff0e\uff1a\uff0f]+(?![0-9\uff10-\uff19])/u
const formOf = (text: string, ...variants: string[]): SearchForm => ({
  text,
  // A variant may say less than the word: 〔2026〕3 stands in 〔2026〕31号 too.
  variants: [...new Set([...variants, text, widened(text)])].filter((one) => searchText(one).includes(text)),
})

/** 发文字号写进一串字里：后面的字另成一词。 */
const numberWithin = /^(.*[〔［[（(【]\s*(?:19|20)\d\d年?\s*[〕］\]）)】]\s*第?\s*\d{1,5}\s*号)(.+)$/u
/** 机关代字、年份、顺序号，年份没有括入：海政规发2026年3号、海政规发2026-3。 */
const looseNumber = /^([\u4e00-\u9fff]{1,12}?)第?((?:19|20)[0-9]{2})(?:年第?|第|[-—–_/])0*([1-9][0-9]{0,4})号?$/u
/** 海政规发2026年：某一系列某一年的全部。 */
const seriesOfYear = /^([\u4e00-\u9fff]{1,11}[发函字规办令告复批政知通])((?:19|20)[0-9]{2})年?$/u
const yearAndNumber = /^((?:19|20)[0-9]{2})年?第?0*([1-9][0-9]{0,4})号$/u
const orderOnly = /^第?0*([1-9][0-9]{0,4})号(令|公告|通告)$/u

/**
 * 一个文号在检索时的写法；不是文号为 null。凡 {@link parseNumber} 读得懂的都按规范写法，此外也认没有括入年份、只有年份与
 * 顺序号、“351号令”等写法。
 */
function numberForm(given: string): SearchForm[] | null {
  const text = unwrapped(given)
  const known = parseNumber(text)
  if (known.normalized !== null) {
    const words = runsOf(known.normalized)
    return words.map((word) => formOf(word, known.normalized ?? '', text))
  }
  const plain = normalise(text).replace(/[\s()[\]{}<>〔〕【】〈〉﹝﹞]+/gu, '')
  const loose = looseNumber.exec(plain)
  if (loose) return [formOf(`${loose[1]}${loose[2]}${loose[3]}号`, `${loose[1]}〔${loose[2]}〕${loose[3]}号`, text)]
  const series = seriesOfYear.exec(plain)
  if (series) return [formOf(`${series[1]}${series[2]}`, `${series[1]}〔${series[2]}`)]
  const year = yearAndNumber.exec(plain)
  if (year) return [formOf(`${year[1]}${year[2]}号`, `〔${year[1]}〕${year[2]}号`)]
  const order = orderOnly.exec(plain)
  if (order) return [formOf(`${order[2]}第${order[1]}号`)]
  return null
}

/** 统一登记号：地区标识、年份、顺序号；横线的写法与虚位的多少不论，是其中一种即是。不是登记号为 null。 */
function registryForms(given: string): SearchForm[] | null {
  const plain = normalise(unwrapped(given)).replace(/[\u2010-\u2015\u30fc_]+/gu, '-')
  const [, region, year, seq = ''] = registryNumber.exec(plain) ?? []
  if (region === undefined) return null
  return Array.from({ length: 7 - seq.length }, (_, zeros) =>
    formOf(searchText(`${region}-${year}-${'0'.repeat(zeros)}${seq}`)),
  )
}
const registryNumber = /^([a-z]{2,8})-?((?:19|20)[0-9]{2})-0*([1-9][0-9]{0,5})$/u

/**
 * 查询拆成词：空白与点号分隔，去重；括号、引号、书名号不算；文号按规范写法。没有可检索的文字时为空数组。
 */
export function searchWords(given: string): SearchWord[] {
  const q = numberSigns(given)
  const words = new Map<string, SearchWord>()
  const add = (forms: SearchForm[]): void => {
    const [first] = forms
    if (first !== undefined && !words.has(first.text)) words.set(first.text, { forms })
  }
  const whole = numberForm(q.trim())
  if (whole !== null && isOneNumber(q.trim())) {
    for (const form of whole) add(alsoSimplified(form))
    return [...words.values()]
  }
  for (const token of q.split(/[\s\u0085\ufeff\u200b]+/u).flatMap(partsOf)) {
    const registered = registryForms(token)
    if (registered !== null) {
      add(registered)
      continue
    }
    const number = numberForm(token)
    if (number !== null) {
      for (const form of number) add(alsoSimplified(form))
      continue
    }
    for (const piece of token.split(queryBreaks)) {
      for (const text of runsOf(piece)) {
        const simple = runsOf(toSimplified(text)).join('')
        add([formOf(text, piece), ...(simple === text || simple === '' ? [] : [formOf(simple)])])
      }
    }
  }
  return [...words.values()]
}
/** 財稅〔2016〕36号：繁体的代字另照简体找。 */
const alsoSimplified = (form: SearchForm): SearchForm[] => {
  const simple = toSimplified(form.text)
  return simple === form.text ? [form] : [form, formOf(simple)]
}
/** 文号外面的引号、书名号、括号与末尾的点号不算。 */
function unwrapped(given: string): string {
  const text = given.replace(/^[\s《“”‘’"'「『]+|[\s》“”‘’"'」』。，？！；：、,.?!;:]+$/gu, '')
  return /^[（([【〈<{﹝]([^（([【〈<{﹝]+[（([【〈<{﹝〔［].+)[）)\]】〉>}﹞]$/u.exec(text)?.[1] ?? text
}

/** 财政部 税务总局公告2023年第12号、海政规发 〔2026〕 3号 是一个文号；停车 公告 3 不是。 */
const isOneNumber = (q: string): boolean =>
  !/\s/u.test(q) ||
  /^\S+\s*[〔［[（(【﹝〈<{]/u.test(unwrapped(q)) ||
  parseNumber(q).faults.some(({ code }) => code === 'joint_sign')
const partsOf = (token: string): string[] => {
  const found = numberWithin.exec(token)
  return found === null ? [token] : [found[1] ?? '', found[2] ?? '']
}
const runsOf = (text: string): string[] => searchText(text).split(' ').filter(Boolean)

// A gram as one number, in code point order: PostgreSQL reads a sorted vector several times faster than an unsorted one.
const codePointSpan = 0x200000
const upperA = 0x41 * codePointSpan

/** 若干栏的一字、两字词元，升序、去重；以数字表示：前一字 × 2²¹ + 后一字（没有则 0）。 */
function gramKeys(texts: readonly string[]): Float64Array {
  const sources = texts.map(searchText)
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

const isSpace = (code: number): boolean => code === 0x20

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

/** 引号与反斜线不隔开两边的字或者隔开两边，归一之后不在任何词里，因此词元不需转义。 */
const quoted = (lexeme: string): string => `'${lexeme}'`

/** `register_entries.search` 的文本形式（tsvector 字面量，不带位置）。 */
export const searchVector = (entry: SearchableEntry): string => searchLexemes(entry).map(quoted).join(' ')

/** 一个词必须具备的词元：一个字取其本身，两个字以上取全部相邻两字。 */
function wordGrams(text: string): string[] {
  const characters = [...text]
  if (characters.length === 1) return characters
  const pairs = new Set<string>()
  for (let i = 1; i < characters.length; i += 1) pairs.add(`${characters[i - 1]}${characters[i]}`)
  return [...pairs]
}

/** 词元即足以断定（一字、两字）；三字以上只是必要条件，须在原文中核对。 */
const isExact = (word: SearchWord): boolean => word.forms.every(({ text }) => [...text].length <= 2)

type Field = '' | 'A' | 'B'
const within = (word: SearchWord, field: Field): string =>
  `(${word.forms
    .map(
      ({ text }) =>
        `(${wordGrams(text)
          .map((gram) => quoted(field + gram))
          .join(' & ')})`,
    )
    .join(' | ')})`

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

const wideOf = (sign: string): string => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)
const anyJoiner =
  joiners +
  halfMarks
    .filter((sign) => joiners.includes(sign))
    .map(wideOf)
    .join('')
const between = `${classOf(anyJoiner)}*`
const plainJoiners = classOf([...anyJoiner].filter((sign) => !figureMarks.includes(sign)).join(''))
/** 两个数字之间：横线连着两边的数字时不是可以略去的标点。 */
const betweenFigures = `(?:${between}${plainJoiners}${between})?`
const isFigure = (sign: string | undefined): boolean => sign !== undefined && sign >= '0' && sign <= '9'

/**
 * 原文中的一个词，其间可以有不隔开两边的标点：与 {@link searchText} 的结果含有该词相当，由测试对照。全角标点、大小写也不论；
 * 其余少见的写法须先归一全文。
 */
export function patternOf(text: string): string {
  const signs = [...text]
  return signs
    .map((sign, at) => {
      const next = signs[at + 1]
      const own =
        sign === figureMark
          ? `${classOf(figureMarks)}+`
          : /[a-z]/.test(sign)
            ? `[${sign}${sign.toUpperCase()}]`
            : /[!-~]/.test(sign) && !isFigure(sign)
              ? classOf(sign + wideOf(sign))
              : sign < '\u0080'
                ? classOf(sign)
                : sign
      if (next === undefined || sign === figureMark || next === figureMark) return own
      return own + (isFigure(sign) && isFigure(next) ? betweenFigures : between)
    })
    .join('')
}

const either = (tests: SQL[]): SQL => sql`(${sql.join(tests, sql` or `)})`
/** 列中照原文的样子含有该词：最快，多数命中在此。 */
const asWritten = (column: SQL, word: SearchWord): SQL =>
  either(word.forms.flatMap(({ variants }) => variants.map((variant) => sql`position(${variant} in ${column}) > 0`)))
/** 列中含有该词，标点、全角半角、大小写不论。归一全文很慢，只对写入时注明有少见写法的条目进行。 */
const inWords = (e: SQL, column: SQL, word: SearchWord): SQL =>
  sql`(case when ${e}.metadata ? ${rareFormsKey} then lower(normalize(${column}, NFKD)) else ${column} end ~ ${word.forms
    .map(({ text }) => patternOf(text))
    .join('|')})`
const contains = (e: SQL, column: SQL, word: SearchWord): SQL =>
  sql`(${asWritten(column, word)} or ${inWords(e, column, word)})`

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
  // The body as it is written is asked first: it is where most hits are. Its marks are looked through last, they cost most.
  const body = sql`${e}.body`
  const tests = long.map(
    (word) =>
      sql`(${asWritten(body, word)} or ${contains(e, titleOf(e), word)} or ${contains(e, referenceOf(e), word)} or ${inWords(e, body, word)})`,
  )
  return sql`(${sql.join(tests, sql` and `)})`
}
