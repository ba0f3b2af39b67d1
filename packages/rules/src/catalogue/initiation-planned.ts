// 政府规范性文件须先列入发文计划的地方：立项时写明计划项目。
import { roleLabels } from '@dianzhang/contract'
import { latestPack, mark, source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { filled } from '../words.ts'

const inAnhui = (f: Facts, planItem: string | null): Facts => ({
  ...withDossier(f, { planItem }),
  pack: latestPack('340000', f.today) ?? f.pack,
})

export const initiationPlanned: Rule = {
  id: 'initiation.planned',
  title: '须先列入发文计划的，写明计划项目',
  severity: 'block',
  basis: source.rulemaking('第十条至第十三条'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const { planRequired } = f.pack.initiation
    const more = basedOn(planRequired.source)
    const { planItem, tier } = f.dossier
    if (!planRequired.value) return holds('本地没有要求先列入发文计划', more)
    if (tier !== 'government') return holds('本地只要求政府规范性文件先列入发文计划', more)
    if (filled(planItem)) return holds(`已列入发文计划：${planItem.trim()}`, more)
    return fails(
      `政府规范性文件须先报请立项、列入发文计划${mark(planRequired)}；本件没有写明计划项目，请重新申请立项并填写，或者先调整计划`,
      more,
    )
  },
  examples: {
    holds: [
      { name: '本地没有要求', given: (f) => f, says: '本地没有要求' },
      { name: '安徽：写明计划项目', given: (f) => inAnhui(f, '2026年度发文计划第7项'), says: '第7项' },
      {
        name: '安徽：部门文件不在其内',
        given: (f) => withDossier(inAnhui(f, null), { tier: 'department', issuers: ['hy-agri'] }),
        says: '只要求政府规范性文件',
      },
    ],
    refused: [{ name: '安徽：没有列入计划', given: (f) => inAnhui(f, null), says: '列入发文计划' }],
  },
}
