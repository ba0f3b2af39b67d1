// Who registered for a hearing and left an address is written to when it is settled whether he takes part: at the draw, when
// he moves up, when the hearing falls away. Each once; where no address was left, the staff call (`InformAlternates`).
import { and, type DbOrTx, eq, inArray, schema, sql } from '@dianzhang/database'
import { type HearingShape, hearings, mailIn, movedUp, seatsOf } from '@dianzhang/processes'
import { derivedId } from '../outbox.ts'

const { hearingRegistrations: r, hearingContacts: k, subscriptions: s, deliveries: d, matters: m } = schema

/** Steps after which somebody may stand otherwise than before. */
export const settling = new Set<string>([
  'ParticipantsDrawn',
  'RegistrationWithdrawn',
  'HearingCancelled',
] satisfies Array<HearingShape['record']>)

const words = {
  taking: '您已经选定参加。',
  up: '有人撤回，您已由候补递补为参加人。',
  reserve: '参加人已经选定，您是候补；有人撤回时依次递补。',
  merged: '参加人已经选定，您的这件报名没有列入遴选，缘由请看回执。',
  cancelled: '听证会已经取消。',
}

/** The letters due after `events` on one hearing; those written before are written again under the same id, and so once. */
export async function lettersOfHearing(
  tx: DbOrTx,
  matter: typeof m.$inferSelect,
  events: ReadonlySet<string>,
  now: Date,
): Promise<Array<typeof d.$inferInsert>> {
  const { jurisdictionId } = matter
  const dossier = hearings.restore(matter.snapshot as never).context.dossier
  if (dossier.draw === null && dossier.cancelled === null) return []
  const written = dossier.registrations.filter((x) => x.byMail && x.withdrawnOn === null).map(({ id }) => id)
  if (written.length === 0) return []
  // Who follows the receipt is told by that letter.
  const rows = await tx
    .select({ id: r.id, receipt: r.receipt, category: r.category })
    .from(r)
    .innerJoin(k, and(eq(k.jurisdictionId, r.jurisdictionId), eq(k.registrationId, r.id)))
    .where(
      and(
        eq(r.jurisdictionId, jurisdictionId),
        eq(r.matterId, matter.id),
        inArray(r.id, written),
        sql`not exists (select from ${s} where ${s.jurisdictionId} = ${r.jurisdictionId} and ${s.kind} = 'receipt'
          and ${s.state} = 'active' and ${s.about} = ${r.receipt})`,
      ),
    )
  const up = new Set(movedUp(dossier))
  const seats = new Map(dossier.categories.map(({ name }) => [name, seatsOf(dossier, name)]))
  return rows.flatMap(({ id, receipt, category }) => {
    const { taking, waiting } = seats.get(category) ?? { taking: [], waiting: [] }
    const state = dossier.cancelled
      ? 'cancelled'
      : taking.includes(id)
        ? up.has(id)
          ? 'up'
          : 'taking'
        : waiting.includes(id)
          ? 'reserve'
          : 'merged'
    if (state === 'cancelled' && !events.has('HearingCancelled')) return []
    const event = `hearing:${matter.id}:${state}`
    return [
      {
        jurisdictionId,
        id: derivedId('delivery', jurisdictionId, event, id),
        channel: 'mail',
        target: `registration:${id}`,
        event,
        template: 'registrant',
        data: {
          title: '您报名的听证会有新的进展',
          lines: [`听证会：${dossier.document.title}`, words[state]],
          path: `/receipts/${encodeURIComponent(receipt)}`,
        },
        state: 'due' as const,
        nextAt: now,
        createdAt: now,
      },
    ]
  })
}
/** Where somebody who registered is written to; null: no address, or no longer kept. */
export async function addressOfRegistrant(db: DbOrTx, jurisdiction: string, id: string): Promise<string | null> {
  const [row] = await db
    .select({ contact: k.contact })
    .from(k)
    .where(and(eq(k.jurisdictionId, jurisdiction), eq(k.registrationId, id)))
  return row ? mailIn(row.contact) : null
}
