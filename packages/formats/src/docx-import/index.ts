// Exports of the docx import.
export { type ImportedDocx, type ImportOptions, importDocx, refuseUnlessConfirmed } from './import-docx.ts'
export { countLoss, type DocxFacts, type LossItem, type LossKind, lossKindNames } from './loss.ts'
export type { RedlineParagraph, RedlinePart } from './read-document.ts'
export {
  changeSaid,
  numberListPattern,
  numbersOf,
  type RevisionDecisions,
  type Revisions,
  type TrackedChange,
} from './revisions.ts'
export { type DocxLimits, defaultLimits } from './zip.ts'
