import { competentReviewers, type Facts, headText, type RuleId } from '@dianzhang/rules'
import { commandLaw } from '../command-law.ts'
import type { Ideal } from '../shape.ts'
import { consultation, submission } from './making.ts'
import {
  type Arrows,
  assessments,
  consult,
  drafting,
  materials,
  partyReport,
  reclassifyOrReopen,
  reissue,
  type StageSpec,
  submissionRules,
  submit,
  upkeep,
  withdraw,
} from './stage.ts'

const basis = {
  document: '国务院办公厅关于全面推行行政规范性文件合法性审核机制的指导意见（国办发〔2018〕115号）',
  article: '二（四）至（七）',
  confidence: 'verified',
} as const
const adviser: Arrows = { RecordAdviserOpinion: [{ records: 'AdviserOpinionRecorded' }] }
const always: Arrows = { ...reclassifyOrReopen, ...partyReport, ...reissue, ...withdraw, ...upkeep }
const opinionRules = [
  'duties.separated',
  'review.organ-competent',
  'review.clock-runs',
  'review.min-period',
  'review.max-period',
  'review.same-text',
] as const satisfies readonly RuleId[]
/** 认为合法、或者修改后合法的，全部程序条件须在出具之时具备，所审的材料没有被换过。 */
const favourableRules = [
  ...submissionRules,
  ...opinionRules,
  'review.package-unchanged',
] as const satisfies readonly RuleId[]
const confirmationRules = [
  ...submissionRules,
  'duties.separated',
  'review.organ-competent',
  'review.points-answered',
  'review.same-text',
] as const satisfies readonly RuleId[]

/** 由审核人办理的，等有权的审核机构办理。 */
const byCompetent = (next: Ideal, f: Facts): Ideal =>
  commandLaw[next.type].by.includes('legality_reviewer') ? { ...next, units: competentReviewers(f).units } : next
/** 送审以后文本又变的，须就现文本重新提请；没有变的办理 `next`。 */
const unlessChanged =
  (next: Ideal): NonNullable<StageSpec['ideal']> =>
  (d, f) =>
    d.review?.textHash === headText(d)?.hash ? byCompetent(next, f) : submission(d, f)

/** 合法性审核：受理起算，补充材料期间停止计算；意见约束送审文本的内容摘要。 */
export const legalityReview: StageSpec = {
  label: '合法性审核',
  basis,
  whose: ['drafter', 'unit_head', 'legality_reviewer', 'legal_adviser'],
  initial: 'submitted',
  states: {
    submitted: {
      label: '待受理',
      basis,
      tags: ['frozen'],
      ideal: unlessChanged({ type: 'AcceptPackage', payload: {}, resolved: { packageHash: 'plan' } }),
      on: {
        ...drafting,
        ...assessments,
        ...consult,
        ...submit,
        AcceptPackage: [
          {
            to: 'legality_review.reviewing',
            rules: [...submissionRules, 'review.organ-competent', 'review.package-unchanged'],
            records: 'PackageAccepted',
          },
        ],
        RequestSupplement: [
          { to: 'legality_review.supplementing', rules: ['review.organ-competent'], records: 'SupplementRequested' },
        ],
        ...always,
      },
    },
    supplementing: {
      label: '补充材料',
      basis: { document: '重大行政决策程序暂行条例（国务院令第713号）', article: '第二十六条', confidence: 'verified' },
      tags: ['frozen'],
      ideal: unlessChanged({ type: 'Supplement', payload: { note: '' }, resolved: { packageHash: 'plan' } }),
      on: {
        ...drafting,
        ...assessments,
        ...consult,
        ...submit,
        Supplement: [
          { to: 'legality_review.reviewing', when: { accepted: true }, records: 'PackageSupplemented' },
          { to: 'legality_review.submitted', when: { accepted: false }, records: 'PackageSupplemented' },
        ],
        ...always,
      },
    },
    reviewing: {
      label: '审核中',
      basis,
      tags: ['frozen'],
      ideal: unlessChanged({
        type: 'IssueOpinion',
        payload: { outcome: 'lawful', points: [], grounds: [] },
        resolved: { hash: 'plan' },
      }),
      on: {
        ...drafting,
        ...submit,
        ...adviser,
        RequestSupplement: [
          { to: 'legality_review.supplementing', rules: ['review.organ-competent'], records: 'SupplementRequested' },
        ],
        // 审核中征求意见、专家论证的时间，依本地规定不计入审核期限。
        PauseReview: [{ rules: ['review.organ-competent', 'review.clock-runs'], records: 'ReviewPaused' }],
        ResumeReview: [{ rules: ['review.organ-competent', 'review.clock-runs'], records: 'ReviewResumed' }],
        IssueOpinion: [
          { to: 'deliberation', when: { outcome: 'lawful' }, rules: favourableRules, records: 'OpinionIssued' },
          {
            to: 'legality_review.revising',
            when: { outcome: 'revise' },
            rules: favourableRules,
            records: 'OpinionIssued',
          },
          {
            to: 'drafting',
            when: { outcome: 'unlawful' },
            rules: [...opinionRules, 'deviation.approved'],
            records: 'OpinionIssued',
          },
        ],
        ...always,
      },
    },
    revising: {
      label: '修改确认',
      basis,
      tags: ['editable'],
      // 逐条答复以后等审核人确认；修改新增了负担的，确认以前须再次公开征求意见，先等起草单位。
      ideal: (d, f) => {
        const open = d.review?.opinion?.points.filter((p) => !p.answer) ?? []
        const [point] = open
        return point
          ? {
              type: 'AnswerPoint',
              payload: { point: point.id, answer: 'adopted', version: headText(d)?.n },
              count: open.length,
            }
          : (consultation(d, f) ?? byCompetent({ type: 'ConfirmRevision', payload: {} }, f))
      },
      on: {
        ...drafting,
        // 按意见作实质性修改的，可以就现文本重新论证评估、再次征求意见。
        ...assessments,
        ...consult,
        ...submit,
        AnswerPoint: [{ records: 'PointAnswered' }],
        ConfirmRevision: [
          {
            to: 'signing',
            when: { decided: true },
            rules: confirmationRules,
            records: 'RevisionConfirmed',
          },
          {
            to: 'deliberation',
            when: { decided: false },
            rules: confirmationRules,
            records: 'RevisionConfirmed',
          },
        ],
        ...materials,
        ...always,
      },
    },
  },
}
