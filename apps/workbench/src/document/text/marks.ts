// Marks in the body: in which element, and from which character to which, each hint, citation and comment lies.
import { type Element, findByAddress, findById, quotedSpans, type StructuredText } from '@dianzhang/text'
import type { AnchoredItem, ResolvedCitation } from './shapes.ts'

/** One mark; `start` and `end` are positions in the element's own text. */
export interface Mark {
  start: number
  end: number
  /** The item it belongs to, see `Item.ref`. */
  ref: string
  look: 'block' | 'warn' | 'review' | 'cite' | 'cite-bad' | 'anchor'
  title: string
  href?: string
}
export type Marks = ReadonlyMap<string, readonly Mark[]>
export const noMarks: Marks = new Map()

/** All elements in text order; parents first. */
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
/** Finds an element by its address or its id. */
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

/**
 * Collects marks; positions are character positions in the original text, which is used to check them where
 * available.
 */
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
  /** The innermost element that holds character `at` of the original text. */
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
  /** Makes a mark by positions in the original text; returns the element's id. */
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
  /**
   * Makes a mark by quotation: at its only occurrence in the element itself or below it; a quotation over several
   * paragraphs goes line by line, one paragraph each, starting here.
   */
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

/** The words of a citation as written in the body, for lists. */
export const citationWords = (body: string, citation: ResolvedCitation): string =>
  body.slice(citation.start, citation.end) || (citation.name ? `《${citation.name}》` : (citation.docNo ?? ''))

/** The id of the element where the anchor is now; null when it is not found. */
export const placeOf = (item: AnchoredItem): string | null => item.now?.element ?? null

/** Cuts a text by its marks: each piece carries the marks that cover it. */
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
