// 会议：规则的例子、每条规则单独拦住、整个走一遍、人数的算术、议题的先后。
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attendanceOf, neededOf } from './attendance.ts'
import { exampleGate, exampleSession, withQuorum } from './example.ts'
import { sessionEngine } from './process.ts'
import type { SessionDossier, SessionFacts, SessionShape } from './shape.ts'

type Snapshot = ReturnType<typeof sessionEngine.initial>
const { rules } = sessionEngine.process
const start = withQuorum(exampleSession, 'over_half')
const at = (value: string, dossier: SessionDossier): Snapshot =>
  sessionEngine.restore({ machine: 'session', version: 1, value, context: { dossier } })
const eventOf = (f: SessionFacts, resolved: SessionShape['resolved'] = {}) =>
  ({
    type: f.command.type,
    payload: f.command.payload,
    meta: { at: `${f.today}T09:00:00+08:00`, on: f.today, actor: f.command.actor, resolved },
    pack: f.pack,
    gates: f.gates,
    people: f.people,
    others: f.others,
    calendar: null,
  }) as never
const send = (snapshot: Snapshot, type: string, payload: Record<string, unknown>, resolved = {}, on = '2026-06-03') => {
  const f = { ...start, today: on, command: { ...start.command, type, payload } }
  const event = eventOf(f, resolved)
  const decided = sessionEngine.decide(snapshot, event)
  if (decided.kind === 'refused')
    throw new Error(decided.verdicts.flatMap((v) => (v.holds ? [] : [`${v.rule}：${v.reason}`])).join('\n'))
  return sessionEngine.step(snapshot, event).snapshot
}
const topic = (title: string, matter: string | null = null) => ({
  matter,
  title,
  presenter: 'hy-agri',
  attending: [],
  majorDecision: false,
})
const empty: SessionDossier = { ...exampleSession.dossier, items: [], held: null }
const members = exampleSession.dossier.held?.attendance?.members ?? []
const attendance = { members, present: members.slice(0, 4), head: 'p-head', chair: 'p-head' }

describe.each(Object.values(rules).map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
  it.each(rule.examples.holds)('成立：$name', ({ given }) => {
    expect(rule.judge(given(exampleSession))).toMatchObject({ holds: true })
  })
  it.each(rule.examples.refused)('不成立：$name', ({ given, says }) => {
    const found = rule.judge(given(exampleSession))
    expect(found.holds).toBe(false)
    expect(found.reason).toMatch(says ?? /./)
  })
  it('在用它的命令上单独不成立，并且只点名它', () => {
    const placed = sessionEngine.arrows.filter((x) => x.arrow.rules?.includes(rule.id))
    const opens = sessionEngine.process.opening.rules?.includes(rule.id)
    expect(placed.length > 0 || opens).toBe(true)
    let found = 0
    for (const { given } of rule.examples.refused) {
      // 法定人数没有规定的例子以外，都在有规定的一次会议上看。
      const example = given(exampleSession)
      const f = example.pack === exampleSession.pack ? { ...example, pack: start.pack } : example
      for (const stage of new Set(placed.filter((x) => x.command === f.command.type).map((x) => x.stage))) {
        const decided = sessionEngine.decide(at(stage, f.dossier), eventOf(f, { items: [] }))
        const failing = decided.verdicts.filter((v) => !v.holds).map((v) => v.rule)
        if (failing.length === 1 && failing[0] === rule.id) found++
      }
    }
    if (placed.length > 0) expect(found).toBeGreaterThan(0)
  })
})
it('一次会议从排期到纪要', () => {
  let s = sessionEngine.initial(empty)
  const stage = () => sessionEngine.stageOf(s.value)
  s = send(
    s,
    'SetAgenda',
    { items: [{ matter: 'm-1' }] },
    { items: [topic('办法', 'm-1'), topic('汇报')] },
    '2026-06-01',
  )
  expect(stage()).toBe('agenda_set')
  s = send(s, 'Reschedule', { date: '2026-06-05', reason: '县长出差' }, {}, '2026-06-02')
  s = send(s, 'AddItem', { topic: '再议' }, { items: [topic('再议')] }, '2026-06-03')
  s = send(s, 'DropItem', { item: 3, reason: '材料未齐' }, {}, '2026-06-04')
  expect(() => send(s, 'HoldSession', attendance, {}, '2026-06-04')).toThrow('还没有到')
  s = send(s, 'HoldSession', attendance, {}, '2026-06-05')
  expect(() => send(s, 'AddItem', { topic: '临时' }, { items: [topic('临时')] }, '2026-06-05')).toThrow('不能办理')
  const speakers = ['p-vice-1', 'p-vice-2', 'p-vice-3', 'p-head']
  s = send(s, 'RecordDecision', { item: 1, outcome: 'adopted', speakers }, {}, '2026-06-05')
  expect(() => send(s, 'RecordMinutes', { text: '…', signedBy: 'p-head' }, {}, '2026-06-05')).toThrow('第2项')
  s = send(s, 'RecordDecision', { item: 2, outcome: 'postponed', reason: '再议' }, {}, '2026-06-05')
  s = send(s, 'RecordMinutes', { text: '会议听取了……', signedBy: 'p-head' }, {}, '2026-06-08')
  s = send(s, 'CorrectMinutes', { text: '会议听取、审议了……', reason: '漏字' }, {}, '2026-06-09')
  expect(stage()).toBe('minuted')
  expect(s.context.dossier.items.map((one) => one.decision?.outcome ?? one.dropped?.reason)).toEqual([
    'adopted',
    'postponed',
    '材料未齐',
  ])
  expect(sessionEngine.store(sessionEngine.restore(sessionEngine.store(s)))).toEqual(sessionEngine.store(s))
})
it('案卷记录的决定先到、后到，议题都在，都只有一项', () => {
  const told = { matter: 'm-1', outcome: 'adopted', on: '2026-06-03', dissents: ['期限过短'] }
  const items = { items: [topic('办法', 'm-1')] }
  const late = send(sessionEngine.initial(empty), 'RecordItemDecision', told, items)
  const first = send(
    send(sessionEngine.initial(empty), 'AddItem', { matter: 'm-1' }, items),
    'RecordItemDecision',
    told,
    items,
  )
  for (const s of [late, first]) {
    expect(sessionEngine.stageOf(s.value)).toBe('held')
    expect(s.context.dossier.items).toHaveLength(1)
    expect(s.context.dossier.items[0]?.decision).toMatchObject({ outcome: 'adopted', from: 'matter' })
  }
})
it('没有具备条件的案卷可以暂缓，不能通过；列入议题时只提示', () => {
  const gates = {
    'm-1': exampleGate('m-1', { open: false, outstanding: [{ rule: 'x', reason: '尚无合法性审核意见' }] }),
  }
  const decide = (value: string, dossier: SessionDossier, type: string, payload: Record<string, unknown>) =>
    sessionEngine.decide(at(value, dossier), eventOf({ ...start, gates, command: { ...start.command, type, payload } }))
  const listing = decide('scheduled', empty, 'SetAgenda', { items: [{ matter: 'm-1' }] })
  expect(listing).toMatchObject({ kind: 'granted' })
  expect(listing.verdicts.find((v) => v.rule === 'session.items-ready')).toMatchObject({
    holds: false,
    severity: 'warn',
  })
  const adopt = { ...start.command.payload }
  expect(decide('held', start.dossier, 'RecordDecision', adopt).kind).toBe('refused')
  expect(decide('held', start.dossier, 'RecordDecision', { item: 1, outcome: 'postponed' }).kind).toBe('granted')
})
describe('法定人数', () => {
  const any = fc.constantFrom('half' as const, 'over_half' as const, 'two_thirds' as const)
  it('到一人则多一分：够的再来一人仍够，不够的再走一人仍不够', () => {
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 60 }), (quorum, due, n) => {
        const here = Math.min(n, due)
        const needed = neededOf(quorum, due) ?? 0
        expect(needed).toBeGreaterThan(0)
        expect(needed).toBeLessThanOrEqual(due)
        const share = { half: here * 2 >= due, over_half: here * 2 > due, two_thirds: here * 3 >= due * 2 }[quorum]
        expect(here >= needed).toBe(share)
      }),
    )
  })
  it('没有规定的照实说，不猜', () => {
    expect(neededOf('unstated', 9)).toBeNull()
    expect(attendanceOf('unstated', 9, 3).words).toBe('应到9人，实到3人；本地没有规定法定出席人数')
  })
})
