// What stands in the margin: the findings of the text as it is read now, each with the reason given for leaving it. Pure, so
// that it can be tried without a screen.
import { applyWaivers, citationFindings, type Waiver } from '@dianzhang/text'
import type { StoredWaiver } from '../document/text/shapes.ts'
import type { WaiverValue } from '../forms/findings-panel.tsx'
import { momentOf } from '../words.ts'
import { type Cited, standingOf } from './citations.ts'
import type { Note } from './margin.tsx'
import type { TextMark } from './plugins/findings.ts'
import type { Read } from './use-reading.ts'

const sameFinding = (waiver: WaiverValue, id: string, quote: string, element: string | undefined): boolean =>
  waiver.id === id && waiver.quote === quote && (waiver.element === undefined || waiver.element === element)

type Named = Pick<Note['finding'], 'id' | 'quote' | 'element'>

/** Gives, or replaces, the reason for one finding. */
export const withReason = (
  list: readonly WaiverValue[],
  { id, quote, element }: Named,
  reason: string,
): WaiverValue[] => [
  ...list.filter((waiver) => !sameFinding(waiver, id, quote, element)),
  { id, quote, ...(element === undefined ? {} : { element }), reason },
]
/** Takes the reason of one finding back. */
export const withoutReason = (list: readonly WaiverValue[], { id, quote, element }: Named): WaiverValue[] =>
  list.filter((waiver) => !sameFinding(waiver, id, quote, element))
/** What is sent: reasons that say something. */
export const stated = (list: readonly WaiverValue[]): WaiverValue[] =>
  list.filter((waiver) => waiver.reason.trim() !== '')

export const keyOf = (finding: { id: string; start: number; quote: string; element?: string }): string =>
  `${finding.id}-${finding.start}`
/** Whether two readings found the same citations, with the same standing. */
export const sameCited = (a: readonly Cited[], b: readonly Cited[]): boolean =>
  a.length === b.length &&
  a.every((each, i) => {
    const other = b[i]
    return (
      other !== undefined &&
      each.place.start === other.place.start &&
      each.place.end === other.place.end &&
      each.found?.status === other.found?.status
    )
  })

/** The notes, in the order of the text; one that concerns the whole text has no place. */
export function notesOf(
  read: Pick<Read, 'reading' | 'printed' | 'positions'> | null,
  cited: readonly Cited[],
  waivers: readonly WaiverValue[],
  earlier: readonly StoredWaiver[],
): Note[] {
  if (!read) return []
  const all = [...read.reading.findings, ...citationFindings(read.printed.text, cited)].sort(
    (a, b) => a.start - b.start || a.id.localeCompare(b.id),
  )
  const given: Waiver[] = [
    ...waivers.map((waiver) => ({ ...waiver, by: 'drafter' as const })),
    ...[...earlier].reverse(),
  ]
  const { waived } = applyWaivers(all, given)
  const held = new Map(waived.map(({ finding, waiver }) => [finding, waiver]))
  return all.map((finding) => {
    const mine = waivers.find((waiver) => sameFinding(waiver, finding.id, finding.quote, finding.element))
    const before = earlier.find((waiver) => sameFinding(waiver, finding.id, finding.quote, finding.element))
    const whole = finding.end === finding.start && finding.start === 0
    return {
      key: keyOf(finding),
      finding,
      index: whole ? null : read.positions.blockAt(finding.start),
      waiver: mine
        ? { reason: mine.reason, mine: true, who: '本次说明' }
        : before
          ? {
              reason: before.reason,
              mine: false,
              who: `${before.by === 'reviewer' ? '审核人' : '起草人'}（${momentOf(before.at)}）`,
            }
          : null,
      open: !held.has(finding),
    }
  })
}
/** What is underlined in the text: citations by their standing, findings by their weight. */
export function marksOf(read: Pick<Read, 'reading' | 'printed' | 'positions'>, cited: readonly Cited[]): TextMark[] {
  const at = (offset: number): number => read.positions.positionAt(offset)
  const { text } = read.printed
  return [
    ...cited
      .filter((each) => each.place.end <= text.length)
      .map(
        (each): TextMark => ({
          key: each.key,
          kind: 'citation',
          from: at(each.place.start),
          to: at(each.place.end),
          standing: standingOf(each),
        }),
      ),
    ...[...read.reading.findings, ...citationFindings(text, cited)]
      .filter((finding) => finding.end > finding.start)
      .map(
        (finding): TextMark => ({
          key: keyOf(finding),
          kind: finding.id === 'S13' ? 'unfilled' : finding.severity,
          from: at(finding.start),
          to: at(finding.end),
        }),
      ),
  ].filter((mark) => mark.to > mark.from)
}
