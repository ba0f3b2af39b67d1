// 上位法变化核查：一种事项的全部写法，编成机器。
import { impactCheck } from '@dianzhang/contract'
import { compile, defineProcess } from '@dianzhang/kernel'
import { source } from '@dianzhang/packs'
import { clocks } from './clocks.ts'
import { ImpactDossier } from './dossier.ts'
import { evolve } from './evolve.ts'
import { impactLaw, openingLaw } from './law.ts'
import { impactRules } from './rules/index.ts'
import { factsOf, type ImpactShape } from './shape.ts'
import { stages } from './stages.ts'

const { commands, opening } = impactCheck
const impactProcess = defineProcess<ImpactShape>({
  kind: impactCheck.kind,
  label: impactCheck.label,
  noun: impactCheck.noun,
  opening: { command: opening.type, law: openingLaw, label: opening.label, record: 'ImpactCheckOpened' },
  initial: 'open',
  stages,
  labels: {
    command: Object.fromEntries(Object.entries(commands).map(([type, { label }]) => [type, label])) as Record<
      ImpactShape['command'],
      string
    >,
    stage: (path) => (impactCheck.stages as Record<string, string>)[path] ?? path,
    cases: { undecided: '尚不能定', accepted: '异议成立' },
  },
  law: impactLaw,
  order: source.rulemaking('第三十七条'),
  rules: impactRules,
  facts: factsOf,
  caseOf: (_dossier, event) => ({
    undecided: event.payload.outcome === 'undecided',
    accepted: event.payload.accepted === true,
  }),
  casesOfDossier: new Set(),
  evolve,
  clocks,
  snapshot: { version: 1, dossier: ImpactDossier, upcasters: {} },
  course: {
    neutral: 'Contest',
    actor: () => ({ person: 'others', unit: null, roles: [] }),
    ended: (stage) => stage === 'concluded',
  },
})
export const impactChecks = compile(impactProcess)
