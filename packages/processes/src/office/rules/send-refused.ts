import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const sendRefused: OfficeRule = {
  id: 'send.refused',
  title: '只有对方没有接受、以后也没有办成的才再次转办',
  severity: 'block',
  basis: source.design('转到另一件案卷的事项只办一次；对方没有接受的，由人看过缘由再次转办，记入办公台账'),
  by: ['政府办公室文秘', '合法性审核人'],
  judge: ({ state: { send } }) => {
    if (!send) return holds('尚不知道所办的内容')
    if (send.outcome === null) return fails('这一项还在转送，不必再次转办')
    if (send.outcome === 'accepted') return fails('对方已经接受，不必再次转办')
    return send.again === null
      ? holds('对方没有接受')
      : fails(
          send.again === 'accepted' ? '再次转办的已经办成' : '已经再次转办，正在转送；没有办成的，从再次转办的一项办理',
        )
  },
  examples: {
    holds: [
      {
        name: '对方没有接受',
        given: (f) => during(f, 'ResendCommand', { send: 's' }, { send: { outcome: 'refused', again: null } }),
      },
    ],
    refused: [
      {
        name: '还在转送',
        given: (f) => during(f, 'ResendCommand', { send: 's' }, { send: { outcome: null, again: null } }),
        says: '还在转送',
      },
      {
        name: '已经接受',
        given: (f) => during(f, 'ResendCommand', { send: 's' }, { send: { outcome: 'accepted', again: null } }),
        says: '已经接受',
      },
      {
        name: '已经再次转办',
        given: (f) => during(f, 'ResendCommand', { send: 's' }, { send: { outcome: 'refused', again: 'accepted' } }),
        says: '已经办成',
      },
    ],
  },
}
