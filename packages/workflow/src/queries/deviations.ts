// 缩短、提前、逾期与紧急：每一次使用都计数，逐件列明情形、依据与批准人；没有批准的自述另计。
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
  /** 事项 → 使用次数（只计所问日期之间的）。 */
  counts: Array<{ rule: string; matter: string; uses: number }>
  /** 经过批准的使用次数，与自述而没有批准的次数。 */
  approved: number
  unapproved: number
  items: DeviationUse[]
}

/**
 * 此人看得到的案卷上的偏离，后提出的在前；`from`、`to`（含当日）限定使用的日期，没有使用过的以提出之日计。
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
      // 旧形式的快照没有批准与使用的记载：读作自述一次。
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
