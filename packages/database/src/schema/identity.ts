// Units, people, roles, delegations, and the tables sign-in needs. The sign-in tables are read and written by the
// authentication library and are not data of any jurisdiction.

import {
  bigint,
  boolean,
  check,
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

export const jurisdictions = pgTable('jurisdictions', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  parentId: text('parent_id'),
})

export const units = pgTable(
  'units',
  {
    jurisdictionId: text('jurisdiction_id')
      .notNull()
      .references(() => jurisdictions.id),
    id: text('id').notNull(),
    name: text('name').notNull(),
    kind: text('kind').notNull(),
    parentId: text('parent_id'),
    eligible: boolean('eligible').notNull().default(false),
    eligibleSince: date('eligible_since'),
    eligibleUntil: date('eligible_until'),
    areaCode: text('area_code'),
    bodyCode: text('body_code'),
    sort: integer('sort').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    uniqueIndex('units_name_key').on(t.jurisdictionId, t.name),
    check(
      'units_kind',
      sql`${t.kind} in ('government','office','department','township','internal','temporary','npc','superior')`,
    ),
  ],
)

/**
 * Meetings and review bodies of the authorities: the records decide who deliberates and who reviews legality. Made
 * with the units from the pack; administrators may add and disable them. Never deleted, as old files still point to
 * them.
 */
export const bodies = pgTable(
  'bodies',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    kind: text('kind').notNull(),
    /** The authority it belongs to: in whose name it decides, or for whom it reviews. */
    unitId: text('unit_id').notNull(),
    /** Kind of meeting, such as “常务会议”; null for a review body. */
    form: text('form'),
    /** The unit that houses the review body; null for a meeting. */
    seatId: text('seat_id'),
    active: boolean('active').notNull().default(true),
    sort: integer('sort').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    uniqueIndex('bodies_name_key').on(t.jurisdictionId, t.name),
    index('bodies_unit').on(t.jurisdictionId, t.unitId),
    foreignKey({ columns: [t.jurisdictionId, t.unitId], foreignColumns: [units.jurisdictionId, units.id] }),
    foreignKey({ columns: [t.jurisdictionId, t.seatId], foreignColumns: [units.jurisdictionId, units.id] }),
    check('bodies_kind', sql`${t.kind} in ('meeting','review')`),
    check('bodies_shape', sql`(${t.kind} = 'meeting') = (${t.seatId} is null)`),
  ],
)

export const authUsers = pgTable(
  'auth_users',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    email: text('email').notNull(),
    emailVerified: boolean('email_verified').notNull().default(false),
    image: text('image'),
    username: text('username'),
    displayUsername: text('display_username'),
    mustChangePassword: boolean('must_change_password').notNull().default(false),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [uniqueIndex('auth_users_email_key').on(t.email), uniqueIndex('auth_users_username_key').on(t.username)],
)
export const authSessions = pgTable(
  'auth_sessions',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => authUsers.id, { onDelete: 'cascade' }),
    token: text('token').notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [uniqueIndex('auth_sessions_token_key').on(t.token), index('auth_sessions_user').on(t.userId)],
)
export const authAccounts = pgTable(
  'auth_accounts',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => authUsers.id, { onDelete: 'cascade' }),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    accessTokenExpiresAt: timestamp('access_token_expires_at', { withTimezone: true }),
    refreshTokenExpiresAt: timestamp('refresh_token_expires_at', { withTimezone: true }),
    scope: text('scope'),
    idToken: text('id_token'),
    password: text('password'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [index('auth_accounts_user').on(t.userId)],
)
export const authVerifications = pgTable('auth_verifications', {
  id: text('id').primaryKey(),
  identifier: text('identifier').notNull(),
  value: text('value').notNull(),
  expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
})
/**
 * When each account was last signed in with: a row of its own, so that signing in neither touches the account (whose
 * rows the office ledger holds) nor tells every process to read people and posts again.
 */
export const authSignIns = pgTable('auth_sign_ins', {
  userId: text('user_id')
    .primaryKey()
    .references(() => authUsers.id, { onDelete: 'cascade' }),
  at: timestamp('at', { withTimezone: true, precision: 3 }).notNull(),
  /** False: known only to lie before `at`, which is when this record began. */
  exact: boolean('exact').notNull().default(true),
})
export const authRateLimits = pgTable(
  'auth_rate_limits',
  {
    id: text('id').primaryKey(),
    key: text('key').notNull(),
    count: integer('count').notNull(),
    lastRequest: bigint('last_request', { mode: 'number' }).notNull(),
  },
  (t) => [uniqueIndex('auth_rate_limits_key').on(t.key)],
)

export const people = pgTable(
  'people',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    id: text('id').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => authUsers.id),
    name: text('name').notNull(),
    unitId: text('unit_id').notNull(),
    active: boolean('active').notNull().default(true),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    uniqueIndex('people_user_key').on(t.jurisdictionId, t.userId),
    foreignKey({ columns: [t.jurisdictionId, t.unitId], foreignColumns: [units.jurisdictionId, units.id] }),
  ],
)
export const personRoles = pgTable(
  'person_roles',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    personId: text('person_id').notNull(),
    unitId: text('unit_id').notNull(),
    role: text('role').notNull(),
    startsOn: date('starts_on'),
    endsOn: date('ends_on'),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.personId, t.unitId, t.role] }),
    foreignKey({ columns: [t.jurisdictionId, t.personId], foreignColumns: [people.jurisdictionId, people.id] }),
    foreignKey({ columns: [t.jurisdictionId, t.unitId], foreignColumns: [units.jurisdictionId, units.id] }),
  ],
)
/**
 * Delegations: within the period the delegate acts in that role of the delegator at that unit; an end date is
 * required.
 */
export const delegations = pgTable(
  'delegations',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    id: text('id').notNull(),
    fromPersonId: text('from_person_id').notNull(),
    toPersonId: text('to_person_id').notNull(),
    unitId: text('unit_id').notNull(),
    role: text('role').notNull(),
    startsOn: date('starts_on').notNull(),
    endsOn: date('ends_on').notNull(),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
    reason: text('reason').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    index('delegations_to').on(t.jurisdictionId, t.toPersonId),
    check('delegations_dates', sql`${t.endsOn} >= ${t.startsOn}`),
    check('delegations_not_self', sql`${t.fromPersonId} <> ${t.toPersonId}`),
  ],
)
/**
 * Record of what the system administrator did to people, posts, passwords and units: append-only, passwords not
 * recorded.
 */
export const officeActs = pgTable(
  'office_acts',
  {
    jurisdictionId: text('jurisdiction_id')
      .notNull()
      .references(() => jurisdictions.id),
    id: text('id').notNull(),
    at: timestamp('at', { withTimezone: true, precision: 3 }).notNull(),
    by: text('by').notNull(),
    kind: text('kind').notNull(),
    /** Id of the person or unit concerned. */
    subject: text('subject').notNull(),
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull(),
    reason: text('reason').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    index('office_acts_at').on(t.jurisdictionId, t.at.desc(), t.id),
    check(
      'office_acts_kind',
      sql`${t.kind} in ('person_added','person_disabled','person_enabled','posts_changed','password_reset','unit_added','unit_changed','body_added','body_changed','backup_restored','numbers_confirmed')`,
    ),
  ],
)
/**
 * Goes up by one whenever accounts, people, posts, delegations or units change; sessions use it to tell whether the
 * posts they remember still hold. The sum of `n` is the version: one row (`CN`) in a database by itself, one per
 * jurisdiction where it is distributed (distribute.ts).
 */
export const authVersion = pgTable('auth_version', {
  jurisdictionId: text('jurisdiction_id').primaryKey().default('CN'),
  n: bigint('n', { mode: 'number' }).notNull(),
})
/**
 * Goes up by one whenever packs or holiday notices change; each service uses it to tell whether the rules and
 * calendar it remembers are still current. The sum of `n` is the version, as with `auth_version`.
 */
export const rulesVersion = pgTable('rules_version', {
  jurisdictionId: text('jurisdiction_id').primaryKey().default('CN'),
  n: bigint('n', { mode: 'number' }).notNull(),
})
