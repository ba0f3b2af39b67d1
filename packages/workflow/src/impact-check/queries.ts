// What checks say together: until when a document's basis was checked, how often a kind of link was a false alarm, what is to come.
import { actKey } from '@dianzhang/acts'
import { type answers, impactRoleLabels } from '@dianzhang/contract'
import { and, asc, type Db, desc, eq, inArray, isNull, schema, sql } from '@dianzhang/database'
import type { ImpactDossier } from '@dianzhang/processes'
import { basisStamp } from '@dianzhang/register'
import type { Office } from '../office.ts'

const { impactChecks: t, matters: m, people: p, units: u } = schema

/** The same for staff: who confirmed last, which checks are open. */
export async function basisStampForStaff(
  office: Office,
  jurisdiction: string,
  entry: string,
): Promise<answers.Given<typeof answers.BasisStamp>> {
  const stamp = await basisStamp(office.db, jurisdiction, entry)
  const [rows, [matter]] = await Promise.all([
    office.db
      .select({ id: m.id, title: m.title, stage: m.stage, act: t.actTitle, on: t.eventOn })
      .from(t)
      .innerJoin(m, and(eq(m.jurisdictionId, t.jurisdictionId), eq(m.id, t.matterId)))
      .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.entryId, entry), isNull(t.confirmedOn)))
      .orderBy(asc(t.eventOn), asc(m.id)),
    stamp.matter
      ? office.db
          .select({ snapshot: m.snapshot })
          .from(m)
          .where(and(eq(m.jurisdictionId, jurisdiction), eq(m.id, stamp.matter)))
      : [],
  ])
  const by =
    (matter?.snapshot as { context: { dossier: ImpactDossier } } | undefined)?.context.dossier.confirmed?.by ?? null
  const [person] = by
    ? await office.db
        .select({ name: p.name, unit: u.name })
        .from(p)
        .leftJoin(u, and(eq(u.jurisdictionId, p.jurisdictionId), eq(u.id, p.unitId)))
        .where(and(eq(p.jurisdictionId, jurisdiction), eq(p.id, by)))
    : []
  return {
    checkedUntil: stamp.checkedUntil,
    confirmedOn: stamp.confirmedOn,
    checkedBy: person ? [person.unit, person.name].filter(Boolean).join(' ') : null,
    open: rows,
  }
}

/** Of the checks of each role: how many are confirmed, how many of them as unaffected (a false alarm), how many wait. */
export async function impactRates(db: Db, jurisdiction: string): Promise<answers.Given<typeof answers.ImpactRates>> {
  const rows = await db
    .select({
      role: t.role,
      confirmed: sql<number>`(count(*) filter (where ${t.confirmedOn} is not null))::int`,
      unaffected: sql<number>`(count(*) filter (where ${t.confirmedOn} is not null and ${t.outcome} = 'unaffected'))::int`,
      open: sql<number>`(count(*) filter (where ${t.confirmedOn} is null))::int`,
    })
    .from(t)
    .where(eq(t.jurisdictionId, jurisdiction))
    .groupBy(t.role)
  return {
    items: (['basis', 'implements', 'cites'] as const).map((role) => {
      const found = rows.find((row) => row.role === role)
      const confirmed = found?.confirmed ?? 0
      return {
        role,
        label: impactRoleLabels[role],
        open: found?.open ?? 0,
        confirmed,
        unaffected: found?.unaffected ?? 0,
        share: confirmed === 0 ? null : (found?.unaffected ?? 0) / confirmed,
      }
    }),
  }
}

/** Changes that are being checked for, those to come first and the nearest of them before all others. */
export async function impactEvents(
  db: Db,
  jurisdiction: string,
  today: string,
): Promise<answers.Given<typeof answers.ImpactEvents>> {
  const rows = await db
    .select({
      key: t.eventKey,
      act: t.actTitle,
      on: t.eventOn,
      checks: sql<number>`count(*)::int`,
      open: sql<number>`(count(*) filter (where ${t.confirmedOn} is null))::int`,
    })
    .from(t)
    .where(eq(t.jurisdictionId, jurisdiction))
    .groupBy(t.eventKey, t.actTitle, t.eventOn)
    .orderBy(sql`${t.eventOn} < ${today}::date`, sql`abs(${t.eventOn} - ${today}::date)`, asc(t.eventKey))
  return {
    items: rows.map((row) => ({ ...row, upcoming: row.on > today })),
    total: rows.length,
    totalExact: true as const,
  }
}

/** Acts a document under way rests on, of which a change is being checked or to come: told to who drafts, never a refusal. */
export async function openEventsOf(
  db: Db,
  jurisdiction: string,
  titles: readonly string[],
  today: string,
): Promise<Array<{ act: string; on: string; upcoming: boolean }>> {
  const keys = [...new Set(titles.map(actKey))]
  if (keys.length === 0) return []
  const rows = await db
    .selectDistinct({ act: t.actTitle, on: t.eventOn })
    .from(t)
    .where(
      and(
        eq(t.jurisdictionId, jurisdiction),
        inArray(t.actKey, keys),
        sql`(${t.confirmedOn} is null or ${t.eventOn} > ${today}::date)`,
      ),
    )
    .orderBy(desc(t.eventOn))
  return rows.map((row) => ({ ...row, upcoming: row.on > today }))
}
