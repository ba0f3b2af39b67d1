export { contactKeys, mailIn } from './contact.ts'
export { hearings } from './process.ts'
export { hearingRules } from './rules.ts'
export {
  countedNow,
  HearingDossier,
  type HearingFacts,
  type HearingShape,
  movedUp,
  registeredAtClose,
  seatsOf,
  toInform,
} from './shape.ts'
