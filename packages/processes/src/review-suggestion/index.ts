export { notOurs, type SuggestionClock, suggestionClocks } from './clocks.ts'
export {
  currentAnswer,
  isAnonymous,
  openInquiry,
  pendingChange,
  SuggestionDossier,
  unanswered,
} from './dossier.ts'
export { received, receivedFrom } from './evolve.ts'
export { suggestionProcess, suggestions } from './process.ts'
export { missingParts } from './rules/form.ts'
export { suggestionRules } from './rules/index.ts'
export {
  type SuggestionEvent,
  type SuggestionExternal,
  type SuggestionFacts,
  type SuggestionResolved,
  type SuggestionShape,
  suggestionRuleIds,
} from './shape.ts'
