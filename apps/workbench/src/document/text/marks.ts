// 正文中的记号：检查提示、引用、意见各在哪个元素的第几个字到第几个字。
import { type Element, findByAddress, findById, quotedSpans, type StructuredText } from '@dianzhang/text'
import type { AnchoredItem, ResolvedCitation } from './shapes.ts'

/** 一处记号；`start`、`end` 是所在元素自己文字中的位置。 */
export interface Mark {
  start: number
  end: number
  /** 所属条目，见 `Item.ref`。 */
  ref: string
  look: 'block' | 'warn' | 'review' | 'cite' | 'cite-bad' | 'anchor'
  title: string
  href?: string
}
export type Marks = ReadonlyMap<string, readonly Mark[]>
export const noMarks: Marks = new Map()

/** 全部元素，按在文中的先后；上级在前。 */
export function flatten(structure: StructuredText): Element[] {
  const all: Element[] = []
  const walk = (element: Element): void => {
    all.push(element)
    element.children.forEach(walk)
  }
  structure.preamble.forEach(walk)
  structure.body.forEach(walk)
  for (const attachment of structure.attachments) attachment.body.forEach(walk)
  return all
}
/** 由条款写法或者标识找元素。 */
export const elementOf = (structure: StructuredText, place: string): Element | null =>
  findById(structure, place) ?? findByAddress(structure, place)

const nearestIndex = (text: string, words: string, hint: number): number => {
  let best = -1
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    if (best < 0 || Math.abs(at - hint) < Math.abs(best - hint)) best = at
    if (at > hint) break
  }
  return best
}

/** 收集记号；位置以原文的字位为准，查得到原文时用原文核对。 */
export class MarkMaker {
  readonly #marks = new Map<string, Mark[]>()
  readonly #structure: StructuredText
  readonly #body: string
  readonly #byStart: Element[]

  constructor(structure: StructuredText, body: string) {
    this.#structure = structure
    this.#body = body
    this.#byStart = flatten(structure).sort((a, b) => a.start - b.start || b.end - a.end)
  }
  /** 原文第 `at` 个字所在的最里层元素。 */
  holderOf(at: number): Element | null {
    let low = 0
    let high = this.#byStart.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#byStart[middle]?.start ?? 0) <= at) low = middle + 1
      else high = middle
    }
    for (let index = low - 1; index >= 0 && index >= low - 64; index--) {
      const element = this.#byStart[index]
      if (element && element.end > at) return element
    }
    return null
  }
  lineHolder(line: number): Element | null {
    return this.#byStart.find((element) => element.line >= line) ?? null
  }
  /** 按原文字位作记号；返回所在元素的标识。 */
  atOffset(start: number, end: number, mark: Omit<Mark, 'start' | 'end'>): string | null {
    const element = end > start ? this.holderOf(start) : null
    if (!element) return null
    const words = this.#body.slice(start, end)
    const begin = this.#body.indexOf(element.text, element.start)
    const at = begin >= 0 && begin <= start ? start - begin : nearestIndex(element.text, words, start - element.start)
    if (element.text !== '' && at >= 0 && element.text.startsWith(words, at))
      this.#add(element.id, { ...mark, start: at, end: at + words.length })
    return element.id
  }
  /** 按引文作记号：在元素自己或者其下唯一一处；跨几段的，一行一段，自这里起。 */
  atQuote(place: string, quote: string, mark: Omit<Mark, 'start' | 'end'>): string | null {
    const element = elementOf(this.#structure, place)
    if (!element) return null
    if (quote === '') return element.id
    const holder = holderOfQuote(element, quote)
    if (!holder) {
      const [parts] = quote.includes('\n')
        ? quotedSpans(this.#structure, quote).filter(([first]) => first && flattenOne(element).includes(first.element))
        : []
      for (const { element: each, start, end } of parts ?? [])
        if (end > start) this.#add(each.id, { ...mark, start, end })
      return parts?.[0]?.element.id ?? element.id
    }
    const at = holder.text.indexOf(quote)
    this.#add(holder.id, { ...mark, start: at, end: at + quote.length })
    return holder.id
  }
  finish(): Marks {
    for (const list of this.#marks.values()) list.sort((a, b) => a.start - b.start || b.end - a.end)
    return this.#marks
  }
  #add(element: string, mark: Mark): void {
    const list = this.#marks.get(element)
    if (list) list.push(mark)
    else this.#marks.set(element, [mark])
  }
}
const flattenOne = (element: Element): Element[] => [element, ...element.children.flatMap(flattenOne)]
function holderOfQuote(element: Element, quote: string): Element | null {
  if (element.text.includes(quote)) return element
  for (const child of element.children) {
    const found = holderOfQuote(child, quote)
    if (found) return found
  }
  return null
}

/** 引用在正文里写出的字：供清单使用。 */
export const citationWords = (body: string, citation: ResolvedCitation): string =>
  body.slice(citation.start, citation.end) || (citation.name ? `《${citation.name}》` : (citation.docNo ?? ''))

/** 锚点现在所在的元素标识；找不到时为 null。 */
export const placeOf = (item: AnchoredItem): string | null => item.now?.element ?? null

/** 一段文字按记号切开：每小段带着覆盖它的记号。 */
export function segmentsOf(text: string, marks: readonly Mark[]): Array<{ text: string; marks: Mark[] }> {
  if (marks.length === 0) return [{ text, marks: [] }]
  const cuts = new Set([0, text.length])
  for (const mark of marks) {
    cuts.add(Math.min(mark.start, text.length))
    cuts.add(Math.min(mark.end, text.length))
  }
  const places = [...cuts].sort((a, b) => a - b)
  return places.slice(0, -1).map((from, i) => {
    const to = places[i + 1] ?? text.length
    return { text: text.slice(from, to), marks: marks.filter((mark) => mark.start <= from && mark.end >= to) }
  })
}
