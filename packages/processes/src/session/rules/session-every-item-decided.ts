import { source } from '@dianzhang/packs'
import { during, withSession } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { SessionRule } from '../shape.ts'

export const sessionEveryItemDecided: SessionRule = {
  id: 'session.every-item-decided',
  title: '每项议题都有决定，或者已经撤下',
  severity: 'block',
  basis: source.majorDecision('第三十条'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    const open = f.dossier.items.filter((one) => !one.dropped && !one.decision)
    return open.length === 0
      ? holds('各项议题都有决定')
      : fails(`第${open.map((one) => one.n).join('、')}项议题还没有记录决定；没有审议的记为暂缓`)
  },
  examples: {
    holds: [{ name: '没有未决的', given: (f) => during(withSession(f, { items: [] }), 'RecordMinutes', {}) }],
    refused: [{ name: '两项未决', given: (f) => during(f, 'RecordMinutes', {}), says: '第1、2项' }],
  },
}
