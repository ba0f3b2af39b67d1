import { competentReviewers, headText, reviewedHash, sameText } from '@dianzhang/rules'
import {
  drafting,
  partyReport,
  reclassifyOrReopen,
  reissue,
  type StageSpec,
  submissionRules,
  tablingRules,
  upkeep,
  withdraw,
} from './stage.ts'

/** 集体审议：由规则包所列机构审议；修改后通过且属实质性修改的，回到审核机构确认。 */
export const deliberation: StageSpec = {
  label: '集体审议',
  basis: {
    document: '中华人民共和国地方各级人民代表大会和地方各级人民政府组织法',
    article: '第七十五条',
    confidence: 'verified',
  },
  whose: ['drafter', 'unit_head', 'secretariat'],
  tags: ['frozen'],
  ideal: (d, f) => {
    const head = headText(d)
    const reviewed = reviewedHash(d)
    if (head && reviewed && !sameText(d, reviewed, head.hash))
      return { type: 'ConfirmRevision', payload: {}, units: competentReviewers(f).units }
    if (head && d.review && d.secretariatCheck?.textHash !== head.hash)
      return { type: 'RecordSecretariatCheck', payload: { outcome: 'passed', reasons: [] } }
    const body = f.pack.deliberation.bodies.value[d.tier][0] ?? ''
    if (!d.schedule) return { type: 'ScheduleDeliberation', payload: { body, session: '', date: f.today } }
    return {
      type: 'RecordDecision',
      payload: { outcome: 'adopted', dissents: [] },
      resolved: { approver: d.schedule.body },
      ...(d.schedule.date > f.today
        ? { notBefore: d.schedule.date, why: `${d.schedule.body}定于${d.schedule.date}` }
        : {}),
    }
  },
  on: {
    ...drafting,
    RecordSecretariatCheck: [
      { when: { outcome: 'passed' }, rules: ['duties.separated'], records: 'SecretariatCheckRecorded' },
      { to: 'drafting', when: { outcome: 'returned' }, rules: ['duties.separated'], records: 'DocumentReturned' },
    ],
    ConfirmRevision: [
      {
        rules: [
          ...submissionRules,
          'duties.separated',
          'review.organ-competent',
          'review.points-answered',
          'review.same-text',
        ],
        records: 'RevisionConfirmed',
      },
    ],
    ScheduleDeliberation: [{ rules: [...tablingRules, 'deliberation.ahead'], records: 'DeliberationScheduled' }],
    // 会议取消、撤下议题，或者改由别的会议审议的：原来的排期不再作数。
    WithdrawSchedule: [{ records: 'ScheduleWithdrawn' }],
    RecordDecision: [
      { to: 'signing', when: { outcome: 'adopted' }, rules: tablingRules, records: 'DecisionRecorded' },
      {
        to: 'legality_review.revising',
        when: { outcome: 'adopted_with_changes', substantive: true },
        rules: tablingRules,
        records: 'DecisionRecorded',
      },
      {
        to: 'signing',
        when: { outcome: 'adopted_with_changes', substantive: false },
        rules: tablingRules,
        records: 'DecisionRecorded',
      },
      {
        when: { outcome: 'postponed' },
        rules: ['deliberation.body-competent', 'acts.in-order'],
        records: 'DecisionRecorded',
      },
      {
        to: 'closed.rejected',
        when: { outcome: 'rejected' },
        rules: ['deliberation.body-competent', 'acts.in-order'],
        records: 'DecisionRecorded',
      },
    ],
    ...reclassifyOrReopen,
    ...partyReport,
    ...reissue,
    ...withdraw,
    ...upkeep,
  },
}
