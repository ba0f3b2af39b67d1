// 案卷此刻的状态是规则的事：命令的处理只核对载荷自身与所指的记录在不在，不就案卷的状态拒绝。
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const folder = fileURLToPath(new URL('../../packages/workflow/src/commands', import.meta.url))
/** 案卷、事实、此刻：条件里出现了它们，就是在判断状态。 */
const state = /\.(?:dossier|facts|now|on|at)\b|\b(?:dossier|today|d)\b/

/** 抛错就近的条件，连同其中各个局部变量的来历（逐级），写成一行；不是有条件的抛错，没有。 */
function conditionsOf(name: string): string[] {
  const code = readFileSync(`${folder}/${name}`, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  return [...code.matchAll(/\bthrow\b/g)].flatMap(({ index }) => {
    const before = code.slice(0, index)
    const start = before.lastIndexOf('if (')
    // 条件与抛错之间没有别的语句。
    const end = closing(code, start + 3)
    if (start < 0 || !/^\s*\{?\s*$/.test(code.slice(end + 1, index))) return []
    const given = expanded(before.slice(0, start), code.slice(start + 4, end), new Set())
    return state.test(given) ? [`${name}：${given.replace(/\s+/g, ' ')}`] : []
  })
}
/** 与 `open` 处的左括号配对的右括号。 */
function closing(code: string, open: number): number {
  let depth = 0
  for (let i = open; i < code.length; i++) {
    if (code[i] === '(') depth++
    if (code[i] === ')' && --depth === 0) return i
  }
  return code.length
}
/** 条件里的名称在此以前最近一次声明的初值，取到下一个声明、分支或者抛错为止。 */
function expanded(before: string, condition: string, seen: Set<string>): string {
  const names = [...condition.matchAll(/(?<![.\w'"])[a-zA-Z_]\w*/g)].map((m) => m[0])
  return names.reduce((text, name) => {
    if (seen.has(name)) return text
    seen.add(name)
    const made = [...before.matchAll(new RegExp(`const [^=;]*\\b${name}\\b[^=;]*= `, 'g'))].at(-1)
    if (!made) return text
    const value = before.slice(made.index + made[0].length).split(/\n\s*(?:const|if|return|throw|for)\b/)[0] ?? ''
    return `${text} ← ${expanded(before.slice(0, made.index), value, seen)}`
  }, condition)
}
/**
 * 就案卷核对而不是就状态拒绝的，逐条写明：所指的记录（某版文本、某条意见、某份附件、某名人员）在不在，
 * 与“什么也没有变更”的载荷。这里没有的，是把一条规则写进了处理。
 */
const references: ReadonlyArray<{ says: RegExp; why: string }> = [
  { says: /texts\.some\(\(?\w+\)? => \w+\.(?:n|hash) === p\./, why: '所指的文本版本、摘要属于本案卷' },
  { says: /points\.some\(/, why: '所答复的是审核意见中的一条' },
  { says: /external\.cited\?\.find\(/, why: '所称采纳的意见在案卷中' },
  { says: /external\.files\?\.some\(/, why: '所选的附件是现文本的附件' },
  { says: /unknown\.length > 0/, why: '审核意见所指的条文在送审文本中' },
  { says: /rows\.length > 1|!person\b/, why: '所指的审核人是本单位的一名人员' },
  { says: /row\.document === c\.documentId|!row\b/, why: '所指的文件在登记库中，不是本件自己' },
  { says: /!element\b/, why: '意见所指的条文在征求意见稿中' },
  { says: /issuers\.length === d\.issuers\.length/, why: '变更制定机关而所写的就是现在的' },
  { says: /changed\.length === 0/, why: '变更分类而没有写任何变更' },
]

it('命令的处理不就案卷的状态拒绝：那是规则的事', () => {
  const all = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .flatMap(conditionsOf)
  expect(all.length).toBeGreaterThan(3)
  expect(all.filter((one) => !references.some(({ says }) => says.test(one)))).toEqual([])
  // 名单里的每一行都用得上，不留下放宽的余地。
  expect(references.filter(({ says }) => !all.some((one) => says.test(one))).map(({ why }) => why)).toEqual([])
})
