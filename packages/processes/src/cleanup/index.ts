export { cleanupClocks } from './clocks.ts'
export { type CleanupCounts, CleanupDossier, openObjections, totalOf } from './dossier.ts'
export { planned as plannedCleanup } from './evolve.ts'
export { type FlagContext, flagsOf, periodEnd } from './flags.ts'
export { givenOpinions, type ItemRef, itemAt, refsOf } from './given.ts'
export {
  type CleanupItem,
  type CleanupOpinion,
  type CleanupTally,
  contradictions,
  goneMeanwhile,
  isChecked,
  isGone,
  listsOf,
  outcomeOf,
  outcomes as cleanupOutcomeOrder,
  reasonOf,
  sumOf,
  tallyOf,
} from './items.ts'
export { noticeUntil } from './periods.ts'
export { cleanupProcess, cleanups } from './process.ts'
export { competentUnits } from './rules/body-competent.ts'
export { cleanupRules } from './rules/index.ts'
export {
  type CleanupEvent,
  type CleanupExternal,
  type CleanupFacts,
  type CleanupResolved,
  type CleanupShape,
  cleanupRuleIds,
} from './shape.ts'
