import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { pendingContest } from '../dossier.ts'
import { concluded, contested } from '../example.ts'
import type { ImpactRule } from '../shape.ts'

export const contestAnswered: ImpactRule = {
  id: 'impact.contest-answered',
  title: '异议已经答复',
  severity: 'block',
  basis: source.design('异议逐次答复'),
  by: ['合法性审核人'],
  judge: ({ dossier: d }) => (pendingContest(d) ? fails('还有没有答复的异议，请先答复') : holds('没有尚未答复的异议')),
  examples: {
    holds: [{ name: '没有异议', given: (f) => concluded(f) }],
    refused: [{ name: '还没有答复', given: (f) => contested(concluded(f)), says: '先答复' }],
  },
}
