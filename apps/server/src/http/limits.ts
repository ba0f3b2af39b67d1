// Rate limits: one token bucket per address, in memory; cleared by a restart. Processes behind one port tell each other
// what was taken, so that an address has as much as with one; servers of their own count separately.
import { limitKey } from './address.ts'
import { rateLimited } from './problem.ts'

export interface Rate {
  /** How many can be used up in a row. */
  burst: number
  /** Seconds needed to regain each one after they are used up. */
  secondsPerToken: number
}

export interface Limiter {
  /** Takes one token of the address; throws 429 with the seconds to wait when none is left. */
  take(address: string): void
}

/** Tells the other processes which bucket a token was taken from, and hears it from them. */
export interface Sharing {
  say(key: string): void
  hear(listener: (key: string) => void): void
}

/** `monotonic` in milliseconds: real time, so that moving the demo clock refills nothing. */
export function createLimiter(
  rate: Rate,
  monotonic: () => number = () => performance.now(),
  sharing?: Sharing,
): Limiter {
  const buckets = new Map<string, { tokens: number; at: number }>()
  const perToken = rate.secondsPerToken * 1000
  const fullAfter = rate.burst * perToken
  let swept = monotonic()
  /** What a bucket holds at this moment. */
  const held = (key: string, now: number): number => {
    if (now - swept > 60_000) {
      swept = now
      for (const [old, bucket] of buckets) if (now - bucket.at > fullAfter) buckets.delete(old)
    }
    const bucket = buckets.get(key) ?? { tokens: rate.burst, at: now }
    return Math.min(rate.burst, bucket.tokens + (now - bucket.at) / perToken)
  }
  // Those that others took at the same moment may be too many; they are not made up for.
  sharing?.hear((key) => {
    const now = monotonic()
    buckets.set(key, { tokens: Math.max(0, held(key, now) - 1), at: now })
  })
  return {
    take(address) {
      const now = monotonic()
      const key = limitKey(address)
      const tokens = held(key, now)
      if (tokens < 1) {
        buckets.set(key, { tokens, at: now })
        throw rateLimited(Math.max(1, Math.ceil(((1 - tokens) * perToken) / 1000)))
      }
      buckets.set(key, { tokens: tokens - 1, at: now })
      sharing?.say(key)
    },
  }
}
