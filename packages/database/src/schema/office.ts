// What the office itself keeps: superior acts that were registered, and meetings by body, name and day.
import { date, index, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import { jurisdictions } from './identity.ts'

const jurisdiction = () =>
  text('jurisdiction_id')
    .notNull()
    .references(() => jurisdictions.id)

/** 登记的上位法：名称、文号、制定机关、效力；自何时起为本系统所知。 */
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
    /** 层级，如“行政法规”；没有写明的为空。 */
    level: text('level'),
    /** 别称、简称。 */
    aliases: text('aliases').array(),
    /** 这次修改、废止涉及的条；为空的是整件，或者不知道哪些条。 */
    articles: text('articles').array(),
    /** 各条分别施行的：哪些条、何日。 */
    commencement: jsonb('commencement').$type<Array<{ articles: string[]; effectiveDate: string }>>(),
    /** 由哪一部代替。 */
    replacedBy: text('replaced_by'),
    /** 更正的是哪一项登记。 */
    corrects: text('corrects'),
    /** 归一的名称，同一部上位法的各项事实以此相认；早先登记的为空，由名称算出。 */
    key: text('key'),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.id] }), index('acts_title').on(t.jurisdictionId, t.title)],
)

/** 会议：同一机构、同一次、同一日的是同一次会议；随快照改写。 */
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
