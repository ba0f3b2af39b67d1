// Who commented on a draft: name and contact are kept as long as they are needed and no longer (Personal Information
// Protection Law, art. 19). They stand in a table of their own, in no ledger and under no digest.
import { addMonths, dateInShanghai, startOfDayInstant } from '@dianzhang/calendar'
import { sql } from '@dianzhang/database'
import type { Office } from '../office.ts'

/** The day on which this office last looked, per database: looking once a day is enough. */
const looked = new WeakMap<object, string>()

/**
 * Deletes name and contact of those who commented, `consultation.contactKeptMonths` (calendar months, from the latest
 * pack of the place) after the feedback was published, or after the comment period where the file was closed without
 * feedback. The comment itself stays. Returns how many were deleted; looks once a day.
 */
export async function forgetCommenters(office: Office): Promise<number> {
  const { db, rules } = office
  const today = dateInShanghai(office.clock.now().toISOString())
  if (looked.get(db) === today) return 0
  const places = await db.execute<{ id: string }>(sql`select distinct jurisdiction_id as id from comment_contacts`)
  let forgotten = 0
  for (const { id } of places) {
    if (rules.versions(id).length === 0) continue
    const months = rules.latest(id, today).consultation.contactKeptMonths.value
    const before = startOfDayInstant(addMonths(today, -months))
    const gone = await db.execute(sql`
      delete from comment_contacts k using comments c, public_consultations p, matters m
      where k.jurisdiction_id = ${id} and c.jurisdiction_id = k.jurisdiction_id and c.id = k.comment_id
        and p.jurisdiction_id = c.jurisdiction_id and p.id = c.consultation_id
        and m.jurisdiction_id = c.jurisdiction_id and m.id = c.document_id
        and coalesce(p.feedback_at, case when m.stage like 'closed.%' then p.closed_at end) < ${before}::timestamptz
      returning k.comment_id`)
    forgotten += gone.length
  }
  looked.set(db, today)
  return forgotten
}
