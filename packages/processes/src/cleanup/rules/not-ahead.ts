import { source } from '@dianzhang/packs'
import { day, type Finding, fails, holds } from '@dianzhang/rules'
import { decided, doing } from '../example.ts'
import { isPast } from '../judged.ts'
import type { CleanupFacts, CleanupRule } from '../shape.ts'

const deciding = (f: CleanupFacts, date: string): CleanupFacts => doing(f, 'Decide', { body: '县政府常务会议', date })
const publishing = (f: CleanupFacts, publishedOn: string): CleanupFacts =>
  doing(past(decided(f)), 'PublishResult', { publishedOn })
const past = (f: CleanupFacts): CleanupFacts => {
  const { census } = f.dossier
  return { ...f, dossier: { ...f.dossier, census: census && { ...census, origin: 'list' } } }
}
/** 以往的清理补录时写明的公布日期。 */
function publication(f: CleanupFacts, publishedOn: string): Finding {
  if (!isPast(f)) return fails('不是补录的以往的清理，公布之日即办理之日，不另填写')
  if (publishedOn > f.today) return fails(`当时公布的日期${day(publishedOn)}还没有到`)
  const decidedOn = f.dossier.decision?.date ?? null
  return decidedOn !== null && publishedOn < decidedOn
    ? fails(`当时公布的日期${day(publishedOn)}早于决定之日${day(decidedOn)}`)
    : holds(`${day(publishedOn)}公布`)
}
export const notAhead: CleanupRule = {
  id: 'cleanup.not-ahead',
  title: '已经作出的决定才能记录，决定在普查、公示以后',
  severity: 'block',
  basis: source.majorDecision('第三十三条'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    const { date, publishedOn } = f.command.payload
    if (typeof publishedOn === 'string') return publication(f, publishedOn)
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
      { name: '补录的，当时公布的日期', given: (f) => publishing(f, '2026-11-19'), says: '公布' },
    ],
    refused: [
      { name: '明天的决定', given: (f) => deciding(f, '2026-11-21'), says: '还没有到' },
      { name: '普查以前的决定', given: (f) => deciding(f, '2026-10-01'), says: '早于普查' },
      { name: '补录的，公布在决定以前', given: (f) => publishing(f, '2025-01-01'), says: '早于决定' },
      {
        name: '本次的清理另填公布日期',
        given: (f) => doing(decided(f), 'PublishResult', { publishedOn: '2026-11-19' }),
        says: '不另填写',
      },
      { name: '公示期间的决定', given: (f) => deciding(f, '2026-10-28'), says: '以前' },
    ],
  },
}
