// 行政规范性文件的制定、公布、备案与效力：一种事项的全部写法，编成机器。
import { commandLabels, type Stage, stageLabels } from '@dianzhang/contract'
import {
  compile,
  defineProcess,
  matches as fits,
  rulesHold as holdsFor,
  optionsOf as optionsAt,
} from '@dianzhang/kernel'
import { catalogue, type Dossier, lackingNow, recordedApproval } from '@dianzhang/rules'
import type { StateValue } from 'xstate'
import type { Case } from './case.ts'
import { caseLabels, caseOf, casesOfDossier } from './cases.ts'
import { documentClocks } from './clocks.ts'
import { commandLaw, proposalLaw } from './command-law.ts'
import { DossierForm } from './dossier-form.ts'
import { evolve } from './evolve.ts'
import {
  type DocumentShape,
  factsFor,
  type LifecycleEvent,
  type Option,
  type RulesHold,
  type Snapshot,
} from './shape.ts'
import { snapshotVersion, upcasters } from './snapshot.ts'
import { stages } from './stages/index.ts'

const machineId = 'normative-document'

interface Part {
  label: string
  states?: Record<string, Part>
}
/** 并行的各部分没有列在名词表里：名称由外至内，如“效力·现行有效”。 */
function stageLabel(path: string): string {
  const known = stageLabels[path as Stage]
  if (known !== undefined) return known
  const [outer = '', ...inner] = path.split('.')
  const names: string[] = []
  let at: Part | undefined = stages[outer]
  for (const name of inner) {
    at = at?.states?.[name]
    if (at?.label) names.push(at.label)
  }
  return names.length === inner.length && names.length > 0 ? names.join('·') : path
}

export const normativeDocument = defineProcess<DocumentShape>({
  kind: machineId,
  label: '文件制定',
  noun: '案卷',
  opening: {
    command: 'ProposeDocument',
    law: proposalLaw,
    label: '申请立项',
    record: 'DocumentProposed',
    // 不同级的机关怎么也不能联合；主体资格可以在立项以前补正（公布清单），先行提示。
    rules: ['issuer.same-level'],
    tells: ['issuer.eligible', 'initiation.overlap', 'major-decision.in-catalogue'],
  },
  initial: 'initiation',
  stages,
  labels: { command: commandLabels, stage: stageLabel, cases: caseLabels },
  law: commandLaw,
  named: { ProvideArtefact: lackingNow },
  order: {
    document: '国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知（国办发〔2018〕37号）',
    article: '二（四）至（八）制定程序',
    confidence: 'partly_verified',
  },
  rules: catalogue,
  excuse: recordedApproval,
  facts: factsFor,
  caseOf,
  casesOfDossier,
  evolve,
  clocks: documentClocks,
  snapshot: { version: snapshotVersion, dossier: DossierForm, upcasters },
  course: {
    neutral: 'RecomputeDeadlines',
    // 推演中的办理人：起草与审核、签署由不同的人。
    actor: (type) => ({ person: type === 'SaveDraft' ? 'drafter' : 'others', unit: null, roles: [] }),
    ended: (stage) => stage === 'effective' || stage.startsWith('closed'),
  },
})

export const engine = compile(normativeDocument)

/** 行政规范性文件的生命周期。 */
export const lifecycle = engine.machine
export const {
  arrows: allArrows,
  stages: allStages,
  automaticRules,
  stagesOf,
  decide,
  step,
  explain,
  store,
  restore,
  withDossier,
  initial,
} = engine
export const stageOf = engine.stageOf as (value: StateValue) => Stage
export const optionsOf = (snapshot: Snapshot): ReadonlyArray<Option & { automatic: boolean }> => optionsAt(snapshot)
/** 箭头是否放行：情形吻合，且没有任何一条规则阻止。 */
export const rulesHold = (dossier: Dossier, event: LifecycleEvent, params: RulesHold): boolean =>
  holdsFor(normativeDocument, dossier, event, params)
/** 情形是否吻合。 */
export const matches = (when: Case | undefined, actual: ReturnType<typeof caseOf>): boolean =>
  fits(normativeDocument, when, actual)
