import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { selfBy } from '../clocks.ts'
import { on } from '../example.ts'
import type { ScoreRule } from '../shape.ts'

export const selfInTime: ScoreRule = {
  id: 'scorecard.self-in-time',
  title: '在规定日期以前报送自评',
  severity: 'warn',
  basis: source.zhaohua2017('考核办法'),
  by: ['考核的单位'],
  judge: (f) => {
    const due = selfBy(f)
    return f.today <= due ? holds(`在${day(due)}以前`) : fails(`应当在${day(due)}以前报送自评，已经逾期`)
  },
  examples: {
    holds: [{ name: '十二月五日', given: (f) => on(f, '2026-12-05') }],
    refused: [{ name: '十二月底', given: (f) => on(f, '2026-12-29'), says: '逾期' }],
  },
}
