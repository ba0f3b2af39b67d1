// 年度制定计划、重大行政决策事项目录的公开答复。
import { z } from 'zod'

const date = z.iso.date()
const Summary = z.looseObject({
  id: z.string(),
  jurisdiction: z.string(),
  process: z.string(),
  label: z.string(),
  title: z.string(),
  year: z.int(),
  publishedOn: date.nullable(),
  callUntil: date.nullable().describe('正在公开征集建议，至何日截止'),
  items: z.int(),
  closed: z.boolean(),
})
export const YearlyLists = z.looseObject({ items: z.array(Summary), total: z.int() })
export const YearlyList = Summary.extend({
  list: z.array(
    z.looseObject({
      n: z.int(),
      title: z.string(),
      unit: z.string(),
      due: date,
      kind: z.string().nullable(),
      steps: z.array(z.string()),
      hearing: z.boolean(),
      enterpriseRelated: z.boolean(),
      majorDecision: z.boolean(),
      basis: z.string(),
      state: z.string(),
      completedOn: date.nullable(),
      document: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ),
  adjustments: z.array(
    z.looseObject({
      on: date,
      item: z.int(),
      label: z.string(),
      from: z.string().nullable(),
      to: z.string().nullable(),
      reason: z.string(),
    }),
  ),
  statement: z.looseObject({ summary: z.string(), on: date }).nullable(),
})
export const ListProposalTaken = z.looseObject({ id: z.string(), hash: z.string() })
