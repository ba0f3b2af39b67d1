// 后评估的阶段，依次：方案、收集证据、撰写报告、制定机关答复、已公布、办结。
import { evaluationContract } from '@dianzhang/contract'
import type { Arrow, Arrows } from '@dianzhang/kernel'
import { source } from '@dianzhang/packs'
import { unansweredProposals } from './dossier.ts'
import type { EvaluationRuleId, EvaluationShape, EvaluationStage } from './shape.ts'

const basis = source.majorDecision('第三十六条')
const label = evaluationContract.stages
const independent = 'evaluation.evaluator-independent' as const
const inTime = 'evaluation.in-time' as const
const recompute: Arrows<EvaluationShape> = { RecomputeDeadlines: [{ records: 'DeadlinesRecomputed' }] }
const recording: readonly EvaluationRuleId[] = ['evaluation.not-ahead', independent]

/** 公众听取过了、另有可以比照的证据的，即可着手写报告；仍可补充证据。 */
const collect = (records: 'EvidenceRecorded' | 'ReadingRecorded'): Arrow<EvaluationShape>[] => [
  { to: 'reporting', when: { collected: true }, rules: recording, records },
  { when: { collected: false }, rules: recording, records },
]
const submit: Arrows<EvaluationShape> = {
  SubmitReport: [
    {
      to: 'answering',
      rules: [independent, 'evaluation.public-heard', 'evaluation.evidence-for-each', inTime],
      records: 'ReportSubmitted',
    },
  ],
}
/** 没有公布报告的，只有所评文件已经失去效力才可以办结。 */
const close: Arrows<EvaluationShape> = {
  CloseEvaluation: [{ to: 'closed', rules: ['evaluation.published'], records: 'EvaluationClosed' }],
}
const settle: Arrows<EvaluationShape> = {
  AnswerReport: [{ rules: ['evaluation.answer-grounded'], records: 'ProposalSettled' }],
}
const parts = {
  overview: '推演',
  implementation: '推演',
  assessment: '推演',
  changes: '推演',
  conclusion: '推演',
  other: '推演',
}
/** 没有来得及读规则包的地方，取各方面的全部。 */
const everyDimension = ['legality', 'reasonableness', 'feasibility', 'effectiveness', 'public_opinion']

export const stages: Record<string, EvaluationStage> = {
  planned: {
    label: label.planned,
    basis,
    tags: ['open'],
    whose: ['secretariat', 'leader'],
    on: {
      ...recompute,
      ApprovePlan: [
        {
          to: 'collecting',
          rules: [independent, 'evaluation.plan-complete', 'evaluation.in-force'],
          records: 'PlanApproved',
        },
      ],
      ...close,
    },
    ideal: () => ({ type: 'ApprovePlan', payload: {} }),
  },
  collecting: {
    label: label.collecting,
    basis,
    tags: ['open'],
    whose: ['evaluator'],
    on: {
      ...recompute,
      RecordEvidence: collect('EvidenceRecorded'),
      RecordReading: collect('ReadingRecorded'),
      ...submit,
      ...close,
    },
    ideal: (d) =>
      d.evidence.length === 0
        ? {
            type: 'RecordEvidence',
            payload: { kind: 'survey', source: '推演', count: 1, summary: '推演' },
            resolved: { hash: '0'.repeat(64) },
          }
        : { type: 'RecordReading', payload: { indicator: '推演', value: 1, source: '推演' } },
  },
  reporting: {
    label: label.reporting,
    basis,
    tags: ['open'],
    whose: ['evaluator'],
    on: {
      ...recompute,
      RecordEvidence: [{ rules: recording, records: 'EvidenceRecorded' }],
      RecordReading: [{ rules: recording, records: 'ReadingRecorded' }],
      ...submit,
      ...close,
    },
    ideal: (d) => ({
      type: 'SubmitReport',
      payload: {
        parts,
        conclusion: 'keep',
        dimensions: everyDimension.map((dimension) => ({
          dimension,
          result: 'met',
          evidence: [d.evidence[0]?.id ?? d.readings[0]?.id ?? 'E1'],
        })),
        findings: [],
      },
      resolved: { hash: '0'.repeat(64) },
    }),
  },
  answering: {
    label: label.answering,
    basis,
    tags: ['open'],
    whose: ['secretariat', 'unit_head'],
    on: {
      ...recompute,
      // 答复以前可以重新提交报告。
      ...submit,
      AnswerReport: [{ rules: ['evaluation.answer-grounded', inTime], records: 'ReportAnswered' }],
      PublishReport: [
        { to: 'published', rules: ['evaluation.every-proposal-answered', inTime], records: 'ReportPublished' },
      ],
      ...close,
    },
    ideal: (d) =>
      unansweredProposals(d).length > 0
        ? {
            type: 'AnswerReport',
            payload: {
              answers: unansweredProposals(d).map(({ id }) => ({ proposal: id, fate: 'rejected', reason: '推演' })),
            },
            count: unansweredProposals(d).length,
          }
        : { type: 'PublishReport', payload: {} },
  },
  published: {
    label: label.published,
    basis,
    tags: ['public'],
    whose: ['secretariat'],
    on: {
      ...recompute,
      ...settle,
      ...close,
    },
    ideal: () => ({ type: 'CloseEvaluation', payload: {} }),
  },
  closed: {
    label: label.closed,
    basis,
    tags: ['ended'],
    whose: ['secretariat'],
    // 没有落实的建议，办结以后落实了的照样记入。
    on: {
      ...recompute,
      ...settle,
    },
    ideal: () => null,
  },
}
