import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { dossier } from '../example.ts'
import type { ListRule } from '../shape.ts'

export const proposalsAnswered: ListRule = {
  id: 'list.proposals-answered',
  title: '公众的建议都已答复',
  severity: 'block',
  basis: source.majorDecision('第十条'),
  by: ['政府办公室文秘'],
  judge: ({ dossier: d }) => {
    const left = d.proposals.filter((one) => one.answer === null)
    return left.length > 0
      ? fails(`第${left.map((one) => one.n).join('、')}条建议还没有答复，请先答复采纳与否及理由`)
      : holds('没有尚未答复的建议')
  },
  examples: {
    holds: [{ name: '都已答复', given: (f) => f }],
    refused: [
      {
        name: '有一条没有答复',
        given: (f) => dossier(f, { proposals: f.dossier.proposals.map((one) => ({ ...one, answer: null })) }),
        says: '第1条',
      },
    ],
  },
}
