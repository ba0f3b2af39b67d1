import { type dimensionLabels, evaluationQuestionLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { assessed, doing } from '../example.ts'
import type { EvaluationFacts, EvaluationRule } from '../shape.ts'

interface Given {
  dimension?: keyof typeof dimensionLabels
  question?: keyof typeof evaluationQuestionLabels
  result?: string
  score?: number
  evidence?: string[]
}
const faults = ({ dossier: d, command: { payload }, pack }: EvaluationFacts): string[] => {
  const known = new Set([...d.evidence, ...d.readings].map(({ id }) => id))
  const given = (payload.dimensions ?? []) as Given[]
  const wanted = pack.evaluation.dimensions.value
  const list: string[] = []
  for (const { code, label, weight } of wanted) {
    const found = given.filter((x) => x.dimension === code)
    if (found.length === 0) list.push(`没有评价${label}`)
    if (found.length > 1) list.push(`${label}评价了${found.length}次`)
    for (const x of found) {
      if ((x.evidence ?? []).length === 0) list.push(`${label}没有指明证据`)
      if (x.score !== undefined && x.score > weight) list.push(`${label}的得分${x.score}超过分值${weight}`)
    }
  }
  for (const x of (payload.questions ?? []) as Given[])
    if ((x.evidence ?? []).length === 0 && x.result !== 'not_met')
      list.push(`“${x.question ? evaluationQuestionLabels[x.question] : ''}”没有指明证据`)
  const findings = (payload.findings ?? []) as Given[]
  const cited = [...given, ...((payload.questions ?? []) as Given[]), ...findings].flatMap((x) => x.evidence ?? [])
  const unknown = [...new Set(cited.filter((id) => !known.has(id)))]
  if (unknown.length > 0) list.push(`没有编号为${unknown.join('、')}的证据或者读数`)
  return list
}
export const evidenceForEach: EvaluationRule = {
  id: 'evaluation.evidence-for-each',
  title: '每一方面的评价都有证据',
  severity: 'block',
  basis: source.majorDecision('第三十六条'),
  by: ['评估人员'],
  judge: (f) => {
    const { dimensions } = f.pack.evaluation
    const [basis, ...alsoBasis] = dimensions.source
    const more = { ...(basis ? { basis } : {}), ...(alsoBasis.length ? { alsoBasis } : {}) }
    if (f.command.payload.dimensions === undefined)
      return holds(`提交时逐项评价${dimensions.value.map(({ label }) => label).join('、')}，各写明证据的编号`, more)
    const found = faults(f)
    return found.length > 0 ? fails(`${found.join('；')}`, more) : holds('每一方面的评价都有证据', more)
  },
  examples: {
    holds: [
      { name: '各方面都有证据', given: (f) => doing(f, 'SubmitReport', { dimensions: assessed() }) },
      { name: '尚未填写', given: (f) => doing(f, 'SubmitReport'), says: '提交时' },
    ],
    refused: [
      {
        name: '说达到而没有证据',
        given: (f) => doing(f, 'SubmitReport', { dimensions: assessed([]) }),
        says: '没有指明证据',
      },
      {
        name: '少了一个方面',
        given: (f) => doing(f, 'SubmitReport', { dimensions: assessed().slice(1) }),
        says: '没有评价合法性',
      },
      {
        name: '所指的证据不存在',
        given: (f) => doing(f, 'SubmitReport', { dimensions: assessed(['E9']) }),
        says: 'E9',
      },
      {
        name: '一个问题答“达到”而没有证据',
        given: (f) =>
          doing(f, 'SubmitReport', {
            dimensions: assessed(),
            questions: [{ question: 'benefit', result: 'met', text: '得大于失。', evidence: [] }],
          }),
        says: '得大于失',
      },
    ],
  },
}
