// The outline of a text as JSON, for the command line and the API.
import { addressOf } from './address.ts'
import type { Candidate, SkippedLine } from './portal.ts'
import type { Element, Fault, Level, StructuredText } from './tree.ts'

export interface OutlineNode {
  id: string
  level: Level | 'attachment'
  number: string | null
  heading: string | null
  address: string
  line: number
  /** The first words of an element without a heading, at most 40 characters. */
  excerpt: string
  children: OutlineNode[]
}

export interface Outline {
  title: string | null
  hasToc: boolean
  parts: number
  subparts: number
  chapters: number
  sections: number
  /** Without the inserted ones (第…条之一). */
  articles: number
  insertedArticles: number
  firstArticle: string | null
  lastArticle: string | null
  level1: number
  level2: number
  level3: number
  level4: number
  tables: number
  faults: Fault[]
  tree: OutlineNode[]
  /** Lines of a web page that were not read, and what the page says of the text. */
  skipped?: SkippedLine[]
  candidates?: Candidate[]
}

/** Counts, faults and the tree without the words. Attachments stand at the end of the tree. */
export function outline(t: StructuredText): Outline {
  const node = (element: Element): OutlineNode => ({
    id: element.id,
    level: element.level,
    number: element.number,
    heading: element.heading,
    address: addressOf(t, element.id),
    line: element.line,
    excerpt: element.text.slice(0, 40),
    children: element.children.map(node),
  })
  return {
    title: t.title,
    hasToc: t.toc !== null,
    ...t.counts,
    faults: t.faults,
    ...(t.skipped === undefined ? {} : { skipped: t.skipped }),
    ...(t.candidates === undefined ? {} : { candidates: t.candidates }),
    tree: [
      ...t.preamble.map(node),
      ...t.body.map(node),
      ...t.attachments.map((one, at) => ({
        id: `attachment${at + 1}`,
        level: 'attachment' as const,
        number: one.label === '' ? null : one.label,
        heading: one.title,
        address: one.label === '' ? '后附' : one.label,
        line: one.body[0]?.line ?? 0,
        excerpt: '',
        children: one.body.map(node),
      })),
    ],
  }
}
