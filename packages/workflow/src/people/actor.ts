// Who is acting: from the sign-in account to the person, their own posts and the delegated posts valid that day, all
// in one query.
import { AppError, type Role } from '@dianzhang/contract'
import { and, type Db, type DbOrTx, eq, type SQL, schema, sql, statement } from '@dianzhang/database'
import type { Office, Person, Post } from '../office.ts'
import { rulesRevision } from '../rules-revision.ts'

export type { Person } from '../office.ts'

const { authSessions, authUsers, people, units } = schema

/**
 * What a session amounts to: `actor` is empty when the account has no person, or the person is deactivated
 * (`inactive`).
 */
export interface SessionPerson {
  userId: string
  username: string | null
  mustChangePassword: boolean
  inactive: boolean
  actor: Person | null
}

const columns = (today: string) => ({
  userId: authUsers.id,
  username: authUsers.username,
  accountName: authUsers.name,
  mustChangePassword: authUsers.mustChangePassword,
  jurisdiction: people.jurisdictionId,
  person: people.id,
  name: people.name,
  active: people.active,
  unit: people.unitId,
  unitName: units.name,
  own: sql<Post[]>`(select coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'unit', r.unit_id)
      order by r.unit_id, r.role), '[]'::jsonb)
    from person_roles r
    where r.jurisdiction_id = ${people.jurisdictionId} and r.person_id = ${people.id}
      and (r.starts_on is null or r.starts_on <= ${today}::date) and (r.ends_on is null or r.ends_on >= ${today}::date))`,
  // A delegation lives only as long as its giver holds the post: whoever leaves an office leaves no deputy behind.
  delegated: sql<Post[]>`(select coalesce(jsonb_agg(jsonb_build_object('role', d.role, 'unit', d.unit_id,
      'delegatedFrom', d.from_person_id) order by d.unit_id, d.role, d.from_person_id), '[]'::jsonb)
    from delegations d
    join people giver on giver.jurisdiction_id = d.jurisdiction_id and giver.id = d.from_person_id and giver.active
    join person_roles held on held.jurisdiction_id = d.jurisdiction_id and held.person_id = d.from_person_id
      and held.unit_id = d.unit_id and held.role = d.role
      and (held.starts_on is null or held.starts_on <= ${today}::date)
      and (held.ends_on is null or held.ends_on >= ${today}::date)
    where d.jurisdiction_id = ${people.jurisdictionId} and d.to_person_id = ${people.id} and d.revoked_at is null
      and d.starts_on <= ${today}::date and d.ends_on >= ${today}::date)`,
})

/**
 * Whether the session is still there and whose account it is, how often people and posts have changed so far, the
 * revision of packs and holiday notices: reads three rows only.
 */
const sessionOf = statement<
  { userId: string; usedAt: Date; version: string; rules: string },
  { token: string; now: string }
>(`
  select user_id as "userId", updated_at as "usedAt", coalesce((select sum(v.n) from auth_version v), 0)::text as version,
    ${rulesRevision} as rules
  from auth_sessions where token = $token and expires_at > $now::timestamptz limit 1`)

interface Known {
  version: string
  today: string
  person: SessionPerson
}
/** Each connection pool remembers for itself: one process may be connected to several databases. */
const pools = new WeakMap<Db, Map<string, Known>>()
const mostKnown = 2000

/**
 * The person behind a session token, with the posts that count on `today` (`YYYY-MM-DD`, Beijing). Two rows are read each
 * time: the session, so that signing out counts at once, and the counter of changes to people and posts, so that whoever
 * lost a post has lost it at once; the person is read again only when either the counter or the day has moved.
 * With them comes the revision of rule packs and holidays: what another server has entered is read in before the request
 * goes on.
 * `now` is the real instant: sessions end by real time, also where the demo clock runs ahead.
 * `idle.minutes`: a session not used for that long has ended (GB/T 22239 8.1.4.1: sign-out when a connection times out);
 * `idle.used` says that this is somebody using it, which is written down once a minute at most.
 * `undefined` when no unexpired session has this token.
 */
export async function personOfSession(
  office: Pick<Office, 'sessionDb' | 'rules'>,
  token: string,
  today: string,
  now: Date,
  idle: { minutes: number; used: boolean } | null = null,
): Promise<SessionPerson | undefined> {
  const db = office.sessionDb
  let people = pools.get(db)
  if (!people) {
    people = new Map()
    pools.set(db, people)
  }
  const [session] = await sessionOf(db, { token, now: now.toISOString() })
  if (session === undefined) return undefined
  if (idle !== null) {
    const unused = now.getTime() - session.usedAt.getTime()
    if (unused > idle.minutes * 60_000) {
      await db.delete(authSessions).where(eq(authSessions.token, token))
      return undefined
    }
    if (idle.used && unused > 60_000)
      await db.update(authSessions).set({ updatedAt: now }).where(eq(authSessions.token, token))
  }
  await office.rules.current(session.rules)
  const { version } = session
  const known = people.get(session.userId)
  if (known && known.version === version && known.today === today) return known.person
  const person = await readPerson(db, eq(authUsers.id, session.userId), today)
  if (person === undefined) return undefined
  // Read after the counter, so at least as new as it: an entry can be newer than its counter says, never older.
  if (people.size >= mostKnown) people.clear()
  people.set(session.userId, { version, today, person })
  return person
}

/** The person of one account, as {@link personOfSession}; refuses (`not_found`, `unauthenticated`) unknown and inactive. */
export function loadActor(db: DbOrTx, userId: string, today: string): Promise<Person> {
  return loadWhere(db, eq(authUsers.id, userId), today)
}

/** The person who signs in under this name: for commands sent by the command line and by the demo seed. */
export function loadActorByUsername(db: DbOrTx, username: string, today: string): Promise<Person> {
  return loadWhere(db, eq(authUsers.username, username.toLowerCase()), today)
}

async function loadWhere(db: DbOrTx, where: SQL, today: string): Promise<Person> {
  const found = await readPerson(db, where, today)
  if (found === undefined) throw new AppError('not_found', '没有这个账号')
  if (found.actor === null) throw new AppError('unauthenticated', '账号没有对应的在职人员')
  return found.actor
}

/** One query: account, person, own posts and delegated ones. */
async function readPerson(db: DbOrTx, where: SQL, today: string): Promise<SessionPerson | undefined> {
  const [row] = await db
    .select(columns(today))
    .from(authUsers)
    .leftJoin(people, eq(people.userId, authUsers.id))
    .leftJoin(units, and(eq(units.jurisdictionId, people.jurisdictionId), eq(units.id, people.unitId)))
    .where(where)
    .orderBy(people.jurisdictionId)
    .limit(1)
  return row && toSessionPerson(row)
}

interface Row {
  userId: string
  username: string | null
  accountName: string
  mustChangePassword: boolean
  jurisdiction: string | null
  person: string | null
  name: string | null
  active: boolean | null
  unit: string | null
  unitName: string | null
  own: Array<{ role: Role; unit: string }>
  delegated: Post[]
}

function toSessionPerson(row: Row): SessionPerson {
  const base = { userId: row.userId, username: row.username, mustChangePassword: row.mustChangePassword }
  if (row.person === null || row.jurisdiction === null || row.unit === null) {
    return { ...base, inactive: false, actor: null }
  }
  if (row.active !== true) return { ...base, inactive: true, actor: null }
  return {
    ...base,
    inactive: false,
    actor: {
      kind: 'person',
      jurisdiction: row.jurisdiction,
      person: row.person,
      userId: row.userId,
      name: row.name ?? row.accountName,
      unit: row.unit,
      unitName: row.unitName ?? row.unit,
      posts: [...row.own, ...row.delegated],
      mustChangePassword: row.mustChangePassword,
    },
  }
}

/** Everybody in office with the posts that count on `today`, own and delegated; one person where `only` is given. */
export async function peopleInOffice(
  db: DbOrTx,
  jurisdiction: string,
  today: string,
  only?: string,
): Promise<Array<{ person: string; name: string; posts: Post[] }>> {
  const rows = await db
    .select({
      person: people.id,
      name: people.name,
      own: columns(today).own,
      delegated: columns(today).delegated,
    })
    .from(people)
    .innerJoin(units, and(eq(units.jurisdictionId, people.jurisdictionId), eq(units.id, people.unitId)))
    .where(
      and(
        eq(people.jurisdictionId, jurisdiction),
        eq(people.active, true),
        only === undefined ? undefined : eq(people.id, only),
      ),
    )
  return rows.map(({ person, name, own, delegated }) => ({ person, name, posts: [...own, ...delegated] }))
}
