import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { concluded } from '../example.ts'
import type { ImpactRule } from '../shape.ts'

export const notConfirmed: ImpactRule = {
  id: 'impact.not-confirmed',
  title: '还没有确认过',
  severity: 'block',
  basis: source.design('一个结论确认一次'),
  by: ['合法性审核人'],
  judge: ({ dossier: d }) =>
    d.confirmed ? fails(`已经于${day(d.confirmed.on)}确认过；有不同意见的，提出异议`) : holds('还没有确认'),
  examples: {
    holds: [{ name: '没有确认', given: (f) => concluded(f) }],
    refused: [
      {
        name: '已经确认',
        given: (f) => concluded(f, { confirmed: { on: '2026-10-19', by: 'p-other' } }),
        says: '已经于',
      },
    ],
  },
}
