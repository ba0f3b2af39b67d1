import { source } from '@dianzhang/packs'
import { coming, during, withSession } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { SessionRule } from '../shape.ts'

export const sessionItemsOnce: SessionRule = {
  id: 'session.items-once',
  title: '一件案卷在一次会议上只列一项',
  severity: 'block',
  basis: source.majorDecision('第三十条'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    const { items, matter } = f.command.payload
    const listed = Array.isArray(items)
      ? (items as Array<{ matter?: string }>).flatMap((one) => one.matter ?? [])
      : [
          ...f.dossier.items.filter((one) => !one.dropped).flatMap((one) => one.matter ?? []),
          ...(typeof matter === 'string' ? [matter] : []),
        ]
    const twice = [...new Set(listed.filter((one, i) => listed.indexOf(one) < i))]
    return twice.length === 0
      ? holds('没有重复的议题')
      : fails(`${twice.map((one) => `《${f.gates[one]?.title ?? one}》`).join('、')}已经在议题之中`)
  },
  examples: {
    holds: [
      { name: '没有重复', given: (f) => during(coming(f), 'AddItem', { matter: 'm-9' }) },
      {
        name: '撤下以后再列',
        given: (f) =>
          during(
            withSession(f, {
              items: f.dossier.items.map((one) => ({ ...one, dropped: { reason: '材料未齐', at: '' } })),
            }),
            'AddItem',
            { matter: 'm-1' },
          ),
      },
    ],
    refused: [
      { name: '增加已有的', given: (f) => during(coming(f), 'AddItem', { matter: 'm-1' }), says: '已经在议题之中' },
      {
        name: '一次列了两遍',
        given: (f) => during(coming(f), 'SetAgenda', { items: [{ matter: 'm-1' }, { matter: 'm-1' }] }),
        says: '已经在议题之中',
      },
    ],
  },
}
