export { evaluationClocks } from './clocks.ts'
export {
  answerOf,
  EvaluationDossier,
  isPending,
  isPublicHearing,
  type Proposal,
  type ProposalAnswer,
  pendingProposals,
  type Reading,
  unansweredProposals,
} from './dossier.ts'
export { plannedEvaluation } from './evolve.ts'
export { evaluationProcess, evaluations } from './process.ts'
export { evaluationRules } from './rules/index.ts'
export {
  type EarlierRecord,
  type EvaluationExternal,
  type EvaluationFacts,
  type EvaluationResolved,
  type EvaluationShape,
  evaluationRuleIds,
} from './shape.ts'
