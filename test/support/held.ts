// 另一个连接上的锁：拿住了才返回，放开以前一直拿着。
import type { Sql, TransactionSql } from 'postgres'

/** 在一个事务里照 `take` 上锁；`release` 放开，`done` 为那个事务结束。 */
export async function held(
  sql: Sql,
  take: (tx: TransactionSql) => PromiseLike<unknown>,
): Promise<{ release: () => void; done: Promise<unknown> }> {
  const opened = Promise.withResolvers<void>()
  const taken = Promise.withResolvers<void>()
  const done = sql.begin(async (tx) => {
    await take(tx)
    taken.resolve()
    await opened.promise
  })
  await Promise.race([taken.promise, done])
  return { release: opened.resolve, done }
}
