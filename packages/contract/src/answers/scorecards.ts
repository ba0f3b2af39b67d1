// 已经审定的考核评分：每一项的得分、理由、扣分所依的每一件。
import { z } from 'zod'

const Line = z.looseObject({
  id: z.string(),
  jurisdiction: z.string(),
  year: z.int(),
  unit: z.string(),
  standard: z.string(),
  total: z.number(),
  finalOn: z.string(),
})
export const Scorecards = z.looseObject({
  year: z.int().nullable(),
  years: z.array(z.int()),
  items: z.array(Line).describe('依单位名册的次序，不排名次'),
  total: z.int(),
})
export const UnitScorecard = Line.extend({
  source: z.string().describe('评分标准的出处'),
  checkedOn: z.iso.date().nullable(),
  items: z.array(
    z.looseObject({
      id: z.string(),
      group: z.string(),
      text: z.string(),
      standard: z.string(),
      weight: z.number(),
      ruleLabel: z.string(),
      self: z.number().nullable(),
      score: z.number().nullable(),
      reason: z.string().nullable(),
      cases: z.array(
        z.looseObject({
          evidence: z.string(),
          label: z.string(),
          count: z.int(),
          list: z.string().describe('每一件的地址'),
        }),
      ),
      objection: z
        .looseObject({
          reason: z.string(),
          on: z.iso.date(),
          label: z.string().nullable(),
          answer: z.string().nullable(),
        })
        .nullable(),
    }),
  ),
})
