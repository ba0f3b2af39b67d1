// Frequent statements: built once by the query builder (or written by hand as SQL), then only filled with parameters.
// Building a statement takes about as long as executing it, so the write path saves half.
import { drizzle } from 'drizzle-orm/node-postgres'
import type { DbOrTx, Tx } from './tx.ts'

type BuilderDb = ReturnType<typeof drizzle.mock>
interface Prepared<R> {
  execute(values: Record<string, unknown>): Promise<R>
}
let count = 0

/**
 * Declares a statement that runs inside transactions. `build` gets a query builder without a connection and must end in a
 * query (not awaited); values come by name through `sql.placeholder(name)`. The result is what the same query would
 * answer. The statement is built at its first use and named, so the server plans it once per connection.
 */
export function prepared<R>(
  build: (db: BuilderDb) => { prepare(name: string): Prepared<R> },
): (tx: Tx, values: Record<string, unknown>) => Promise<R> {
  let built: Prepared<R> | undefined
  return (tx, values) => {
    if (!built) {
      count += 1
      built = build(drizzle.mock()).prepare(`dzp${count}`)
    }
    // The built query holds everything but the connection; each use borrows the transaction's.
    const { client } = (tx as unknown as { session: { client: unknown } }).session
    const bound = Object.create(built) as Prepared<R> & { client: unknown }
    bound.client = client
    return bound.execute(values)
  }
}

interface Driver {
  query(config: { name: string; text: string; values: unknown[] }): Promise<{ rows: unknown[] }>
}
/**
 * Declares a statement in SQL for what the builder cannot say in one: values by name (`$matter`), rows as the driver reads
 * them (JSON parsed, instants as Date; cast what should come as text). Sent at the call, without waiting for its turn.
 */
export function statement<Row, Values extends object>(written: string): (db: DbOrTx, values: Values) => Promise<Row[]> {
  count += 1
  const name = `dzs${count}`
  const names: string[] = []
  const text = written.replace(/\$([a-z]\w*)/gi, (_, value: string) => {
    if (!names.includes(value)) names.push(value)
    return `$${names.indexOf(value) + 1}`
  })
  return async (db, values) => {
    const { client } = (db as unknown as { session: { client: Driver } }).session
    const bound = names.map((each) => (values as Record<string, unknown>)[each])
    return (await client.query({ name, text, values: bound })).rows as Row[]
  }
}
