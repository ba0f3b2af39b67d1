// 连接：drizzle 与自写查询各用各的连接池，因为 drizzle 会改写其客户端的类型解析器。
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { Db } from './tx.ts'

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
  /** Called with every statement sent, before it is sent: the bench replays them with the bare driver. */
  debug?: (query: string, parameters: readonly unknown[]) => void
}

export interface Connection {
  /** drizzle query builder; its connections return dates as text, as drizzle expects. */
  db: Db
  /** The bare driver with its own connections and parsers, for statements the query builder cannot say. */
  sql: postgres.Sql
  /** Waits up to 5 s for running statements, then closes both pools. */
  close(): Promise<void>
}

/**
 * Opens pools on a PostgreSQL URL (`postgres://user:password@host:port/database`). Nothing is sent before the first
 * query; a server that comes back after a restart is reconnected to.
 */
export function connect(url: string, options: ConnectOptions = {}): Connection {
  const client = open(url, options, options.max ?? 10)
  const sql = open(url, options, options.rawMax ?? 2)
  const db = drizzle({ client }) as unknown as Db
  return {
    db,
    sql,
    async close() {
      await Promise.all([client.end({ timeout: 5 }), sql.end({ timeout: 5 })])
    },
  }
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
