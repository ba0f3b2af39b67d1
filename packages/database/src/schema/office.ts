// What the office itself keeps: superior acts that were registered, and meetings by body, name and day.
import { date, index, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import { jurisdictions } from './identity.ts'

const jurisdiction = () =>
  text('jurisdiction_id')
    .notNull()
    .references(() => jurisdictions.id)

/** Higher-ranking law registered: title, number, issuer, force; and since when this system has known of it. */
export const acts = pgTable(
  'acts',
  {
    jurisdictionId: jurisdiction(),
    id: text('id').notNull(),
    title: text('title').notNull(),
    documentNumber: text('document_number'),
    issuers: text('issuers').array().notNull(),
    publishedOn: date('published_on').notNull(),
    effectiveDate: date('effective_date').notNull(),
    status: text('status').notNull(),
    statusSince: date('status_since'),
    source: text('source').notNull(),
    knownFrom: timestamp('known_from', { withTimezone: true, precision: 3 }).notNull(),
    by: text('by').notNull(),
    /** Its level, such as “行政法规”; null when not stated. */
    level: text('level'),
    /** Other names and short names. */
    aliases: text('aliases').array(),
    /** The articles this amendment or repeal concerns; null for the whole act, or when the articles are not known. */
    articles: text('articles').array(),
    /** When articles take effect separately: which articles, which day. */
    commencement: jsonb('commencement').$type<Array<{ articles: string[]; effectiveDate: string }>>(),
    /** The act that replaces it. */
    replacedBy: text('replaced_by'),
    /** Which registration this corrects. */
    corrects: text('corrects'),
    /**
     * The normalised title by which all facts about one act find each other; null for early registrations, computed
     * from the title.
     */
    key: text('key'),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.id] }), index('acts_title').on(t.jurisdictionId, t.title)],
)

/** Meetings: same body, same number and same day make the same meeting; rewritten with the snapshot. */
export const sessions = pgTable(
  'sessions',
  {
    jurisdictionId: jurisdiction(),
    id: text('id').notNull(),
    bodyId: text('body_id').notNull(),
    session: text('session').notNull(),
    date: date('date').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    index('sessions_meeting').on(t.jurisdictionId, t.bodyId, t.date),
  ],
)
