import { forceLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { doing, external } from '../example.ts'
import type { EvaluationFacts, EvaluationRule } from '../shape.ts'

const now = (f: EvaluationFacts, status: EvaluationFacts['external']['status']): EvaluationFacts =>
  doing(external(f, { status }), 'ApprovePlan')
const ended: ReadonlySet<string> = new Set(['repealed', 'expired', 'annulled'])

export const inForce: EvaluationRule = {
  id: 'evaluation.in-force',
  title: '所评的文件已经施行，仍然有效',
  severity: 'warn',
  basis: source.majorDecision('第三十六条'),
  by: ['制定机关'],
  judge: ({ external: { status } }) => {
    if (status === 'pending') return fails('这件文件还没有施行，没有实施的效果可以评估；施行以后再评估')
    if (status !== null && status !== 'unknown' && ended.has(status))
      return fails(`这件文件${forceLabels[status]}，评估只供总结，不能再据以修改、废止`)
    return holds('文件已经施行，没有废止、失效、撤销')
  },
  examples: {
    holds: [
      { name: '现行有效', given: (f) => now(f, 'in_force') },
      { name: '导入的条目，效力未核实', given: (f) => now(f, 'unknown') },
    ],
    refused: [
      { name: '还没有施行', given: (f) => now(f, 'pending'), says: '没有实施的效果' },
      { name: '已经废止', given: (f) => now(f, 'repealed'), says: '只供总结' },
    ],
  },
}
