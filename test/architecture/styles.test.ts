// 工作台的样式：一个类只在一处规定。两处都叫一个名字的，后一处悄悄盖过前一处，两个页面里总有一个坏了。
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const folder = fileURLToPath(new URL('../../apps/workbench/src/', import.meta.url))

/** 单独一个类的规定（`.名称 { … }`，不在 @media 之类里面）：名称与所在的行。 */
function* classesIn(source: string): Generator<[name: string, line: number]> {
  const plain = source.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ''))
  let depth = 0
  let from = 0
  for (let at = 0; at < plain.length; at++) {
    const sign = plain[at]
    if (sign === '{') {
      const selector = plain.slice(from, at).trim()
      if (depth === 0 && /^\.[\w-]+$/.test(selector)) yield [selector, plain.slice(0, at).split('\n').length]
      depth += 1
    }
    if (sign === '}') depth -= 1
    if (sign === '{' || sign === '}' || sign === ';') from = at + 1
  }
}
/** 规定了不止一处的类。 */
function twice(files: ReadonlyArray<[name: string, source: string]>): string[] {
  const found = Map.groupBy(
    files.flatMap(([name, source]) => [...classesIn(source)].map(([of, line]) => ({ of, at: `${name}:${line}` }))),
    ({ of }) => of,
  )
  return [...found]
    .filter(([, list]) => list.length > 1)
    .map(([of, list]) => `${of} ${list.map(({ at }) => at).join(' ')}`)
}

describe('工作台的样式', () => {
  it('一个类只在一处规定', () => {
    const files = globSync('**/*.css', { cwd: folder }).map((name): [string, string] => [
      name,
      readFileSync(`${folder}${name}`, 'utf8'),
    ])
    expect(twice(files)).toEqual([])
  })
  it('这个测试认得出规定了两处的', () => {
    expect(
      twice([
        ['a.css', '.x { top: 0 }\n.y { top: 0 }'],
        ['b.css', '/* .x */\n\n.x { left: 0 }'],
      ]),
    ).toEqual(['.x a.css:1 b.css:3'])
    expect(twice([['a.css', '.x { top: 0 }\n@media print { .x { top: 1px } }\n.x, .y { left: 0 }']])).toEqual([])
  })
})
