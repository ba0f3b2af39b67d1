// 审核期限的停计：只因本地规定的事由；出具意见以前恢复。
import { roleLabels } from '@dianzhang/contract'
import { latestPack, mark, source } from '@dianzhang/packs'
import type { Facts, ReviewPause } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { onDay, withCommand, withPack } from '../patch.ts'
import { underReview, withReview } from '../review-examples.ts'
import type { Rule } from '../rule.ts'
import { day, either } from '../words.ts'

const causes = { supplement: '补充材料', consultation: '征求意见', expert: '专家论证' } as const
const reviewer = { person: 'p-reviewer', unit: 'hy-justice', roles: ['legality_reviewer' as const] }
const paused: ReviewPause = { from: '2026-05-07', to: null, reason: '征求行业主管部门意见', for: 'consultation' }
/** 内蒙古的规定：征求意见、专家论证的时间不计入。 */
const inMongolia = (f: Facts): Facts => {
  const pack = latestPack('150525', f.today)
  return withPack(onDay(underReview(f), '2026-05-13'), {
    review: { ...f.pack.review, stopsFor: pack?.review.stopsFor ?? f.pack.review.stopsFor },
  })
}
const asking = (f: Facts, type: string, payload: Record<string, unknown> = {}): Facts =>
  withCommand(f, type, payload, reviewer)

export const reviewClockRuns: Rule = {
  id: 'review.clock-runs',
  title: '审核期限只因本地规定的事由停计，出具意见以前已经恢复',
  severity: 'block',
  basis: source.legalityReview('二（五）'),
  by: [roleLabels.legality_reviewer],
  judge: (f) => {
    const { stopsFor } = f.pack.review
    const more = basedOn([...stopsFor.source, source.legalityReview('二（五）')])
    const open = f.dossier.review?.pauses.find((p) => p.to === null)
    const type = f.command?.type
    const allowed = stopsFor.value.filter((x) => x !== 'supplement').map((x) => causes[x])
    if (type === 'PauseReview') {
      if (open) return fails(`审核期限已自${day(open.from)}起停计（${open.reason}），恢复以后才能再停`, more)
      const cause = f.command?.payload.for
      if (allowed.length === 0)
        return fails(`本地只规定补充材料的时间不计入审核期限，征求意见、专家论证的时间仍计入${mark(stopsFor)}`, more)
      if (typeof cause === 'string' && !(stopsFor.value as string[]).includes(cause))
        return fails(`本地规定不计入审核期限的是${either(allowed)}的时间${mark(stopsFor)}`, more)
      return holds(`审核中${either(allowed)}的时间不计入审核期限${mark(stopsFor)}`, more)
    }
    if (type === 'ResumeReview')
      return open
        ? holds(`审核期限自${day(open.from)}起停计，可以恢复`, more)
        : fails('审核期限没有停计，不必恢复', more)
    if (open) return fails(`审核期限自${day(open.from)}起停计（${open.reason}），请先恢复，再出具意见`, more)
    return holds('审核期限没有停计', more)
  },
  examples: {
    holds: [
      { name: '没有停计', given: (f) => f, says: '没有停计' },
      {
        name: '内蒙古：审核中征求意见',
        given: (f) => asking(inMongolia(f), 'PauseReview', { for: 'consultation' }),
        says: '征求意见或者专家论证的时间不计入',
      },
      {
        name: '恢复',
        given: (f) => asking(withReview(inMongolia(f), { pauses: [paused] }), 'ResumeReview'),
        says: '可以恢复',
      },
    ],
    refused: [
      {
        name: '宁夏：征求意见的时间仍计入',
        given: (f) => asking(onDay(underReview(f), '2026-05-13'), 'PauseReview', { for: 'consultation' }),
        says: '只规定补充材料的时间不计入',
      },
      {
        name: '已经停计',
        given: (f) => asking(withReview(inMongolia(f), { pauses: [paused] }), 'PauseReview', { for: 'expert' }),
        says: '恢复以后才能再停',
      },
      {
        name: '没有停计而恢复',
        given: (f) => asking(withReview(inMongolia(f), { pauses: [] }), 'ResumeReview'),
        says: '不必恢复',
      },
      {
        name: '停计之中出具意见',
        given: (f) => asking(withReview(inMongolia(f), { pauses: [paused] }), 'IssueOpinion'),
        says: '请先恢复，再出具意见',
      },
    ],
  },
}
