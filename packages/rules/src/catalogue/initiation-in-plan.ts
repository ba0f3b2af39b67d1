// 本年度的制定计划已经公布的，立项写明计划的哪一项；没有列入的，须经制定机关的负责人批准。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts, PlanningFact } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { withCommand, withDossier, withExternal } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { filled } from '../words.ts'

const planning: PlanningFact = {
  plan: { title: '2026年度制定计划', year: 2026 },
  item: null,
  catalogue: null,
  listed: [],
  similar: [],
}
const planned = (f: Facts, planItem: string | null, change: Partial<PlanningFact> = {}): Facts =>
  withExternal(withDossier(withCommand(f, 'ApproveInitiation', {}), { planItem }), {
    planning: { ...planning, ...change },
  })
const approvedBy = (f: Facts, role: string): Facts =>
  withExternal(withCommand(f, 'ApproveInitiation', { approver: 'p-1' }), {
    people: { 'p-1': { id: 'p-1', name: '王某', unit: 'hy-gov', active: true, posts: [{ role, unit: 'hy-gov' }] } },
  })

export const initiationInPlan: Rule = {
  id: 'initiation.in-plan',
  title: '列入本年度公布的制定计划；计划以外的经负责人批准',
  severity: 'block',
  basis: source.rulemaking('第十三条第三款'),
  by: [roleLabels.secretariat, roleLabels.leader],
  judge: (f) => {
    const found = f.external.planning
    const { planItem, tier } = f.dossier
    if (!found?.plan || tier !== 'government') return holds('本年度没有公布政府的制定计划，或者不是政府的文件')
    if (found.item) {
      return found.item.open
        ? holds(`列入${found.plan.title}：${found.item.label}`)
        : fails(`${found.item.label}${found.item.why}，不能据以立项；请先调整计划，或者改为计划以外、报负责人批准`)
    }
    // 以前写的、没有写出年度和项次的，照旧办得成，但看得见。
    if (filled(planItem))
      return fails(
        `计划项目写作“${planItem.trim()}”，认不出是哪一年度的第几项；请写成“${found.plan.year}年度制定计划第3项”`,
        {
          severity: 'warn',
        },
      )
    const { approver } = f.command?.payload ?? {}
    const person = Object.values(f.external.people ?? {}).find((p) => p.id === approver || p.name === approver)
    return person?.posts.some(({ role }) => role === 'leader')
      ? holds(`没有列入${found.plan.title}，由${person.name}批准`)
      : fails(
          `没有列入${found.plan.title}；计划以外的须由制定机关的负责人批准，在同意立项时的“批准人”一栏写明，或者先调整计划`,
        )
  },
  examples: {
    holds: [
      { name: '本年度没有公布计划', given: (f) => withExternal(f, { planning: { ...planning, plan: null } }) },
      {
        name: '列入计划',
        given: (f) => planned(f, '2026年度制定计划第3项', { item: { label: '第3项“民宿管理”', open: true, why: '' } }),
        says: '第3项',
      },
      { name: '计划以外，县长批准', given: (f) => approvedBy(planned(f, null), 'leader'), says: '由王某批准' },
    ],
    refused: [
      { name: '没有列入，也没有批准', given: (f) => planned(f, null), says: '负责人批准' },
      { name: '批准的不是负责人', given: (f) => approvedBy(planned(f, null), 'drafter'), says: '负责人批准' },
      {
        name: '所写的一项已经取消',
        given: (f) => planned(f, '2026年度制定计划第3项', { item: { label: '第3项', open: false, why: '已经取消' } }),
        says: '已经取消',
      },
      { name: '认不出是哪一项', given: (f) => planned(f, '年度制定计划第5项'), says: '认不出' },
    ],
  },
}
