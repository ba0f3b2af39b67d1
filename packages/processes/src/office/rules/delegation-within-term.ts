import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const delegationWithinTerm: OfficeRule = {
  id: 'delegation.within-term',
  title: '委托不超过本人的任期',
  severity: 'block',
  basis: source.design('委托代行任职：限本人任职、限期、可以撤销'),
  by: ['本人'],
  judge: (f) => {
    const { endsOn } = f.command.payload
    const { post } = f.state
    if (post === undefined) return holds('尚不知道所办的内容')
    return post.endsOn === null || typeof endsOn !== 'string' || endsOn <= post.endsOn
      ? holds('在本人任期之内')
      : fails(`终止日不得晚于本人任期届满之日（${post.endsOn}）`)
  },
  examples: {
    holds: [
      {
        name: '在任期之内',
        given: (f) =>
          during(
            f,
            'GrantDelegation',
            { endsOn: '2026-06-30' },
            { post: { held: 'own', endsOn: '2026-12-31', name: '签发领导' } },
          ),
      },
    ],
    refused: [
      {
        name: '超过任期',
        given: (f) =>
          during(
            f,
            'GrantDelegation',
            { endsOn: '2027-06-30' },
            { post: { held: 'own', endsOn: '2026-12-31', name: '签发领导' } },
          ),
        says: '任期届满',
      },
    ],
  },
}
