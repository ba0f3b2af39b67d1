import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { doing, dossier } from '../example.ts'
import type { ListRule } from '../shape.ts'

export const itemOpen: ListRule = {
  id: 'list.item-open',
  title: '所指的一项在清单里，还没有着落',
  severity: 'block',
  basis: source.design('一项只了结一次'),
  by: ['政府办公室文秘'],
  judge: ({ dossier: d, command }) => {
    const { item: n } = command.payload
    if (n === undefined) return holds('没有指明一项')
    const item = d.items.find((one) => one.n === n)
    if (!item) return fails(`清单里没有第${n}项`)
    if (item.dropped) return fails(`第${n}项已于${day(item.dropped.on)}撤下`)
    if (item.carried) return fails(`第${n}项已于${day(item.carried.on)}结转下一年度`)
    if (item.completed) return fails(`第${n}项已于${day(item.completed.on)}完成`)
    return holds(`第${n}项“${item.title}”还没有着落`)
  },
  examples: {
    holds: [
      { name: '还没有完成', given: (f) => f },
      { name: '没有指明', given: (f) => doing(f, 'CompleteItem', {}) },
    ],
    refused: [
      {
        name: '没有这一项',
        given: (f) => doing(f, f.command.type, { ...f.command.payload, item: 99 }),
        says: '没有第99项',
      },
      {
        name: '已经撤下',
        given: (f) =>
          dossier(f, {
            items: f.dossier.items.map((one) => ({ ...one, dropped: { on: '2026-05-01', reason: '不再办理。' } })),
          }),
        says: '撤下',
      },
    ],
  },
}
