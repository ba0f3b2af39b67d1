// Rows of review suggestions beside the matter: the receipt, the texts (only added to), and who suggested (kept apart, deleted in time).
import { index, integer, jsonb, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

export const suggestions = pgTable(
  'suggestions',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    matterId: text('matter_id').notNull(),
    receipt: text('receipt').notNull(),
    /** Entry of the register that it is about. */
    entryId: text('entry_id').notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.matterId] }),
    uniqueIndex('suggestions_receipt_key').on(t.jurisdictionId, t.receipt),
    index('suggestions_receipt').on(t.receipt),
    index('suggestions_entry').on(t.jurisdictionId, t.entryId, t.receivedAt),
    index('suggestions_received').on(t.jurisdictionId, t.receivedAt),
  ],
)
export const suggestionTexts = pgTable(
  'suggestion_texts',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    matterId: text('matter_id').notNull(),
    n: integer('n').notNull(),
    /** submission, completion, inquiry, explanation, conclusion, notice, answer, reopening. */
    kind: text('kind').notNull(),
    body: jsonb('body').$type<Record<string, unknown>>().notNull(),
    hash: text('hash').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.matterId, t.n] })],
)
export const suggestionContacts = pgTable(
  'suggestion_contacts',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    matterId: text('matter_id').notNull(),
    name: text('name'),
    contact: text('contact'),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.matterId] })],
)
