// 标为重大行政决策的，应当列入本年度公布的决策事项目录；目录里有名称相近的而没有标的，提请核对。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts, PlanningFact } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { withDossier, withExternal } from '../patch.ts'
import type { Rule } from '../rule.ts'

const listed = (f: Facts, majorDecision: boolean, ...titles: string[]): Facts =>
  withExternal(
    withDossier(f, (d) => ({ classification: { ...d.classification, majorDecision } })),
    {
      planning: {
        plan: null,
        item: null,
        catalogue: '2026年度重大行政决策事项目录',
        listed: titles,
        similar: [],
      } satisfies PlanningFact,
    },
  )

export const majorDecisionInCatalogue: Rule = {
  id: 'major-decision.in-catalogue',
  title: '重大行政决策列入公布的决策事项目录',
  severity: 'warn',
  basis: source.majorDecision('第三条第三款'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const found = f.external.planning
    const { majorDecision } = f.dossier.classification
    if (!found?.catalogue) return holds('本年度没有公布决策事项目录')
    const [first] = found.listed
    if (majorDecision)
      return first === undefined
        ? fails(`标为重大行政决策，而${found.catalogue}里没有名称相近的事项；请核对，或者依程序调整目录`)
        : holds(`列入${found.catalogue}：${first}`)
    return first === undefined
      ? holds('不是重大行政决策，目录里也没有名称相近的事项')
      : fails(`${found.catalogue}列有“${first}”，而本件没有标为重大行政决策；请核对分类`)
  },
  examples: {
    holds: [
      { name: '没有公布目录', given: (f) => f },
      { name: '列入目录', given: (f) => listed(f, true, '民宿布局规划'), says: '民宿布局规划' },
    ],
    refused: [
      { name: '标了而没有列入', given: (f) => listed(f, true), says: '没有名称相近' },
      { name: '列入而没有标', given: (f) => listed(f, false, '民宿布局规划'), says: '没有标为' },
    ],
  },
}
