// 唯一的判断函数：决定、按钮、拒绝说明、案卷记录都用它。
import type { Verdict } from '@dianzhang/contract'
import { blocks, type Excuse, judge as judgeBy } from '@dianzhang/kernel'
import { catalogue } from './catalogue/index.ts'
import { availableApproval } from './deviations.ts'
import type { Facts } from './facts.ts'
import type { RuleId } from './rule.ts'

interface DeviationInput {
  rule: string
  ground?: string
  approver?: string
}

/**
 * 命令中的 `deviations` 所说的偏离，只对出处允许偏离的规则有效；其余规则忽略之。
 * 理由与批准人以批准的为准；没有批准的，由规则 `deviation.approved` 拦住。
 */
export const recordedApproval: Excuse<RuleId, Facts> = (rule, facts) => {
  const asked = (facts.command?.payload.deviations ?? []) as DeviationInput[]
  const deviation = asked.find((d) => d.rule === rule.id)
  if (!deviation) return undefined
  const approved = availableApproval(facts.dossier, rule.id)
  return {
    ground: approved?.ground ?? deviation.ground ?? '',
    approver: approved?.confirmed?.name ?? deviation.approver ?? '',
  }
}

/** 对给定规则逐条判断，返回每一条的结论（不因第一条不成立而停止）。时间是事实的一部分，不读时钟。 */
export const judge = (rules: readonly RuleId[], facts: Facts): Verdict[] =>
  judgeBy(catalogue, rules, facts, recordedApproval)

export { blocks }
