import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { publicBy } from '../clocks.ts'
import { on } from '../example.ts'
import type { ReportRule } from '../shape.ts'

export const inTime: ReportRule = {
  id: 'report.in-time',
  title: '年度报告在规定日期以前公开',
  severity: 'warn',
  basis: source.disclosure('第五十条'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    const due = publicBy(f)
    if (due === null) return holds('没有规定日期')
    return f.today <= due ? holds(`在${day(due)}以前`) : fails(`应当在${day(due)}以前公开，已经逾期`)
  },
  examples: {
    holds: [{ name: '二月公开', given: (f) => f }],
    refused: [{ name: '四月公开', given: (f) => on(f, '2026-04-01'), says: '逾期' }],
  },
}
