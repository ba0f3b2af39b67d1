import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { dossier, exampleItem } from '../example.ts'
import { type ListRule, unsettled } from '../shape.ts'

export const settledAtYearEnd: ListRule = {
  id: 'list.settled-at-year-end',
  title: '每一项都有着落：完成、结转或者取消',
  severity: 'block',
  basis: source.majorDecision('第三条'),
  by: ['政府办公室文秘'],
  judge: ({ dossier: d }) => {
    const left = unsettled(d)
    return left.length > 0
      ? fails(`第${left.map((item) => item.n).join('、')}项没有着落；请逐项记载完成，或者写明理由结转、取消`)
      : holds('各项都有着落')
  },
  examples: {
    holds: [
      {
        name: '都已完成',
        given: (f) =>
          dossier(f, {
            items: f.dossier.items.map((one) => ({
              ...one,
              completed: { on: '2026-06-01', document: null, note: null },
            })),
          }),
      },
    ],
    refused: [
      {
        name: '有两项没有着落',
        given: (f) => dossier(f, { items: [exampleItem(1), exampleItem(2)] }),
        says: '第1、2项',
      },
    ],
  },
}
