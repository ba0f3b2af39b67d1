// 各命令由谁办理、依据什么。
import type { CommandLaw } from '@dianzhang/kernel'
import { source } from '@dianzhang/packs'
import type { EvaluationShape } from './shape.ts'

const basis = source.majorDecision('第三十六条')
/** 制定机关组织评估；起草、实施单位与评估人员都可以提出方案。 */
export const planLaw: CommandLaw = {
  by: ['secretariat', 'unit_head', 'legality_reviewer', 'evaluator', 'system'],
  basis,
}
export const evaluationLaw: Record<EvaluationShape['command'], CommandLaw> = {
  ApprovePlan: { by: ['secretariat', 'leader'], basis },
  RecordEvidence: { by: ['evaluator'], basis },
  RecordReading: { by: ['evaluator'], basis },
  SubmitReport: { by: ['evaluator'], basis },
  AnswerReport: { by: ['secretariat', 'unit_head'], basis },
  PublishReport: { by: ['secretariat'], basis: source.disclosure('第十九条') },
  CloseEvaluation: { by: ['secretariat', 'evaluator'], basis },
  RecomputeDeadlines: { by: ['system'], basis: source.design('期限重新计算') },
}
