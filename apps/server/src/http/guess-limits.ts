// The pace of password guessing: counted first, checked afterwards; slowed down but never locked, so however much
// others guess, the owner signs in as usual on a device used before.
import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { and, type Db, eq, lt, schema, sql } from '@dianzhang/database'
import { limitKey } from './address.ts'
import { rateLimited } from './problem.ts'

const { authRateLimits } = schema

/** A pace: `burst` attempts at once, then one every `seconds`. */
export interface Pace {
  burst: number
  seconds: number
}

/**
 * Takes one attempt of a pace kept in the database, in one statement: of two hundred at the same moment, on any number of
 * servers, no more pass than the pace allows. What is refused costs nothing, so that waiting is never prolonged by others.
 * (Generic cell rate: the row keeps the instant up to which the pace is used up.)
 * Answers the seconds to wait, 0 when it was taken, and whether it was the first of its key.
 */
async function takeAttempt(
  db: Db,
  key: string,
  pace: Pace,
  now = Date.now(),
): Promise<{ wait: number; first: boolean }> {
  const interval = pace.seconds * 1000
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

/** Gives back everything of a pace: the right password ends the counting. */
async function forgetAttempts(db: Db, key: string): Promise<void> {
  await db.delete(authRateLimits).where(eq(authRateLimits.key, key))
}

const hour = 3_600_000
let swept = 0
/** Removes, once an hour, what no longer slows anybody: the rows are as many as attackers care to make. */
async function sweepAttempts(db: Db, now = Date.now()): Promise<void> {
  if (now - swept < hour) return
  swept = now
  await db
    .delete(authRateLimits)
    .where(and(lt(authRateLimits.lastRequest, now - hour), sql`${authRateLimits.key} like 'guess|%'`))
}

export interface GuessLimits {
  /** Attempts of one address (an IPv6 /64), whoever it tries to be. */
  address: Pace
  /** Attempts at one account from one address or one known device. */
  account: Pace
  /** Attempts at one account from everywhere, known devices not counted: many addresses together are slowed too. */
  everywhere: Pace
}

export interface Guess {
  /** After the right password: counting ends, and the device is known from then on. */
  right(): Promise<string>
}

/** The account's name as it is counted; long or odd names are no keys. */
const nameKey = (username: string): string =>
  createHash('sha256').update(username.trim().toLowerCase()).digest('hex').slice(0, 32)

/** What a browser keeps after the right password: proof that this account was signed in to from here. */
function deviceProof(secret: string, account: string, device: string): string {
  return createHmac('sha256', secret).update(`device|${account}|${device}`).digest('base64url')
}

/** The device that a cookie proves to be known for this account; null for any other value. */
function knownDevice(secret: string, account: string, cookie: string | undefined): string | null {
  const [device = '', proof = ''] = (cookie ?? '').split('.')
  if (!/^[\w-]{20,40}$/.test(device)) return null
  const wanted = Buffer.from(deviceProof(secret, account, device))
  const given = Buffer.from(proof)
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? device : null
}

/**
 * Counts one attempt to sign in before the password is looked at; throws 429 with the seconds to wait.
 * A known device has a pace of its own, which nobody else can use up; an address that has not tried this account lately
 * gets one attempt even while the account is being guessed at from everywhere.
 */
export async function countGuess(
  db: Db,
  limits: GuessLimits,
  from: { secret: string; username: string; address: string; cookie: string | undefined },
): Promise<Guess> {
  const account = nameKey(from.username)
  const place = limitKey(from.address)
  const device = knownDevice(from.secret, account, from.cookie)
  const own = device === null ? `guess|${account}|${place}` : `guess|${account}|device|${device}`
  const take = async (key: string, pace: Pace) => {
    const taken = await takeAttempt(db, key, pace)
    if (taken.wait > 0) throw rateLimited(taken.wait)
    return taken
  }
  await sweepAttempts(db)
  await take(`guess|address|${place}`, limits.address)
  const { first } = await take(own, limits.account)
  if (device === null) {
    const { wait } = await takeAttempt(db, `guess|${account}`, limits.everywhere)
    if (!first && wait > 0) throw rateLimited(wait)
  }
  return {
    right: async () => {
      await forgetAttempts(db, own)
      const id = device ?? randomUUID()
      return `${id}.${deviceProof(from.secret, account, id)}`
    },
  }
}
