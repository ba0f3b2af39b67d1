import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { doing, dossier, external } from '../example.ts'
import type { SuggestionRule } from '../shape.ts'

export const examinerIndependent: SuggestionRule = {
  id: 'suggestion.examiner-independent',
  title: '审核过该文件的人不单独审查对它的建议',
  severity: 'warn',
  basis: source.design('审核与审查分开'),
  by: ['备案审查人'],
  judge: ({ dossier: d, command: { actor }, external: { documentReviewers } }) => {
    const { person } = actor
    if (person === null || !documentReviewers.includes(person)) return holds('没有参加过该文件的合法性审核')
    if (d.examiners.some((other) => !documentReviewers.includes(other)))
      return holds('参加过该文件的合法性审核，另有未参加的人共同审查')
    return fails('您在制定时审核过这件文件，请另由一名没有参加的备案审查人共同审查，或者转交其办理')
  },
  examples: {
    holds: [
      { name: '没有参加过', given: (f) => doing(f, 'Conclude') },
      {
        name: '参加过，但另有人共同审查',
        given: (f) => doing(f, 'Conclude', {}, { person: 'p-reviewer', unit: 'hy-gov', roles: ['filing_reviewer'] }),
        says: '共同审查',
      },
    ],
    refused: [
      {
        name: '审核人一人包办',
        given: (f) =>
          doing(dossier(external(f, { documentReviewers: ['p-filing'] }), { examiners: ['p-filing'] }), 'Conclude'),
        says: '共同审查',
      },
    ],
  },
}
