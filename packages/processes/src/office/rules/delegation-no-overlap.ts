import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const delegationNoOverlap: OfficeRule = {
  id: 'delegation.no-overlap',
  title: '同一任职在同一时期没有委托给同一人',
  severity: 'block',
  basis: source.design('委托代行任职：限本人任职、限期、可以撤销'),
  by: ['本人'],
  judge: (f) => {
    const { taker } = f.state
    if (taker === undefined) return holds('尚不知道所办的内容')
    return taker.overlapping ? fails('同一任职在所列日期内已经委托给该人员，请先撤销原委托。') : holds('没有重叠的委托')
  },
  examples: {
    holds: [
      {
        name: '没有委托过',
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
        name: '已经委托',
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
                overlapping: true,
                delegates: ['签发领导', '起草单位负责人'],
              },
            },
          ),
        says: '请先撤销原委托',
      },
    ],
  },
}
