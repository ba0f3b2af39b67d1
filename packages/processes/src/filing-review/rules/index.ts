// 备案审查的全部规则，一条一个文件。
import type { Catalogue } from '@dianzhang/kernel'
import { holds } from '@dianzhang/rules'
import { sentFromThere } from '../dossier.ts'
import type { FilingFacts, FilingRule, FilingRuleId } from '../shape.ts'
import { byDecisionOnly } from './by-decision.ts'
import { checked } from './checked.ts'
import { correctionFiled } from './correction-filed.ts'
import { examinerIndependent } from './examiner-independent.ts'
import { extendable } from './extendable.ts'
import { formComplete } from './form-complete.ts'
import { inScope } from './in-scope.ts'
import { inTime } from './in-time.ts'
import { inquiryOver } from './inquiry-over.ts'
import { issuerHeard } from './issuer-heard.ts'
import { ladder } from './ladder.ts'
import { motionCompetent } from './motion-competent.ts'
import { notCorrected } from './not-corrected.ts'
import { notOpenYet } from './not-open-yet.ts'
import { numberUnused } from './number-unused.ts'
import { outcomeFits } from './outcome-fits.ts'
import { planOver } from './plan-over.ts'
import { stopDecided } from './stop-decided.ts'
import { supplementComplete } from './supplement-complete.ts'
import { termAhead } from './term-ahead.ts'

const rules: Catalogue<FilingRuleId, FilingFacts> = {
  'filing-review.in-scope': inScope,
  'filing-review.form-complete': formComplete,
  'filing-review.number-unused': numberUnused,
  'filing-review.in-time': inTime,
  'filing-review.term-ahead': termAhead,
  'filing-review.supplement-complete': supplementComplete,
  'filing-review.examiner-independent': examinerIndependent,
  'filing-review.checked': checked,
  'filing-review.issuer-heard': issuerHeard,
  'filing-review.stop-decided': stopDecided,
  'filing-review.extendable': extendable,
  'filing-review.inquiry-over': inquiryOver,
  'filing-review.plan-over': planOver,
  'filing-review.correction-filed': correctionFiled,
  'filing-review.not-corrected': notCorrected,
  'filing-review.motion-competent': motionCompetent,
  'filing-review.ladder': ladder,
  'filing-review.outcome-fits': outcomeFits,
  'filing-review.not-open-yet': notOpenYet,
  'filing-review.by-decision': byDecisionOnly,
}

/** 受理机关在另一套系统里的，已经由它依规则办理；报送一方只照录，不再判断。 */
const asDecidedThere = (rule: FilingRule): FilingRule => ({
  ...rule,
  judge: (f) =>
    f.dossier.exchange?.side === 'sender' && sentFromThere(f.command.payload)
      ? holds(`${f.dossier.exchange.label}已经在其系统中办理，照录`)
      : rule.judge(f),
})
export const filingRules = Object.fromEntries(
  Object.entries(rules).map(([id, rule]) => [id, asDecidedThere(rule)]),
) as typeof rules
