// Reading from a standby that may be away: its connections are replaced by a few of the primary's, within bounds, until
// it is back.
import type { Socket } from 'node:net'
import pg from 'pg'
import { isConnectionProblem } from './tx.ts'

/** How long a standby found away is left alone before it is tried again (ms). */
const retryMs = 5_000
/** When nothing has come back from it for so long while somebody waits, it is asked whether it is there (ms). */
const silenceMs = 2_000
const askMs = 1_500

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
  watchSilence(pool, () => {
    awayUntil = Date.now() + retryMs
  })
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

/**
 * A standby that took the connection and then says nothing would be waited for until the reader's patience ends. When
 * nothing came back for a while, one more connection is tried; if that is silent too, `lost` is called and whoever waits
 * loses the connection, and is answered by the primary.
 */
function watchSilence(pool: pg.Pool, lost: () => void): void {
  const busy = new Set<pg.PoolClient>()
  let heard = 0
  let timer: NodeJS.Timeout | undefined
  const watch = (): void => {
    if (timer === undefined) timer = setTimeout(() => void look(), silenceMs).unref()
  }
  const look = async (): Promise<void> => {
    if (busy.size > 0 && Date.now() - heard >= silenceMs && !(await isThere(pool))) {
      lost()
      // Ends what waits for an answer; the pool drops a client whose connection has ended.
      for (const client of busy) (client as unknown as { connection: { stream: Socket } }).connection.stream.destroy()
    }
    timer = undefined
    if (busy.size > 0) watch()
  }
  pool.on('acquire', (client) => {
    if (busy.size === 0) heard = Date.now()
    busy.add(client)
    watch()
  })
  pool.on('release', (_error, client) => {
    busy.delete(client)
    heard = Date.now()
  })
  pool.on('remove', (client) => void busy.delete(client))
}
async function isThere(pool: pg.Pool): Promise<boolean> {
  const client = new pg.Client({ ...pool.options, connectionTimeoutMillis: askMs, query_timeout: askMs })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    client.end().catch(() => {})
  }
}
