import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { pendingContest } from '../dossier.ts'
import { contested, doing } from '../example.ts'
import type { ImpactRule } from '../shape.ts'

export const oneContest: ImpactRule = {
  id: 'impact.one-contest',
  title: '没有尚未答复的异议',
  severity: 'block',
  basis: source.design('异议逐次答复'),
  by: ['承办单位'],
  judge: ({ dossier: d }) =>
    pendingContest(d) ? fails('先前的异议还没有答复，请等合法性审核人答复以后再提') : holds('没有尚未答复的异议'),
  examples: {
    holds: [{ name: '没有异议', given: (f) => doing(f, 'Contest', { reason: '所引不是这一部。' }) }],
    refused: [
      { name: '还没有答复', given: (f) => doing(contested(f), 'Contest', { reason: '再提。' }), says: '还没有答复' },
    ],
  },
}
