// 委托：本人把自己的一项任职在一段日期内交受托人代行；只能委托本人任职，不得转委托，须有终止日。
import { randomUUID } from 'node:crypto'
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError, type FieldIssue, type Role, roleLabels } from '@dianzhang/contract'
import {
  aliasedTable,
  and,
  asc,
  eq,
  gt,
  gte,
  ilike,
  isNull,
  lte,
  ne,
  or,
  schema,
  sql,
  withTransaction,
} from '@dianzhang/database'
import type { Office } from '../office.ts'
import type { Person } from './actor.ts'
import { isAdministrator } from './administration.ts'
import { isAdmin } from './office-acts.ts'
import { decodeCursor, encodeCursor } from './paging.ts'

const { delegations, people, personRoles, units } = schema

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
  /** 在今日（办公日期）有效。 */
  active: boolean
}
export interface NewDelegation {
  toPerson: string
  role: Role
  /** 缺省为本人所在单位。 */
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
  const part = query.q === undefined ? undefined : `%${query.q.replace(/[\\%_]/g, '\\$&')}%`
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
 * actor's own term, oneself, an unknown or inactive person, an administrator's post or an administrator, signing to one who is not a head of the same organ (`invalid`), an overlapping delegation (`conflict`).
 */
export async function createDelegation(
  office: Office,
  actor: Person,
  input: NewDelegation,
): Promise<{ id: string; startsOn: string; endsOn: string }> {
  const on = today(office)
  const unit = input.unit ?? actor.unit
  const startsOn = input.startsOn ?? on
  const matching = actor.posts.filter((post) => post.role === input.role && post.unit === unit)
  if (!matching.some((post) => post.delegatedFrom === undefined)) {
    throw new AppError(
      'forbidden',
      matching.length > 0
        ? `“${roleLabels[input.role]}”是受托代行的任职，不得转委托。`
        : `只能委托本人的任职：您在该单位没有“${roleLabels[input.role]}”任职。`,
    )
  }
  const issues: FieldIssue[] = []
  if (input.role === 'admin')
    issues.push({ path: 'role', message: '系统管理员的任职不得委托，请由另一名系统管理员办理' })
  if (input.toPerson === actor.person) issues.push({ path: 'toPerson', message: '不能委托给本人' })
  if (startsOn < on) issues.push({ path: 'startsOn', message: `起始日不得早于今日（${on}）` })
  if (input.endsOn < startsOn) issues.push({ path: 'endsOn', message: '终止日不得早于起始日' })
  if (issues.length > 0) throw new AppError('invalid', '委托的内容有误', { issues })

  return withTransaction(office.db, async (tx) => {
    // Locked so that two requests cannot both find no overlapping delegation.
    const [held] = await tx
      .select({ endsOn: personRoles.endsOn })
      .from(personRoles)
      .where(
        and(
          eq(personRoles.jurisdictionId, actor.jurisdiction),
          eq(personRoles.personId, actor.person),
          eq(personRoles.unitId, unit),
          eq(personRoles.role, input.role),
        ),
      )
      .for('update')
    if (!held) throw new AppError('forbidden', `您在该单位没有“${roleLabels[input.role]}”任职。`)
    if (held.endsOn !== null && input.endsOn > held.endsOn) {
      throw new AppError('invalid', '委托的内容有误', {
        issues: [{ path: 'endsOn', message: `终止日不得晚于本人任期届满之日（${held.endsOn}）` }],
      })
    }
    const [taker] = await tx
      .select({
        active: people.active,
        unit: people.unitId,
        posts: sql<Role[]>`(select coalesce(jsonb_agg(r.role), '[]'::jsonb) from person_roles r
          where r.jurisdiction_id = ${people.jurisdictionId} and r.person_id = ${people.id} and r.unit_id = ${unit}
            and (r.ends_on is null or r.ends_on >= ${startsOn}::date))`,
      })
      .from(people)
      .where(and(eq(people.jurisdictionId, actor.jurisdiction), eq(people.id, input.toPerson)))
    if (!taker?.active) {
      throw new AppError('invalid', '委托的内容有误', {
        issues: [{ path: 'toPerson', message: '没有这名在职人员' }],
      })
    }
    // Signing is delegated only within the organ, to one who heads it with the giver; whom the pack names.
    if (input.role === 'leader') {
      const { signingDelegates } = office.rules.latest(actor.jurisdiction, on).organs
      if (taker.unit !== unit || !taker.posts.some((role) => (signingDelegates.value as Role[]).includes(role)))
        throw new AppError('invalid', '委托的内容有误', {
          issues: [
            {
              path: 'toPerson',
              message: `签发只能委托给本机关的其他负责人（${signingDelegates.value.map((role) => roleLabels[role]).join('、')}）`,
            },
          ],
        })
    }
    // An administrator has no decision command, by whatever role or delegation.
    if (await isAdministrator(tx, actor.jurisdiction, input.toPerson)) {
      throw new AppError('invalid', '委托的内容有误', {
        issues: [{ path: 'toPerson', message: '系统管理员不办理案卷，不能受托' }],
      })
    }
    const [overlapping] = await tx
      .select({ id: delegations.id })
      .from(delegations)
      .where(
        and(
          eq(delegations.jurisdictionId, actor.jurisdiction),
          eq(delegations.fromPersonId, actor.person),
          eq(delegations.toPersonId, input.toPerson),
          eq(delegations.unitId, unit),
          eq(delegations.role, input.role),
          isNull(delegations.revokedAt),
          lte(delegations.startsOn, input.endsOn),
          gte(delegations.endsOn, startsOn),
        ),
      )
      .limit(1)
    if (overlapping) throw new AppError('conflict', '同一任职在所列日期内已经委托给该人员，请先撤销原委托。')
    const id = randomUUID()
    await tx.insert(delegations).values({
      jurisdictionId: actor.jurisdiction,
      id,
      fromPersonId: actor.person,
      toPersonId: input.toPerson,
      unitId: unit,
      role: input.role,
      startsOn,
      endsOn: input.endsOn,
      reason: input.reason,
      createdAt: office.clock.now(),
    })
    return { id, startsOn, endsOn: input.endsOn }
  })
}

/**
 * Ends a delegation now. Its giver and an administrator may; revoking twice answers the first instant.
 * What was done under it stands.
 */
export async function revokeDelegation(
  office: Office,
  actor: Person,
  id: string,
): Promise<{ id: string; revokedAt: string }> {
  return withTransaction(office.db, async (tx) => {
    const [found] = await tx
      .select({ from: delegations.fromPersonId, to: delegations.toPersonId, revokedAt: delegations.revokedAt })
      .from(delegations)
      .where(and(eq(delegations.jurisdictionId, actor.jurisdiction), eq(delegations.id, id)))
      .for('update')
    const mine = found?.from === actor.person || isAdmin(actor)
    if (!found || (!mine && found.to !== actor.person)) throw new AppError('not_found', '没有这项委托')
    if (!mine) throw new AppError('forbidden', '只有委托人本人或者系统管理员可以撤销委托。')
    if (found.revokedAt) return { id, revokedAt: found.revokedAt.toISOString() }
    const revokedAt = office.clock.now()
    await tx
      .update(delegations)
      .set({ revokedAt })
      .where(and(eq(delegations.jurisdictionId, actor.jurisdiction), eq(delegations.id, id)))
    return { id, revokedAt: revokedAt.toISOString() }
  })
}
