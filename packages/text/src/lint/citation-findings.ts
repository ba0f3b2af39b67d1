// Findings from the force of cited documents: while drafting and after saving the very same sentence is asked, so the
// reasons given match from one to the other.
import { parseNumber } from '@dianzhang/numbering'
import { addressOf } from '../address.ts'
import type { CitedAct } from '../cited.ts'
import { repealedIn } from '../repeals.ts'
import type { StructuredText } from '../tree.ts'
import type { Finding } from './finding.ts'
import { elementsByStart, innermost, lineAt, lineStarts } from './places.ts'

/** Where an act is cited, and whether it is cited as a basis at all. */
export type CitedPlace = Pick<CitedAct, 'start' | 'end' | 'name' | 'docNo'> & {
  line: number
  /** Id and address of the innermost element that holds the place. */
  element?: string
  address?: string
  /** The text's own name or number, what it repeals, or words that only continue a name before: not asked about. */
  aside: boolean
}

/** What the register says of a cited act on the day that was asked for. */
export interface CitedStanding {
  status:
    | 'in_force'
    | 'amended'
    | 'pending_effect'
    | 'suspended'
    | 'expired'
    | 'repealed'
    | 'annulled'
    | 'unknown'
    | 'ambiguous'
  statusLabel: string
  /** Null when the register has no such act. `effectiveDate` is YYYY-MM-DD. */
  entry: { effectiveDate: string | null } | null
}

// What “……同时废止” lists are documents to be repealed, not bases.
const repealing = /^[^。；\n]*(?:同时|即行|予以|一并)?废止/u
const sentenceReach = 300
/** “废止海政发〔2015〕3号”: the same when the repeal stands in front. */
function isRepealed(source: string, start: number, end: number): boolean {
  const before = /[^。；\n]*$/u.exec(source.slice(Math.max(0, start - sentenceReach), start))?.[0] ?? ''
  if (!before.includes('废止')) return false
  const behind = /^[^。；\n]*/u.exec(source.slice(end, end + sentenceReach))?.[0] ?? ''
  const sentence = before + source.slice(start, end) + behind
  return repealedIn(sentence).some((one) => one.start < before.length + end - start && before.length < one.end)
}

/**
 * Puts citations into their places. In: the source, its structure and `citedActs(cite(source))` in order; `title` is the
 * title the caller knows besides that of the text. Out: one place for each, in the same order.
 */
export function citedPlaces(
  source: string,
  structure: StructuredText,
  acts: ReadonlyArray<Pick<CitedAct, 'start' | 'end' | 'name' | 'docNo'>>,
  title?: string,
): CitedPlace[] {
  const own = [structure.title ?? '', title ?? '', ...structure.attachments.map((one) => one.title ?? '')]
  const ownNumber =
    structure.documentNumber === null
      ? null
      : (parseNumber(structure.documentNumber).normalized ?? structure.documentNumber)
  const starts = lineStarts(source)
  const elements = elementsByStart(structure)
  return acts.map(({ start, end, name, docNo }) => {
    const element = innermost(elements, start)
    const address = element === undefined ? '' : addressOf(structure, element.id)
    return {
      start,
      end,
      name,
      docNo,
      line: lineAt(starts, start),
      ...(element === undefined ? {} : { element: element.id }),
      ...(address === '' ? {} : { address }),
      aside:
        start === end ||
        (name === null
          ? docNo !== null && docNo === ownNumber
          : own.some((each) => each === name || each.includes(`《${name}》`))) ||
        repealing.test(source.slice(end, end + 120)) ||
        isRepealed(source, start, end),
    }
  })
}

type Asked = Pick<Finding, 'id' | 'severity' | 'category' | 'message'>
/** The ids of these questions; the categories and words are below. */
export const citationFindingIds = ['C01', 'C02', 'C03', 'C04', 'C05'] as const

/** In force, and amended (the amended text counts), is not asked about. */
function questionOf({ status, statusLabel, entry }: CitedStanding, what: string): Asked | null {
  switch (status) {
    case 'repealed':
    case 'expired':
    case 'annulled':
      return {
        id: 'C01',
        severity: 'warn',
        category: '依据已废止或失效',
        message: `${what}${statusLabel}。是否改引现行有效的规定？`,
      }
    case 'unknown':
      return entry === null
        ? {
            id: 'C02',
            severity: 'review',
            category: '依据未能在文件库找到',
            message: `文件库与上位法目录都没有收录${what}。名称、文号是否准确，是否现行有效，请核对。`,
          }
        : {
            id: 'C02',
            severity: 'review',
            category: '依据的效力未核实',
            message: `收录了${what}，但没有核实其效力。是否现行有效，请核对。`,
          }
    case 'pending_effect':
      return {
        id: 'C03',
        severity: 'warn',
        category: '依据尚未施行',
        message: `${what}尚未施行${entry?.effectiveDate ? `（自${entry.effectiveDate}起施行）` : ''}。本文件施行时它是否已经施行？`,
      }
    case 'suspended':
      return { id: 'C04', severity: 'warn', category: '依据停止执行', message: `${what}现停止执行。是否仍可作为依据？` }
    case 'ambiguous':
      return {
        id: 'C05',
        severity: 'review',
        category: '依据不能确定是哪一件',
        message: `文件库中有几件与${what}同名或者同号的文件。写明制定机关或者文号是否更清楚？`,
      }
    case 'in_force':
    case 'amended':
      return null
  }
}

/**
 * Questions about cited acts that are repealed, not yet in force, unknown. In: the source, and each place with what the
 * register says (`found`; null when it has not been asked yet, and then nothing is asked here). What the register does
 * not know is asked once a name. Out: findings in the order given.
 */
export function citationFindings(
  source: string,
  cited: ReadonlyArray<{ place: CitedPlace; found: CitedStanding | null }>,
): Finding[] {
  const unknown = new Set<string>()
  return cited.flatMap(({ place, found }) => {
    if (found === null || place.aside) return []
    const what = place.name === null ? (place.docNo ?? '') : `《${place.name}》`
    const asked = questionOf(found, what)
    if (asked === null || (asked.id === 'C02' && unknown.has(what))) return []
    if (asked.id === 'C02') unknown.add(what)
    const { start, end, line, element, address } = place
    return [
      {
        ...asked,
        basis: '国办发〔2018〕115号二（六）',
        quote: source.slice(start, end),
        start,
        end,
        line,
        ...(element === undefined ? {} : { element }),
        ...(address === undefined ? {} : { address }),
      },
    ]
  })
}
