import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const delegationToAnother: OfficeRule = {
  id: 'delegation.to-another',
  title: '受托的是另一个人',
  severity: 'block',
  basis: source.design('委托代行任职：限本人任职、限期、可以撤销'),
  by: ['本人'],
  judge: (f) => {
    return f.command.payload.toPerson === undefined || f.command.payload.toPerson !== f.command.actor.person
      ? holds('受托的是另一个人')
      : fails('不能委托给本人')
  },
  examples: {
    holds: [{ name: '委托给同事', given: (f) => during(f, 'GrantDelegation', { toPerson: 'p-other' }, {}) }],
    refused: [
      {
        name: '委托给本人',
        given: (f) => during(f, 'GrantDelegation', { toPerson: 'p-secretary' }, {}),
        says: '不能委托给本人',
      },
    ],
  },
}
