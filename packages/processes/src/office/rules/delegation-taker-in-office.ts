import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const delegationTakerInOffice: OfficeRule = {
  id: 'delegation.taker-in-office',
  title: '受托人在职',
  severity: 'block',
  basis: source.design('委托代行任职：限本人任职、限期、可以撤销'),
  by: ['本人'],
  judge: (f) => {
    const { taker } = f.state
    if (taker === undefined) return holds('尚不知道所办的内容')
    return taker.active ? holds('受托人在职') : fails('没有这名在职人员')
  },
  examples: {
    holds: [
      {
        name: '在职',
        given: (f) =>
          during(
            f,
            'GrantDelegation',
            {},
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
        name: '已停用',
        given: (f) =>
          during(
            f,
            'GrantDelegation',
            {},
            {
              taker: {
                active: false,
                administrator: false,
                headsWithGiver: true,
                overlapping: false,
                delegates: ['签发领导', '起草单位负责人'],
              },
            },
          ),
        says: '没有这名在职人员',
      },
    ],
  },
}
