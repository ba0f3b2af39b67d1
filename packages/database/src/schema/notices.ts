// Notices: what a moved matter has to tell whom (written in the act's own transaction), what of it is still to be sent
// outside, who wants to be told by which way, and every single delivery with what became of it.
import {
  bigint,
  boolean,
  date,
  foreignKey,
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
import { matters } from './documents.ts'
import { jurisdictions } from './identity.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })
const jurisdiction = () =>
  text('jurisdiction_id')
    .notNull()
    .references(() => jurisdictions.id)

/**
 * The outbox of the door: one row for the act itself, one for every turn that began with it. Written by the same statement
 * that settles the act; only added to. The last record of the act says how many there are.
 */
export const notices = pgTable(
  'notices',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    /** `matter:seq`, for a turn followed by `:command:role:unit`. */
    id: text('id').notNull(),
    matterId: text('matter_id').notNull(),
    /** The record of the ledger that it comes from. */
    seq: integer('seq').notNull(),
    /** `moved`: the act itself; `turn`: somebody's turn began. */
    kind: text('kind').notNull(),
    at: instant('at').notNull(),
    /** Who acted; null: the public or the system. */
    by: text('by'),
    /** The command carried out, or the one now awaited. */
    command: text('command').notNull(),
    event: text('event').notNull(),
    role: text('role').notNull(),
    unit: text('unit').notNull(),
    count: integer('count'),
    notBefore: date('not_before'),
    dueOn: date('due_on'),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    index('notices_whose').on(t.jurisdictionId, t.role, t.unit, t.at.desc()),
    index('notices_matter').on(t.jurisdictionId, t.matterId, t.at.desc()),
    foreignKey({ columns: [t.jurisdictionId, t.matterId], foreignColumns: [matters.jurisdictionId, matters.id] }),
  ],
)
/** What was said about a turn since it began: by a person (`urge`), or by the ladder of the pack (`rung`). Only added to. */
export const reminders = pgTable(
  'reminders',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    id: text('id').notNull(),
    matterId: text('matter_id').notNull(),
    kind: text('kind').notNull(),
    /** The turn that it is about. */
    command: text('command').notNull(),
    since: instant('since').notNull(),
    /** Who is told: those awaited, or above them. */
    role: text('role').notNull(),
    unit: text('unit').notNull(),
    /** Which rung of the ladder, from 0; null for an urge. */
    rung: integer('rung'),
    dueOn: date('due_on'),
    at: instant('at').notNull(),
    by: text('by'),
    words: text('words'),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    index('reminders_whose').on(t.jurisdictionId, t.role, t.unit, t.at.desc()),
    index('reminders_matter').on(t.jurisdictionId, t.matterId, t.command),
    foreignKey({ columns: [t.jurisdictionId, t.matterId], foreignColumns: [matters.jurisdictionId, matters.id] }),
  ],
)
/** What is still to be looked at for sending outside; a row goes when its deliveries are written. */
export const noticeQueue = pgTable(
  'notice_queue',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    id: text('id').notNull(),
    /** `notice` or `reminder`. */
    source: text('source').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.id] })],
)
/** How far the public log has been read for sending outside. */
export const noticeCursors = pgTable(
  'notice_cursors',
  {
    jurisdictionId: jurisdiction(),
    name: text('name').notNull(),
    idx: bigint('idx', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.name] })],
)
/** That a person has read a message. Evidence of nothing. */
export const noticeReads = pgTable(
  'notice_reads',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    person: text('person').notNull(),
    noticeId: text('notice_id').notNull(),
    readAt: instant('read_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.person, t.noticeId] })],
)
/** Where and when a member of the staff wants to be told besides the message centre. */
export const noticePreferences = pgTable(
  'notice_preferences',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    person: text('person').notNull(),
    /** `mail`, or the name of a channel of the configuration. */
    channel: text('channel').notNull(),
    address: text('address').notNull(),
    /** `immediate`, `daily`. */
    rhythm: text('rhythm').notNull(),
    /** Mail that was refused for good: nothing more is sent there until it is changed. */
    suspendedWhy: text('suspended_why'),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.person, t.channel] })],
)
/** The digest of the token by which a calendar program reads one person's days. */
export const calendarTokens = pgTable(
  'calendar_tokens',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    person: text('person').notNull(),
    digest: text('digest').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.person] }),
    uniqueIndex('calendar_tokens_digest').on(t.jurisdictionId, t.digest),
  ],
)
/** Subscriptions of the public, without the address. */
export const subscriptions = pgTable(
  'subscriptions',
  {
    jurisdictionId: jurisdiction(),
    id: text('id').notNull(),
    /** `document`, `issuer`, `subject`, `act`, `query`, `consultations`, `receipt`. */
    kind: text('kind').notNull(),
    /** What exactly: an id, a name, the query of a search, a receipt. */
    about: text('about').notNull(),
    /** `immediate`, `weekly`. */
    rhythm: text('rhythm').notNull(),
    /** `pending` until confirmed, `active`, `suspended`. */
    state: text('state').notNull(),
    suspendedWhy: text('suspended_why'),
    /** For a receipt: the matter, and the digest of what the receipt showed last. */
    matterId: text('matter_id'),
    shown: text('shown'),
    createdAt: instant('created_at').notNull(),
    confirmedAt: instant('confirmed_at'),
    lastSentAt: instant('last_sent_at'),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    index('subscriptions_matter').on(t.jurisdictionId, t.matterId),
    index('subscriptions_state').on(t.jurisdictionId, t.state, t.kind),
  ],
)
/** Where a subscription is sent, and the tokens of the letters. Deleted with the subscription; under no digest. */
export const subscriptionContacts = pgTable(
  'subscription_contacts',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    subscriptionId: text('subscription_id').notNull(),
    address: text('address').notNull(),
    /** In the letter that asks for confirmation; its digest. */
    confirmDigest: text('confirm_digest'),
    /** In every later letter: to end it. */
    token: text('token').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.subscriptionId] }),
    index('subscription_contacts_address').on(t.jurisdictionId, t.address),
  ],
)
/** Receivers of webhooks. The secret is nowhere in the database: it follows from the service's own and `generation`. */
export const webhooks = pgTable(
  'webhooks',
  {
    jurisdictionId: jurisdiction(),
    id: text('id').notNull(),
    label: text('label').notNull(),
    url: text('url').notNull(),
    /** Kinds of entries of the public log; empty: all. */
    types: text('types').array().notNull(),
    active: boolean('active').notNull(),
    inactiveWhy: text('inactive_why'),
    generation: integer('generation').notNull(),
    rotatedAt: instant('rotated_at').notNull(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.id] })],
)
/** One thing to be sent to one receiver by one channel, once. */
export const deliveries = pgTable(
  'deliveries',
  {
    jurisdictionId: jurisdiction(),
    id: text('id').notNull(),
    /** `mail`, `webhook`, or the name of a channel of the configuration. */
    channel: text('channel').notNull(),
    /** `subscription:…`, `person:…`, `registration:…` (of a hearing), `webhook:…`. */
    target: text('target').notNull(),
    /** What happened: `log:index`, the id of a notice, a day. */
    event: text('event').notNull(),
    template: text('template').notNull(),
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    /** `due`, `sent`, `dead`, `dropped`. */
    state: text('state').notNull(),
    attempts: integer('attempts').notNull().default(0),
    nextAt: instant('next_at'),
    createdAt: instant('created_at').notNull(),
    settledAt: instant('settled_at'),
    error: text('error'),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    uniqueIndex('deliveries_once').on(t.jurisdictionId, t.event, t.target, t.channel),
    index('deliveries_due').on(t.state, t.nextAt),
    // Each channel looks for its own among what waits for others.
    index('deliveries_lane').on(t.channel, t.nextAt).where(sql`state = 'due'`),
    index('deliveries_target').on(t.jurisdictionId, t.target, t.createdAt.desc()),
  ],
)
/** A query that a person keeps under a name. */
export const savedFilters = pgTable(
  'saved_filters',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    person: text('person').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    /** Which list, and its query string. */
    list: text('list').notNull(),
    query: text('query').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.person, t.id] })],
)
