import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { dossier, exampleItem } from '../example.ts'
import { type ListRule, standing, unargued } from '../shape.ts'

export const everyItemArgued: ListRule = {
  id: 'list.every-item-argued',
  title: '列入的各项都经过评估论证',
  severity: 'block',
  basis: source.rulemaking('第十二条'),
  by: ['合法性审核人'],
  judge: ({ dossier: d }) => {
    const left = unargued(d)
    if (standing(d).length === 0) return fails('还没有列入的事项')
    return left.length > 0
      ? fails(`第${left.map((item) => item.n).join('、')}项还没有评估论证`)
      : holds(`列入${standing(d).length}项，都已评估论证`)
  },
  examples: {
    holds: [{ name: '都已论证', given: (f) => f }],
    refused: [
      {
        name: '有一项没有论证',
        given: (f) => dossier(f, { items: [exampleItem(1), exampleItem(2, { argued: null })] }),
        says: '第2项',
      },
      { name: '一项也没有', given: (f) => dossier(f, { items: [] }), says: '还没有' },
    ],
  },
}
