// 建议审查的全部规则，一条一个文件。
import type { Catalogue } from '@dianzhang/kernel'
import type { SuggestionFacts, SuggestionRuleId } from '../shape.ts'
import { changeMade } from './change-made.ts'
import { competent } from './competent.ts'
import { conclusionGrounded } from './conclusion-grounded.ts'
import { everyConflictAnswered } from './every-conflict-answered.ts'
import { examinerIndependent } from './examiner-independent.ts'
import { extendable } from './extendable.ts'
import { form } from './form.ts'
import { groupAnswered } from './group-answered.ts'
import { inForce } from './in-force.ts'
import { inTime } from './in-time.ts'
import { inquiryOver } from './inquiry-over.ts'
import { inquiryTerm } from './inquiry-term.ts'
import { issuerHeard } from './issuer-heard.ts'
import { newReasons } from './new-reasons.ts'
import { periodOver } from './period-over.ts'
import { personTold } from './person-told.ts'
import { reasonProved } from './reason-proved.ts'
import { suspendable } from './suspendable.ts'
import { toAnother } from './to-another.ts'

export const suggestionRules: Catalogue<SuggestionRuleId, SuggestionFacts> = {
  'suggestion.form': form,
  'suggestion.competent': competent,
  'suggestion.in-force': inForce,
  'suggestion.in-time': inTime,
  'suggestion.reason-proved': reasonProved,
  'suggestion.examiner-independent': examinerIndependent,
  'suggestion.inquiry-term': inquiryTerm,
  'suggestion.inquiry-over': inquiryOver,
  'suggestion.issuer-heard': issuerHeard,
  'suggestion.conclusion-grounded': conclusionGrounded,
  'suggestion.suspendable': suspendable,
  'suggestion.every-conflict-answered': everyConflictAnswered,
  'suggestion.extendable': extendable,
  'suggestion.change-made': changeMade,
  'suggestion.person-told': personTold,
  'suggestion.group-answered': groupAnswered,
  'suggestion.new-reasons': newReasons,
  'suggestion.period-over': periodOver,
  'suggestion.to-another': toAnother,
}
