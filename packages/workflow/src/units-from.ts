// The units of a jurisdiction, as they come with the locked row.
import type { Db } from '@dianzhang/database'
import type { UnitFact } from '@dianzhang/rules'

/** By their id, as of one version of the office ledger. */
interface KnownUnits {
  version: string
  json: string | null
  units: Record<string, UnitFact>
}
/** Each connection pool remembers for itself: one process may be connected to several databases. */
const pools = new WeakMap<Db, Map<string, KnownUnits>>()

/** What is known of the units of a jurisdiction, for {@link unitsFrom}; its `version` goes with the question. */
export const unitsKnown = (db: Db, jurisdiction: string): KnownUnits | undefined => pools.get(db)?.get(jurisdiction)

/**
 * Units by their id. `known` is what was known when the row was asked for: where its version is still the present one, the
 * database has not sent them again.
 */
export function unitsFrom(
  db: Db,
  jurisdiction: string,
  known: KnownUnits | undefined,
  row: { units: string | null; unitsVersion: string },
): Record<string, UnitFact> {
  if (known?.version === row.unitsVersion) return known.units
  const units =
    known?.json === row.units && known !== undefined
      ? known.units
      : Object.fromEntries((JSON.parse(row.units ?? '[]') as UnitFact[]).map((u) => [u.id, u]))
  const kept = pools.get(db) ?? new Map<string, KnownUnits>()
  pools.set(db, kept.set(jurisdiction, { version: row.unitsVersion, json: row.units, units }))
  return units
}
/** Code of a unit, or the name of an organ as printed → its code here; undefined: no such unit. */
export const unitNamed = (units: Record<string, UnitFact>, name: string): string | undefined =>
  units[name] ? name : Object.values(units).find((u) => u.name === name)?.id
