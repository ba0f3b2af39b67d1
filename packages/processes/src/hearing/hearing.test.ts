// 听证会：规则的例子、每支箭头、递补。
import { drawn } from '@dianzhang/ledger'
import { describe, expect, it } from 'vitest'
import { type Ground, proveArrows, proveRules } from '../testing.fixture.ts'
import * as e from './example.ts'
import { hearings, registeredAtClose, seatsOf } from './index.ts'
import { evolve } from './process.ts'
import type { HearingEvent, HearingFacts, HearingShape } from './shape.ts'

const citizen = { person: null, unit: null, roles: ['public' as const] }
const system = { person: null, unit: null, roles: ['system' as const] }
const event = (
  facts: HearingFacts,
  type: HearingShape['command'],
  given: Ground<HearingShape> = { facts },
): HearingEvent => {
  const own = facts.command.type === type
  return {
    type,
    payload: own ? facts.command.payload : (given.payload ?? {}),
    meta: { at: facts.now, on: facts.today, actor: given.actor ?? e.exampleDrafter, resolved: given.resolved ?? {} },
    pack: facts.pack,
    calendar: facts.calendar,
    external: facts.external,
  }
}
describe('规则', () => {
  // 公告时的两条在开启时判断，不在箭头上。
  const onArrows = Object.fromEntries(
    Object.entries(hearings.process.rules).filter(
      ([id]) => !/ahead$|long-enough$/.test(id) || id === 'hearing.materials-ahead',
    ),
  )
  proveRules({
    engine: { ...hearings, process: { ...hearings.process, rules: onArrows } } as typeof hearings,
    example: e.exampleHearing,
  })
  it.each(['hearing.announced-ahead', 'hearing.registration-long-enough'] as const)('%s：正反例子', (id) => {
    const rule = hearings.process.rules[id]
    for (const { given } of rule.examples.holds) expect(rule.judge(given(e.exampleHearing())).holds).toBe(true)
    for (const { given, says } of rule.examples.refused)
      expect(rule.judge(given(e.exampleHearing()))).toMatchObject({
        holds: false,
        reason: expect.stringMatching(says ?? ''),
      })
    expect(hearings.process.opening.rules).toContain(id)
  })
})
describe('箭头', () =>
  proveArrows({
    engine: hearings,
    example: e.exampleHearing,
    dossierOf: (f) => f.dossier,
    event,
    ground: ({ command }, f): Ground<HearingShape> => {
      switch (command) {
        case 'Register':
          return { facts: e.doing(f, 'Register', { category: '种植户代表' }), actor: citizen }
        case 'Withdraw':
          return { facts: e.doing(f, 'Withdraw', { registration: 'r1' }), actor: citizen }
        case 'CloseRegistration':
          return {
            facts: e.doing(e.on(f, '2026-03-17'), 'CloseRegistration'),
            actor: system,
            resolved: { digest: 'd' },
          }
        case 'HoldHearing':
          return { facts: f }
        case 'InformAlternates':
          return { facts: hearings.process.rules['hearing.alternates-waiting'].examples.holds[0]?.given(f) ?? f }
        default:
          return { facts: e.doing(f, command as string) }
      }
    },
  }))
it('截止的当日，截止以前撤回的不在签里，以后撤回的在签里', () => {
  const f = e.exampleHearing()
  const open = {
    ...f.dossier,
    closed: null,
    draw: null,
    registrations: f.dossier.registrations.map((x) => (x.id === 'r3' ? { ...x, withdrawnOn: '2026-03-16' } : x)),
  }
  const at = (type: HearingShape['command'], hour: string, payload = {}): HearingEvent => ({
    ...event(e.doing(e.on(f, '2026-03-18'), type, payload), type),
    meta: { at: `2026-03-18T${hour}:00+08:00`, on: '2026-03-18', actor: system, resolved: { digest: 'd' } },
  })
  const before = evolve(open, at('Withdraw', '09:00', { registration: 'r1' }))
  const closed = evolve(before, at('CloseRegistration', '10:00'))
  const after = evolve(closed, at('Withdraw', '11:00', { registration: 'r2' }))
  expect(registeredAtClose(after).map(({ id }) => id)).toEqual(['r2'])
  // 照常在次日零时截止的，案卷与以前一样。
  expect(evolve(open, at('CloseRegistration', '00:00')).closed).toEqual({
    at: '2026-03-18T00:00:00+08:00',
    on: '2026-03-18',
    digest: 'd',
  })
})
it('类别的名称是什么都不要紧', () => {
  const d = { ...e.exampleHearing().dossier, categories: [{ name: 'constructor', seats: 1 }] }
  expect(seatsOf(d, 'constructor')).toEqual({ taking: [], waiting: [] })
  expect(drawn([{ id: 'r1', category: 'constructor' }], 'root').order).toEqual({ constructor: ['r1'] })
})
it('选定的撤回，候补的依次递补', () => {
  const d = e.exampleHearing().dossier
  expect(seatsOf(d, '种植户代表')).toEqual({ taking: ['r2', 'r3'], waiting: ['r1'] })
  const gone = {
    ...d,
    registrations: d.registrations.map((x) => (x.id === 'r3' ? { ...x, withdrawnOn: '2026-03-20' } : x)),
  }
  expect(seatsOf(gone, '种植户代表')).toEqual({ taking: ['r2', 'r1'], waiting: [] })
})

describe('材料送达的期限', () => {
  const clocks = (f: HearingFacts) => new Map(hearings.process.clocks.of(f).map((clock) => [clock.key, clock]))
  it.each(['2026-04-15', '2026-04-20', '2026-05-08', '2026-10-12', '2026-12-31'])(
    '%s 举行：至迟之日是工作日，当日送达的规则许可，其后一个工作日的不许可',
    (heldOn) => {
      const f = e.dossier(e.exampleHearing(), { heldOn, materialsSentOn: null })
      const due = clocks(f).get('materials')?.dueOn ?? ''
      const judged = (sentOn: string) =>
        hearings.process.rules['hearing.materials-ahead'].judge(
          e.doing(e.dossier(f, { materialsSentOn: sentOn }), 'HoldHearing', { heldOn }),
        ).holds
      expect([f.calendar.isWorkday(due).workday, judged(due), judged(f.calendar.nextWorkday(due))]).toEqual([
        true,
        true,
        false,
      ])
    },
  )
  it('海原十个工作日：四月十五日举行，清明放假，至迟三月三十一日；送达即了，取消即止', () => {
    const f = e.dossier(e.exampleHearing(), { materialsSentOn: null })
    expect(clocks(f).get('materials')).toMatchObject({ dueOn: '2026-03-31', status: 'open', provisional: false })
    expect(clocks(e.exampleHearing()).get('materials')).toMatchObject({ status: 'met', metOn: '2026-03-20' })
    const cancelled = e.dossier(f, { cancelled: { on: '2026-03-25', reason: '改期' } })
    expect(clocks(cancelled).get('materials')?.status).toBe('cancelled')
    expect(hearings.process.clocks.answeredBy?.SendMaterials).toContain('materials')
  })
})
