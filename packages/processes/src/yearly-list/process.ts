// 年度制定计划、重大行政决策事项目录：两种清单的全部写法，编成机器。
import { addDays } from '@dianzhang/calendar'
import { type ActorRole, decisionCatalogue, draftingPlan, type ProcessContract } from '@dianzhang/contract'
import {
  type Catalogue,
  type CommandLaw,
  compile,
  datedClock,
  defineProcess,
  type MatterClock,
} from '@dianzhang/kernel'
import { source } from '@dianzhang/packs'
import { evolve } from './evolve.ts'
import { listRules } from './rules/index.ts'
import { factsOf, ListDossier, type ListFacts, type ListRuleId, type ListShape, unargued } from './shape.ts'
import { stagesOf, type Words } from './stages.ts'

const planBasis = source.rulemaking('第十二条')
const catalogueBasis = source.majorDecision('第三条第三款')
const by = (...roles: ActorRole[]): CommandLaw['by'] => roles

const lawOf = (basis: CommandLaw['basis'], w: Words): Record<string, CommandLaw> => ({
  ProposeItem: { by: by('drafter', 'unit_head', 'secretariat'), basis },
  SubmitProposal: { by: by('public'), basis: source.majorDecision('第十条') },
  AnswerProposal: { by: by('secretariat'), basis: source.majorDecision('第十条') },
  ArgueItem: { by: by('legality_reviewer'), basis },
  DropItem: { by: by('secretariat'), basis, seldom: true },
  [w.approve]: { by: by('secretariat'), basis },
  ...(w.consent ? { RecordPartyConsent: { by: by('secretariat'), basis } } : {}),
  [w.publish]: { by: by('secretariat'), basis },
  [w.adjust]: { by: by('secretariat'), basis, seldom: true },
  CarryOver: { by: by('secretariat'), basis, seldom: true },
  CompleteItem: { by: by('secretariat', 'system'), basis },
  PublishStatement: { by: by('secretariat'), basis },
})
/** 公开征集的截止与年终公布，是清单的两项期限。 */
function clocksOf(basis: CommandLaw['basis']) {
  const clock = (key: string, label: string, startsOn: string, dueOn: string, metOn: string | null): MatterClock =>
    datedClock({ key, kind: `list_${key}`, label, startsOn, dueOn, metOn, basis: [basis] })
  return ({ dossier: d, today }: ListFacts): MatterClock[] => [
    ...(d.until === null
      ? []
      : [clock('call', '公开征集截止', d.openedOn, d.until, today > d.until ? addDays(d.until, 1) : null)]),
    ...(d.publishedOn === null
      ? []
      : [clock('statement', '公布年终完成情况', d.publishedOn, `${d.year}-12-31`, d.statement?.on ?? null)]),
  ]
}
function listOf(contract: ProcessContract, opened: string, w: Words) {
  const basis = w.consent ? catalogueBasis : planBasis
  const rules = Object.fromEntries(
    Object.entries(listRules).filter(([id]) => w.consent || !id.startsWith('catalogue.')),
  ) as Catalogue<ListRuleId, ListFacts>
  return compile(
    defineProcess<ListShape>({
      kind: contract.kind,
      label: contract.label,
      noun: contract.noun,
      opening: {
        command: contract.opening.type,
        law: { by: by('secretariat'), basis },
        label: contract.opening.label,
        record: opened,
      },
      initial: 'collecting',
      stages: stagesOf(w),
      labels: {
        command: Object.fromEntries(Object.entries(contract.commands).map(([type, { label }]) => [type, label])),
        stage: (path) => contract.stages[path] ?? path,
        cases: { last: '各项都已论证' },
      },
      law: lawOf(basis, w),
      order: basis,
      rules,
      facts: factsOf,
      // 论证了这一项，其余就都论证过了。
      caseOf: (d, event) => ({ last: unargued(d).every((item) => item.n === event.payload.item) }),
      casesOfDossier: new Set(),
      evolve,
      clocks: {
        of: clocksOf(basis),
        restOn: (d) => [d.until, d.publishedOn, d.statement],
        ours: () => true,
        due: (command) => ({ type: command }),
      },
      snapshot: { version: 1, dossier: ListDossier, upcasters: {} },
    }),
  )
}
export const draftingPlans = listOf(draftingPlan, 'PlanOpened', {
  approve: 'ApprovePlan',
  approved: 'PlanApproved',
  publish: 'PublishPlan',
  published: 'PlanPublished',
  adjust: 'AddItem',
  adjusted: 'ItemAdded',
  consent: false,
})
export const decisionCatalogues = listOf(decisionCatalogue, 'CatalogueOpened', {
  approve: 'ApproveCatalogue',
  approved: 'CatalogueApproved',
  publish: 'PublishCatalogue',
  published: 'CataloguePublished',
  adjust: 'AdjustCatalogue',
  adjusted: 'CatalogueAdjusted',
  consent: true,
})
