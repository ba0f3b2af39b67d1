import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { byDecision, dossier, notFiled } from '../example.ts'
import type { FilingRule } from '../shape.ts'

export const byDecisionOnly: FilingRule = {
  id: 'filing-review.by-decision',
  title: '修改、废止的决定在这一件上报送；文件在其案卷上报送',
  severity: 'block',
  basis: source.bjNpc('第十一条'),
  by: ['制定机关'],
  judge: ({ dossier: d }) => {
    const more = { alsoBasis: [source.shNpc('第三十五条')] }
    return d.decision
      ? holds('修改、废止的决定没有自己的案卷，在这一件上报送', more)
      : fails(`《${d.document.title}》有自己的案卷，请在案卷上报送备案`, more)
  },
  examples: {
    holds: [{ name: '废止的决定', given: (f) => byDecision(notFiled(f)), says: '在这一件上报送' }],
    refused: [
      {
        name: '文件',
        given: (f) => {
          const { decision: _, ...rest } = notFiled(f).dossier
          return dossier(f, { ...rest, decision: undefined })
        },
        says: '在案卷上报送',
      },
    ],
  },
}
