// 办公事务的全部规则，以固定的名称为键。
import type { Catalogue } from '@dianzhang/kernel'
import type { OfficeFacts, OfficeRuleId } from '../shape.ts'
import { actOnce } from './act-once.ts'
import { actPublished } from './act-published.ts'
import { bodyAsSeen } from './body-as-seen.ts'
import { bodyNameFree } from './body-name-free.ts'
import { bodyStandardFixed } from './body-standard-fixed.ts'
import { delegationAhead } from './delegation-ahead.ts'
import { delegationByGiver } from './delegation-by-giver.ts'
import { delegationNoAdministrator } from './delegation-no-administrator.ts'
import { delegationNoOverlap } from './delegation-no-overlap.ts'
import { delegationNotAdministration } from './delegation-not-administration.ts'
import { delegationOwnPost } from './delegation-own-post.ts'
import { delegationSigningWithinOrgan } from './delegation-signing-within-organ.ts'
import { delegationStands } from './delegation-stands.ts'
import { delegationTakerInOffice } from './delegation-taker-in-office.ts'
import { delegationToAnother } from './delegation-to-another.ts'
import { delegationWithinTerm } from './delegation-within-term.ts'
import { holidayOnce } from './holiday-once.ts'
import { holidayOnePlace } from './holiday-one-place.ts'
import { issuersPublished } from './issuers-published.ts'
import { mandateAsWritten } from './mandate-as-written.ts'
import { mandateOnce } from './mandate-once.ts'
import { noticesHeld } from './notices-held.ts'
import { numberApproverInOffice } from './number-approver-in-office.ts'
import { numberConfirmationComplete } from './number-confirmation-complete.ts'
import { numberConfirmationDue } from './number-confirmation-due.ts'
import { numberNotSuspended } from './number-not-suspended.ts'
import { numberPrefixKnown } from './number-prefix-known.ts'
import { numberReservationAhead } from './number-reservation-ahead.ts'
import { numberReservationOpen } from './number-reservation-open.ts'
import { packAnotherPerson } from './pack-another-person.ts'
import { packFromToday } from './pack-from-today.ts'
import { packNotLaxer } from './pack-not-laxer.ts'
import { packOneProposal } from './pack-one-proposal.ts'
import { packProposalOpen } from './pack-proposal-open.ts'
import { packSecondPerson } from './pack-second-person.ts'
import { personAnother } from './person-another.ts'
import { personHasPassword } from './person-has-password.ts'
import { personNoDelegationHeld } from './person-no-delegation-held.ts'
import { personPostsAsSeen } from './person-posts-as-seen.ts'
import { personUsernameFree } from './person-username-free.ts'
import { sampleDrawnOnce } from './sample-drawn-once.ts'
import { sampleFilesToDraw } from './sample-files-to-draw.ts'
import { sampleFirstDraw } from './sample-first-draw.ts'
import { sendRefused } from './send-refused.ts'
import { unitAsSeen } from './unit-as-seen.ts'
import { unitIdFree } from './unit-id-free.ts'
import { unitNameUnique } from './unit-name-unique.ts'
import { unitNoCircle } from './unit-no-circle.ts'
import { urgeAwaited } from './urge-awaited.ts'
import { urgeNotTooOften } from './urge-not-too-often.ts'
import { validityAsRead } from './validity-as-read.ts'
import { validityQuestionOpen } from './validity-question-open.ts'

export const officeRules: Catalogue<OfficeRuleId, OfficeFacts> = {
  'urge.awaited': urgeAwaited,
  'urge.not-too-often': urgeNotTooOften,
  'sample.files-to-draw': sampleFilesToDraw,
  'sample.drawn-once': sampleDrawnOnce,
  'sample.first-draw': sampleFirstDraw,
  'notices.held': noticesHeld,
  'number.prefix-known': numberPrefixKnown,
  'number.reservation-ahead': numberReservationAhead,
  'number.reservation-open': numberReservationOpen,
  'number.approver-in-office': numberApproverInOffice,
  'number.not-suspended': numberNotSuspended,
  'number.confirmation-due': numberConfirmationDue,
  'number.confirmation-complete': numberConfirmationComplete,
  'pack.from-today': packFromToday,
  'pack.not-laxer': packNotLaxer,
  'pack.second-person': packSecondPerson,
  'pack.one-proposal': packOneProposal,
  'pack.proposal-open': packProposalOpen,
  'pack.another-person': packAnotherPerson,
  'holiday.once': holidayOnce,
  'holiday.one-place': holidayOnePlace,
  'delegation.own-post': delegationOwnPost,
  'delegation.not-administration': delegationNotAdministration,
  'delegation.to-another': delegationToAnother,
  'delegation.ahead': delegationAhead,
  'delegation.within-term': delegationWithinTerm,
  'delegation.taker-in-office': delegationTakerInOffice,
  'delegation.signing-within-organ': delegationSigningWithinOrgan,
  'delegation.no-administrator': delegationNoAdministrator,
  'delegation.no-overlap': delegationNoOverlap,
  'delegation.stands': delegationStands,
  'delegation.by-giver': delegationByGiver,
  'unit.id-free': unitIdFree,
  'unit.as-seen': unitAsSeen,
  'unit.name-unique': unitNameUnique,
  'unit.no-circle': unitNoCircle,
  'issuers.published': issuersPublished,
  'person.username-free': personUsernameFree,
  'person.another': personAnother,
  'person.posts-as-seen': personPostsAsSeen,
  'person.no-delegation-held': personNoDelegationHeld,
  'person.has-password': personHasPassword,
  'body.name-free': bodyNameFree,
  'body.as-seen': bodyAsSeen,
  'body.standard-fixed': bodyStandardFixed,
  'act.once': actOnce,
  'act.published': actPublished,
  'mandate.as-written': mandateAsWritten,
  'mandate.once': mandateOnce,
  'send.refused': sendRefused,
  'validity.question-open': validityQuestionOpen,
  'validity.as-read': validityAsRead,
}
