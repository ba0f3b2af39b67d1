// Rows of a cleanup beside its matter: the frozen census and the late finds (one row each, never changed), and what was said
// and done about each (only added to). The ledger carries the digests of every batch; see docs/decisions/.
import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { sql } from '../query.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

/** One row beside each matter, for lists and for the page of a document: rewritten as the snapshot changes. */
export const cleanups = pgTable(
  'cleanups',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    matterId: text('matter_id').notNull(),
    kind: text('kind').notNull(),
    issuers: text('issuers').array().notNull(),
    publishedUntil: date('published_until').notNull(),
    frozenOn: date('frozen_on'),
    noticeUntil: date('notice_until'),
    decidedOn: date('decided_on'),
    publishedOn: date('published_on'),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.matterId] }),
    index('cleanups_published').on(t.jurisdictionId, t.publishedOn),
  ],
)
export const cleanupItems = pgTable(
  'cleanup_items',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    matterId: text('matter_id').notNull(),
    n: integer('n').notNull(),
    /** Entry of the register; null where the register does not know it. */
    entryId: text('entry_id'),
    /** The matter in which it was made here. */
    documentId: text('document_id'),
    title: text('title').notNull(),
    number: text('number'),
    issuers: text('issuers').array().notNull(),
    unit: text('unit'),
    unitName: text('unit_name'),
    publishedOn: date('published_on'),
    effectiveDate: date('effective_date'),
    validUntil: date('valid_until'),
    /** Its force at the moment of freezing, and since when. */
    status: text('status').notNull(),
    statusOn: date('status_on'),
    /** register, list, late, added. */
    origin: text('origin').notNull(),
    /** Why it is in; for a late find: why it was missing. */
    included: text('included').notNull(),
    textHash: text('text_hash'),
    afterDecision: boolean('after_decision').notNull(),
    hash: text('hash').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.matterId, t.n] }),
    uniqueIndex('cleanup_items_entry').on(t.jurisdictionId, t.matterId, t.entryId).where(sql`${t.entryId} is not null`),
    index('cleanup_items_of_entry').on(t.jurisdictionId, t.entryId),
  ],
)
export const cleanupNotes = pgTable(
  'cleanup_notes',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    matterId: text('matter_id').notNull(),
    seq: integer('seq').notNull(),
    /** The item; null: of the whole. */
    n: integer('n'),
    /** opinion, unit, check, final, effect, unlisted, differences, objection, answer, republished, lapse. */
    kind: text('kind').notNull(),
    body: jsonb('body').$type<Record<string, unknown>>().notNull(),
    by: text('by'),
    unit: text('unit'),
    at: instant('at').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.matterId, t.seq] }),
    index('cleanup_notes_latest').on(t.jurisdictionId, t.matterId, t.n, t.kind, t.seq),
  ],
)
