// 备案审查：规则的例子、每支箭头、任意办理次序下的不变式与期限。
import { exampleHash } from '@dianzhang/rules'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Ground, proveArrows, proveRules } from '../testing.fixture.ts'
import * as e from './example.ts'
import { filingReviewClocks, filingReviews, isReturned, missingMaterials, openedFiling } from './index.ts'
import { inPlace } from './rules/extendable.ts'
import type { FilingEvent, FilingFacts, FilingShape } from './shape.ts'

type Command = FilingShape['command']
const event = (facts: FilingFacts, type: Command, given: Ground<FilingShape> = { facts }): FilingEvent => {
  // 规则的反例自己写有载荷的，用它的。
  const own = Object.keys(facts.command.payload).length > 0
  return {
    type,
    payload: { ...given.payload, ...(own ? facts.command.payload : {}) },
    meta: { at: facts.now, on: facts.today, actor: given.actor ?? e.exampleReviewer, resolved: given.resolved ?? {} },
    pack: facts.pack,
    calendar: facts.calendar,
    external: facts.external,
  }
}
const stageFacts: Record<string, (f: FilingFacts) => FilingFacts> = {
  required: e.notFiled,
  received: e.justReceived,
  form_check: e.justReceived,
  deferred: e.deferred,
  returned: e.returned,
  registered: (f) => e.dossier(f, { review: null }),
  reviewing: (f) => f,
  inquiry: (f) => f,
  communicating: (f) => e.dossier(f, { talks: [{ on: '2026-10-19', text: '已经沟通。' }] }),
  paused: e.planned,
  opinion: (f) => e.opined(f),
  correcting: (f) => e.opined(f, [e.willAmend]),
  motion: e.moved,
}
const payloads: Partial<Record<Command, Record<string, unknown>>> = {
  ReceiveFiling: { materials: ['备案报告'], sentOn: '2026-10-20', textHash: exampleHash(1) },
  RegisterFiling: { number: '海备〔2026〕4号' },
  ReturnFiling: { reason: '不属于备案范围。' },
  DeferFiling: { items: ['审查说明'] },
  Resubmit: { supplied: [{ item: '审查说明', note: '已附。' }], note: '已经补正。' },
  StartReview: { kind: 'own' },
  RecordCheck: { items: [{ item: 'powers', result: 'none' }] },
  ConsultExpert: { expert: '某大学法学院', date: '2026-10-19', opinion: '没有问题。' },
  ExtendReview: { reason: '涉及面广。' },
  AskExplanation: { questions: '请说明。', until: '2027-06-30' },
  Explain: { text: '说明。' },
  Communicate: { text: '沟通。' },
  AgreePlan: { action: 'amend', plan: '年内修改。', until: '2026-12-31' },
  ResumeReview: { reason: '期限届满。' },
  SendReminder: { text: '提醒。' },
  IssueReviewOpinion: { findings: [e.finding()] },
  UrgeCorrection: { text: '请尽快。' },
  ReportCorrection: { document: 'entry-2' },
  MoveToAnnul: { motion: 'annul', reason: '逾期没有改正。' },
  RequireFiling: {},
  RemindFiling: {},
  CriticiseFiling: { text: '逾期没有报送，予以通报。' },
}

describe('规则', () => proveRules({ engine: filingReviews, example: e.exampleFiling }))
describe('箭头', () =>
  proveArrows({
    engine: filingReviews,
    example: e.exampleFiling,
    dossierOf: (f) => f.dossier,
    event,
    ground: ({ stage, command, arrow }, example): Ground<FilingShape> => {
      const at = (stageFacts[stage] ?? ((f: FilingFacts) => f))(example)
      const facts = { ...at, command: { ...at.command, type: command ?? '', payload: {} } }
      const payload = payloads[command as Command] ?? {}
      switch (command) {
        case 'CloseReview': {
          if (stage === 'required' || stage === 'returned')
            return { facts: e.external(facts, { status: 'repealed' }), payload: { outcome: 'not_filed' } }
          if (stage === 'motion')
            return { facts: { ...e.decided(facts), command: facts.command }, payload: { outcome: 'annulled' } }
          if (stage === 'correcting' || stage === 'opinion')
            return { facts: e.corrected(facts), payload: { outcome: 'corrected' } }
          return { facts, payload: { outcome: 'no_problem' } }
        }
        case 'SubmitFiling':
          return {
            facts: e.byDecision(facts),
            payload: { supplied: [{ item: '备案报告', note: '已附。' }] },
            actor: e.exampleSender,
          }
        case 'ExtendReview':
          return { facts: inPlace(facts), payload }
        case 'ResumeReview':
          return { facts: e.on(facts, '2026-12-31'), payload }
        case 'ReportCorrection':
          return { facts: e.external(facts, { correction: e.changedBy }), payload, actor: e.exampleSender }
        case 'UrgeCorrection':
        case 'MoveToAnnul':
          return { facts: e.opined(facts, [e.kept]), payload }
        case 'AnswerOpinion':
          return {
            facts,
            payload: { action: arrow.when?.changes ? 'amend' : 'keep', answer: '答复。' },
            actor: e.exampleSender,
          }
        case 'RecordMotionDecision':
          return {
            facts,
            payload: arrow.when?.ordered
              ? { decision: 'order_amend', made: e.made, until: '2026-12-31' }
              : { decision: 'annul', made: e.made },
            actor: e.exampleRegistrar,
          }
        case 'RemindFiling':
        case 'CriticiseFiling':
          return { facts: e.required(facts), payload, actor: e.exampleRegistrar }
        default:
          return { facts, payload }
      }
    },
    isolating: {
      'Resubmit filing-review.supplement-complete': (g) => ({ ...g, payload: { note: '近日补报。' } }),
      'RequireFiling filing-review.term-ahead': (g) => ({ ...g, payload: { until: '2026-10-01' } }),
      'ExtendReview filing-review.extendable': (g) => ({
        ...g,
        facts: e.dossier(g.facts, { extendedOn: '2026-10-19' }),
      }),
      'CloseReview filing-review.in-time': (g) => ({
        ...g,
        facts: e.dossier(e.on(g.facts, '2027-06-01'), { opinion: null, correction: g.facts.dossier.correction }),
      }),
      'CloseReview filing-review.outcome-fits': (g) => ({ ...g, payload: { outcome: 'reminder' } }),
      'CloseReview filing-review.checked': (g) => ({ ...g, facts: e.dossier(g.facts, { checks: [] }) }),
      'CloseReview filing-review.inquiry-over': (g) => ({ ...g, facts: e.asked(g.facts) }),
      'IssueReviewOpinion filing-review.inquiry-over': (g) => ({ ...g, facts: e.asked(g.facts) }),
      'Communicate filing-review.inquiry-over': (g) => ({ ...g, facts: e.asked(g.facts) }),
      'IssueReviewOpinion filing-review.in-time': (g) => ({ ...g, facts: e.on(g.facts, '2027-06-01') }),
      'IssueReviewOpinion filing-review.issuer-heard': (g) => ({
        ...g,
        facts: e.dossier(g.facts, { inquiries: [], talks: [] }),
      }),
      'IssueReviewOpinion filing-review.stop-decided': (g) => ({ ...g, payload: { findings: [e.finding('stop')] } }),
      'ResumeReview filing-review.plan-over': (g) => ({ ...g, facts: e.on(g.facts, '2026-12-01') }),
      'UrgeCorrection filing-review.not-corrected': (g) => ({ ...g, facts: e.opined(g.facts) }),
      'MoveToAnnul filing-review.not-corrected': (g) => ({ ...g, facts: e.opined(g.facts) }),
      'RemindFiling filing-review.ladder': (g) => ({ ...g, facts: e.dossier(g.facts, { notices: [] }) }),
      'CriticiseFiling filing-review.ladder': (g) => ({ ...g, facts: e.dossier(g.facts, { notices: [] }) }),
      'CriticiseFiling filing-review.term-ahead': (g) => ({ ...g, payload: { ...g.payload, until: '2026-10-01' } }),
    },
  }))

describe('任意的办理次序', () => {
  const commands = Object.keys(filingReviews.process.labels.command) as Command[]
  it('没有登记的不审结为没有问题，审结的有审查记录，退回不停止报送的期限；期限的键不重复；存了读得回', () => {
    const step = fc.record({
      type: fc.constantFrom(...commands),
      days: fc.integer({ min: 0, max: 40 }),
      outcome: fc.constantFrom('no_problem', 'corrected', 'annulled', 'reminder', 'explained', 'not_filed'),
      action: fc.constantFrom('amend', 'keep', 'explain'),
      result: fc.constantFrom('none', 'problem'),
      status: fc.constantFrom('in_force' as const, 'repealed' as const),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { dossier: like } = e.exampleFiling()
        let facts = e.on(e.exampleFiling(), '2026-09-22')
        let at = filingReviews.initial(openedFiling(like, '2026-09-22', null))
        for (const { type, days, outcome, action, result, status } of steps) {
          const today = new Date(Date.parse(`${facts.today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
          facts = e.external(
            { ...e.on(facts, today), dossier: at.context.dossier },
            { status, correction: e.changedBy },
          )
          const items = facts.pack.filingReview.items.value.map((item) => ({ item, result }))
          const payload: Record<string, unknown> =
            type === 'CloseReview'
              ? { outcome }
              : type === 'AnswerOpinion'
                ? { action, answer: '答复。' }
                : type === 'RecordCheck'
                  ? { items }
                  : type === 'AgreePlan'
                    ? { action: 'amend', plan: '修改。', until: '2030-12-31' }
                    : type === 'RecordMotionDecision'
                      ? { decision: 'annul', made: { body: 'hy-gov', date: today } }
                      : type === 'ReceiveFiling'
                        ? { materials: [], sentOn: today, textHash: exampleHash(1) }
                        : (payloads[type] ?? {})
          const command = event({ ...facts, command: { ...facts.command, payload: {} } }, type, { facts, payload })
          if (!filingReviews.inStage(at, command)) continue
          const decided = filingReviews.decide(at, command)
          if (decided.kind === 'refused') continue
          at = filingReviews.step(at, command).snapshot
          const d = at.context.dossier
          if (d.closed?.outcome === 'no_problem') expect(d.registered).not.toBeNull()
          if (d.closed && d.registered) expect(d.checks.length).toBeGreaterThan(0)
          if (d.closed?.outcome === 'annulled') expect(d.motion?.decided?.decision).toBe('annul')
          const list = filingReviewClocks({ ...facts, dossier: d })
          expect(new Set(list.map(({ key }) => key)).size).toBe(list.length)
          if (isReturned(d) && !d.closed) expect(list.find(({ key }) => key === 'filing')?.status).toBe('open')
          expect(
            filingReviews.stageOf(filingReviews.restore(JSON.parse(JSON.stringify(filingReviews.store(at)))).value),
          ).toBe(filingReviews.stageOf(at.value))
        }
      }),
      { numRuns: 150 },
    )
  })
})

describe('期限', () => {
  const keys = (f: FilingFacts) =>
    Object.fromEntries(filingReviewClocks(f).map((c) => [c.key, [c.dueOn, c.status, c.sends]]))
  it('收到以后形式审查五个工作日；补正的自补正之日重新起算', () => {
    expect(keys(e.justReceived(e.exampleFiling()))['form-check']).toEqual(['2026-10-19', 'open', null])
    const again = e.dossier(e.deferred(e.exampleFiling()), {
      submissions: [
        ...e.exampleFiling().dossier.submissions,
        { on: '2026-10-20', materials: [], textHash: '', note: null, kind: 'supplement', supplied: [] },
      ],
      deferrals: [{ on: '2026-10-13', items: ['审查说明'], until: '2026-10-23', suppliedOn: '2026-10-20' }],
    })
    expect(keys(again)['form-check']).toEqual(['2026-10-27', 'open', null])
    expect(keys(again).supplement).toEqual(['2026-10-23', 'met', null])
  })
  it('退回以后报送的期限照旧开着，另有重新报送的期限', () => {
    const found = keys(e.returned(e.exampleFiling()))
    expect(found.filing).toEqual(['2026-10-21', 'open', null])
    expect(found.resubmit).toEqual(['2026-10-28', 'open', null])
  })
  it('改正期间审查中止，计划期满由系统恢复', () => {
    const found = keys(e.planned(e.exampleFiling()))
    expect(found.plan).toEqual(['2026-12-31', 'open', 'ResumeReview'])
    expect(found.review?.[1]).toBe('paused')
  })
  it('审查意见十一月二日出具，人大一轨六十日内答复', () => {
    const npc = e.dossier(e.opined(e.exampleFiling()), {
      track: 'npc',
      document: { ...e.exampleFiling().dossier.document, tier: 'government' },
    })
    const opinion = npc.dossier.opinion
    const f = e.dossier(npc, { opinion: opinion && { ...opinion, on: '2026-11-02' } })
    expect(keys(e.on(f, '2026-11-02')).opinion).toEqual(['2027-01-04', 'open', null])
  })
  it('缺哪几样材料，照规则包的清单逐项说', () => {
    const f = e.exampleFiling()
    expect(missingMaterials(f)).toEqual([])
    const bare = e.dossier(f, { submissions: f.dossier.submissions.map((x) => ({ ...x, materials: ['正式文本'] })) })
    expect(missingMaterials(bare)).toEqual(['备案报告', '审查说明'])
  })
})
