// docx 导入的出口。
export { type ImportedDocx, type ImportOptions, importDocx, refuseUnlessConfirmed } from './import-docx.ts'
export { countLoss, type DocxFacts, type LossItem, type LossKind, lossKindNames } from './loss.ts'
export type { RedlineParagraph, RedlinePart, Revisions } from './read-document.ts'
export { type DocxLimits, defaultLimits } from './zip.ts'
