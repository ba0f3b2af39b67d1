// Business: what the office does. It knows the database and the domain, not HTTP.

export { databaseProblem, isConnectionProblem } from '@dianzhang/database'
export { differenceLabels } from './acts/acts-file.ts'
export { type ActsComparison, type ActsImport, compareActsFile, importActsFile } from './acts/import-acts.ts'
export { figuresOfYear } from './annual-report/figures.ts'
export {
  printPublicReport,
  printReport,
  publicReport,
  publicReports,
  reportDifferences,
  reportFigures,
} from './annual-report/public.ts'
export { archiveContents, archiveFiles } from './archive/contents.ts'
export { archiveDues, archiveSummary, listArchive } from './archive/list.ts'
export { type DocumentPaper, documentPapers, packagedPapers, printDocument } from './archive/papers.ts'
export { auditForeign, auditOwn, auditPaper, drawnSamples, sampleFiles, told as auditAnswer } from './audit/audit.ts'
export { describedColumns, readDescribedFile } from './audit/described-file.ts'
export { draw } from './audit/sample.ts'
export { cleanupDesk } from './cleanup/desk.ts'
export { importCensus, outcomesListed } from './cleanup/import-list.ts'
export {
  cleanupOfEntry,
  objectToCleanup,
  publicCleanup,
  publicCleanupFile,
  publicCleanups,
} from './cleanup/public.ts'
export { cleanupItemsOf, exportLists, exportOpinions, takeOpinions } from './cleanup/queries.ts'
export { clockFacts, clockFault } from './clock-check.ts'
export { type ClauseFeedback, clauseFeedback } from './comments/clauses.ts'
export { type FeedbackTerm, feedbackTerm, feedbackTerms } from './comments/feedback-term.ts'
export { commentFile, commentFilesSaid, takeFiles } from './comments/files.ts'
export { formToken, invitationCode, suspicionOf } from './comments/form-guard.ts'
export { type OpenedInvitation, openInvitation } from './comments/invitations.ts'
export { type PublishedComment, publishedComments } from './comments/published.ts'
export { commentClearance, commentGroups, commentTotals, invitationsOf } from './comments/queries.ts'
export { calendarData, createOffice, installPacks, type OfficeParts } from './create-office.ts'
export { type AnyDesk, deskOf, desks } from './desks.ts'
export type { Permission } from './door/desk.ts'
export { evaluationDesk } from './evaluation/desk.ts'
export { printEvaluation, printPublishedEvaluation } from './evaluation/print.ts'
export { evaluationQuota, evaluationsOfEntry, publicEvaluation, publicEvaluations } from './evaluation/public.ts'
export { applyPending } from './exchange/apply.ts'
export { hasFile, keepFile, readFile } from './exchange/files.ts'
export { activePeers, keysNow, noteTold, type Peer, peerNamed, requirePeer } from './exchange/peers.ts'
export { type ExchangeSigner, signPending, statementAbout } from './exchange/post.ts'
export {
  type ExchangeLine,
  exchangeHead,
  exchangeState,
  lastPlace,
  messagesOfMatter,
  receiptsOf,
  sendAgain,
  stuckMessages,
  tileHex,
} from './exchange/read.ts'
export {
  type Between,
  type Direction,
  type Message,
  messagesFrom,
  ofStream,
  type Signed,
  sayStep,
  streamRow,
  take,
  takeBack,
} from './exchange/record.ts'
export { expiryAlerts, validityQuestions } from './expiry/alerts.ts'
export { raiseExpiryAlerts } from './expiry/ladder.ts'
export { type EntryLife, lifeOf, neglectYears } from './expiry/life.ts'
export { filingReviewDesk } from './filing-review/desk.ts'
export { filingFile, printFilingLetter } from './filing-review/print.ts'
export {
  type HearingReceipt,
  hearingReceipt,
  type PublicHearing,
  publicHearing,
  publicHearings,
  registerForHearing,
  withdrawFromHearing,
} from './hearing/public.ts'
export { type HolidayNoticeInput, loadHolidayNotice, maintainHolidayNotice } from './holiday-notices.ts'
export { impactDesk } from './impact-check/desk.ts'
export { basisStampForStaff, impactEvents, impactRates } from './impact-check/queries.ts'
export { type DueResult, deadlineCommandId, retryDue, runDueJobs } from './jobs/due.ts'
export { connectQueue, installJobs } from './jobs/queue.ts'
export { sealLedger } from './jobs/seal.ts'
export { awaitHeldComments, bringTurnsUpToDate, handOverFilings } from './jobs/turns.ts'
export { startWorker, type Worker } from './jobs/worker.ts'
export type { CommandAnswer, LedgerBody } from './ledger-record.ts'
export { type MandateState, mandateProposals, mandates } from './mandates/queries.ts'
export { deliverAll, openMatter, runAt, runOnMatter } from './matters.ts'
export {
  calendarSince,
  newCalendarToken,
  personalCalendar,
  publicCalendar,
  revokeCalendarToken,
} from './notices/calendars.ts'
export { heldPlaces } from './notices/held.ts'
export { climbLadder } from './notices/ladder.ts'
export { countUnread, listMessages, markMatterRead, markRead } from './notices/messages.ts'
export {
  listDeliveries,
  outwardState,
  prefer,
  preferencesOf,
  webhookSecret,
} from './notices/preferences.ts'
export { noticeTender, replay, sendDue, tendNotices, tryAgain } from './notices/send.ts'
export {
  confirmSubscription,
  endSubscription,
  type SubscriptionAsked,
  subscribe,
  subscriptionOf,
} from './notices/subscriptions.ts'
export {
  confirmNumbers,
  expireReservations,
  type Reservation,
  type ReservedNumber,
  releaseReservation,
  reserveNumber,
} from './numbering-desk.ts'
export { actInOffice, openOffices } from './office/act.ts'
export * from './office.ts'
export {
  approvePackVersion,
  comparePacks,
  createPackVersion,
  declinePackVersion,
  type NewPackVersion,
  packFile,
  packInWords,
  placesToCompare,
  previewRevision,
  proposePackVersion,
  waitingRevision,
} from './packs-desk.ts'
export * from './people/index.ts'
export { may, mayRead, mayReadText } from './policies/may.ts'
export { proposeDocument } from './propose-document.ts'
export { administration } from './queries/administration.ts'
export { type MatterChange, watchChanges } from './queries/changes.ts'
export { type Approval, type DecisionSheet, getDecisionSheet } from './queries/decision-sheet.ts'
export { type DeviationReport, type DeviationUse, listDeviations } from './queries/deviations.ts'
export * from './queries/documents.ts'
export { type Editors, watchEditors } from './queries/editors.ts'
export { listFilings, listUnfiled } from './queries/filings.ts'
export { listJobs } from './queries/jobs.ts'
export { ledgerState } from './queries/ledger.ts'
export { markMatter } from './queries/marks.ts'
export {
  type ActionForPerson,
  countByStage,
  getActions,
  getDeadlines,
  getHistory,
  getMatter,
  getPlan,
  getRefusals,
  labelOf,
  listMatters,
  listSorts,
  type MatterSummary,
  type MattersQuery,
  requireVisible,
} from './queries/matters.ts'
export { listHolidayNotices } from './queries/notices.ts'
export { listNumbers, listSeries } from './queries/numbers.ts'
export { previewProposal } from './queries/proposal-preview.ts'
export { previewConsultation, previewFeedback, previewPublication } from './queries/public-preview.ts'
export { deleteFilter, savedFiltersOf, saveFilter } from './queries/saved-filters.ts'
export {
  getArtefacts,
  getAttachment,
  getComments,
  getFiles,
  getVersion,
  getVersions,
} from './queries/texts.ts'
export type { RowLines, TurnLine } from './queries/turns.ts'
export {
  latestHeads,
  noticeOlderDatabase,
  type OfficeHeads,
  openRestorations,
  recordRestoration,
  requireNumbering,
  reserveFromLog,
  restorationState,
  type SealToAnchor,
  sealsAfter,
} from './restoration.ts'
export { suggestionDesk } from './review-suggestion/desk.ts'
export { printAnswer, printAnswerByReceipt, printTransfer } from './review-suggestion/print.ts'
export {
  completeSuggestion,
  publicSuggestions,
  type SuggestionReceipt,
  submitSuggestion,
  suggestionReceipt,
} from './review-suggestion/public.ts'
export { runCommand } from './run-command.ts'
export { publicScorecard, publicScorecards } from './scorecard/public.ts'
export { searchEverything } from './search/everything.ts'
export { indexMatters, indexMoved } from './search/index-matters.ts'
export { printSession } from './session/print.ts'
export type { FiguresQuery } from './statistics/asked.ts'
export { dashboard } from './statistics/dashboard.ts'
export { type Duty, dutyCounts } from './statistics/duties.ts'
export {
  type FilingListQuery,
  filingList,
  filingListCsv,
  filingListPaper,
  filingListXlsx,
} from './statistics/filing-list-query.ts'
export {
  filingRates,
  scorecard,
  statisticList,
  statistics,
  statisticsCsv,
  statisticsWithQuarters,
  statisticsXlsx,
} from './statistics/query.ts'
export * from './submit-comment.ts'
export * from './text/index.ts'
export { planItems } from './yearly-list/plan-items.ts'
export {
  proposeToList,
  publicYearlyList,
  publicYearlyLists,
  yearlyListTable,
} from './yearly-list/public.ts'
