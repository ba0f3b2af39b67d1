// 系统管理员的办理：添人、停用与恢复、变更任职、重置口令、添改单位，都是办公事务的命令；只停用不删除，每一项都在管理记录里留下一行。
import type {
  OfficeActKind,
  PersonInput,
  PostsChange,
  PostsInput,
  ReasonInput,
  UnitChange,
  UnitCorrection,
} from '@dianzhang/contract'
import { and, asc, decodeCursor, encodeCursor, eq, schema, sql } from '@dianzhang/database'
import { actInOffice, withPassword } from '../office/act.ts'
import type { Office } from '../office.ts'
import type { Person } from './actor.ts'
import { requireAdmin } from './office-acts.ts'

const { officeActs, people } = schema

export interface OfficeAct {
  id: string
  at: string
  by: { person: string; name: string }
  kind: OfficeActKind
  subject: string
  detail: Record<string, unknown>
  reason: string
}

/**
 * 添一名人员并开立账号，口令由调用者散列，首次登录须修改；口令的散列不入命令，也不入台账。
 * 拒绝：非管理员（403）；单位不存在、任职有误（422）；用户名已被使用（409）。
 */
export const addPerson = (
  office: Office,
  actor: Person,
  input: PersonInput,
  passwordHash: string,
  commandId?: string,
): Promise<{ person: string; username: string }> =>
  withPassword(passwordHash, (id) => actInOffice(office, actor, 'SavePerson', { ...input }, id), office, commandId)

/** 停用或者恢复一名人员；停用即刻不能登录，已办理的仍然有效。拒绝：非管理员、本人（403），没有这名人员（404）。 */
export const setPersonActive = (
  office: Office,
  actor: Person,
  id: string,
  active: boolean,
  input: ReasonInput,
  commandId?: string,
): Promise<{ person: string; active: boolean }> =>
  actInOffice(
    office,
    actor,
    active ? 'EnableAccount' : 'DisableAccount',
    { person: id, reason: input.reason },
    commandId,
  )

/**
 * 以新的任职替换原有的全部任职；旧任职所给出的委托随任职终止而失效。
 * 拒绝：非管理员、本人（403）；没有这名人员（404）；现有任职已非所见（412）；单位不存在、任职有误（422）。
 */
export const changePosts = (
  office: Office,
  actor: Person,
  id: string,
  input: PostsChange,
  commandId?: string,
): Promise<{ person: string; posts: PostsInput['posts'] }> =>
  actInOffice(office, actor, 'ChangePosts', { ...input, person: id }, commandId)

/** 换成一次性口令（由调用者散列），下次登录须修改；现有会话作废。拒绝同 {@link setPersonActive}。 */
export const resetPassword = (
  office: Office,
  actor: Person,
  id: string,
  input: ReasonInput,
  passwordHash: string,
  commandId?: string,
): Promise<{ person: string; name: string }> =>
  withPassword(
    passwordHash,
    (command) => actInOffice(office, actor, 'ResetPassword', { person: id, reason: input.reason }, command),
    office,
    commandId,
  )

/**
 * 添一个单位，或者更正已有的（标识不变）；列入、移出制定主体清单也在这里。单位不删除：旧案卷还要指向它们。
 * `seen`：更正时所见的现有内容；添加时没有。
 * 拒绝：非管理员（403）；标识已用或者不存在、名称重复（409、404）；已非所见（412）；上级有误（422）；日期由契约检查。
 */
export const saveUnit = (
  office: Office,
  actor: Person,
  input: UnitChange & Partial<Pick<UnitCorrection, 'seen'>>,
  commandId?: string,
): Promise<{ id: string }> => actInOffice(office, actor, 'SaveUnit', { ...input }, commandId)

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
