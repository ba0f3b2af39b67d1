// The document's side of a meeting: which meeting it is (the same body, name and day are one meeting), and what is sent
// there. Reads only; the meeting itself is written when the command is delivered, so that never two matters are locked.
import type { CommandOf } from '@dianzhang/contract'
import { and, eq, inArray, isNull, schema, type Tx } from '@dianzhang/database'
import { sessionEngine } from '@dianzhang/processes'
import type { Dossier } from '@dianzhang/rules'
import type { CommandContext, WriteContext } from '../commands/handler.ts'
import { derivedId, type Send } from '../outbox.ts'

interface Meeting {
  bodyId: string | null
  session: string
  date: string
}
type Found = { id: string; present: boolean; listed: boolean }

/** The meeting of this body, name and day: as it was scheduled, or as it will be when one is made for this document. */
async function meetingOf(
  tx: Tx,
  jurisdiction: string,
  document: string,
  m: Meeting & { bodyId: string },
): Promise<Found> {
  const { sessions: s, matters, sends } = schema
  const [row] = await tx
    .select({ id: s.id, snapshot: matters.snapshot })
    .from(s)
    .innerJoin(matters, and(eq(matters.jurisdictionId, s.jurisdictionId), eq(matters.id, s.id)))
    .where(
      and(eq(s.jurisdictionId, jurisdiction), eq(s.bodyId, m.bodyId), eq(s.session, m.session), eq(s.date, m.date)),
    )
    .orderBy(s.id)
    .limit(1)
  if (row) {
    const { items, cancelled } = sessionEngine.restore(row.snapshot).context.dossier
    if (!cancelled)
      return { id: row.id, present: true, listed: items.some((item) => item.matter === document && !item.dropped) }
  }
  const id = derivedId('session', jurisdiction, m.bodyId, m.session, m.date, ...(row ? [row.id] : []))
  // Asked for already, and on its way.
  const [coming] = await tx
    .select({ id: sends.id, from: sends.fromMatter })
    .from(sends)
    .where(and(eq(sends.jurisdictionId, jurisdiction), eq(sends.toMatter, id), isNull(sends.settledAt)))
    .limit(1)
  return { id, present: coming !== undefined, listed: coming?.from === document }
}
/** Whether this is a meeting of that name and day that has not been held or called off. */
export async function namesSession(
  c: CommandContext,
  id: string,
  { session, date, body }: { session: string; date: string; body: string },
): Promise<boolean> {
  const { sessions: s, matters: m } = schema
  const [row] = await c.tx
    .select({ bodyId: s.bodyId, session: s.session, date: s.date })
    .from(s)
    .innerJoin(m, and(eq(m.jurisdictionId, s.jurisdictionId), eq(m.id, s.id)))
    .where(and(eq(s.jurisdictionId, c.jurisdiction), eq(s.id, id), inArray(m.stage, ['scheduled', 'agenda_set'])))
  if (!row || row.session !== session || row.date !== date) return false
  const { bodies } = c.units[row.bodyId.split(':')[0] ?? ''] ?? { bodies: [] }
  const named = [...bodies, ...Object.values(c.units).flatMap((unit) => unit.bodies)].find((b) => b.id === row.bodyId)
  return body === row.bodyId || named === undefined || body === named.name || named.name.endsWith(body)
}
const opening = (id: string, document: string, m: Meeting, more: object = {}): Send => ({
  opens: sessionEngine.process.kind,
  matter: id,
  command: {
    type: 'ScheduleSession',
    body: m.bodyId ?? '',
    session: m.session,
    date: m.date,
    items: [{ matter: document, attending: [] }],
    ...more,
  },
})

/** Scheduled by a person: the document goes onto the agenda, of the meeting that is there or of one made for it. */
export async function scheduleSends(c: WriteContext, p: CommandOf<'ScheduleDeliberation'>): Promise<Send[]> {
  const { schedule } = c.next
  // What a meeting sent itself is not sent back.
  if (c.actor.kind !== 'person' || !schedule?.bodyId) return []
  const found = p.sessionId
    ? { id: p.sessionId, present: true, listed: false }
    : await meetingOf(c.tx, c.jurisdiction, c.matterId, { ...schedule, bodyId: schedule.bodyId })
  const left = await leftSends(c, found.id)
  if (found.listed) return left
  return [
    ...left,
    found.present
      ? { matter: found.id, command: { type: 'AddItem', matter: c.matterId, attending: [] } }
      : opening(found.id, c.matterId, schedule),
  ]
}
/** The meeting it was scheduled for until now, if that is another and has not been held, strikes it from its agenda. */
async function leftSends(c: WriteContext, taken: string): Promise<Send[]> {
  const before = c.dossier.schedule
  if (!before?.bodyId) return []
  const { sessions: s, matters } = schema
  const rows = await c.tx
    .select({ id: s.id, snapshot: matters.snapshot })
    .from(s)
    .innerJoin(matters, and(eq(matters.jurisdictionId, s.jurisdictionId), eq(matters.id, s.id)))
    .where(
      and(
        eq(s.jurisdictionId, c.jurisdiction),
        eq(s.bodyId, before.bodyId),
        eq(s.session, before.session),
        eq(s.date, before.date),
        inArray(matters.stage, ['scheduled', 'agenda_set']),
      ),
    )
  return rows.flatMap(({ id, snapshot }): Send[] => {
    const item = sessionEngine
      .restore(snapshot)
      .context.dossier.items.find((one) => one.matter === c.matterId && !one.dropped && !one.decision)
    return id === taken || !item
      ? []
      : [{ matter: id, command: { type: 'DropItem', item: item.n, reason: '改由另一次会议审议' } }]
  })
}
/** Decided by a person on the document: the meeting learns of it. */
export async function decisionSends(c: WriteContext): Promise<Send[]> {
  const { decision } = c.next
  if (c.actor.kind !== 'person' || !decision?.bodyId) return []
  const found = await meetingOf(c.tx, c.jurisdiction, c.matterId, { ...decision, bodyId: decision.bodyId })
  const decided = told(decision)
  return found.present
    ? [{ matter: found.id, command: { type: 'RecordItemDecision', matter: c.matterId, ...decided } }]
    : [opening(found.id, c.matterId, decision, { decided })]
}
const told = ({ outcome, date, dissents }: NonNullable<Dossier['decision']>) => ({ outcome, on: date, dissents })
