// Texts in the office: structure, checks, comparison, places, working copy, import and export.
export type { ExportedFile, StreamedFile } from '../exported-file.ts'
export type { AnchoredItem } from './anchors.ts'
export { basisProposal, proposedBases } from './basis-proposal.ts'
export type { ExplainedChange, ExplainedComparison, Why } from './comparison.ts'
export { docxMaximum, type ImportedText, importText } from './docx-import.ts'
export { linterVersion, resolveText, type StoredWaiver, type TextFindings } from './findings.ts'
export { differencesWithFile, importForFile } from './import-for-file.ts'
export { mayDraft } from './may-draft.ts'
export { citePublic, readPublic } from './public-reading.ts'
export {
  type DiffKind,
  exportDiff,
  exportFormatIds,
  exportVersion,
  type FrozenFindings,
  getAnchors,
  getDiff,
  getFindings,
  getReviewFindings,
  getStructure,
  type VersionDiff,
  type VersionStructure,
} from './queries.ts'
export { deleteWorkingCopy, getWorkingCopy, putWorkingCopy } from './working-copy.ts'
export type { WorkingCopy } from './working-copy-rows.ts'
