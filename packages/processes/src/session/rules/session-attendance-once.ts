import { source } from '@dianzhang/packs'
import { coming, during, withSession } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { SessionRule } from '../shape.ts'

export const sessionAttendanceOnce: SessionRule = {
  id: 'session.attendance-once',
  title: '出席情况只登记一次',
  severity: 'block',
  basis: source.majorDecision('第三十条'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    return f.dossier.held?.attendance ? fails('出席情况已经登记') : holds('出席情况还没有登记')
  },
  examples: {
    holds: [
      { name: '还没有开', given: (f) => during(coming(f), 'HoldSession', {}) },
      {
        name: '随案卷登记的，补记出席',
        given: (f) => during(withSession(f, { held: { on: f.today, at: '', attendance: null } }), 'HoldSession', {}),
      },
    ],
    refused: [{ name: '登记过了', given: (f) => during(f, 'HoldSession', {}), says: '已经登记' }],
  },
}
