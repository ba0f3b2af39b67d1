import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { pendingContest } from '../dossier.ts'
import { contested, doing, exampleLawyer } from '../example.ts'
import type { ImpactRule } from '../shape.ts'

export const contestPending: ImpactRule = {
  id: 'impact.contest-pending',
  title: '有尚未答复的异议',
  severity: 'block',
  basis: source.design('异议逐次答复'),
  by: ['合法性审核人'],
  judge: ({ dossier: d }) => (pendingContest(d) ? holds('有一项异议待答复') : fails('没有待答复的异议')),
  examples: {
    holds: [{ name: '有异议', given: (f) => contested(f) }],
    refused: [
      {
        name: '没有异议',
        given: (f) => doing(f, 'AnswerContest', { accepted: false, reason: '所引即此。' }, exampleLawyer),
        says: '没有待答复',
      },
    ],
  },
}
