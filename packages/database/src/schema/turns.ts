// Whose turn it is: derived from each matter whenever it moves, so that desks ask an index and never read a matter.
// Beside it what one person keeps for himself: what he has seen, what he follows.
import {
  boolean,
  customType,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'
import { sql } from '../query.ts'
import { matters } from './documents.ts'

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })
const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

/** One awaited command of one matter, for one role in one unit. What is answered is deleted; the ledger keeps what was. */
export const turns = pgTable(
  'turns',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    matterId: text('matter_id').notNull(),
    command: text('command').notNull(),
    role: text('role').notNull(),
    /** Empty: whoever holds the role, in any unit. */
    unit: text('unit').notNull(),
    /** How many things are to be dealt with, where they are counted. */
    count: integer('count'),
    /** Which things, where they have names: “起草说明、制定依据对照表”. */
    names: text('names'),
    /** Since when it is awaited, and who brought it about; null: the public or the system. */
    since: instant('since').notNull(),
    askedBy: text('asked_by'),
    /** Awaited only from this day on. */
    notBefore: date('not_before'),
    dueOn: date('due_on'),
    /** Of the matter as it stands, so that lists and counts are read in order from one index and end where the page ends. */
    process: text('process').notNull(),
    stage: text('stage').notNull(),
    businessOf: text('business_of').notNull(),
    openedBy: text('opened_by'),
    nextDueOn: date('next_due_on'),
    /** Its own day, by which it presses whoever is awaited; far off where there is none. */
    dueBy: date('due_by').notNull().generatedAlwaysAs(sql`coalesce(due_on, '9999-12-31'::date)`),
    /** The nearer of its own day and the matter's, which may be another's; far off where there is none. */
    pressesOn: date('presses_on')
      .notNull()
      .generatedAlwaysAs(sql`coalesce(least(due_on, next_due_on), '9999-12-31'::date)`),
  },
  (t) => {
    const order = [t.dueBy, t.since, t.matterId] as const
    const whose = [t.role, t.unit, t.notBefore] as const
    // What lists and counts ask of a turn beside its place: with these the index alone answers, and no row is fetched.
    const asked = [t.stage, t.nextDueOn] as const
    return [
      primaryKey({ columns: [t.jurisdictionId, t.matterId, t.command, t.role, t.unit] }),
      // Whose turn; who brought it about, who opened the matter, whose business it is: in the order in which what is awaited is due.
      // Any: in the order in which the matters press.
      index('turns_whose').on(
        ...([t.jurisdictionId, t.role, t.unit, t.process, ...order, t.stage, t.notBefore, t.nextDueOn] as const),
        ...([t.command, t.businessOf] as const),
      ),
      index('turns_asked')
        .on(t.jurisdictionId, t.askedBy, t.process, ...order, ...whose, ...asked, t.businessOf)
        .where(sql`${t.askedBy} is not null`),
      index('turns_opened')
        .on(t.jurisdictionId, t.openedBy, t.process, ...order, ...whose, ...asked, t.businessOf)
        .where(sql`${t.openedBy} is not null`),
      index('turns_business').on(t.jurisdictionId, t.businessOf, t.process, ...order, ...whose, ...asked, t.command),
      index('turns_pressing').on(
        t.jurisdictionId,
        t.process,
        t.pressesOn,
        t.since,
        t.matterId,
        ...whose,
        ...asked,
        t.command,
        t.businessOf,
      ),
      index('turns_since').on(
        t.jurisdictionId,
        t.process,
        t.since,
        t.matterId,
        ...whose,
        ...asked,
        t.command,
        t.businessOf,
      ),
      foreignKey({ columns: [t.jurisdictionId, t.matterId], foreignColumns: [matters.jurisdictionId, matters.id] }),
    ]
  },
)
/**
 * What one person keeps of one matter: when it was last looked at, whether it is followed, from which day on it is to stand
 * on the desk again and why. Evidence of nothing.
 */
export const matterMarks = pgTable(
  'matter_marks',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    person: text('person').notNull(),
    matterId: text('matter_id').notNull(),
    seenAt: instant('seen_at'),
    followed: boolean('followed').notNull().default(false),
    laterUntil: date('later_until', { mode: 'string' }),
    laterWhy: text('later_why'),
    /** The version it was put off at: once it has moved, it stands on the desk again. */
    laterVersion: integer('later_version'),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.person, t.matterId] }),
    index('matter_marks_recent').on(t.jurisdictionId, t.person, t.seenAt.desc()),
    index('matter_marks_later').on(t.jurisdictionId, t.person, t.laterUntil).where(sql`${t.laterUntil} is not null`),
    foreignKey({ columns: [t.jurisdictionId, t.matterId], foreignColumns: [matters.jurisdictionId, matters.id] }),
  ],
)
/** What of a matter can be found: tokens of its name, numbers and present text. Derived, brought up to date at any time. */
export const matterSearch = pgTable(
  'matter_search',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    matterId: text('matter_id').notNull(),
    /** The record of the ledger up to which this holds. */
    seq: integer('seq').notNull(),
    /** What it was made of: name, numbers, version of the text, form of the tokens. */
    made: text('made').notNull(),
    /** Name and numbers as they are searched; the text itself is not kept twice. */
    heading: text('heading').notNull(),
    number: text('number'),
    registryNumber: text('registry_number'),
    /** The version of the text; null where there is none. */
    textN: integer('text_n'),
    search: tsvector('search').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.matterId] }),
    index('matter_search_tokens').using('gin', t.search),
    foreignKey({ columns: [t.jurisdictionId, t.matterId], foreignColumns: [matters.jurisdictionId, matters.id] }),
  ],
)

/**
 * Who has the text of which file open for editing, told by the process that holds their stream: one row per open editor,
 * renewed every few seconds and worth nothing once it is not. Unlogged (see the migration): nothing of it needs to survive.
 */
export const editing = pgTable(
  'editing',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    id: text('id').notNull(),
    documentId: text('document_id').notNull(),
    /** The process that tells of it. */
    process: text('process').notNull(),
    person: text('person').notNull(),
    name: text('name').notNull(),
    seenAt: instant('seen_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.id] })],
)
