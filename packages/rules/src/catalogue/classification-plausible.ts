// 分类与正文相称：正文设定处罚、收费、许可，而标为不影响权利义务、也不涉企的，提请核对，不因少勾一项而不征求意见。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { type Facts, touchesRights } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { classified, withExternal } from '../patch.ts'
import type { Rule } from '../rule.ts'

const harmless = { affectsRights: false, enterpriseRelated: false }
const saying = (f: Facts, ...burdens: string[]): Facts => withExternal(f, { burdens })

export const classificationPlausible: Rule = {
  id: 'classification.plausible',
  title: '分类与正文相称：设定处罚、收费、许可的，影响权利义务',
  // 是否影响权利义务由人认定，正文只供核对：只作提示，办理中始终可见。
  severity: 'warn',
  basis: source.organicLaw('第七十五条'),
  by: [roleLabels.drafter, roleLabels.legality_reviewer],
  judge: (f) => {
    const burdens = f.external.burdens ?? []
    if (touchesRights(f.dossier) || burdens.length === 0) return holds('分类与正文相称')
    return fails(
      `正文有${burdens.join('、')}，而标为不影响权利义务、也不涉企；请核对，确有影响的先变更分类并公开征求意见`,
    )
  },
  examples: {
    holds: [
      { name: '标为影响权利义务的，正文有罚款', given: (f) => saying(f, '处罚的规定1处'), says: '相称' },
      { name: '不影响权利义务，正文也没有', given: (f) => saying(classified(f, harmless)), says: '相称' },
      { name: '没有读入的不以此论', given: (f) => classified(f, harmless), says: '相称' },
    ],
    refused: [
      {
        name: '正文有罚款、收费，标为不影响权利义务',
        given: (f) => saying(classified(f, harmless), '处罚的规定1处', '收费的规定2处'),
        says: '处罚的规定1处、收费的规定2处',
      },
    ],
  },
}
