// Shortened, early, late and urgent: every use is counted, with circumstances, basis and approver case by case; claims
// without approval are counted apart.
import { dateInShanghai } from '@dianzhang/calendar'
import { and, desc, eq, schema, sql } from '@dianzhang/database'
import { type DeviationLine, type DeviationRecord, type Dossier, deviationLines, matterName } from '@dianzhang/rules'
import type { Office } from '../office.ts'
import type { Person } from '../people/actor.ts'
import { mayRead } from '../policies/may.ts'

export interface DeviationUse extends DeviationLine {
  document: string
  title: string
  draftingUnit: string
  stage: string
}
export interface DeviationReport {
  /** Matter → times used (counting only between the days asked for). */
  counts: Array<{ rule: string; matter: string; uses: number }>
  /** Uses that were approved, and those claimed without approval. */
  approved: number
  unapproved: number
  items: DeviationUse[]
}

/**
 * Deviations on files this person can see, latest proposed first; `from` and `to` (inclusive) limit the day of use,
 * or for those never used the day of proposal.
 */
export async function listDeviations(
  office: Office,
  actor: Person,
  query: { from?: string | undefined; to?: string | undefined } = {},
): Promise<DeviationReport> {
  const d = schema.matters
  const rows = await office.readDb
    .select({
      id: d.id,
      stage: d.stage,
      unit: d.unit,
      involvedUnits: d.involvedUnits,
      concernedRoles: d.concernedRoles,
      title: d.title,
      deviations: sql<unknown>`${d.snapshot} #> '{context,dossier,deviations}'`,
      emergency: sql<unknown>`${d.snapshot} #> '{context,dossier,classification,emergency}'`,
      issuers: sql<string[]>`${d.snapshot} #> '{context,dossier,issuers}'`,
    })
    .from(d)
    .where(
      and(
        eq(d.jurisdictionId, actor.jurisdiction),
        sql`((${d.snapshot} #>> '{context,dossier,deviations}') <> '[]' or (${d.snapshot} #>> '{context,dossier,classification,emergency}') like '{%')`,
      ),
    )
    .orderBy(desc(d.updatedAt))
    .limit(1000)
  const within = (at: string): boolean => {
    const on = dateInShanghai(at)
    return (query.from === undefined || on >= query.from) && (query.to === undefined || on <= query.to)
  }
  const items = rows
    .filter((row) => mayRead(actor, row))
    .flatMap((row) => {
      // Snapshots of the old form record neither approval nor use: read as claimed once.
      const records = ((row.deviations ?? []) as Array<Partial<DeviationRecord>>).map(
        (r, i) =>
          ({
            id: String(i + 1),
            reference: null,
            reason: null,
            askedBy: null,
            confirmed: null,
            used: r.used ?? (r.at ? [{ at: r.at, command: r.command ?? '' }] : []),
            ...r,
          }) as DeviationRecord,
      )
      const dossier = {
        issuers: row.issuers,
        deviations: records,
        classification: { emergency: row.emergency },
      } as unknown as Pick<Dossier, 'issuers' | 'deviations' | 'classification'>
      return deviationLines(dossier).map((line) => ({
        ...line,
        used: line.used.filter((u) => within(u.at)),
        document: row.id,
        title: row.title,
        draftingUnit: row.unit,
        stage: row.stage,
      }))
    })
    .filter((line) => line.used.length > 0 || line.at === null || within(line.at))
  const uses = items.flatMap((line) => line.used.map((u) => ({ rule: line.rule, command: u.command, line })))
  const byRule = Map.groupBy(uses, (u) => u.rule)
  return {
    counts: [...byRule].map(([rule, list]) => ({ rule, matter: matterName(rule), uses: list.length })),
    approved: uses.filter((u) => u.line.confirmed).length,
    unapproved: uses.filter((u) => !u.line.confirmed).length,
    items,
  }
}
