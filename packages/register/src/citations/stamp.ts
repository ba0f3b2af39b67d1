// Until when the basis of a document was checked; for everybody.
import { actsAsOf } from '@dianzhang/acts'
import { addDays, dateInShanghai } from '@dianzhang/calendar'
import { and, asc, type Db, eq, schema, sql } from '@dianzhang/database'

const { impactChecks: t, acts: a } = schema

/**
 * Until when the basis of an entry of the register was checked: everything known of superior acts up to that day has been
 * compared with it, and every check that followed is confirmed. With open checks, the day before the first of them was opened.
 */
export async function basisStamp(
  db: Db,
  jurisdiction: string,
  entry: string,
): Promise<{ checkedUntil: string; open: number; confirmedOn: string | null; matter: string | null }> {
  const own = and(eq(t.jurisdictionId, jurisdiction), eq(t.entryId, entry))
  const [rows, [known]] = await Promise.all([
    db
      .select({ matter: t.matterId, openedOn: t.openedOn, confirmedOn: t.confirmedOn })
      .from(t)
      .where(own)
      .orderBy(asc(t.openedOn), asc(t.matterId)),
    db
      .select({ at: sql<string | null>`max(${a.knownFrom})::text` })
      .from(a)
      .where(eq(a.jurisdictionId, jurisdiction)),
  ])
  const open = rows.filter((row) => row.confirmedOn === null)
  const last = known?.at ? dateInShanghai(new Date(known.at).toISOString()) : actsAsOf
  const processed = last > actsAsOf ? last : actsAsOf
  const first = open[0]
  const until = first ? addDays(first.openedOn, -1) : processed
  const confirmed = rows
    .filter((row) => row.confirmedOn !== null)
    .toSorted((x, y) => (x.confirmedOn ?? '').localeCompare(y.confirmedOn ?? ''))
  const newest = confirmed.at(-1)
  return {
    checkedUntil: until < processed ? until : processed,
    open: open.length,
    confirmedOn: newest?.confirmedOn ?? null,
    matter: newest?.matter ?? null,
  }
}
