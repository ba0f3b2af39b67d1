// What a line begins with: 第十二条, 一、, （一）, 1., （1）, ①. One look at the beginning, never further than it must.
import { isChineseNumeral, isDigit, isSpace, readDigits, readNumeral, skipSpaces } from './lines.ts'

export type UnitWord = '编' | '分编' | '章' | '节' | '条'

/** “第…编”, “分编”, “章”, “节”, “条” at the beginning of a line. */
export interface UnitMark {
  kind: 'unit'
  unit: UnitWord
  number: string
  ordinal: number[] | null
  /** Where the rest of the line begins, spaces skipped. */
  rest: number
  /** Something stood between the number and the rest, or there is no rest: the number is a number and not a reference. */
  apart: boolean
}

/** The kinds of enumeration, in the order of 《党政机关公文处理工作条例》 and GB/T 9704: `一、` `（一）` `1.` `（1）`, then `①`. */
export type ListKind = 0 | 1 | 2 | 3 | 4

/** 一、, （一）, 1., （1）, ① at the beginning of a line. */
export interface ListMark {
  kind: 'list'
  list: ListKind
  number: string
  ordinal: number[]
  rest: number
}

export type Mark = UnitMark | ListMark

const longestNumeral = 14

/** The numeral that begins at `at`: where it ends. */
function numeralEnd(text: string, at: number): number {
  let end = at
  const limit = Math.min(text.length, at + longestNumeral)
  while (end < limit && (isChineseNumeral(text[end] ?? '') || isDigit(text.charCodeAt(end)))) end++
  return end
}

/** Reads what the line begins with; null for anything else. */
export function markOf(text: string): Mark | null {
  const first = text[0] ?? ''
  if (first === '第') return unitMark(text)
  if (first === '（' || first === '(') return bracketMark(text)
  const code = text.charCodeAt(0)
  if (isDigit(code)) return digitMark(text)
  if (code >= 0x2460 && code <= 0x2473)
    return { kind: 'list', list: 4, number: first, ordinal: [code - 0x2460 + 1], rest: skipSpaces(text, 1) }
  if (isChineseNumeral(first)) return commaMark(text)
  return null
}

function unitMark(text: string): UnitMark | null {
  const from = skipSpaces(text, 1)
  const numeral = numeralEnd(text, from)
  if (numeral === from) return null
  let at = skipSpaces(text, numeral)
  let unit: UnitWord
  const word = text[at]
  if (word === '分' && text[at + 1] === '编') {
    unit = '分编'
    at += 2
  } else if (word === '编' || word === '章' || word === '节' || word === '条') {
    unit = word
    at += 1
  } else return null
  const main = readNumeral(text.slice(from, numeral))
  const ordinal = main === null ? null : [main]
  if (unit === '条') {
    let after = at
    // `第一百二十条之一`; more than one `之` is written too.
    while (text[after] === '之') {
      const end = numeralEnd(text, after + 1)
      if (end === after + 1) break
      const extra = readNumeral(text.slice(after + 1, end))
      if (extra === null) break
      ordinal?.push(extra)
      after = end
    }
    at = after
  }
  const next = text[at]
  const apart =
    next === undefined ||
    isSpace(next.charCodeAt(0)) ||
    next === '：' ||
    next === ':' ||
    next === '【' ||
    (next === '（' && unit === '条') ||
    (next === '(' && unit === '条')
  let rest = skipSpaces(text, at)
  if (text[rest] === '：' || text[rest] === ':') rest = skipSpaces(text, rest + 1)
  return { kind: 'unit', unit, number: text.slice(0, at), ordinal, rest, apart }
}

function bracketMark(text: string): ListMark | null {
  const from = skipSpaces(text, 1)
  const numeral = numeralEnd(text, from)
  if (numeral === from) return null
  const close = skipSpaces(text, numeral)
  const closing = text[close]
  if (closing !== '）' && closing !== ')') return null
  const written = text.slice(from, numeral)
  const digits = readDigits(written)
  const value = digits ?? readNumeral(written)
  // （2020） is a year, not a number of a list.
  if (value === null || value === 0 || value > 300) return null
  let rest = close + 1
  // （一）、 is a slip that is common enough to be kept as part of the number.
  if (text[rest] === '、') rest++
  return {
    kind: 'list',
    list: digits === null ? 1 : 3,
    number: text.slice(0, rest),
    ordinal: [value],
    rest: skipSpaces(text, rest),
  }
}

function digitMark(text: string): ListMark | null {
  let end = 0
  while (end < 4 && isDigit(text.charCodeAt(end))) end++
  if (end > 3) return null
  const value = readDigits(text.slice(0, end))
  if (value === null || value === 0) return null
  const sign = text[end]
  if (sign === '）' || sign === ')')
    return {
      kind: 'list',
      list: 3,
      number: text.slice(0, end + 1),
      ordinal: [value],
      rest: skipSpaces(text, end + 1),
    }
  if (sign !== '.' && sign !== '．' && sign !== '、') return null
  // 1.5万元 and 6.14 are not numbers of a list; 1、2号 would be one, and is left alone.
  if (isDigit(text.charCodeAt(end + 1))) return null
  return { kind: 'list', list: 2, number: text.slice(0, end + 1), ordinal: [value], rest: skipSpaces(text, end + 1) }
}

function commaMark(text: string): ListMark | null {
  const end = numeralEnd(text, 0)
  const at = skipSpaces(text, end)
  const sign = text[at]
  if (sign !== '、' && sign !== '．' && sign !== '.') return null
  const value = readNumeral(text.slice(0, end))
  if (value === null || value === 0 || value > 300) return null
  return { kind: 'list', list: 0, number: text.slice(0, at + 1), ordinal: [value], rest: skipSpaces(text, at + 1) }
}

const referenceStarts =
  /^(?:第|规定[的，,]|[、，,。；]|[和或与及至到]第|以及第|的|中|所|之|款|项|修改为|修改后|删去|删除|改为|增加|合并为|分为|作为|移至|调整为|并入|内容)/u

/** `第三条规定的…`, `第三条、第五条…`: a sentence that begins with a reference, not an article. */
export const beginsLikeReference = (rest: string): boolean => referenceStarts.test(rest)
