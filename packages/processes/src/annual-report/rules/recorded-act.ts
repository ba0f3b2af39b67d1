import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { doing } from '../example.ts'
import type { ReportRule } from '../shape.ts'

export const recordedAct: ReportRule = {
  id: 'report.recorded-act',
  title: '所记的批准、报送、公开是已经发生的事',
  severity: 'block',
  basis: source.design('只记录已经发生的事'),
  by: ['政府办公室文秘'],
  judge: ({ dossier: d, command, today }) => {
    const on = command.payload.on
    if (typeof on !== 'string') return holds('没有写明日期')
    if (on > today) return fails(`${day(on)}晚于今日，只能记录已经发生的事`)
    return on < `${d.year}-01-01` ? fails(`${day(on)}早于所报告的年度，请核对年份`) : holds('日期在今日以前')
  },
  examples: {
    holds: [{ name: '昨日', given: (f) => f }],
    refused: [
      { name: '晚于今日', given: (f) => doing(f, { on: '2026-02-11' }), says: '晚于今日' },
      { name: '早于年度', given: (f) => doing(f, { on: '2024-12-31' }), says: '核对年份' },
    ],
  },
}
