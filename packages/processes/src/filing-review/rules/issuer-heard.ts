import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { dossier } from '../example.ts'
import type { FilingRule } from '../shape.ts'

export const issuerHeard: FilingRule = {
  id: 'filing-review.issuer-heard',
  title: '提出审查意见以前听取制定机关的说明',
  severity: 'warn',
  basis: source.ruleFiling('第十四条（参照）'),
  by: ['备案审查人'],
  judge: ({ dossier: d }) =>
    d.inquiries.length > 0 || d.talks.length > 0
      ? holds('已经函询或者沟通')
      : fails('还没有函询或者沟通；先请制定机关说明，意见更稳妥'),
  examples: {
    holds: [
      { name: '已经函询', given: (f) => f },
      {
        name: '已经沟通',
        given: (f) => dossier(f, { inquiries: [], talks: [{ on: '2026-10-16', text: '电话沟通。' }] }),
      },
    ],
    refused: [{ name: '没有听取', given: (f) => dossier(f, { inquiries: [], talks: [] }), says: '函询或者沟通' }],
  },
}
