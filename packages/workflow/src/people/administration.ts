// 系统管理员的办理：添人、停用与恢复、变更任职、重置口令、添改单位。只停用不删除；每一项都在管理记录里留下一行。
import { dateInShanghai } from '@dianzhang/calendar'
import {
  AppError,
  type OfficeActKind,
  type PersonInput,
  type PostsChange,
  type PostsInput,
  type ReasonInput,
  type UnitChange,
  type UnitCorrection,
  type UnitInput,
} from '@dianzhang/contract'
import {
  and,
  asc,
  databaseProblem,
  eq,
  gte,
  inArray,
  isNull,
  schema,
  sql,
  type Tx,
  withTransaction,
} from '@dianzhang/database'
import { invalid, notFound } from '../failures.ts'
import type { Office } from '../office.ts'
import { createUser } from './accounts.ts'
import type { Person } from './actor.ts'
import { ensureCurrentBodies } from './bodies.ts'
import { recordOfficeAct, requireAdmin } from './office-acts.ts'
import { decodeCursor, encodeCursor } from './paging.ts'

const { authAccounts, authSessions, authUsers, delegations, officeActs, people, personRoles, units } = schema

export interface OfficeAct {
  id: string
  at: string
  by: { person: string; name: string }
  kind: OfficeActKind
  subject: string
  detail: Record<string, unknown>
  reason: string
}

async function requireUnits(tx: Tx, jurisdiction: string, wanted: Array<[path: string, id: string]>): Promise<void> {
  const ids = [...new Set(wanted.map(([, id]) => id))]
  const found = await tx
    .select({ id: units.id })
    .from(units)
    .where(and(eq(units.jurisdictionId, jurisdiction), inArray(units.id, ids)))
  const known = new Set(found.map((unit) => unit.id))
  const missing = wanted.filter(([, id]) => !known.has(id))
  if (missing.length > 0) throw invalid(...missing.map(([path]): [string, string] => [path, '没有这个单位']))
}
const postUnits = (list: PostsInput['posts']): Array<[string, string]> =>
  list.map((post, i) => [`posts.${i}.unit`, post.unit])
const postsForRecord = (list: ReadonlyArray<{ role: string; unit: string; endsOn?: string | null | undefined }>) =>
  list.map((post) => ({ role: post.role, unit: post.unit, ...(post.endsOn ? { endsOn: post.endsOn } : {}) }))

/** 锁住一名人员；不存在则 404，本人则 403：自己的账号须由另一名管理员办理。 */
async function lockOther(tx: Tx, actor: Person, id: string) {
  const [found] = await tx
    .select({ userId: people.userId, name: people.name, active: people.active })
    .from(people)
    .where(and(eq(people.jurisdictionId, actor.jurisdiction), eq(people.id, id)))
    .for('update')
  if (!found) throw notFound('这名人员')
  if (id === actor.person) throw new AppError('forbidden', '本人的账号须由另一名系统管理员办理。')
  return found
}
/** 表单打开以后他人已经改过的，不覆盖：请看过变化再办。 */
const stale = (what: string) => new AppError('stale_version', `${what}已由他人变更，没有覆盖；请看过现在的内容再办。`)
type Post = PostsInput['posts'][number]
const postsSeen = (list: readonly Post[]): string =>
  JSON.stringify(list.map((post) => [post.unit, post.role, post.startsOn ?? '', post.endsOn ?? '']).toSorted())
const unitSeen = (unit: UnitInput): string =>
  JSON.stringify([
    unit.name,
    unit.kind,
    unit.eligible,
    ...[unit.parent, unit.eligibleSince, unit.eligibleUntil, unit.areaCode, unit.bodyCode].map((value) => value || ''),
  ])

/** 账号的会话一并作废：停用、改口令之后不能再用旧的会话。 */
const endSessions = (tx: Tx, userId: string) => tx.delete(authSessions).where(eq(authSessions.userId, userId))

/**
 * 添一名人员并开立账号，口令由调用者散列，首次登录须修改。
 * 拒绝：非管理员（403）；单位不存在、任职有误（422）；用户名已被使用（409）。
 */
export async function addPerson(
  office: Office,
  actor: Person,
  input: PersonInput,
  passwordHash: string,
): Promise<{ person: string; username: string }> {
  requireAdmin(actor)
  const username = input.username.toLowerCase()
  return withTransaction(office.db, async (tx) => {
    await requireUnits(tx, actor.jurisdiction, [['unit', input.unit], ...postUnits(input.posts)])
    const { person } = await createUser(tx, {
      jurisdiction: actor.jurisdiction,
      username,
      name: input.name,
      unit: input.unit,
      posts: input.posts.map(({ role, unit, startsOn, endsOn }) => ({
        role,
        unit,
        startsOn: startsOn ?? undefined,
        endsOn: endsOn ?? undefined,
      })),
      passwordHash,
      mustChangePassword: true,
      at: office.clock.now(),
    })
    const detail = { name: input.name, username, unit: input.unit, posts: postsForRecord(input.posts) }
    await recordOfficeAct(tx, office, actor, 'person_added', person, detail, input.reason)
    return { person, username }
  })
}

/** 停用或者恢复一名人员；停用即刻不能登录，已办理的仍然有效。拒绝：非管理员、本人（403），没有这名人员（404）。 */
export async function setPersonActive(
  office: Office,
  actor: Person,
  id: string,
  active: boolean,
  input: ReasonInput,
): Promise<{ person: string; active: boolean }> {
  requireAdmin(actor)
  return withTransaction(office.db, async (tx) => {
    const found = await lockOther(tx, actor, id)
    if (found.active === active) return { person: id, active }
    await tx
      .update(people)
      .set({ active })
      .where(and(eq(people.jurisdictionId, actor.jurisdiction), eq(people.id, id)))
    if (!active) await endSessions(tx, found.userId)
    await recordOfficeAct(
      tx,
      office,
      actor,
      active ? 'person_enabled' : 'person_disabled',
      id,
      { name: found.name },
      input.reason,
    )
    return { person: id, active }
  })
}

/**
 * 以新的任职替换原有的全部任职；旧任职所给出的委托随任职终止而失效。
 * 拒绝：非管理员、本人（403）；没有这名人员（404）；现有任职已非所见（412）；单位不存在、任职有误（422）。
 */
export async function changePosts(
  office: Office,
  actor: Person,
  id: string,
  input: PostsChange,
): Promise<{ person: string; posts: PostsInput['posts'] }> {
  requireAdmin(actor)
  return withTransaction(office.db, async (tx) => {
    const found = await lockOther(tx, actor, id)
    await requireUnits(tx, actor.jurisdiction, postUnits(input.posts))
    if (
      input.posts.some((post) => post.role === 'admin') &&
      (await holdsDelegation(tx, office, actor.jurisdiction, id))
    )
      throw new AppError('conflict', `${found.name}正受托办理案卷；系统管理员不得受托，请先撤销委托。`)
    const own = and(eq(personRoles.jurisdictionId, actor.jurisdiction), eq(personRoles.personId, id))
    const before = await tx
      .select({
        role: personRoles.role,
        unit: personRoles.unitId,
        startsOn: personRoles.startsOn,
        endsOn: personRoles.endsOn,
      })
      .from(personRoles)
      .where(own)
      .orderBy(asc(personRoles.unitId), asc(personRoles.role))
    if (postsSeen(before as Post[]) !== postsSeen(input.seen)) throw stale(`${found.name}的任职`)
    await tx.delete(personRoles).where(own)
    await tx.insert(personRoles).values(
      input.posts.map((post) => ({
        jurisdictionId: actor.jurisdiction,
        personId: id,
        unitId: post.unit,
        role: post.role,
        startsOn: post.startsOn ?? null,
        endsOn: post.endsOn ?? null,
      })),
    )
    const detail = { name: found.name, before: postsForRecord(before), after: postsForRecord(input.posts) }
    await recordOfficeAct(tx, office, actor, 'posts_changed', id, detail, input.reason)
    return { person: id, posts: input.posts }
  })
}

/** 换成一次性口令（由调用者散列），下次登录须修改；现有会话作废。拒绝同 {@link setPersonActive}。 */
export async function resetPassword(
  office: Office,
  actor: Person,
  id: string,
  input: ReasonInput,
  passwordHash: string,
): Promise<{ person: string; name: string }> {
  requireAdmin(actor)
  return withTransaction(office.db, async (tx) => {
    const found = await lockOther(tx, actor, id)
    const rows = await tx
      .update(authAccounts)
      .set({ password: passwordHash, updatedAt: office.clock.now() })
      .where(and(eq(authAccounts.userId, found.userId), eq(authAccounts.providerId, 'credential')))
      .returning({ id: authAccounts.id })
    if (rows.length === 0) throw new AppError('conflict', `${found.name}的账号经单点登录，没有密码。`)
    await tx.update(authUsers).set({ mustChangePassword: true }).where(eq(authUsers.id, found.userId))
    await endSessions(tx, found.userId)
    await recordOfficeAct(tx, office, actor, 'password_reset', id, { name: found.name }, input.reason)
    return { person: id, name: found.name }
  })
}

/**
 * 添一个单位，或者更正已有的（标识不变）；列入、移出制定主体清单也在这里。单位不删除：旧案卷还要指向它们。
 * `seen`：更正时所见的现有内容；添加时没有。
 * 拒绝：非管理员（403）；标识已用或者不存在、名称重复（409、404）；已非所见（412）；上级有误（422）；日期由契约检查。
 */
export async function saveUnit(
  office: Office,
  actor: Person,
  input: UnitChange & Partial<Pick<UnitCorrection, 'seen'>>,
): Promise<{ id: string }> {
  requireAdmin(actor)
  const { jurisdiction } = actor
  return withTransaction(office.db, async (tx) => {
    const tree = await tx
      .select({
        id: units.id,
        parent: units.parentId,
        name: units.name,
        kind: units.kind,
        eligible: units.eligible,
        eligibleSince: units.eligibleSince,
        eligibleUntil: units.eligibleUntil,
        areaCode: units.areaCode,
        bodyCode: units.bodyCode,
      })
      .from(units)
      .where(eq(units.jurisdictionId, jurisdiction))
      .orderBy(asc(units.id))
      .for('update')
    const before = tree.find((unit) => unit.id === input.id)
    if (!input.seen && before)
      throw new AppError('conflict', `单位代码“${input.id}”已用于${before.name}。`, {
        issues: [{ path: 'id', message: `已用于${before.name}` }],
      })
    if (input.seen) {
      if (!before) throw notFound('这个单位')
      if (unitSeen(before as UnitInput) !== unitSeen(input.seen)) throw stale(before.name)
    }
    const namesake = tree.find((unit) => unit.name === input.name && unit.id !== input.id)
    if (namesake) throw invalid(['name', `已有名为“${input.name}”的单位（${namesake.id}）`])
    const parent = input.parent || null
    if (parent !== null) {
      if (!tree.some((unit) => unit.id === parent)) throw invalid(['parent', '没有这个上级单位'])
      for (let at: string | null = parent; at !== null; at = tree.find((unit) => unit.id === at)?.parent ?? null)
        if (at === input.id) throw invalid(['parent', '上级不能是本单位或者它的下级'])
    }
    const values = {
      name: input.name,
      kind: input.kind,
      parentId: parent,
      eligible: input.eligible,
      eligibleSince: input.eligibleSince ?? null,
      eligibleUntil: input.eligibleUntil ?? null,
      areaCode: input.areaCode || null,
      bodyCode: input.bodyCode || null,
    }
    if (before)
      await tx
        .update(units)
        .set(values)
        .where(and(eq(units.jurisdictionId, jurisdiction), eq(units.id, input.id)))
    else
      await tx
        .insert(units)
        .values({ jurisdictionId: jurisdiction, id: input.id, sort: tree.length, ...values })
        .catch((error: unknown) => {
          if (databaseProblem(error)?.code !== '23505') throw error
          throw new AppError('conflict', '单位代码或者名称已被使用。')
        })
    const detail = { ...values, ...(before ? { before: { name: before.name, eligible: before.eligible } } : {}) }
    await ensureCurrentBodies(office, tx, jurisdiction)
    await recordOfficeAct(tx, office, actor, before ? 'unit_changed' : 'unit_added', input.id, detail, input.reason)
    return { id: input.id }
  })
}

/** 管理记录，新的在前。只有管理员可看（403）。 */
export async function listOfficeActs(
  office: Office,
  actor: Person,
  query: { cursor?: string | undefined; limit?: number | undefined } = {},
): Promise<{ items: OfficeAct[]; nextCursor: string | null }> {
  requireAdmin(actor)
  const limit = query.limit ?? 50
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, ['instant', 'text'])
  const rows = await office.db
    .select({ act: officeActs, name: people.name })
    .from(officeActs)
    .leftJoin(people, and(eq(people.jurisdictionId, officeActs.jurisdictionId), eq(people.id, officeActs.by)))
    .where(
      and(
        eq(officeActs.jurisdictionId, actor.jurisdiction),
        after === undefined
          ? undefined
          : sql`(${officeActs.at} < ${after[0]}::timestamptz or (${officeActs.at} = ${after[0]}::timestamptz and ${officeActs.id} > ${after[1]}))`,
      ),
    )
    .orderBy(sql`${officeActs.at} desc nulls last`, asc(officeActs.id))
    .limit(limit + 1)
  const items = rows.slice(0, limit).map(({ act, name }) => ({
    id: act.id,
    at: act.at.toISOString(),
    by: { person: act.by, name: name ?? (act.by === 'cli' ? '命令行' : act.by) },
    kind: act.kind as OfficeActKind,
    subject: act.subject,
    detail: act.detail,
    reason: act.reason,
  }))
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.at, last.id]) : null }
}

/** 有没有尚未撤销、尚未期满的受托。 */
async function holdsDelegation(tx: Tx, office: Office, jurisdiction: string, person: string): Promise<boolean> {
  const [found] = await tx
    .select({ id: delegations.id })
    .from(delegations)
    .where(
      and(
        eq(delegations.jurisdictionId, jurisdiction),
        eq(delegations.toPersonId, person),
        isNull(delegations.revokedAt),
        gte(delegations.endsOn, dateInShanghai(office.clock.now().toISOString())),
      ),
    )
    .limit(1)
  return found !== undefined
}
/** 此人是否担任系统管理员（不论是否已到期）：不得受托办理案卷。 */
export async function isAdministrator(tx: Tx, jurisdiction: string, person: string): Promise<boolean> {
  const [found] = await tx
    .select({ unit: personRoles.unitId })
    .from(personRoles)
    .where(
      and(
        eq(personRoles.jurisdictionId, jurisdiction),
        eq(personRoles.personId, person),
        eq(personRoles.role, 'admin'),
      ),
    )
    .limit(1)
  return found !== undefined
}
