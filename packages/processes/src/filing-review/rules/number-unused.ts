import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { external, justReceived } from '../example.ts'
import type { FilingRule } from '../shape.ts'

export const numberUnused: FilingRule = {
  id: 'filing-review.number-unused',
  title: '备案登记号一号一件',
  severity: 'block',
  basis: source.design('备案登记号在受理机关内不重复'),
  by: ['备案登记人'],
  judge: ({ external: { numberUsedBy } }) =>
    numberUsedBy === null
      ? holds('备案登记号没有用过')
      : fails(`这个备案登记号已经用于《${numberUsedBy}》，请另取一号`),
  examples: {
    holds: [{ name: '没有用过', given: (f) => justReceived(f) }],
    refused: [
      {
        name: '已经用于另一件',
        given: (f) => external(justReceived(f), { numberUsedBy: '海原县物业管理办法' }),
        says: '另取一号',
      },
    ],
  },
}
