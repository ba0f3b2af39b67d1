// The desk of meetings: scheduled by the secretariat of the body's organ, or made for a document that is scheduled or decided.
import { dateInShanghai } from '@dianzhang/calendar'
import { actorRoleLabels, type answers, type SessionPayload, sessionContract } from '@dianzhang/contract'
import { and, type DbOrTx, eq, gte, lte, ne, schema, sql } from '@dianzhang/database'
import {
  attendanceOf,
  numbered,
  type SessionDossier,
  type SessionShape,
  sessionEngine,
  takingPart,
} from '@dianzhang/processes'
import { governmentOf, type UnitFact } from '@dianzhang/rules'
import type { Desk, Permission } from '../door/desk.ts'
import { meetingOf } from '../facts/meeting.ts'
import { invalid } from '../failures.ts'
import type { Actor, Office } from '../office.ts'
import type { Send } from '../outbox.ts'
import { inPost } from '../policies/permit-by-role.ts'
import { loadGates } from './gates.ts'
import { described, peopleOf, scheduling, sessionHandlers } from './handlers.ts'

const { law, labels } = sessionEngine.process
type Opening = SessionPayload<'ScheduleSession'> & {
  /** Made for a decision that was recorded on the document: what was decided. */
  decided?: { outcome: string; on: string; dissents: string[] }
}

/** The secretariat of the organ whose meeting it is, or of its government. */
function permitted(
  actor: Actor,
  by: readonly string[],
  label: string,
  organ: string | null,
  units: Record<string, UnitFact>,
): Permission {
  if (actor.kind !== 'person')
    return by.includes(actor.kind)
      ? { allowed: true, as: { person: null, unit: null, roles: [actor.kind] }, delegatedFrom: null }
      : { allowed: false, reason: `${label}须由政府办公室文秘办理` }
  const government = organ === null ? null : (governmentOf(units, organ)?.id ?? null)
  const inScope = (unit: string): boolean =>
    organ === null ||
    unit === organ ||
    (units[unit]?.kind === 'office' && (units[unit]?.parent ?? government) === government)
  const held = actor.posts.filter((post) => by.includes(post.role))
  const post = held
    .toSorted((a, b) => Number(a.delegatedFrom != null) - Number(b.delegatedFrom != null))
    .find((one) => inScope(one.unit))
  if (!post)
    return {
      allowed: false,
      reason:
        held.length > 0
          ? `${label}：须为${units[organ ?? '']?.name ?? '该机关'}或者本级政府办公机构的文秘`
          : `${label}由政府办公室文秘办理；您的角色是${[...new Set(actor.posts.map((one) => actorRoleLabels[one.role]))].join('、') || '（无）'}`,
    }
  return inPost(actor, post)
}
/** The other meetings of this body in the year of this one, but for those called off. Two that are scheduled at once wait for each other. */
async function othersOf(tx: DbOrTx, d: SessionDossier) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`session|${d.jurisdiction}|${d.body.id}`}, 0))`)
  const { sessions: s, matters: m } = schema
  const year = d.date.slice(0, 4)
  return await tx
    .select({ id: s.id, session: s.session, date: s.date })
    .from(s)
    .innerJoin(m, and(eq(m.jurisdictionId, s.jurisdictionId), eq(m.id, s.id)))
    .where(
      and(
        eq(s.jurisdictionId, d.jurisdiction),
        eq(s.bodyId, d.body.id),
        gte(s.date, `${year}-01-01`),
        lte(s.date, `${year}-12-31`),
        ne(m.stage, 'cancelled'),
      ),
    )
}
const mattersOf = (d: SessionDossier, payload: Record<string, unknown>): string[] => [
  ...d.items.flatMap((item) => (item.dropped || item.decision ? [] : (item.matter ?? []))),
  ...((payload.items ?? []) as Array<{ matter?: string }>).flatMap((item) => item.matter ?? []),
  ...(typeof payload.matter === 'string' ? [payload.matter] : []),
]
/** What the secretary sees: every item with what still refuses its decision, who came, what was decided. */
async function view(
  office: Office,
  _actor: Actor,
  { dossier: d, units }: { dossier: SessionDossier; units: Record<string, UnitFact> },
): Promise<answers.Given<typeof answers.SessionFile> & Record<string, unknown>> {
  const at = office.clock.now().toISOString()
  const asked = { office, tx: office.db, jurisdiction: d.jurisdiction, units, on: dateInShanghai(at), at }
  const meeting = { matter: d.id, body: d.body.id, session: d.session, date: d.date }
  const [gates, people] = await Promise.all([
    loadGates({ ...asked, ...meeting }, mattersOf(d, {})),
    peopleOf(office.db, d.jurisdiction, d, {}),
  ])
  const attendance = d.held?.attendance ?? null
  const { quorum } = office.rules.pack(d.jurisdiction, d.packVersion).deliberation
  const name = (person: string) => ({ person, name: people[person] ?? person })
  return {
    body: d.body,
    session: d.session,
    date: d.date,
    place: d.place,
    origin: d.origin,
    items: d.items.map((item) => ({
      ...item,
      presenterName: item.presenter === null ? null : (units[item.presenter]?.name ?? item.presenter),
      gate: item.matter === null ? null : (gates[item.matter] ?? null),
    })),
    held: d.held && {
      on: d.held.on,
      attendance: attendance && {
        members: attendance.members.map(name),
        present: attendance.present.map(name),
        absent: attendance.members.filter((one) => !attendance.present.includes(one)).map(name),
        head: name(attendance.head),
        chair: name(attendance.chair),
        observers: attendance.observers.map((unit) => units[unit]?.name ?? unit),
        quorum: attendanceOf(quorum.value, attendance.members.length, takingPart(d, []).length),
        basis: quorum.source,
      },
    },
    rescheduled: d.rescheduled,
    cancelled: d.cancelled,
    minutes: d.minutes && { ...d.minutes, signedBy: name(d.minutes.signedBy) },
    people,
  }
}

export const sessionDesk: Desk<SessionShape> = {
  engine: sessionEngine,
  recordLabels: sessionContract.records,
  ledgerForm: 2,
  opening: {
    may: (actor: Actor, p: Opening, units) =>
      permitted(
        actor,
        sessionEngine.process.opening.law.by,
        sessionEngine.process.opening.label,
        meetingOf(units, p.body)?.unit ?? null,
        units,
      ),
    dossier: async (c, p: Opening) => {
      const body = meetingOf(c.units, p.body)
      if (!body) throw invalid(['body', '不是本法域登记的会议，请从“会议与机构”中选定'])
      const made = c.actor.kind === 'system'
      const items = p.items ?? []
      const gates = await loadGates(
        { ...c, body: body.id, session: p.session, date: p.date },
        items.flatMap((item) => item.matter ?? []),
      )
      return {
        id: c.matterId,
        jurisdiction: c.jurisdiction,
        packVersion: c.pack.version,
        body: { id: body.id, name: body.name, unit: body.unit },
        session: p.session,
        date: p.date,
        place: p.place ?? null,
        origin: made ? (items[0]?.matter ?? null) : null,
        items: numbered(
          0,
          described(items, gates, c.units, (i) => `items.${i}.`),
        ),
        held: null,
        rescheduled: [],
        cancelled: null,
        minutes: null,
      }
    },
    sends: async (c, p: Opening): Promise<Send[]> => {
      const { dossier: d } = c
      if (c.actor.kind === 'person') {
        const ids = d.items.map((item) => item.matter)
        const gates = await loadGates(
          { ...c, body: d.body.id, session: d.session, date: d.date },
          ids.filter((id) => id !== null),
        )
        return scheduling(d, gates, ids)
      }
      return p.decided && d.origin !== null
        ? [{ matter: d.id, command: { type: 'RecordItemDecision', matter: d.origin, ...p.decided } }]
        : []
    },
    summary: (d) => ({ title: `${d.body.name}（${d.session}）`, unit: d.body.unit }),
  },
  handlers: sessionHandlers,
  overseers: ['secretariat', 'legality_reviewer', 'admin'],
  may: (actor, type, d, units) => permitted(actor, law[type].by, labels.command[type], d.body.unit, units),
  facts: async ({ office, tx, jurisdiction, dossier: d, type, payload, pack, on, units }) => {
    const at = office.clock.now().toISOString()
    const meeting = { matter: d.id, body: d.body.id, session: d.session, date: d.date }
    const asked = { office, tx, jurisdiction, units, on, at, ...meeting }
    // One after the other: a transaction has one connection.
    const gates = await loadGates(asked, mattersOf(d, payload))
    const people = await peopleOf(tx, jurisdiction, d, payload)
    const others = type === sessionContract.opening.type ? await othersOf(tx, d) : undefined
    return { pack, calendar: office.rules.calendar(jurisdiction), gates, people, ...(others ? { others } : {}) }
  },
  concerns: (d) => ({
    involvedUnits: [
      ...new Set([
        d.body.unit,
        ...d.items.flatMap((item) => [...(item.presenter === null ? [] : [item.presenter]), ...item.attending]),
        ...(d.held?.attendance?.observers ?? []),
      ]),
    ].sort(),
    concernedRoles: [],
  }),
  project: (tx, { jurisdiction, matterId, before, after }) => {
    const { sessions: s } = schema
    const { body, session, date } = after.context.dossier
    if (!before)
      return tx.insert(s).values({ jurisdictionId: jurisdiction, id: matterId, bodyId: body.id, session, date })
    return before.context.dossier.date === date
      ? null
      : tx
          .update(s)
          .set({ date })
          .where(and(eq(s.jurisdictionId, jurisdiction), eq(s.id, matterId)))
  },
  // With its minutes a meeting is over; until then it lies with the secretariat.
  view,
}
