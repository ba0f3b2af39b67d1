// Administration record: who may manage people, units and bodies; each act leaves a row.
import { randomUUID } from 'node:crypto'
import { AppError, type OfficeActKind } from '@dianzhang/contract'
import { schema, type Tx } from '@dianzhang/database'
import type { Office } from '../office.ts'
import type { Person } from './actor.ts'

/** A delegated administrator's post does not count: whoever manages accounts must be appointed by the unit. */
export const isAdmin = (actor: Person): boolean =>
  actor.posts.some((post) => post.role === 'admin' && !post.delegatedFrom)
/** Refuses anyone but an administrator (403). */
export function requireAdmin(actor: Person): void {
  if (!isAdmin(actor)) throw new AppError('forbidden', '人员与单位由系统管理员办理。')
}
/** Writes a row of the administration record; acts from the command line have no person, so `person` is `cli`. */
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
