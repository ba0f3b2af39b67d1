import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { doing, external, reported } from '../example.ts'
import type { EvaluationFacts, EvaluationRule } from '../shape.ts'

interface Given {
  proposal: string
  fate: string
  document?: string
  due?: string
}
const secretary = { person: 'p-secretary', unit: 'hy-office', roles: ['secretariat' as const] }
const answering = (f: EvaluationFacts, given: object): EvaluationFacts =>
  doing(reported(f), 'AnswerReport', { answers: [{ proposal: 'P1', ...given }] }, secretary)

export const answerGrounded: EvaluationRule = {
  id: 'evaluation.answer-grounded',
  title: '采纳的落实到文件，尚未办结的有期限',
  severity: 'block',
  basis: source.majorDecision('第三十六条'),
  by: ['制定机关'],
  judge: ({ dossier: d, command: { payload }, external: { named }, today }) => {
    const given = (payload.answers ?? []) as Given[]
    const known = new Set((d.report?.proposals ?? []).map(({ id }) => id))
    const faults = given.flatMap((x): string[] => {
      if (!known.has(x.proposal)) return [`报告没有编号为${x.proposal}的建议`]
      const file = x.document === undefined ? undefined : named[x.document]
      if (x.document !== undefined && !file) return [`建议${x.proposal}：登记库中没有所指的落实文件`]
      if (file && file.id === d.document.entry) return [`建议${x.proposal}：落实的文件不能是所评的文件自己`]
      if (file && (file.publishedOn === null || file.publishedOn > today))
        return [`建议${x.proposal}：所指的落实文件还没有公布`]
      if (x.due !== undefined && x.due < today && file === undefined)
        return [`建议${x.proposal}：完成期限${day(x.due)}已经过去`]
      return []
    })
    const twice = given.filter((x, i) => given.findIndex((y) => y.proposal === x.proposal) !== i)
    if (twice.length > 0) faults.push(`建议${twice.map((x) => x.proposal).join('、')}答复了两次`)
    return faults.length > 0 ? fails(faults.join('；')) : holds('答复的是报告的建议，落实的文件已经公布')
  },
  examples: {
    holds: [
      { name: '尚未办结，有期限', given: (f) => answering(f, { fate: 'open', due: '2026-12-31' }) },
      {
        name: '采纳，落实到已经公布的文件',
        given: (f) =>
          external(answering(f, { fate: 'adopted', by: 'amend', document: 'entry-2' }), {
            named: { 'entry-2': { id: 'entry-2', title: '修改决定', number: null, publishedOn: '2026-10-19' } },
          }),
      },
    ],
    refused: [
      {
        name: '没有这项建议',
        given: (f) =>
          doing(reported(f), 'AnswerReport', { answers: [{ proposal: 'P9', fate: 'rejected' }] }, secretary),
        says: 'P9',
      },
      {
        name: '落实的文件不存在',
        given: (f) => answering(f, { fate: 'adopted', by: 'amend', document: 'entry-9' }),
        says: '登记库中没有',
      },
      { name: '期限已经过去', given: (f) => answering(f, { fate: 'open', due: '2026-01-01' }), says: '已经过去' },
    ],
  },
}
