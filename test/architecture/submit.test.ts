// 提交的按钮不能只是灰着：还差哪几栏，由 parts/submit.tsx 写在按钮旁边、连在按钮上，各处的表单都用它。
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'
import { describe, expect, it } from 'vitest'

const folder = fileURLToPath(new URL('../../apps/workbench/src/', import.meta.url))

interface Attribute {
  name?: { name: string }
  value?: { value?: unknown } | null
}
interface Element {
  type: string
  start: number
  name?: { name?: string }
  attributes?: Attribute[]
}
/** 语法树中每一个写着 `disabled`、按了就提交表单的按钮：所在的位置。 */
function* greySubmits(node: unknown): Generator<number> {
  if (typeof node !== 'object' || node === null) return
  const { type, name, attributes = [], start } = node as Element
  if (type === 'JSXOpeningElement' && /^button$/i.test(name?.name ?? '')) {
    const has = (one: string) => attributes.find((each) => each.name?.name === one)
    if (has('disabled') && [has('htmlType'), has('type')].some((each) => each?.value?.value === 'submit')) yield start
  }
  for (const child of Object.values(node)) yield* greySubmits(child)
}
const found = (source: string, name = 'x.tsx') =>
  [...greySubmits(parseSync(name, source).program)].map((at) => `${name}:${source.slice(0, at).split('\n').length}`)

describe('提交的按钮', () => {
  it('不写 disabled：用 Submit，写明还差什么', () => {
    const offences = globSync('**/*.tsx', { cwd: folder }).flatMap((name) =>
      found(readFileSync(`${folder}${name}`, 'utf8'), name),
    )
    expect(offences).toEqual([])
  })
  it('这个测试认得出灰着的提交按钮', () => {
    expect(found('const x = <Button htmlType="submit" disabled={!a}>记</Button>')).toEqual(['x.tsx:1'])
    expect(found('const x = <button type="submit" disabled>记</button>')).toEqual(['x.tsx:1'])
    expect(found('const x = <Submit lacks={[]}>记</Submit>')).toEqual([])
    expect(found('const x = <Button disabled={busy} onClick={f}>上一页</Button>')).toEqual([])
  })
})
