// Delegation: a person hands one of their posts to another for a span of days. Only one's own post can be delegated,
// not one held by delegation, and an end day is required.
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError, type Role, roleLabels } from '@dianzhang/contract'
import {
  aliasedTable,
  and,
  asc,
  containing,
  decodeCursor,
  encodeCursor,
  eq,
  gt,
  ilike,
  ne,
  or,
  schema,
  sql,
} from '@dianzhang/database'
import { actInOffice } from '../office/act.ts'
import type { Office } from '../office.ts'
import type { Person } from './actor.ts'
import { isAdmin } from './office-acts.ts'

const { delegations, people, units } = schema

export interface DelegationRow {
  id: string
  from: { person: string; name: string }
  to: { person: string; name: string }
  role: Role
  roleLabel: string
  unit: string
  unitName: string
  startsOn: string
  endsOn: string
  reason: string
  revokedAt: string | null
  /** Valid today (the office's day). */
  active: boolean
}
export interface NewDelegation {
  toPerson: string
  role: Role
  /** The person's own unit by default. */
  unit?: string | undefined
  startsOn?: string | undefined
  endsOn: string
  reason: string
}

const today = (office: Office): string => dateInShanghai(office.clock.now().toISOString())

/** Delegations given and received by the actor (an administrator sees all), by id, revoked and ended ones included. */
export async function listDelegations(
  office: Office,
  actor: Person,
  query: { cursor?: string | undefined; limit?: number | undefined } = {},
): Promise<{ items: DelegationRow[]; nextCursor: string | null }> {
  const limit = query.limit ?? 50
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, ['text'])[0]
  const giver = aliasedTable(people, 'giver')
  const taker = aliasedTable(people, 'taker')
  const on = today(office)
  const rows = await office.db
    .select({ delegation: delegations, fromName: giver.name, toName: taker.name, unitName: units.name })
    .from(delegations)
    .innerJoin(giver, and(eq(giver.jurisdictionId, delegations.jurisdictionId), eq(giver.id, delegations.fromPersonId)))
    .innerJoin(taker, and(eq(taker.jurisdictionId, delegations.jurisdictionId), eq(taker.id, delegations.toPersonId)))
    .innerJoin(units, and(eq(units.jurisdictionId, delegations.jurisdictionId), eq(units.id, delegations.unitId)))
    .where(
      and(
        eq(delegations.jurisdictionId, actor.jurisdiction),
        isAdmin(actor)
          ? undefined
          : or(eq(delegations.fromPersonId, actor.person), eq(delegations.toPersonId, actor.person)),
        after === undefined ? undefined : gt(delegations.id, after),
      ),
    )
    .orderBy(asc(delegations.id))
    .limit(limit + 1)
  const items = rows.slice(0, limit).map(({ delegation: d, fromName, toName, unitName }) => ({
    id: d.id,
    from: { person: d.fromPersonId, name: fromName },
    to: { person: d.toPersonId, name: toName },
    role: d.role as Role,
    roleLabel: roleLabels[d.role as Role] ?? d.role,
    unit: d.unitId,
    unitName,
    startsOn: d.startsOn,
    endsOn: d.endsOn,
    reason: d.reason,
    revokedAt: d.revokedAt?.toISOString() ?? null,
    active: d.revokedAt === null && d.startsOn <= on && d.endsOn >= on,
  }))
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.id]) : null }
}

export interface Delegate {
  id: string
  name: string
  unit: string
  unitName: string
}

/**
 * Whom the actor may give a post to: every other active person of the jurisdiction who is no administrator, as {@link createDelegation} accepts.
 * Name and unit only, own unit first; `q` is a part of either. `more` tells that not all are listed.
 */
export async function listDelegates(
  office: Office,
  actor: Person,
  query: { q?: string | undefined; limit?: number | undefined } = {},
): Promise<{ items: Delegate[]; more: boolean }> {
  const limit = query.limit ?? 30
  const part = query.q === undefined ? undefined : containing(query.q)
  const rows = await office.db
    .select({ id: people.id, name: people.name, unit: people.unitId, unitName: units.name })
    .from(people)
    .innerJoin(units, and(eq(units.jurisdictionId, people.jurisdictionId), eq(units.id, people.unitId)))
    .where(
      and(
        eq(people.jurisdictionId, actor.jurisdiction),
        eq(people.active, true),
        ne(people.id, actor.person),
        sql`not exists (select 1 from person_roles r where r.jurisdiction_id = ${people.jurisdictionId}
          and r.person_id = ${people.id} and r.role = 'admin')`,
        part === undefined ? undefined : or(ilike(people.name, part), ilike(units.name, part)),
      ),
    )
    .orderBy(sql`${people.unitId} <> ${actor.unit}`, asc(units.sort), asc(units.id), asc(people.name), asc(people.id))
    .limit(limit + 1)
  return { items: rows.slice(0, limit), more: rows.length > limit }
}

/**
 * Gives one of the actor's own posts to another person from `startsOn` (default today) to `endsOn`.
 * Refuses: a post the actor does not hold or only holds by delegation (`forbidden`), dates in the past or beyond the
 * actor's own term, oneself, an unknown or inactive person, an administrator's post or an administrator, signing to one
 * who is not a head of the same organ (`invalid`), an overlapping delegation (`conflict`).
 */
export const createDelegation = (
  office: Office,
  actor: Person,
  input: NewDelegation,
  commandId?: string,
): Promise<{ id: string; startsOn: string; endsOn: string }> =>
  actInOffice(office, actor, 'GrantDelegation', { ...input }, commandId)

/**
 * Ends a delegation now. Its giver and an administrator may; revoking twice answers the first instant.
 * What was done under it stands.
 */
export async function revokeDelegation(
  office: Office,
  actor: Person,
  id: string,
  commandId?: string,
): Promise<{ id: string; revokedAt: string }> {
  const [found] = await office.db
    .select({ from: delegations.fromPersonId, to: delegations.toPersonId, revokedAt: delegations.revokedAt })
    .from(delegations)
    .where(and(eq(delegations.jurisdictionId, actor.jurisdiction), eq(delegations.id, id)))
  const mine = found?.from === actor.person || isAdmin(actor)
  if (!found || (!mine && found.to !== actor.person)) throw new AppError('not_found', '没有这项委托')
  if (mine && found.revokedAt && commandId === undefined) return { id, revokedAt: found.revokedAt.toISOString() }
  return actInOffice(office, actor, 'RevokeDelegation', { delegation: id }, commandId)
}
