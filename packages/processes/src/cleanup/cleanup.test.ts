// 清理：规则的例子、每支箭头、任意办理次序下各栏的算术、矛盾的提问与期限。
import { blocks } from '@dianzhang/kernel'
import { exampleHash } from '@dianzhang/rules'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Ground, proveArrows, proveRules } from '../testing.fixture.ts'
import { cleanupClocks } from './clocks.ts'
import { evolve } from './evolve.ts'
import * as e from './example.ts'
import { flagsOf, periodEnd } from './flags.ts'
import { type CleanupItem, contradictions, listsOf, outcomeOf, outcomes, reasonOf, sumOf, tallyOf } from './items.ts'
import { cleanups } from './process.ts'
import type { CleanupEvent, CleanupFacts, CleanupShape } from './shape.ts'

type Command = CleanupShape['command']
const system = { person: null, unit: null, roles: ['system' as const] }
const citizen = { person: null, unit: null, roles: ['public' as const] }
const hash = exampleHash('new')

const event = (facts: CleanupFacts, type: Command, given: Ground<CleanupShape> = { facts }): CleanupEvent => {
  // 规则的反例自己写有载荷与办理人的，用它的。
  const own = facts.command.type === type
  return {
    type,
    payload: own && Object.keys(facts.command.payload).length > 0 ? facts.command.payload : (given.payload ?? {}),
    meta: {
      at: facts.now,
      on: facts.today,
      actor:
        own && facts.command.actor !== e.exampleSecretary
          ? facts.command.actor
          : (given.actor ?? (own ? facts.command.actor : e.exampleSecretary)),
      resolved: { ...given.resolved, ...(own ? facts.command.resolved : {}) },
    },
    pack: facts.pack,
    calendar: facts.calendar,
    external: facts.external,
  }
}
/** 各阶段的案卷。 */
const stageFacts: Record<string, (f: CleanupFacts) => CleanupFacts> = {
  planned: e.planned,
  collecting: (f) => f,
  checked: (f) => f,
  noticed: (f) => f,
  decided: e.decided,
  published: e.published,
  closed: (f) => e.published(f, { closedOn: '2026-11-20' }),
}
const keep = { item: 1, outcome: 'keep' }

describe('规则', () => proveRules({ engine: cleanups, example: e.exampleCleanup }))
describe('箭头', () =>
  proveArrows({
    engine: cleanups,
    example: e.exampleCleanup,
    dossierOf: (f) => f.dossier,
    event,
    ground: ({ stage, command, arrow }, example) => {
      const base = (stageFacts[stage] ?? ((f) => f))(example)
      const facts = arrow.when?.past ? e.past(base) : base
      const plain = (payload: Record<string, unknown>, more: Partial<Ground<CleanupShape>> = {}) => ({
        facts,
        payload,
        ...more,
      })
      switch (command) {
        case 'FreezeCensus':
        case 'ImportCensus':
          return plain({}, { resolved: { count: 5, gone: 1, digest: hash, units: ['hy-agri'] } })
        case 'AddDocuments':
          return plain({ documents: ['e-9'], why: '核查有结论。' }, { resolved: { items: [6] } })
        case 'ReportLateFind':
          return plain({ document: 'e-9', why: '当时没有登记。' }, { resolved: { items: [6] } })
        case 'AssignUnit':
          return plain({ items: [1], unit: 'hy-housing' }, { resolved: { items: [1], unit: 'hy-housing' } })
        case 'GiveOpinion':
          return plain(keep, { actor: e.exampleDrafter, resolved: { items: [1] } })
        case 'CheckItems':
          return plain(
            { agreeAll: true },
            { actor: e.exampleLawyer, resolved: { complete: arrow.when?.complete === true } },
          )
        case 'OpenNotice':
          return plain({}, { resolved: { until: '2026-11-30' } })
        case 'RecordObjection':
          return {
            facts: e.on(facts, '2026-10-25'),
            payload: { text: '意见。' },
            actor: citizen,
            resolved: { hash },
          }
        case 'AnswerObjection':
          return plain({ objection: 1, adopted: false, text: '答复。' }, { resolved: { hash } })
        case 'Decide':
          return plain({ body: '县政府常务会议', date: '2026-11-18' }, { resolved: { lists: hash } })
        case 'ApplyLapses':
          return { facts: e.on(facts, '2027-04-01'), payload: { due: '2027-03-31' }, actor: system }
        case 'RecomputeDeadlines':
          return plain({}, { actor: system })
        default:
          return plain({ reason: '理由。' })
      }
    },
    isolating: {
      'PublishResult cleanup.reconciled': (g) => ({
        ...g,
        facts: e.dossier(g.facts, {
          census: g.facts.dossier.census && { ...g.facts.dossier.census, missing: 2 },
        }),
      }),
      'PublishResult cleanup.lists-add-up': (g) => ({
        ...g,
        facts: e.decided(g.facts, { counts: { keep: 2, amend: 1, repeal: 0, lapse: 1, already_gone: 1 } }),
      }),
      'PublishResult cleanup.effective-after-publication': (g) => ({ ...g, payload: { effectiveOn: '2026-11-01' } }),
      'PublishResult cleanup.published-in-time': (g) => ({ ...g, facts: e.on(g.facts, '2027-02-01') }),
      'CheckItems cleanup.unit-responsible': (g) => ({ ...g, facts: e.item(g.facts, 3, { unit: null }) }),
      'CheckItems cleanup.check-independent': (g) => ({
        ...g,
        facts: e.item(g.facts, 3, { opinion: e.opinion('repeal', { by: 'p-reviewer' }) }),
      }),
      'OpenNotice cleanup.every-item-answered': (g) => ({
        ...g,
        facts: e.item(g.facts, 1, { opinion: null, check: null }),
      }),
      'OpenNotice cleanup.legality-checked': (g) => ({ ...g, facts: e.item(g.facts, 3, { check: null }) }),
      'OpenNotice cleanup.notice-length': (g) => ({ ...g, payload: { until: '2026-11-22' } }),
      'RecordObjection cleanup.notice-open': (g) => ({ ...g, facts: e.on(g.facts, '2026-11-05') }),
      'GiveOpinion cleanup.own-items': (g) => ({
        ...g,
        facts: e.giving(e.item(g.facts, 1, { unit: 'hy-housing' }), 1, { outcome: 'keep' }),
      }),
      'GiveOpinion cleanup.keep-not-lapsed': (g) => ({
        ...g,
        facts: e.giving(e.item(g.facts, 1, { validUntil: '2026-06-30' }), 1, { outcome: 'keep' }),
      }),
      'Decide cleanup.gone-proved': (g) => ({
        ...g,
        facts: e.item(g.facts, 3, { opinion: e.opinion('already_gone') }),
      }),
      'Decide cleanup.keep-not-lapsed': (g) => ({ ...g, facts: e.item(g.facts, 1, { validUntil: '2026-11-01' }) }),
      'Decide cleanup.every-item-answered': (g) => ({
        ...g,
        facts: e.item(g.facts, 1, { opinion: null, check: null }),
      }),
      'Decide cleanup.amend-planned': (g) => ({
        ...g,
        facts: e.item(g.facts, 2, { opinion: e.opinion('amend', { amend: null }) }),
      }),
      'Decide cleanup.lapse-grounded': (g) => ({
        ...g,
        facts: e.item(g.facts, 4, { opinion: e.opinion('lapse') }),
      }),
      'Decide cleanup.notice-given': (g) => ({ ...g, facts: e.dossier(g.facts, { notice: null }) }),
      'Decide cleanup.notice-length': (g) => ({
        ...g,
        facts: e.dossier(g.facts, { notice: { openedOn: '2026-11-10', until: '2026-11-25', times: 1 } }),
        payload: { body: '县政府常务会议' },
      }),
      'Decide cleanup.lists-add-up': (g) => ({
        ...g,
        facts: e.external(g.facts, {
          items: g.facts.external.items.map((x) => (x.n === 3 ? { ...x, origin: 'late' as const } : x)),
        }),
      }),
      'Decide cleanup.not-ahead': (g) => ({ ...g, payload: { body: '县政府常务会议', date: '2026-11-21' } }),
      'Decide cleanup.body-competent': (g) => ({ ...g, payload: { body: '专题碰头会', date: '2026-11-18' } }),
      'ApplyLapses cleanup.lapse-due': (g) => ({ ...g, facts: e.on(g.facts, '2027-03-31') }),
    },
  }))

describe('各栏的算术', () => {
  const item = fc.record({
    kind: fc.constantFrom('find', 'opine', 'gone', 'check', 'decide'),
    at: fc.nat({ max: 30 }),
    outcome: fc.constantFrom(...outcomes),
  })
  it('不论普查、补报、意见、中途废止的先后：五栏与未答之和恒等于普查与补充之和，一件只在一栏', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 25 }), fc.array(item, { maxLength: 80 }), (size, steps) => {
        const items: CleanupItem[] = Array.from({ length: size }, (_, i) =>
          e.exampleItem(i + 1, 'keep', { opinion: null, check: null, number: null }),
        )
        let late = 0
        let after = 0
        let decided = false
        for (const [seq, { kind, at, outcome }] of steps.entries()) {
          const x = items[at % items.length] as CleanupItem
          if (kind === 'find') {
            items.push(
              e.exampleItem(items.length + 1, 'keep', {
                origin: 'late',
                opinion: null,
                check: null,
                afterDecision: decided,
              }),
            )
            if (decided) after++
            else late++
          } else if (kind === 'opine' && !decided) x.opinion = e.opinion(outcome, { seq })
          else if (kind === 'gone' && !decided) x.now = { status: 'repealed', on: '2026-11-01' }
          else if (kind === 'check') x.check = { agrees: true, reason: null, by: 'p', on: '2026-11-01', seq }
          else if (kind === 'decide' && tallyOf(items).open.length === 0) {
            decided = true
            for (const y of items)
              if (!y.afterDecision && !y.final) y.final = { outcome: outcomeOf(y) ?? 'keep', reason: reasonOf(y) }
          }
          const { counts, open, census, late: m } = tallyOf(items)
          expect([census, m]).toEqual([size, late])
          expect(sumOf(counts) + open.length).toBe(size + late)
          const lists = listsOf(items, [
            { label: '继续有效', outcomes: ['keep'] },
            { label: '废止、失效', outcomes: ['repeal', 'lapse'] },
          ])
          const listed = lists.flatMap((list) => list.items.map((y) => y.n))
          expect(new Set(listed).size).toBe(listed.length)
          expect(listed.length).toBe(sumOf(counts))
          if (decided) expect(sumOf(counts)).toBe(size + late)
          expect(items.filter((y) => y.afterDecision).length).toBe(after)
        }
      }),
      { numRuns: 200 },
    )
  })
  it('普查以后另行废止的，留在目录，归入“清理时已废止、失效”，写明自何日起', () => {
    const x = e.exampleItem(1, 'keep', { now: { status: 'repealed', on: '2026-11-29' } })
    expect(outcomeOf(x)).toBe('already_gone')
    expect(reasonOf(x)).toBe('自2026-11-29起已经废止')
  })
})

describe('任意的办理次序', () => {
  const commands = Object.keys(cleanups.process.labels.command) as Command[]
  it('没有普查不收意见，没有决定不公布；期限的键不重复；存了读得回', () => {
    const step = fc.record({ type: fc.constantFrom(...commands), days: fc.integer({ min: 0, max: 20 }) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let facts = e.on(e.planned(e.exampleCleanup()), '2026-10-09')
        let at = cleanups.initial(facts.dossier)
        const full = e.exampleCleanup().external
        for (const { type, days } of steps) {
          const today = new Date(Date.parse(`${facts.today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
          facts = { ...e.on(facts, today), dossier: at.context.dossier, external: full }
          const by = cleanups.process.law[type].by.includes('system') ? system : e.exampleSecretary
          const payload =
            type === 'Decide'
              ? { body: '县政府常务会议', date: today }
              : type === 'ApplyLapses'
                ? { due: '2027-03-31' }
                : type === 'GiveOpinion'
                  ? keep
                  : {}
          const given = event({ ...facts, command: { ...facts.command, type: '' } }, type, {
            facts,
            payload,
            actor: by,
            resolved: {
              count: 5,
              digest: hash,
              lists: hash,
              hash,
              until: today,
              complete: true,
              counts: { keep: 1, amend: 1, repeal: 1, lapse: 1, already_gone: 1 },
              conditional: [{ due: '2027-03-31', items: [2] }],
            },
          })
          const before = at.context.dossier
          const decided = cleanups.decide(at, given)
          if (decided.kind === 'refused') {
            expect(decided.verdicts.some(blocks)).toBe(true)
            continue
          }
          at = cleanups.step(at, given).snapshot
          const d = at.context.dossier
          if (type === 'GiveOpinion') expect(before.census).not.toBeNull()
          if (type === 'PublishResult') expect(before.decision).not.toBeNull()
          if (type === 'ApplyLapses') expect(before.published).not.toBeNull()
          const clocks = cleanupClocks({ ...facts, dossier: d })
          expect(new Set(clocks.map((c) => c.key)).size).toBe(clocks.length)
          expect(cleanups.store(cleanups.restore(JSON.parse(JSON.stringify(cleanups.store(at)))))).toEqual(
            JSON.parse(JSON.stringify(cleanups.store(at))),
          )
        }
      }),
      { numRuns: 120 },
    )
  })
})

describe('矛盾的提问', () => {
  const context = {
    on: '2021-11-16',
    provisionalYears: 2,
    basisGone: new Set<string>(),
    successors: new Set<string>(),
    unitNames: null,
  }
  const of = (change: Partial<CleanupItem>) =>
    flagsOf([e.exampleItem(1, 'keep', { validUntil: null, ...change })], context).get(1)
  it('暂行、试行：只知道文号的年份，以年末计；没有规定年限的不问', () => {
    const trial = { title: '海原县某某管理暂行办法', publishedOn: null, effectiveDate: null }
    expect(of({ ...trial, number: '海政发〔2018〕9号' })).toEqual(['provisional_long'])
    expect(of({ ...trial, number: '海政发〔2019〕9号' })).toEqual([])
    expect(of({ ...trial, number: null })).toEqual([])
  })
  it('名称所写的期间', () => {
    expect(periodEnd('海原县“十三五”脱贫规划')).toBe(2020)
    expect(periodEnd('海原县扶贫开发实施方案（2016—2018年）')).toBe(2018)
    expect(periodEnd('2020年农机补贴工作方案')).toBe(2020)
    expect(periodEnd('海原县政府投资管理办法')).toBeNull()
  })
  it('文号、名称重复；只问拟继续有效的与还没有意见的', () => {
    const double = [
      e.exampleItem(1, 'keep', { number: '海政发〔2020〕1号' }),
      e.exampleItem(2, 'repeal', { number: '海政发[2020]1号' }),
    ]
    const flags = flagsOf(double, context)
    expect(flags.get(1)).toEqual(['double'])
    const [kept, repealed] = double.map((x) => contradictions({ ...x, flags: flags.get(x.n) ?? [] }))
    expect([kept, repealed]).toEqual([['double'], []])
  })
})

describe('期限', () => {
  const keys = (f: CleanupFacts) =>
    Object.fromEntries(cleanupClocks(f).map((c) => [c.key, [c.dueOn, c.status, c.sends]]))
  it('部署的两个期限；即时清理三个月；决定以后二十个工作日公布；重新公布届满由系统办理', () => {
    expect(keys(e.planned(e.exampleCleanup()))).toEqual({
      units: ['2026-12-15', 'open', null],
      result: ['2027-01-20', 'open', null],
    })
    expect(keys(e.dossier(e.planned(e.exampleCleanup()), { kind: 'immediate' })).immediate?.[0]).toMatch(/^20/)
    expect(keys(e.published(e.exampleCleanup()))).toMatchObject({
      publish: ['2026-12-16', 'met', null],
      'republish-2027-03-31': ['2027-03-31', 'open', 'ApplyLapses'],
    })
  })
  it('办过的期限不再发出', () => {
    const f = e.on(e.published(e.exampleCleanup()), '2027-04-01')
    const next = evolve(f.dossier, event(f, 'ApplyLapses', { facts: f, payload: { due: '2027-03-31' }, actor: system }))
    expect(keys({ ...f, dossier: next })['republish-2027-03-31']).toEqual(['2027-03-31', 'met', 'ApplyLapses'])
  })
})
