// What two installations say to each other: the other sides, the messages of both directions in their order, the files that
// came or went with them. A message never changes once it is signed; how far it got stands beside it.
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bytea } from './documents.ts'
import { jurisdictions } from './identity.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })
const jurisdiction = () =>
  text('jurisdiction_id')
    .notNull()
    .references(() => jurisdictions.id)

/** The other installations, as an administrator entered them. */
export const exchangePeers = pgTable(
  'exchange_peers',
  {
    jurisdictionId: jurisdiction(),
    /** The name under which it signs: the origin of its public log. */
    name: text('name').notNull(),
    label: text('label').notNull(),
    /** Empty: by folder only. */
    address: text('address').notNull(),
    /** Verifier keys that count, each up to its last day where `terms` sets one. */
    keys: text('keys').array().notNull(),
    /** Keys of before: what they signed is refused, and told apart from what a stranger signed. */
    retired: text('retired').array().notNull(),
    /** By key: from when to when it counts, and the note that announced it. */
    terms: jsonb('terms')
      .$type<Record<string, { from: string | null; lastDay: string | null; notice?: string }>>()
      .notNull()
      .default({}),
    /** By key of ours: what the other side signed when we announced it. */
    told: jsonb('told')
      .$type<Record<string, { at: string; step: string; why: string | null; statement: string; note: string }>>()
      .notNull()
      .default({}),
    tracks: text('tracks').array().notNull(),
    /** Our organ's unit that this installation receives for; null: we file nothing there. */
    filesTo: text('files_to'),
    /** Unit of ours that receives what this installation files; null: it files nothing here. */
    receivesAt: text('receives_at'),
    active: boolean('active').notNull(),
    savedAt: instant('saved_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.name] })],
)
/** One direction with one of them: how far it goes, and how the last attempts went. Derived, but for the count. */
export const exchangeStreams = pgTable(
  'exchange_streams',
  {
    jurisdictionId: jurisdiction(),
    peer: text('peer').notNull(),
    direction: text('direction').notNull(),
    /** Out: the place of the next message. In: from there on something is missing. */
    next: bigint('next', { mode: 'number' }).notNull().default(0),
    fails: integer('fails').notNull().default(0),
    nextAt: instant('next_at'),
    contactAt: instant('contact_at'),
    error: text('error'),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.peer, t.direction] }),
    check('exchange_streams_direction', sql`${t.direction} in ('out','in')`),
  ],
)
export const exchangeMessages = pgTable(
  'exchange_messages',
  {
    jurisdictionId: jurisdiction(),
    peer: text('peer').notNull(),
    direction: text('direction').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    id: text('id').notNull(),
    kind: text('kind').notNull(),
    /** A filing, or for a receipt the package it is about. */
    about: text('about').notNull(),
    /** The matter here. */
    matterId: text('matter_id'),
    /** For a receipt: which step it states. */
    step: text('step'),
    /** Out, as long as it is not signed: what is to be said (JSON). */
    draft: text('draft'),
    manifest: text('manifest'),
    note: text('note'),
    /** SHA-256 of the manifest, hexadecimal, and its leaf in the tree. */
    digest: text('digest'),
    leaf: bytea('leaf'),
    at: instant('at').notNull(),
    /** Out: `draft`, `waiting`, or the furthest step the other side stated. In: `incomplete`, `held`, `settled`. */
    state: text('state').notNull(),
    /** Why it was refused, or could not be acted on. */
    why: text('why'),
    attempts: integer('attempts').notNull().default(0),
    nextAt: instant('next_at'),
    settledAt: instant('settled_at'),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.peer, t.direction, t.seq] }),
    uniqueIndex('exchange_messages_id').on(t.jurisdictionId, t.peer, t.direction, t.id),
    index('exchange_messages_about').on(t.jurisdictionId, t.about),
    index('exchange_messages_matter').on(t.jurisdictionId, t.matterId, t.at),
    index('exchange_messages_open')
      .on(t.jurisdictionId, t.peer, t.direction, t.seq)
      .where(sql`${t.state} in ('draft','waiting','rejected','incomplete','held')`),
    check('exchange_messages_direction', sql`${t.direction} in ('out','in')`),
    check('exchange_messages_kind', sql`${t.kind} in ('command','receipt')`),
    check(
      'exchange_messages_signed',
      sql`(${t.state} = 'draft') = (${t.manifest} is null) and (${t.manifest} is null) = (${t.note} is null) and (${t.manifest} is null) = (${t.digest} is null) and (${t.manifest} is null) = (${t.leaf} is null)`,
    ),
  ],
)
/** Files of packages by their digest, in pieces: never whole in memory. */
export const exchangeFiles = pgTable(
  'exchange_files',
  {
    jurisdictionId: jurisdiction(),
    sha256: text('sha256').notNull(),
    n: integer('n').notNull(),
    bytes: bytea('bytes').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.sha256, t.n] })],
)
