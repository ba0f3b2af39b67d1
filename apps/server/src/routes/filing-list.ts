// The yearly list of filings from both ledgers: as data, table, workbook and paper.
import { answers } from '@dianzhang/contract'
import { filingList, filingListCsv, filingListPaper, filingListXlsx } from '@dianzhang/workflow'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import type { Operations } from '../http/operations.ts'
import { paperFormats, paperNames, paperTypes, sendFile } from '../http/send-file.ts'

const tag = '统计'
const query = z.object({
  year: z.coerce.number('写年度，如2026').int('写年度，如2026').min(2000).max(2100).optional().describe('缺省为本年度'),
  as_of: z.iso.date().optional().describe('截至何日所知，缺省为今日'),
  jurisdiction: z.string().max(40).optional(),
})

export function filingListRoutes(ops: Operations, { office }: AppContext): void {
  ops.open(
    {
      method: 'get',
      path: '/public/v1/filing-list',
      tag,
      summary: '年度备案目录：报送、受理两本台账各自所记与差别，修改、废止，由目录算出的各项率',
      query,
      answer: { description: '目录', schema: answers.FilingList },
    },
    async (c, { query }) => {
      const found = await filingList(office, query)
      return c.json({ ...found, total: found.items.length, totalExact: true })
    },
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/filing-list.csv',
      tag,
      summary: '同上，CSV',
      query,
      answer: { description: '目录（CSV）', mediaType: 'text/csv' },
    },
    async (c, { query }) =>
      c.body(await filingListCsv(office, query), 200, { 'Content-Type': 'text/csv; charset=utf-8' }),
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/filing-list.xlsx',
      tag,
      summary: '同上，电子表格：备案目录、修改废止、各项率各一张',
      query,
      answer: {
        description: '目录（.xlsx）',
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      },
    },
    async (c, { query }) => sendFile(c, await filingListXlsx(office, query)),
  )
  for (const format of paperFormats)
    ops.open(
      {
        method: 'get',
        path: `/public/v1/filing-list.${format}`,
        tag,
        summary: `同上，${paperNames[format]}`,
        query,
        answer: { description: '目录', mediaType: paperTypes[format] },
      },
      async (c, { query }) => sendFile(c, await filingListPaper(office, query, format)),
    )
}
