import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { doing, dossier } from '../example.ts'
import type { SuggestionRule } from '../shape.ts'

const serious: ReadonlySet<unknown> = new Set(['opinion', 'clearly_unlawful'])
const opinion = { conclusions: [{ conflict: '1', outcome: 'opinion', ground: '第十六条' }] }

export const issuerHeard: SuggestionRule = {
  id: 'suggestion.issuer-heard',
  title: '认为抵触的，先听取制定机关的说明',
  severity: 'warn',
  basis: source.shNpc('第二十四条'),
  by: ['备案审查人'],
  judge: ({ dossier: d, command: { payload } }) => {
    const given = (payload.conclusions ?? []) as Array<{ outcome?: unknown }>
    if (d.inquiries.length > 0) return holds('已请制定机关说明')
    if (!given.some((x) => serious.has(x.outcome))) return holds('没有认为抵触的')
    return fails('认为抵触而没有请制定机关说明；条文写的是“可以要求”，不影响作出结论')
  },
  examples: {
    holds: [{ name: '已请说明', given: (f) => doing(f, 'Conclude', opinion) }],
    refused: [
      {
        name: '没有请说明即出具意见',
        given: (f) => doing(dossier(f, { inquiries: [] }), 'Conclude', opinion),
        says: '没有请',
      },
    ],
  },
}
