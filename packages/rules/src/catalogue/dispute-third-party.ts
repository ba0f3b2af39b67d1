// 第三方评估由第三方作出：不是起草单位、制定机关，也不是被征求意见的部门。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { type Facts, latestAskedOf } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { findOrgan } from '../organs.ts'
import { withCommand } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { filled, unitName } from '../words.ts'

const from = (f: Facts, organisation: string): Facts =>
  withCommand(f, 'RecordThirdPartyEvaluation', { organisation, conclusion: '方案可行。', date: f.today })

export const disputeThirdParty: Rule = {
  id: 'dispute.third-party',
  title: '第三方评估由争议各方以外的机构作出',
  severity: 'block',
  // 不得选择与决策事项有直接利害关系的机构；本条就专家论证而言，第三方评估参照。
  basis: source.majorDecision('第二十条', 'inference'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const { draftingUnit, issuers } = f.dossier
    const more = basedOn(f.pack.dispute.thirdPartyEvaluation.source)
    const given = f.command?.type === 'RecordThirdPartyEvaluation' ? f.command.payload.organisation : undefined
    if (!filled(given)) return holds('第三方评估由起草单位、制定机关与有关部门以外的机构作出', more)
    const asked = latestAskedOf(f.dossier).map((i) => i.unit)
    const parties = [...new Set([draftingUnit, ...issuers, ...asked])]
    const organ = findOrgan(f.external.units, given, parties)
    if (!organ || !parties.includes(organ.unit)) return holds(`由${organ?.name ?? given}评估`, more)
    const role =
      organ.unit === draftingUnit ? '起草单位' : issuers.includes(organ.unit) ? '制定机关' : '被征求意见的部门'
    return fails(`${unitName(f, organ.unit)}是本件的${role}，不是第三方；请委托争议各方以外的机构评估`, more)
  },
  examples: {
    holds: [
      { name: '没有正在记录的评估', given: (f) => f, says: '以外的机构' },
      { name: '委托高校评估', given: (f) => from(f, '宁夏大学法学院'), says: '由宁夏大学法学院评估' },
      { name: '与本件无关的部门评估', given: (f) => from(f, 'hy-housing'), says: '由海原县住房和城乡建设局评估' },
    ],
    refused: [
      { name: '起草单位自己评估', given: (f) => from(f, '海原县农业农村局'), says: '本件的起草单位，不是第三方' },
      { name: '起草单位的会议评估', given: (f) => from(f, 'hy-agri:局务会议'), says: '不是第三方' },
      { name: '制定机关评估', given: (f) => from(f, '海原县人民政府'), says: '本件的制定机关' },
      { name: '持异议的部门评估', given: (f) => from(f, 'hy-finance'), says: '被征求意见的部门' },
    ],
  },
}
