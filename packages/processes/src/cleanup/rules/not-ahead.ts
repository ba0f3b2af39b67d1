import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { doing } from '../example.ts'
import { isPast } from '../judged.ts'
import type { CleanupFacts, CleanupRule } from '../shape.ts'

const deciding = (f: CleanupFacts, date: string): CleanupFacts => doing(f, 'Decide', { body: '县政府常务会议', date })
export const notAhead: CleanupRule = {
  id: 'cleanup.not-ahead',
  title: '已经作出的决定才能记录，决定在普查、公示以后',
  severity: 'block',
  basis: source.majorDecision('第三十三条'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    const { date } = f.command.payload
    if (typeof date !== 'string') return holds('记录时写明日期')
    if (date > f.today) return fails(`决定的日期${day(date)}还没有到`)
    const { census, notice } = f.dossier
    if (isPast(f)) return holds(`${day(date)}决定`)
    if (census && date < census.on) return fails(`决定的日期${day(date)}早于普查（${day(census.on)}）`)
    return notice && date <= notice.until
      ? fails(`决定的日期${day(date)}在公示期满（${day(notice.until)}）以前`)
      : holds(`${day(date)}决定`)
  },
  examples: {
    holds: [
      { name: '公示以后决定', given: (f) => deciding(f, '2026-11-18'), says: '决定' },
      { name: '没有写明', given: (f) => f },
    ],
    refused: [
      { name: '明天的决定', given: (f) => deciding(f, '2026-11-21'), says: '还没有到' },
      { name: '普查以前的决定', given: (f) => deciding(f, '2026-10-01'), says: '早于普查' },
      { name: '公示期间的决定', given: (f) => deciding(f, '2026-10-28'), says: '以前' },
    ],
  },
}
