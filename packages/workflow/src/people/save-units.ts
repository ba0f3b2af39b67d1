// Entering units and the list of issuers: production is set up from this, without demo units.
import { UnitInput } from '@dianzhang/contract'
import { type Db, schema, sql } from '@dianzhang/database'

export { UnitInput }

/**
 * Writes units (existing ones are updated by code). Refused: on the list without a date of publication, no such
 * parent (judged on this input and the database together). Returns the number written. Units are updated, not
 * deleted: old files still point at them.
 */
export async function saveUnits(
  db: Db,
  jurisdiction: string,
  units: UnitInput[],
  /** Adds the units' meetings and review bodies after the units are written. */
  seed?: (db: Db) => Promise<void>,
): Promise<number> {
  const { units: t } = schema
  const known = new Set([
    ...(await db.select({ id: t.id }).from(t).where(sql`${t.jurisdictionId} = ${jurisdiction}`)).map((u) => u.id),
    ...units.map((u) => u.id),
  ])
  for (const u of units) {
    if (u.eligible && !u.eligibleSince)
      throw new Error(`${u.name}列入制定主体清单，须写明清单公布日期（eligibleSince）`)
    if (u.parent && !known.has(u.parent)) throw new Error(`${u.name}的上级单位 ${u.parent} 不存在`)
  }
  await db
    .insert(t)
    .values(
      units.map((u, i) => ({
        jurisdictionId: jurisdiction,
        id: u.id,
        name: u.name,
        kind: u.kind,
        parentId: u.parent ?? null,
        eligible: u.eligible,
        eligibleSince: u.eligibleSince ?? null,
        eligibleUntil: u.eligibleUntil ?? null,
        areaCode: u.areaCode ?? null,
        bodyCode: u.bodyCode ?? null,
        sort: i,
      })),
    )
    .onConflictDoUpdate({
      target: [t.jurisdictionId, t.id],
      set: {
        name: sql`excluded.name`,
        kind: sql`excluded.kind`,
        parentId: sql`excluded.parent_id`,
        eligible: sql`excluded.eligible`,
        eligibleSince: sql`excluded.eligible_since`,
        eligibleUntil: sql`excluded.eligible_until`,
        areaCode: sql`excluded.area_code`,
        bodyCode: sql`excluded.body_code`,
        sort: sql`excluded.sort`,
      },
    })
  await seed?.(db)
  return units.length
}
