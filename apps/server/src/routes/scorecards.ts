// Final scorecards of units, for everybody.
import { answers } from '@dianzhang/contract'
import { publicScorecard, publicScorecards } from '@dianzhang/workflow'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import { type Operations, param } from '../http/operations.ts'

const tag = '考核评分'

export function scorecardRoutes(ops: Operations, { office }: AppContext): void {
  ops.open(
    {
      method: 'get',
      path: '/public/v1/scorecards',
      tag,
      table: {
        name: '考核评分',
        columns: [
          ['年度', 8, 'year'],
          ['单位', 30, 'unit'],
          ['标准', 40, 'standard'],
          ['得分', 8, 'total'],
          ['审定', 12, 'finalOn'],
        ],
      },
      summary: '已经审定的考核评分，依单位名册的次序，不排名次',
      query: z.object({ year: z.coerce.number().int().min(2000).max(2100).optional() }),
      answer: { description: '各份', schema: answers.Scorecards },
    },
    async (c, { query }) => c.json({ ...(await publicScorecards(office, query.year)), totalExact: true }),
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/scorecards/:id',
      tag,
      table: {
        name: '考核评分各项',
        at: '/public/v1/scorecards/:id/items',
        columns: [
          ['类', 16, 'group'],
          ['考核内容', 50, 'text'],
          ['怎样计', 24, 'ruleLabel'],
          ['分值', 8, 'weight'],
          ['自评', 8, 'self'],
          ['得分', 8, 'score'],
          ['理由', 50, 'reason'],
          [
            '所依的件',
            30,
            ({ cases }) =>
              (cases as Array<{ label: string; count: number }>).map(({ label, count }) => `${label}：${count}件`),
          ],
          ['异议', 40, 'objection.reason'],
          ['答复', 40, 'objection.answer'],
        ],
      },
      summary: '一个单位的考核评分：各项得分、理由、扣分所依的每一件的清单、异议与答复',
      answer: { description: '考核评分', schema: answers.UnitScorecard },
      problems: ['not_found'],
    },
    async (c) => c.json(await publicScorecard(office, param(c, 'id'))),
  )
}
