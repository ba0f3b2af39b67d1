import { amount, mark, source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { doing, dossier, on } from '../example.ts'
import { noticeUntil } from '../periods.ts'
import type { CleanupRule } from '../shape.ts'

export const noticeLength: CleanupRule = {
  id: 'cleanup.notice-length',
  title: '公示不少于规定的日数，公示期满以后决定',
  severity: 'block',
  basis: source.qujiang2021('公示日期'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    const { noticeDays } = f.pack.cleanup
    const more = { ...(noticeDays.source[0] ? { basis: noticeDays.source[0] } : {}) }
    if (f.command.type === 'OpenNotice') {
      const least = noticeUntil(f, f.today)
      const until = f.command.payload.until
      if (typeof until === 'string' && until < least)
        return fails(`公示须满${amount(noticeDays)}${mark(noticeDays)}，自今日起最早至${day(least)}`, {
          ...more,
          earliest: least,
        })
      return holds(`公示至${day(typeof until === 'string' ? until : least)}`, more)
    }
    const { notice } = f.dossier
    if (!notice) return holds('没有公示')
    return f.today <= notice.until
      ? fails(`公示至${day(notice.until)}，期满以后才能决定`, { ...more, earliest: next(notice.until) })
      : holds(`公示已于${day(notice.until)}期满`, more)
  },
  examples: {
    holds: [
      { name: '公示期满', given: (f) => f, says: '期满' },
      { name: '缺省为规定的日数', given: (f) => doing(f, 'OpenNotice'), says: '公示至' },
      { name: '没有公示', given: (f) => dossier(f, { notice: null }) },
    ],
    refused: [
      { name: '只公示三日', given: (f) => doing(f, 'OpenNotice', { until: '2026-11-23' }), says: '9日' },
      { name: '公示还没有期满', given: (f) => on(f, '2026-10-28'), says: '期满以后' },
    ],
  },
}
const next = (date: string): string => new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
