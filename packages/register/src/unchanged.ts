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
  underWay: Promise<unknown>
}
const asking = new WeakMap<Db, Asking>()
/** All requests that came in together are there to be read before this is. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/**
 * The versions of what the public sees, as of this call or later: asked of the database once for all who call before the
 * question goes out, never answered from one that began before the call.
 */
export function publicVersions(db: Db): Promise<PublicVersions> {
  let current = asking.get(db)
  if (current === undefined) {
    current = { gathering: null, underWay: turn() }
    asking.set(db, current)
  }
  current.gathering ??= askedAfter(db, current)
  return current.gathering
}
async function askedAfter(db: Db, current: Asking): Promise<PublicVersions> {
  await current.underWay
  current.gathering = null
  const answer = askVersions(db)
  const done = answer.then(
    () => {},
    () => {},
  )
  current.underWay = done
  void done.then(() => {
    // Nobody came meanwhile: the next to come waits for who comes with it.
    if (current.underWay === done && current.gathering === null) asking.delete(db)
  })
  return await answer
}

const versionsAsked = statement<{ scope: Scope; n: string }, object>(
  'select scope, sum(n)::text as n from public_writes group by scope',
)
async function askVersions(db: Db): Promise<PublicVersions> {
  const rows = await versionsAsked(db, {})
  const of = (scope: Scope): string => rows.find((row) => row.scope === scope)?.n ?? '0'
  const version = `${of('register')}.${of('public')}`
  return { register: of('register'), public: version, comments: `${version}.${of('comments')}` }
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
