// The units of a jurisdiction, as they come with the locked row.
import type { UnitFact } from '@dianzhang/rules'

const parsedUnits = new Map<string, Record<string, UnitFact>>()
/** Units (JSON) → by their id. Units seldom change: the same JSON as lately seen is not parsed again. */
export function unitsFrom(json: string | null): Record<string, UnitFact> {
  if (json === null) return {}
  const known = parsedUnits.get(json)
  if (known) return known
  const units = Object.fromEntries((JSON.parse(json) as UnitFact[]).map((u) => [u.id, u]))
  if (parsedUnits.size >= 20) parsedUnits.clear()
  parsedUnits.set(json, units)
  return units
}
/** Code of a unit, or the name of an organ as printed → its code here; undefined: no such unit. */
export const unitNamed = (units: Record<string, UnitFact>, name: string): string | undefined =>
  units[name] ? name : Object.values(units).find((u) => u.name === name)?.id
