import { roleLabels } from '@dianzhang/contract'
import { amount, citeAll, mark, source } from '@dianzhang/packs'
import { basedOn, fails, holds, recordedDeviation } from '../finding.ts'
import { classified, onDay, withCommand, withDossier } from '../patch.ts'
import { reviewWindow } from '../periods.ts'
import { underReview, withReview } from '../review-examples.ts'
import type { Rule } from '../rule.ts'
import { assumed, day } from '../words.ts'

export const reviewMinPeriod: Rule = {
  id: 'review.min-period',
  title: '合法性审核的时间不少于最短期限',
  severity: 'block',
  basis: source.legalityReview('二（五）'),
  deviation: {
    basis: source.legalityReview('二（五）'),
    requires: '“一般不少于”：提前出具的，写明理由、依据，先申请偏离期限并经批准',
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
    const minimum = window.minimum
    if (!minimum) return holds('没有最短期限要求')
    const issuing = f.command?.type === 'IssueOpinion'
    const on = !issuing && review.opinion ? review.opinion.on : f.today
    const sources = f.dossier.classification.majorDecision
      ? [...f.pack.review.majorDecisionMinimum.source, ...f.pack.review.minimum.source]
      : f.pack.review.minimum.source
    const more = {
      ...basedOn(sources),
      earliest: minimum.due,
      trace: minimum.trace,
      ...(minimum.provisional ? { provisional: true } : {}),
    }
    const span = `自${day(review.acceptedOn)}受理起不少于${amount(minimum.param)}${mark(minimum.param)}，补充材料的时间不计入`
    if (on >= minimum.due) return holds(`${span}，${day(minimum.due)}起可以出具意见`, more)
    const deviation = issuing ? null : recordedDeviation(f.dossier, 'review.min-period')
    if (deviation)
      return holds(`提前出具审核意见，已记录理由：${deviation.ground}；批准人：${deviation.approver}`, more)
    return fails(
      `${span}（${citeAll(minimum.param.source)}），最早可于${day(minimum.due)}出具意见${assumed(minimum)}；确需提前的，先申请偏离期限并经批准`,
      more,
    )
  },
  examples: {
    holds: [
      { name: '重大行政决策满7个工作日以后出具', given: (f) => f, says: '不少于7个工作日' },
      {
        name: '到期当日出具',
        given: (f) => withCommand(onDay(underReview(f), '2026-05-11'), 'IssueOpinion', { outcome: 'lawful' }),
        says: '可以出具意见',
      },
      {
        name: '紧急情形放宽时限',
        given: (f) =>
          withCommand(
            onDay(
              underReview(classified(f, { emergency: { ground: '防汛抢险', approver: '县政府主要负责人' } })),
              '2026-04-29',
            ),
            'IssueOpinion',
            {},
          ),
        says: '不免除合法性审核',
      },
      {
        name: '提前出具，已依法记录理由',
        given: (f) =>
          withDossier(withReview(f, { acceptedOn: '2026-05-11' }), {
            deviations: [
              {
                id: '1',
                rule: 'review.min-period',
                ground: '上级限期',
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
        says: '上级限期',
      },
    ],
    refused: [
      {
        name: '重大行政决策受理次日即出具，跨劳动节',
        given: (f) => withCommand(onDay(underReview(f), '2026-04-29'), 'IssueOpinion', { outcome: 'lawful' }),
        says: '最早可于2026年5月11日（星期一）出具意见',
      },
      {
        name: '一般文件第4个工作日出具',
        given: (f) =>
          withCommand(onDay(underReview(classified(f, { majorDecision: false })), '2026-05-07'), 'IssueOpinion', {}),
        says: '不少于5个工作日',
      },
      {
        name: '补充材料期间不计入，仍未满',
        given: (f) =>
          withCommand(
            onDay(
              withReview(underReview(f), { pauses: [{ from: '2026-04-29', to: '2026-04-30', reason: '补充材料' }] }),
              '2026-05-11',
            ),
            'IssueOpinion',
            {},
          ),
        says: '最早可于2026年5月13日（星期三）',
      },
    ],
  },
}
