// Where a comment or a review point belongs in the next version. Its state is shown; nothing is re-attached in silence.
import { addressOf, findById } from './address.ts'
import { continuations } from './adopt.ts'
import { fullText } from './compare.ts'
import { quotedSpans } from './spans.ts'
import type { Element, StructuredText } from './tree.ts'

/** A place in a version: the element, the quoted words, and some words around them to tell equal quotes apart. */
export interface Anchor {
  element: string
  quote: string
  prefix?: string
  suffix?: string
  version: number
}

/**
 * exact: the same element at the same address still holds the words. moved: it holds them at another address, or they stand in
 * exactly one other element. changed: the element goes on, the words do not, or it was written anew around them.
 * orphan: nothing goes on.
 */
export type AnchorState = 'exact' | 'moved' | 'changed' | 'orphan'

export interface LocatedAnchor {
  state: AnchorState
  element: string | null
  address: string | null
}

type Continued = ReturnType<typeof continuations>
const cache = new WeakMap<StructuredText, WeakMap<StructuredText, Continued>>()

function continued(before: StructuredText, after: StructuredText): Continued {
  const known = cache.get(before)?.get(after)
  if (known) return known
  const found = continuations(before, after)
  const ofBefore = cache.get(before) ?? new WeakMap<StructuredText, Continued>()
  cache.set(before, ofBefore)
  ofBefore.set(after, found)
  return found
}

/** Shorter quotes are not looked for elsewhere: 应当 stands everywhere. */
const shortestSearch = 8

/** The state of an anchor made on `before` in the version `after`, and where it is now. Neither text is changed. */
export function locateAnchor(anchor: Anchor, before: StructuredText, after: StructuredText): LocatedAnchor {
  const old = findById(before, anchor.element)
  const { found, rewritten } = continued(before, after)
  const now = (old && found.get(old.id)) ?? (old === null ? findById(after, anchor.element) : null)
  const at = (state: AnchorState, element: Element): LocatedAnchor => ({
    state,
    element: element.id,
    address: addressOf(after, element.id),
  })
  if (now && (holds(now, anchor) || holdsAcross(after, now, anchor))) {
    // The words may be there by chance; what they say has another context now.
    if (old !== null && rewritten.has(old.id)) return at('changed', now)
    const samePlace = old === null || addressOf(before, old.id) === addressOf(after, now.id)
    return at(samePlace ? 'exact' : 'moved', now)
  }
  const elsewhere = now ? inside(now, anchor) : anchor.quote.length >= shortestSearch ? onlyHolder(after, anchor) : null
  if (elsewhere) return at('moved', elsewhere)
  if (now) {
    const gone = anchor.quote.length >= shortestSearch ? onlyHolder(after, anchor) : null
    return gone ? at('moved', gone) : at('changed', now)
  }
  return { state: 'orphan', element: null, address: null }
}

/** The words stand in the element's own text, with what stood around them if that is known. */
function holds(element: Element, anchor: Anchor): boolean {
  const text = element.level === 'article' || element.level === 'table' ? fullText(element) : ownText(element)
  if (anchor.quote === '') return true
  const first = text.indexOf(anchor.quote)
  if (first < 0) return false
  if (text.indexOf(anchor.quote, first + 1) < 0) return true
  // Several equal quotes: one of them must stand in the words around it.
  const { prefix = '', suffix = '' } = anchor
  return prefix === '' && suffix === ''
    ? true
    : text.includes(`${prefix}${anchor.quote}${suffix}`) ||
        text.includes(`${prefix}${anchor.quote}`) ||
        text.includes(`${anchor.quote}${suffix}`)
}

/** A quote over several lines begins in the element and goes on in those behind it. */
function holdsAcross(t: StructuredText, element: Element, anchor: Anchor): boolean {
  if (!anchor.quote.includes('\n')) return false
  const within = (one: Element, sought: Element): boolean =>
    one === sought || one.children.some((child) => within(child, sought))
  return quotedSpans(t, anchor.quote).some(([first]) => first !== undefined && within(element, first.element))
}

const ownText = (element: Element): string =>
  `${element.number ?? ''}${element.heading ?? ''}${element.heading && element.text ? '。' : ''}${element.text}`

/** A part of the element that holds the words now, e.g. a new item of the same paragraph. */
function inside(element: Element, anchor: Anchor): Element | null {
  const found: Element[] = []
  const visit = (list: Element[]): void => {
    for (const child of list) {
      if (holds(child, anchor)) found.push(child)
      visit(child.children)
    }
  }
  visit(element.children)
  return found.length === 1 ? (found[0] ?? null) : null
}

/** The only element whose own words hold the quote with its surroundings; null when there are none or several. */
function onlyHolder(t: StructuredText, anchor: Anchor): Element | null {
  if (anchor.quote.includes('\n')) {
    const spans = quotedSpans(t, anchor.quote)
    return spans.length === 1 ? (spans[0]?.[0]?.element ?? null) : null
  }
  const found: Element[] = []
  const visit = (list: Element[]): void => {
    for (const element of list) {
      if (element.level !== 'article' && ownText(element).includes(anchor.quote)) found.push(element)
      visit(element.children)
    }
  }
  for (const list of [t.preamble, t.body, ...t.attachments.map((one) => one.body)]) visit(list)
  return found.length === 1 ? (found[0] ?? null) : null
}
