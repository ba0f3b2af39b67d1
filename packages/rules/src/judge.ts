// 唯一的判断函数：决定、按钮、拒绝说明、案卷记录都用它。
import type { Verdict } from '@dianzhang/contract'
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
 * 对给定规则逐条判断，返回每一条的结论（不因第一条不成立而停止）。
 * 时间是事实的一部分，不读时钟。命令中的 `deviations` 只对出处允许偏离的规则有效；其余规则忽略之。
 * 偏离是否经过批准，另由规则 `deviation.approved` 判断。
 */
export function judge(rules: readonly RuleId[], facts: Facts): Verdict[] {
  const asked = (facts.command?.payload.deviations ?? []) as DeviationInput[]
  return rules.map((id) => {
    const rule = catalogue[id]
    const found = rule.judge(facts)
    const verdict: Verdict = {
      rule: id,
      title: rule.title,
      holds: found.holds,
      severity: found.severity ?? rule.severity,
      reason: found.reason,
      basis: found.basis ?? rule.basis,
    }
    if (found.alsoBasis?.length) verdict.alsoBasis = found.alsoBasis
    if (found.earliest) verdict.earliest = found.earliest
    if (found.earliest && found.earliestOf) verdict.earliestOf = found.earliestOf
    if (found.trace) verdict.trace = found.trace
    if (found.provisional) verdict.provisional = true
    if (!found.holds) {
      verdict.by = found.by ?? rule.by
      const deviation = rule.deviation && asked.find((d) => d.rule === id)
      if (deviation) {
        // 理由与批准人以批准的为准；没有批准的，由 deviation.approved 拦住。
        const approved = availableApproval(facts.dossier, id)
        verdict.deviation = {
          ground: approved?.ground ?? deviation.ground ?? '',
          approver: approved?.confirmed?.name ?? deviation.approver ?? '',
        }
      }
    }
    return verdict
  })
}

/** 该结论是否阻止办理：不成立、属于阻断、且没有依法记录的偏离。 */
export const blocks = (v: Verdict): boolean => !v.holds && v.severity === 'block' && !v.deviation
