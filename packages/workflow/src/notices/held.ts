// After a restore nothing is told outside until somebody has released it: what the lost span had sent is not known, and
// a copy restored for a test must not write to the public.
import { type DbOrTx, eq, schema, sql } from '@dianzhang/database'

const { settings: s } = schema
const heldKey = 'notices.held'

/** Jurisdictions in which telling outside is stopped, and since when. */
export async function heldPlaces(db: DbOrTx): Promise<Map<string, string>> {
  const rows = await db.select({ jurisdiction: s.jurisdictionId, value: s.value }).from(s).where(eq(s.key, heldKey))
  return new Map(
    rows.flatMap((row): Array<[string, string]> => {
      const { since, released } = row.value as { since: string; released?: string }
      return released ? [] : [[row.jurisdiction, since]]
    }),
  )
}
export async function holdNotices(db: DbOrTx, jurisdiction: string, since: string): Promise<void> {
  const value = { since }
  await db
    .insert(s)
    .values({ jurisdictionId: jurisdiction, key: heldKey, value })
    .onConflictDoUpdate({ target: [s.jurisdictionId, s.key], set: { value } })
}
/**
 * Lets it go on. `drop`: what has piled up is not sent any more, and the public log is told from here on; `send`: it is
 * sent, once more where it had been sent before.
 */
export async function releaseHeld(
  db: DbOrTx,
  jurisdiction: string,
  at: Date,
  waiting: 'drop' | 'send',
): Promise<number> {
  let dropped = 0
  if (waiting === 'drop') {
    const gone = await db.execute(sql`
      update deliveries set state = 'dropped', settled_at = ${at.toISOString()}::timestamptz, error = '恢复以后不再发出'
      where jurisdiction_id = ${jurisdiction} and state in ('due', 'gathered') returning id`)
    dropped = gone.length
    await db.execute(sql`delete from notice_queue where jurisdiction_id = ${jurisdiction}`)
    await db.execute(sql`
      insert into notice_cursors (jurisdiction_id, name, idx)
      select ${jurisdiction}, 'public', coalesce(max(idx), -1) from tlog_entries where jurisdiction_id = ${jurisdiction}
      on conflict (jurisdiction_id, name) do update set idx = excluded.idx`)
  }
  const value = { since: at.toISOString(), released: at.toISOString(), waiting }
  await db
    .insert(s)
    .values({ jurisdictionId: jurisdiction, key: heldKey, value })
    .onConflictDoUpdate({ target: [s.jurisdictionId, s.key], set: { value } })
  return dropped
}
