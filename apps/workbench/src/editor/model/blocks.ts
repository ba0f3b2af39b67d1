// The text while editing: one block per paragraph, numbers follow from position, and the rest (indentation, gaps, line
// breaks) is carried along, so that the print equals what was read to the letter.
import { chineseNumeral, printRows, readNumeral } from '@dianzhang/text'
import { type BlockLevel, isHeading, rankOf } from './levels.ts'

/** A reference to a provision of this document: it knows the paragraph, and prints its present number. */
export interface ReferenceValue {
  /** The id of the paragraph referred to; several, as for “前两款”, are joined by spaces. */
  target: string
  /** How it is written, with slots for the numbers: `第{条c}条{之}第{款c}款`, `前条第{款c}款`. */
  form: string
  /** The present words; the last words if the paragraph referred to has been deleted. */
  text: string
  broken: boolean
  /**
   * “前款” and the like no longer read as what they first referred to: which place that was. Null when there is no
   * doubt.
   */
  was: string | null
}
export type Inline =
  | { kind: 'text'; text: string }
  | ({ kind: 'reference' } & ReferenceValue)
  /** A line break within a paragraph (a title set over several lines), kept as it is. */
  | { kind: 'break'; text: string }

/** What numbering needs; the node attributes in the editor have just this shape. */
export interface Numbered {
  level: BlockLevel
  /** 1 for items, 2 for sub-items, 3 and on below them; 1 for all else. */
  depth: number
  /** How the number is written; null when not numbered. */
  style: string | null
  /** `第…条之…`: how many levels of “之”. */
  branch: number
  /**
   * Starts again from one, continues from the level above, or starts from a given number; by default according to
   * position.
   */
  run: 'anew' | 'continue' | number | null
  /** A number kept as it was written; null for automatic numbering. */
  written: string | null
}
export interface Block extends Numbered {
  id: string
  /** The white space and line breaks before this paragraph. */
  lead: string
  /** Between number and words. */
  gap: string
  content: Inline[]
  /** Tables only. */
  rows?: string[][]
  /** How the table was written originally; printed as it was while its content is untouched. */
  raw?: string | null
}
export interface BlockText {
  /** The white space before the first paragraph. */
  head: string
  blocks: Block[]
  /** The white space after the last paragraph. */
  tail: string
}
export interface BlockNumber {
  text: string
  ordinal: number[] | null
}

const circled = (n: number): string => (n >= 1 && n <= 20 ? String.fromCharCode(0x245f + n) : `（${n}）`)
const wide = (n: number): string =>
  String(n).replace(/[0-9]/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
/** Prints a number in a given notation: figure is one of c, a, w, o. */
export function figured(figure: string, n: number): string {
  return figure === 'a' ? String(n) : figure === 'w' ? wide(n) : figure === 'o' ? circled(n) : chineseNumeral(n)
}
const numberText = (style: string, ordinal: number[]): string =>
  style.replace(/\{([cawo])\}/u, (_whole, figure: string) => figured(figure, ordinal[0] ?? 0)) +
  ordinal
    .slice(1)
    .map((n) => `之${chineseNumeral(n)}`)
    .join('')

/** How a number is written; null when that notation would not print the original (“第一〇一条”). */
export function styleOf(written: string, ordinal: number[] | null): string | null {
  if (ordinal === null) return null
  const main = ordinal.length > 1 ? written.replace(/(?:之[^之]+)+$/u, '') : written
  const found = /[零〇○一二两三四五六七八九十百千万]+|[0-9]+|[０-９]+|[\u2460-\u2473]/u.exec(main)
  if (found === null) return null
  const [numeral] = found
  const figure = /[0-9]/u.test(numeral)
    ? 'a'
    : /[０-９]/u.test(numeral)
      ? 'w'
      : /[\u2460-\u2473]/u.test(numeral)
        ? 'o'
        : 'c'
  const style = `${main.slice(0, found.index)}{${figure}}${main.slice(found.index + numeral.length)}`
  return numberText(style, ordinal) === written ? style : null
}
/** What a written number reads as; null when it cannot be read. */
function readOrdinal(written: string): number[] | null {
  const [main = '', ...branches] = written.replace(/\s/gu, '').split('之')
  const numeral = /[零〇○一二两三四五六七八九十百千万]+|[0-9]+|[０-９]+/u.exec(main)?.[0]
  const circle = /[\u2460-\u2473]/u.exec(main)?.[0]
  const value = numeral !== undefined ? readNumeral(numeral) : circle ? circle.charCodeAt(0) - 0x245f : null
  if (value === null) return null
  const more = branches.map((each) => readNumeral(each))
  return more.some((each) => each === null) ? null : [value, ...(more as number[])]
}

/** Numbers of one kind: same level, same brackets and punctuation. */
const keyOf = (block: Numbered): string =>
  `${block.level}${block.depth}${block.level === 'item' || block.level.startsWith('heading') ? (block.style ?? '').replace(/\{.\}/u, '') : ''}`

/** Begins a new part (an attachment), where numbering starts over. */
const opensPart = (blocks: readonly Numbered[], at: number): boolean => {
  const level = blocks[at]?.level
  return level === 'attachment' || (level === 'attachmentTitle' && blocks[at - 1]?.level !== 'attachment')
}

/**
 * The state of numbering while walking through the paragraphs. Articles run through the whole text (or one
 * attachment); parts, chapters, sections, items, sub-items, “一、” and “（一）” are numbered from one within the level
 * above.
 */
export class Counters {
  #now = new Map<string, { rank: number; ordinal: number[] }>()
  #reached = new Map<string, number>()

  /** Arrives at a paragraph: a level above makes all levels below it start over. */
  enter(blocks: readonly Numbered[], at: number): void {
    const block = blocks[at] as Numbered
    if (opensPart(blocks, at)) {
      this.#now.clear()
      this.#reached.clear()
    }
    const rank = rankOf(block.level, block.depth)
    if (rank === 0) return
    for (const [key, each] of this.#now) if (each.rank > rank && !(each.rank === 60 && rank < 60)) this.#now.delete(key)
  }
  /** What number this paragraph has in the present state. */
  propose(block: Numbered): BlockNumber | null {
    if (block.written !== null) return { text: block.written, ordinal: readOrdinal(block.written) }
    if (block.style === null) return null
    const key = keyOf(block)
    const before = this.#now.get(key)?.ordinal
    let ordinal: number[]
    if (block.branch > 0 && before !== undefined) {
      ordinal = before.slice(0, block.branch)
      while (ordinal.length < block.branch) ordinal.push(1)
      ordinal.push((before[block.branch] ?? 0) + 1)
    } else if (typeof block.run === 'number') ordinal = [block.run]
    else if (block.run === 'anew') ordinal = [1]
    else if (block.run === 'continue') ordinal = [(this.#reached.get(key) ?? 0) + 1]
    else ordinal = [(before?.[0] ?? 0) + 1]
    return { text: numberText(block.style, ordinal), ordinal }
  }
  commit(block: Numbered, number: BlockNumber | null): void {
    if (!number?.ordinal) return
    const key = keyOf(block)
    this.#now.set(key, { rank: rankOf(block.level, block.depth), ordinal: number.ordinal })
    this.#reached.set(key, number.ordinal[0] ?? 0)
  }
}

/** The numbers of the paragraphs; null for those not numbered. */
export function numbersOf(blocks: readonly Numbered[]): Array<BlockNumber | null> {
  const counters = new Counters()
  return blocks.map((block, at) => {
    counters.enter(blocks, at)
    const number = counters.propose(block)
    counters.commit(block, number)
    return number
  })
}

/**
 * The printed words; broken and unsure references carry a mark, so that they are recognised on reopening and are not
 * published unnoticed.
 */
const brokenText = (text: string): string => `〔原${text}，待改〕`
const unsureText = (text: string, was: string): string => `〔${text}（原指${was}），待核〕`
export const inlineText = (inline: Inline): string =>
  inline.kind !== 'reference'
    ? inline.text
    : inline.broken
      ? brokenText(inline.text)
      : inline.was !== null
        ? unsureText(inline.text, inline.was)
        : inline.text
const contentText = (content: readonly Inline[]): string => content.map(inlineText).join('')

const lineBreak = /[\n\v\f\r\u0085\u2028\u2029]/u

/** Where a paragraph lies in the printed text. `words` is where its words begin (after number and gap). */
export interface Span {
  start: number
  words: number
  end: number
}
export interface Printed {
  text: string
  spans: Span[]
}

const rowsOf = (block: Block): string => block.raw ?? printRows(block.rows ?? [])

/** Prints it as text. An empty paragraph with neither words nor number is not printed. */
export function printBlocks({ head, blocks, tail }: BlockText, given?: ReadonlyArray<BlockNumber | null>): Printed {
  const numbers = given ?? numbersOf(blocks)
  const parts: string[] = [head]
  let length = head.length
  const spans: Span[] = []
  let previous: Block | null = null
  const put = (text: string): void => {
    parts.push(text)
    length += text.length
  }
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at] as Block
    const number = numbers[at]?.text ?? ''
    const words = block.level === 'table' ? rowsOf(block) : contentText(block.content)
    if (words === '' && number === '') {
      spans.push({ start: length, words: length, end: length })
      continue
    }
    put(leadOf(block, previous))
    const start = length
    put(number)
    if (number !== '') put(gapOf(block, number, words))
    const from = length
    put(words)
    spans.push({ start, words: from, end: length })
    previous = block
  }
  put(tail)
  return { text: parts.join(''), spans }
}

function leadOf(block: Block, previous: Block | null): string {
  if (previous === null) return block.lead.replace(/^[\s\S]*[\n\v\f\r\u0085\u2028\u2029]/u, '')
  if (lineBreak.test(block.lead)) {
    // A blank line keeps two tables apart.
    const apart = previous.level === 'table' && block.level === 'table' && block.lead.split(/\r\n|[\n\r]/u).length < 3
    return apart ? `\n${block.lead}` : block.lead
  }
  const joined =
    (isHeading(previous.level) && (isHeading(block.level) || block.level === 'article')) ||
    (previous.level === 'article' && previous.content.length === 0 && block.level === 'item')
  return joined && (block.lead !== '' || previous.level === 'article') ? block.lead : `\n${block.lead}`
}

/**
 * “1.” directly followed by a digit needs a gap, or it would read as 1.5; after parts, chapters, sections and
 * articles there is always a gap.
 */
function gapOf(block: Block, number: string, words: string): string {
  if (block.gap !== '' || words === '') return words === '' && !lineBreak.test(block.gap) ? '' : block.gap
  return /[.．、]$/u.test(number) && /^[0-9０-９]/u.test(words) ? ' ' : ''
}
