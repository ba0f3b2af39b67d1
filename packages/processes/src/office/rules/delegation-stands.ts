import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const delegationStands: OfficeRule = {
  id: 'delegation.stands',
  title: '委托还没有撤销',
  severity: 'block',
  basis: source.design('委托代行任职：限本人任职、限期、可以撤销'),
  by: ['本人'],
  judge: (f) => {
    const { delegation } = f.state
    if (delegation === undefined) return holds('尚不知道所办的内容')
    return delegation.revokedAt === null
      ? holds('委托还在')
      : fails(`这项委托已于${delegation.revokedAt.slice(0, 10)}撤销，不必再办`)
  },
  examples: {
    holds: [
      {
        name: '还在',
        given: (f) =>
          during(f, 'RevokeDelegation', {}, { delegation: { from: 'p-secretary', to: 'p-taker', revokedAt: null } }),
      },
    ],
    refused: [
      {
        name: '已经撤销',
        given: (f) =>
          during(
            f,
            'RevokeDelegation',
            {},
            { delegation: { from: 'p-secretary', to: 'p-taker', revokedAt: '2026-05-01T02:00:00.000Z' } },
          ),
        says: '已于2026-05-01撤销',
      },
    ],
  },
}
