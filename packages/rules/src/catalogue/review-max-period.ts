import { roleLabels } from '@dianzhang/contract'
import { amount, citeAll, mark, source } from '@dianzhang/packs'
import { basedOn, fails, holds, recordedDeviation } from '../finding.ts'
import { classified, onDay, withCommand, withDossier } from '../patch.ts'
import { reviewWindow } from '../periods.ts'
import { underReview, withReview } from '../review-examples.ts'
import type { Rule } from '../rule.ts'
import { assumed, day } from '../words.ts'

export const reviewMaxPeriod: Rule = {
  id: 'review.max-period',
  title: '合法性审核的时间不超过最长期限',
  severity: 'block',
  basis: source.legalityReview('二（五）'),
  deviation: {
    basis: source.legalityReview('二（五）'),
    requires: '超过最长期限的，写明理由、依据，先申请偏离期限并经批准',
  },
  by: [roleLabels.legality_reviewer],
  judge: (f) => {
    const { review } = f.dossier
    const window = reviewWindow(f)
    if (!review || !window || review.acceptedOn === null) return holds('送审材料尚未受理，审核期限尚未起算')
    if (window.liftedByEmergency) {
      return holds(
        '突发事件应对或者上级紧急命令：只放宽审核时限，不免除合法性审核',
        basedOn(f.pack.review.emergencyLiftsTimeOnly.source),
      )
    }
    const maximum = window.maximum
    if (!maximum) return holds('没有最长期限要求')
    const more = {
      ...basedOn(maximum.basis),
      trace: maximum.trace,
      ...(maximum.provisional ? { provisional: true } : {}),
    }
    const issuing = f.command?.type === 'IssueOpinion'
    const on = !issuing && review.opinion ? review.opinion.on : f.today
    const span = `自${day(review.acceptedOn)}受理起最长不超过${amount(maximum.param)}${mark(maximum.param)}`
    if (on <= maximum.due) return holds(`${span}，${day(maximum.due)}以前应当出具意见${assumed(maximum)}`, more)
    const deviation = issuing ? null : recordedDeviation(f.dossier, 'review.max-period')
    if (deviation)
      return holds(`超过最长期限出具审核意见，已记录理由：${deviation.ground}；批准人：${deviation.approver}`, more)
    return fails(
      `${span}（${citeAll(maximum.basis)}），应于${day(maximum.due)}以前出具，${day(on)}已经超期；须申请偏离期限并经批准`,
      more,
    )
  },
  examples: {
    holds: [
      { name: '期限内出具', given: (f) => f, says: '2026年5月21日（星期四）以前' },
      {
        name: '最后一日出具',
        given: (f) => withCommand(onDay(underReview(f), '2026-05-21'), 'IssueOpinion', {}),
        says: '最长不超过15个工作日',
      },
      {
        name: '紧急情形没有最长期限',
        given: (f) =>
          onDay(
            underReview(classified(f, { emergency: { ground: '防汛抢险', approver: '县政府主要负责人' } })),
            '2026-06-30',
          ),
        says: '只放宽审核时限',
      },
      {
        name: '超期出具，已依法记录理由',
        given: (f) =>
          withDossier(withReview(f, { acceptedOn: '2026-04-01' }), {
            deviations: [
              {
                id: '1',
                rule: 'review.max-period',
                ground: '请示上级',
                reference: null,
                approver: 'p-leader',
                reason: null,
                at: '2026-05-13T10:00:00+08:00',
                command: 'RequestDeviation',
                askedBy: 'p-reviewer',
                confirmed: { at: '2026-05-13T10:00:00+08:00', by: 'p-leader', name: '县长', unit: 'hy-gov' },
                used: [{ at: '2026-05-13T10:00:00+08:00', command: 'IssueOpinion' }],
              },
            ],
          }),
        says: '请示上级',
      },
    ],
    refused: [
      {
        name: '第16个工作日出具',
        given: (f) => withCommand(onDay(underReview(f), '2026-05-22'), 'IssueOpinion', {}),
        says: '应于2026年5月21日（星期四）以前出具，2026年5月22日（星期五）已经超期',
      },
    ],
  },
}
