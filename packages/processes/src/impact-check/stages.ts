// 三个阶段：待核、核查中、已核；有异议的回到核查中。
import type { Arrows, StageSpec } from '@dianzhang/kernel'
import { source } from '@dianzhang/packs'
import type { ImpactShape } from './shape.ts'

type On = Arrows<ImpactShape>
const basis = source.rulemaking('第三十七条')
const judged = ['impact.document-stands', 'impact.articles-named', 'impact.basis-explained', 'impact.in-time'] as const
/** 期限未了：放假安排变了，随之重算。 */
const recompute: On = { RecomputeDeadlines: [{ records: 'DeadlinesRecomputed' }] }
const answer: On = {
  AnswerContest: [
    { to: 'concluded', when: { accepted: true }, rules: ['impact.contest-pending'], records: 'ContestAccepted' },
    { when: { accepted: false }, rules: ['impact.contest-pending'], records: 'ContestDismissed' },
  ],
}
export const stages: Record<string, StageSpec<ImpactShape>> = {
  open: {
    label: '待核',
    basis,
    tags: ['open'],
    whose: ['drafter', 'unit_head'],
    on: {
      StartCheck: [{ to: 'checking', rules: ['impact.in-time'], records: 'CheckStarted' }],
      Contest: [{ rules: ['impact.one-contest'], records: 'ConclusionContested' }],
      ...answer,
      ...recompute,
    },
    ideal: () => ({ type: 'StartCheck', payload: {} }),
  },
  checking: {
    label: '核查中',
    basis,
    tags: ['open'],
    whose: ['drafter', 'unit_head'],
    on: {
      Conclude: [
        { when: { undecided: true }, rules: ['impact.in-time'], records: 'ImpactUndecided' },
        { to: 'concluded', when: { undecided: false }, rules: judged, records: 'ImpactConcluded' },
      ],
      Contest: [{ rules: ['impact.one-contest'], records: 'ConclusionContested' }],
      ...answer,
      ...recompute,
    },
    ideal: () => ({ type: 'Conclude', payload: { outcome: 'unaffected', reason: '推演：不受影响' } }),
  },
  concluded: {
    label: '已核',
    basis,
    tags: ['ended'],
    whose: ['legality_reviewer'],
    on: {
      ConfirmConclusion: [
        {
          rules: ['impact.not-confirmed', 'impact.contest-answered', 'impact.confirmer-independent'],
          records: 'ConclusionConfirmed',
        },
      ],
      Contest: [{ to: 'checking', records: 'ConclusionContested' }],
    },
    ideal: (d) => (d.confirmed ? null : { type: 'ConfirmConclusion', payload: {} }),
  },
}
