export { type FilingClock, filingReviewClocks, receiversOwn } from './clocks.ts'
export {
  decisionTitle,
  FilingDossier,
  isReturned,
  lastSubmission,
  openDeferral,
  openFilingInquiry,
  openPlan,
  opinionAnswer,
  type ReceivedCommand,
  sentFromThere,
} from './dossier.ts'
export { openedFiling } from './evolve.ts'
export { requireDue as filingRequireDue } from './periods.ts'
export { filingReviews } from './process.ts'
export { missingMaterials, wantedMaterials } from './rules/form-complete.ts'
export {
  type FilingEvent,
  type FilingExternal,
  type FilingFacts,
  type FilingResolved,
  type FilingShape,
  filingRuleIds,
  trackOf,
} from './shape.ts'
