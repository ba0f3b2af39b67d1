import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const packAnotherPerson: OfficeRule = {
  id: 'pack.another-person',
  title: '复核的不是提出的人',
  severity: 'block',
  basis: source.design('放宽的修订由提出的人以外的人复核'),
  by: ['合法性审核人员'],
  judge: (f) => (f.state.proposal?.own ? fails('这份修订是您提出的，须由另一人复核') : holds('复核的不是提出的人')),
  examples: {
    holds: [
      {
        name: '另一人',
        given: (f) => during(f, 'ApproveRevision', {}, { proposal: { open: true, same: true, own: false } }),
      },
    ],
    refused: [
      {
        name: '一人兼两职',
        given: (f) => during(f, 'ApproveRevision', {}, { proposal: { open: true, same: true, own: true } }),
        says: '另一人复核',
      },
    ],
  },
}
