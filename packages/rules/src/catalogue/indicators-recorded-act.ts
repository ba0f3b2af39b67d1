// 目标与指标随审议通过的文本冻结：以后变更的，须有理由与决定，先前的指标照旧保留。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { withCommand, withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'

const stating = (f: Facts, payload: Record<string, unknown> = {}): Facts =>
  withCommand(f, 'StateIndicators', {
    indicators: [{ objective: '提高民宿登记率', indicator: '登记率', target: '95' }],
    ...payload,
  })
const undecided = (f: Facts): Facts => withDossier(f, { decision: null })

export const indicatorsRecordedAct: Rule = {
  id: 'indicators.recorded-act',
  title: '审议通过以后变更目标与指标的，有理由与决定',
  severity: 'block',
  basis: source.majorDecision('第三十六条'),
  by: [roleLabels.drafter],
  judge: ({ dossier: d, command, today }) => {
    if (d.decision === null || d.decision.outcome === 'postponed')
      return holds('还没有审议通过，可以写明、修改目标与指标')
    if (command?.type !== 'StateIndicators' || command.payload.indicators === undefined)
      return holds('审议已经通过：变更目标与指标须写明理由与同意变更的决定，先前的指标照旧保留')
    const decision = command.payload.decision as { body?: string; date?: string } | undefined
    const missing = [
      ...(String(command.payload.reason ?? '').trim() === '' ? ['变更的理由'] : []),
      ...(decision?.body ? [] : ['同意变更的机关（或者会议）与日期']),
    ]
    if (missing.length > 0)
      return fails(`目标与指标已随审议通过的文本冻结；变更的须写明${missing.join('、')}，先前的指标照旧保留`)
    if (decision?.date && decision.date > today) return fails('同意变更的决定的日期在今日以后')
    if (decision?.date && decision.date < d.decision.date) return fails('同意变更的决定早于审议通过之日')
    return holds('有变更的理由与决定；先前的指标照旧保留')
  },
  examples: {
    holds: [
      { name: '审议以前', given: (f) => stating(undecided(f)), says: '还没有审议通过' },
      {
        name: '通过以后，有理由与决定',
        given: (f) =>
          stating(f, {
            reason: '统计口径变更。',
            decision: { body: '海原县人民政府常务会议', date: f.today },
          }),
      },
    ],
    refused: [
      { name: '通过以后径行修改', given: (f) => stating(f), says: '冻结' },
      {
        name: '有理由没有决定',
        given: (f) => stating(f, { reason: '统计口径变更。' }),
        says: '同意变更的机关',
      },
      {
        name: '决定在今日以后',
        given: (f) =>
          stating(f, { reason: '统计口径变更。', decision: { body: '海原县人民政府常务会议', date: '2099-01-01' } }),
        says: '今日以后',
      },
    ],
  },
}
