// Connections. Everything the application does goes through drizzle on a pg pool (sent pipelined, statements named by
// their text so that the server reuses plans). Hand-written statements of the command line, backup and verification go
// over bare connections of postgres. Each has its own pool and its own type parsers.
import type { Socket } from 'node:net'
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import postgres from 'postgres'
import { anewMark } from './query.ts'
import { rowsFrom } from './rows.ts'
import { type Standby, withFallback } from './standby.ts'
import type { Db, Tx } from './tx.ts'

export interface ConnectOptions {
  /** Largest number of connections of `db`; default 10. */
  max?: number
  /** Largest number of connections of `sql`; default 2, opened only when used. */
  rawMax?: number
  /** Shown in `pg_stat_activity`; default `dianzhang`. */
  applicationName?: string
  /** Default: notices are ignored (the driver would print them). */
  onnotice?: (notice: postgres.Notice) => void
  /** `false` behind a transaction-mode pooler; default true. */
  prepare?: boolean
  /** Statements of this connection see data but cannot change it (hot standby, portal). */
  readOnly?: boolean
  /** How long a statement of `db` may wait for a lock, and how long it may run (ms); default: no limit. */
  lockTimeoutMs?: number
  statementTimeoutMs?: number
  /**
   * A connection of `db` with statements under way on which nothing came for this long (ms) is given up: the cable was
   * cut, and nobody says so. Default: ten seconds after the server itself would have ended the statement; no limit where
   * statements have none.
   */
  silentMs?: number
  /** How long a transaction of `db` may sit idle before the server ends it (ms); default: no limit. */
  idleInTransactionMs?: number
  /** How long to wait for a free or a new connection of `db` (ms); default 30 000. */
  waitMs?: number
  /** Called with every statement sent, before it is sent: the bench replays them with the bare driver. */
  debug?: (query: string, parameters: readonly unknown[]) => void
  /**
   * The URL of the primary, where `url` is a standby: while the standby is away, at most `max` connections of `db` are
   * opened there instead (see {@link Connection.standby}).
   */
  primary?: { url: string; max: number } | undefined
}

export interface Connection {
  /** drizzle query builder; its connections return dates as text, as drizzle expects. */
  db: Db
  /** The bare driver with its own connections and parsers, for statements the query builder cannot say. */
  sql: postgres.Sql
  /** The standby that `db` reads from; null when there is none. */
  standby: Standby | null
  /** Waits up to 5 s for running statements, then closes both pools. */
  close(): Promise<void>
}

/**
 * Opens pools on a PostgreSQL URL (`postgres://user:password@host:port/database`). Nothing is sent before the first
 * query; a server that comes back after a restart is reconnected to.
 */
export function connect(url: string, options: ConnectOptions = {}): Connection {
  const pool = openPool(url, options)
  const { primary, ...rest } = options
  const instead = primary ? openPool(primary.url, { ...rest, max: primary.max }) : null
  const standby = instead === null ? null : withFallback(pool, instead)
  const sql = open(url, options, options.rawMax ?? 2)
  const db = rowsFrom(drizzle({ client: pool })) as unknown as Db
  return {
    db,
    sql,
    standby,
    async close() {
      await Promise.all([drained(pool), instead === null ? undefined : drained(instead), sql.end({ timeout: 5 })])
    },
  }
}

/** Statements whose text recurs get a name, so that the server parses and plans them once per connection. */
const namedStatements = new Map<string, string | undefined>()
const mostNamed = 1000
const nameOf = (text: string): string | undefined => {
  const known = namedStatements.get(text)
  if (known !== undefined || namedStatements.size >= mostNamed || namedStatements.has(text)) return known
  const name = text.includes(anewMark) ? undefined : `dz${namedStatements.size + 1}`
  namedStatements.set(text, name)
  return name
}

/** Connection → how many statements it was given so far. */
const sentOn = new WeakMap<object, number>()
/** How many statements the connection of `tx` was given so far: whoever asks behind others learns whether any came after. */
export const statementsSent = (tx: Tx): number =>
  sentOn.get((tx as unknown as { session: { client: object } }).session.client) ?? 0

const opening = /^begin\b/i
const begun = { command: 'BEGIN', rowCount: null, rows: [], fields: [] }

type QueryConfig = { text?: string; name?: string; values?: unknown[] }
function openPool(url: string, options: ConnectOptions): pg.Pool {
  const { debug } = options
  const name = options.prepare ?? true
  const silentMs =
    options.silentMs ?? (options.statementTimeoutMs === undefined ? undefined : options.statementTimeoutMs + 10_000)
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    application_name: options.applicationName ?? 'dianzhang',
    options: Object.entries({
      TimeZone: 'UTC',
      // To start a worker takes as long as reading some thousand rows that are in memory, not the thousand units taken for it:
      // of a list that shows a page it was all the time there was. What reads a whole table is still divided.
      parallel_setup_cost: 20_000,
      default_transaction_read_only: options.readOnly ? 'on' : undefined,
      lock_timeout: options.lockTimeoutMs,
      statement_timeout: options.statementTimeoutMs,
      idle_in_transaction_session_timeout: options.idleInTransactionMs,
    })
      .flatMap(([setting, value]) => (value === undefined ? [] : [`-c ${setting}=${value}`]))
      .join(' '),
    connectionTimeoutMillis: options.waitMs ?? 30_000,
    keepAlive: true,
    pipeline: true,
  } as pg.PoolConfig)
  // A server that goes away ends idle and busy connections; the statements themselves report it.
  pool.on('error', ignore)
  pool.on('connect', (client) => {
    client.on('error', ignore)
    const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
    const submit = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>
    let gathering = false
    let underWay = 0
    const settled = () => {
      underWay -= 1
    }
    if (silentMs !== undefined) {
      stream.setTimeout(silentMs)
      // Heard more than once: an idle connection is silent as well.
      stream.on('timeout', () => {
        if (underWay > 0) stream.destroy(new Error('Connection terminated: the database does not answer'))
      })
    }
    const send = (...args: unknown[]): Promise<unknown> => {
      sentOn.set(client, (sentOn.get(client) ?? 0) + 1)
      // What is asked before the next pause goes out in one piece: a system call costs more than a statement's bytes.
      if (!gathering) {
        gathering = true
        stream.cork()
        process.nextTick(() => {
          gathering = false
          stream.uncork()
        })
      }
      underWay += 1
      // The pool asks with a callback, transactions ask for a promise.
      const last = args.at(-1)
      if (typeof last === 'function') {
        args[args.length - 1] = (...told: unknown[]) => {
          settled()
          last(...told)
        }
        return submit(...args)
      }
      const answer = submit(...args)
      answer.then(settled, settled)
      return answer
    }
    client.query = ((...args: unknown[]) => {
      const config = args[0] as QueryConfig
      if (typeof config === 'object' && config.text !== undefined && opening.test(config.text)) {
        debug?.(config.text, [])
        // BEGIN is answered before the server does, so that it travels with the first statements. Should it fail after
        // all, those must not run outside a transaction: the connection is given up, and they fail with it.
        send(config.text).catch((error: Error) => stream.destroy(error))
        return Promise.resolve(begun)
      }
      if (typeof config === 'object' && typeof config.text === 'string') {
        debug?.(config.text, (args[1] as unknown[] | undefined) ?? config.values ?? [])
        // BEGIN, COMMIT and the like have no parameters and no plan.
        const named = name && config.name === undefined && config.text.length > 40 ? nameOf(config.text) : undefined
        if (named !== undefined) args[0] = { ...config, name: named }
      } else if (typeof args[0] === 'string') debug?.(args[0], (args[1] as unknown[] | undefined) ?? [])
      return send(...args)
    }) as typeof client.query
  })
  return pool
}
/** Waits up to 5 s for running statements. */
async function drained(pool: pg.Pool): Promise<void> {
  await Promise.race([pool.end(), new Promise((resolve) => setTimeout(resolve, 5_000).unref())])
}

function open(url: string, options: ConnectOptions, max: number): postgres.Sql {
  const { debug } = options
  return postgres(url, {
    max,
    prepare: options.prepare ?? true,
    onnotice: options.onnotice ?? ignore,
    // A server that was killed is back within a second or two; the driver's own pause grows to 20 s.
    backoff: (retries: number) => Math.min(0.05 * 2 ** retries, 1),
    connection: {
      application_name: options.applicationName ?? 'dianzhang',
      TimeZone: 'UTC',
      ...(options.readOnly ? { default_transaction_read_only: true } : {}),
    },
    ...(debug
      ? { debug: (_connection: number, query: string, parameters: unknown[]) => debug(query, parameters) }
      : {}),
  })
}

function ignore(): void {}
