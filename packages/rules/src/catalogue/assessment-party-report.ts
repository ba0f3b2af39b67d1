import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { fails, holds } from '../finding.ts'
import { classified, withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { day } from '../words.ts'

export const assessmentPartyReport: Rule = {
  id: 'assessment.party-report',
  title: '重大行政决策出台前已经请示报告同级党委',
  severity: 'block',
  basis: source.majorDecision('第三十一条'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const { classification, partyReports } = f.dossier
    const last = partyReports.at(-1)
    if (last) return holds(`已于${day(last.date)}请示报告（${last.reference}）`)
    if (!classification.majorDecision) return holds('不属于重大行政决策，不须就出台请示报告')
    return fails('属于重大行政决策，出台前应当请示报告同级党委，尚无记录')
  },
  examples: {
    holds: [
      { name: '已经请示报告', given: (f) => f, says: '2026年5月21日（星期四）' },
      {
        name: '不属于重大行政决策',
        given: (f) => withDossier(classified(f, { majorDecision: false }), { partyReports: [] }),
        says: '不须',
      },
    ],
    refused: [
      { name: '重大行政决策没有请示报告', given: (f) => withDossier(f, { partyReports: [] }), says: '尚无记录' },
    ],
  },
}
