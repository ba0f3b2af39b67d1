// 机器的结构：放开规则、只看情形，逐一走到每个阶段、射出每支箭头。规则是否成立由 isolation.test.ts 判断。
import { type CommandType, commandTypes, stageLabels } from '@dianzhang/contract'
import { catalogue, type RuleId, ruleIds } from '@dianzhang/rules'
import { describe, expect, it } from 'vitest'
import { getNextTransitions, transition } from 'xstate'
import { getShortestPaths, type StatePath } from 'xstate/graph'
import {
  allArrows,
  allStages,
  arrowName,
  commandLaw,
  engine,
  lifecycle,
  type PlacedArrow,
  type RulesHold,
  stagesOf,
} from './index.ts'

type Chosen = { type: CommandType | 'Progress'; arrow: string }
const paramsOf = ({ arrow }: PlacedArrow): RulesHold => ({
  rules: arrow.rules ?? [],
  when: arrow.when ?? null,
  judged: arrow.judged ?? 'before',
})
const chosen = (a: PlacedArrow): Chosen => ({ type: a.command ?? 'Progress', arrow: JSON.stringify(paramsOf(a)) })

// 守卫放开：事件点名哪一支箭头，就放行哪一支；效果一概不执行，执行即失败。
const open = lifecycle.provide({
  guards: {
    rulesHold: (({ event }: { event: Chosen }, params: RulesHold) => event.arrow === JSON.stringify(params)) as never,
  },
  actions: {
    evolve: () => {},
    record: () => {
      throw new Error('record 被执行了：领域事件只取名，由写事务落实')
    },
  } as never,
})

/** 状态值中的全部阶段路径（含外层）。 */
function activeStages(value: unknown, prefix = ''): string[] {
  if (typeof value === 'string') return [prefix ? `${prefix}.${value}` : value]
  return Object.entries(value as object).flatMap(([name, inner]) => {
    const path = prefix ? `${prefix}.${name}` : name
    return [path, ...activeStages(inner, path)]
  })
}
const isLeaf = (path: string): boolean => !allStages.get(path)?.states
const byStage = Map.groupBy(allArrows, (a) => a.stage)
const arrowsAt = (value: unknown): PlacedArrow[] => activeStages(value).flatMap((stage) => byStage.get(stage) ?? [])
const ended = ['closed.declined', 'closed.withdrawn', 'closed.rejected', 'effective.archive.archived'].concat(
  ['government', 'npc'].flatMap((t) => [`effective.filing.${t}.not_required`, `effective.filing.${t}.closed`]),
)

describe('阶段自己说的事', () => {
  it('主线各阶段的次序与名词表一致，每一个都说明轮到谁办', () => {
    const named = Object.keys(stageLabels).filter((path) => !path.includes('.'))
    expect(engine.mainStages.filter((path) => path !== 'closed')).toEqual(named)
    expect(named.filter((path) => !allStages.get(path)?.whose?.length)).toEqual([])
    // 轮到的，是在那个阶段有命令可办的角色。
    for (const path of named)
      for (const role of allStages.get(path)?.whose ?? []) {
        const there = engine.arrows.filter((a) => a.command && a.stage.split('.')[0] === path)
        expect(
          there.some((a) => a.command && commandLaw[a.command].by.includes(role)),
          `${path} ${role}`,
        ).toBe(true)
      }
  })
  it('送审以前与审核中的每一步，都说得出事事顺利时办什么', () => {
    const leaves = [...allStages].filter(([path, spec]) => !spec.states && !/^(effective|closed)/.test(path))
    expect(leaves.filter(([, spec]) => !spec.ideal).map(([path]) => path)).toEqual([])
  })
})

describe('机器的结构', () => {
  const paths = getShortestPaths(open as never, {
    input: { dossier: null } as never,
    events: ((state: { value: unknown }) => arrowsAt(state.value).map(chosen)) as never,
    serializeState: ((state: { value: unknown }) => JSON.stringify(state.value)) as never,
    limit: 200_000,
  }) as unknown as Array<StatePath<never, never>>
  const reached = paths.map((p) => p.state as unknown as { value: unknown })

  it('每个阶段都能自立项走到', () => {
    const stages = new Set(reached.flatMap((s) => activeStages(s.value)))
    expect([...allStages.keys()].filter((path) => !stages.has(path))).toEqual([])
    // 施行之后三个并行区域的组合也都能走到：效力 7 × 两个轨道各 8 × 归档 2。
    expect(
      reached.filter((s) => typeof s.value === 'object' && s.value !== null && 'effective' in s.value),
    ).toHaveLength(7 * 8 * 8 * 2)
  })

  it('每支箭头都在某条路径上射出：去往所写的阶段，记下所写的领域事件', () => {
    const fired = new Set<string>()
    for (const state of reached)
      for (const placed of arrowsAt(state.value)) {
        const name = arrowName(placed)
        if (fired.has(name)) continue
        const [next, actions] = transition(open as never, state as never, chosen(placed) as never) as unknown as [
          { value: unknown },
          Array<{ type: string; params: { event: string } }>,
        ]
        const records = actions.filter((a) => a.type === 'record').map((a) => a.params.event)
        expect(records, name).toEqual([placed.arrow.records])
        const target = placed.arrow.to
        if (target) expect(activeStages(next.value), name).toContain(target)
        else expect(next.value, name).toEqual(state.value)
        fired.add(name)
      }
    expect(allArrows.map(arrowName).filter((name) => !fired.has(name))).toEqual([])
  })

  it('同一命令的前一支箭头不会恒先放行，使后一支永远轮不到', () => {
    const covers = (a: PlacedArrow, b: PlacedArrow): boolean =>
      (a.arrow.rules ?? []).length === 0 &&
      Object.entries(a.arrow.when ?? {}).every(
        ([k, v]) => JSON.stringify((b.arrow.when as Record<string, unknown> | undefined)?.[k]) === JSON.stringify(v),
      )
    const dead = allArrows.filter((b) =>
      allArrows.some((a) => a.stage === b.stage && a.command === b.command && a.n < b.n && covers(a, b)),
    )
    expect(dead.map(arrowName)).toEqual([])
  })

  it('没有终结的阶段都有出路，终结的都没有', () => {
    const leaves = [...allStages.keys()].filter(isLeaf)
    const leaving = (leaf: string): boolean =>
      allArrows.some(
        ({ stage, arrow }) =>
          (leaf === stage || leaf.startsWith(`${stage}.`)) && arrow.to !== undefined && arrow.to !== leaf,
      )
    expect(leaves.filter((leaf) => !leaving(leaf)).sort()).toEqual([...ended].sort())
    for (const [path, spec] of allStages) if (spec.tags?.includes('terminal')) expect(ended, path).toContain(path)
  })

  it('自每个未终结的阶段都还能走到终局：公布施行，或者终止', () => {
    const edges = new Map<string, Set<string>>()
    for (const { stage, arrow } of allArrows)
      if (arrow.to) edges.set(stage, (edges.get(stage) ?? new Set()).add(arrow.to))
    const reaches = (from: string, goal: (s: string) => boolean, seen = new Set<string>()): boolean => {
      if (goal(from)) return true
      if (seen.has(from)) return false
      seen.add(from)
      const around = [from, ...(allStages.get(from)?.initial ? [`${from}.${allStages.get(from)?.initial}`] : [])]
      return around.some((s) => [...(edges.get(s) ?? [])].some((to) => reaches(to, goal, seen)))
    }
    const before = [...allStages.keys()].filter(
      (s) => isLeaf(s) && !s.startsWith('effective') && !s.startsWith('closed'),
    )
    expect(before.filter((s) => !reaches(s, (x) => x === 'effective'))).toEqual([])
  })

  it('每条命令都出现在某支箭头上，每支箭头的命令都有人办理', () => {
    expect(commandTypes.filter((type) => stagesOf(type).length === 0)).toEqual([])
    for (const type of commandTypes) {
      expect(commandLaw[type].by.length, type).toBeGreaterThan(0)
      expect(commandLaw[type].basis.document, type).toMatch(/\p{Script=Han}{3,}/u)
      expect(commandLaw[type].basis.article, type).not.toBe('')
      expect(commandLaw[type].basis.confidence, type).toBeDefined()
    }
  })

  it('每个结论都有去处：审核意见三种、审议决定四种、实质与非实质更正、已到与未到的日期', () => {
    const cases = (stage: string, type: CommandType, key: string) =>
      allArrows
        .filter((a) => a.stage === stage && a.command === type)
        .map((a) => (a.arrow.when as Record<string, unknown>)[key])
    expect(cases('legality_review.reviewing', 'IssueOpinion', 'outcome').sort()).toEqual([
      'lawful',
      'revise',
      'unlawful',
    ])
    expect([...new Set(cases('deliberation', 'RecordDecision', 'outcome'))].sort()).toEqual([
      'adopted',
      'adopted_with_changes',
      'postponed',
      'rejected',
    ])
    for (const stage of ['signing', 'numbering', 'publication'])
      expect(cases(stage, 'CorrectAfterSigning', 'substantive').sort()).toEqual([false, true])
    // 整件的与只及于若干条款的，各有日期已到与未到的两支。
    for (const { stage, command, arrow } of allArrows.filter((a) => a.arrow.when?.reached !== undefined))
      expect(
        allArrows
          .filter((a) => a.stage === stage && a.command === command && a.arrow.when?.byClause === arrow.when?.byClause)
          .map((a) => a.arrow.when?.reached)
          .sort(),
        `${stage} ${command}`,
      ).toEqual([false, true])
  })

  it('规则目录中的每条规则都至少有一支箭头要求，箭头上的每条规则都在目录中', () => {
    const named = new Set<RuleId>(allArrows.flatMap((a) => [...(a.arrow.rules ?? [])]))
    expect(ruleIds.filter((id) => !named.has(id))).toEqual([])
    for (const id of named) expect(catalogue[id]?.id, id).toBe(id)
  })

  it('每个阶段有名称与依据，与名词表一致；每支箭头有说明、办理人与依据', () => {
    for (const [path, spec] of allStages) {
      expect(spec.label, path).toMatch(/\p{Script=Han}{2,}/u)
      expect(spec.basis.document, path).toMatch(/\p{Script=Han}{3,}/u)
      expect(spec.basis.article, path).toMatch(/第|二（|（|制定程序/)
      expect(spec.basis.confidence, path).toBeDefined()
    }
    const top = [...allStages.keys()].filter((p) => !p.startsWith('effective.') && p !== 'closed')
    expect(top.sort()).toEqual(Object.keys(stageLabels).sort())
    // 同一支箭头在许多状态下都能走，看一遍就够。
    const arrows = new Set(reached.flatMap((state) => getNextTransitions(state as never)))
    expect(arrows.size).toBeGreaterThan(100)
    for (const t of arrows) {
      const meta = t.meta as { by: string[]; basis: { document: string } | null; automatic: boolean; records: string }
      expect(t.description).toMatch(/\p{Script=Han}{2,}/u)
      expect(meta.by.length).toBeGreaterThan(0)
      if (!meta.automatic) expect(meta.basis?.document).toMatch(/\p{Script=Han}{2,}/u)
      // 守卫只有一种，参数即规则清单：为何不能可以从数据读回。
      expect(t.guard).toMatchObject({ type: 'rulesHold' })
    }
  })
})
