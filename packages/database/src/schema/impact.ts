// One row per check of what a change of a superior act means for one document of the register; mirrors the snapshot.
import { date, foreignKey, index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { matters } from './documents.ts'

export const impactChecks = pgTable(
  'impact_checks',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    matterId: text('matter_id').notNull(),
    entryId: text('entry_id').notNull(),
    /** Which change: see `eventKey` of packages/acts. */
    eventKey: text('event_key').notNull(),
    actKey: text('act_key').notNull(),
    actTitle: text('act_title').notNull(),
    eventOn: date('event_on').notNull(),
    role: text('role').notNull(),
    openedOn: date('opened_on').notNull(),
    /** What the unit concluded; null while it is being checked. */
    outcome: text('outcome'),
    confirmedOn: date('confirmed_on'),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.matterId] }),
    foreignKey({
      columns: [t.jurisdictionId, t.matterId],
      foreignColumns: [matters.jurisdictionId, matters.id],
      name: 'impact_checks_matter_fk',
    }),
    uniqueIndex('impact_checks_once').on(t.jurisdictionId, t.entryId, t.eventKey),
    index('impact_checks_event').on(t.jurisdictionId, t.eventKey),
  ],
)
