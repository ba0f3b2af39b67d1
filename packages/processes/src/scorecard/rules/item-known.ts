import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { doing } from '../example.ts'
import type { ScoreRule } from '../shape.ts'

export const itemKnown: ScoreRule = {
  id: 'scorecard.item-known',
  title: '异议针对评分标准的一项',
  severity: 'block',
  basis: source.design('对评分可以提出异议'),
  by: ['考核的单位'],
  judge: ({ dossier: d, command }) => {
    const { item } = command.payload
    return typeof item !== 'string' || d.standard.items.some(({ id }) => id === item)
      ? holds('评分标准有这一项')
      : fails(`评分标准没有“${item}”这一项`)
  },
  examples: {
    holds: [{ name: '培训', given: (f) => doing(f, { item: 'training' }) }],
    refused: [{ name: '没有的', given: (f) => doing(f, { item: 'nothing' }), says: 'nothing' }],
  },
}
