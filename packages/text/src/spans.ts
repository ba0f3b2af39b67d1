// A quote that runs over several lines: where its words stand one behind the other, whatever the numbers before them are now.
import { markOf } from './marks.ts'
import type { Element, StructuredText } from './tree.ts'

/** Some words of a quote: where they stand in the element's own `text`. Empty when only its heading is quoted. */
export interface QuotedPart {
  element: Element
  start: number
  end: number
}

interface Piece {
  element: Element
  /** Where its words begin in the words of the whole text. */
  from: number
  /** How many of them are its heading. */
  heading: number
  length: number
}
interface Words {
  all: string
  pieces: Piece[]
}
const bare = (text: string): string => text.replace(/\s/gu, '')
const cache = new WeakMap<StructuredText, Words>()

/** The words of a text in order, without numbers, spaces and line ends. */
function wordsOf(t: StructuredText): Words {
  const known = cache.get(t)
  if (known) return known
  const parts: string[] = []
  const pieces: Piece[] = []
  let from = 0
  const visit = (element: Element): void => {
    const heading = bare(element.heading ?? '')
    const text = bare(element.rows === undefined ? element.text : element.rows.flat().join(''))
    // A heading with words behind it is read with a full stop between them.
    const words = heading !== '' && text !== '' && element.level !== 'article' ? `${heading}。${text}` : heading + text
    if (words !== '') {
      pieces.push({ element, from, heading: words.length - text.length, length: words.length })
      parts.push(words)
      from += words.length
    }
    element.children.forEach(visit)
  }
  for (const list of [t.preamble, t.body, ...t.attachments.map((one) => one.body)]) list.forEach(visit)
  const words = { all: parts.join(''), pieces }
  cache.set(t, words)
  return words
}

/** 第三条　…, （二）… at the beginning of a quoted line: the number is no part of the words. */
function unnumbered(line: string): string {
  const mark = markOf(line.trim())
  return mark === null || (mark.kind === 'unit' && !mark.apart) ? line : line.trim().slice(mark.rest)
}

/**
 * Every place where the words of a quote stand, as the parts of the elements it runs over. In: a structure and the words as
 * they read, one line per element, with or without the printed numbers. Out: in order; empty when they stand nowhere.
 */
export function quotedSpans(t: StructuredText, quote: string): QuotedPart[][] {
  const { all, pieces } = wordsOf(t)
  const found: QuotedPart[][] = []
  for (const words of new Set([bare(quote.split('\n').map(unnumbered).join('')), bare(quote)])) {
    if (words === '') continue
    for (let at = all.indexOf(words); at >= 0; at = all.indexOf(words, at + words.length))
      found.push(partsBetween(pieces, at, at + words.length))
    if (found.length > 0) break
  }
  return found
}

function partsBetween(pieces: readonly Piece[], from: number, to: number): QuotedPart[] {
  return pieces
    .filter((piece) => piece.from < to && piece.from + piece.length > from)
    .map(({ element, from: begin, heading, length }) => {
      const text = begin + heading
      return {
        element,
        start: offsetIn(element.text, Math.max(0, from - text)),
        end: to <= text ? 0 : offsetIn(element.text, Math.min(length - heading, to - text) - 1) + 1,
      }
    })
}
/** Where the n-th character that is no space stands. */
function offsetIn(text: string, n: number): number {
  let left = n
  for (const found of text.matchAll(/\S/gu)) {
    left -= found[0].length
    if (left < 0) return found.index
  }
  return text.length
}
