// The public register: writing, import, search and public queries.
export { actFacts, registeredActs } from './acts/facts.ts'
export * from './acts/known-acts.ts'
export { useOf } from './attachment-use.ts'
export { namesAct, restingOnEnded } from './citations/citing.ts'
export { edgeRows, entrySource, tableSource, textSource, writeEdges } from './citations/edge-rows.ts'
export { actAsked, impactOf } from './citations/impact.ts'
export { readEdges } from './citations/read-edges.ts'
export { bringCitationsUpToDate, type EdgesReport, rebuildCitations } from './citations/rebuild.ts'
export { basisStamp } from './citations/stamp.ts'
export {
  type CleanupItem,
  type CleanupList,
  type CleanupOverview,
  type CleanupQuery,
  cleanupItems,
  cleanupListNames,
  cleanupLists,
  cleanupOverview,
} from './cleanup.ts'
export {
  type CommentCounts,
  countComments,
  countsOfConsultation,
  countsSaid,
  holdOf,
  isCounted,
  latestDisposition,
  latestRedaction,
  none,
} from './comment-counts.ts'
export { appendForceEvent, attachInterpretation, type PublishedEntry, publishEntry } from './entries.ts'
export { type EntryExport, entryFormats, exportEntry } from './entry-export.ts'
export {
  type ImportFault,
  type ImportOptions,
  type ImportProgress,
  type ImportRemark,
  type ImportReport,
  importEntries,
  linesOf,
  type NumberedLine,
  settleRegister,
} from './import.ts'
export { dayOf, type ListReading, listRecords } from './list-records.ts'
export {
  addressOf,
  changesFrom,
  factsOfLogged,
  type KnownStatus,
  type LogChange,
  statusesKnown,
  statusKnown,
} from './log/changes.ts'
export { type Effect, effectsOf } from './log/effects.ts'
export { changedRecords, countRecords, earliestRecord, missingFrom, type NewsItem, newsBetween } from './log/records.ts'
export {
  appendEntry,
  checkpointAt,
  entriesFrom,
  entriesOfSubject,
  entryOfRecord,
  fillTiles,
  type LogName,
  latestCheckpoint,
  logExpired,
  logNames,
  logSize,
  nodeReader,
  readTile,
  type StoredCheckpoint,
  type StoredEntry,
  saveCheckpoint,
  saveCosignature,
  takeOver,
} from './log/store.ts'
export { matchingEntries } from './matching.ts'
export {
  getEntryAttachment,
  listJurisdictions,
  listPublicPages,
  type PublicAttachment,
  type PublicPage,
} from './public-files.ts'
export {
  type ConsultationDetail,
  type ConsultationFeedback,
  type ConsultationSummary,
  consultationDetailOf,
  feedbackToCome,
  getConsultation,
  getEntry,
  getFeedback,
  listConsultations,
} from './public-queries.ts'
export { publishedEntry } from './published-entry.ts'
export { headWanted, listMaximum, type ReadList, readList } from './read-list.ts'
export {
  type DetailRow,
  detailOf,
  type FileIdentifierView,
  type RegisterDetail,
  type RegisterRelation,
  type RegisterSummary,
  statusFacts,
  statusOfRow,
} from './register-entry.ts'
export type { RegisterFilters } from './register-filters.ts'
export {
  type Facet,
  type RegisterFacets,
  type RegisterPage,
  type RegisterQuery,
  type RegisterSort,
  registerSorts,
  searchRegister,
} from './register-search.ts'
export {
  type CitationStatus,
  type CitedEntry,
  type ResolvedCitation,
  resolveCitations,
} from './resolve-citations.ts'
export { normalise, patternOf, rankQuery, type SearchWord, searchForm, searchVector, searchWords } from './search.ts'
export { rebuildSearchIndex } from './search-index/build.ts'
export { indexerOf } from './search-index/indexer.ts'
export { indexInThread, searchInThread } from './search-index/search-thread.ts'
export { entriesTitledLike } from './similar-titles.ts'
export {
  type PublicStatus,
  publicStatuses,
  publicStatusLabels,
  type RegisterDecision,
  type RegisterForceEvent,
  type StatusAnswer,
  type StatusFacts,
  type StatusSource,
  standsOn,
  statusOn,
  type TimelineEntry,
  timelineOf,
  type ValidityCode,
} from './status-on.ts'
export { standingEvents, statusColumns, statusSql } from './status-sql.ts'
export type { SearchSuggestion } from './suggestions.ts'
export { titleKey, titleKeySql } from './title-key.ts'
export { type PublicVersions, publicVersions, type Scope, summarisePublicWrites, unlessChanged } from './unchanged.ts'
