// 管理记录：谁可以办理人员、单位与机构，办了的各留一行。
import { randomUUID } from 'node:crypto'
import { AppError, type OfficeActKind } from '@dianzhang/contract'
import { schema, type Tx } from '@dianzhang/database'
import type { Office } from '../office.ts'
import type { Person } from './actor.ts'

/** 受托的管理员任职不算：管理账号的人须由单位任命。 */
export const isAdmin = (actor: Person): boolean =>
  actor.posts.some((post) => post.role === 'admin' && !post.delegatedFrom)
/** 非管理员拒绝（403）。 */
export function requireAdmin(actor: Person): void {
  if (!isAdmin(actor)) throw new AppError('forbidden', '人员与单位由系统管理员办理。')
}
/** 写一行管理记录；命令行的办理没有人员，`person` 为 `cli`。 */
export async function recordOfficeAct(
  tx: Tx,
  office: Office,
  actor: Pick<Person, 'jurisdiction' | 'person'>,
  kind: OfficeActKind,
  subject: string,
  detail: Record<string, unknown>,
  why: string,
): Promise<void> {
  await tx.insert(schema.officeActs).values({
    jurisdictionId: actor.jurisdiction,
    id: randomUUID(),
    at: office.clock.now(),
    by: actor.person,
    kind,
    subject,
    detail,
    reason: why,
  })
  office.log.info({ part: 'administration', kind, subject, by: actor.person }, '管理记录')
}
