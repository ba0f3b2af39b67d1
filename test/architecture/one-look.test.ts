// 浏览器里的断言都会等：页面是陆续画出来的，读一眼就判，快慢不同的机器上结果不同。
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'
import { describe, expect, it } from 'vitest'

const folder = fileURLToPath(new URL('../browser/', import.meta.url))
const reads =
  /^(is(Checked|Visible|Hidden|Enabled|Disabled|Editable)|count|inner(Text|HTML)|inputValue|getAttribute|textContent|all(InnerTexts|TextContents)|boundingBox|evaluate(All)?)$/

interface Node {
  type: string
  start: number
  callee?: Node & { name?: string; property?: { name?: string } }
  arguments?: Node[]
  argument?: Node
  id?: { name?: string }
  init?: Node
}
function* within(node: unknown, enters: (each: Node) => boolean = () => true): Generator<Node> {
  if (typeof node !== 'object' || node === null) return
  const each = node as Node
  if (typeof each.type === 'string') {
    if (!enters(each)) return
    yield each
  }
  for (const child of Object.values(node)) yield* within(child, enters)
}
const isRead = ({ type, callee }: Node): boolean =>
  type === 'CallExpression' && reads.test(callee?.property?.name ?? '')
const isFunction = (node: Node | undefined): boolean => /Function/.test(node?.type ?? '')
/** 等过才读的几个：自己先等到要读的那一样。 */
const waits = /\.(waitFor|poll)\(|untilTrue|becomes/
/**
 * 语法树中的每一处 `expect(await 某处.innerText())`：所在的位置。读出来再取其中一部分的、经本文件自己的函数读的，都算。
 */
function* oneLooks(source: string, program: unknown): Generator<number> {
  const own = new Set(
    [...within(program)]
      .filter(({ type, init }) => type === 'VariableDeclarator' && isFunction(init))
      .filter(({ init }) => [...within(init)].some(isRead))
      .filter(({ init }) => !waits.test(source.slice(init?.start, (init as unknown as { end: number }).end)))
      .map(({ id }) => id?.name),
  )
  for (const { type, callee, arguments: given, start } of within(program)) {
    if (type !== 'CallExpression' || callee?.name !== 'expect') continue
    const awaited = [...within(given?.[0], (each) => !isFunction(each))].filter(
      (each) => each.type === 'AwaitExpression',
    )
    if (awaited.some(({ argument }) => argument && (isRead(argument) || own.has(argument.callee?.name)))) yield start
  }
}

describe('浏览器测试', () => {
  it('不读一眼就判：写 expect.poll(() => 某处.innerText())，等到成立为止', () => {
    const offences = readdirSync(folder)
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => {
        const source = readFileSync(`${folder}${name}`, 'utf8')
        return [...oneLooks(source, parseSync(name, source).program)].map(
          (at) => `${name}:${source.slice(0, at).split('\n').length} ${source.slice(at, at + 80).split('\n')[0]}`,
        )
      })
    expect(offences).toEqual([])
  })
  it('这个测试认得出读一眼的各种写法；等到成立的、自己先等过的不算', () => {
    const found = (source: string) => [...oneLooks(source, parseSync('x.ts', source).program)].length
    for (const source of [
      `expect(await row.innerText()).toBe('')`,
      `expect((await row.allInnerTexts()).slice(0, 2)).toEqual([])`,
      `expect(await page.evaluate('1')).toBe(1)`,
      `const rows = () => page.locator('tr').count(); expect(await rows()).toBe(1)`,
      `const lines = (page) => page.locator('p').evaluateAll((all) => all); expect((await lines(page)).join('')).toBe('')`,
    ])
      expect([source, found(source)]).toEqual([source, 1])
    for (const source of [
      `await expect.poll(() => row.innerText()).toBe('')`,
      `expect(await answer.json()).toEqual({})`,
      `const rows = async () => { await row.waitFor(); return row.count() }; expect(await rows()).toBe(1)`,
    ])
      expect([source, found(source)]).toEqual([source, 0])
  })
})
