import { addDays } from '@dianzhang/calendar'
import { mark, source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { objectionBy } from '../clocks.ts'
import { on } from '../example.ts'
import type { ScoreRule } from '../shape.ts'

export const windowOver: ScoreRule = {
  id: 'scorecard.window-over',
  title: '提出异议的期限已经届满',
  severity: 'block',
  basis: source.design('对评分可以提出异议'),
  by: ['签发领导'],
  judge: (f) => {
    const due = objectionBy(f)
    if (due === null) return holds('还没有核定')
    return f.today > due
      ? holds(`异议期限已于${day(due)}届满`)
      : {
          ...fails(`被考核的单位可以提出异议，到${day(due)}为止${mark(f.pack.scorecard.objectionDays)}`),
          earliest: addDays(due, 1),
        }
  },
  examples: {
    holds: [{ name: '过了两周', given: (f) => f }],
    refused: [{ name: '核定的次日', given: (f) => on(f, '2026-12-16'), says: '为止' }],
  },
}
