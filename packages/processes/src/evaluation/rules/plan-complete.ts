import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { doing, dossier } from '../example.ts'
import type { EvaluationRule } from '../shape.ts'

export const planComplete: EvaluationRule = {
  id: 'evaluation.plan-complete',
  title: '方案写明方法、调查对象与提交报告的期限',
  severity: 'block',
  basis: source.majorDecision('第三十六条'),
  by: ['制定机关'],
  judge: ({ dossier: d, today }) => {
    const missing = [...(d.method.length === 0 ? ['方法'] : []), ...(d.subjects.length === 0 ? ['调查对象'] : [])]
    if (missing.length > 0) return fails(`方案没有写明${missing.join('、')}`)
    if (d.until < today) return fails(`提交报告的期限${day(d.until)}已经过去，请另定方案`)
    // 届满前评估要赶在届满以前，结果才用得上。
    const { validUntil } = d.document
    if (d.ground === 'before_expiry' && validUntil !== null && d.until > validUntil)
      return fails(`提交报告的期限${day(d.until)}晚于有效期届满之日${day(validUntil)}，请提前`)
    return holds(`方案齐备，${day(d.until)}以前提交报告`)
  },
  examples: {
    holds: [{ name: '齐备', given: (f) => doing(f, 'ApprovePlan') }],
    refused: [
      { name: '没有调查对象', given: (f) => doing(dossier(f, { subjects: [] }), 'ApprovePlan'), says: '调查对象' },
      {
        name: '期限已经过去',
        given: (f) => doing(dossier(f, { until: '2026-10-01' }), 'ApprovePlan'),
        says: '已经过去',
      },
      {
        name: '届满以后才提交',
        given: (f) => doing(dossier(f, { until: '2027-06-30' }), 'ApprovePlan'),
        says: '晚于有效期届满',
      },
    ],
  },
}
