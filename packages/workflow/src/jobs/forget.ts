// Who commented on a draft, was asked by name or registered for a hearing: name and contact are kept as long as they are
// needed and no longer (Personal Information Protection Law, art. 19). They stand in tables of their own, in no ledger and
// under no digest.
import { addMonths, dateInShanghai, startOfDayInstant } from '@dianzhang/calendar'
import { sql } from '@dianzhang/database'
import type { Office } from '../office.ts'

/** The day on which this office last looked, per database: looking once a day is enough. */
const looked = new WeakMap<object, string>()

/**
 * Deletes name and contact of those who commented, and the names of those who were asked, `consultation.contactKeptMonths`
 * (calendar months, from the latest pack of the place) after the feedback was published, or after the comment period where
 * the file was closed without feedback; of those who registered for a hearing, as long after its report or its
 * cancellation. The comments, answers and registrations themselves stay, and so do their receipts. Returns how many were
 * deleted; looks once a day.
 */
export async function forgetCommenters(office: Office): Promise<number> {
  const { db, rules } = office
  const today = dateInShanghai(office.clock.now().toISOString())
  if (looked.get(db) === today) return 0
  const places = await db.execute<{ id: string }>(sql`
    select jurisdiction_id as id from comment_contacts union select jurisdiction_id from invitation_names
    union select jurisdiction_id from hearing_contacts`)
  let forgotten = 0
  for (const { id } of places) {
    if (rules.versions(id).length === 0) continue
    const months = rules.latest(id, today).consultation.contactKeptMonths.value
    const before = startOfDayInstant(addMonths(today, -months))
    const over = sql`coalesce(p.feedback_at, case when m.stage like 'closed.%' then p.closed_at end) < ${before}::timestamptz`
    for (const gone of [
      await db.execute(sql`
        delete from comment_contacts k using comments c, public_consultations p, matters m
        where k.jurisdiction_id = ${id} and c.jurisdiction_id = k.jurisdiction_id and c.id = k.comment_id
          and p.jurisdiction_id = c.jurisdiction_id and p.id = c.consultation_id
          and m.jurisdiction_id = c.jurisdiction_id and m.id = c.document_id and ${over}
        returning k.comment_id`),
      await db.execute(sql`
        delete from invitation_names k using consultation_invitations i, public_consultations p, matters m
        where k.jurisdiction_id = ${id} and i.jurisdiction_id = k.jurisdiction_id and i.id = k.invitation_id
          and p.jurisdiction_id = i.jurisdiction_id and p.id = i.consultation_id
          and m.jurisdiction_id = i.jurisdiction_id and m.id = i.document_id and ${over}
        returning k.invitation_id`),
      // Nothing is done on a hearing after its report or its cancellation: that is when it last moved.
      await db.execute(sql`
        delete from hearing_contacts k using hearing_registrations r, matters m
        where k.jurisdiction_id = ${id} and r.jurisdiction_id = k.jurisdiction_id and r.id = k.registration_id
          and m.jurisdiction_id = r.jurisdiction_id and m.id = r.matter_id
          and m.stage in ('reported', 'cancelled') and m.updated_at < ${before}::timestamptz
        returning k.registration_id`),
    ])
      forgotten += gone.length
  }
  looked.set(db, today)
  return forgotten
}
