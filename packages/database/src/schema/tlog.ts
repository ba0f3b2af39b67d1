// The public log: one gapless sequence of entries per jurisdiction, written by triggers in the transaction of every
// public act; the tiles, checkpoints and cosignatures over them, written afterwards.

import {
  bigint,
  boolean,
  check,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'
import { sql } from '../query.ts'
import { jurisdictions } from './identity.ts'

const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })
const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })
const jurisdiction = () =>
  text('jurisdiction_id')
    .notNull()
    .references(() => jurisdictions.id)

/** The entries, from 0 without gaps. */
export const tlogEntries = pgTable(
  'tlog_entries',
  {
    jurisdictionId: jurisdiction(),
    idx: bigint('idx', { mode: 'number' }).notNull(),
    type: text('type').notNull(),
    subject: text('subject'),
    at: instant('at').notNull(),
    /** The entry as it stands in the log, canonical JSON. */
    entry: text('entry').notNull(),
    /** SHA-256 of a zero byte and the entry. */
    leaf: bytea('leaf').notNull(),
    /** Taken over from a mirror after a restore: the act itself is lost here. */
    recovered: boolean('recovered').notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.idx] }),
    index('tlog_entries_subject').on(t.jurisdictionId, t.subject, t.idx),
    index('tlog_entries_at').on(t.jurisdictionId, t.at),
    check('tlog_entries_length', sql`octet_length(${t.entry}) <= 65535`),
  ],
)
/**
 * Entries that were imported by one statement, to be appended when their transaction commits: the number of the first is
 * known only then. Empty outside a transaction.
 */
export const tlogDue = pgTable(
  'tlog_due',
  {
    jurisdictionId: jurisdiction(),
    n: bigint('n', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    subjects: text('subjects').array().notNull(),
    moments: instant('moments').array().notNull(),
    documents: text('documents').array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.n] })],
)
/** Full tiles of hashes; partial ones are put together when asked for. */
export const tlogTiles = pgTable(
  'tlog_tiles',
  {
    jurisdictionId: jurisdiction(),
    level: integer('level').notNull(),
    n: bigint('n', { mode: 'number' }).notNull(),
    hashes: bytea('hashes').notNull(),
    /** The root over the tile: its hash on the level above. */
    root: bytea('root').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.level, t.n] })],
)
/** Signed checkpoints, the log's own lines only. */
export const tlogCheckpoints = pgTable(
  'tlog_checkpoints',
  {
    jurisdictionId: jurisdiction(),
    origin: text('origin').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    /** Base 64. */
    root: text('root').notNull(),
    note: text('note').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.origin, t.size] })],
)
/** Lines of witnesses under a checkpoint. */
export const tlogCosignatures = pgTable(
  'tlog_cosignatures',
  {
    jurisdictionId: jurisdiction(),
    origin: text('origin').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    witness: text('witness').notNull(),
    line: text('line').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.origin, t.size, t.witness] })],
)
