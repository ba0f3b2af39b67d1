import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { classified, withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { day } from '../words.ts'

const uncontrollable = (f: Facts): Facts =>
  withDossier(f, (d) => ({
    riskAssessments: d.riskAssessments.map((r) => ({ ...r, outcome: 'uncontrollable' as const })),
  }))

export const assessmentRisk: Rule = {
  id: 'assessment.risk',
  title: '应当作风险评估的已经评估，且风险可控',
  severity: 'block',
  basis: source.majorDecision('第二十二条'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const { classification, riskAssessments } = f.dossier
    const also = { alsoBasis: [source.majorDecision('第二十四条')] }
    const last = riskAssessments.at(-1)
    if (last?.outcome === 'uncontrollable') {
      return fails(`${day(last.date)}的风险评估结论为风险不可控，须采取措施使风险可控后重新评估`, also)
    }
    if (last) return holds(`已于${day(last.date)}评估，风险可控`, also)
    const causes = [
      classification.majorDecision && '属于重大行政决策',
      classification.stability && '可能对社会稳定、公共安全造成不利影响',
    ].filter(Boolean)
    if (causes.length === 0) return holds('不属于应当作风险评估的文件', also)
    return fails(`本文件${causes.join('、')}，应当作风险评估，尚无评估记录`, also)
  },
  examples: {
    holds: [
      { name: '已评估，风险可控', given: (f) => f, says: '风险可控' },
      {
        name: '不须评估',
        given: (f) => withDossier(classified(f, { majorDecision: false, stability: false }), { riskAssessments: [] }),
        says: '不属于应当作风险评估',
      },
      {
        name: '风险不可控，调整后重新评估为可控',
        given: (f) =>
          withDossier(uncontrollable(f), (d) => ({
            riskAssessments: [...d.riskAssessments, ...f.dossier.riskAssessments],
          })),
        says: '风险可控',
      },
    ],
    refused: [
      { name: '重大行政决策没有评估', given: (f) => withDossier(f, { riskAssessments: [] }), says: '属于重大行政决策' },
      { name: '风险不可控', given: uncontrollable, says: '风险不可控' },
      {
        name: '本不须评估，评估了却不可控',
        given: (f) => classified(uncontrollable(f), { majorDecision: false, stability: false }),
        says: '风险不可控',
      },
    ],
  },
}
