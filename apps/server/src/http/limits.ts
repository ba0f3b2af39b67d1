// Rate limits: one token bucket per address, in the memory of this process; cleared by a restart, counted separately
// by each process.
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

/** `monotonic` in milliseconds: real time, so that moving the demo clock refills nothing. */
export function createLimiter(rate: Rate, monotonic: () => number = () => performance.now()): Limiter {
  const buckets = new Map<string, { tokens: number; at: number }>()
  const perToken = rate.secondsPerToken * 1000
  const fullAfter = rate.burst * perToken
  let swept = monotonic()
  return {
    take(address) {
      const now = monotonic()
      if (now - swept > 60_000) {
        swept = now
        for (const [key, bucket] of buckets) if (now - bucket.at > fullAfter) buckets.delete(key)
      }
      const key = limitKey(address)
      const bucket = buckets.get(key) ?? { tokens: rate.burst, at: now }
      const tokens = Math.min(rate.burst, bucket.tokens + (now - bucket.at) / perToken)
      if (tokens < 1) {
        buckets.set(key, { tokens, at: now })
        throw rateLimited(Math.max(1, Math.ceil(((1 - tokens) * perToken) / 1000)))
      }
      buckets.set(key, { tokens: tokens - 1, at: now })
    },
  }
}
