// 浏览器里的断言都会等：页面是陆续画出来的，读一眼就判，快慢不同的机器上结果不同。
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'
import { describe, expect, it } from 'vitest'

const folder = fileURLToPath(new URL('../browser/', import.meta.url))
const reads =
  /^(is(Checked|Visible|Hidden|Enabled|Disabled|Editable)|count|inner(Text|HTML)|inputValue|getAttribute|textContent|all(InnerTexts|TextContents))$/

interface Node {
  type: string
  start: number
  callee?: Node & { name?: string; property?: { name?: string } }
  arguments?: Node[]
  argument?: Node
}
/** 语法树中的每一处 `expect(await 某处.innerText())`：所在的位置。 */
function* oneLooks(node: unknown): Generator<number> {
  if (typeof node !== 'object' || node === null) return
  const { type, callee, arguments: given, start } = node as Node
  if (type === 'CallExpression' && callee?.name === 'expect' && given?.[0]?.type === 'AwaitExpression')
    if (reads.test(given[0].argument?.callee?.property?.name ?? '')) yield start
  for (const child of Object.values(node)) yield* oneLooks(child)
}

describe('浏览器测试', () => {
  it('不读一眼就判：写 expect.poll(() => 某处.innerText())，等到成立为止', () => {
    const offences = readdirSync(folder)
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => {
        const source = readFileSync(`${folder}${name}`, 'utf8')
        return [...oneLooks(parseSync(name, source).program)].map(
          (at) => `${name}:${source.slice(0, at).split('\n').length} ${source.slice(at, at + 80).split('\n')[0]}`,
        )
      })
    expect(offences).toEqual([])
  })
})
