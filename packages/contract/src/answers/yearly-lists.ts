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
/** 本年度制定计划中还可以据以立项的各项；`plan` 为空即本年度没有公布计划。 */
export const PlanItems = z.object({
  plan: z.object({ title: z.string(), year: z.int() }).nullable(),
  items: z.array(
    z.object({
      text: z.string().describe('立项申请“计划项目”一栏的写法，如“2026年度制定计划第3项”'),
      title: z.string(),
      unit: z.object({ id: z.string(), name: z.string() }).describe('起草单位'),
      due: date.describe('计划的完成时间'),
      necessity: z.string(),
      enterpriseRelated: z.boolean(),
      majorDecision: z.boolean(),
    }),
  ),
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
  calledUntil: date.nullable().describe('公开征集的最后一日；没有公开征集的为空'),
  /** 公众的建议中已经答复的：第几条，不含建议本身的文字。 */
  answered: z.array(z.looseObject({ n: z.int(), on: date, label: z.string(), reason: z.string(), answeredOn: date })),
  statement: z.looseObject({ summary: z.string(), on: date }).nullable(),
})
export const ListProposalTaken = z.looseObject({
  id: z.string(),
  hash: z.string(),
  n: z.int().describe('第几条建议：答复时以此为号'),
})
