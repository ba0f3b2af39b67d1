// 规则隔离：对每支带规则的箭头，先在一件放行的案卷上确认放行，再使其中每一条规则单独不成立，
// 结论中阻断的须恰是这一条。所用情形取自规则自己的反例（examples.refused），不够用的在 extra 中补充。
import { addDays } from '@dianzhang/calendar'
import type { CommandType } from '@dianzhang/contract'
import {
  blocks,
  type DeviationRecord,
  exampleFacts,
  type Facts,
  onDay,
  withCommand,
  withDossier,
  withExternal,
} from '@dianzhang/rules'
import { describe, expect, it } from 'vitest'
import {
  allArrows,
  arrowName,
  explain,
  type LifecycleEvent,
  lifecycle,
  type PlacedArrow,
  type Snapshot,
  stageOf,
  step,
} from './index.ts'
import {
  actor,
  ask,
  entailed,
  eventOf,
  type Ground,
  grounds,
  type Patch,
  patchesFor,
  type Tried,
  tries,
  warns,
} from './isolation.fixture.ts'

const guarded = allArrows.filter((a) => a.command !== null && (a.arrow.rules ?? []).length > 0)

const reopening = ({ command, arrow }: PlacedArrow): boolean => command === 'Reclassify' && arrow.to === 'consultation'

describe('每支箭头上的每条规则都能单独拦住，并且只点名它', () => {
  const used = new Set<string>()
  describe.each(guarded.map((a) => [arrowName(a), a] as const))('%s', (_name, placed) => {
    const ground = grounds[placed.command as CommandType]?.(placed)
    it('条件齐备即放行', () => {
      if (!ground) throw new Error(`没有写明 ${placed.command} 放行的情形`)
      const { decision, failing } = ask(placed, ground)
      // 重新开放的一支，结论中留下的正是不再足够的缘由。
      expect(failing).toEqual(reopening(placed) ? ['consultation.held'] : [])
      expect(decision).toMatchObject({
        kind: 'granted',
        option: { command: placed.command, to: placed.arrow.to ?? null, rules: placed.arrow.rules ?? [] },
      })
    })
    it.each([...(placed.arrow.rules ?? [])])('%s', (rule) => {
      if (!ground) throw new Error(`没有写明 ${placed.command} 放行的情形`)
      const also = entailed.find((e) => e.rule === rule && e.commands.includes(placed.command as CommandType))
      const tried = tries(placed, ground, rule)
      const only = (t: Tried) => t.blocking.length === 1 && t.blocking[0] === rule
      if (warns(placed, rule)) {
        const hit = tried.first((t) => t.failing.length === 1 && t.failing[0] === rule)
        expect(hit, tried.told(hit, 'failing')).toMatchObject({ decision: { kind: 'granted' }, blocking: [] })
        return
      }
      const alone = tried.first(only)
      const reopens = placed.arrow.judged === 'after' && placed.command === 'Reclassify'
      if (reopens && rule !== 'review.organ-competent') {
        // 变更分类（谁来变更另论）：不再足够的不是拒绝，而是重新开放征求意见，并在结论中点名是哪一条。
        expect(alone?.decision, tried.told(alone, 'failing')).toMatchObject({
          kind: 'granted',
          option: { to: 'consultation', records: 'ReclassifiedAndReopened' },
        })
        return
      }
      if (also) {
        used.add(`${placed.command} ${rule}`)
        expect(alone, `${rule} 可以单独不成立，请从蕴含表中删去`).toBeUndefined()
        const together = tried.first(
          (t) =>
            t.blocking.includes(rule) && t.blocking.every((r) => r === rule || (also.also as string[]).includes(r)),
        )
        expect(together?.decision.kind, tried.told(together, 'blocking')).toBe('refused')
        return
      }
      expect(alone?.decision.kind, tried.told(alone, 'blocking')).toBe('refused')
      const verdict = alone?.decision.verdicts.find((v) => v.rule === rule)
      expect(verdict?.reason).toMatch(/\p{Script=Han}{4,}/u)
      expect(verdict?.basis.article).not.toBe('')
      expect(verdict?.by?.length).toBeGreaterThan(0)
    })
  })
  it('蕴含表的每一行都用得上', () => {
    expect(entailed.flatMap((e) => e.commands.map((c) => `${c} ${e.rule}`)).filter((key) => !used.has(key))).toEqual([])
  })
})

describe('自动前行：每条规则都能单独留住，并且只点名它', () => {
  const automatic = allArrows.filter((a) => a.command === null && (a.arrow.rules ?? []).length > 0)
  it.each(automatic.flatMap((a) => (a.arrow.rules ?? []).map((rule) => [arrowName(a), rule, a] as const)))(
    '%s：%s',
    (_name, rule, placed) => {
      const event = (f: Facts): LifecycleEvent => ({
        ...eventOf({ ...placed, command: 'RecordCoordination' }, { facts: f, payload: { summary: '协调。' } }, f),
        pack: f.pack,
      })
      const walk = (f: Facts) => {
        const start = lifecycle.resolveState({
          value: placed.stage,
          context: { dossier: f.dossier },
        }) as unknown as Snapshot
        const { snapshot, records } = step(start, event(f))
        const { progress } = explain(start, event(f))
        return {
          stage: stageOf(snapshot.value),
          records,
          missing:
            progress
              .find((p) => p.to === placed.arrow.to)
              ?.verdicts.filter(blocks)
              .map((v) => v.rule) ?? [],
        }
      }
      const granted = walk(exampleFacts())
      expect(granted).toMatchObject({ stage: 'assessment', missing: [] })
      expect(granted.records).toContain(placed.arrow.records)
      const kept = patchesFor(placed, rule).map((p) => walk(p.given(exampleFacts())))
      expect(kept, rule).toContainEqual({ stage: placed.stage, records: ['CoordinationRecorded'], missing: [rule] })
    },
  )
})

describe('偏离：只对出处允许的规则有效', () => {
  const issue = guarded.find((a) => a.command === 'IssueOpinion' && a.arrow.when?.outcome === 'lawful') as PlacedArrow
  const ground = grounds.IssueOpinion?.(issue) as Ground
  const early = (rule: string): Ground => ({
    ...ground,
    payload: { ...ground.payload, deviations: [{ rule, ground: '上级限期', approver: '司法局主要负责人' }] },
  })
  const tooSoon: Patch = (f) => onDay(f, addDays('2026-04-28', 1))
  const approved: DeviationRecord = {
    id: '1',
    rule: 'review.min-period',
    ground: '执行上级机关的紧急命令和决定',
    reference: { act: '紧急通知', number: '宁汛发〔2026〕9号', date: '2026-04-27' },
    approver: 'p-leader',
    reason: null,
    at: '2026-04-28T10:00:00+08:00',
    command: 'RequestDeviation',
    askedBy: 'p-reviewer',
    confirmed: { at: '2026-04-28T11:00:00+08:00', by: 'p-leader', name: '县长', unit: 'hy-gov' },
    used: [],
  }
  it('自己写了理由与批准人、没有批准的，提前出具意见被拒；有权的人批准以后放行，结论中留下偏离', () => {
    expect(ask(issue, early('review.min-period'), tooSoon)).toMatchObject({
      decision: { kind: 'refused' },
      blocking: ['deviation.approved'],
    })
    const { decision } = ask(issue, early('review.min-period'), (f) =>
      withDossier(tooSoon(f), { deviations: [approved] }),
    )
    expect(decision.kind).toBe('granted')
    expect(decision.verdicts.find((v) => v.rule === 'review.min-period')).toMatchObject({
      holds: false,
      deviation: { ground: '执行上级机关的紧急命令和决定', approver: '县长' },
    })
  })
  it('对别的规则声明偏离没有用：职责分离照样阻断', () => {
    const drafter = (f: Facts): Facts =>
      withCommand(f, 'IssueOpinion', {}, actor('p-drafter', 'hy-justice', 'legality_reviewer'))
    expect(ask(issue, early('duties.separated'), drafter, 'duties.separated')).toMatchObject({
      decision: { kind: 'refused' },
      blocking: ['duties.separated'],
    })
  })
  it('依法必须公开征求意见的，没有收到意见也不得省略公布采纳情况', () => {
    const publish = guarded.find((a) => a.command === 'PublishFeedback') as PlacedArrow
    const none = (f: Facts): Facts =>
      withExternal(withDossier(f, { consultations: [] }), { comments: { total: 0, undisposed: 0 } })
    expect(ask(publish, grounds.PublishFeedback?.(publish) as Ground, none)).toMatchObject({
      decision: { kind: 'refused' },
      blocking: ['consultation.held'],
    })
  })
})
