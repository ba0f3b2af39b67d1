// Rows of post-evaluations beside the matter: which entry of the register it is about and whether it is published (mirrors
// the snapshot), and the long texts (only added to).
import { date, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

export const evaluations = pgTable(
  'evaluations',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    matterId: text('matter_id').notNull(),
    /** Entry of the register that is evaluated. */
    entryId: text('entry_id').notNull(),
    ground: text('ground').notNull(),
    plannedOn: date('planned_on').notNull(),
    /** Null: not published yet. */
    publishedOn: date('published_on'),
    conclusion: text('conclusion'),
    /** Since when the oldest proposal waits that is not carried out; null: none waits. */
    pendingSince: date('pending_since'),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.matterId] }),
    index('evaluations_entry').on(t.jurisdictionId, t.entryId, t.publishedOn),
    index('evaluations_published').on(t.publishedOn.desc(), t.matterId),
  ],
)
export const evaluationTexts = pgTable(
  'evaluation_texts',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    matterId: text('matter_id').notNull(),
    n: integer('n').notNull(),
    /** plan, evidence, report, answer. */
    kind: text('kind').notNull(),
    /** What it belongs to: the number of the evidence or of the report. */
    part: text('part').notNull(),
    body: jsonb('body').$type<Record<string, unknown>>().notNull(),
    hash: text('hash').notNull(),
    at: timestamp('at', { withTimezone: true, precision: 3, mode: 'date' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.matterId, t.n] })],
)
