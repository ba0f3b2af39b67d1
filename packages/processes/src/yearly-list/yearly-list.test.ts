// 年度制定计划、重大行政决策事项目录：规则的例子、每支箭头。
import { describe } from 'vitest'
import { type Ground, proveArrows, proveRules } from '../testing.fixture.ts'
import * as e from './example.ts'
import { decisionCatalogues, draftingPlans } from './process.ts'
import type { ListEvent, ListFacts, ListShape } from './shape.ts'

const event = (facts: ListFacts, type: string, given: Ground<ListShape>): ListEvent => ({
  type,
  payload: facts.command.type === type ? facts.command.payload : (given.payload ?? {}),
  meta: { at: facts.now, on: facts.today, actor: given.actor ?? e.exampleSecretary, resolved: {} },
  pack: facts.pack,
  calendar: facts.calendar,
  external: facts.external,
})
const item = {
  title: '海原县农村公路养护办法',
  unit: 'hy-housing',
  due: '2026-11-30',
  kind: 'new',
  basis: '公路法',
  necessity: '养护责任不清。',
}
const decided = { decidedBy: 'hy-gov:常务会议', decidedOn: '2026-05-20' }
const payloads: Record<string, Record<string, unknown>> = {
  ProposeItem: item,
  SubmitProposal: { title: '修路', reason: '不好走。' },
  AnswerProposal: { proposal: 1, answer: 'taken', reason: '已列入。' },
  DropItem: { item: 1, reason: '不再办理。' },
  ApprovePlan: { body: 'hy-gov:常务会议', on: '2026-03-02' },
  ApproveCatalogue: { body: 'hy-gov:常务会议', on: '2026-03-02' },
  RecordPartyConsent: { on: '2026-03-10', reference: '海党办〔2026〕8号' },
  AddItem: { ...item, ...decided, supplementaryJustification: '上级新近要求。' },
  AdjustCatalogue: {
    adjustment: 'time',
    item: 1,
    due: '2026-12-01',
    unit: 'hy-housing',
    kind: 'new',
    reason: '规划调整。',
    ...decided,
    consentOn: '2026-05-25',
    consentReference: '海党办〔2026〕20号',
  },
  CarryOver: { item: 1, reason: '尚在论证。' },
  CompleteItem: { item: 1, on: '2026-06-01' },
  PublishStatement: { summary: '全部完成。' },
}
const done = (f: ListFacts): ListFacts =>
  e.dossier(f, {
    items: f.dossier.items.map((one) => ({ ...one, completed: { on: '2026-05-01', document: null, note: null } })),
  })
const open = (f: ListFacts): ListFacts =>
  e.dossier(f, { proposals: f.dossier.proposals.map((one) => ({ ...one, answer: null })) })

for (const [name, engine] of [
  ['制定计划', draftingPlans],
  ['决策目录', decisionCatalogues],
] as const)
  describe(name, () => {
    describe('规则', () => proveRules({ engine, example: e.exampleList }))
    describe('箭头', () =>
      proveArrows({
        engine,
        example: e.exampleList,
        dossierOf: (f) => f.dossier,
        event,
        ground: ({ command, arrow }, example): Ground<ListShape> => {
          const type = String(command)
          const payload = payloads[type] ?? {}
          const facts = e.doing(example, type, payload)
          if (type === 'SubmitProposal') return { facts: e.on(facts, '2026-02-10'), payload }
          if (type === 'AnswerProposal') return { facts: open(facts), payload }
          if (type === 'PublishStatement') return { facts: done(facts), payload }
          if (type !== 'ArgueItem') return { facts, payload }
          const argued = { item: 1, outcome: 'include', argument: '确有必要。' }
          const items = [1, 2].map((n) =>
            e.exampleItem(n, arrow.when?.last ? (n === 1 ? { argued: null } : {}) : { argued: null }),
          )
          return { facts: e.doing(e.dossier(example, { items }), type, argued), payload: argued }
        },
        isolating: Object.fromEntries(
          ['ApprovePlan', 'ApproveCatalogue', 'RecordPartyConsent', 'AddItem', 'AdjustCatalogue'].map((type) => [
            `${type} list.recorded-act`,
            (g: Ground<ListShape>) => ({
              ...g,
              facts: e.doing(g.facts, type, {
                ...payloads[type],
                on: '2026-07-01',
                decidedOn: '2026-07-01',
                ...(type === 'AdjustCatalogue' ? { consentOn: '2026-07-02' } : {}),
              }),
            }),
          ]),
        ),
      }))
  })
