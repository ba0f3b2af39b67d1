// Who was asked by name, by the link in the invitation: what may be seen with it, and whether it was answered.
import type { InviteeKind } from '@dianzhang/contract'
import { and, eq, schema, sql } from '@dianzhang/database'
import type { Office } from '../office.ts'
import { invitationOf } from './form-guard.ts'

export interface OpenedInvitation {
  id: string
  consultation: string
  /** The organisation invited; null for a person, whose name is not shown to whoever has the link, and once it has been deleted. */
  name: string | null
  answered: boolean
}
/** Whom an invitation is for; null once deleted. Joined as `invitationNames`. */
export const inviteeName = sql<
  string | null
>`coalesce(${schema.invitationNames.name}, ${schema.consultationInvitations.name})`

/** Of these kinds none is a person. */
const organisations = new Set<string>(['enterprise', 'association'] satisfies InviteeKind[])
/**
 * The invitation a code is for; null: there is none. Opening it changes nothing, so that programs which follow links in
 * letters use nothing up. What was answered is not told: whoever the link was handed on to sees only that it was.
 */
export async function openInvitation(office: Office, code: string): Promise<OpenedInvitation | null> {
  const id = invitationOf(office, code)
  if (id === null) return null
  const { consultationInvitations: t, commentEntries: e, invitationNames: n } = schema
  const [row] = await office.db
    .select({ id: t.id, consultation: t.consultationId, name: inviteeName, kind: t.kind, comment: e.commentId })
    .from(t)
    .leftJoin(n, and(eq(n.jurisdictionId, t.jurisdictionId), eq(n.invitationId, t.id)))
    .leftJoin(e, and(eq(e.jurisdictionId, t.jurisdictionId), eq(e.invitationId, t.id)))
    .where(eq(t.id, id))
    .limit(1)
  if (!row) return null
  const name = organisations.has(row.kind) ? row.name : null
  return { id: row.id, consultation: row.consultation, name, answered: row.comment !== null }
}
