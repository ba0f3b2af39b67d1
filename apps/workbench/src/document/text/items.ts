// The items in the margin: hints from checks, citations, anchors of comments, numbering faults, with their places in
// the body.
import type { Fault, StructuredText } from '@dianzhang/text'
import { citationWords, flatten, type Mark, MarkMaker, type Marks } from './marks.ts'
import type { AnchoredItem, OpenFinding, ResolvedCitation, StoredWaiver, Waived } from './shapes.ts'
import { anchorWords, isDoubtfulCitation } from './words.ts'

export const sides = ['findings', 'citations', 'anchors', 'faults'] as const
export type Side = (typeof sides)[number]
export const sideNames: Record<Side, string> = {
  findings: '检查提示',
  citations: '引用',
  anchors: '意见',
  faults: '编号',
}

interface Placed {
  ref: string
  side: Side
  /** The id of the element; null when it is about the whole text. */
  place: string | null
  order: number
}
export type FindingItem = Placed & { side: 'findings'; finding: OpenFinding; waiver: StoredWaiver | null }
export type CitationItem = Placed & { side: 'citations'; citation: ResolvedCitation; words: string }
export type AnchorItem = Placed & { side: 'anchors'; anchor: AnchoredItem }
export type FaultItem = Placed & { side: 'faults'; fault: Fault }
export type Item = FindingItem | CitationItem | AnchorItem | FaultItem

export interface Gathered {
  items: Item[]
  marks: Marks
}
/** Puts the answers of the interfaces at their places in the body, in order; those about the whole text come first. */
export function gather(input: {
  structure: StructuredText
  body: string
  faults: readonly Fault[]
  open: readonly OpenFinding[]
  waived: readonly Waived[]
  citations: readonly ResolvedCitation[]
  anchors: readonly AnchoredItem[]
}): Gathered {
  const maker = new MarkMaker(input.structure, input.body)
  const orders = new Map(flatten(input.structure).map((element, i) => [element.id, i]))
  const order = (place: string | null, start: number): number =>
    place === null ? -1 : (orders.get(place) ?? 0) + start / 1e9
  const items: Item[] = []
  const addFinding = (finding: OpenFinding, waiver: StoredWaiver | null, i: number): void => {
    const ref = `${waiver ? 'w' : 'f'}${i}`
    const look: Mark['look'] = waiver ? 'review' : finding.severity
    const place =
      maker.atOffset(finding.start, finding.end, { ref, look, title: finding.category }) ?? finding.element ?? null
    items.push({ ref, side: 'findings', place, order: order(place, finding.start), finding, waiver })
  }
  input.open.forEach((finding, i) => {
    addFinding(finding, null, i)
  })
  input.waived.forEach(({ finding, waiver }, i) => {
    addFinding(finding, waiver, i)
  })
  input.citations.forEach((citation, i) => {
    const ref = `c${i}`
    const place = maker.atOffset(citation.start, citation.end, {
      ref,
      look: isDoubtfulCitation(citation.status) ? 'cite-bad' : 'cite',
      title: `${citation.entry?.title ?? citation.name ?? citation.docNo ?? ''}：${citation.statusLabel}`,
      ...(citation.entry ? { href: citation.entry.href } : {}),
    })
    items.push({
      ref,
      side: 'citations',
      place,
      order: order(place, citation.start),
      citation,
      words: citationWords(input.body, citation),
    })
  })
  input.anchors.forEach((anchor, i) => {
    const ref = `a${i}`
    const now = anchor.now?.element ?? null
    const quote = anchor.state === 'exact' || anchor.state === 'moved' ? (anchor.quote ?? '') : ''
    const place =
      now === null
        ? null
        : (maker.atQuote(now, quote, {
            ref,
            look: 'anchor',
            title: `${anchor.kind === 'point' ? '审核意见' : '公众意见'}，${anchorWords(anchor)}`,
          }) ?? now)
    items.push({ ref, side: 'anchors', place, order: order(place, 0), anchor })
  })
  input.faults.forEach((fault, i) => {
    const place = fault.element ?? maker.lineHolder(fault.line)?.id ?? null
    items.push({ ref: `n${i}`, side: 'faults', place, order: order(place, 0), fault })
  })
  return { items: items.sort((a, b) => a.order - b.order), marks: maker.finish() }
}
