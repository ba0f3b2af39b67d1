// 年度考核评分：标准公布、自评、核定、异议、审定；编成机器。
import { scorecardContract } from '@dianzhang/contract'
import { type Arrows, type CommandLaw, compile, defineProcess, type StageSpec } from '@dianzhang/kernel'
import { source } from '@dianzhang/packs'
import { clocks } from './clocks.ts'
import { ScoreDossier } from './dossier.ts'
import { scoreRules } from './rules/index.ts'
import { factsOf, linesOf, type ScoreEvent, type ScoreShape } from './shape.ts'

const { commands, opening } = scorecardContract
const basis = source.legalityReview('四（十二）')
const example = source.zhaohua2017('附件三、附件四')
const inspector: CommandLaw = { by: ['inspector'], basis }
const unit: CommandLaw = { by: ['unit_head', 'drafter'], basis: example }
const law: Record<ScoreShape['command'], CommandLaw> = {
  SelfAssess: unit,
  CheckScores: inspector,
  ObjectToScore: { by: ['unit_head'], basis: source.design('对评分可以提出异议'), seldom: true },
  DecideObjection: inspector,
  RecomputeDeadlines: { by: ['system'], basis: source.design('期限重新计算') },
  FinaliseScore: { by: ['leader'], basis },
}
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const evolve = (d: ScoreDossier, e: ScoreEvent): ScoreDossier => folds[e.type](d, e)
const folds: { [T in ScoreShape['command']]: (d: ScoreDossier, e: ScoreEvent) => ScoreDossier } = {
  SelfAssess: (d, e) => ({
    ...d,
    self: {
      on: e.meta.on,
      scores: linesOf(e.payload).map(({ item, score, note }) => ({ item, score, note: note ?? null })),
    },
  }),
  CheckScores: (d, e) => ({
    ...d,
    checked: {
      on: e.meta.on,
      asOf: e.meta.resolved.asOf ?? e.meta.on,
      items: [
        ...linesOf(e.payload).map(({ item, score, reason }) => ({ item, score, reason: reason ?? null, cases: [] })),
        ...(e.meta.resolved.computed ?? []),
      ],
    },
  }),
  ObjectToScore: (d, e) => ({
    ...d,
    objections: [
      ...d.objections,
      { item: text(e.payload.item), reason: text(e.payload.reason), on: e.meta.on, decision: null },
    ],
  }),
  DecideObjection: (d, e) => ({
    ...d,
    objections: d.objections.map((x) =>
      x.item === e.payload.item
        ? {
            ...x,
            decision: {
              outcome: e.payload.outcome === 'upheld' ? 'upheld' : 'not_upheld',
              score: typeof e.payload.score === 'number' ? e.payload.score : null,
              reason: text(e.payload.reason),
              on: e.meta.on,
            },
          }
        : x,
    ),
  }),
  RecomputeDeadlines: (d) => d,
  FinaliseScore: (d, e) => ({ ...d, finalOn: e.meta.on }),
}
const object: Arrows<ScoreShape>['ObjectToScore'] = [
  {
    to: 'objected',
    rules: ['scorecard.item-known', 'scorecard.one-objection', 'scorecard.objection-in-time'],
    records: 'ScoreObjected',
  },
]
/** 审定以前：放假安排变了，期限随之重算。 */
const recompute: Arrows<ScoreShape> = { RecomputeDeadlines: [{ records: 'DeadlinesRecomputed' }] }
const stages: Record<string, StageSpec<ScoreShape>> = {
  published_standard: {
    label: '标准已公布',
    basis: example,
    tags: ['open'],
    whose: ['unit_head', 'drafter'],
    on: {
      ...recompute,
      SelfAssess: [
        {
          to: 'self_assessed',
          rules: ['scorecard.every-item', 'scorecard.within-weight', 'scorecard.self-in-time'],
          records: 'SelfAssessed',
        },
      ],
    },
    ideal: () => ({ type: 'SelfAssess', payload: {} }),
  },
  self_assessed: {
    label: '已自评',
    basis,
    tags: ['open'],
    whose: ['inspector'],
    on: {
      ...recompute,
      CheckScores: [
        {
          to: 'checked',
          rules: [
            'scorecard.every-item',
            'scorecard.within-weight',
            'scorecard.facts-not-typed',
            'scorecard.deduction-reasoned',
            'scorecard.checker-independent',
          ],
          records: 'ScoresChecked',
        },
      ],
    },
    ideal: () => ({ type: 'CheckScores', payload: {} }),
  },
  checked: {
    label: '已核定',
    basis,
    tags: ['open'],
    whose: ['leader'],
    on: {
      ...recompute,
      ObjectToScore: object,
      FinaliseScore: [{ to: 'final', rules: ['scorecard.window-over'], records: 'ScoreFinalised' }],
    },
    ideal: () => ({ type: 'FinaliseScore', payload: {} }),
  },
  objected: {
    label: '有异议',
    basis,
    tags: ['open'],
    whose: ['inspector', 'leader'],
    on: {
      ...recompute,
      ObjectToScore: object.map(({ to: _to, ...arrow }) => arrow),
      DecideObjection: [{ rules: ['scorecard.objection-open'], records: 'ScoreObjectionDecided' }],
      FinaliseScore: [
        { to: 'final', rules: ['scorecard.objections-decided', 'scorecard.window-over'], records: 'ScoreFinalised' },
      ],
    },
    ideal: () => ({ type: 'DecideObjection', payload: {} }),
  },
  final: { label: '已审定', basis, tags: ['public', 'ended'] },
}
export const scorecards = compile(
  defineProcess<ScoreShape>({
    kind: scorecardContract.kind,
    label: scorecardContract.label,
    noun: scorecardContract.noun,
    opening: { command: opening.type, law: inspector, label: opening.label, record: 'ScorecardOpened' },
    initial: 'published_standard',
    stages,
    labels: {
      command: Object.fromEntries(Object.entries(commands).map(([type, { label }]) => [type, label])) as Record<
        ScoreShape['command'],
        string
      >,
      stage: (path) => (scorecardContract.stages as Record<string, string>)[path] ?? path,
      cases: {},
    },
    law,
    order: basis,
    rules: scoreRules,
    facts: factsOf,
    caseOf: () => ({}),
    casesOfDossier: new Set(),
    evolve,
    clocks,
    snapshot: { version: 1, dossier: ScoreDossier, upcasters: {} },
  }),
)
