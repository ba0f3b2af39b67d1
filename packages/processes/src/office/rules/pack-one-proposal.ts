import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const packOneProposal: OfficeRule = {
  id: 'pack.one-proposal',
  title: '没有另一份修订等着复核',
  severity: 'block',
  basis: source.design('同时只有一份修订等着复核，复核的人看到的是全部改动'),
  by: ['系统管理员'],
  judge: (f) =>
    f.state.proposal?.open ? fails('另有一份修订等着复核；复核或者收回以后再提') : holds('没有另一份修订等着复核'),
  examples: {
    holds: [
      {
        name: '没有等着的',
        given: (f) => during(f, 'ProposeRevision', {}, { proposal: { open: false, same: false, own: false } }),
      },
    ],
    refused: [
      {
        name: '昨日提出的还没有复核',
        given: (f) => during(f, 'ProposeRevision', {}, { proposal: { open: true, same: false, own: true } }),
        says: '另有一份修订等着复核',
      },
    ],
  },
}
