// Not adopting a question needs a reason; only a reviewer settles a question of level block.
import type { Finding } from './finding.ts'

/** One record of “此处不改” (left as it is). */
export interface Waiver {
  /** Id of the finding it answers. */
  id: string
  /** The words it was given for; a change of the words revives the question. */
  quote: string
  /** Element it was given for, when known: the same words elsewhere are another question. */
  element?: string
  reason: string
  /** The drafter explains; the reviewer clears. */
  by: 'drafter' | 'reviewer'
}

/** What is left after the waivers. */
export interface WaivedFindings {
  /** Still to be answered. A `block` finding that only the drafter explained stays here, with the explanation. */
  open: Array<Finding & { explained?: string }>
  waived: Array<{ finding: Finding; waiver: Waiver }>
  /** Waivers whose question is gone: the text was changed, or it was never asked. */
  unused: Waiver[]
  /** Waivers without a reason; they count for nothing. */
  refused: Waiver[]
}

const sameWords = (a: string, b: string): boolean => a.replace(/\s/g, '') === b.replace(/\s/g, '')

/**
 * Sets findings against the reasons given for leaving the text as it is. A waiver holds for one finding id, one quote
 * and, when it names one, one element. Nothing is lost: every finding is either open or waived.
 */
export function applyWaivers(findings: readonly Finding[], waivers: readonly Waiver[]): WaivedFindings {
  const refused = waivers.filter((waiver) => waiver.reason.trim() === '')
  const valid = waivers.filter((waiver) => waiver.reason.trim() !== '')
  const used = new Set<Waiver>()
  const result: WaivedFindings = { open: [], waived: [], unused: [], refused }
  for (const finding of findings) {
    const answers = valid.filter(
      (waiver) =>
        waiver.id === finding.id &&
        sameWords(waiver.quote, finding.quote) &&
        (waiver.element === undefined || waiver.element === finding.element),
    )
    for (const answer of answers) used.add(answer)
    const clearing = answers.find((answer) => finding.severity !== 'block' || answer.by === 'reviewer')
    if (clearing !== undefined) result.waived.push({ finding, waiver: clearing })
    else if (answers[0] !== undefined) result.open.push({ ...finding, explained: answers[0].reason })
    else result.open.push(finding)
  }
  result.unused = valid.filter((waiver) => !used.has(waiver))
  return result
}
