import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { currentAnswer, isAnonymous } from '../dossier.ts'
import { declined, doing } from '../example.ts'
import type { SuggestionRule } from '../shape.ts'

export const personTold: SuggestionRule = {
  id: 'suggestion.person-told',
  title: '办结以前，已将处理情况告知提出人',
  severity: 'block',
  basis: source.bjNpc('第二十五条'),
  by: ['备案审查人'],
  judge: ({ dossier: d }) => {
    if (d.exit === null || currentAnswer(d)) return holds('已经答复')
    if (isAnonymous(d)) return holds('没有留下姓名和联系方式，没有告知的义务')
    return d.notifiedOn ? holds('已经告知') : fails('还没有把处理情况和理由告知提出人')
  },
  examples: {
    holds: [
      { name: '已经告知', given: (f) => declined(f, { notifiedOn: '2026-10-15' }) },
      { name: '匿名的', given: (f) => declined(f, { named: false, reachable: false }), says: '没有告知的义务' },
    ],
    refused: [{ name: '没有告知', given: (f) => doing(declined(f), 'Close'), says: '还没有' }],
  },
}
