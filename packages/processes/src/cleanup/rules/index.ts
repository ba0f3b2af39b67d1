// 清理的全部规则，一条一个文件。
import type { Catalogue } from '@dianzhang/kernel'
import type { CleanupFacts, CleanupRuleId } from '../shape.ts'
import { amendPlanned } from './amend-planned.ts'
import { bodyCompetent } from './body-competent.ts'
import { censusFrozen } from './census-frozen.ts'
import { checkIndependent } from './check-independent.ts'
import { closedListAllowed } from './closed-list-allowed.ts'
import { closedListConfirmed } from './closed-list-confirmed.ts'
import { deadlinesAhead } from './deadlines-ahead.ts'
import { decisionPublished } from './decision-published.ts'
import { effectiveAfterPublication } from './effective-after-publication.ts'
import { everyItemAnswered } from './every-item-answered.ts'
import { goneProved } from './gone-proved.ts'
import { keepNotLapsed } from './keep-not-lapsed.ts'
import { lapseDue } from './lapse-due.ts'
import { lapseGrounded } from './lapse-grounded.ts'
import { legalityChecked } from './legality-checked.ts'
import { listsAddUp } from './lists-add-up.ts'
import { notAhead } from './not-ahead.ts'
import { noticeGiven } from './notice-given.ts'
import { noticeLength } from './notice-length.ts'
import { noticeOpen } from './notice-open.ts'
import { objectionsAnswered } from './objections-answered.ts'
import { ordered } from './ordered.ts'
import { ownItems } from './own-items.ts'
import { publishedInTime } from './published-in-time.ts'
import { reasonGiven } from './reason-given.ts'
import { reconciled } from './reconciled.ts'
import { scopeStated } from './scope-stated.ts'
import { settled } from './settled.ts'
import { unitResponsible } from './unit-responsible.ts'

export const cleanupRules: Catalogue<CleanupRuleId, CleanupFacts> = {
  'cleanup.scope-stated': scopeStated,
  'cleanup.ordered': ordered,
  'cleanup.closed-list-allowed': closedListAllowed,
  'cleanup.deadlines-ahead': deadlinesAhead,
  'cleanup.census-frozen': censusFrozen,
  'cleanup.reconciled': reconciled,
  'cleanup.own-items': ownItems,
  'cleanup.reason-given': reasonGiven,
  'cleanup.keep-not-lapsed': keepNotLapsed,
  'cleanup.gone-proved': goneProved,
  'cleanup.lapse-grounded': lapseGrounded,
  'cleanup.amend-planned': amendPlanned,
  'cleanup.every-item-answered': everyItemAnswered,
  'cleanup.unit-responsible': unitResponsible,
  'cleanup.legality-checked': legalityChecked,
  'cleanup.check-independent': checkIndependent,
  'cleanup.notice-given': noticeGiven,
  'cleanup.notice-open': noticeOpen,
  'cleanup.notice-length': noticeLength,
  'cleanup.objections-answered': objectionsAnswered,
  'cleanup.body-competent': bodyCompetent,
  'cleanup.not-ahead': notAhead,
  'cleanup.lists-add-up': listsAddUp,
  'cleanup.closed-list-confirmed': closedListConfirmed,
  'cleanup.decision-published': decisionPublished,
  'cleanup.effective-after-publication': effectiveAfterPublication,
  'cleanup.published-in-time': publishedInTime,
  'cleanup.lapse-due': lapseDue,
  'cleanup.settled': settled,
}
