export { hearings } from './process.ts'
export { hearingRules } from './rules.ts'
export { HearingDossier, type HearingFacts, type HearingShape, registeredAtClose, seatsOf } from './shape.ts'
