// Every kind of matter with its desk. A procedure joins the house by one line here.

import { annualReportDesk } from './annual-report/desk.ts'
import { cleanupDesk } from './cleanup/desk.ts'
import { documentDesk } from './document-desk.ts'
import type { Desk, MatterShape } from './door/desk.ts'
import { evaluationDesk } from './evaluation/desk.ts'
import { filingReviewDesk } from './filing-review/desk.ts'
import { hearingDesk } from './hearing/desk.ts'
import { impactDesk } from './impact-check/desk.ts'
import { officeDesk } from './office/desk.ts'
import { suggestionDesk } from './review-suggestion/desk.ts'
import { scorecardDesk } from './scorecard/desk.ts'
import { sessionDesk } from './session/desk.ts'
import { decisionCatalogueDesk, draftingPlanDesk } from './yearly-list/desk.ts'

// biome-ignore lint/suspicious/noExplicitAny: each desk has a vocabulary of its own; who takes one from here knows it by its kind only
export type AnyDesk = Desk<any>
const all = [
  documentDesk,
  annualReportDesk,
  cleanupDesk,
  evaluationDesk,
  filingReviewDesk,
  hearingDesk,
  impactDesk,
  officeDesk,
  suggestionDesk,
  scorecardDesk,
  sessionDesk,
  draftingPlanDesk,
  decisionCatalogueDesk,
] as const

/** Kind → desk. */
export const desks: ReadonlyMap<string, AnyDesk> = new Map(
  (all as readonly AnyDesk[]).map((desk) => [desk.engine.process.kind, desk]),
)
/** The desk of a kind that is named from outside; undefined: there is none. */
export const deskOf = (kind: string): Desk<MatterShape> | undefined => desks.get(kind)
