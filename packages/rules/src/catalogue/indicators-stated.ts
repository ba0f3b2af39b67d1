// 要求在起草时写明目标与指标的地方：提请审核以前须已写明，公布以后照此评估；没有要求的，写与不写由起草单位决定。
import { commandLabels, roleLabels } from '@dianzhang/contract'
import { mark, source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { withDossier, withPack } from '../patch.ts'
import type { Rule } from '../rule.ts'

const required = (f: Facts): Facts =>
  withPack(f, {
    evaluation: { ...f.pack.evaluation, indicatorsRequired: { ...f.pack.evaluation.indicatorsRequired, value: true } },
  })
const stated = (f: Facts, items: Facts['dossier']['indicators'][number]['items']): Facts =>
  withDossier(f, { indicators: [{ items, by: 'p-drafter', at: f.now, textHash: null, reason: null, decision: null }] })
const one = {
  objective: '提高民宿登记率',
  article: '第三条',
  indicator: '登记率',
  unit: '%',
  baseline: '60',
  target: '95',
  source: '县文旅局台账',
  collector: '海原县文化旅游局',
  frequency: '每年',
}

export const indicatorsStated: Rule = {
  id: 'indicators.stated',
  title: '要求写明目标与指标的，提请审核以前已经写明',
  severity: 'block',
  basis: source.majorDecision('第三十六条'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const { indicatorsRequired } = f.pack.evaluation
    const more = basedOn(indicatorsRequired.source)
    const items = f.dossier.indicators.at(-1)?.items ?? []
    if (items.length > 0) return holds(`已经写明${items.length}项目标与指标`, more)
    if (!indicatorsRequired.value) return holds('本地没有要求在起草时写明目标与指标', more)
    return fails(
      `本地要求在起草时写明目标与指标${mark(indicatorsRequired)}，公布以后照此评估；请先办理“${commandLabels.StateIndicators}”`,
      more,
    )
  },
  examples: {
    holds: [
      { name: '本地没有要求', given: (f) => f, says: '本地没有要求' },
      { name: '要求的，已经写明', given: (f) => stated(required(f), [one]), says: '已经写明1项' },
    ],
    refused: [{ name: '要求的，没有写明', given: required, says: '写明目标与指标' }],
  },
}
