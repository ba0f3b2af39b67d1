// One row for each file put into the archive: its number (“档号”), how long it is kept and until when. What the ledger says of the act, as
// a list is read from; never changed afterwards.
import { sql } from 'drizzle-orm'
import { date, index, integer, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'

export const archivedFiles = pgTable(
  'archived_files',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    documentId: text('document_id').notNull(),
    /** As it was written; null: the archive gives it later. */
    archiveNo: text('archive_no'),
    /** The number however it is typed (`archiveNumberKey`); null also for one that an old file has from another. */
    archiveKey: text('archive_key'),
    retention: text('retention'),
    /** The year in which the document was made. */
    year: integer('year').notNull(),
    /** The last day of the retention; null: kept for good, or for no known number of years. */
    keptUntil: date('kept_until'),
    archivedAt: timestamp('archived_at', { withTimezone: true, precision: 3, mode: 'date' }).notNull(),
    archivedBy: text('archived_by'),
    files: integer('files').notNull(),
    manifestHash: text('manifest_hash').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.documentId] }),
    uniqueIndex('archived_files_number').on(t.jurisdictionId, t.archiveKey).where(sql`${t.archiveKey} is not null`),
    index('archived_files_list').on(t.jurisdictionId, t.archivedAt.desc(), t.documentId),
    index('archived_files_kept').on(t.jurisdictionId, t.keptUntil).where(sql`${t.keptUntil} is not null`),
  ],
)
