import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { undecided } from '../dossier.ts'
import { contested, doing } from '../example.ts'
import type { ScoreRule } from '../shape.ts'

export const objectionOpen: ScoreRule = {
  id: 'scorecard.objection-open',
  title: '答复的是尚待答复的异议',
  severity: 'block',
  basis: source.design('对评分可以提出异议'),
  by: ['考核人员'],
  judge: ({ dossier: d, command }) => {
    const open = undecided(d)
    const { item } = command.payload
    if (typeof item !== 'string') return open.length > 0 ? holds('有尚待答复的异议') : fails('没有尚待答复的异议')
    return open.some((x) => x.item === item) ? holds('尚待答复') : fails('这一项没有尚待答复的异议')
  },
  examples: {
    holds: [{ name: '尚待答复', given: (f) => doing(contested(f), { item: 'training' }) }],
    refused: [{ name: '没有异议的一项', given: (f) => doing(f, { item: 'staffing' }), says: '没有尚待答复' }],
  },
}
