import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { doing } from '../example.ts'
import type { ListRule } from '../shape.ts'

export const proposalOpen: ListRule = {
  id: 'list.proposal-open',
  title: '所指的建议还没有答复',
  severity: 'block',
  basis: source.majorDecision('第十条'),
  by: ['政府办公室文秘'],
  judge: ({ dossier: d, command }) => {
    const { proposal: n } = command.payload
    const one = d.proposals.find((each) => each.n === n)
    if (!one) return n === undefined ? holds('没有指明一条建议') : fails(`没有第${n}条建议`)
    return one.answer ? fails(`第${n}条建议已于${day(one.answer.on)}答复`) : holds(`第${n}条建议还没有答复`)
  },
  examples: {
    holds: [{ name: '没有指明', given: (f) => f }],
    refused: [
      { name: '已经答复', given: (f) => doing(f, 'AnswerProposal', { proposal: 1 }), says: '答复' },
      { name: '没有这一条', given: (f) => doing(f, 'AnswerProposal', { proposal: 9 }), says: '没有第9条' },
    ],
  },
}
