// The one judge: decision, button, refusal and ledger all use it.
import type { Verdict } from '@dianzhang/contract'
import type { Catalogue, Excuse } from './rule.ts'

/**
 * Judges each of the given rules and returns every verdict (it does not stop at the first that fails).
 * Time is part of the facts; no clock is read.
 */
export function judge<R extends string, F>(
  catalogue: Catalogue<R, F>,
  rules: readonly R[],
  facts: F,
  excuse?: Excuse<R, F>,
): Verdict[] {
  return rules.map((id) => {
    const rule = catalogue[id]
    const found = rule.judge(facts)
    const verdict: Verdict = {
      rule: id,
      title: rule.title,
      holds: found.holds,
      severity: found.severity ?? rule.severity,
      reason: found.reason,
      basis: found.basis ?? rule.basis,
    }
    if (found.alsoBasis?.length) verdict.alsoBasis = found.alsoBasis
    if (found.earliest) verdict.earliest = found.earliest
    if (found.earliest && found.earliestOf) verdict.earliestOf = found.earliestOf
    if (found.trace) verdict.trace = found.trace
    if (found.provisional) verdict.provisional = true
    if (!found.holds) {
      verdict.by = found.by ?? rule.by
      const deviation = rule.deviation && excuse?.(rule, facts)
      if (deviation) verdict.deviation = deviation
    }
    return verdict
  })
}

/** Whether a verdict stops the command: it does not hold, blocks, and no lawful deviation is on record. */
export const blocks = (v: Verdict): boolean => !v.holds && v.severity === 'block' && !v.deviation
