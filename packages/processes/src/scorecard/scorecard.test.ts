// 考核评分：规则的例子、每支箭头、算分、两份标准各一百分。
import { latestPack } from '@dianzhang/packs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Ground, proveArrows, proveRules } from '../testing.fixture.ts'
import { ordinary, scoreOf, standingScore, totalOf } from './dossier.ts'
import * as e from './example.ts'
import { scorecards } from './process.ts'
import type { ScoreEvent, ScoreFacts, ScoreShape } from './shape.ts'

const actors: Record<string, ScoreFacts['command']['actor']> = {
  SelfAssess: e.exampleHead,
  CheckScores: e.exampleInspector,
  ObjectToScore: e.exampleHead,
  DecideObjection: e.exampleInspector,
  FinaliseScore: e.exampleLeader,
  RecomputeDeadlines: { person: null, unit: null, roles: ['system'] },
}
const payloads: Record<string, Record<string, unknown>> = {
  SelfAssess: { scores: e.full() },
  CheckScores: { scores: e.full(true) },
  ObjectToScore: { item: 'staffing', reason: '已有两人。' },
  DecideObjection: { item: 'training', outcome: 'not_upheld', reason: '没有记录。' },
  FinaliseScore: {},
  RecomputeDeadlines: {},
}
describe('规则', () => proveRules({ engine: scorecards, example: e.exampleScorecard }))
describe('箭头', () =>
  proveArrows<ScoreShape>({
    engine: scorecards,
    example: e.exampleScorecard,
    dossierOf: (f) => f.dossier,
    event: (facts, type, given): ScoreEvent => ({
      type,
      payload: facts.command.payload,
      meta: { at: facts.now, on: facts.today, actor: facts.command.actor ?? given.actor, resolved: {} },
      pack: facts.pack,
      calendar: facts.calendar,
    }),
    ground: ({ command }, example): Ground<ScoreShape> => {
      const type = String(command)
      const payload = payloads[type] ?? {}
      const facts: ScoreFacts = {
        ...example,
        command: { type, payload, actor: actors[type] ?? e.exampleInspector },
      }
      if (type === 'SelfAssess') return { facts: e.on(facts, '2026-12-05'), payload }
      if (type === 'ObjectToScore') return { facts: e.on(facts, '2026-12-16'), payload }
      return { facts: type === 'DecideObjection' ? e.contested(facts) : facts, payload }
    },
  }))
describe('算分', () => {
  it('两份标准各一百分；各项标识不重复，由事实得出的写明依据', () => {
    const standards = latestPack('640522', '2026-11-28')?.scorecard.standards.value ?? []
    expect(standards.map(({ tier }) => tier)).toEqual(['department', 'township'])
    for (const standard of standards) {
      expect(ordinary({ standard: { ...standard, source: '' } }).reduce((sum, { weight }) => sum + weight, 0)).toBe(100)
      expect(new Set(standard.items.map(({ id }) => id)).size).toBe(standard.items.length)
      for (const x of standard.items) if (x.rule === 'auto') expect(x.evidence.length).toBeGreaterThan(0)
    }
  })
  it('每一件扣几分，扣到上限；特别扣分得负分；任意件数都在范围之内', () => {
    const { items } = e.exampleScorecard().dossier.standard
    const of = (id: string) => items.find((x) => x.id === id) ?? items[0]
    if (!of('documents')) throw new Error('标准没有这一项')
    fc.assert(
      fc.property(fc.nat(50), (n) => {
        expect(scoreOf(of('documents') as never, n)).toBe(5 - Math.min(5, n))
        expect(scoreOf(of('unlawful') as never, n)).toBe(0 - 2 * n)
        expect(scoreOf(of('informing') as never, n)).toBeCloseTo(Math.max(0, 5 - 0.2 * n))
      }),
    )
  })
  it('异议采纳的从其改定，总分随之', () => {
    const { dossier } = e.exampleScorecard()
    expect(totalOf(dossier)).toBe(100)
    const objections = dossier.objections.map((x) => ({
      ...x,
      decision: { outcome: 'upheld' as const, score: 3, reason: '属实。', on: '2026-12-18' },
    }))
    expect(standingScore({ ...dossier, objections }, 'training')).toBe(3)
    expect(totalOf({ ...dossier, objections })).toBe(97)
  })
})
