// One row for each filing at its receiving organ, beside the matter: which document, on which track, under which number
// it is registered. Mirrors the snapshot; the desks and the figures are read from it.
import { sql } from 'drizzle-orm'
import { date, index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'

export const filingReviews = pgTable(
  'filing_reviews',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    matterId: text('matter_id').notNull(),
    /** Entry of the register. */
    entryId: text('entry_id').notNull(),
    /** The document's own matter. */
    documentId: text('document_id').notNull(),
    track: text('track').notNull(),
    /** Of what is filed as a decision that amends or repeals, without a document: its day; null: the document itself is filed. */
    decidedOn: date('decided_on'),
    /** Unit that receives. */
    recipient: text('recipient').notNull(),
    openedOn: date('opened_on').notNull(),
    /** Since when a submission stands; null: nothing was sent, or it was returned. */
    filedOn: date('filed_on'),
    registeredOn: date('registered_on'),
    number: text('number'),
    closedOn: date('closed_on'),
    outcome: text('outcome'),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.matterId] }),
    uniqueIndex('filing_reviews_once').on(t.jurisdictionId, t.documentId, t.track).where(sql`${t.decidedOn} is null`),
    index('filing_reviews_decided').on(t.jurisdictionId, t.decidedOn).where(sql`${t.decidedOn} is not null`),
    index('filing_reviews_unfiled')
      .on(t.jurisdictionId, t.recipient)
      .where(sql`${t.decidedOn} is not null and ${t.filedOn} is null and ${t.closedOn} is null`),
    index('filing_reviews_recipient').on(t.jurisdictionId, t.recipient, t.openedOn),
  ],
)
