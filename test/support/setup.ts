// 未预期的 console.error / console.warn 使测试失败：警告不应积在无人看的输出里。
// 与自己比较的列使测试失败：那是子查询里外层的列丢了表名（见 packages/database 的 correlated）。
import { format } from 'node:util'
import { PgDialect } from 'drizzle-orm/pg-core'
import { afterEach, beforeEach } from 'vitest'

interface Recorded {
  level: 'error' | 'warn'
  text: string
}

const written = PgDialect.prototype.sqlToQuery
PgDialect.prototype.sqlToQuery = function (...asked) {
  const query = written.apply(this, asked)
  const compared = /(?:(?<![."\w])"|\b\w+\.)(\w+)"? = "\1"(?!\.)/.exec(query.sql)
  if (compared) throw new Error(`子查询里外层的列没有表名，与自己比较：${compared[0]}（用 correlated）。\n${query.sql}`)
  return query
}

let recorded: Recorded[] = []
let expected: RegExp[] = []

for (const level of ['error', 'warn'] as const) {
  const original = console[level].bind(console)
  console[level] = (...parts: unknown[]) => {
    const text = format(...parts)
    recorded.push({ level, text })
    if (!expected.some((pattern) => pattern.test(text))) original(...parts)
  }
}

/** 预告本测试有意引起的控制台消息；预告了而没有出现的，测试同样失败。 */
export function expectConsole(pattern: RegExp): void {
  expected.push(pattern)
}

beforeEach(() => {
  expected = []
})

afterEach(() => {
  const unexpected = recorded.filter(({ text }) => !expected.some((pattern) => pattern.test(text)))
  const missing = expected.filter((pattern) => !recorded.some(({ text }) => pattern.test(text)))
  recorded = []
  expected = []
  if (unexpected.length > 0) {
    throw new Error(
      `未预期的控制台输出：\n${unexpected.map(({ level, text }) => `console.${level}: ${text}`).join('\n')}`,
    )
  }
  if (missing.length > 0) throw new Error(`预期的控制台输出没有出现：${missing.join('、')}`)
})
