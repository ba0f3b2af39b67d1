import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { checkDue } from '../clocks.ts'
import { concluding, doing, on } from '../example.ts'
import type { ImpactRule } from '../shape.ts'

export const inTime: ImpactRule = {
  id: 'impact.in-time',
  title: '在规定的期限内核查',
  severity: 'warn',
  basis: source.rulemaking('第三十七条'),
  by: ['承办单位'],
  judge: (f) => {
    const due = checkDue(f)
    const { source: basis } = f.pack.cleanup.impactCheckWithin
    const told = { ...(basis[0] ? { basis: basis[0] } : {}) }
    return f.today > due
      ? fails(`应于${day(due)}以前核查完；照常办理，记为逾期`, told)
      : holds(`应于${day(due)}以前核查完`, told)
  },
  examples: {
    holds: [{ name: '期限以内', given: (f) => doing(f, 'Conclude', concluding('unaffected')) }],
    refused: [
      {
        name: '过了期限',
        given: (f) => on(doing(f, 'Conclude', concluding('unaffected')), '2026-12-20'),
        says: '逾期',
      },
    ],
  },
}
