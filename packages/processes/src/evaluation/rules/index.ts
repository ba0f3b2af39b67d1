// 后评估的全部规则，一条一个文件。
import type { Catalogue } from '@dianzhang/kernel'
import type { EvaluationFacts, EvaluationRuleId } from '../shape.ts'
import { answerGrounded } from './answer-grounded.ts'
import { evaluatorIndependent } from './evaluator-independent.ts'
import { everyProposalAnswered } from './every-proposal-answered.ts'
import { evidenceForEach } from './evidence-for-each.ts'
import { inForce } from './in-force.ts'
import { inTime } from './in-time.ts'
import { notAhead } from './not-ahead.ts'
import { planComplete } from './plan-complete.ts'
import { publicHeard } from './public-heard.ts'
import { publishedRule } from './published.ts'

export const evaluationRules: Catalogue<EvaluationRuleId, EvaluationFacts> = {
  'evaluation.evaluator-independent': evaluatorIndependent,
  'evaluation.plan-complete': planComplete,
  'evaluation.in-force': inForce,
  'evaluation.not-ahead': notAhead,
  'evaluation.public-heard': publicHeard,
  'evaluation.evidence-for-each': evidenceForEach,
  'evaluation.answer-grounded': answerGrounded,
  'evaluation.every-proposal-answered': everyProposalAnswered,
  'evaluation.in-time': inTime,
  'evaluation.published': publishedRule,
}
