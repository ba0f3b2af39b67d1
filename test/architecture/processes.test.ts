// 各种事项：从登记处（desks.ts）取来逐一核对。新加的一种，少写一处，这里点名。
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { processContracts } from '@dianzhang/contract'
import { describe, expect, it } from 'vitest'
import { desks } from '../../packages/workflow/src/desks.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8')
const sources = (folder: string): string[] =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(name))
    .map((name) => `${folder}/${name}`)
const code = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1')
const han = /\p{Script=Han}{2,}/u

describe('各种事项互不引用', () => {
  const kinds = readdirSync(`${root}packages/processes/src`, { withFileTypes: true }).filter((each) =>
    each.isDirectory(),
  )
  it.each(kinds.map(({ name }) => name))('%s 不引用别的事项', (name) => {
    const offences = sources(`packages/processes/src/${name}`).flatMap((path) => {
      const depth = path.split('/').length - 5
      return [...code(read(path)).matchAll(/from\s+'(\.[^']+)'/g)]
        .map(([, target = '']) => target)
        .filter((target) => (target.match(/\.\.\//g)?.length ?? 0) > depth)
        .map((target) => `${path} → ${target}`)
    })
    expect(offences).toEqual([])
  })
})

it('有约定的各种事项，连同文件，恰是有办理台的各种', () => {
  expect([...desks.keys()].toSorted()).toEqual(['normative-document', ...Object.keys(processContracts)].toSorted())
})

/** 在工作台有自己的分页的各种（`matter/own.ts`）。 */
const withTab = new Set(
  [...read('apps/workbench/src/matter/own.ts').matchAll(/^ {2}'?([a-z-]+)'?: \[/gm)].map(([, kind]) => kind),
)
describe.each(readdirSync(`${root}packages/processes/src`, { withFileTypes: true }).filter((x) => x.isDirectory()))(
  'processes/src/$name',
  ({ name }) => {
    const folder = `packages/processes/src/${name}`
    const some = (pattern: RegExp): boolean => sources(folder).some((path) => pattern.test(code(read(path))))
    const tests = readdirSync(`${root}${folder}`)
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => code(read(`${folder}/${file}`)))
      .join('\n')
    it('规则的例子、每支箭头与其上的每条规则，都有测试跑过（testing.fixture.ts）', () => {
      expect(/\bproveRules\(|\.examples\.refused\b/.test(tests), '没有测试以 proveRules 跑规则的例子').toBe(true)
      expect(/\bproveArrows[<(]|\.decide\(/.test(tests), '没有测试以 proveArrows 证明每支箭头').toBe(true)
    })
    it('期限照工作日历算的，放假通知来了随之重算', () => {
      expect(some(/\.explain\(/) && !some(/\brecompute: '/), '没有写 clocks.recompute，放假通知来了还是旧的日期').toBe(
        false,
      )
    })
  },
)

describe.each([...desks])('%s', (kind, desk) => {
  const { process, arrows, stages } = desk.engine
  const commands = Object.keys(process.law)
  it('每条命令都有处理、名称、办理人与依据，并在某个阶段可以办理', () => {
    expect(Object.keys(desk.handlers).sort()).toEqual([...commands].sort())
    for (const type of commands) {
      expect(process.labels.command[type], type).toMatch(han)
      expect(process.law[type]?.by.length, type).toBeGreaterThan(0)
      expect(process.law[type]?.basis.article, type).not.toBe('')
      expect(
        arrows.some((each: { command: string | null }) => each.command === type),
        type,
      ).toBe(true)
    }
    expect(process.label).toMatch(han)
    expect(process.opening.label).toMatch(han)
    expect(process.opening.law.by.length).toBeGreaterThan(0)
  })
  it('每个阶段有名称与依据，最外一层说轮到谁（没有下文的除外），箭头记下的事件都有名称', () => {
    for (const [path, spec] of stages) {
      expect(spec.label, path).toMatch(han)
      expect(spec.basis.document, path).not.toBe('')
      const leaves = arrows.some((each: { stage: string }) => each.stage === path || each.stage.startsWith(`${path}.`))
      if (!path.includes('.') && leaves) expect(spec.whose?.length ?? 0, path).toBeGreaterThan(0)
    }
    for (const { arrow } of arrows) expect(desk.recordLabels[arrow.records], arrow.records).toMatch(han)
    expect(desk.recordLabels[process.opening.record], process.opening.record).toMatch(han)
  })
  it('每条规则都在某支箭头或者开启时用到，有依据、有缘由，例子两边都有', () => {
    const used = new Set([
      ...arrows.flatMap(({ arrow }: { arrow: { rules?: readonly string[] } }) => arrow.rules ?? []),
      ...(process.opening.rules ?? []),
      ...(process.opening.tells ?? []),
    ])
    for (const [id, rule] of Object.entries<{ title: string; basis: { document: string; article: string } }>(
      process.rules,
    )) {
      expect(used.has(id), `${id} 没有箭头用到`).toBe(true)
      expect(rule.title, id).toMatch(han)
      expect(`${rule.basis.document}${rule.basis.article}`, id).toMatch(han)
    }
  })
  // 文件的约定在 commands.ts，早于这一种写法。
  if (kind !== 'normative-document')
    it('对外的约定与机器相同：命令、阶段、事件一个不多、一个不少', () => {
      const contract = processContracts[kind]
      if (!contract) throw new Error(`${kind} 没有对外的约定`)
      expect(Object.keys(contract.commands).sort()).toEqual([...commands].sort())
      expect(contract.opening.type).toBe(process.opening.command)
      expect(contract.label).toBe(process.label)
      expect(Object.keys(contract.stages).sort()).toEqual([...stages.keys()].sort())
      expect(Object.keys(contract.records).sort()).toEqual(Object.keys(desk.recordLabels).sort())
    })
  if (kind !== 'normative-document')
    it('在工作台没有自己的分页的，办理台有 view：概况据此列出开启时所填的', () => {
      expect(withTab.size).toBeGreaterThan(5)
      if (!withTab.has(kind)) expect(desk.view, '没有 view，办理的人在概况里看不到开启时填了什么').toBeDefined()
    })
  it('编成机器的部分与写入口都不含它的字眼', () => {
    const names = [
      ...commands,
      process.opening.command,
      ...Object.keys(desk.recordLabels),
      ...Object.keys(process.rules),
      ...[...stages.keys()].filter((path) => path.includes('.') || path.length > 9),
    ]
    const words = new RegExp(`\\b(?:${names.map((word) => word.replaceAll('.', '\\.')).join('|')})\\b`)
    const offences = [...sources('packages/kernel/src'), ...sources('packages/workflow/src/door')].filter((path) =>
      words.test(code(read(path))),
    )
    expect(offences).toEqual([])
  })
})
