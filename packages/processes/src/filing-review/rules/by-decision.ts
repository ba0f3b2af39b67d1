import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { isGiven } from '../dossier.ts'
import { byDecision, doing, dossier, exampleSender, notFiled } from '../example.ts'
import type { FilingRule } from '../shape.ts'

export const byDecisionOnly: FilingRule = {
  id: 'filing-review.by-decision',
  title: '修改、废止的决定在这一件上报送，附上决定；文件在其案卷上报送',
  severity: 'block',
  basis: source.bjNpc('第十一条'),
  by: ['制定机关'],
  judge: ({ dossier: d, command: { type, payload } }) => {
    const more = { alsoBasis: [source.shNpc('第三十五条')] }
    if (!d.decision) return fails(`《${d.document.title}》有自己的案卷，请在案卷上报送备案`, more)
    // 看能不能办时还没有材料；报送时没有附文件、没有写明的一项，等于没有报。
    const given = payload.supplied as Array<{ file?: unknown; note?: string }> | undefined
    return type !== 'SubmitFiling' || given === undefined || given.some(isGiven)
      ? holds('修改、废止的决定没有自己的案卷，在这一件上报送', more)
      : fails('没有附上任何材料：逐项选择文件，或者写明怎样报送', more)
  },
  examples: {
    holds: [{ name: '废止的决定', given: (f) => byDecision(notFiled(f)), says: '在这一件上报送' }],
    refused: [
      {
        name: '列了名称而没有附上',
        given: (f) => doing(byDecision(notFiled(f)), 'SubmitFiling', { supplied: [{ item: '说明' }] }, exampleSender),
        says: '没有附上',
      },
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
