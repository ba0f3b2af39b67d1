import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const delegationByGiver: OfficeRule = {
  id: 'delegation.by-giver',
  title: '由委托人本人或者系统管理员撤销',
  severity: 'block',
  basis: source.design('委托代行任职：限本人任职、限期、可以撤销'),
  by: ['委托人', '系统管理员'],
  judge: (f) => {
    const { delegation } = f.state
    if (delegation === undefined) return holds('尚不知道所办的内容')
    return delegation.from === f.command.actor.person || f.command.actor.roles.includes('admin')
      ? holds('由委托人或者系统管理员撤销')
      : fails('只有委托人本人或者系统管理员可以撤销委托。')
  },
  examples: {
    holds: [
      {
        name: '本人',
        given: (f) =>
          during(f, 'RevokeDelegation', {}, { delegation: { from: 'p-secretary', to: 'p-taker', revokedAt: null } }),
      },
    ],
    refused: [
      {
        name: '受托人要撤销',
        given: (f) =>
          during(f, 'RevokeDelegation', {}, { delegation: { from: 'p-leader', to: 'p-taker', revokedAt: null } }),
        says: '只有委托人本人',
      },
    ],
  },
}
