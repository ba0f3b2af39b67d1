// The pace of password guessing: counted first, checked afterwards; slowed down but never locked, so however much
// others guess, the owner signs in as usual on a device used before.
import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { type Db, forgetPace, type Pace, takePace } from '@dianzhang/database'
import { limitKey } from './address.ts'
import { rateLimited } from './problem.ts'

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
  const own: `guess|${string}` = device === null ? `guess|${account}|${place}` : `guess|${account}|device|${device}`
  const take = async (key: `guess|${string}`, pace: Pace) => {
    const taken = await takePace(db, key, pace)
    if (taken.wait > 0) throw rateLimited(taken.wait)
    return taken
  }
  await take(`guess|address|${place}`, limits.address)
  const { first } = await take(own, limits.account)
  if (device === null) {
    const { wait } = await takePace(db, `guess|${account}`, limits.everywhere)
    if (!first && wait > 0) throw rateLimited(wait)
  }
  return {
    right: async () => {
      await forgetPace(db, own)
      const id = device ?? randomUUID()
      return `${id}.${deviceProof(from.secret, account, id)}`
    },
  }
}
