import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { doing, external, published, reported } from '../example.ts'
import type { EvaluationRule } from '../shape.ts'

/** 已经失去效力的各种状态。 */
const ended = new Set(['repealed', 'expired', 'annulled'])

export const publishedRule: EvaluationRule = {
  id: 'evaluation.published',
  title: '报告公布以后才办结',
  severity: 'block',
  basis: source.disclosure('第十九条'),
  by: ['制定机关'],
  judge: ({ dossier: d, command: { payload }, external: { status } }) => {
    if (d.publishedOn !== null) return holds(`报告已于${day(d.publishedOn)}公布`)
    if (status === null || ended.has(status))
      return payload.reason === undefined && Object.keys(payload).length > 0
        ? fails('所评的文件已经失去效力、不再评估的，请写明理由')
        : holds('所评的文件已经失去效力，可以不再评估，写明理由即可办结')
    return fails('评估报告还没有公布，不能办结；请完成报告、答复与公布')
  },
  examples: {
    holds: [
      { name: '已经公布', given: (f) => doing(published(f), 'CloseEvaluation') },
      {
        name: '文件已经废止',
        given: (f) => doing(external(f, { status: 'repealed' }), 'CloseEvaluation', { reason: '所评文件已经废止。' }),
      },
    ],
    refused: [
      { name: '报告没有公布', given: (f) => doing(reported(f), 'CloseEvaluation'), says: '还没有公布' },
      { name: '刚收集证据', given: (f) => doing(f, 'CloseEvaluation', { reason: '忙。' }), says: '还没有公布' },
    ],
  },
}
