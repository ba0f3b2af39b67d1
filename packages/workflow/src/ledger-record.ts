// What a ledger entry and an answer to a command look like; writing, querying and verification all use this one place.
import type { Verdict } from '@dianzhang/contract'
import type { Actor } from './office.ts'
import type { LedgeredTurn } from './projections/turns.ts'

export interface CommandAnswer {
  id: string
  version: number
  stage: string
  events: Array<{ seq: number; type: string; label: string; hash: string }>
  [extra: string]: unknown
}
export type LedgerActor = {
  kind: Actor['kind']
  person: string | null
  unit: string | null
  roles: string[]
  delegatedFrom?: string | null
}
/** Everything that goes into the digest; the verification program recomputes from this. */
export interface LedgerBody {
  /** Id of the matter. */
  document: string
  /** Which kind of matter; ledgers of documents do not have it (form one). */
  process?: string
  seq: number
  type: string
  /** `request`: digest of what was submitted. */
  command: { id: string; type: string; request?: string }
  at: string
  actor: LedgerActor
  payload: Record<string, unknown>
  verdicts: Verdict[]
  packVersion: string
  stage: string
  /** Only documents have a text. */
  textHash?: string | null
  /**
   * The last entry of a command carries the digest of the state snapshot after it, and these: columns of the file's
   * row that are not in the snapshot, digests of the rows written, digest of the answer (without the events).
   */
  state?: string
  row?: {
    version: number
    involvedUnits: string[]
    concernedRoles: string[]
    nextDueOn: string | null
    /** Form two has these three as well; for documents they follow from the state. */
    title?: string
    unit?: string
    openedBy?: string | null
  }
  /** Whose turn it is after the command: the rows of `turns`, their columns in order. */
  turns?: LedgeredTurn[]
  /** How many rows of `notices` the command wrote. */
  told?: number
  rows?: Array<[table: string, key: string, digest: string]>
  answer?: string
}

/**
 * Verdicts enter the ledger without their day-by-day trace (it can be recomputed from pack version and calendar); the
 * rest is kept as it is.
 */
export const withoutTrace = (verdicts: Verdict[]): Verdict[] =>
  verdicts.map(({ trace: _, ...v }) => JSON.parse(JSON.stringify(v)) as Verdict)
