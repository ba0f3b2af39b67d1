// 编辑时的文本：一段一块，编号由位置得出，其余（缩进、间隔、换行）原样带着，印出来与读入的一字不差。
import { chineseNumeral, printRows, readNumeral } from '@dianzhang/text'
import { type BlockLevel, isHeading, rankOf } from './levels.ts'

/** 引用本文件的条款：认的是段落，印的是它现在的编号。 */
export interface ReferenceValue {
  /** 所引段落的标识；前两款之类有几处的，以空格相连。 */
  target: string
  /** 写法，编号处为空位：第{条c}条{之}第{款c}款、前条第{款c}款。 */
  form: string
  /** 现在的文字；所引段落已删时为最后的文字。 */
  text: string
  broken: boolean
  /** 前款之类读来已不是原来所指：原来指的是哪一处。没有疑问的为 null。 */
  was: string | null
}
export type Inline =
  | { kind: 'text'; text: string }
  | ({ kind: 'reference' } & ReferenceValue)
  /** 一段之内的换行（分行排的标题），原样保留。 */
  | { kind: 'break'; text: string }

/** 编号所需的几项；编辑器里的节点属性即是这个形状。 */
export interface Numbered {
  level: BlockLevel
  /** 项 1、目 2、细目 3…；其余为 1。 */
  depth: number
  /** 编号的写法；不编号为 null。 */
  style: string | null
  /** 第…条之…：几重“之”。 */
  branch: number
  /** 从一重新开始、接着上一级的往下编，或者从某数开始；缺省按位置。 */
  run: 'anew' | 'continue' | number | null
  /** 照原样保留的编号；null 为自动编号。 */
  written: string | null
}
export interface Block extends Numbered {
  id: string
  /** 本段之前的空白与换行。 */
  lead: string
  /** 编号与文字之间。 */
  gap: string
  content: Inline[]
  /** 仅表格。 */
  rows?: string[][]
  /** 表格原来的写法；内容未动时照印。 */
  raw?: string | null
}
export interface BlockText {
  /** 第一段之前的空白。 */
  head: string
  blocks: Block[]
  /** 末段之后的空白。 */
  tail: string
}
export interface BlockNumber {
  text: string
  ordinal: number[] | null
}

const circled = (n: number): string => (n >= 1 && n <= 20 ? String.fromCharCode(0x245f + n) : `（${n}）`)
const wide = (n: number): string =>
  String(n).replace(/[0-9]/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
/** 数目按写法印出：figure 为 c、a、w、o 之一。 */
export function figured(figure: string, n: number): string {
  return figure === 'a' ? String(n) : figure === 'w' ? wide(n) : figure === 'o' ? circled(n) : chineseNumeral(n)
}
const numberText = (style: string, ordinal: number[]): string =>
  style.replace(/\{([cawo])\}/u, (_whole, figure: string) => figured(figure, ordinal[0] ?? 0)) +
  ordinal
    .slice(1)
    .map((n) => `之${chineseNumeral(n)}`)
    .join('')

/** 编号的写法；照此写法印不出原样的（第一〇一条）为 null。 */
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
/** 写成的编号读作几；读不出为 null。 */
function readOrdinal(written: string): number[] | null {
  const [main = '', ...branches] = written.replace(/\s/gu, '').split('之')
  const numeral = /[零〇○一二两三四五六七八九十百千万]+|[0-9]+|[０-９]+/u.exec(main)?.[0]
  const circle = /[\u2460-\u2473]/u.exec(main)?.[0]
  const value = numeral !== undefined ? readNumeral(numeral) : circle ? circle.charCodeAt(0) - 0x245f : null
  if (value === null) return null
  const more = branches.map((each) => readNumeral(each))
  return more.some((each) => each === null) ? null : [value, ...(more as number[])]
}

/** 同一种编号：同级、同样的括号与标点。 */
const keyOf = (block: Numbered): string =>
  `${block.level}${block.depth}${block.level === 'item' || block.level.startsWith('heading') ? (block.style ?? '').replace(/\{.\}/u, '') : ''}`

/** 开始一个新的部分（附件），编号从头来。 */
const opensPart = (blocks: readonly Numbered[], at: number): boolean => {
  const level = blocks[at]?.level
  return level === 'attachment' || (level === 'attachmentTitle' && blocks[at - 1]?.level !== 'attachment')
}

/** 依次走过各段时的编号状态。条在全文（或者一个附件）内连续；编、章、节、项、目及一、（一）在上一级之内从一起编。 */
export class Counters {
  #now = new Map<string, { rank: number; ordinal: number[] }>()
  #reached = new Map<string, number>()

  /** 走到一段：在它之上的级别使以下各级重新编起。 */
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
  /** 这一段按现在的状态是几。 */
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

/** 各段的编号；不编号的为 null。 */
export function numbersOf(blocks: readonly Numbered[]): Array<BlockNumber | null> {
  const counters = new Counters()
  return blocks.map((block, at) => {
    counters.enter(blocks, at)
    const number = counters.propose(block)
    counters.commit(block, number)
    return number
  })
}

/** 印出的文字；断了的、待核的引用带上记号，重开时仍认得，也不会不被发觉地公布出去。 */
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

/** 一段在印出的文字里的位置。`words` 是文字（编号与间隔之后）开始处。 */
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

/** 印成文本。没有文字也没有编号的空段不印。 */
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

/** “1.”之后紧接数字要空开，否则读作 1.5；编章节条之后总要空开。 */
function gapOf(block: Block, number: string, words: string): string {
  if (block.gap !== '' || words === '') return words === '' && !lineBreak.test(block.gap) ? '' : block.gap
  return /[.．、]$/u.test(number) && /^[0-9０-９]/u.test(words) ? ' ' : ''
}
