// Annual reports: what is published, as data, paper and table; for staff the paper before publication and what differs since.
import { answers } from '@dianzhang/contract'
import { tableFormats, tableMedia } from '@dianzhang/formats'
import {
  dashboard,
  printPublicReport,
  printReport,
  publicReport,
  publicReports,
  reportDifferences,
  reportFigures,
} from '@dianzhang/workflow'
import type { AppContext } from '../context.ts'
import { type Operations, param } from '../http/operations.ts'
import { paperFormats, paperNames, paperTypes, sendFile } from '../http/send-file.ts'

const tag = '年度报告'

export function annualReportRoutes(ops: Operations, { office }: AppContext): void {
  ops.open(
    {
      method: 'get',
      path: '/public/v1/annual-reports',
      tag,
      table: {
        name: '年度报告',
        columns: [
          ['年度', 8, 'year'],
          ['名称', 50, 'title'],
          ['公布', 18, ({ publishedOn }) => publishedOn],
          ['更正几次', 8, 'corrections'],
          ['待答复的异议', 10, 'objections'],
        ],
      },
      summary: '已经公布的年度报告',
      answer: { description: '各份', schema: answers.AnnualReports },
    },
    async (c) => c.json({ ...(await publicReports(office)), totalExact: true }),
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/annual-reports/:id',
      tag,
      summary: '一份年度报告：文字分段，每一个数附注与清单的地址，异议、更正、摘要',
      answer: { description: '年度报告', schema: answers.AnnualReport },
      problems: ['not_found'],
    },
    async (c) => c.json(await publicReport(office, param(c, 'id'))),
  )
  for (const format of tableFormats)
    ops.open(
      {
        method: 'get',
        path: `/public/v1/annual-reports/:id/figures.${format}`,
        tag,
        summary: `报告的各数（${format === 'csv' ? 'CSV' : 'Excel 工作簿'}）`,
        answer: { description: '各数', mediaType: tableMedia[format] },
        problems: ['not_found'],
      },
      async (c) => sendFile(c, await reportFigures(office, param(c, 'id'), format)),
    )
  for (const format of paperFormats) {
    ops.open(
      {
        method: 'get',
        path: `/public/v1/annual-reports/:id/report.${format}`,
        tag,
        summary: '年度报告；没有公布的答复 404',
        answer: { description: `年度报告（${paperNames[format]}）`, mediaType: paperTypes[format] },
        problems: ['not_found'],
      },
      async (c) => sendFile(c, await printPublicReport(office, param(c, 'id'), format)),
    )
    ops.staff(
      {
        method: 'get',
        path: `/api/matters/:id/annual-report.${format}`,
        tag,
        summary: '年度报告的文稿；还没有冻结数据的答复 404',
        answer: { description: `年度报告（${paperNames[format]}）`, mediaType: paperTypes[format] },
      },
      async (c, { actor }) => sendFile(c, await printReport(office, actor, param(c, 'id'), format)),
    )
  }
  ops.staff(
    {
      method: 'get',
      path: '/api/dashboard',
      tag: '统计',
      summary: '看板：不应有的事，本年与上年的各数，八个季度；文秘、审核、领导、考核看全县，其余看本单位',
      answer: { description: '看板', schema: answers.Dashboard },
      problems: ['not_found'],
    },
    async (c, { actor }) => c.json(await dashboard(office, actor)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/matters/:id/figure-differences',
      tag,
      table: {
        name: '与报告不同的各数',
        columns: [
          ['统计项', 40, 'label'],
          ['报告', 20, 'from'],
          ['现在', 20, 'to'],
          ['其后才登记的', 50, 'late'],
        ],
      },
      summary: '以报告的截止日重算，与报告不同的各数，以及其后才登记的文件',
      answer: { description: '不同的各数', schema: answers.ReportDifferences },
    },
    async (c, { actor }) => c.json(await reportDifferences(office, actor, param(c, 'id'))),
  )
}
