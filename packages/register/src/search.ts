// How texts and words are read for searching. The register is searched by its own index (search-index/), which asks here how
// a text is normalised and how a word is checked in the text itself; what is found in matters has its tokens of one and two
// characters in a tsvector, of which a GIN index gives the candidates.
//
// Tokens (all are normalised lower-case text, so an upper-case prefix cannot be mixed up with one):
// one character, or two adjacent ones: occurs in any field of the entry
// “A” + one or two characters: occurs in the title
// “B” + one or two characters: occurs in document number, registry number, index number or authority
// Punctuation is no part of a word and counts on neither side: brackets, quotation marks, title marks and dashes do
// not part the characters around them; commas, full stops, “、” and white space do (searchText).
// The weights of tsvector are not used: GIN does not store them, so a query by weight must fetch the tokens row by
// row, which is hundreds of times slower for frequent words.
import { type SQL, sql } from '@dianzhang/database'
import { isDecisive } from '@dianzhang/gram-index'
import { numberSigns, parseNumber } from '@dianzhang/numbering'
import { Converter } from 'opencc-js/t2cn'

/** Version of the token algorithm, raised after a change to {@link searchText}: the tokens of matters are then written anew. */
export const searchForm = 2

/** The fields that are searched. */
export interface SearchableEntry {
  title: string
  documentNumber?: string | null
  documentNumberRaw?: string | null
  registryNumber?: string | null
  indexNumber?: string | null
  issuers: readonly string[]
  body: string
}

/** One word of a search: it occurs when any of its forms occurs. */
export interface SearchWord {
  /** At least one; a document number in its standard form, traditional characters also in simplified form. */
  forms: SearchForm[]
}
export interface SearchForm {
  /** The text after {@link searchText}, without white space. */
  text: string
  /** Ways it may be written in the original text, for the quick check without normalisation. */
  variants: string[]
}

/**
 * Normalises: full and half width, compatibility characters, and upper and lower case count as the same (NFKD, lower
 * case). Done character by character, so if the original contains a word, so does the normalised text.
 */
export const normalise = (text: string): string => text.normalize('NFKD').replaceAll('Σ', 'σ').toLowerCase()

// Marks by what they do to the words beside them. Written out, because the database must know the same ones.
/**
 * Does not part the characters around it: brackets, quotation marks, title marks, dashes, middle dots, invisible
 * characters.
 */
const joiners = `()[]{}<>"'\`*#_^~|-\u00ab\u00bb\u00ad\u00b4\u00b7\u2010\u2011\u2012\u2013\u2014\u2015\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2022\u2027\u2039\u203a\u200b\u200c\u200d\u2060\ufeff\u3008\u3009\u300a\u300b\u300c\u300d\u300e\u300f\u3010\u3011\u3014\u3015\u3016\u3017\u3018\u3019\u301a\u301b\u301c\u301d\u301e\u301f\u30fb\u25cf\u25a0\u2605`
/** Parts the characters around it: stops and commas, slashes, ellipses. */
const separators = ',.:;!?/\\\u2026\u3001\u3002\u00b6'
/** A point, dash, colon or slash between digits is part of the figure (1.5, 8:30, 3—5); all count as the same mark. */
const figureMark = '\u0001'
const figureMarks = '.,:/~-\uff0e\uff0c\uff1a\uff0f\uff5e\uff0d\u2010\u2011\u2012\u2013\u2014\u2015\u301c'

/** A set of characters as a regular expression that both JavaScript and PostgreSQL read. */
const classOf = (signs: string): string =>
  `[${[...new Set(signs)].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}]`
const inFiguresPattern = new RegExp(`(?<=[0-9])${classOf(figureMarks)}+(?=[0-9])`, 'gu')
const joinersPattern = new RegExp(`${classOf(joiners)}+`, 'gu')
const separatorsPattern = new RegExp(`(?:\\s|${classOf(`\u0085${separators}`)})+`, 'gu')

/**
 * The text as the search sees it: normalised; a point or dash between digits becomes one mark; punctuation that does
 * not part characters is removed, and what parts them becomes a space. Used for writing tokens, splitting search
 * words and checking in the original text ({@link patternOf}).
 */
export const searchText = (text: string): string =>
  // Were the mark in the text as given, only one of the two sides would take it for a point between digits: it parts, as any other
  // character that is in no word.
  asSearched(text.replaceAll(figureMark, ' '))
/** The same of what may have been read already: its marks stay. */
const asSearched = (text: string): string =>
  normalise(text).replace(inFiguresPattern, figureMark).replace(joinersPattern, '').replace(separatorsPattern, ' ')

// Full-width ASCII punctuation stands in nearly every Chinese text; everything else that normalisation changes is rare.
const halfMarks = Array.from({ length: 0x5e }, (_, i) => String.fromCharCode(0x21 + i)).filter((c) =>
  /[^0-9A-Za-z]/.test(c),
)
const widened = (text: string): string =>
  text.replace(/[,:;()?!]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) + 0xfee0))

/**
 * Whether the text has rare forms (full-width letters and digits, “①”, “㎡”, compatibility characters and so on):
 * normalisation changes them, so the whole text must be normalised before checking. Full-width punctuation, white
 * space and upper-case Latin letters do not count.
 */
export function hasRareForms(text: string): boolean {
  const usual = text.replace(/[\s\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff5eA-Z]/g, '')
  return normalise(usual) !== usual
}
/** Some field of the entry has rare forms; computed when written and kept in metadata (not shown by the public API). */
export const entryHasRareForms = (entry: SearchableEntry): boolean =>
  [entry.title, ...references(entry), entry.body].some(hasRareForms)
/** The key in metadata. */
export const rareFormsKey = 'rareForms'

const toSimplified = Converter({ from: 't', to: 'cn' })
const queryBreaks =
  /[\s\u0085\u3002\u3001\uff1b\uff01\uff1f\u2026;!?\\\uff3c]+|(?<![0-9\uff10-\uff19])[,.:/\uff0c\uff0e\uff1a\uff0f]+|[,.:/\uff0c\uff0e\uff1a\uff0f]+(?![0-9\uff10-\uff19])/u
const formOf = (text: string, ...variants: string[]): SearchForm => ({
  text,
  // A variant may say less than the word: 〔2026〕3 stands in 〔2026〕31号 too.
  variants: [...new Set([...variants, text, widened(text)])].filter((one) => asSearched(one).includes(text)),
})

/** A document number run into other characters: what follows becomes a word of its own. */
const numberWithin = /^(.*[〔［[（(【]\s*(?:19|20)\d\d年?\s*[〕］\]）)】]\s*第?\s*\d{1,5}\s*号)(.+)$/u
/** Agency mark, year and sequence with the year not in brackets: “海政规发2026年3号”, “海政规发2026-3”. */
const looseNumber = /^([\u4e00-\u9fff]{1,12}?)第?((?:19|20)[0-9]{2})(?:年第?|第|[-—–_/])0*([1-9][0-9]{0,4})号?$/u
/** “海政规发2026年”: everything of one series in one year. */
const seriesOfYear = /^([\u4e00-\u9fff]{1,11}[发函字规办令告复批政知通])((?:19|20)[0-9]{2})年?$/u
const yearAndNumber = /^((?:19|20)[0-9]{2})年?第?0*([1-9][0-9]{0,4})号$/u
const orderOnly = /^第?0*([1-9][0-9]{0,4})号(令|公告|通告)$/u

/**
 * How a document number is written for searching; null when it is none. Whatever {@link parseNumber} can read takes
 * the standard form; a year without brackets, year and sequence alone, “351号令” and the like are recognised too.
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

/**
 * Registry number: region mark, year, sequence. Whatever the dashes and however many leading zeros, matching one of
 * the forms is enough. Null when it is none.
 */
function registryForms(given: string): SearchForm[] | null {
  const plain = normalise(unwrapped(given)).replace(/[\u2010-\u2015\u30fc_]+/gu, '-')
  const [, region, year, seq = ''] = registryNumber.exec(plain) ?? []
  if (region === undefined) return null
  return Array.from({ length: 7 - seq.length }, (_, zeros) =>
    formOf(asSearched(`${region}-${year}-${'0'.repeat(zeros)}${seq}`)),
  )
}
const registryNumber = /^([a-z]{2,8})-?((?:19|20)[0-9]{2})-0*([1-9][0-9]{0,5})$/u

/**
 * Splits a query into words: parted by white space and stops, without duplicates; brackets, quotation marks and title
 * marks do not count; document numbers in standard form. An empty array when there is nothing to search for.
 */
export function searchWords(given: string): SearchWord[] {
  const q = numberSigns(given.replaceAll(figureMark, ' '))
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
/** “財稅〔2016〕36号”: an agency mark in traditional characters is also looked for in simplified ones. */
const alsoSimplified = (form: SearchForm): SearchForm[] => {
  const simple = toSimplified(form.text)
  return simple === form.text ? [form] : [form, formOf(simple)]
}
/** Quotation marks, title marks and brackets around a document number, and stops at its end, do not count. */
function unwrapped(given: string): string {
  const text = given.replace(/^[\s《“”‘’"'「『]+|[\s》“”‘’"'」』。，？！；：、,.?!;:]+$/gu, '')
  return /^[（([【〈<{﹝]([^（([【〈<{﹝]+[（([【〈<{﹝〔［].+)[）)\]】〉>}﹞]$/u.exec(text)?.[1] ?? text
}

/** “财政部 税务总局公告2023年第12号” and “海政规发 〔2026〕 3号” are one document number; “停车 公告 3” is not. */
const isOneNumber = (q: string): boolean =>
  !/\s/u.test(q) ||
  /^\S+\s*[〔［[（(【﹝〈<{]/u.test(unwrapped(q)) ||
  parseNumber(q).faults.some(({ code }) => code === 'joint_sign')
const partsOf = (token: string): string[] => {
  const found = numberWithin.exec(token)
  return found === null ? [token] : [found[1] ?? '', found[2] ?? '']
}
const runsOf = (text: string): string[] => asSearched(text).split(' ').filter(Boolean)

// A gram as one number, in code point order: PostgreSQL reads a sorted vector several times faster than an unsorted one.
const codePointSpan = 0x200000
const upperA = 0x41 * codePointSpan

/**
 * Tokens of one and two characters of several fields, ascending, without duplicates; as numbers: first character ×
 * 2²¹ + second (0 if none).
 */
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

/**
 * Only for removing duplicate tokens: open addressing, keys are never 0. A document of well over a hundred thousand
 * characters has hundreds of thousands of adjacent pairs; the general Set, or sorting first and then removing
 * duplicates, is several times slower.
 */
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

export const references = (entry: SearchableEntry): string[] => [
  ...[entry.documentNumber, entry.documentNumberRaw, entry.registryNumber, entry.indexNumber].filter(
    (number) => typeof number === 'string',
  ),
  ...entry.issuers,
]

/** All tokens of an entry, without duplicates, ascending by code point. */
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

/**
 * Quotation marks and backslashes either do not part characters or do, and after normalisation are in no word; so
 * tokens need no escaping.
 */
const quoted = (lexeme: string): string => `'${lexeme}'`

/** The tokens as a tsvector literal without positions. */
export const searchVector = (entry: SearchableEntry): string => searchLexemes(entry).map(quoted).join(' ')

/** The tokens a word must have: a single character itself; two or more, every adjacent pair. */
function wordGrams(text: string): string[] {
  const characters = [...text]
  if (characters.length === 1) return characters
  const pairs = new Set<string>()
  for (let i = 1; i < characters.length; i += 1) pairs.add(`${characters[i - 1]}${characters[i]}`)
  return [...pairs]
}

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

/** Where the hit is: title, number or authority, body. The value is the order of sorting. */
export const ranks = ['title', 'reference', 'text'] as const
export type Rank = (typeof ranks)[number]

/**
 * Conditions for candidates of each level of hit (tsquery text): all words in the title; all words in title, number
 * or authority; all words in any field.
 */
export function rankQuery(words: readonly SearchWord[], rank: Rank): string {
  const one = (word: SearchWord): string => {
    if (rank === 'title') return within(word, 'A')
    if (rank === 'reference') return `(${within(word, 'A')} | ${within(word, 'B')})`
    return within(word, '')
  }
  return words.map(one).join(' & ')
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
/** Between two digits: a dash with digits on both sides is not punctuation that may be left out. */
const betweenFigures = `(?:${between}${plainJoiners}${between})?`
const isFigure = (sign: string | undefined): boolean => sign !== undefined && sign >= '0' && sign <= '9'

/**
 * A word in the original text, in which punctuation that does not part characters may occur: equivalent to the result
 * of {@link searchText} containing the word, as the tests check. Full-width punctuation and case do not matter
 * either; for other rare forms the whole text must be normalised first.
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
/** The column contains the word just as written: the fastest check, and most hits are found by it. */
const asWritten = (column: SQL, word: SearchWord): SQL =>
  either(word.forms.flatMap(({ variants }) => variants.map((variant) => sql`position(${variant} in ${column}) > 0`)))
/**
 * The column contains the word, whatever the punctuation, width and case. Normalising the whole text is slow and is
 * done only for entries noted as having rare forms when written.
 */
const inWords = (e: SQL, column: SQL, word: SearchWord): SQL =>
  sql`(case when ${e}.metadata ? ${rareFormsKey} then lower(normalize(${column}, NFKD)) else ${column} end ~ ${word.forms
    .map(({ text }) => patternOf(text))
    .join('|')})`
const contains = (e: SQL, column: SQL, word: SearchWord): SQL =>
  sql`(${asWritten(column, word)} or ${inWords(e, column, word)})`

const titleOf = (e: SQL): SQL => sql`${e}.title`
const referenceOf = (e: SQL): SQL =>
  sql`concat_ws(e'\\n', ${e}.document_number, ${e}.document_number_raw, ${e}.registry_number, ${e}.index_number, array_to_string(${e}.issuers, e'\\n'))`

/** Check in the text itself that row `alias` is of this level and of none before it. */
export function rankCheck(words: readonly SearchWord[], rank: Rank, alias: string): SQL {
  const { inTitle, inHead } = headChecks(words, alias)
  if (rank === 'title') return inTitle
  if (rank === 'reference') return sql`${inHead} and not ${inTitle}`
  return sql`not ${inHead} and ${anyCheck(words, alias)}`
}
/** The level of row `alias`, which has all words, as its place in {@link ranks}. */
export function levelOf(words: readonly SearchWord[], alias: string): SQL {
  const { inTitle, inHead } = headChecks(words, alias)
  return sql`(case when ${inTitle} then 0 when ${inHead} then 1 else 2 end)`
}
function headChecks(words: readonly SearchWord[], alias: string): { inTitle: SQL; inHead: SQL } {
  const e = sql.raw(alias)
  const all = (test: (word: SearchWord) => SQL): SQL => sql`(${sql.join(words.map(test), sql` and `)})`
  return {
    inTitle: all((word) => contains(e, titleOf(e), word)),
    inHead: all((word) => sql`(${contains(e, titleOf(e), word)} or ${contains(e, referenceOf(e), word)})`),
  }
}

/**
 * Check in the text itself that row `alias`, of which the index says that it may have all words, has them in some field:
 * what the grams alone decide is not looked for again.
 */
export const anyCheck = (words: readonly SearchWord[], alias: string): SQL =>
  wordsCheck(
    words.filter((word) => !word.forms.every(({ text }) => isDecisive(text))),
    alias,
  ) ?? sql`true`
/** The same for all words, where no index was asked; null when there are none. */
export function wordsCheck(long: readonly SearchWord[], alias: string): SQL | null {
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
