// 变更制定机关：编号以前可以变更；牵头机关的层级就是文件的层级，不能由此改变由谁审议、向谁备案。
import { roleLabels, tierLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { tierOfIssuer } from '../organs.ts'
import { withCommand, withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { unitName, unitNames } from '../words.ts'

const changing = (f: Facts, issuers: string[]): Facts =>
  withCommand(withDossier(f, { numbers: null, issuers }), 'ChangeIssuers', { issuers })

export const issuerChangeable: Rule = {
  id: 'issuer.changeable',
  title: '编号以前可以变更制定机关，牵头机关的层级与文件的层级一致',
  severity: 'block',
  basis: source.officialPapers('第十七条'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const d = f.dossier
    const also = { alsoBasis: [source.officialPapers('第二十五条第（二）项')] }
    if (f.command?.type !== 'ChangeIssuers') return holds(`制定机关为${unitNames(f, d.issuers)}，没有变更`, also)
    if (d.numbers)
      return fails(
        `已经编号${d.numbers.document}，不能变更制定机关；确需变更的，先作废文号，退回起草以后重新办理`,
        also,
      )
    const lead = d.issuers[0] ?? ''
    const tier = tierOfIssuer[f.external.units[lead]?.kind ?? 'internal']
    if (tier !== undefined && tier !== d.tier)
      return fails(
        `牵头机关${unitName(f, lead)}制发的是${tierLabels[tier]}，本件是${tierLabels[d.tier]}；层级不同的，请撤回以后重新立项`,
        also,
      )
    return holds(`尚未编号，制定机关为${unitNames(f, d.issuers)}`, also)
  },
  examples: {
    holds: [{ name: '尚未编号', given: (f) => changing(f, ['hy-gov', 'zn-gov']), says: '尚未编号' }],
    refused: [
      {
        name: '已经编号',
        given: (f) => withCommand(f, 'ChangeIssuers', { issuers: ['hy-gov', 'zn-gov'] }),
        says: '先作废文号',
      },
      {
        name: '政府文件改由部门牵头',
        given: (f) => changing(f, ['hy-agri']),
        says: '本件是政府规范性文件',
      },
    ],
  },
}
