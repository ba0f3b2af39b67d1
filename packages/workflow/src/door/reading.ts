// Who may know of a matter: the unit whose business it is, the units and roles concerned, and the roles that see every
// matter of this kind. One rule, as a judgement on a row and as a condition of queries.
import type { Role } from '@dianzhang/contract'
import { arrayOverlaps, inArray, or, type SQL, schema, sql } from '@dianzhang/database'
import type { ReadingRow } from '../door/desk.ts'
import type { Actor, Person } from '../office.ts'

/** Whether this person may know that the matter exists; the public never, the system always. */
export function readable(overseers: readonly Role[], actor: Actor, row: ReadingRow): boolean {
  if (actor.kind !== 'person') return actor.kind === 'system'
  if (actor.posts.some((p) => overseers.includes(p.role))) return true
  const units = new Set(unitsSeenBy(actor))
  if (units.has(row.unit) || row.involvedUnits.some((u) => units.has(u))) return true
  return actor.posts.some((p) => row.concernedRoles.includes(p.role))
}
/** Units whose business this person may see, whatever it is: their own, and those of their posts. */
export const unitsSeenBy = (actor: Person): string[] => [...new Set([actor.unit, ...actor.posts.map((p) => p.unit)])]
/** The same on `matters` in a query; undefined: every row. */
export function visibleRows(overseers: readonly Role[], actor: Actor): SQL | undefined {
  if (actor.kind === 'system') return undefined
  if (actor.kind === 'public') return sql`false`
  if (actor.posts.some((p) => overseers.includes(p.role))) return undefined
  const { matters: m } = schema
  const units = unitsSeenBy(actor)
  const roles = [...new Set(actor.posts.map((p) => p.role))]
  return or(
    inArray(m.unit, units),
    arrayOverlaps(m.involvedUnits, units),
    roles.length > 0 ? arrayOverlaps(m.concernedRoles, roles) : undefined,
  )
}
