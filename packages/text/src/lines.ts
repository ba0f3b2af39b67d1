// Lines, spaces and numerals: the small things the parser, the printer and the citations agree about.
import { readChineseNumeral } from '@dianzhang/numbering'

/** A line of the source without the spaces around it. */
export interface Line {
  text: string
  start: number
  end: number
  /** Counts from 1. */
  line: number
  /** Spaces stood before the text: a paragraph's indent. */
  indented: boolean
}

/** Counts the work done, so that a test can prove that time grows with the length of the text and not faster. */
export interface Meter {
  steps: number
}

/** A meter for callers that do not count. */
export const spareMeter = (): Meter => ({ steps: 0 })

/** Spaces of every width, tabs, no-break and zero-width spaces, byte order mark. */
export const isSpace = (code: number): boolean =>
  code === 32 ||
  code === 9 ||
  code === 0x3000 ||
  code === 0xa0 ||
  code === 0xfeff ||
  (code >= 0x2000 && code <= 0x200b) ||
  code === 0x202f ||
  code === 0x205f

/** \n \r and Word's soft and page breaks; U+2028, U+2029 and U+0085. */
const isBreak = (code: number): boolean =>
  (code >= 10 && code <= 13) || code === 0x2028 || code === 0x2029 || code === 0x85

/** The lines of a text that hold more than spaces. Line numbers count every line, blank ones too. */
export function linesOf(source: string, meter: Meter): Line[] {
  const lines: Line[] = []
  const { length } = source
  let line = 1
  let at = 0
  while (at < length) {
    let end = at
    while (end < length && !isBreak(source.charCodeAt(end))) end++
    let start = at
    let last = end
    while (start < last && isSpace(source.charCodeAt(start))) start++
    while (last > start && isSpace(source.charCodeAt(last - 1))) last--
    if (last > start) lines.push({ text: source.slice(start, last), start, end: last, line, indented: start > at })
    meter.steps += end - at + 1
    at = end + (source.charCodeAt(end) === 13 && source.charCodeAt(end + 1) === 10 ? 2 : 1)
    line++
  }
  return lines
}

/** Where the text goes on after spaces. */
export function skipSpaces(text: string, at: number): number {
  let next = at
  while (next < text.length && isSpace(text.charCodeAt(next))) next++
  return next
}

const numeralCharacters = new Set('零〇○一二两三四五六七八九十百千万')
export const isChineseNumeral = (character: string): boolean => numeralCharacters.has(character)

export const isDigit = (code: number): boolean => (code >= 48 && code <= 57) || (code >= 0xff10 && code <= 0xff19)

/** Digits of any width as a number; at most nine of them. */
export function readDigits(text: string): number | null {
  if (text.length === 0 || text.length > 9) return null
  let value = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (!isDigit(code)) return null
    value = value * 10 + (code >= 0xff10 ? code - 0xff10 : code - 48)
  }
  return value
}

// The same few hundred numerals stand before the articles of every text.
const knownNumerals = new Map<string, number | null>()
const mostKnown = 2_000

/** A numeral in Chinese or Arabic figures: 十二, 12, １２; null when it is neither. */
export function readNumeral(text: string): number | null {
  const digits = readDigits(text)
  if (digits !== null) return digits
  const known = knownNumerals.get(text)
  if (known !== undefined) return known
  const value = readChineseNumeral(text)
  if (knownNumerals.size < mostKnown && text.length <= 8) knownNumerals.set(text, value)
  return value
}

const digitNames = '零一二三四五六七八九'
/** 12 as 十二, 105 as 一百零五; from 0 to 9999, larger numbers in Arabic figures. */
export function chineseNumeral(value: number): string {
  if (!Number.isInteger(value) || value < 0 || value > 9999) return String(value)
  if (value === 0) return '零'
  const digits = String(value).padStart(4, '0')
  let text = ''
  for (let place = 0; place < 4; place++) {
    const digit = Number(digits[place])
    if (digit === 0) {
      if (text !== '' && !text.endsWith('零')) text += '零'
      continue
    }
    const unit = ['千', '百', '十', ''][place] ?? ''
    text += unit === '十' && digit === 1 && text === '' ? '十' : `${digitNames[digit]}${unit}`
  }
  return text.replace(/零$/u, '')
}

/** Without any space: what two headings are compared by. */
export function withoutSpaces(text: string): string {
  let plain = ''
  let from = 0
  for (let at = 0; at < text.length; at++) {
    if (!isSpace(text.charCodeAt(at))) continue
    plain += text.slice(from, at)
    from = at + 1
  }
  return from === 0 ? text : plain + text.slice(from)
}
