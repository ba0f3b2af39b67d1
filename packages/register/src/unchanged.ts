// 同一个问题，数据没有变化就不再算一遍。变化以数据库自己的快照为准：任何事务一提交，快照即不同，因此公布之后立刻可见，没有过期时间。
import { type Db, sql } from '@dianzhang/database'

interface Memory {
  /** 各答案所据的快照。 */
  snapshot: string
  answers: Map<string, Promise<unknown>>
}
const memories = new WeakMap<Db, Memory>()
/** 最多记住这么多个答案；再多即从最早的忘起。 */
const most = 400

/**
 * `question` 的答案；自上次回答以来数据库没有任何变化的，给出上次的（调用者不得改动）。
 * 同时问同一个问题的只算一遍。`compute` 只读，且只取决于 `question` 与数据库。
 */
export async function unlessChanged<T>(db: Db, question: string, compute: () => Promise<T>): Promise<T> {
  const memory = await memoryOf(db)
  const known = memory.answers.get(question)
  if (known !== undefined) return (await known) as T
  // Read after the snapshot: the answer may be newer than it, never older.
  const answer = compute()
  memory.answers.set(question, answer)
  answer.catch(() => memory.answers.delete(question))
  const [oldest] = memory.answers.keys()
  if (memory.answers.size > most && oldest !== undefined) memory.answers.delete(oldest)
  return await answer
}

async function memoryOf(db: Db): Promise<Memory> {
  // A standby does not list running transactions in its snapshots; there the place in the log says the same.
  const rows = await db.execute<{ snapshot: string }>(sql`
    select case when pg_is_in_recovery() then pg_last_wal_replay_lsn()::text else pg_current_snapshot()::text end as snapshot`)
  const snapshot = rows[0]?.snapshot ?? ''
  const known = memories.get(db)
  if (known?.snapshot === snapshot) return known
  const memory: Memory = { snapshot, answers: new Map() }
  memories.set(db, memory)
  return memory
}
