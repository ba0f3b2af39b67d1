import { mark, source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { objectionBy } from '../clocks.ts'
import { on } from '../example.ts'
import type { ScoreRule } from '../shape.ts'

export const objectionInTime: ScoreRule = {
  id: 'scorecard.objection-in-time',
  title: '在期限以内提出异议',
  severity: 'block',
  basis: source.design('对评分可以提出异议'),
  by: ['考核的单位'],
  judge: (f) => {
    const due = objectionBy(f)
    if (due === null) return holds('还没有核定')
    return f.today <= due
      ? holds(`在${day(due)}以前`)
      : fails(`提出异议的期限到${day(due)}为止${mark(f.pack.scorecard.objectionDays)}`)
  },
  examples: {
    holds: [{ name: '核定的次日', given: (f) => on(f, '2026-12-16') }],
    refused: [{ name: '过了两周', given: (f) => on(f, '2026-12-29'), says: '为止' }],
  },
}
