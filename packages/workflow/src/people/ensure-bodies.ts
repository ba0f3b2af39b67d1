// Meetings and review bodies are set up with the units as the pack says; missing ones are added, and those of a
// renamed unit are renamed.
import { dateInShanghai } from '@dianzhang/calendar'
import { and, type DbOrTx, eq, schema } from '@dianzhang/database'
import type { Pack } from '@dianzhang/packs'
import { standardBodies } from '@dianzhang/rules'
import { loadUnits } from '../facts/load-facts.ts'
import type { Office } from '../office.ts'

const { bodies } = schema

/**
 * Gives every unit the meetings and review bodies the pack lists: missing ones are added, those of a renamed unit
 * renamed; deactivated ones are not restored, and those an administrator added are left alone. Can be run again and
 * again; old databases are completed by it when the program starts.
 */
export async function ensureBodies(db: DbOrTx, jurisdiction: string, pack: Pack): Promise<void> {
  const known = await loadUnits(db, jurisdiction)
  const present = new Map(
    (await db.select().from(bodies).where(eq(bodies.jurisdictionId, jurisdiction))).map((b) => [b.id, b]),
  )
  const wanted = Object.values(known).flatMap((u) => standardBodies(pack, u, known))
  const missing = wanted.filter((b) => !present.has(b.id))
  if (missing.length > 0)
    await db
      .insert(bodies)
      .values(
        missing.map((b) => ({
          jurisdictionId: jurisdiction,
          id: b.id,
          name: b.name,
          kind: b.kind,
          unitId: b.unit,
          form: b.form,
          seatId: b.seat,
          sort: wanted.indexOf(b),
        })),
      )
      .onConflictDoNothing()
  for (const b of wanted) {
    const old = present.get(b.id)
    if (old && (old.name !== b.name || old.seatId !== b.seat))
      await db
        .update(bodies)
        .set({ name: b.name, seatId: b.seat })
        .where(and(eq(bodies.jurisdictionId, jurisdiction), eq(bodies.id, b.id)))
  }
}
/** {@link ensureBodies} with the jurisdiction's current pack; does nothing where there is no pack. */
export async function ensureCurrentBodies(office: Office, db: DbOrTx, jurisdiction: string): Promise<void> {
  if (office.rules.versions(jurisdiction).length === 0) return
  const today = dateInShanghai(office.clock.now().toISOString())
  await ensureBodies(db, jurisdiction, office.rules.latest(jurisdiction, today))
}
