// What ids in a payload or a field stand for, in words the reader may see.
import { and, type DbOrTx, eq, inArray, schema } from '@dianzhang/database'
import type { UnitFact } from '@dianzhang/rules'
import { deskOf } from '../desks.ts'
import { readable } from '../door/reading.ts'
import type { Actor } from '../office.ts'

/** What looks like an id, at any depth of a value; a body's is that of its unit and its name (`hy-gov:常务会议`). */
export function idsIn(value: unknown): string[] {
  if (typeof value === 'string') return /^\w[\w.-]{1,60}(:\S{1,60})?$/.test(value) ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(idsIn) : []
}
/** What stands in double braces (`{{code}}`) in what was written, at any depth of a value. */
export function tokensIn(value: unknown): string[] {
  if (typeof value === 'string') return [...value.matchAll(/\{\{([\w.-]+)\}\}/g)].flatMap(([, id]) => id ?? [])
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(tokensIn) : []
}
/** Of what kind matters are, and what they are called; the title is null for whoever may not read the matter. By id; absent ones are absent. */
export async function mattersById(
  db: DbOrTx,
  actor: Actor,
  ids: readonly string[],
): Promise<Map<string, { process: string; title: string | null }>> {
  const { matters: m } = schema
  const rows = await db
    .select({
      id: m.id,
      process: m.process,
      title: m.title,
      unit: m.unit,
      involvedUnits: m.involvedUnits,
      concernedRoles: m.concernedRoles,
    })
    .from(m)
    .where(and(eq(m.jurisdictionId, actor.jurisdiction), inArray(m.id, [...ids])))
  return new Map(
    rows.map((row) => {
      const desk = deskOf(row.process)
      const title = desk && readable(desk.overseers, actor, row) ? row.title : null
      return [row.id, { process: row.process, title }]
    }),
  )
}
/**
 * Names by id: of units, bodies and people of the jurisdiction, titles of the matters this person may read and of entries of
 * the register that everybody may read. What is none of these, or is a matter this person may not read, is absent.
 */
export async function namesOf(
  db: DbOrTx,
  actor: Actor,
  units: Record<string, UnitFact>,
  ids: readonly string[],
): Promise<Record<string, string>> {
  const wanted = [...new Set(ids)]
  const names: Record<string, string> = {}
  const unknown: string[] = []
  const bodies = new Map(Object.values(units).flatMap((unit) => unit.bodies.map(({ id, name }) => [id, name] as const)))
  for (const id of wanted) {
    const name = units[id]?.name ?? bodies.get(id)
    if (name === undefined) unknown.push(id)
    else names[id] = name
  }
  if (unknown.length === 0) return names
  const { people: p, registerEntries: r } = schema
  const [people, matters, entries] = await Promise.all([
    db
      .select({ id: p.id, name: p.name })
      .from(p)
      .where(and(eq(p.jurisdictionId, actor.jurisdiction), inArray(p.id, unknown))),
    mattersById(db, actor, unknown),
    db
      .select({ id: r.id, title: r.title })
      .from(r)
      .where(and(eq(r.jurisdictionId, actor.jurisdiction), eq(r.disclosure, 'active'), inArray(r.id, unknown))),
  ])
  for (const { id, name } of people) names[id] = name
  for (const { id, title } of entries) names[id] ??= title
  for (const [id, { title }] of matters) if (title !== null) names[id] ??= title
  return names
}
