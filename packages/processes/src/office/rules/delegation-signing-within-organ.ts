import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const delegationSigningWithinOrgan: OfficeRule = {
  id: 'delegation.signing-within-organ',
  title: '签发只委托给本机关的其他负责人',
  severity: 'block',
  basis: source.officialPapers('第二十二条'),
  by: ['本人'],
  judge: (f) => {
    const { taker } = f.state
    if (taker === undefined) return holds('尚不知道所办的内容')
    return f.command.payload.role !== 'leader' || taker.headsWithGiver
      ? holds('受托人是本机关的负责人，或者委托的不是签发')
      : fails(`签发只能委托给本机关的其他负责人（${taker.delegates.join('、')}）`)
  },
  examples: {
    holds: [
      {
        name: '副县长',
        given: (f) =>
          during(
            f,
            'GrantDelegation',
            { role: 'leader' },
            {
              taker: {
                active: true,
                administrator: false,
                headsWithGiver: true,
                overlapping: false,
                delegates: ['签发领导', '起草单位负责人'],
              },
            },
          ),
      },
    ],
    refused: [
      {
        name: '别的机关的人',
        given: (f) =>
          during(
            f,
            'GrantDelegation',
            { role: 'leader' },
            {
              taker: {
                active: true,
                administrator: false,
                headsWithGiver: false,
                overlapping: false,
                delegates: ['签发领导', '起草单位负责人'],
              },
            },
          ),
        says: '本机关的其他负责人',
      },
    ],
  },
}
