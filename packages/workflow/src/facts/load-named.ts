// Records a command points at: reserved number, public comment, opinions said to be adopted, department liaisons of
// the units. What is not named is not read; whether it exists and may be used is judged by handlers and rules.
import { and, type DbOrTx, eq, inArray, or, schema, sql } from '@dianzhang/database'
import type { CitedOpinion, Dossier, ExternalFacts, UnitFact } from '@dianzhang/rules'
import { normalised } from '@dianzhang/text'

type Named = Pick<
  ExternalFacts,
  'contacts' | 'comment' | 'reservation' | 'cited' | 'commentRounds' | 'invitation' | 'invitations' | 'invitedTwice'
>

/** Units that have a department liaison in post. */
async function loadContacts(db: DbOrTx, jurisdiction: string): Promise<string[]> {
  const { people: p, personRoles: r } = schema
  const rows = await db
    .selectDistinct({ unit: r.unitId })
    .from(r)
    .innerJoin(p, and(eq(p.jurisdictionId, r.jurisdictionId), eq(p.id, r.personId)))
    .where(and(eq(r.jurisdictionId, jurisdiction), eq(r.role, 'department_contact'), eq(p.active, true)))
  return rows.map((row) => row.unit)
}
async function loadComment(db: DbOrTx, d: Dossier, id: string): Promise<ExternalFacts['comment']> {
  const { comments: t } = schema
  const [row] = await db
    .select({ round: t.consultationId })
    .from(t)
    .where(and(eq(t.jurisdictionId, d.jurisdiction), eq(t.documentId, d.id), eq(t.id, id)))
  return row ?? null
}
/**
 * A reserved number, locked until this transaction ends: when two use the same reservation at once, the later sees
 * that it has been issued.
 */
async function loadReservation(db: DbOrTx, jurisdiction: string, text: string): Promise<ExternalFacts['reservation']> {
  const { numbers: t } = schema
  const [row] = await db
    .select({ text: t.text, series: t.series, status: t.status, expiresOn: t.expiresOn })
    .from(t)
    .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.kind, 'document'), eq(t.text, text)))
    .for('update')
  return row ?? null
}
/** Comment number, receipt code or unit (code, full name) → which opinion, and whether it was in fact adopted. */
async function loadCited(
  db: DbOrTx,
  d: Dossier,
  units: Record<string, UnitFact>,
  refs: string[],
): Promise<CitedOpinion[]> {
  const { comments: t, commentDispositions: x } = schema
  const rows = await db
    .select({ id: t.id, receipt: t.receipt, disposition: x.disposition })
    .from(t)
    .leftJoin(x, and(eq(x.jurisdictionId, t.jurisdictionId), eq(x.commentId, t.id)))
    .where(
      and(
        eq(t.jurisdictionId, d.jurisdiction),
        eq(t.documentId, d.id),
        or(inArray(t.id, refs), inArray(t.receipt, refs)),
      ),
    )
    .orderBy(x.n)
  return refs.map((ref): CitedOpinion => {
    const comment = rows.findLast((r) => r.id === ref || r.receipt === ref)
    if (comment)
      return {
        ref,
        id: comment.id,
        adoptable: comment.disposition === 'adopted' || comment.disposition === 'partly_adopted',
        unit: null,
      }
    const unit = Object.values(units).find((u) => u.id === ref || u.name === ref)
    const answers = d.interagency.filter((i) => i.unit === unit?.id && i.opinion)
    const id = unit && answers.length > 0 ? unit.id : null
    return { ref, id, adoptable: answers.some((i) => i.opinion?.stance !== 'agree' || i.opinion.text !== ''), unit: id }
  })
}

/** Of which rounds the comments dealt with together are. */
async function loadRounds(db: DbOrTx, d: Dossier, ids: string[]): Promise<string[]> {
  const { comments: t } = schema
  const rows = await db
    .selectDistinct({ round: t.consultationId })
    .from(t)
    .where(and(eq(t.jurisdictionId, d.jurisdiction), eq(t.documentId, d.id), inArray(t.id, ids)))
  return rows.map(({ round }) => round)
}
/** Whether the invitation was answered; two answers at once wait for each other at the file. */
async function loadInvitation(db: DbOrTx, d: Dossier, id: string): Promise<ExternalFacts['invitation']> {
  const { commentEntries: e, consultationInvitations: t } = schema
  const [known] = await db
    .select({ id: t.id })
    .from(t)
    .where(and(eq(t.jurisdictionId, d.jurisdiction), eq(t.id, id)))
  if (!known) return null
  const [answer] = await db
    .select({ id: e.commentId })
    .from(e)
    .where(and(eq(e.jurisdictionId, d.jurisdiction), eq(e.invitationId, id)))
    .limit(1)
  return { answered: answer !== undefined }
}
/** How many were invited in the latest round, and how many of them carry on a business or stand for those who do. */
async function loadInvitations(db: DbOrTx, d: Dossier): Promise<ExternalFacts['invitations']> {
  const { consultationInvitations: t } = schema
  const [row] = await db
    .select({
      total: sql<number>`count(*)::int`,
      enterprises: sql<number>`count(*) filter (where ${t.kind} in ('enterprise', 'association'))::int`,
    })
    .from(t)
    .where(and(eq(t.jurisdictionId, d.jurisdiction), eq(t.consultationId, d.consultations.at(-1)?.id ?? '')))
  return row
}

/** Which of those to be invited was invited in this round before, or stands in the list above; null: none. */
async function loadInvitedTwice(db: DbOrTx, d: Dossier, invitees: readonly unknown[]): Promise<number | null> {
  const { consultationInvitations: t, invitationNames: k } = schema
  const rows = await db
    .select({ name: k.name })
    .from(t)
    .innerJoin(k, and(eq(k.jurisdictionId, t.jurisdictionId), eq(k.invitationId, t.id)))
    .where(and(eq(t.jurisdictionId, d.jurisdiction), eq(t.consultationId, d.consultations.at(-1)?.id ?? '')))
  const known = new Set(rows.map(({ name }) => normalised(name)))
  for (const [i, invitee] of invitees.entries()) {
    const name = normalised(String((invitee as { name?: unknown } | null)?.name ?? ''))
    if (known.has(name)) return i
    known.add(name)
  }
  return null
}

/** Reads what the payload names. */
export async function loadNamed(
  db: DbOrTx,
  d: Dossier,
  units: Record<string, UnitFact>,
  payload: Record<string, unknown>,
): Promise<Named> {
  const given = (payload.sinceConsultation as { opinions?: string[] } | undefined)?.opinions ?? []
  const several = Array.isArray(payload.comments) && typeof payload.comments[0] === 'string'
  const [contacts, comment, reservation, cited, commentRounds, invitation, invitations, invitedTwice] =
    await Promise.all([
      Array.isArray(payload.units) ? loadContacts(db, d.jurisdiction) : undefined,
      typeof payload.comment === 'string' ? loadComment(db, d, payload.comment) : undefined,
      typeof payload.reserved === 'string' ? loadReservation(db, d.jurisdiction, payload.reserved) : undefined,
      given.length > 0 ? loadCited(db, d, units, given) : undefined,
      several ? loadRounds(db, d, payload.comments as string[]) : undefined,
      typeof payload.invitation === 'string' ? loadInvitation(db, d, payload.invitation) : undefined,
      d.classification.enterpriseRelated && d.consultations.length > 0 ? loadInvitations(db, d) : undefined,
      Array.isArray(payload.invitees) ? loadInvitedTwice(db, d, payload.invitees) : undefined,
    ])
  return {
    ...(contacts ? { contacts } : {}),
    ...(comment === undefined ? {} : { comment }),
    ...(reservation === undefined ? {} : { reservation }),
    ...(cited ? { cited } : {}),
    ...(commentRounds ? { commentRounds } : {}),
    ...(invitation === undefined ? {} : { invitation }),
    ...(invitations ? { invitations } : {}),
    ...(invitedTwice === undefined ? {} : { invitedTwice }),
  }
}
