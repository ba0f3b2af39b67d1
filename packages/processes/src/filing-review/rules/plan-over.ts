import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { openPlan } from '../dossier.ts'
import { doing, on, planned } from '../example.ts'
import type { FilingRule } from '../shape.ts'

export const planOver: FilingRule = {
  id: 'filing-review.plan-over',
  title: '改正计划的期限届满以后恢复审查',
  severity: 'block',
  basis: source.bjNpc('第二十九条'),
  by: ['备案审查人', '系统'],
  judge: ({ dossier: d, today }) => {
    const plan = openPlan(d)
    if (!plan) return holds('没有正在进行的改正计划')
    return today >= plan.until
      ? holds(`改正的期限至${day(plan.until)}，没有改正的恢复审查`)
      : fails(`制定机关计划于${day(plan.until)}以前改正，期限届满以前中止审查`, { earliest: plan.until })
  },
  examples: {
    holds: [
      { name: '期限届满', given: (f) => on(doing(planned(f), 'ResumeReview'), '2026-12-31'), says: '恢复审查' },
      { name: '没有计划', given: (f) => f },
    ],
    refused: [{ name: '期限没有到', given: (f) => planned(f), says: '中止审查' }],
  },
}
