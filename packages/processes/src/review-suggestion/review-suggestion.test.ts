// 建议审查：规则的例子、每支箭头、任意办理次序下的不变式与期限。
import { blocks } from '@dianzhang/kernel'
import { exampleHash } from '@dianzhang/rules'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Ground, proveArrows, proveRules } from '../testing.fixture.ts'
import { evolve } from './evolve.ts'
import * as e from './example.ts'
import { suggestionClocks, suggestions, unanswered } from './index.ts'
import type { SuggestionEvent, SuggestionFacts, SuggestionShape } from './shape.ts'

type Command = SuggestionShape['command']
const system = { person: null, unit: null, roles: ['system' as const] }
const secretary = { person: 'p-secretary', unit: 'hy-office', roles: ['secretariat' as const] }
const citizen = { person: null, unit: null, roles: ['public' as const] }

const event = (facts: SuggestionFacts, type: Command, given: Ground<SuggestionShape> = { facts }): SuggestionEvent => {
  // 规则的反例自己写有载荷与办理人的，用它的。
  const own = facts.command.type === type
  return {
    type,
    payload: own && Object.keys(facts.command.payload).length > 0 ? facts.command.payload : (given.payload ?? {}),
    meta: {
      at: facts.now,
      on: facts.today,
      actor:
        own && facts.command.actor !== e.exampleReviewer ? facts.command.actor : (given.actor ?? e.exampleReviewer),
      resolved: own && Object.keys(facts.command.resolved).length > 0 ? facts.command.resolved : (given.resolved ?? {}),
    },
    pack: facts.pack,
    calendar: facts.calendar,
    external: facts.external,
  }
}
const hash = exampleHash('new')
const agreed = { outcome: 'issuer_agrees' as const, until: '2026-12-31' }
const changed = { id: 'entry-9', title: '修改决定', publishedOn: '2026-10-19' }
const amended = { status: 'amended' as const, changes: [{ kind: 'amended', on: '2026-10-19', by: 'entry-9' }] }

/** 各阶段的案卷。 */
const stageFacts: Record<string, (f: SuggestionFacts) => SuggestionFacts> = {
  received: e.justReceived,
  completing: e.completing,
  accepted: (f) => f,
  inquiry: (f) => f,
  paused: (f) => e.concluded(f, agreed),
  concluded: e.concluded,
  answered: (f) => e.dossier(e.concluded(f), { answers: [{ on: '2026-10-20', hash, number: null }] }),
  transferred: (f) => e.declined(f, { notifiedOn: '2026-10-15' }),
  not_registered: (f) => e.declined(f, { notifiedOn: '2026-10-15' }),
  not_started: (f) => e.declined(f, { notifiedOn: '2026-10-15' }),
  closed: (f) =>
    e.dossier(e.concluded(f), { answers: [{ on: '2026-10-20', hash, number: null }], closedOn: '2026-10-20' }),
}
const conclusions = (outcome: string, more: object = {}) => ({
  conclusions: [{ conflict: '1', outcome, ground: '《行政处罚法》第十六条', ...more }],
})

describe('规则', () => proveRules({ engine: suggestions, example: e.exampleSuggestion }))
describe('箭头', () =>
  proveArrows({
    engine: suggestions,
    example: e.exampleSuggestion,
    dossierOf: (f) => f.dossier,
    event,
    ground: ({ stage, command, arrow }, example) => {
      const facts = (stageFacts[stage] ?? ((f) => f))(example)
      const plain = (payload: Record<string, unknown>, more: Partial<Ground<SuggestionShape>> = {}) => ({
        facts,
        payload,
        ...more,
      })
      switch (command) {
        case 'Transfer':
          return { facts: e.on(facts, '2026-10-14'), payload: { to: '中卫市人民政府', reason: '不属本机关。' } }
        case 'RequestCompletion':
          return plain({ missing: ['条款'] })
        case 'Complete':
          return stage === 'not_registered'
            ? {
                facts: e.dossier(facts, {
                  exit: facts.dossier.exit && { ...facts.dossier.exit, ground: 'not_completed' },
                }),
                payload: { provisions: ['第七条'] },
                actor: citizen,
                resolved: { hash },
              }
            : plain({ provisions: ['第七条'] }, { actor: citizen, resolved: { hash } })
        case 'DeemUncompleted':
          return { facts: e.on(facts, '2026-10-28'), payload: {}, actor: system }
        case 'DeclineToStart':
          return plain({ reason: 'unfounded', text: '所引条款并无此规定。' })
        case 'ExtendExamination': {
          const { extendable } = { extendable: suggestions.process.rules['suggestion.extendable'] }
          const allowing = extendable.examples.holds[0]?.given(facts) ?? facts
          return { facts: allowing, payload: { reason: '涉及面广。' } }
        }
        case 'AskIssuer':
          return plain({ questions: '请说明。', until: '2026-10-30' }, { resolved: { hash, unit: 'hy-agri' } })
        case 'AnswerInquiry':
          return plain({ text: '说明。' }, { actor: secretary, resolved: { hash } })
        case 'Conclude':
          return arrow.when?.agreed
            ? plain(conclusions('issuer_agrees', { until: '2026-12-31' }))
            : plain(conclusions('lawful'))
        case 'ConfirmChange':
          return {
            facts: e.external(facts, { change: changed, document: amended }),
            payload: { change: 'entry-9' },
          }
        case 'ForgetContact':
          return { facts: e.on(facts, '2027-05-20'), payload: {}, actor: system }
        case 'Reopen':
          return plain({ reasons: '新的理由。' }, { resolved: { hash } })
        default:
          return plain({ text: '文字。' }, { resolved: { hash } })
      }
    },
    isolating: {
      'DeclineToStart suggestion.reason-proved': (g) => ({
        ...g,
        facts: e.doing(g.facts, 'DeclineToStart', { reason: 'other' }),
      }),
      ...Object.fromEntries(
        (['RequestCompletion', 'Accept', 'RefuseRegistration'] as const).map((type) => [
          `${type} suggestion.in-time`,
          (g: Ground<SuggestionShape>) => ({
            ...g,
            facts: e.on(e.dossier(g.facts, { door: 'npc' }), '2026-10-30'),
          }),
        ]),
      ),
      ...Object.fromEntries(
        (['Transfer', 'DeclineToStart', 'Answer', 'Notify'] as const).map((type) => [
          `${type} suggestion.in-time`,
          (g: Ground<SuggestionShape>) => ({
            ...g,
            facts: e.on(
              type === 'DeclineToStart' ? e.dossier(g.facts, { acceptedOn: '2026-10-12' }) : g.facts,
              '2026-12-29',
            ),
          }),
        ]),
      ),
      ...Object.fromEntries(
        (['Accept', 'DeclineToStart', 'AskIssuer', 'Conclude', 'Answer'] as const).map((type) => [
          `${type} suggestion.examiner-independent`,
          (g: Ground<SuggestionShape>) => ({ ...g, facts: e.external(g.facts, { documentReviewers: ['p-filing'] }) }),
        ]),
      ),
      'Conclude suggestion.in-time': (g) => ({
        ...g,
        facts: e.dossier(g.facts, { receivedOn: '2026-07-01', acceptedOn: '2026-07-02' }),
      }),
      'ConfirmChange suggestion.change-made': (g) => ({
        ...g,
        facts: e.external(g.facts, { document: { status: 'in_force', changes: [] } }),
      }),
      'Conclude suggestion.issuer-heard': (g) => ({
        ...g,
        facts: e.dossier(g.facts, { inquiries: [] }),
        payload: {
          conclusions: [
            ...((g.payload?.conclusions ?? []) as object[]),
            { conflict: '2', outcome: 'opinion', ground: '第六十四条' },
          ],
        },
      }),
      'Conclude suggestion.conclusion-grounded': (g) => ({
        ...g,
        payload: {
          conclusions: [
            ...((g.payload?.conclusions ?? []) as object[]),
            { conflict: '2', outcome: 'lawful', ground: '' },
          ],
        },
      }),
      'Conclude suggestion.suspendable': (g) => ({
        ...g,
        facts: e.external(g.facts, { missingClauses: ['第九十九条'] }),
      }),
      'Conclude suggestion.inquiry-over': (g) => ({
        ...g,
        facts: e.dossier(g.facts, { inquiries: g.facts.dossier.inquiries.map((x) => ({ ...x, answered: null })) }),
      }),
      'Resume suggestion.period-over': (g) => ({ ...g, actor: system }),
      'Close suggestion.person-told': (g) => ({ ...g, facts: e.declined(g.facts, { answers: [], notifiedOn: null }) }),
      'Close suggestion.group-answered': (g) => ({
        ...g,
        facts: e.external(g.facts, { linked: [{ id: 's-2', title: '另一件', stage: 'accepted' }] }),
      }),
      'ForgetContact suggestion.period-over': (g) => ({ ...g, facts: e.on(g.facts, '2026-11-20') }),
      'Reopen suggestion.new-reasons': (g) => ({ ...g, resolved: { hash: g.facts.dossier.texts[0] ?? '' } }),
    },
  }))

describe('任意的办理次序', () => {
  const commands = Object.keys(suggestions.process.labels.command) as Command[]
  const payloads: Partial<Record<Command, object>> = {
    RequestCompletion: { missing: ['条款'] },
    Complete: { provisions: ['第七条'] },
    DeclineToStart: { reason: 'unfounded', text: '不成立。' },
    AskIssuer: { questions: '请说明。', until: '2026-12-01' },
    ConfirmChange: { change: 'entry-9' },
    LinkSimilar: { matter: 's-2' },
    Reopen: { reasons: '新的理由。' },
  }
  it('没有逐项结论的从不答复；答复、告知以前信息不删；期限的键不重复；存了读得回', () => {
    const step = fc.record({
      type: fc.constantFrom(...commands),
      days: fc.integer({ min: 0, max: 40 }),
      outcome: fc.constantFrom('lawful', 'issuer_agrees', 'opinion'),
      conflict: fc.constantFrom('1', '2'),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.boolean(), (steps, anonymous) => {
        const base = e.external(e.exampleSuggestion(), { change: changed, document: amended })
        let facts = e.justReceived(base)
        facts = e.dossier(facts, anonymous ? { named: false, reachable: false } : {})
        let at = suggestions.initial(facts.dossier)
        for (const [i, { type, days, outcome, conflict }] of steps.entries()) {
          const today = new Date(Date.parse(`${facts.today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
          facts = { ...e.on(facts, today), dossier: at.context.dossier }
          const payload =
            type === 'Conclude'
              ? { conclusions: [{ conflict, outcome, ground: '第十六条', until: '2030-12-31' }] }
              : (payloads[type] ?? {})
          const by = suggestions.process.law[type].by.includes('system') ? system : e.exampleReviewer
          const given = event({ ...facts, command: { ...facts.command, type: '' } }, type, {
            facts,
            payload: payload as Record<string, unknown>,
            actor: by,
            resolved: { hash: exampleHash(`step-${i}`).slice(0, 64).padEnd(64, '0') },
          })
          const before = at.context.dossier
          const decided = suggestions.decide(at, given)
          if (decided.kind === 'refused') {
            expect(decided.verdicts.some(blocks)).toBe(true)
            continue
          }
          at = suggestions.step(at, given).snapshot
          const d = at.context.dossier
          if (type === 'Answer') expect(unanswered(before)).toEqual([])
          if (type === 'ForgetContact')
            expect(before.answers.length > 0 || before.exit !== null || before.closedOn !== null).toBe(true)
          const clocks = suggestionClocks({ ...facts, dossier: d })
          expect(new Set(clocks.map((c) => c.key)).size).toBe(clocks.length)
          expect(suggestions.store(suggestions.restore(JSON.parse(JSON.stringify(suggestions.store(at)))))).toEqual(
            JSON.parse(JSON.stringify(suggestions.store(at))),
          )
        }
      }),
      { numRuns: 150 },
    )
  })
  it('推演：从收到到办结，一路合规', () => {
    const facts = e.justReceived(e.exampleSuggestion())
    const { type: _type, payload: _payload, ...now } = event(facts, 'Accept')
    const course = suggestions.plan(suggestions.initial({ ...facts.dossier, provisions: [] }), now)
    expect(course.stuck).toBeNull()
    expect(course.steps.map((s) => s.stage)).toEqual([
      'received',
      'completing',
      'received',
      'accepted',
      'concluded',
      'answered',
      'closed',
    ])
  })
})

describe('期限', () => {
  const keys = (f: SuggestionFacts) =>
    Object.fromEntries(suggestionClocks(f).map((c) => [c.key, [c.dueOn, c.status, c.sends]]))
  it('海原：政府一门没有形式审查的日数；60日办结自收到之日起算', () => {
    expect(keys(e.exampleSuggestion())).toMatchObject({ examination: ['2026-12-08', 'open', null] })
    expect(keys(e.justReceived(e.exampleSuggestion()))).toEqual({ examination: ['2026-12-08', 'open', null] })
  })
  it('人大一门：五日内告知补充', () => {
    const f = e.dossier(e.justReceived(e.exampleSuggestion()), { door: 'npc' })
    expect(keys(f)).toEqual({
      'form-check': ['2026-10-14', 'open', null],
      examination: ['2027-01-11', 'open', null],
    })
  })
  it('逾期没有补正的由系统不予登记，改正期限届满的由系统恢复审查，答复六个月以后由系统删除', () => {
    expect(keys(e.completing(e.exampleSuggestion()))).toMatchObject({
      completion: ['2026-10-27', 'open', 'DeemUncompleted'],
    })
    expect(keys(e.concluded(e.exampleSuggestion(), agreed))).toMatchObject({
      'agreed-change': ['2026-12-31', 'open', 'Resume'],
      examination: [expect.any(String), 'paused', null],
    })
    const answered = (stageFacts.answered as (f: SuggestionFacts) => SuggestionFacts)(e.exampleSuggestion())
    expect(keys(answered)).toMatchObject({
      answer: ['2026-11-04', 'met', null],
      'forget-contact': ['2027-04-20', 'open', 'ForgetContact'],
    })
  })
  it('匿名的没有答复、告知、删除的期限', () => {
    const answered = (stageFacts.answered as (f: SuggestionFacts) => SuggestionFacts)(e.exampleSuggestion())
    const anonymous = e.dossier(answered, { named: false, reachable: false })
    expect(Object.keys(keys(anonymous))).toEqual(['examination', 'inquiry-1'])
  })
  it('重新启动以后重新计算，此前的答复不算，不删除信息', () => {
    const answered = (stageFacts.answered as (f: SuggestionFacts) => SuggestionFacts)(e.exampleSuggestion())
    const reopened = evolve(
      answered.dossier,
      event(e.on(answered, '2026-11-20'), 'Reopen', { facts: answered, resolved: { hash } }),
    )
    const found = keys({ ...e.on(answered, '2026-11-20'), dossier: reopened })
    expect(found.examination).toEqual(['2027-01-19', 'open', null])
    expect(found['forget-contact']).toBeUndefined()
  })
})
