// The kernel, proved with a procedure that no office has: lending a book. It shares nothing with any real one.
import type { Basis } from '@dianzhang/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { arrowName, compile, defineProcess, type MatterEvent, type Rule, type Shape } from './index.ts'

interface Loan {
  borrower: string | null
  borrowedOn: string | null
  renewals: number
}
interface LoanFacts {
  today: string
  loan: Loan
}
interface LoanShape extends Shape {
  opening: 'Order'
  command: 'Borrow' | 'Renew' | 'Return' | 'Lose'
  record: 'Ordered' | 'Borrowed' | 'Renewed' | 'Returned' | 'Lost' | 'Settled'
  rule: 'loan.one-week' | 'loan.twice-at-most'
  tag: 'open'
  dossier: Loan
  resolved: { stamp?: string }
  when: { damaged?: boolean }
  facts: LoanFacts
  circumstance: { library: string }
}
const basis: Basis = { document: '借书规则', article: '第一条' }
const plus = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
const rules: Record<LoanShape['rule'], Rule<LoanShape['rule'], LoanFacts>> = {
  'loan.one-week': {
    id: 'loan.one-week',
    title: '至少借满七日',
    severity: 'block',
    basis,
    by: ['public'],
    deviation: { basis, requires: '馆长同意' },
    judge: ({ today, loan }) => {
      const earliest = plus(loan.borrowedOn ?? today, 7)
      return { holds: today >= earliest, reason: `最早 ${earliest}`, earliest }
    },
    examples: { holds: [], refused: [] },
  },
  'loan.twice-at-most': {
    id: 'loan.twice-at-most',
    title: '至多续借两次',
    severity: 'block',
    basis,
    by: [],
    judge: ({ loan }) => ({ holds: loan.renewals <= 2, reason: `已续借 ${loan.renewals} 次` }),
    examples: { holds: [], refused: [] },
  },
}
const law = { by: ['public' as const], basis }
const lending = defineProcess<LoanShape>({
  kind: 'lending',
  label: '借书',
  noun: '借书单',
  opening: { command: 'Order', law: { by: ['public'], basis }, label: '购书', record: 'Ordered' },
  initial: 'shelf',
  stages: {
    shelf: {
      label: '在架',
      basis,
      on: { Borrow: [{ to: 'lent.reading', records: 'Borrowed' }] },
      ideal: () => ({ type: 'Borrow', payload: { borrower: '甲' } }),
    },
    lent: {
      label: '借出',
      basis,
      initial: 'reading',
      ideal: () => ({ type: 'Return', payload: {} }),
      states: {
        reading: {
          label: '阅读中',
          basis,
          tags: ['open'],
          asks: (loan) => (loan.renewals === 1 ? ['Renew'] : []),
          on: {
            Renew: [{ rules: ['loan.twice-at-most'], judged: 'after', records: 'Renewed' }],
            Return: [
              { to: 'mending', when: { damaged: true }, rules: ['loan.one-week'], records: 'Returned' },
              { to: 'back', when: { damaged: false }, rules: ['loan.one-week'], records: 'Returned' },
            ],
            Lose: [{ to: 'gone', records: 'Lost' }],
          },
        },
      },
    },
    mending: { label: '修补', basis, always: [{ to: 'back', records: 'Settled' }] },
    back: { label: '归还', basis },
    gone: { label: '遗失', basis },
  },
  labels: {
    command: { Borrow: '借书', Renew: '续借', Return: '还书', Lose: '报失' },
    stage: (path) => ({ shelf: '在架', 'lent.reading': '阅读中', back: '归还' })[path] ?? path,
    cases: { damaged: '有损坏' },
  },
  law: { Borrow: law, Renew: law, Return: law, Lose: { ...law, seldom: true } },
  order: basis,
  rules,
  excuse: (rule, { loan }) =>
    loan.borrower === '馆长' && rule.deviation ? { ground: '馆长', approver: '馆长' } : undefined,
  facts: (loan, event) => ({ today: event.meta.on, loan }),
  caseOf: (_loan, event) => ({ damaged: event.payload.damaged === true }),
  casesOfDossier: new Set(),
  evolve: (loan, event) =>
    event.type === 'Borrow'
      ? { borrower: String(event.payload.borrower), borrowedOn: event.meta.on, renewals: 0 }
      : event.type === 'Renew'
        ? { ...loan, renewals: loan.renewals + 1 }
        : loan,
  clocks: { of: () => [], restOn: () => [], ours: () => true, due: () => ({ type: 'Lose' }) },
  snapshot: {
    version: 2,
    dossier: z.object({ borrower: z.string().nullable(), borrowedOn: z.string().nullable(), renewals: z.number() }),
    upcasters: {
      1: (stored) => {
        const context = stored.context as { dossier: object }
        return { ...stored, version: 2, context: { dossier: { ...context.dossier, renewals: 0 } } }
      },
    },
  },
  course: {
    neutral: 'Renew',
    actor: () => ({ person: '甲', unit: null, roles: [] }),
    ended: (stage) => stage === 'back',
  },
})
const engine = compile(lending)
const start = () => engine.initial({ borrower: null, borrowedOn: null, renewals: 0 })
const event = (
  type: LoanShape['command'],
  on: string,
  payload: Record<string, unknown> = {},
): MatterEvent<LoanShape> => ({
  type,
  payload,
  meta: { at: `${on}T09:00:00+08:00`, on, actor: { person: '甲', unit: null, roles: ['public'] }, resolved: {} },
  library: '县图书馆',
})
const lent = (borrower = '甲') => engine.step(start(), event('Borrow', '2026-03-02', { borrower })).snapshot
const present = (on: string) => {
  const { type: _type, payload: _payload, ...rest } = event('Renew', on)
  return rest
}

describe('any procedure can be compiled', () => {
  it('lists its arrows by stage, command and case', () => {
    expect(engine.arrows.map(arrowName)).toEqual([
      'shelf Borrow',
      'lent.reading Renew',
      'lent.reading Return [damaged=true]',
      'lent.reading Return [damaged=false]',
      'lent.reading Lose',
      'mending （自动）',
    ])
    expect(engine.stagesOf('Return')).toEqual(['lent.reading'])
  })
  it('refuses with every verdict, the earliest day and who can help; grants from that day on', () => {
    const early = engine.decide(lent(), event('Return', '2026-03-08'))
    expect(early).toMatchObject({ kind: 'refused', outOfStage: false })
    expect(early.verdicts[0]).toMatchObject({ rule: 'loan.one-week', earliest: '2026-03-09', by: ['public'] })
    expect(engine.decide(lent(), event('Return', '2026-03-09')).kind).toBe('granted')
  })
  it('takes a deviation only where the rule knows one', () => {
    expect(engine.decide(lent('馆长'), event('Return', '2026-03-03'))).toMatchObject({ kind: 'granted' })
    let loan = lent('馆长')
    for (const on of ['2026-03-03', '2026-03-04']) loan = engine.step(loan, event('Renew', on)).snapshot
    expect(engine.decide(loan, event('Renew', '2026-03-05'))).toMatchObject({ kind: 'refused' })
  })
  it('says where a command belongs when it is tried out of its stage, in its own words', () => {
    const wrong = engine.decide(start(), event('Return', '2026-03-02'))
    expect(wrong).toMatchObject({ kind: 'refused', outOfStage: true })
    expect(wrong.verdicts[0]?.reason).toBe('借书单现处“在架”阶段，不能办理“还书”；该事项在“阅读中”阶段办理')
  })
  it('goes on by itself where nothing is missing, and records both steps', () => {
    const { snapshot, records } = engine.step(lent(), event('Return', '2026-03-10', { damaged: true }))
    expect([engine.stageOf(snapshot.value), records]).toEqual(['back', ['Returned', 'Settled']])
  })
  it('explains by the same judge as it decides, on every day and in every stage', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 3 }), (days, renewals) => {
        let loan = lent()
        const on = plus('2026-03-02', days)
        for (let i = 0; i < Math.min(renewals, 2); i++) loan = engine.step(loan, event('Renew', on)).snapshot
        for (const action of engine.explain(loan, present(on)).actions)
          expect(action.open, action.command).toBe(
            engine.decide(loan, event(action.command, on, { damaged: false })).kind === 'granted',
          )
      }),
    )
  })
  it('says what somebody waits for, what may be done and what is seldom: from the stages', () => {
    const needs = (loan: ReturnType<typeof lent>) =>
      Object.fromEntries(engine.explain(loan, present('2026-03-10')).actions.map((a) => [a.command, a.need]))
    expect(needs(start())).toEqual({ Borrow: 'required' })
    // Returning is next for the whole of `lent`, though only the inner stage has the arrow.
    expect(needs(lent())).toEqual({ Renew: 'possible', Return: 'required', Lose: 'rare' })
    const renewed = engine.step(lent(), event('Renew', '2026-03-03')).snapshot
    expect(needs(renewed)).toEqual({ Renew: 'required', Return: 'required', Lose: 'rare' })
  })
  it('plans the earliest course, with the rule that made it wait', () => {
    const course = engine.plan(start(), present('2026-03-02'))
    expect(course.steps.map((s) => [s.stage, s.from, s.until])).toEqual([
      ['shelf', '2026-03-02', '2026-03-02'],
      ['lent.reading', '2026-03-02', '2026-03-09'],
      ['back', '2026-03-09', null],
    ])
    expect(course.steps[1]?.waits).toMatchObject([{ rule: 'loan.one-week', until: '2026-03-09' }])
  })
  it('stores and reads back, lifts old versions, refuses what is not its own', () => {
    const stored = JSON.parse(JSON.stringify(engine.store(lent())))
    expect(engine.store(engine.restore(stored))).toEqual(stored)
    const { renewals: _renewals, ...first } = stored.context.dossier
    expect(engine.restore({ ...stored, version: 1, context: { dossier: first } }).context.dossier.renewals).toBe(0)
    expect(() => engine.restore({ ...stored, machine: 'other' })).toThrow('借书单快照结构不符')
    expect(() => engine.restore({ ...stored, version: 3 })).toThrow('请升级程序')
    expect(() => engine.restore({ ...stored, version: 0 })).toThrow('缺少从第 0 版升版的函数')
  })
  it('does not compile where an arrow leads nowhere', () => {
    const stages = {
      ...lending.stages,
      mending: { label: '修补', basis, always: [{ to: 'nowhere', records: 'Lost' as const }] },
    }
    expect(() => compile({ ...lending, stages })).toThrow('没有的阶段 nowhere')
  })
})
