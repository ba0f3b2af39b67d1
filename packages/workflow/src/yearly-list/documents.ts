// The documents that name an item of a plan (“2026年度制定计划第3项”): where the item stands in the making.
import { and, type DbOrTx, eq, ilike, schema, sql } from '@dianzhang/database'
import { readable } from '../door/reading.ts'
import { planItemNamed } from '../facts/load-planning.ts'
import type { Actor } from '../office.ts'
import { documentOverseers } from '../policies/may.ts'

const { matters: m } = schema
/** Files that name an item of the plan of a year, as far as this actor may see them, with the number of the item. */
export async function documentsOfPlan(
  db: DbOrTx,
  actor: Actor,
  year: number,
): Promise<Array<{ item: number; id: string; title: string; stage: string }>> {
  const named = sql<string>`${m.snapshot} -> 'context' -> 'dossier' ->> 'planItem'`
  const rows = await db
    .select({
      id: m.id,
      title: m.title,
      stage: m.stage,
      named,
      unit: m.unit,
      involvedUnits: m.involvedUnits,
      concernedRoles: m.concernedRoles,
    })
    .from(m)
    .where(
      and(eq(m.jurisdictionId, actor.jurisdiction), eq(m.process, 'normative-document'), ilike(named, `%${year}%`)),
    )
    .orderBy(m.id)
  return rows.flatMap(({ named: text, ...row }) => {
    const found = planItemNamed(text)
    if (found?.year !== year || !readable(documentOverseers, actor, row)) return []
    return [{ item: found.n, id: row.id, title: row.title, stage: row.stage }]
  })
}
