// Transactions: Db and Tx are two types, and functions on the write path accept only Tx, so a transaction can never
// use another connection by mistake.

import type { ExtractTablesWithRelations } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT, PgTransaction, PgTransactionConfig } from 'drizzle-orm/pg-core'
import { rowsFrom } from './rows.ts'

declare const kind: unique symbol

type NoSchema = Record<string, never>

/** What `execute()` answers: the rows themselves (`rows.ts`), whatever the driver wraps them in. */
interface Rows extends PgQueryResultHKT {
  type: Array<this['row']>
}
/** A pool-backed handle: reads outside transactions, and the argument of {@link withTransaction}. */
export type Db = PgDatabase<Rows, NoSchema> & { readonly [kind]: 'db' }

/** One open transaction. Using it after its end throws {@link TransactionEndedError}. */
export type Tx = PgTransaction<Rows, NoSchema, ExtractTablesWithRelations<NoSchema>> & {
  readonly [kind]: 'tx'
}

/** For queries that may run in either place (a read used by a page and by a command). */
export type DbOrTx = Db | Tx

/** A transaction handle was used after its transaction had ended. */
export class TransactionEndedError extends Error {
  override readonly name = 'TransactionEndedError'
  constructor() {
    super('事务已经结束，不能再通过它读写数据。')
  }
}

export interface TransactionOptions {
  /** Default: the server's default (read committed). */
  isolation?: NonNullable<PgTransactionConfig['isolationLevel']>
  /** Additional attempts after a serialization failure (40001) or a deadlock (40P01); default 3. */
  retries?: number
  /** Further failures worth another attempt, e.g. a unique key that another transaction took first. */
  retryOn?: (problem: DatabaseProblem) => boolean
}

/**
 * Hands over the last statement of a transaction, already sent: COMMIT follows it without waiting. Its failure makes the
 * server roll back and is thrown like any other.
 */
export type Last = (statement: Promise<unknown>) => void

/** What PostgreSQL said about a failed statement. */
export interface DatabaseProblem {
  /** SQLSTATE, or the driver's code such as `CONNECTION_CLOSED` or `ECONNREFUSED`. */
  code: string
  /** Name of the violated constraint. */
  constraint?: string
  detail?: string
  message: string
  table?: string
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/**
 * Finds the database's own error inside whatever was thrown (drizzle wraps it in `cause`).
 * Returns `undefined` when the error did not come from the database or its connection.
 */
export function databaseProblem(error: unknown): DatabaseProblem | undefined {
  let current: unknown = error
  for (let depth = 0; depth < 8 && typeof current === 'object' && current !== null; depth += 1) {
    const fields = current as Record<string, unknown>
    const code = text(fields.code)
    if (code !== undefined && (/^[0-9A-Z]{5}$/.test(code) || connectionCodes.has(code))) {
      const problem: DatabaseProblem = { code, message: text(fields.message) ?? code }
      const constraint = text(fields.constraint_name) ?? text(fields.constraint)
      const detail = text(fields.detail)
      const table = text(fields.table_name) ?? text(fields.table)
      if (constraint !== undefined) problem.constraint = constraint
      if (detail !== undefined) problem.detail = detail
      if (table !== undefined) problem.table = table
      return problem
    }
    // The pool's driver reports a lost connection without a code.
    if (lostConnection.test(text(fields.message) ?? ''))
      return { code: 'CONNECTION_CLOSED', message: text(fields.message) ?? '' }
    current = fields.cause
  }
  return undefined
}

const lostConnection =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect)/

const connectionCodes = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
])

/** True when the server was away (stopping, starting, killed) rather than refusing the statement. */
export function isConnectionProblem(error: unknown): boolean {
  const code = databaseProblem(error)?.code
  if (code === undefined) return false
  return connectionCodes.has(code) || code.startsWith('08') || ['57P01', '57P02', '57P03'].includes(code)
}

const isRetryable = (error: unknown, retryOn: TransactionOptions['retryOn']): boolean => {
  const problem = databaseProblem(error)
  if (problem === undefined) return false
  return problem.code === '40001' || problem.code === '40P01' || retryOn?.(problem) === true
}

/**
 * Runs `fn` in one transaction and returns its result after COMMIT; any exception rolls back and is rethrown.
 * Serialization failures and deadlocks run `fn` again from the start, so `fn` must have no effect outside `tx`.
 */
export async function withTransaction<T>(
  db: Db,
  fn: (tx: Tx, last: Last) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  const retries = options.retries ?? 3
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await once(db, fn, options)
    } catch (error) {
      if (attempt >= retries || !isRetryable(error, options.retryOn)) throw error
      // Jitter: two transactions that deadlocked must not meet again at the same moment.
      await new Promise((resolve) => setTimeout(resolve, 2 ** attempt * 5 + Math.random() * 10))
    }
  }
}

async function once<T>(db: Db, fn: (tx: Tx, last: Last) => Promise<T>, options: TransactionOptions): Promise<T> {
  const state = { ended: false }
  let final: Promise<unknown> | undefined
  const last: Last = (sent) => {
    final = sent
    sent.catch(ignore)
  }
  try {
    const result = await db.transaction(
      (raw) => fn(guarded(rowsFrom(raw as object) as unknown as Tx, state), last),
      options.isolation === undefined ? undefined : { isolationLevel: options.isolation },
    )
    await final
    return result
  } finally {
    state.ended = true
  }
}

function ignore(): void {}

/** drizzle lets a leaked `tx` go on working outside any transaction (drizzle-orm#6083); this proxy does not. */
function guarded(raw: Tx, state: { ended: boolean }): Tx {
  return new Proxy(raw, {
    get(target, property, receiver) {
      if (state.ended && property !== 'then') throw new TransactionEndedError()
      if (property === 'transaction') {
        return async <R>(fn: (nested: Tx) => Promise<R>): Promise<R> => {
          const inner = { ended: false }
          try {
            return await target.transaction((nested) => fn(guarded(rowsFrom(nested as object) as unknown as Tx, inner)))
          } finally {
            inner.ended = true
          }
        }
      }
      return Reflect.get(target, property, receiver)
    },
  })
}
