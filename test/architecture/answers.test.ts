// 工作台读的答复：形状一律由约定（contract 的 answers）推出，不另写一遍。
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../apps/workbench/src/', import.meta.url))
const texts = new Map(
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.includes('.test.'))
    .map((path) => [path, readFileSync(`${root}${path}`, 'utf8')] as const),
)

/** 自 `from`（在尖括号之后）至与之配对的右尖括号。 */
function argument(text: string, from: number): string {
  let depth = 1
  for (let i = from; i < text.length; i++) {
    if (text[i] === '>' && text[i - 1] !== '=') depth--
    else if (text[i] === '<') depth++
    if (depth === 0) return text.slice(from, i)
  }
  throw new Error('没有配对的尖括号')
}
/** 由答复推出的写法中可以出现的词：推出、取其一部分、取其一项。 */
const builtIn = new Set([
  'Told',
  'Page',
  'Pick',
  'Omit',
  'Partial',
  'NonNullable',
  'Array',
  'null',
  'undefined',
  'Record',
  'string',
  'number',
  'unknown',
])

/** 类型 `type` 不是由答复推出时，说出是哪一个词。 */
function foreign(type: string, path: string, seen: ReadonlySet<string> = new Set()): string[] {
  const own = texts.get(path) ?? ''
  if (/[{]/.test(type)) return [`${path}：就地写的 ${type.trim()}`]
  // 属性名、答复的名字不是类型的名字。
  const words =
    type
      .replace(/typeof answers\.\w+/g, '')
      .replace(/'[^']*'/g, '')
      .match(/[A-Za-z_]\w*/g) ?? []
  return words
    .filter((word) => !builtIn.has(word) && !seen.has(`${path}:${word}`))
    .flatMap((word) => {
      const further = new Set([...seen, `${path}:${word}`])
      const alias = new RegExp(
        `^(?:export )?type ${word}(?:<[^=]*>)? =([\\s\\S]*?)(?=\\n\\S|\\n\\n|$(?![\\s\\S]))`,
        'm',
      ).exec(own)
      if (alias) return foreign(alias[1] ?? '', path, further)
      const imported = [...own.matchAll(/import (?:type )?\{([^}]*)\} from '([^']+)'/g)].find(([, names = '']) =>
        names.split(',').some((name) => name.replace('type ', '').trim() === word),
      )?.[2]
      if (!imported?.startsWith('.')) return [`${path}：${word}`]
      return foreign(word, normalize(`${dirname(path)}/${imported}`), further)
    })
}
/** 发问的各处：所取的与去取的。 */
const asked = [...texts].flatMap(([path, text]) =>
  [...text.matchAll(/\b(?:get|post|call|remove|usePages|useCommandForm)</g)]
    .map((match) => argument(text, match.index + match[0].length))
    // 取法自己的定义：类型由用它的一方给出。
    .filter((type) => !/^(Page<)?T>?$/.test(type))
    .map((type) => ({ path, type })),
)

it('工作台每次发问，答复的形状都由约定推出：没有手写的接口，没有就地写的形状', () => {
  expect(asked.length).toBeGreaterThan(50)
  expect(asked.flatMap(({ path, type }) => foreign(type, path))).toEqual([])
})
it('没有不写答复的形状而读它的', () => {
  const offences = [...texts].flatMap(([path, text]) =>
    [
      ...text.matchAll(/(?:const|let) [^=\n]+= (?:\w+\.data \?\? )?await (?:get|post|call)\(|queryFn: [^\n]*=> get\(/g),
    ].map(([line]) => `${path}：${line}`),
  )
  expect(offences).toEqual([])
})
it('手写的、就地写的，认得出来', () => {
  texts.set('a.ts', 'interface Row { id: string }\nexport type Rows = Row[]\ntype Good = Told<typeof answers.Unit>\n')
  texts.set('b.ts', "import type { Rows } from './a.ts'\n")
  expect(foreign('Row[]', 'a.ts')).toEqual(['a.ts：Row'])
  expect(foreign('Page<Rows>', 'b.ts')).toEqual(['a.ts：Row'])
  expect(foreign('{ body: string }', 'a.ts')).toHaveLength(1)
  expect(foreign("Good['items'][number] | null", 'a.ts')).toEqual([])
  for (const path of ['a.ts', 'b.ts']) texts.delete(path)
})
