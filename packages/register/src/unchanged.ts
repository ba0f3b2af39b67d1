// The same question is not computed again while what the public sees is unchanged. Every transaction that changes it
// adds to `public_writes`, so a publication is visible at once, nothing expires by time, and the commands of an office
// at work discard nothing.
import { type Db, sql, statement, withTransaction } from '@dianzhang/database'

/**
 * What an answer rests on: the entries of the register alone, everything that public pages are made of, or that and how
 * many comments came.
 */
export type Scope = 'register' | 'public' | 'comments'

interface Memory {
  /** The version the answers are based on. */
  version: string
  answers: Map<string, Promise<unknown>>
}
const memories = new WeakMap<Db, Map<Scope, Memory>>()
/** The most answers remembered; beyond that the earliest are forgotten. */
const most = 400

/**
 * The answer to `question`; when nothing within `scope` has changed since it was last answered, the same answer again
 * (the caller must not alter it). The same question asked at the same time is computed only once. `compute` only reads,
 * and depends only on `question` and on what is within `scope`.
 */
export async function unlessChanged<T>(
  db: Db,
  question: string,
  compute: () => Promise<T>,
  scope: Scope = 'public',
): Promise<T> {
  const memory = await memoryOf(db, scope)
  const known = memory.answers.get(question)
  if (known !== undefined) return (await known) as T
  // Read after the version: the answer may be newer than it, never older.
  const answer = compute()
  memory.answers.set(question, answer)
  answer.catch(() => memory.answers.delete(question))
  const [oldest] = memory.answers.keys()
  if (memory.answers.size > most && oldest !== undefined) memory.answers.delete(oldest)
  return await answer
}

async function memoryOf(db: Db, scope: Scope): Promise<Memory> {
  const versions = await publicVersions(db)
  let scopes = memories.get(db)
  if (!scopes) {
    scopes = new Map()
    memories.set(db, scopes)
  }
  const known = scopes.get(scope)
  if (known?.version === versions[scope]) return known
  const memory: Memory = { version: versions[scope], answers: new Map() }
  scopes.set(scope, memory)
  return memory
}

export type PublicVersions = Record<Scope, string>
/** The question that still waits to be asked, and the one under way. */
interface Asking {
  gathering: Promise<PublicVersions> | null
  /** How many wait for it; `complete` is called when they are as many as are expected. */
  gathered: number
  complete: () => void
  underWay: Promise<unknown>
  /** How many came in while the last question was asked and before: so many are likely to come again. */
  expected: number
}
const asking = new WeakMap<Db, Asking>()
/** All requests that came in together are there to be read before this is. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
/** The longest a question waits for those who are likely to come (ms). */
const company = 1

/**
 * The versions of what the public sees, as of this call or later: asked of the database once for all who call before the
 * question goes out, never answered from one that began before the call. Where many ask one after the other, a question
 * waits a moment for as many as came last time: asking costs as much as all the rest of an answer.
 */
export function publicVersions(db: Db): Promise<PublicVersions> {
  let current = asking.get(db)
  if (current === undefined) {
    current = { gathering: null, gathered: 0, complete: () => {}, underWay: Promise.resolve(), expected: 0 }
    asking.set(db, current)
  }
  current.gathered += 1
  if (current.gathered >= current.expected) current.complete()
  current.gathering ??= askedAfter(db, current)
  return current.gathering
}
async function askedAfter(db: Db, current: Asking): Promise<PublicVersions> {
  await current.underWay
  await turn()
  if (current.gathered < current.expected) await moreOf(current)
  const { gathered } = current
  current.gathering = null
  current.gathered = 0
  const answer = askVersions(db)
  current.underWay = answer.then(
    () => {
      current.expected = gathered + current.gathered
    },
    () => {},
  )
  return await answer
}
const moreOf = (current: Asking): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, company)
    current.complete = () => {
      clearTimeout(timer)
      resolve()
    }
  })

const versionsAsked = statement<PublicVersions, object>(`
  select coalesce(sum(n) filter (where scope = 'register'), 0)::text as register,
    coalesce(sum(n) filter (where scope = 'public'), 0)::text as public,
    coalesce(sum(n) filter (where scope = 'comments'), 0)::text as comments from public_writes`)
async function askVersions(db: Db): Promise<PublicVersions> {
  const [row] = await versionsAsked(db, {})
  const { register = '0', public: seen = '0', comments = '0' } = row ?? {}
  const version = `${register}.${seen}`
  return { register, public: version, comments: `${version}.${comments}` }
}

/**
 * Puts the rows of transactions long ended together into one; the versions stay as they are. Does nothing while there
 * are few.
 */
export const summarisePublicWrites = async (db: Db, few = 500): Promise<void> =>
  await withTransaction(db, async (tx) => {
    const [row] = await tx.execute<{ n: number }>(sql`select count(*)::int as n from public_writes`)
    if ((row?.n ?? 0) <= few) return
    await tx.execute(sql`
      with gone as (delete from public_writes where transaction > 0 returning jurisdiction_id, scope, n)
      insert into public_writes (jurisdiction_id, scope, transaction, n)
      select jurisdiction_id, scope, -pg_current_xact_id()::text::bigint, sum(n) from gone group by jurisdiction_id, scope
      on conflict (jurisdiction_id, scope, transaction) do update set n = public_writes.n + excluded.n`)
  })
