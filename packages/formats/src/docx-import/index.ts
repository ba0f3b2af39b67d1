// docx 导入的出口。
export { DocxError, type DocxErrorCode } from './docx-error.ts'
export { type ImportedDocx, type ImportOptions, importDocx, refuseUnlessConfirmed } from './import-docx.ts'
export type { DocxFacts, LossItem, LossKind } from './loss.ts'
export { type DocxLimits, defaultLimits } from './zip.ts'
