import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { dossier } from '../example.ts'
import type { ReportRule } from '../shape.ts'

export const yearOver: ReportRule = {
  id: 'report.year-over',
  title: '所报告的年度已经结束',
  severity: 'block',
  basis: source.disclosure('第四十九条'),
  by: ['政府办公室文秘'],
  judge: ({ dossier: d, today }) => {
    const first = `${d.year + 1}-01-01`
    return today >= first
      ? holds(`${d.year}年度已经结束`)
      : { ...fails(`${d.year}年度还没有结束，全年的数要到${d.year + 1}年1月1日才能冻结`), earliest: first }
  },
  examples: {
    holds: [{ name: '次年二月', given: (f) => f }],
    refused: [{ name: '当年之内', given: (f) => dossier(f, { year: 2026 }), says: '还没有结束' }],
  },
}
