// 与自己比较的列使测试失败：那是子查询里外层的列丢了表名（见 packages/database 的 correlated）。每个工作进程只换一次。
import { PgDialect } from 'drizzle-orm/pg-core'

const written = PgDialect.prototype.sqlToQuery
/** 看过、没有毛病的语句：同样的不再看。 */
const sound = new Set<string>()
PgDialect.prototype.sqlToQuery = function (...asked) {
  const query = written.apply(this, asked)
  if (sound.has(query.sql)) return query
  const compared = /(?:(?<![."\w])"|\b\w+\.)(\w+)"? = "\1"(?!\.)/.exec(query.sql)
  if (compared) throw new Error(`子查询里外层的列没有表名，与自己比较：${compared[0]}（用 correlated）。\n${query.sql}`)
  sound.add(query.sql)
  return query
}
