// The ladder of expiry: which entry was told of which rung, who has to see to it; and what was found of the validity that
// the text of an imported entry states.
import { date, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

export const expiryAlerts = pgTable(
  'expiry_alerts',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    entryId: text('entry_id').notNull(),
    validUntil: date('valid_until').notNull(),
    /** The rung: so many months before the end. */
    months: integer('months').notNull(),
    dueOn: date('due_on').notNull(),
    raisedAt: instant('raised_at').notNull(),
    ownerUnit: text('owner_unit').notNull(),
    ownerRole: text('owner_role').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.entryId, t.validUntil, t.months] }),
    index('expiry_alerts_due').on(t.jurisdictionId, t.validUntil, t.entryId),
  ],
)
export const validityAnswers = pgTable(
  'validity_answers',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    entryId: text('entry_id').notNull(),
    /** Null: the text states no end. */
    validUntil: date('valid_until'),
    quote: text('quote'),
    by: text('by').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.entryId] })],
)
