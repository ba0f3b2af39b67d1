// Reading from a standby that may be away: its connections are replaced by a few of the primary's, within bounds, until
// it is back.
import type pg from 'pg'
import { isConnectionProblem } from './tx.ts'

/** How long a standby found away is left alone before it is tried again (ms). */
const retryMs = 5_000

export interface Standby {
  /** What was last seen of it; while away, the primary answers in its place. */
  away(): boolean
  /** Asks it now; false when it does not answer within `ms`. */
  answers(ms: number): Promise<boolean>
}

type Taken = (error: Error | undefined, client?: pg.PoolClient, release?: (error?: boolean) => void) => void

/**
 * Makes `pool` (of the standby) hand out connections of `primary` while the standby cannot be reached. A statement
 * outside a transaction that loses its connection is asked once more, of whichever there is: everything here only reads.
 */
export function withFallback(pool: pg.Pool, primary: pg.Pool): Standby {
  let awayUntil = 0
  const own = { connect: pool.connect.bind(pool), query: pool.query.bind(pool) as (...args: unknown[]) => unknown }
  const away = (): boolean => Date.now() < awayUntil
  const take = async (): Promise<pg.PoolClient> => {
    if (!away()) {
      try {
        return await own.connect()
      } catch (error) {
        // Too many callers for its connections is no absence.
        if (!isConnectionProblem(error) || /timeout exceeded/.test(String((error as Error).message))) {
          if (pool.totalCount > 0) throw error
        }
        awayUntil = Date.now() + retryMs
      }
    }
    return await primary.connect()
  }
  pool.connect = ((taken?: Taken) => {
    if (taken === undefined) return take()
    take().then(
      (client) => taken(undefined, client, client.release.bind(client)),
      (error: Error) => taken(error),
    )
    return undefined
  }) as typeof pool.connect
  pool.query = (async (...args: unknown[]) => {
    try {
      return await own.query(...args)
    } catch (error) {
      if (!isConnectionProblem(error)) throw error
      awayUntil = Date.now() + retryMs
      return await own.query(...args)
    }
  }) as typeof pool.query
  return {
    away,
    async answers(ms) {
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error('late')), ms)
      })
      try {
        await Promise.race([
          own.connect().then((client) => client.query('select 1').finally(() => client.release())),
          late,
        ])
        awayUntil = 0
        return true
      } catch {
        awayUntil = Date.now() + retryMs
        return false
      } finally {
        clearTimeout(timer)
      }
    },
  }
}
