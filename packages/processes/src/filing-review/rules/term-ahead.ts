import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { doing } from '../example.ts'
import type { FilingRule } from '../shape.ts'

export const termAhead: FilingRule = {
  id: 'filing-review.term-ahead',
  title: '写明的期限在今日以后',
  severity: 'block',
  basis: source.ruleFiling('第九条、第十四条、第二十三条（参照）'),
  by: ['备案登记人', '备案审查人', '制定机关'],
  judge: ({ today, command: { payload } }) => {
    const { until } = payload
    if (typeof until !== 'string') return holds('没有另写期限的，依规则包的日数')
    return until > today ? holds(`期限至${day(until)}`) : fails(`期限写在${day(until)}，不在今日以后；请写明以后的日期`)
  },
  examples: {
    holds: [
      { name: '写明以后的日期', given: (f) => doing(f, 'AskExplanation', { until: '2026-11-02' }), says: '11月2日' },
      { name: '没有另写', given: (f) => doing(f, 'AskExplanation') },
    ],
    refused: [
      {
        name: '写成了今日',
        given: (f) => doing(f, f.command.type, { ...f.command.payload, until: f.today }),
        says: '不在今日以后',
      },
    ],
  },
}
