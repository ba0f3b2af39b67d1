// 后评估：规则的例子、每支箭头、任意办理次序下的不变式与期限。
import { blocks } from '@dianzhang/kernel'
import { exampleHash } from '@dianzhang/rules'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Ground, proveArrows, proveRules } from '../testing.fixture.ts'
import { isPublicHearing } from './dossier.ts'
import * as e from './example.ts'
import { evaluationClocks, evaluations, pendingProposals, plannedEvaluation, unansweredProposals } from './index.ts'
import type { EvaluationEvent, EvaluationFacts, EvaluationShape } from './shape.ts'

type Command = EvaluationShape['command']
const secretary = { person: 'p-secretary', unit: 'hy-office', roles: ['secretariat' as const] }
const hash = exampleHash('new')

const event = (facts: EvaluationFacts, type: Command, given: Ground<EvaluationShape> = { facts }): EvaluationEvent => {
  // 规则的反例自己写有载荷的，用它的。
  const own = facts.command.type === type && Object.keys(facts.command.payload).length > 0
  return {
    type,
    payload: own ? facts.command.payload : (given.payload ?? {}),
    meta: { at: facts.now, on: facts.today, actor: given.actor ?? e.exampleEvaluator, resolved: given.resolved ?? {} },
    pack: facts.pack,
    calendar: facts.calendar,
    external: facts.external,
  }
}
const stageFacts: Record<string, (f: EvaluationFacts) => EvaluationFacts> = {
  planned: e.planned,
  collecting: (f) => e.dossier(f, { evidence: f.dossier.evidence.slice(0, 1), readings: [] }),
  reporting: (f) => f,
  answering: e.reported,
  published: e.published,
  closed: (f) => e.dossier(e.published(f), { closed: { on: '2026-10-20', reason: null } }),
}
const submitted = { dimensions: e.assessed(), conclusion: 'keep', findings: [], parts: {} }

describe('规则', () => proveRules({ engine: evaluations, example: e.exampleEvaluation }))
describe('箭头', () =>
  proveArrows({
    engine: evaluations,
    example: e.exampleEvaluation,
    dossierOf: (f) => f.dossier,
    event,
    ground: ({ stage, command, arrow }, example): Ground<EvaluationShape> => {
      const facts = (stageFacts[stage] ?? ((f: EvaluationFacts) => f))(example)
      const collecting = arrow.when?.collected === false ? e.dossier(facts, { evidence: [], readings: [] }) : facts
      switch (command) {
        case 'RecordEvidence':
          return {
            facts: collecting,
            payload: {
              kind: arrow.when?.collected === false ? 'survey' : 'data',
              source: '台账',
              count: 3,
              date: '2026-10-19',
            },
            resolved: { hash },
          }
        case 'RecordReading':
          return { facts: collecting, payload: { indicator: '按期率', value: 90, source: '台账', date: '2026-10-19' } }
        case 'SubmitReport':
          return { facts, payload: submitted, resolved: { hash } }
        case 'AnswerReport':
          return {
            facts,
            payload: { answers: [{ proposal: 'P1', fate: 'open', due: '2026-12-31' }] },
            actor: secretary,
          }
        case 'PublishReport':
          return { facts: e.answered(facts), actor: secretary }
        case 'CloseEvaluation':
          return stage === 'published'
            ? { facts, actor: secretary }
            : {
                facts: e.external(facts, { status: 'repealed' }),
                payload: { reason: '所评文件已经废止。' },
                actor: secretary,
              }
        default:
          return { facts, actor: secretary }
      }
    },
    isolating: {
      ...Object.fromEntries(
        (['RecordEvidence', 'RecordReading', 'SubmitReport', 'ApprovePlan'] as const).map((type) => [
          `${type} evaluation.evaluator-independent`,
          (g: Ground<EvaluationShape>) => ({
            ...g,
            facts: e.dossier(g.facts, { evaluator: { unit: 'hy-agri', organisation: null } }),
          }),
        ]),
      ),
      'RecordEvidence evaluation.not-ahead': (g) => ({ ...g, payload: { ...g.payload, date: '2099-01-01' } }),
      'RecordReading evaluation.not-ahead': (g) => ({ ...g, payload: { ...g.payload, date: '2099-01-01' } }),
      'SubmitReport evaluation.public-heard': (g) => ({
        ...g,
        facts: e.dossier(g.facts, { evidence: g.facts.dossier.evidence.map((x) => ({ ...x, count: 0 })) }),
      }),
      'SubmitReport evaluation.evidence-for-each': (g) => ({
        ...g,
        payload: { ...submitted, dimensions: e.assessed([]) },
      }),
      'SubmitReport evaluation.in-time': (g) => ({ ...g, facts: e.on(g.facts, '2027-01-05') }),
      'AnswerReport evaluation.in-time': (g) => ({
        ...g,
        facts: e.on(g.facts, '2026-12-15'),
        payload: { answers: [{ proposal: 'P1', fate: 'rejected', reason: '不采纳。' }] },
      }),
      'PublishReport evaluation.in-time': (g) => ({ ...g, facts: e.on(g.facts, '2027-01-05') }),
      'PublishReport evaluation.every-proposal-answered': (g) => ({
        ...g,
        facts: e.dossier(g.facts, { answers: [] }),
      }),
      'CloseEvaluation evaluation.published': (g) => ({
        ...g,
        facts: e.external(e.dossier(g.facts, { publishedOn: null }), { status: 'in_force' }),
      }),
    },
  }))

describe('任意的办理次序', () => {
  const commands = Object.keys(evaluations.process.labels.command) as Command[]
  it('没有听取公众意见的不成报告，没有逐项答复的不公布，没有公布的不办结；期限的键不重复；存了读得回', () => {
    const step = fc.record({
      type: fc.constantFrom(...commands),
      days: fc.integer({ min: 0, max: 25 }),
      count: fc.integer({ min: 0, max: 2 }),
      kind: fc.constantFrom('survey', 'data', 'interview'),
      proposal: fc.constantFrom('P1', 'P2'),
      fate: fc.constantFrom('open', 'rejected', 'adopted'),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let facts = e.planned(e.exampleEvaluation())
        let at = evaluations.initial(facts.dossier)
        for (const [i, { type, days, count, kind, proposal, fate }] of steps.entries()) {
          const today = new Date(Date.parse(`${facts.today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
          facts = { ...e.on(facts, today), dossier: at.context.dossier }
          const before = at.context.dossier
          const payload: Record<string, unknown> =
            type === 'RecordEvidence'
              ? { kind, source: '某处', count }
              : type === 'RecordReading'
                ? { indicator: '按期率', value: count, source: '台账' }
                : type === 'SubmitReport'
                  ? {
                      ...submitted,
                      dimensions: e.assessed([before.evidence[0]?.id ?? 'E1']),
                      findings: [
                        { text: '甲', proposal: '改。' },
                        { text: '乙', proposal: '废。' },
                      ],
                    }
                  : type === 'AnswerReport'
                    ? { answers: [{ proposal, fate, reason: '有理由。', due: '2099-12-31' }] }
                    : {}
          const given = event({ ...facts, command: { ...facts.command, type: '' } }, type, {
            facts,
            payload,
            actor: secretary,
            resolved: { hash: exampleHash(`step-${i}`).slice(0, 64).padEnd(64, '0') },
          })
          const decided = evaluations.decide(at, given)
          if (decided.kind === 'refused') {
            expect(decided.verdicts.some(blocks)).toBe(true)
            continue
          }
          at = evaluations.step(at, given).snapshot
          const d = at.context.dossier
          if (type === 'SubmitReport') expect(before.evidence.some(isPublicHearing)).toBe(true)
          if (type === 'PublishReport') expect(unansweredProposals(before)).toEqual([])
          if (type === 'CloseEvaluation') expect(d.publishedOn).not.toBeNull()
          expect(pendingProposals(d).every(({ answer }) => answer.document === null)).toBe(true)
          const clocks = evaluationClocks({ ...facts, dossier: d })
          expect(new Set(clocks.map((c) => c.key)).size).toBe(clocks.length)
          expect(evaluations.store(evaluations.restore(JSON.parse(JSON.stringify(evaluations.store(at)))))).toEqual(
            JSON.parse(JSON.stringify(evaluations.store(at))),
          )
        }
      }),
      { numRuns: 150 },
    )
  })
  it('推演：从方案到办结，一路合规', () => {
    const facts = e.planned(e.exampleEvaluation())
    const { type: _type, payload: _payload, ...now } = event(facts, 'ApprovePlan')
    const course = evaluations.plan(evaluations.initial(facts.dossier), now)
    expect(course.stuck).toBeNull()
    expect(course.steps.map((s) => s.stage)).toEqual([
      'planned',
      'collecting',
      'reporting',
      'answering',
      'published',
      'closed',
    ])
  })
  it('方法、对象可以写成一句话，按行与分号分开', () => {
    const d = plannedEvaluation(
      e.exampleEvaluation().dossier,
      {
        ground: 'yearly',
        evaluator: { unit: 'hy-justice' },
        method: '问卷；座谈\n实地',
        subjects: ['农户'],
        until: '2026-12-31',
      },
      '2026-10-20',
      null,
    )
    expect(d.method).toEqual(['问卷', '座谈', '实地'])
    expect(d.subjects).toEqual(['农户'])
  })
})

describe('期限', () => {
  const keys = (f: EvaluationFacts) => Object.fromEntries(evaluationClocks(f).map((c) => [c.key, [c.dueOn, c.status]]))
  it('报告的期限取方案与规则包之较早者；答复30日；公布20个工作日', () => {
    expect(keys(e.exampleEvaluation())).toEqual({ report: ['2026-12-31', 'open'] })
    expect(keys(e.dossier(e.exampleEvaluation(), { until: '2027-03-01' }))).toEqual({ report: ['2027-01-07', 'open'] })
    expect(keys(e.reported(e.exampleEvaluation()))).toMatchObject({ answer: ['2026-11-18', 'open'] })
    expect(keys(e.answered(e.exampleEvaluation()))).toMatchObject({ publish: ['2026-11-17', 'open'] })
  })
  it('没有落实的建议各有期限，落实到文件才了结', () => {
    const open = e.reported(e.exampleEvaluation(), {
      answers: [e.answer('P1', { fate: 'open', reason: null, due: '2026-12-31' }), e.answer('P2')],
    })
    expect(keys(open)).toMatchObject({ 'proposal-P1': ['2026-12-31', 'open'] })
    const done = e.dossier(open, {
      answers: [
        ...open.dossier.answers,
        e.answer('P1', { fate: 'adopted', by: 'amend', document: { entry: 'x', title: '修改决定', number: null } }),
      ],
    })
    expect(keys(done)).toMatchObject({ 'proposal-P1': ['2026-12-31', 'met'] })
    expect(pendingProposals(done.dossier)).toEqual([])
  })
})
