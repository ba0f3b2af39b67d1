// 办公事务：每条规则的例子都成立，每支箭头上的每条规则都能单独拦住，没有规则不用。
import { packs } from '@dianzhang/packs'
import { describe, expect, it } from 'vitest'
import { exampleOffice, officeEngine } from './index.ts'
import type { OfficeFacts } from './shape.ts'

const { rules } = officeEngine.process
const list = Object.values(rules)
const pack = packs.find((p) => p.version === exampleOffice.dossier.packVersion)
const eventOf = (f: OfficeFacts) =>
  ({
    type: f.command.type,
    payload: f.command.payload,
    meta: { at: `${f.today}T09:00:00+08:00`, on: f.today, actor: f.command.actor, resolved: {} },
    state: f.state,
    pack,
    calendar: null,
  }) as never

describe.each(list.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
  it.each(rule.examples.holds)('成立：$name', ({ given }) => {
    expect(rule.judge(given(exampleOffice))).toMatchObject({ holds: true })
  })
  it.each(rule.examples.refused)('不成立：$name', ({ given, says }) => {
    const found = rule.judge(given(exampleOffice))
    expect(found.holds).toBe(false)
    expect(found.reason).toMatch(says ?? /./)
  })
  it('有出处，内容未知时一概视为可以', () => {
    expect(rule.basis.article).not.toBe('')
    expect(rule.judge({ ...exampleOffice, state: {}, command: { ...exampleOffice.command, payload: {} } }).holds).toBe(
      true,
    )
  })
  it('在用它的命令上单独拦住（只提示的，放行而写明），并且只点名它', () => {
    const placed = officeEngine.arrows.filter((x) => x.arrow.rules?.includes(rule.id))
    expect(placed.length).toBeGreaterThan(0)
    for (const { given } of rule.examples.refused) {
      const f = given(exampleOffice)
      const start = officeEngine.initial(f.dossier)
      const decided = officeEngine.decide(start, eventOf(f))
      expect(decided.kind).toBe(rule.severity === 'block' ? 'refused' : 'granted')
      expect(decided.verdicts.filter((v) => !v.holds).map((v) => v.rule)).toEqual([rule.id])
    }
  })
})
it('每条命令都有箭头与名称，办过以后记下件数与现行的规则包', () => {
  const start = officeEngine.initial({ ...exampleOffice.dossier, packVersion: '640522@2023-03-09.1' })
  for (const { command, arrow } of officeEngine.arrows) {
    if (command === null) throw new Error('办公事务没有自动的箭头')
    const { snapshot, records } = officeEngine.step(
      start,
      eventOf({ ...exampleOffice, command: { ...exampleOffice.command, type: command } }),
    )
    expect(records).toEqual([arrow.records])
    expect(snapshot.context.dossier).toMatchObject({ packVersion: pack?.version, counts: { [command]: 1 } })
    expect(officeEngine.store(officeEngine.restore(officeEngine.store(snapshot)))).toEqual(officeEngine.store(snapshot))
  }
  expect(new Set(officeEngine.arrows.map((x) => x.command))).toEqual(
    new Set(Object.keys(officeEngine.process.labels.command)),
  )
})
