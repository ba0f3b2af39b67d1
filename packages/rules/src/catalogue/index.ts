// 规则目录：每条规则一个文件，依 ruleIds 的次序。
import { type Rule, type RuleId, ruleIds } from '../rule.ts'
import { actsInOrder } from './acts-in-order.ts'
import { approverRecorded } from './approver-recorded.ts'
import { archiveNumberFree } from './archive-number-free.ts'
import { archiveScheduled } from './archive-scheduled.ts'
import { archiveSettled } from './archive-settled.ts'
import { archiveUnfinished } from './archive-unfinished.ts'
import { assessmentCurrent } from './assessment-current.ts'
import { assessmentExpertReview } from './assessment-expert-review.ts'
import { assessmentFairCompetition } from './assessment-fair-competition.ts'
import { assessmentOrder } from './assessment-order.ts'
import { assessmentPartyReport } from './assessment-party-report.ts'
import { assessmentRisk } from './assessment-risk.ts'
import { classificationPlausible } from './classification-plausible.ts'
import { commentsCleared } from './comments-cleared.ts'
import { commentsInHandling } from './comments-in-handling.ts'
import { commentsReceivedAlready } from './comments-received-already.ts'
import { consultationCommentsDisposed } from './consultation-comments-disposed.ts'
import { consultationDueToClose } from './consultation-due-to-close.ts'
import { consultationEnterprisesHeard } from './consultation-enterprises-heard.ts'
import { consultationFeedbackOpen } from './consultation-feedback-open.ts'
import { consultationFeedbackPublished } from './consultation-feedback-published.ts'
import { consultationHeld } from './consultation-held.ts'
import { consultationInvitedShare } from './consultation-invited-share.ts'
import { consultationMinimumPeriod } from './consultation-minimum-period.ts'
import { consultationNonPublic } from './consultation-non-public.ts'
import { consultationNotASubstitute } from './consultation-not-a-substitute.ts'
import { consultationOneAtATime } from './consultation-one-at-a-time.ts'
import { consultationOpen } from './consultation-open.ts'
import { consultationPackageReady } from './consultation-package-ready.ts'
import { consultationSameSubstance } from './consultation-same-substance.ts'
import { correctionChanges } from './correction-changes.ts'
import { correctionConfirmed } from './correction-confirmed.ts'
import { correctionPending } from './correction-pending.ts'
import { deliberationAdopted } from './deliberation-adopted.ts'
import { deliberationAhead } from './deliberation-ahead.ts'
import { deliberationBodyCompetent } from './deliberation-body-competent.ts'
import { deliberationSameText } from './deliberation-same-text.ts'
import { deviationApproved } from './deviation-approved.ts'
import { disclosureConsistent } from './disclosure-consistent.ts'
import { disputeEscalatedAbove } from './dispute-escalated-above.ts'
import { disputeSettledOrEscalated } from './dispute-settled-or-escalated.ts'
import { disputeThirdParty } from './dispute-third-party.ts'
import { draftArtefactsComplete } from './draft-artefacts-complete.ts'
import { draftBasisInForce } from './draft-basis-in-force.ts'
import { draftTextSaved } from './draft-text-saved.ts'
import { dutiesSeparated } from './duties-separated.ts'
import { effectiveAdaptation } from './effective-adaptation.ts'
import { effectiveMinimumDelay } from './effective-minimum-delay.ts'
import { filingInTime } from './filing-in-time.ts'
import { filingMaterialsComplete } from './filing-materials-complete.ts'
import { filingReviewExtension } from './filing-review-extension.ts'
import { filingRightRecipient } from './filing-right-recipient.ts'
import { forceClauses } from './force-clauses.ts'
import { forceOrganCompetent } from './force-organ-competent.ts'
import { forceRestorable } from './force-restorable.ts'
import { forceWithAct } from './force-with-act.ts'
import { hearingHeld } from './hearing-held.ts'
import { indicatorsRecordedAct } from './indicators-recorded-act.ts'
import { indicatorsStated } from './indicators-stated.ts'
import { initiationApproved } from './initiation-approved.ts'
import { initiationInPlan } from './initiation-in-plan.ts'
import { initiationOverlap } from './initiation-overlap.ts'
import { initiationPlanned } from './initiation-planned.ts'
import { initiationScope } from './initiation-scope.ts'
import { interagencyAnswered } from './interagency-answered.ts'
import { interagencyAskable } from './interagency-askable.ts'
import { interagencyAsked } from './interagency-asked.ts'
import { interagencyReplied } from './interagency-replied.ts'
import { invitationOnceEach } from './invitation-once-each.ts'
import { invitationUnanswered } from './invitation-unanswered.ts'
import { issuerChangeable } from './issuer-changeable.ts'
import { issuerEligible } from './issuer-eligible.ts'
import { issuerSameLevel } from './issuer-same-level.ts'
import { majorDecisionInCatalogue } from './major-decision-in-catalogue.ts'
import { numberingAfterSigning } from './numbering-after-signing.ts'
import { numberingAvailable } from './numbering-available.ts'
import { packNewer } from './pack-newer.ts'
import { publicationAfterNumbering } from './publication-after-numbering.ts'
import { publicationChannels } from './publication-channels.ts'
import { publicationFilesChosen } from './publication-files-chosen.ts'
import { publicationInTime } from './publication-in-time.ts'
import { publicationInterpretation } from './publication-interpretation.ts'
import { publicationSameText } from './publication-same-text.ts'
import { reviewClockRuns } from './review-clock-runs.ts'
import { reviewMaxPeriod } from './review-max-period.ts'
import { reviewMinPeriod } from './review-min-period.ts'
import { reviewOpinionLawful } from './review-opinion-lawful.ts'
import { reviewOrganCompetent } from './review-organ-competent.ts'
import { reviewOwnFirst } from './review-own-first.ts'
import { reviewOwnText } from './review-own-text.ts'
import { reviewPackageUnchanged } from './review-package-unchanged.ts'
import { reviewPointsAnswered } from './review-points-answered.ts'
import { reviewSameText } from './review-same-text.ts'
import { secretariatChecked } from './secretariat-checked.ts'
import { signingAllIssuers } from './signing-all-issuers.ts'
import { signingOnce } from './signing-once.ts'
import { signingSameText } from './signing-same-text.ts'
import { signingSignerCompetent } from './signing-signer-competent.ts'
import { textFilledIn } from './text-filled-in.ts'
import { textLegible } from './text-legible.ts'
import { textMatchesFile } from './text-matches-file.ts'
import { validityEvaluated } from './validity-evaluated.ts'
import { validityMaximum } from './validity-maximum.ts'
import { validityRenewal } from './validity-renewal.ts'

/** 全部规则，以代码为键。 */
export const catalogue: Record<RuleId, Rule> = {
  'issuer.eligible': issuerEligible,
  'issuer.same-level': issuerSameLevel,
  'issuer.changeable': issuerChangeable,
  'disclosure.consistent': disclosureConsistent,
  'classification.plausible': classificationPlausible,
  'initiation.scope': initiationScope,
  'initiation.planned': initiationPlanned,
  'initiation.in-plan': initiationInPlan,
  'initiation.overlap': initiationOverlap,
  'major-decision.in-catalogue': majorDecisionInCatalogue,
  'initiation.approved': initiationApproved,
  'draft.text-saved': draftTextSaved,
  'draft.artefacts-complete': draftArtefactsComplete,
  'draft.basis-in-force': draftBasisInForce,
  'text.filled-in': textFilledIn,
  'text.legible': textLegible,
  'text.matches-file': textMatchesFile,
  'interagency.askable': interagencyAskable,
  'interagency.asked': interagencyAsked,
  'interagency.replied': interagencyReplied,
  'interagency.answered': interagencyAnswered,
  'dispute.settled-or-escalated': disputeSettledOrEscalated,
  'dispute.escalated-above': disputeEscalatedAbove,
  'dispute.third-party': disputeThirdParty,
  'consultation.package-ready': consultationPackageReady,
  'consultation.one-at-a-time': consultationOneAtATime,
  'consultation.open': consultationOpen,
  'consultation.due-to-close': consultationDueToClose,
  'consultation.non-public': consultationNonPublic,
  'consultation.enterprises-heard': consultationEnterprisesHeard,
  'consultation.held': consultationHeld,
  'consultation.minimum-period': consultationMinimumPeriod,
  'deviation.approved': deviationApproved,
  'consultation.comments-disposed': consultationCommentsDisposed,
  'consultation.feedback-open': consultationFeedbackOpen,
  'comments.in-handling': commentsInHandling,
  'comments.received-already': commentsReceivedAlready,
  'comments.cleared': commentsCleared,
  'consultation.invited-share': consultationInvitedShare,
  'invitation.unanswered': invitationUnanswered,
  'invitation.once-each': invitationOnceEach,
  'consultation.feedback-published': consultationFeedbackPublished,
  'consultation.not-a-substitute': consultationNotASubstitute,
  'assessment.expert-review': assessmentExpertReview,
  'assessment.risk': assessmentRisk,
  'assessment.party-report': assessmentPartyReport,
  'assessment.fair-competition': assessmentFairCompetition,
  'assessment.order': assessmentOrder,
  'assessment.current': assessmentCurrent,
  'consultation.same-substance': consultationSameSubstance,
  'acts.in-order': actsInOrder,
  'hearing.held': hearingHeld,
  'secretariat.checked': secretariatChecked,
  'review.own-text': reviewOwnText,
  'review.own-first': reviewOwnFirst,
  'review.package-unchanged': reviewPackageUnchanged,
  'review.organ-competent': reviewOrganCompetent,
  'review.clock-runs': reviewClockRuns,
  'review.min-period': reviewMinPeriod,
  'review.max-period': reviewMaxPeriod,
  'review.opinion-lawful': reviewOpinionLawful,
  'review.same-text': reviewSameText,
  'review.points-answered': reviewPointsAnswered,
  'duties.separated': dutiesSeparated,
  'deliberation.ahead': deliberationAhead,
  'deliberation.body-competent': deliberationBodyCompetent,
  'deliberation.adopted': deliberationAdopted,
  'deliberation.same-text': deliberationSameText,
  'signing.signer-competent': signingSignerCompetent,
  'signing.once': signingOnce,
  'signing.all-issuers': signingAllIssuers,
  'signing.same-text': signingSameText,
  'correction.changes': correctionChanges,
  'correction.pending': correctionPending,
  'correction.confirmed': correctionConfirmed,
  'numbering.after-signing': numberingAfterSigning,
  'numbering.available': numberingAvailable,
  'approver.recorded': approverRecorded,
  'publication.after-numbering': publicationAfterNumbering,
  'publication.same-text': publicationSameText,
  'publication.files-chosen': publicationFilesChosen,
  'publication.channels': publicationChannels,
  'publication.interpretation': publicationInterpretation,
  'publication.in-time': publicationInTime,
  'validity.renewal': validityRenewal,
  'validity.evaluated-before-renewal': validityEvaluated,
  'indicators.recorded-act': indicatorsRecordedAct,
  'indicators.stated': indicatorsStated,
  'validity.maximum': validityMaximum,
  'effective.minimum-delay': effectiveMinimumDelay,
  'effective.adaptation': effectiveAdaptation,
  'force.organ-competent': forceOrganCompetent,
  'force.with-act': forceWithAct,
  'force.restorable': forceRestorable,
  'force.clauses': forceClauses,
  'filing.in-time': filingInTime,
  'filing.right-recipient': filingRightRecipient,
  'filing.materials-complete': filingMaterialsComplete,
  'filing.review-extension': filingReviewExtension,
  'archive.scheduled': archiveScheduled,
  'archive.settled': archiveSettled,
  'archive.unfinished': archiveUnfinished,
  'archive.number-free': archiveNumberFree,
  'pack.newer': packNewer,
}

/** 全部规则，依固定次序。 */
export const ruleList: Rule[] = ruleIds.map((id) => catalogue[id])
