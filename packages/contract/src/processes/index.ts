// 各种事项对外的约定，以固定的名称为键；文件的约定在 commands.ts。
import { annualReport } from './annual-report.ts'
import { cleanupContract } from './cleanup.ts'
import type { ProcessContract } from './define.ts'
import { evaluationContract } from './evaluation.ts'
import { filingReview } from './filing-review.ts'
import { hearingContract } from './hearing.ts'
import { impactCheck } from './impact-check.ts'
import { officeContract } from './office.ts'
import { reviewSuggestion } from './review-suggestion.ts'
import { scorecardContract } from './scorecard.ts'
import { sessionContract } from './session.ts'
import { decisionCatalogue, draftingPlan } from './yearly-lists.ts'

export * from './annual-report.ts'
export * from './cleanup.ts'
export * from './define.ts'
export * from './evaluation.ts'
export * from './filing-review.ts'
export * from './hearing.ts'
export * from './impact-check.ts'
export * from './office.ts'
export * from './review-suggestion.ts'
export * from './scorecard.ts'
export * from './session.ts'
export * from './yearly-lists.ts'

const contracts = {
  [annualReport.kind]: annualReport,
  [evaluationContract.kind]: evaluationContract,
  [filingReview.kind]: filingReview,
  [hearingContract.kind]: hearingContract,
  [impactCheck.kind]: impactCheck,
  [cleanupContract.kind]: cleanupContract,
  [officeContract.kind]: officeContract,
  [reviewSuggestion.kind]: reviewSuggestion,
  [scorecardContract.kind]: scorecardContract,
  [sessionContract.kind]: sessionContract,
  [draftingPlan.kind]: draftingPlan,
  [decisionCatalogue.kind]: decisionCatalogue,
}
/** 有约定的各种事项的固定名称；写错的种类，类型检查点名。 */
export type ProcessKind = keyof typeof contracts
/** 一种事项的各命令。 */
export type CommandOn<K extends ProcessKind> = keyof (typeof contracts)[K]['commands']
export const processContracts: Readonly<Record<string, ProcessContract>> = contracts
