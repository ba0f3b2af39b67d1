import { describeDay as day } from '@dianzhang/calendar'
import { source } from '@dianzhang/packs'
import { during, withSession } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { SessionRule } from '../shape.ts'

export const sessionAhead: SessionRule = {
  id: 'session.ahead',
  title: '会议排在今日或者以后',
  severity: 'block',
  basis: source.majorDecision('第三十条'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    const date = f.command.type === 'Reschedule' ? f.command.payload.date : f.dossier.date
    if (f.dossier.origin !== null && f.command.type !== 'Reschedule') return holds('随案卷记录已经开过的会议')
    if (typeof date !== 'string' || date >= f.today) return holds('会议排在今日或者以后')
    return fails(
      `会议日期${day(date)}早于今日（${day(f.today)}）；已经开过的会，请在案卷里直接记录审议决定，会议随之登记`,
      { earliest: f.today },
    )
  },
  examples: {
    holds: [
      { name: '今日开会', given: (f) => f },
      { name: '改到下周', given: (f) => during(f, 'Reschedule', { date: '2026-06-10' }) },
      { name: '随案卷补记已经开过的', given: (f) => withSession(f, { date: '2026-05-06', origin: 'm-1' }) },
    ],
    refused: [
      {
        name: '排在过去',
        given: (f) => during(withSession(f, { date: '2026-06-02' }), 'ScheduleSession', {}),
        says: '早于今日',
      },
      { name: '改到过去', given: (f) => during(f, 'Reschedule', { date: '2026-06-01' }), says: '早于今日' },
    ],
  },
}
