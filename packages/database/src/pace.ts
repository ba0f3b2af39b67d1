// Paces that hold on however many servers there are: one small row a key, taken from in one statement, removed when it no
// longer slows anybody. Real time, so that moving the clock of a demonstration refills nothing.
import { randomUUID } from 'node:crypto'
import { and, eq, like, lt, or, sql } from './query.ts'
import { authRateLimits } from './schema/identity.ts'
import type { Db } from './tx.ts'

/** A pace: `burst` at once, then one every `seconds`. */
export interface Pace {
  burst: number
  seconds: number
}
/** What stands before the first `|` of a key: whose paces are kept here, beside those of the library that signs people in. */
const ours = ['guess', 'form'] as const

/**
 * Takes one of a pace kept in the database: of two hundred at the same moment, on any number of servers, no more pass than
 * the pace allows. What is refused costs nothing, so that waiting is never prolonged by others. (Generic cell rate: the row
 * keeps the instant up to which the pace is used up.) `key`: `guess|…` or `form|…`; `now` in milliseconds.
 * Answers the seconds to wait, 0 when it was taken, and whether it was the first of its key.
 */
export async function takePace(
  db: Db,
  key: `${(typeof ours)[number]}|${string}`,
  pace: Pace,
  now = Date.now(),
): Promise<{ wait: number; first: boolean }> {
  await sweep(db, now)
  const interval = Math.ceil(pace.seconds * 1000)
  const latest = now + pace.burst * interval
  const used = sql<number>`greatest(${authRateLimits.lastRequest}, ${now}::bigint) + ${interval}::bigint`
  const taken = await db
    .insert(authRateLimits)
    .values({ id: randomUUID(), key, count: 1, lastRequest: now + interval })
    .onConflictDoUpdate({
      target: authRateLimits.key,
      set: { count: sql`least(${authRateLimits.count} + 1, 1000000)`, lastRequest: used },
      setWhere: sql`${used} <= ${latest}::bigint`,
    })
    // A row without a deleting transaction was inserted just now.
    .returning({ first: sql<boolean>`(xmax = 0)` })
  if (taken[0]) return { wait: 0, first: taken[0].first }
  const [row] = await db.select().from(authRateLimits).where(eq(authRateLimits.key, key))
  return { wait: Math.max(1, Math.ceil(((row?.lastRequest ?? now) + interval - latest) / 1000)), first: false }
}
/** Gives back everything of a pace. */
export async function forgetPace(db: Db, key: string): Promise<void> {
  await db.delete(authRateLimits).where(eq(authRateLimits.key, key))
}

const hour = 3_600_000
const swept = new WeakMap<object, number>()
/** Removes, once an hour, what no longer slows anybody: the rows are as many as attackers care to make. */
async function sweep(db: Db, now: number): Promise<void> {
  if (now - (swept.get(db) ?? 0) < hour) return
  swept.set(db, now)
  await db
    .delete(authRateLimits)
    .where(
      and(lt(authRateLimits.lastRequest, now - hour), or(...ours.map((who) => like(authRateLimits.key, `${who}|%`)))),
    )
}
