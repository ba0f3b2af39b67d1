import { describeDay as day } from '@dianzhang/calendar'
import { source } from '@dianzhang/packs'
import { coming, during, withSession } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { SessionRule } from '../shape.ts'

export const sessionHeldByToday: SessionRule = {
  id: 'session.held-by-today',
  title: '召开的日期不晚于今日',
  severity: 'block',
  basis: source.majorDecision('第三十条'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    const on = f.command.payload.heldOn ?? f.dossier.date
    return typeof on === 'string' && on <= f.today
      ? holds('会议已经召开')
      : fails(`会议定于${day(String(on))}，还没有到；召开以后再登记`, { earliest: String(on) })
  },
  examples: {
    holds: [{ name: '今日召开', given: (f) => during(coming(f), 'HoldSession', {}) }],
    refused: [
      {
        name: '还没有到',
        given: (f) => during(coming(withSession(f, { date: '2026-06-05' })), 'HoldSession', {}),
        says: '还没有到',
      },
      { name: '写了明日', given: (f) => during(coming(f), 'HoldSession', { heldOn: '2026-06-04' }), says: '还没有到' },
    ],
  },
}
