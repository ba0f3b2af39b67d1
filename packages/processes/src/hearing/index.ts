export { hearings } from './process.ts'
export { hearingRules } from './rules.ts'
export { HearingDossier, type HearingFacts, type HearingShape, seatsOf } from './shape.ts'
