import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { concluded, doing, exampleLawyer } from '../example.ts'
import type { ImpactRule } from '../shape.ts'

export const confirmerIndependent: ImpactRule = {
  id: 'impact.confirmer-independent',
  title: '作结论的人不自己确认',
  severity: 'block',
  basis: source.legalityReview('二（四）'),
  by: ['合法性审核人'],
  judge: ({ dossier: d, command: { actor } }) =>
    actor.person !== null && actor.person === d.conclusion?.by
      ? fails('这个结论是您自己作出的，请另一名合法性审核人确认')
      : holds('不是自己作出的结论'),
  examples: {
    holds: [{ name: '另一人确认', given: (f) => doing(concluded(f), 'ConfirmConclusion', {}, exampleLawyer) }],
    refused: [
      {
        name: '自己确认',
        given: (f) => doing(concluded(f), 'ConfirmConclusion', {}, { ...exampleLawyer, person: 'p-drafter' }),
        says: '自己作出',
      },
    ],
  },
}
