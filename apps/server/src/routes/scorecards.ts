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
      summary: '一个单位的考核评分：各项得分、理由、扣分所依的每一件的清单、异议与答复',
      answer: { description: '考核评分', schema: answers.UnitScorecard },
      problems: ['not_found'],
    },
    async (c) => c.json(await publicScorecard(office, param(c, 'id'))),
  )
}
