// The search index of the register: derived from its entries, rebuilt by one command, never a fact of its own
// (docs/decisions/029). Its rows travel with backups and to the standby like any others.
import {
  bigint,
  boolean,
  check,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'
import { sql } from '../query.ts'
import { jurisdictions } from './identity.ts'

const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })

/** Which generation answers, and how often its parts changed; no row until the first one is complete. */
export const searchIndex = pgTable(
  'search_index',
  {
    id: integer('id').primaryKey(),
    generation: bigint('generation', { mode: 'number' }).notNull(),
    revision: bigint('revision', { mode: 'number' }).notNull(),
    /** The version of the algorithm that reads the grams of a text. */
    form: smallint('form').notNull(),
    /** Another generation is being built until then: what is pending stays so, that it may not miss it. */
    rebuildingUntil: timestamp('rebuilding_until', { withTimezone: true, precision: 3, mode: 'date' }),
  },
  (t) => [check('search_index_single', sql`${t.id} = 1`)],
)
/** So many entries in the order of results: latest published first. Never changed, only merged into others. */
export const searchParts = pgTable(
  'search_parts',
  {
    part: bigint('part', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    generation: bigint('generation', { mode: 'number' }).notNull(),
    entries: integer('entries').notNull(),
    /** The first gram of each block, as doubles. */
    firstKeys: bytea('first_keys').notNull(),
  },
  (t) => [index('search_parts_generation').on(t.generation, t.part)],
)
/** The grams of a part, ascending, some kilobytes to a block. */
export const searchBlocks = pgTable(
  'search_blocks',
  {
    part: bigint('part', { mode: 'number' }).notNull(),
    n: integer('n').notNull(),
    b: bytea('b').notNull(),
  },
  (t) => [primaryKey({ columns: [t.part, t.n] })],
)
/** What filters and facets ask of the entries of a part, some thousand to a row; `v` counts its changes. */
export const searchColumns = pgTable(
  'search_columns',
  {
    part: bigint('part', { mode: 'number' }).notNull(),
    chunk: integer('chunk').notNull(),
    v: integer('v').notNull(),
    body: text('body').notNull(),
  },
  (t) => [primaryKey({ columns: [t.part, t.chunk] })],
)
/**
 * Entries not yet in a part (`fresh`), and entries whose dates or events changed since: written by triggers in the same
 * transaction, looked at one by one by every search.
 */
export const searchPending = pgTable(
  'search_pending',
  {
    jurisdictionId: text('jurisdiction_id')
      .notNull()
      .references(() => jurisdictions.id),
    id: text('id').notNull(),
    /** Given anew by every change. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    fresh: boolean('fresh').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.id] })],
)
