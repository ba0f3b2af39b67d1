import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { dossier, planned } from '../example.ts'
import type { CleanupRule } from '../shape.ts'

export const deadlinesAhead: CleanupRule = {
  id: 'cleanup.deadlines-ahead',
  title: '报送意见、公布结果的期限写明，在今日以后，先后相合',
  severity: 'warn',
  basis: source.shNpc('第二十三条'),
  by: ['政府办公室文秘'],
  judge: ({ today, dossier: d }) => {
    const { deadlineForUnits: units, deadlineForResult: result } = d
    if (!units && !result) return fails('没有写明各单位报送意见、公布结果的期限')
    if (units && units < today) return fails(`各单位报送意见的期限${day(units)}已经过去`)
    if (result && result < today) return fails(`公布结果的期限${day(result)}已经过去`)
    if (units && result && result < units) return fails('公布结果的期限早于各单位报送意见的期限')
    return holds(
      [units && `各单位${day(units)}以前报送`, result && `${day(result)}以前公布`].filter(Boolean).join('，'),
    )
  },
  examples: {
    holds: [{ name: '两个期限都在以后', given: planned, says: '以前报送' }],
    refused: [
      {
        name: '没有期限',
        given: (f) => dossier(planned(f), { deadlineForUnits: null, deadlineForResult: null }),
        says: '没有写明',
      },
      { name: '期限已过', given: (f) => dossier(planned(f), { deadlineForUnits: '2026-10-01' }), says: '已经过去' },
      { name: '先公布后报送', given: (f) => dossier(planned(f), { deadlineForResult: '2026-12-01' }), says: '早于' },
    ],
  },
}
