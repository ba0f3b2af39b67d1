import { decisionLabels, roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { DecisionRecord, Facts } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { day } from '../words.ts'

const decided = (f: Facts, outcome: DecisionRecord['outcome']): Facts =>
  withDossier(f, (d) => ({ decision: d.decision && { ...d.decision, outcome } }))

export const deliberationAdopted: Rule = {
  id: 'deliberation.adopted',
  title: '已经集体审议通过',
  severity: 'block',
  basis: source.organicLaw('第七十五条'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const { decision, schedule } = f.dossier
    const also = { alsoBasis: [source.majorDecision('第三十条'), source.makingAndSupervision('（七）', 'memory')] }
    if (!decision) {
      return fails(
        schedule ? `定于${day(schedule.date)}由${schedule.body}${schedule.session}审议，尚无决定` : '尚未安排集体审议',
        also,
      )
    }
    const what = `${decision.body}${decision.session}于${day(decision.date)}审议：${decisionLabels[decision.outcome]}`
    return decision.outcome === 'adopted' || decision.outcome === 'adopted_with_changes'
      ? holds(what, also)
      : fails(what, also)
  },
  examples: {
    holds: [
      { name: '通过', given: (f) => f, says: '2026年5月20日（星期三）审议：通过' },
      { name: '修改后通过', given: (f) => decided(f, 'adopted_with_changes'), says: '修改后通过' },
    ],
    refused: [
      { name: '没有审议', given: (f) => withDossier(f, { decision: null, schedule: null }), says: '尚未安排集体审议' },
      { name: '已安排，没有决定', given: (f) => withDossier(f, { decision: null }), says: '尚无决定' },
      { name: '暂缓', given: (f) => decided(f, 'postponed'), says: '暂缓' },
    ],
  },
}
