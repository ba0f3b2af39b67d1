// What the public sees changes rarely: whoever remembers an answer asks here whether it still holds.
import { bigint, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

/**
 * One row per transaction that changed what the public sees, in `register` (the entries themselves), in `comments` (what was
 * said on drafts) or in `public` (all else its pages are made of): written by triggers, in the same transaction. The sum of `n` is the version. Two
 * transactions never wait for each other here, and a summary of old rows keeps the sum.
 */
export const publicWrites = pgTable(
  'public_writes',
  {
    /** `CN` in a database by itself; where it is distributed, whose change it was. */
    jurisdictionId: text('jurisdiction_id').notNull().default('CN'),
    scope: text('scope').notNull(),
    /** The id of the transaction; a negative number stands for a summary. */
    transaction: bigint('transaction', { mode: 'number' }).notNull(),
    n: bigint('n', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.scope, t.transaction] })],
)
