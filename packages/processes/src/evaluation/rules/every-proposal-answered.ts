import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { unansweredProposals } from '../dossier.ts'
import { answer, answered, doing, reported } from '../example.ts'
import type { EvaluationRule } from '../shape.ts'

export const everyProposalAnswered: EvaluationRule = {
  id: 'evaluation.every-proposal-answered',
  title: '公布以前，制定机关答复了每一项建议',
  severity: 'block',
  basis: source.majorDecision('第三十六条'),
  by: ['制定机关'],
  judge: ({ dossier: d }) => {
    if (d.report === null) return fails('还没有提交报告')
    const left = unansweredProposals(d)
    return left.length > 0
      ? fails(
          `还没有答复的建议：${left.map(({ id, text }) => `${id}“${text.slice(0, 20)}”`).join('、')}；逐项答复以后再公布`,
        )
      : holds(`${d.report.proposals.length}项建议都有答复`)
  },
  examples: {
    holds: [{ name: '两项都有答复', given: (f) => doing(answered(f), 'PublishReport') }],
    refused: [
      {
        name: '一项没有答复',
        given: (f) => doing(reported(f, { answers: [answer('P1')] }), 'PublishReport'),
        says: 'P2',
      },
    ],
  },
}
