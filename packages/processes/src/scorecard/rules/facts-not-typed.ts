import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { fromFacts } from '../dossier.ts'
import { doing, full } from '../example.ts'
import { linesOf, type ScoreRule } from '../shape.ts'

export const factsNotTyped: ScoreRule = {
  id: 'scorecard.facts-not-typed',
  title: '由事实得出的各项不由人填写',
  severity: 'block',
  basis: source.design('有记录的数由记录得出'),
  by: ['考核人员'],
  judge: ({ dossier: d, command }) => {
    const typed = linesOf(command.payload).filter(({ item }) =>
      d.standard.items.some((x) => x.id === item && fromFacts(x)),
    )
    return typed.length === 0
      ? holds('由事实得出的各项没有填写')
      : fails(
          `${typed.map(({ item }) => d.standard.items.find((x) => x.id === item)?.text ?? item).join('、')}由登记库、台账得出，不填写`,
        )
  },
  examples: {
    holds: [{ name: '只填由人评定的', given: (f) => doing(f, { scores: full(true) }) }],
    refused: [
      {
        name: '填了报备',
        given: (f) => doing(f, { scores: [...full(true), { item: 'documents', score: 5 }] }),
        says: '不填写',
      },
    ],
  },
}
