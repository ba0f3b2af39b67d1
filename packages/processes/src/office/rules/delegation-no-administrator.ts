import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const delegationNoAdministrator: OfficeRule = {
  id: 'delegation.no-administrator',
  title: '系统管理员不受托办理案卷',
  severity: 'block',
  basis: source.design('系统管理员没有办理案卷的命令，也不由委托取得'),
  by: ['本人'],
  judge: (f) => {
    const { taker } = f.state
    if (taker === undefined) return holds('尚不知道所办的内容')
    return taker.administrator ? fails('系统管理员不办理案卷，不能受托') : holds('受托人不是系统管理员')
  },
  examples: {
    holds: [
      {
        name: '不是管理员',
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
        name: '是管理员',
        given: (f) =>
          during(
            f,
            'GrantDelegation',
            {},
            {
              taker: {
                active: true,
                administrator: true,
                headsWithGiver: true,
                overlapping: false,
                delegates: ['签发领导', '起草单位负责人'],
              },
            },
          ),
        says: '不能受托',
      },
    ],
  },
}
