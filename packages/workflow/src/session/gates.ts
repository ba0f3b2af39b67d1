// What still refuses the decision on each matter of an agenda: asked of the matter's own judge, by reading it, without a lock.
import { sessionName } from '@dianzhang/contract'
import { and, asc, type DbOrTx, eq, inArray, isNull, schema, sql } from '@dianzhang/database'
import { blocks } from '@dianzhang/kernel'
import type { LifecycleEvent } from '@dianzhang/lifecycle'
import type { Gate } from '@dianzhang/processes'
import type { UnitFact } from '@dianzhang/rules'
import { documentDesk } from '../document-desk.ts'
import type { Office } from '../office.ts'

export interface GatesAsked {
  office: Office
  tx: DbOrTx
  jurisdiction: string
  units: Record<string, UnitFact>
  on: string
  at: string
  /** The meeting that would decide. */
  body: string
  session: string
  date: string
  /** Its matter, where it is open already: what it sent and was not delivered yet counts as arrived. */
  matter?: string
}
/** What the meeting sent last to each of these matters, of what is still on its way. */
async function onItsWay(
  { tx, jurisdiction, matter }: GatesAsked,
  wanted: readonly string[],
): Promise<Map<string, string>> {
  if (matter === undefined) return new Map()
  const { sends: s } = schema
  const rows = await tx
    .select({ to: s.toMatter, type: sql<string>`${s.command} ->> 'type'` })
    .from(s)
    .where(
      and(
        eq(s.jurisdictionId, jurisdiction),
        eq(s.fromMatter, matter),
        inArray(s.toMatter, [...wanted]),
        isNull(s.settledAt),
        inArray(sql`${s.command} ->> 'type'`, ['ScheduleDeliberation', 'WithdrawSchedule']),
      ),
    )
    .orderBy(asc(s.at))
  return new Map(rows.map(({ to, type }) => [to, type]))
}
/** Gates of these matters, by id; what does not exist, or is none that a meeting decides on, is not among them. */
export async function loadGates(asked: GatesAsked, ids: readonly string[]): Promise<Record<string, Gate>> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return {}
  const { office, tx, jurisdiction, units, on, at, body, session, date } = asked
  const { engine } = documentDesk
  const { matters: m } = schema
  const rows = await tx
    .select()
    .from(m)
    .where(and(eq(m.jurisdictionId, jurisdiction), eq(m.process, engine.process.kind), inArray(m.id, wanted)))
  const coming = await onItsWay(asked, wanted)
  const gates: Record<string, Gate> = {}
  for (const row of rows) {
    const stored = engine.restore(row.snapshot)
    const dossier = (await documentDesk.complete?.(tx, stored.context.dossier)) ?? stored.context.dossier
    const snapshot = engine.withDossier(stored, dossier)
    const as = { person: null, unit: null, roles: ['system' as const] }
    const pack = office.rules.pack(jurisdiction, row.packVersion)
    // A meeting to come is judged as if it were today: what is missing now, not that the day has not come.
    const payload = { outcome: 'adopted', dissents: [], body, session, date: date > on ? on : date }
    const type = 'RecordDecision' as const
    const circumstance = await documentDesk.facts({
      office,
      tx,
      jurisdiction,
      dossier,
      type,
      payload,
      as,
      pack,
      on,
      units,
    })
    const event = { ...circumstance, type, payload, meta: { at, on, actor: as, resolved: {} } } as LifecycleEvent
    const decided = engine.decide(snapshot, event)
    gates[row.id] = {
      matter: row.id,
      title: dossier.title,
      stageLabel: engine.process.labels.stage(row.stage),
      unit: dossier.draftingUnit,
      majorDecision: dossier.classification.majorDecision === true,
      inStage: engine.inStage(snapshot, event),
      scheduledHere: coming.has(row.id)
        ? coming.get(row.id) === 'ScheduleDeliberation'
        : dossier.schedule?.bodyId === body &&
          sessionName(dossier.schedule.session) === sessionName(session) &&
          dossier.schedule.date === date,
      open: decided.kind === 'granted',
      outstanding:
        decided.kind === 'granted' ? [] : decided.verdicts.filter(blocks).map(({ rule, reason }) => ({ rule, reason })),
    }
  }
  return gates
}
