// Formats of a text: docx in and out, layout check, HTML, plain text, Akoma Ntoso, JSON-LD, metadata. Runs in the browser too.
export { akomaNtosoNamespace, exportAkomaNtoso } from './akoma-ntoso/index.ts'
export { type CalendarEvent, calendarFile } from './calendar-file.ts'
export {
  type ComparedTexts,
  type ExplainedChange,
  exportComparisonTable,
  exportRedline,
} from './comparison-docx/index.ts'
export { csvLine, csvOf } from './csv.ts'
export {
  checkLayout,
  exportDocx,
  gbt9704,
  gbt47229,
  type LayoutProfile,
  type LayoutViolation,
  type LineStyle,
  layoutProfiles,
} from './docx-export/index.ts'
export {
  changeSaid,
  countLoss,
  type DocxFacts,
  type DocxLimits,
  defaultLimits,
  type ImportedDocx,
  type ImportOptions,
  importDocx,
  type LossItem,
  type LossKind,
  lossKindNames,
  numberListPattern,
  numbersOf,
  type RedlineParagraph,
  type RedlinePart,
  type RevisionDecisions,
  type Revisions,
  refuseUnlessConfirmed,
  type TrackedChange,
} from './docx-import/index.ts'
export {
  type MetadataName,
  type MetadataRecord,
  type MetadataSet,
  metadataCsv,
  metadataElements,
  metadataJson,
  metadataOf,
  metadataXml,
} from './gbt-47229/index.ts'
export { exportHtml, printCss } from './html/index.ts'
export { embodiedFormats, exportJsonLd, type LegislationJsonLd } from './json-ld/index.ts'
export { type LayoutLine, type LineRole, layoutLines, wordsOfLine } from './layout-lines.ts'
export { type Typeset, typesetOf } from './pdf-typeset/index.ts'
export { exportText } from './plain-text/index.ts'
export { type PublishedDocument, titleOf, type ValidityStatus } from './published-document.ts'
export {
  type DecodedText,
  decodeText,
  type Encoding,
  encodingNames,
  fileKind,
  htmlText,
  importAnyFile,
  isDocxLike,
  looksLikeHtml,
  type ReadFile,
  readAnyFile,
  readDecodedText,
  readTextBytes,
  refusalOf,
  refuseAsText,
  refuseDamaged,
  type Wanted,
  wordsOf,
} from './recognise/index.ts'
export { type ExportFormat, exportFormats, findFormat } from './registry.ts'
export { sheetFile, type TableFormat, tableFormats, tableMedia } from './sheet-file.ts'
export { type RefusalCode, UnreadableFile } from './unreadable-file.ts'
export { type WorkbookSheet, xlsxMediaType, xlsxOf } from './xlsx-export/index.ts'
export { dayOfSerial, readXlsx, type Sheet, type SheetRow } from './xlsx-import/index.ts'
