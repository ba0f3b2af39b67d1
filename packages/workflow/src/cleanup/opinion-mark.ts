// What a row of the opinion table said when it went out: whoever brings it back does not undo what others said since.
import { sha256Hex } from '@dianzhang/ledger'
import { type CleanupItem, outcomeOf, reasonOf } from '@dianzhang/processes'
import { plainWords } from './outcome-word.ts'

export interface OpinionSaid {
  outcome: string | null
  reason: string
  ground: string | null
  what: string
  due: string
  ifLate: string | null
}
/** Begins with a letter: no spreadsheet takes it for a number. */
export const opinionMark = ({ outcome, reason, ground, what, due, ifLate }: OpinionSaid): string =>
  `m${sha256Hex(JSON.stringify([outcome, plainWords(reason), ground, plainWords(what), due, ifLate])).slice(0, 10)}`
/** Of an item as it stands, with everything the table shows of it. */
export const standingMark = (x: CleanupItem): string =>
  opinionMark({
    outcome: outcomeOf(x),
    reason: reasonOf(x) ?? '',
    ground: x.opinion?.lapseGround ?? null,
    what: x.opinion?.amend?.what ?? '',
    due: x.opinion?.amend?.due ?? '',
    ifLate: x.opinion?.amend?.ifLate ?? null,
  })
