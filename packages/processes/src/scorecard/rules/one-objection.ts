import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { doing } from '../example.ts'
import type { ScoreRule } from '../shape.ts'

export const oneObjection: ScoreRule = {
  id: 'scorecard.one-objection',
  title: '一项提出一次异议',
  severity: 'block',
  basis: source.design('对评分可以提出异议'),
  by: ['考核的单位'],
  judge: ({ dossier: d, command }) =>
    d.objections.some(({ item }) => item === command.payload.item)
      ? fails('这一项已经提出过异议')
      : holds('这一项没有提出过异议'),
  examples: {
    holds: [{ name: '没有提过', given: (f) => doing(f, { item: 'staffing' }) }],
    refused: [{ name: '提过', given: (f) => doing(f, { item: 'training' }), says: '已经提出过' }],
  },
}
