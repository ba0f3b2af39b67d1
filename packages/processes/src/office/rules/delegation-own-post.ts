import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const delegationOwnPost: OfficeRule = {
  id: 'delegation.own-post',
  title: '委托的是本人的任职，不是受托代行的',
  severity: 'block',
  basis: source.design('委托代行任职：限本人任职、限期、可以撤销'),
  by: ['本人'],
  judge: (f) => {
    const { post } = f.state
    if (post === undefined) return holds('尚不知道所办的内容')
    return post.held === 'own'
      ? holds('是本人的任职')
      : fails(
          post.held === 'delegated'
            ? `“${post.name}”是受托代行的任职，不得转委托。`
            : `只能委托本人的任职：您在该单位没有“${post.name}”任职。`,
        )
  },
  examples: {
    holds: [
      {
        name: '本人的任职',
        given: (f) => during(f, 'GrantDelegation', {}, { post: { held: 'own', endsOn: null, name: '政府办公室文秘' } }),
      },
    ],
    refused: [
      {
        name: '受托的任职',
        given: (f) => during(f, 'GrantDelegation', {}, { post: { held: 'delegated', endsOn: null, name: '签发领导' } }),
        says: '不得转委托',
      },
      {
        name: '没有这个任职',
        given: (f) => during(f, 'GrantDelegation', {}, { post: { held: 'none', endsOn: null, name: '签发领导' } }),
        says: '没有“签发领导”任职',
      },
    ],
  },
}
