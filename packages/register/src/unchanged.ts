// The same question is not computed again while the data are unchanged. Change is judged by the database's own
// snapshot: it differs as soon as any transaction commits, so a publication is visible at once and nothing expires by
// time.
import { type Db, sql } from '@dianzhang/database'

interface Memory {
  /** The snapshot the answers are based on. */
  snapshot: string
  answers: Map<string, Promise<unknown>>
}
const memories = new WeakMap<Db, Memory>()
/** The most answers remembered; beyond that the earliest are forgotten. */
const most = 400

/**
 * The answer to `question`; when nothing in the database has changed since it was last answered, the same answer
 * again (the caller must not alter it). The same question asked at the same time is computed only once. `compute`
 * only reads, and depends only on `question` and the database.
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
