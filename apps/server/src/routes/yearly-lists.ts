// The yearly drafting plan and the catalogue of major decisions, for everybody: reading, CSV, a proposal while called for.
import { answers } from '@dianzhang/contract'
import { tableFormats, tableMedia } from '@dianzhang/formats'
import { planItems, proposeToList, publicYearlyList, publicYearlyLists, yearlyListTable } from '@dianzhang/workflow'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import { type Operations, param } from '../http/operations.ts'
import { sendFile } from '../http/send-file.ts'

const tag = '计划与目录'

export function yearlyListRoutes(ops: Operations, ctx: AppContext): void {
  const { office } = ctx
  ops.staff(
    {
      method: 'get',
      path: '/api/plan-items',
      tag,
      summary: '本年度制定计划中还可以据以立项的各项',
      answer: { description: '各项', schema: answers.PlanItems },
    },
    async (c, { actor }) => c.json(await planItems(office, actor)),
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/yearly-lists',
      tag,
      table: {
        name: '制定计划与决策目录',
        columns: [
          ['年度', 8, 'year'],
          ['种类', 20, 'label'],
          ['名称', 50, 'title'],
          ['公布', 12, 'publishedOn'],
          ['征集至', 12, 'callUntil'],
          ['项数', 8, 'items'],
          ['已经完成', 8, 'closed'],
        ],
      },
      summary: '年度制定计划、重大行政决策事项目录：已经公布的，正在公开征集建议的',
      answer: { description: '各份', schema: answers.YearlyLists },
    },
    async (c) => c.json({ ...(await publicYearlyLists(office)), totalExact: true }),
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/yearly-lists/:id',
      tag,
      summary: '一份计划、目录，连同调整与年终完成情况',
      answer: { description: '计划、目录', schema: answers.YearlyList },
      problems: ['not_found'],
    },
    async (c) => c.json(await publicYearlyList(office, param(c, 'id'))),
  )
  for (const format of tableFormats)
    ops.open(
      {
        method: 'get',
        path: `/public/v1/yearly-lists/:id/items.${format}`,
        tag,
        summary: `各项（${format === 'csv' ? 'CSV' : 'Excel 工作簿'}）`,
        answer: { description: '各项', mediaType: tableMedia[format] },
        problems: ['not_found'],
      },
      async (c) => sendFile(c, await yearlyListTable(office, param(c, 'id'), format)),
    )
  ops.open(
    {
      method: 'post',
      path: '/public/v1/yearly-lists/:id/proposals',
      tag,
      summary: '在公开征集期间建议列入一项；不收姓名、联系方式',
      body: z.strictObject({
        title: z.string().trim().min(1).max(300).describe('建议列入的事项'),
        reason: z.string().trim().min(1).max(4000).describe('为什么'),
        commandId: z.uuid().optional(),
      }),
      answer: { status: 201, description: '已收到', schema: answers.ListProposalTaken },
      problems: ['not_found', 'refused', 'rate_limited'],
    },
    async (c, { body }) => {
      ctx.limits.publicWrites.take(c.get('address'))
      return c.json(await proposeToList(office, param(c, 'id'), body), 201)
    },
  )
}
