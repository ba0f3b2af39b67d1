// 上位法变化核查：规则的例子、每支箭头、一次变动涉及哪几处、期限、推演。
import { describe, expect, it } from 'vitest'
import { type Ground, proveArrows, proveRules } from '../testing.fixture.ts'
import { alarmOf } from './alarm.ts'
import { checkDue } from './clocks.ts'
import * as e from './example.ts'
import { impactChecks } from './process.ts'
import type { ImpactCheckEvent, ImpactFacts, ImpactShape } from './shape.ts'

type Command = ImpactShape['command']
const event = (facts: ImpactFacts, type: Command, given: Ground<ImpactShape> = { facts }): ImpactCheckEvent => {
  const own = facts.command.type === type
  return {
    type,
    payload: own && Object.keys(facts.command.payload).length > 0 ? facts.command.payload : (given.payload ?? {}),
    meta: {
      at: facts.now,
      on: facts.today,
      actor: own && facts.command.actor !== e.exampleDrafter ? facts.command.actor : (given.actor ?? e.exampleDrafter),
      resolved: {},
    },
    pack: facts.pack,
    calendar: facts.calendar,
    external: facts.external,
  }
}
const reason = '所引不是这一部。'

describe('规则', () => proveRules({ engine: impactChecks, example: e.exampleCheck }))
describe('箭头', () =>
  proveArrows({
    engine: impactChecks,
    example: e.exampleCheck,
    dossierOf: (f) => f.dossier,
    event,
    ground: ({ stage, command, arrow }, example): Ground<ImpactShape> => {
      const facts = stage === 'concluded' ? e.concluded(example) : example
      switch (command) {
        case 'Conclude':
          return {
            facts,
            payload: arrow.when?.undecided
              ? e.concluding('undecided')
              : e.concluding('amend', { articles: ['第三条'] }),
          }
        case 'Contest':
          return { facts, payload: { reason } }
        case 'AnswerContest':
          return {
            facts: e.contested(facts),
            payload: { accepted: arrow.when?.accepted === true, reason },
            actor: e.exampleLawyer,
          }
        case 'ConfirmConclusion':
          return { facts, payload: {}, actor: e.exampleLawyer }
        default:
          return { facts, payload: {} }
      }
    },
    isolating: {
      'StartCheck impact.in-time': (g) => ({ ...g, facts: e.on(g.facts, '2026-12-20') }),
      'Conclude impact.in-time': (g) => ({ ...g, facts: e.on(g.facts, '2026-12-20') }),
      'Conclude impact.document-stands': (g) => ({
        ...g,
        facts: { ...g.facts, external: { document: 'repealed' as const } },
      }),
      'Conclude impact.articles-named': (g) => ({ ...g, payload: e.concluding('amend') }),
      'Conclude impact.basis-explained': (g) => ({
        ...g,
        facts: e.dossier(g.facts, { event: { ...g.facts.dossier.event, kind: 'ended' } }),
        payload: e.concluding('unaffected'),
      }),
      'AnswerContest impact.contest-pending': (g) => ({ ...g, facts: e.dossier(g.facts, { contests: [] }) }),
      'ConfirmConclusion impact.contest-answered': (g) => ({ ...g, facts: e.contested(g.facts) }),
      'ConfirmConclusion impact.not-confirmed': (g) => ({
        ...g,
        facts: e.dossier(g.facts, { confirmed: { on: '2026-10-19', by: 'p-other' } }),
      }),
      'ConfirmConclusion impact.confirmer-independent': (g) => ({
        ...g,
        actor: { ...e.exampleLawyer, person: 'p-drafter' },
      }),
      'Contest impact.one-contest': (g) => ({ ...g, facts: e.contested(g.facts) }),
    },
  }))

describe('一次变动涉及哪几处', () => {
  const place = (articles: string[], more: object = {}) => ({
    role: 'basis',
    address: '第一条',
    articles,
    declared: false,
    ...more,
  })
  it('改的是第十二条：引用第三条的不核查，另外列出；引用第十二条的核查；没有写条款的整件核查', () => {
    expect(alarmOf([place(['第三条'])], ['第十二条'])).toEqual({ kind: 'other_articles' })
    expect(alarmOf([place(['第三条']), place(['第十二条'])], ['第十二条'])).toMatchObject({
      kind: 'check',
      scope: 'articles',
      places: [{ articles: ['第十二条'] }],
    })
    expect(alarmOf([place([])], ['第十二条'])).toMatchObject({ kind: 'check', scope: 'whole' })
    expect(alarmOf([place(['第三条'])], [])).toMatchObject({ kind: 'check', scope: 'whole' })
  })
  it('对照表写明了条款的，只点到所对应的条', () => {
    const mapped = [
      place([]),
      place(['第三条'], { address: '第四条', declared: true }),
      place(['第十二条'], { address: '第七条', declared: true }),
    ]
    expect(alarmOf(mapped, ['第十二条'])).toMatchObject({ scope: 'articles', places: [{ address: '第七条' }] })
    expect(alarmOf(mapped, ['第二十条'])).toEqual({ kind: 'other_articles' })
  })
  it('修改、废止、代替它的文件，与它无关的，不核查', () => {
    expect(alarmOf([place([], { role: 'repeals' }), place([], { role: 'amends' })], [])).toBeNull()
    expect(alarmOf([], [])).toBeNull()
  })
})
describe('期限', () => {
  it('自开启之日起三十日；变动事先知道的，不晚于变动前一日', () => {
    const f = e.exampleCheck()
    expect(checkDue(f)).toBe('2026-11-11')
    const near = e.dossier(f, { event: { ...f.dossier.event, on: '2026-10-25' } })
    expect(checkDue(near)).toBe('2026-10-24')
    const past = e.dossier(f, { event: { ...f.dossier.event, on: '2026-09-01' } })
    expect(checkDue(past)).toBe('2026-11-11')
  })
})
it('推演：从待核到已核，一路合规', () => {
  const f = e.exampleCheck()
  const { type: _type, payload: _payload, ...now } = event(f, 'StartCheck')
  const course = impactChecks.plan(impactChecks.initial({ ...f.dossier, startedOn: null }), now)
  expect(course.stuck).toBeNull()
  expect(course.steps.map((step) => step.stage)).toEqual(['open', 'checking', 'concluded'])
})
