// 备案审查：一种事项的全部写法，编成机器。
import { filingReview } from '@dianzhang/contract'
import { compile, defineProcess } from '@dianzhang/kernel'
import { source } from '@dianzhang/packs'
import { clocks } from './clocks.ts'
import { FilingDossier } from './dossier.ts'
import { evolve } from './evolve.ts'
import { filingLaw, openingLaw } from './law.ts'
import { filingRules } from './rules/index.ts'
import { type FilingShape, factsOf } from './shape.ts'
import { stages } from './stages.ts'

const { commands, opening } = filingReview
const filingProcess = defineProcess<FilingShape>({
  kind: filingReview.kind,
  label: filingReview.label,
  noun: filingReview.noun,
  opening: {
    command: opening.type,
    law: openingLaw,
    label: opening.label,
    record: 'FilingOpened',
    rules: ['filing-review.not-open-yet'],
    tells: ['filing-review.in-scope'],
  },
  initial: 'required',
  stages,
  labels: {
    command: Object.fromEntries(Object.entries(commands).map(([type, { label }]) => [type, label])) as Record<
      FilingShape['command'],
      string
    >,
    stage: (path) => (filingReview.stages as Record<string, string>)[path] ?? path,
    cases: { changes: '答复将修改、废止', ordered: '责令修改、完善' },
  },
  law: filingLaw,
  order: source.organicLaw('第七十五条'),
  rules: filingRules,
  facts: factsOf,
  caseOf: (_d, event) => ({
    changes: event.payload.action === 'amend' || event.payload.action === 'repeal',
    ordered: event.payload.decision === 'order_amend' || event.payload.decision === 'order_improve',
  }),
  casesOfDossier: new Set(),
  evolve,
  clocks,
  snapshot: { version: 1, dossier: FilingDossier, upcasters: {} },
  course: {
    neutral: 'UrgeCorrection',
    actor: () => ({ person: 'others', unit: null, roles: [] }),
    ended: (stage) => stage === 'closed',
  },
})
export const filingReviews = compile(filingProcess)
