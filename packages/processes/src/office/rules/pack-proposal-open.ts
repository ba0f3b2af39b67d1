import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const packProposalOpen: OfficeRule = {
  id: 'pack.proposal-open',
  title: '这份修订还等着复核',
  severity: 'block',
  basis: source.design('复核的是所见的那一份修订'),
  by: ['合法性审核人员', '系统管理员'],
  judge: (f) => {
    const { proposal } = f.state
    if (proposal === undefined) return holds('尚不知道所办的内容')
    if (!proposal.open) return fails('没有等着复核的修订：已经复核或者退回了')
    return proposal.same ? holds('还等着复核') : fails('等着复核的已是另一份修订，请重新看过')
  },
  examples: {
    holds: [
      {
        name: '还等着',
        given: (f) => during(f, 'DeclineRevision', {}, { proposal: { open: true, same: true, own: true } }),
      },
    ],
    refused: [
      {
        name: '已经退回',
        given: (f) => during(f, 'ApproveRevision', {}, { proposal: { open: false, same: false, own: false } }),
        says: '没有等着复核的修订',
      },
      {
        name: '其间收回另提了一份',
        given: (f) => during(f, 'DeclineRevision', {}, { proposal: { open: true, same: false, own: false } }),
        says: '另一份',
      },
    ],
  },
}
