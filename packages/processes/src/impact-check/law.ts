// 各命令由谁办理、依据什么。
import type { CommandLaw } from '@dianzhang/kernel'
import { source } from '@dianzhang/packs'
import type { ImpactShape } from './shape.ts'

const unit: CommandLaw = { by: ['drafter', 'unit_head', 'secretariat'], basis: source.rulemaking('第三十七条') }
const reviewer: CommandLaw = { by: ['legality_reviewer'], basis: source.legalityReview('二（三）') }
export const openingLaw: CommandLaw = { by: ['system'], basis: source.rulemaking('第三十七条') }
export const impactLaw: Record<ImpactShape['command'], CommandLaw> = {
  StartCheck: unit,
  Conclude: unit,
  Contest: unit,
  AnswerContest: reviewer,
  ConfirmConclusion: reviewer,
  RecomputeDeadlines: { by: ['system'], basis: source.design('期限重新计算') },
}
