// 安排的会议在今日或者以后；已经开过的，直接记录决定。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { withCommand } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { day } from '../words.ts'

const on = (f: Facts, date: string): Facts => withCommand(f, 'ScheduleDeliberation', { date })

export const deliberationAhead: Rule = {
  id: 'deliberation.ahead',
  title: '安排审议的日期不早于今日',
  severity: 'block',
  basis: source.majorDecision('第三十条'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const date = f.command?.type === 'ScheduleDeliberation' ? f.command.payload.date : undefined
    if (typeof date !== 'string' || date >= f.today) return holds('会议安排在今日或者以后')
    return fails(`会议日期${day(date)}早于今日（${day(f.today)}）；已经开过的会，请直接记录审议决定`, {
      earliest: f.today,
    })
  },
  examples: {
    holds: [
      { name: '今日开会', given: (f) => on(f, f.today) },
      { name: '没有正在安排', given: (f) => f },
    ],
    refused: [{ name: '会议早于今日', given: (f) => on(f, '2026-06-02'), says: '请直接记录审议决定' }],
  },
}
