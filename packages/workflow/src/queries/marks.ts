// What a person keeps for himself of a matter: that it was looked at, that it is followed, that it is to wait until a day.
import { addDays, dateInShanghai } from '@dianzhang/calendar'
import { schema, sql } from '@dianzhang/database'
import { invalid } from '../failures.ts'
import type { Office, Person } from '../office.ts'
import { requireVisible } from './matters.ts'

const { matterMarks: k } = schema

/** Longer than this nobody is to be away from the own desk's sight. */
const longestDays = 60
/**
 * Notes that this person has looked at the matter now, follows it or no longer does, or wants it on the desk again only from a day on
 * (null: now). 404 where it is not visible; 422 a day that is not after today, or too far.
 */
export async function markMatter(
  office: Office,
  actor: Person,
  id: string,
  mark: { seen?: true; followed?: boolean; later?: { until: string; why: string } | null },
): Promise<{ followed: boolean; seenAt: string | null; later: { until: string; why: string } | null }> {
  const { version } = await requireVisible(office, actor, id)
  const now = office.clock.now()
  const today = dateInShanghai(now.toISOString())
  const { later } = mark
  if (later && later.until <= today) throw invalid(['later.until', '须在今日以后'])
  if (later && later.until > addDays(today, longestDays))
    throw invalid(['later.until', `至多推到${longestDays}日以后（${addDays(today, longestDays)}）`])
  const [row] = await office.db
    .insert(k)
    .values({
      jurisdictionId: actor.jurisdiction,
      person: actor.person,
      matterId: id,
      seenAt: mark.seen ? now : null,
      followed: mark.followed ?? false,
      laterUntil: later?.until ?? null,
      laterWhy: later?.why ?? null,
      laterVersion: later ? version : null,
    })
    .onConflictDoUpdate({
      target: [k.jurisdictionId, k.person, k.matterId],
      set: {
        seenAt: mark.seen ? sql`excluded.seen_at` : k.seenAt,
        followed: mark.followed === undefined ? k.followed : sql`excluded.followed`,
        laterUntil: later === undefined ? k.laterUntil : sql`excluded.later_until`,
        laterWhy: later === undefined ? k.laterWhy : sql`excluded.later_why`,
        laterVersion: later === undefined ? k.laterVersion : sql`excluded.later_version`,
      },
    })
    .returning({ followed: k.followed, seenAt: k.seenAt, until: k.laterUntil, why: k.laterWhy })
  return {
    followed: row?.followed ?? false,
    seenAt: row?.seenAt?.toISOString() ?? null,
    later: row?.until && row.until > today ? { until: row.until, why: row.why ?? '' } : null,
  }
}
