// 分歧上报给能够裁定它的上级：本级政府（连同其办公室、会议、负责人）或者上级政府，不是起草单位自己、也不是争议的一方。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { disputeArbiters, findOrgan } from '../organs.ts'
import { withCommand, withDossier, withExternal } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { either, filled, unitName } from '../words.ts'

const to = (f: Facts, whom: string): Facts =>
  withCommand(
    f,
    'EscalateDispute',
    { to: whom, issues: '补助标准。' },
    { person: 'p-unit-head', unit: 'hy-agri', roles: ['unit_head'] },
  )
const toPerson = (f: Facts, unit: string): Facts =>
  withExternal(to(f, 'p-deputy'), {
    people: { 'p-deputy': { id: 'p-deputy', name: '李某', unit, active: true, posts: [] } },
  })

export const disputeEscalatedAbove: Rule = {
  id: 'dispute.escalated-above',
  title: '分歧上报给有权裁定的上级，不是起草单位自己或者争议的一方',
  severity: 'block',
  basis: source.majorDecision('第十三条'),
  by: [roleLabels.unit_head],
  judge: (f) => {
    const more = basedOn([source.officialPapers('第十六条第（四）项')])
    const arbiters = disputeArbiters(f.dossier, f.external.units)
    const rule = `部门之间协商不一致的，上报${either(arbiters.map((id) => unitName(f, id))) || '上级机关'}决定`
    const given = f.command?.type === 'EscalateDispute' ? f.command.payload.to : undefined
    if (!filled(given)) return holds(rule, more)
    const organ = findOrgan(f.external.units, given, arbiters)
    const [person] = organ
      ? []
      : Object.values(f.external.people ?? {}).filter((p) => p.id === given || p.name === given)
    const unit = organ?.unit ?? person?.unit
    // 先前只写职务的照样办得成，由 approver.recorded 提示：无从查证上报给了谁。
    if (unit === undefined) return holds(rule, more)
    const name = organ?.name ?? `${person?.name}（${unitName(f, unit)}）`
    if (arbiters.includes(unit)) return holds(`上报${name}：${rule}`, more)
    return fails(
      `${name}${unit === f.dossier.draftingUnit ? '就是起草单位' : ''}不能裁定部门之间的分歧；${rule}。请另选上报的对象`,
      more,
    )
  },
  examples: {
    holds: [
      { name: '没有正在上报的', given: (f) => f, says: '上报海原县人民政府' },
      { name: '上报县政府', given: (f) => to(f, '县政府'), says: '上报海原县人民政府：' },
      { name: '上报县政府常务会议', given: (f) => to(f, 'hy-gov:常务会议'), says: '上报海原县人民政府常务会议' },
      { name: '上报县政府的负责人', given: (f) => toPerson(f, 'hy-gov'), says: '上报李某（海原县人民政府）' },
      { name: '上报市政府', given: (f) => to(f, 'zw-gov'), says: '上报中卫市人民政府' },
      {
        name: '部门文件的分歧，上报县政府',
        given: (f) => to(withDossier(f, { tier: 'department', issuers: ['hy-agri'] }), '海原县人民政府'),
        says: '上报海原县人民政府',
      },
    ],
    refused: [
      {
        name: '上报起草单位自己',
        given: (f) => to(f, '海原县农业农村局'),
        says: '海原县农业农村局就是起草单位不能裁定',
      },
      { name: '上报起草单位的局务会议', given: (f) => to(f, 'hy-agri:局务会议'), says: '不能裁定' },
      { name: '上报持异议的部门', given: (f) => to(f, 'hy-finance'), says: '海原县财政局不能裁定' },
      { name: '上报起草单位的负责人', given: (f) => toPerson(f, 'hy-agri'), says: '李某（海原县农业农村局）' },
      {
        name: '部门文件的分歧，上报另一部门',
        given: (f) => to(withDossier(f, { tier: 'department', issuers: ['hy-agri'] }), 'hy-housing'),
        says: '上报海原县人民政府',
      },
    ],
  },
}
