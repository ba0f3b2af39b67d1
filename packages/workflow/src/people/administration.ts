// What the system administrator does: adding people, deactivating and restoring them, changing posts, resetting
// passwords, adding and changing units. All are commands of office business; people are deactivated, never deleted,
// and every act leaves a row in the administration record.
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
import type { Actor, Office } from '../office.ts'
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
 * Adds a person and opens an account; the caller hashes the password, which must be changed at first sign-in, and its
 * hash enters neither command nor ledger. Refused: not an administrator (403); no such unit, posts wrong (422); user
 * name taken (409).
 */
export const addPerson = (
  office: Office,
  actor: Actor,
  input: PersonInput & { email?: string | undefined },
  passwordHash: string,
  commandId?: string,
): Promise<{ person: string; username: string }> =>
  withPassword(passwordHash, (id) => actInOffice(office, actor, 'SavePerson', { ...input }, id), office, commandId)

/**
 * Deactivates or restores a person; a deactivated person cannot sign in from that moment, and what they did remains
 * valid. Refused: not an administrator, or oneself (403); no such person (404).
 */
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
 * Replaces all existing posts with new ones; delegations given by an old post end with it. Refused: not an
 * administrator, or oneself (403); no such person (404); the posts are no longer as seen (412); no such unit, posts
 * wrong (422).
 */
export const changePosts = (
  office: Office,
  actor: Person,
  id: string,
  input: PostsChange,
  commandId?: string,
): Promise<{ person: string; posts: PostsInput['posts'] }> =>
  actInOffice(office, actor, 'ChangePosts', { ...input, person: id }, commandId)

/**
 * Sets a one-time password (hashed by the caller), to be changed at the next sign-in; existing sessions end. Refusals
 * as in {@link setPersonActive}.
 */
export const resetPassword = (
  office: Office,
  actor: Actor,
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
 * Adds a unit or corrects an existing one (its id stays); entering it on the list of issuers and taking it off is
 * done here too. Units are not deleted: old files still point at them. `seen`: the content seen when correcting;
 * absent when adding. Refused: not an administrator (403); id taken or not found, name taken (409, 404); no longer as
 * seen (412); parent wrong (422); dates are checked by the contract.
 */
export const saveUnit = (
  office: Office,
  actor: Person,
  input: UnitChange & Partial<Pick<UnitCorrection, 'seen'>>,
  commandId?: string,
): Promise<{ id: string }> => actInOffice(office, actor, 'SaveUnit', { ...input }, commandId)

/** The administration record, newest first. Only administrators may see it (403). */
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
