// The roll of people: system administrators and the government office's secretariat see all, others their own unit (to
// choose a person when delegating).
import { AppError, type Role, type SignInAge } from '@dianzhang/contract'
import {
  and,
  asc,
  containing,
  decodeCursor,
  encodeCursor,
  eq,
  gt,
  ilike,
  isNull,
  lt,
  or,
  schema,
  sql,
} from '@dianzhang/database'
import type { Office } from '../office.ts'
import type { Person } from './actor.ts'
import { dormantAfterDays } from './sign-ins.ts'

const { authSignIns, authUsers, people, units } = schema

export interface PersonRow {
  id: string
  name: string
  username: string | null
  unit: string
  unitName: string
  active: boolean
  posts: Array<{ role: Role; unit: string; startsOn: string | null; endsOn: string | null }>
  /**
   * Last sign-in; null: never. `exact` false: some time before `at`, when the record began. Only a system administrator
   * is told.
   */
  lastSignIn?: { at: string; exact: boolean } | null
}
export interface PeopleQuery {
  unit?: string | undefined
  q?: string | undefined
  /** Only accounts in use whose last sign-in is that far back. */
  signIn?: SignInAge | undefined
  cursor?: string | undefined
  limit?: number | undefined
}

/**
 * One page of people by id. Whoever is neither administrator nor secretariat sees the people of the own unit; who signed
 * in when is for a system administrator alone, to anybody else the filter by it is refused (403).
 */
export async function listPeople(
  office: Office,
  actor: Person,
  query: PeopleQuery = {},
): Promise<{ items: PersonRow[]; nextCursor: string | null }> {
  const limit = query.limit ?? 50
  const seesAll = actor.posts.some((post) => post.role === 'admin' || post.role === 'secretariat')
  const seesSignIns = actor.posts.some((post) => post.role === 'admin')
  if (query.signIn !== undefined && !seesSignIns) throw new AppError('forbidden', '最近登录只有系统管理员可以查看。')
  const dormant = new Date(office.clock.now().getTime() - dormantAfterDays * 86_400_000)
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, ['text'])[0]
  const rows = await office.db
    .select({
      id: people.id,
      name: people.name,
      username: authUsers.username,
      unit: people.unitId,
      unitName: units.name,
      active: people.active,
      posts: sql<PersonRow['posts']>`(select coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'unit', r.unit_id,
          'startsOn', r.starts_on, 'endsOn', r.ends_on) order by r.unit_id, r.role), '[]'::jsonb)
        from person_roles r where r.jurisdiction_id = ${people.jurisdictionId} and r.person_id = ${people.id})`,
      signedInAt: authSignIns.at,
      signedInExact: authSignIns.exact,
    })
    .from(people)
    .innerJoin(authUsers, eq(authUsers.id, people.userId))
    .innerJoin(units, and(eq(units.jurisdictionId, people.jurisdictionId), eq(units.id, people.unitId)))
    .leftJoin(authSignIns, eq(authSignIns.userId, people.userId))
    .where(
      and(
        eq(people.jurisdictionId, actor.jurisdiction),
        query.signIn === undefined
          ? undefined
          : and(
              eq(people.active, true),
              query.signIn === 'never' ? isNull(authSignIns.at) : lt(authSignIns.at, dormant),
            ),
        seesAll ? undefined : eq(people.unitId, actor.unit),
        query.unit === undefined ? undefined : eq(people.unitId, query.unit),
        // Every word somewhere: “司法局 审核” is the reviewers of that bureau.
        ...(query.q ?? '')
          .split(/\s+/)
          .filter(Boolean)
          .map((word) =>
            or(...[people.name, authUsers.username, units.name].map((column) => ilike(column, containing(word)))),
          ),
        after === undefined ? undefined : gt(people.id, after),
      ),
    )
    .orderBy(asc(people.id))
    .limit(limit + 1)
  const items = rows.slice(0, limit).map(({ signedInAt, signedInExact, ...row }) => ({
    ...row,
    ...(seesSignIns
      ? { lastSignIn: signedInAt ? { at: signedInAt.toISOString(), exact: signedInExact ?? true } : null }
      : {}),
  }))
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.id]) : null }
}

export interface LeaderRow {
  id: string
  name: string
  unit: string
  unitName: string
}
/** Whoever may sign for an issuer: the people a request for approval can name. Every member of the staff sees them. */
export function listLeaders(office: Office, jurisdiction: string): Promise<LeaderRow[]> {
  const { personRoles } = schema
  return office.db
    .select({ id: people.id, name: people.name, unit: personRoles.unitId, unitName: units.name })
    .from(people)
    .innerJoin(
      personRoles,
      and(eq(personRoles.jurisdictionId, people.jurisdictionId), eq(personRoles.personId, people.id)),
    )
    .innerJoin(units, and(eq(units.jurisdictionId, people.jurisdictionId), eq(units.id, personRoles.unitId)))
    .where(and(eq(people.jurisdictionId, jurisdiction), eq(people.active, true), eq(personRoles.role, 'leader')))
    .orderBy(asc(units.sort), asc(people.id))
}
