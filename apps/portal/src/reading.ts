// The body for reading: its structure comes from packages/text; an element's anchor on the page is its address
// (“第十二条第二款”); where the citations lie in the original text.

import type { CitationStatus, ResolvedCitation } from '@dianzhang/register'
import {
  addressOf,
  type Citations,
  type Element,
  findByAddress,
  type Reference,
  type StructuredText,
  statementOf,
} from '@dianzhang/text'
import { citePublic, readPublic } from '@dianzhang/workflow'
import { entryHref } from './addresses.ts'
import { dateWords } from './words.ts'

/**
 * A citation, linked to the cited document or to a provision of this one; positions are UTF-16 units of the original
 * text, in order and not overlapping.
 */
export interface Mark {
  start: number
  end: number
  href: string
  /**
   * What is shown on hover: the status on that day, and the full title when the text does not use it; none for
   * citations within the document.
   */
  title: string | null
  /** A status the reader must see, such as “已废止”; none when in force. */
  warning: string | null
}

export interface Reading {
  source: string
  structure: StructuredText
  marks: readonly Mark[]
  /**
   * Addresses that this text itself cites: a paragraph or item gets an anchor only when cited, so that not every item
   * carries an id.
   */
  cited: ReadonlySet<string>
  /** The link behind an article, such as to the post-evaluation of it. */
  notes?: ReadonlyMap<string, ReadonlyArray<{ href: string; label: string }>>
}

/** The body without links. */
export const readingOf = async (source: string): Promise<Reading> => ({
  source,
  structure: await readPublic(source),
  marks: [],
  cited: new Set(),
})

export type Resolve = (citations: Citations) => Promise<ResolvedCitation[]>

/**
 * The body and the links in it: a cited document has the status of the day `on` (a calendar day); when `today`
 * differs, the links lead to that day too. `self` is this document's id: citations of itself become no links.
 * What is not found or not certain becomes no link; nor does text quoted within an amending decision (cite has left
 * it out).
 */
export async function readingWithLinks(
  source: string,
  resolve: Resolve,
  options: { on: string; today: string; self?: string },
): Promise<Reading> {
  const reading = await readingOf(source)
  const citations = await citePublic(source, reading.structure)
  const resolved = await resolve(citations)
  const marks = [
    ...resolved.flatMap((one) => marksOf(one, options)),
    ...citations.internal.flatMap((one) => internalMark(one, reading.structure)),
  ].sort((a, b) => a.start - b.start || b.end - a.end)
  let reached = 0
  const apart = marks.filter(({ start, end }) => {
    if (start < reached || end <= start) return false
    reached = end
    return true
  })
  return {
    ...reading,
    marks: apart,
    cited: new Set(apart.flatMap(({ href }) => (href.startsWith('#') ? [href.slice(1)] : []))),
  }
}

/** Statuses under which a document can no longer, or cannot yet, be acted on. */
const warnings: Partial<Record<CitationStatus, string>> = {
  repealed: '已废止',
  expired: '已失效',
  annulled: '已撤销',
  suspended: '停止执行',
  amended: '已修改',
  pending_effect: '尚未施行',
}

function marksOf(
  { start, end, name, entry, references, status, statusLabel }: ResolvedCitation,
  { on, today, self }: { on: string; today: string; self?: string },
): Mark[] {
  if (entry === null || entry.id === self) return []
  const act = entry.source === 'acts'
  const asked = on === today ? [] : [`on=${on}`]
  const address = (query: readonly string[]): string =>
    `${act ? entry.href : entryHref(entry.id)}${query.length > 0 ? `?${query.join('&')}` : ''}`
  const from = entry.effectiveDate ? `，自${dateWords(entry.effectiveDate)}起施行` : ''
  const known = name === entry.title ? '' : `${entry.title}：`
  const title = `${known}${statusLabel}${from}（按${dateWords(on)}）`
  const warning = warnings[status] ?? null
  const mark = (from: number, to: number, hash: string): Mark => ({
    start: from,
    end: to,
    // A superior act is known by name and dates, without articles; where an entry is shown in parts, its page knows in which of them the article is.
    href:
      hash !== '' && entry.bodyBytes > mayBeDivided
        ? address([...asked, `at=${hash.slice(1)}`])
        : address(asked) + (act ? '' : hash),
    title,
    warning: null,
  })
  // 《某办法》第三条 is one link; further articles are links of their own.
  const [first, ...others] = references
  const together = first !== undefined && first.start - end <= 2
  const named = { ...mark(start, together ? first.end : end, together ? articleHash(first) : ''), warning }
  return [named, ...(together ? others : references).map((one) => mark(one.start, one.end, articleHash(one)))]
}

/** A body below this many bytes will not exceed one page even with its markup. */
const mayBeDivided = 20_000

/** The article cited; the other page does not necessarily have anchors for paragraphs and items. */
const articleHash = ({ target }: Reference): string => {
  const article = /^第[^编章节条]{1,14}条(?:之[一二三四五六七八九十]{1,3})?/u.exec(target)?.[0]
  return article === undefined ? '' : `#${article}`
}

function internalMark({ start, end, target }: Reference, structure: StructuredText): Mark[] {
  const first = target.split('至')[0] ?? target
  // The only paragraph of an article has no anchor of its own.
  const article = first.replace(/第[^条]{1,14}款.*$/u, '')
  const only = article !== first && findByAddress(structure, `${article}第二款`) === null
  const element = findByAddress(structure, only && /第一款$/u.test(first) ? article : first)
  const anchor = element && anchorOf(structure, element)
  return anchor ? [{ start, end, href: `#${anchor}`, title: null, warning: null }] : []
}

/** The anchor of an element on the page, which is its address; paragraphs of running text and tables have none. */
export function anchorOf(structure: StructuredText, element: Element): string | null {
  if (element.level === 'text' || element.level === 'table') return null
  const address = addressOf(structure, element.id)
  return address === '' ? null : address
}

/**
 * Where `words` first occurs in the original text after `from`; -1 when the original breaks lines within it and it is
 * not found.
 */
export const placeOf = (source: string, words: string, from: number): number => source.indexOf(words, from)

/** The links from `from` to `end`. */
export function marksWithin(marks: readonly Mark[], from: number, end: number): Mark[] {
  let low = 0
  let high = marks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((marks[middle]?.start ?? 0) < from) low = middle + 1
    else high = middle
  }
  const found: Mark[] = []
  for (let at = low; at < marks.length; at += 1) {
    const mark = marks[at]
    if (mark === undefined || mark.start >= end) break
    if (mark.end <= end) found.push(mark)
  }
  return found
}

/**
 * The longest body for which all self-statements can be read; in a longer one only the very words “由……负责解释” are
 * looked for.
 */
const statedUpTo = 200_000
/** Who interprets, as stated in the body; empty when it does not say. */
export function interpretersInText({ source, structure }: Reading): string[] {
  if (source.length <= statedUpTo)
    return [...new Set(statementOf(source, structure).interpreters.flatMap(({ names }) => names))]
  const found = /由([^，。；：由\n]{2,60}?)负责解释/.exec(source)?.[1]
  return found ? [found] : []
}

/** A part that can be commented on by itself. */
export interface Commentable {
  /** The address, such as “第三条” or “二、（一）”. */
  address: string
  /** The heading, or the opening words. */
  words: string
  element: Element
}

const divisions = new Set(['part', 'subpart', 'chapter', 'section', 'heading1', 'heading2'])

/**
 * All elements of the body and the attachments, in order; in a notice issuing measures (“关于印发某办法的通知”) the articles
 * are in the attachment.
 */
export function elementsOf(structure: StructuredText): Element[] {
  const all: Element[] = []
  const visit = (list: readonly Element[]): void => {
    for (const element of list) {
      all.push(element)
      visit(element.children)
    }
  }
  visit(structure.body)
  for (const attachment of structure.attachments) visit(attachment.body)
  return all
}

/**
 * The parts that can be commented on by themselves: articles; without articles, chapters and sections and the first
 * two levels of headings. In order.
 */
export function commentable(structure: StructuredText): Commentable[] {
  const all = elementsOf(structure)
  const articles = all.filter(({ level }) => level === 'article')
  const chosen = articles.length > 0 ? articles : all.filter(({ level }) => divisions.has(level))
  return chosen.flatMap((element) => {
    const address = anchorOf(structure, element)
    return address === null ? [] : [{ address, words: firstWords(element), element }]
  })
}

/** The most of one part that is quoted above the form (characters). */
const quotedAtMost = 800
/** All words of a part, a paragraph to a line; of a very long one its beginning. */
export function quoteOf(element: Element): string {
  const lines: string[] = []
  const visit = (one: Element): void => {
    const words = [one.heading, one.text].filter((each) => each !== null && each !== '').join('　')
    // The number of the part itself is its address, which stands before the quotation.
    if (words !== '') lines.push(one === element ? words : `${one.number ?? ''}${words}`)
    one.children.forEach(visit)
  }
  visit(element)
  const all = lines.join('\n')
  return all.length > quotedAtMost ? `${all.slice(0, quotedAtMost)}……` : all
}
/** The heading, or without one the opening words; an article's words are in its first paragraph. */
export function firstWords(element: Element): string {
  if (element.heading !== null) return element.heading
  if (element.text !== '') return element.text
  const first = element.children[0]
  return first === undefined ? '' : firstWords(first)
}
