import { describeDay as day } from '@dianzhang/calendar'
import { source } from '@dianzhang/packs'
import { coming, during, withSession } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { SessionRule } from '../shape.ts'

export const sessionNotPast: SessionRule = {
  id: 'session.not-past',
  title: '会议还没有过，议题才可以改动',
  severity: 'block',
  basis: source.majorDecision('第三十条'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    const { date, held } = f.dossier
    if (f.command.actor.person === null) return holds('随案卷的安排记录')
    if (held) return fails(`会议已于${day(held.on)}召开，议题不能再改动；没有上会的，请排入下一次会议`)
    return date >= f.today
      ? holds(`会议定于${day(date)}`)
      : fails(`会议定于${day(date)}，已经过去；已经召开的请登记召开情况，没有召开的请改期或者取消`)
  },
  examples: {
    holds: [{ name: '会议在今日', given: (f) => during(coming(f), 'SetAgenda', { items: [] }) }],
    refused: [
      {
        name: '会议已过，没有登记',
        given: (f) => during(coming(withSession(f, { date: '2026-06-02' })), 'AddItem', { matter: 'm-9' }),
        says: '已经过去',
      },
      { name: '会议已经召开', given: (f) => during(f, 'AddItem', { matter: 'm-9' }), says: '议题不能再改动' },
    ],
  },
}
