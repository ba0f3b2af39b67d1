// The form of a rule: one file each, with its source, its judgement and examples that run.
import type { Basis, Verdict } from '@dianzhang/contract'

/** The outcome of one judgement; `basis` defaults to that of the rule. */
export interface Finding {
  holds: boolean
  reason: string
  basis?: Basis
  alsoBasis?: Basis[]
  /** The first day on which it can hold, `YYYY-MM-DD`. */
  earliest?: string
  /** Where `earliest` is not the day of acting: the day of what. */
  earliestOf?: Verdict['earliestOf']
  trace?: unknown[]
  by?: string[]
  provisional?: boolean
  /** Severity may follow the facts (late: only told). */
  severity?: 'block' | 'warn'
}
export interface RuleExample<F> {
  /** The situation in one sentence that a lawyer reads. */
  name: string
  /** What is changed in a matter in which all is in order. */
  given: (facts: F) => F
  /** Words expected in the reason. */
  says?: string | RegExp
}
export interface Rule<R extends string, F> {
  id: R
  /** What is required, in one sentence. */
  title: string
  severity: 'block' | 'warn'
  basis: Basis
  /** Only where the source allows to deviate: which source, and what it demands. */
  deviation?: { basis: Basis; requires: string }
  /** Roles that can make it hold. */
  by: string[]
  judge: (facts: F) => Finding
  examples: { holds: RuleExample<F>[]; refused: RuleExample<F>[] }
}
export type Catalogue<R extends string, F> = Record<R, Rule<R, F>>
/** Ground and approver of a recorded deviation from a rule that does not hold; undefined: none. */
export type Excuse<R extends string, F> = (rule: Rule<R, F>, facts: F) => Verdict['deviation'] | undefined
