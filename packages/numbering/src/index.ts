// Document numbers, order numbers, announcement numbers, registry numbers, index numbers and WJBS: grammars, forms and
// series, without any storage.
export {
  type ArchiveNumberValues,
  archiveNumberKey,
  archiveNumberSerial,
  archiveNumberSeries,
  formatArchiveNumber,
  retentionYears,
} from './archive-number.ts'
export { readChineseNumeral } from './chinese-numeral.ts'
export { type Code, type CodeLists, type Confidence, findCode, gbt47229CodeLists } from './code-lists.ts'
export {
  formatAnnouncementNumber,
  formatDocumentNumber,
  formatOrderNumber,
  type NumberFault,
  type NumberFaultCode,
  type NumberKind,
  numberSigns,
  type ParsedNumber,
  parseNumber,
} from './document-number.ts'
export {
  type AgencyCode,
  agencyCode,
  type BuiltIdentifier,
  buildFileIdentifier,
  buildLawFileCode,
  type FileIdentifierComponents,
  fileIdentifierPrefix,
  type IdentifierComponent,
  type IdentifierOptions,
  type IdentifierSource,
  identifierSequence,
  type ParsedIdentifier,
  type ParsedIdentifierComponents,
  parseFileIdentifier,
} from './file-identifier.ts'
export {
  formatIndexNumber,
  type IndexNumberCheck,
  type PortalProfile,
  portalProfiles,
  validateIndexNumber,
} from './index-number.ts'
export { NumberingError, type NumberingErrorCode } from './numbering-error.ts'
export {
  formatRegistryNumber,
  parseRegistryNumber,
  type RegistryParse,
  type RegistryValues,
  registryTemplateFields,
} from './registry-number.ts'
export {
  changeStatus,
  explainGaps,
  type GapFault,
  type NumberAction,
  type NumberStatus,
  nextInSeries,
  numberingYear,
  type SeriesAccount,
  type SeriesEntry,
  type SeriesRow,
  type SeriesState,
  type YearPolicy,
} from './series.ts'
