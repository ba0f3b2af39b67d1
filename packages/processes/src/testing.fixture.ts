// 各种事项共用的证明：规则的例子会跑，每支箭头上的每条规则都能单独起作用，快照读得回，每个阶段走得到。
import { type ActorFact, blocks, type Engine, type MatterEvent, type PlacedArrow, type Shape } from '@dianzhang/kernel'
import { describe, expect, it } from 'vitest'

/** 一种放行的情形：事实（其中有案卷）、载荷、办理人、已落定的值。 */
export interface Ground<S extends Shape> {
  facts: S['facts']
  payload?: Record<string, unknown>
  actor?: ActorFact
  resolved?: S['resolved']
}
export interface Proof<S extends Shape> {
  engine: Engine<S>
  /** 事事合规的一件；每次一份新的。 */
  example: () => S['facts']
  dossierOf: (facts: S['facts']) => S['dossier']
  /** 事实 + 命令 → 机器事件。 */
  event: (facts: S['facts'], type: S['command'], ground: Ground<S>) => MatterEvent<S>
  /** 各支箭头放行的情形。 */
  ground: (arrow: PlacedArrow<S>, example: S['facts']) => Ground<S>
  /** 规则自己的反例不足以单独隔离的，在此补充；键为 `命令 规则`。 */
  isolating?: Record<string, (ground: Ground<S>) => Ground<S>>
}

export function proveRules<S extends Shape>({ engine, example }: Pick<Proof<S>, 'engine' | 'example'>): void {
  const rules = Object.values(engine.process.rules) as Array<(typeof engine.process.rules)[S['rule']]>
  describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
    it('写明要求、出处与由谁办理，正反例子齐备', () => {
      expect(engine.process.rules[id]).toBe(rule)
      expect(rule.title).toMatch(/\p{Script=Han}{4,}/u)
      expect(rule.basis.article).toMatch(/\S/)
      expect(rule.basis.confidence).toBeDefined()
      expect(rule.by.length).toBeGreaterThan(0)
      expect(rule.examples.holds.length).toBeGreaterThan(0)
      expect(rule.examples.refused.length).toBeGreaterThan(0)
    })
    const all = [
      ...rule.examples.holds.map((e) => [true, e.name, e] as const),
      ...rule.examples.refused.map((e) => [false, e.name, e] as const),
    ]
    it.each(all)('成立=%s：%s', (holds, _name, { given, says }) => {
      const facts = given(example())
      const found = rule.judge(facts)
      expect(found, found.reason).toMatchObject({ holds })
      expect(found.reason).toMatch(says ?? /\p{Script=Han}{3,}/u)
      expect(found.reason).not.toMatch(/undefined|null|NaN|\[object/)
      expect(rule.judge(given(example()))).toEqual(found)
    })
    it('有箭头用它', () => {
      expect(engine.arrows.some((x) => x.arrow.rules?.includes(id))).toBe(true)
    })
  })
}

/** 每支箭头：放行的情形放得行；其上每条规则单独不成立时，阻止的拦得住，提示的记得下，而且只点名它。 */
export function proveArrows<S extends Shape>(proof: Proof<S>): void {
  const { engine, dossierOf, event, ground, isolating = {} } = proof
  const snapshotAt = (stage: string, dossier: S['dossier']) =>
    engine.restore(
      JSON.parse(
        JSON.stringify({
          machine: engine.process.kind,
          version: engine.process.snapshot.version,
          value: nested(stage),
          context: { dossier },
        }),
      ),
    )
  const placed = engine.arrows.flatMap((arrow) =>
    arrow.command === null ? [] : [{ ...arrow, command: arrow.command as S['command'] }],
  )
  const name = (x: (typeof placed)[number]) => `${x.stage} ${x.command} ${JSON.stringify(x.arrow.when ?? {})}`
  it.each(placed.map((x) => [name(x), x] as const))('放行：%s', (_name, x) => {
    const given = ground(x, proof.example())
    const start = snapshotAt(x.stage, dossierOf(given.facts))
    const decided = engine.decide(start, event(given.facts, x.command, given))
    expect(decided.verdicts.filter((v) => !v.holds).map((v) => `${v.rule}：${v.reason}`)).toEqual([])
    expect(decided).toMatchObject({ kind: 'granted', option: { records: x.arrow.records, to: x.arrow.to ?? null } })
    const { snapshot, records } = engine.step(start, event(given.facts, x.command, given))
    expect(records[0]).toBe(x.arrow.records)
    expect(engine.stageOf(snapshot.value)).toBe(x.arrow.to ?? x.stage)
    expect(engine.store(engine.restore(JSON.parse(JSON.stringify(engine.store(snapshot)))))).toEqual(
      JSON.parse(JSON.stringify(engine.store(snapshot))),
    )
  })
  const single = placed.flatMap((x) => (x.arrow.rules ?? []).map((rule) => [`${name(x)}：${rule}`, x, rule] as const))
  it.each(single)('单独起作用：%s', (_name, x, rule) => {
    const base = ground(x, proof.example())
    const own = engine.process.rules[rule].examples.refused.map(({ given }) => ({ ...base, facts: given(base.facts) }))
    const extra = isolating[`${x.command} ${rule}`]
    const candidates = extra ? [extra(base), ...own] : own
    const alone = candidates.filter((given) => {
      const decided = engine.decide(snapshotAt(x.stage, dossierOf(given.facts)), event(given.facts, x.command, given))
      const failing = decided.verdicts.filter((v) => !v.holds)
      return (
        failing.length === 1 &&
        failing[0]?.rule === rule &&
        decided.kind === (failing.some(blocks) ? 'refused' : 'granted')
      )
    })
    expect(alone.length).toBeGreaterThan(0)
  })
  it('每个阶段都走得到，每条命令都有箭头与名称', () => {
    const reached = new Set([engine.process.initial])
    for (let before = -1; before !== reached.size; ) {
      before = reached.size
      for (const { stage, arrow } of engine.arrows) if (reached.has(stage) && arrow.to) reached.add(arrow.to)
    }
    expect([...reached].sort()).toEqual([...engine.stages.keys()].sort())
    expect(new Set(placed.map((x) => x.command as string))).toEqual(new Set(Object.keys(engine.process.labels.command)))
  })
}
const nested = (stage: string): unknown => {
  const [outer = '', ...inner] = stage.split('.')
  return inner.length === 0 ? outer : { [outer]: nested(inner.join('.')) }
}
