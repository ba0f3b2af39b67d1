// What a person keeps for himself of a matter: that it was looked at, that it is followed.
import { schema, sql } from '@dianzhang/database'
import type { Office, Person } from '../office.ts'
import { requireVisible } from './matters.ts'

const { matterMarks: k } = schema

/** Notes that this person has looked at the matter now, or follows it or no longer does. 404 where it is not visible. */
export async function markMatter(
  office: Office,
  actor: Person,
  id: string,
  mark: { seen?: true; followed?: boolean },
): Promise<{ followed: boolean; seenAt: string | null }> {
  await requireVisible(office, actor, id)
  const now = office.clock.now()
  const [row] = await office.db
    .insert(k)
    .values({
      jurisdictionId: actor.jurisdiction,
      person: actor.person,
      matterId: id,
      seenAt: mark.seen ? now : null,
      followed: mark.followed ?? false,
    })
    .onConflictDoUpdate({
      target: [k.jurisdictionId, k.person, k.matterId],
      set: {
        seenAt: mark.seen ? sql`excluded.seen_at` : k.seenAt,
        followed: mark.followed === undefined ? k.followed : sql`excluded.followed`,
      },
    })
    .returning({ followed: k.followed, seenAt: k.seenAt })
  return { followed: row?.followed ?? false, seenAt: row?.seenAt?.toISOString() ?? null }
}
