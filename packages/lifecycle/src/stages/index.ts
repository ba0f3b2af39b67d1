import { waitedFor } from '../asks.ts'
import type { StageSpec } from '../shape.ts'
import { assessment } from './assessment.ts'
import { closed } from './closed.ts'
import { consultation } from './consultation.ts'
import { coordination } from './coordination.ts'
import { deliberation } from './deliberation.ts'
import { drafting } from './drafting.ts'
import { effective } from './effective.ts'
import { initiation } from './initiation.ts'
import { legalityReview } from './legality-review.ts'
import { numbering } from './numbering.ts'
import { publication } from './publication.ts'
import { signing } from './signing.ts'

const inOrder: Record<string, StageSpec> = {
  initiation,
  drafting,
  consultation,
  coordination,
  assessment,
  legality_review: legalityReview,
  deliberation,
  signing,
  numbering,
  publication,
  effective,
  closed,
}

/** 全部阶段，按办理先后排列；哪些命令有人等着，各阶段同一判断。 */
export const stages: Record<string, StageSpec> = Object.fromEntries(
  Object.entries(inOrder).map(([name, spec]) => [name, { ...spec, asks: waitedFor }]),
)
