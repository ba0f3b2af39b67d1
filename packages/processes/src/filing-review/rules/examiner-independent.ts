import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { dossier, external } from '../example.ts'
import type { FilingRule } from '../shape.ts'

export const examinerIndependent: FilingRule = {
  id: 'filing-review.examiner-independent',
  title: '审核过该文件的人不单独作备案审查',
  severity: 'warn',
  basis: source.design('审核与备案审查分开'),
  by: ['备案审查人'],
  judge: ({ dossier: d, command: { actor }, external: { documentReviewers } }) => {
    const { person } = actor
    if (person === null || !documentReviewers.includes(person)) return holds('没有参加过该文件的合法性审核')
    return d.examiners.some((other) => !documentReviewers.includes(other))
      ? holds('参加过该文件的合法性审核，另有未参加的人共同审查')
      : fails('您在制定时审核过这件文件，请另由一名没有参加的备案审查人共同审查，或者转交其办理')
  },
  examples: {
    holds: [
      { name: '没有参加过', given: (f) => f },
      {
        name: '参加过，但另有人共同审查',
        given: (f) => external(dossier(f, { examiners: ['p-other'] }), { documentReviewers: ['p-filing'] }),
        says: '共同审查',
      },
    ],
    refused: [
      {
        name: '一人包办',
        given: (f) => external(dossier(f, { examiners: [] }), { documentReviewers: ['p-filing'] }),
        says: '共同审查',
      },
    ],
  },
}
