// 后评估：一种事项的全部写法，编成机器。
import { evaluationContract } from '@dianzhang/contract'
import { compile, defineProcess } from '@dianzhang/kernel'
import { source } from '@dianzhang/packs'
import { clocks } from './clocks.ts'
import { EvaluationDossier, isCollected } from './dossier.ts'
import { evolve } from './evolve.ts'
import { evaluationLaw, planLaw } from './law.ts'
import { evaluationRules } from './rules/index.ts'
import { type EvaluationShape, factsOf } from './shape.ts'
import { stages } from './stages.ts'

const { commands, opening } = evaluationContract

export const evaluationProcess = defineProcess<EvaluationShape>({
  kind: evaluationContract.kind,
  label: evaluationContract.label,
  noun: evaluationContract.noun,
  opening: {
    command: opening.type,
    law: planLaw,
    label: opening.label,
    record: 'EvaluationPlanned',
    rules: ['evaluation.evaluator-independent'],
    tells: ['evaluation.plan-complete', 'evaluation.in-force'],
  },
  initial: 'planned',
  stages,
  labels: {
    command: Object.fromEntries(Object.entries(commands).map(([type, { label }]) => [type, label])) as Record<
      EvaluationShape['command'],
      string
    >,
    stage: (path) => (evaluationContract.stages as Record<string, string>)[path] ?? path,
    cases: { collected: '证据与读数已经齐备' },
  },
  law: evaluationLaw,
  order: source.majorDecision('第三十六条'),
  rules: evaluationRules,
  facts: factsOf,
  caseOf: (dossier, event) => ({
    collected: isCollected(
      event.type === 'RecordEvidence' || event.type === 'RecordReading' ? evolve(dossier, event) : dossier,
    ),
  }),
  casesOfDossier: new Set(),
  evolve,
  clocks,
  snapshot: { version: 1, dossier: EvaluationDossier, upcasters: {} },
  course: {
    neutral: 'CloseEvaluation',
    actor: () => ({ person: 'others', unit: null, roles: [] }),
    ended: (stage) => stage === 'closed',
  },
})
export const evaluations = compile(evaluationProcess)
