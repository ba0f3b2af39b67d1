// Sending what is due. A delivery is taken for a while (a lease), sent, and only then marked: whoever dies in between
// leaves it to be sent again under the same id. Promised is at least once, with one id by which a repetition is told.
import { dateInShanghai } from '@dianzhang/calendar'
import type { Role } from '@dianzhang/contract'
import { and, asc, eq, lte, type SQL, schema, sql, withTransaction } from '@dianzhang/database'
import { notFound } from '../failures.ts'
import { addressOfRegistrant } from '../hearing/letters.ts'
import type { Office, Outgoing, SendOutcome } from '../office.ts'
import { peopleInOffice } from '../people/actor.ts'
import { awaits } from '../projections/turns.ts'
import { fanOut, pushed } from './fan-out.ts'
import { heldPlaces } from './held.ts'
import { turnOfReminder } from './messages.ts'
import { logAfter } from './public-events.ts'
import { forgetUnconfirmed } from './subscriptions.ts'
import { secretsOf } from './webhooks.ts'

const {
  deliveries: d,
  subscriptions: s,
  subscriptionContacts: k,
  noticePreferences: f,
  webhooks: w,
  notices: n,
  reminders: r,
} = schema
type Delivery = typeof d.$inferSelect

const [second, minute, hour] = [1000, 60_000, 3600_000]
/** What lies between two attempts (Standard Webhooks, and one more): the last attempt is four days after the first. */
const retryDelays: readonly number[] = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
  96 * hour - (75 * hour + 35 * minute + 5 * second),
]
/** So long another process leaves alone what one has taken. */
const leaseMs = 5 * minute
const atOnce = 20

interface Sent {
  sent: number
  dead: number
  later: number
}
/** What waits for nothing else: one channel, or one receiver of webhooks. */
interface Lane {
  channel: string
  /** Null: whoever is reached by this channel. */
  target: string | null
}
/** Due now, of places where sending is not stopped. */
async function dueNow(office: Office): Promise<SQL> {
  const held = [...(await heldPlaces(office.db)).keys()]
  return and(
    eq(d.state, 'due'),
    lte(d.nextAt, office.clock.now()),
    held.length > 0 ? sql`${d.jurisdictionId} <> all (array[${sql.join(held, sql`, `)}]::text[])` : undefined,
  ) as SQL
}
async function lanesDue(office: Office): Promise<Lane[]> {
  const target = sql<string | null>`case when ${d.channel} = 'webhook' then ${d.target} end`
  return office.db
    .selectDistinct({ channel: d.channel, target })
    .from(d)
    .where(await dueNow(office))
}
/** Sends what is due, each lane by itself: a receiver that hangs holds up what is for it, and nothing else. */
class Lanes {
  readonly #running = new Map<string, Promise<void>>()
  readonly #office: Office
  readonly total: Sent = { sent: 0, dead: 0, later: 0 }
  constructor(office: Office) {
    this.#office = office
  }
  /** Starts the lanes in which something is due and nothing is running yet; does not wait for them. */
  async start(): Promise<void> {
    if (!this.#office.outward) return
    for (const lane of await lanesDue(this.#office)) {
      const name = `${lane.channel} ${lane.target ?? ''}`
      if (this.#running.has(name)) continue
      const run = this.#run(lane).finally(() => this.#running.delete(name))
      this.#running.set(name, run)
      // Told by `ended`; whoever only starts hears of it in the log.
      run.catch((error: unknown) => this.#office.log.error({ err: error, ...lane }, '对外通知没有办完，稍后再办'))
    }
  }
  /** Until nothing is running; an error of a lane is thrown once all have ended. */
  async ended(): Promise<void> {
    const outcomes = await Promise.allSettled(this.#running.values())
    const failed = outcomes.find((each) => each.status === 'rejected')
    if (failed) throw failed.reason
  }
  async #run(lane: Lane): Promise<void> {
    const office = this.#office
    for (;;) {
      const taken = await take(office, lane)
      if (taken.length === 0) return
      await Promise.all(
        taken.map(async (row) => {
          const outcome = await attempt(office, row).catch(
            (error: unknown): SendOutcome => ({
              kind: 'later',
              why: error instanceof Error ? error.message : String(error),
            }),
          )
          this.total[await settle(office, row, outcome)] += 1
        }),
      )
    }
  }
}
/** Sends everything that is due now; returns how many were sent and how many were given up. */
export async function sendDue(office: Office): Promise<Sent> {
  const lanes = new Lanes(office)
  await lanes.start()
  await lanes.ended()
  return lanes.total
}
async function take(office: Office, lane: Lane): Promise<Delivery[]> {
  const wanted = and(
    await dueNow(office),
    eq(d.channel, lane.channel),
    lane.target === null ? undefined : eq(d.target, lane.target),
  )
  return withTransaction(office.db, async (tx) => {
    const due = tx
      .select({ j: d.jurisdictionId, id: d.id })
      .from(d)
      .where(wanted)
      .orderBy(asc(d.nextAt), asc(d.id))
      .limit(atOnce)
      .for('update', { skipLocked: true })
    return tx
      .update(d)
      .set({ nextAt: new Date(office.clock.now().getTime() + leaseMs) })
      .where(sql`(${d.jurisdictionId}, ${d.id}) in (${due})`)
      .returning()
  })
}
/** Who a delivery is for: `person`, `subscription`, `registration` (of a hearing) or `webhook`, and which. */
function receiverOf({ target }: Pick<Delivery, 'target'>): { kind: string; id: string } {
  const at = target.indexOf(':')
  return { kind: target.slice(0, at), id: target.slice(at + 1) }
}
/**
 * Whether a member of the staff is still to be told: he holds office, and what he was told of still awaits him. Between the
 * writing and the sending lies a night, or days in which a channel answers nothing.
 */
async function stillConcerns(office: Office, row: Delivery, person: string): Promise<boolean> {
  const today = dateInShanghai(office.clock.now().toISOString())
  const [holder] = await peopleInOffice(office.db, row.jurisdictionId, today, person)
  if (!holder) return false
  const of = (t: typeof n | typeof r) => and(eq(t.jurisdictionId, row.jurisdictionId), eq(t.id, row.event))
  const [[notice], [reminder]] = await Promise.all([
    office.db.select().from(n).where(of(n)),
    office.db.select().from(r).where(of(r)),
  ])
  const said = notice?.kind === 'turn' ? { ...notice, since: notice.at } : reminder
  if (!said) return true
  if (!awaits(holder.posts, { role: said.role as Role, unit: said.unit })) return false
  const [turn] = await office.db.execute(sql`
    select 1 from turns t where t.jurisdiction_id = ${row.jurisdictionId} and t.matter_id = ${said.matterId}
      and t.command = ${said.command} and t.since = ${said.since.toISOString()}::timestamptz
      and ${turnOfReminder(sql`${said.role}`, sql`${said.unit}`)} limit 1`)
  return turn !== undefined
}
/** What is sent, and where; null where whoever wanted it is gone. */
async function outgoing(office: Office, row: Delivery): Promise<Outgoing | null> {
  const origin = office.outward?.origin ?? ''
  const at = office.clock.now()
  const { kind, id } = receiverOf(row)
  if (kind === 'webhook') {
    const [receiver] = await office.db
      .select()
      .from(w)
      .where(and(eq(w.jurisdictionId, row.jurisdictionId), eq(w.id, id), eq(w.active, true)))
    if (!receiver || !office.outward) return null
    const signed = { body: JSON.stringify(row.data), secrets: secretsOf(office.outward, receiver, at) }
    return { id: row.id, address: receiver.url, title: '', lines: [], link: null, at, signed }
  }
  const { title, lines, link, path } = row.data as { title: string; lines: string[]; link?: string; path?: string }
  const said = { id: row.id, title, lines, link: link ?? (path === undefined ? null : `${origin}${path}`), at }
  if (kind === 'person') {
    const [preference] = await office.db
      .select()
      .from(f)
      .where(and(eq(f.jurisdictionId, row.jurisdictionId), eq(f.person, id), eq(f.channel, row.channel)))
    if (!preference || preference.suspendedWhy !== null || !(await stillConcerns(office, row, id))) return null
    return { ...said, address: preference.address }
  }
  if (kind === 'registration') {
    const address = await addressOfRegistrant(office.db, row.jurisdictionId, id)
    return address === null ? null : { ...said, address }
  }
  const [contact] = await office.db
    .select({ address: k.address, token: k.token, state: s.state })
    .from(k)
    .innerJoin(s, and(eq(s.jurisdictionId, k.jurisdictionId), eq(s.id, k.subscriptionId)))
    .where(and(eq(k.jurisdictionId, row.jurisdictionId), eq(k.subscriptionId, id)))
  if (!contact || contact.state === 'suspended') return null
  if (row.template === 'confirm') return { ...said, address: contact.address }
  const page = `${origin}/subscriptions/${id}/end?token=${contact.token}`
  return { ...said, address: contact.address, unsubscribe: { page, post: page } }
}
async function attempt(office: Office, row: Delivery): Promise<SendOutcome & { dropped?: true }> {
  const message = await outgoing(office, row)
  if (message === null) return { kind: 'never', why: '收的人已经退订、停用、离任，或者事情已经办了', dropped: true }
  const channel = office.outward?.channels.get(row.channel)
  if (!channel) return { kind: 'later', why: `没有渠道“${row.channel}”，请检查配置` }
  const outcome = await channel.send(message)
  // Servers repeat the address in what they answer: the record of a delivery outlives the address.
  if (!outcome.why || receiverOf(row).kind === 'webhook' || message.address === '') return outcome
  const address = new RegExp(message.address.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi')
  return { ...outcome, why: outcome.why.replace(address, '〔地址〕') }
}
async function settle(
  office: Office,
  row: Delivery,
  outcome: SendOutcome & { dropped?: true },
): Promise<'sent' | 'dead' | 'later'> {
  const now = office.clock.now()
  const own = and(eq(d.jurisdictionId, row.jurisdictionId), eq(d.id, row.id), eq(d.state, 'due'))
  const why = outcome.why ?? null
  // Counted when it is known how it ended: whoever dies in between has used up none of the attempts.
  const attempts = row.attempts + 1
  if (outcome.kind === 'sent') {
    await office.db.update(d).set({ state: 'sent', attempts, settledAt: now, nextAt: null, error: null }).where(own)
    const { kind, id } = receiverOf(row)
    if (kind === 'subscription')
      await office.db
        .update(s)
        .set({ lastSentAt: now })
        .where(and(eq(s.jurisdictionId, row.jurisdictionId), eq(s.id, id)))
    return 'sent'
  }
  const delay = outcome.kind === 'later' ? retryDelays[row.attempts] : undefined
  if (delay !== undefined) {
    await office.db
      .update(d)
      .set({ attempts, nextAt: new Date(now.getTime() + delay), error: why })
      .where(own)
    return 'later'
  }
  await office.db
    .update(d)
    .set({ state: outcome.dropped ? 'dropped' : 'dead', attempts, settledAt: now, nextAt: null, error: why })
    .where(own)
  if (!outcome.dropped) await suspend(office, row, outcome)
  return 'dead'
}
/** Who cannot be reached is not written to on and on; it is shown to whoever can mend it. */
async function suspend(office: Office, row: Delivery, outcome: SendOutcome): Promise<void> {
  const { kind, id } = receiverOf(row)
  const said = outcome.why ?? '没有送到'
  office.log.warn({ channel: row.channel, target: row.target, why: said }, '对外通知没有送到')
  if (kind === 'webhook')
    await office.db
      .update(w)
      .set({ active: false, inactiveWhy: outcome.kind === 'gone' ? said : `四日没有送到：${said}` })
      .where(and(eq(w.jurisdictionId, row.jurisdictionId), eq(w.id, id), eq(w.active, true)))
  else if (kind === 'subscription')
    await office.db
      .update(s)
      .set({ state: 'suspended', suspendedWhy: said })
      .where(and(eq(s.jurisdictionId, row.jurisdictionId), eq(s.id, id)))
  else if (kind === 'person')
    await office.db
      .update(f)
      .set({ suspendedWhy: said })
      .where(and(eq(f.jurisdictionId, row.jurisdictionId), eq(f.person, id), eq(f.channel, row.channel)))
}

/** What is new is written down to be sent: unconfirmed subscriptions go, what happened is fanned out. */
async function prepareNotices(office: Office): Promise<void> {
  await forgetUnconfirmed(office)
  await fanOut(office)
}
/** Everything of one look: what is new is fanned out, what is due is sent; waits until it is. */
export async function tendNotices(office: Office): Promise<Sent> {
  await prepareNotices(office)
  return sendDue(office)
}
/** The same again and again: `look` does not wait for receivers, and leaves alone whoever it is still waiting for. */
export function noticeTender(office: Office): { look(): Promise<void>; ended(): Promise<void> } {
  const lanes = new Lanes(office)
  return {
    look: async () => {
      await prepareNotices(office)
      await lanes.start()
    },
    ended: () => lanes.ended(),
  }
}

/** Sends a dead delivery anew, from the first attempt on; one that waits for its next attempt is tried now. */
export async function tryAgain(office: Office, jurisdiction: string, id: string): Promise<void> {
  const own = and(eq(d.jurisdictionId, jurisdiction), eq(d.id, id))
  const [waiting] = await office.db
    .update(d)
    .set({ nextAt: office.clock.now() })
    .where(and(own, eq(d.state, 'due')))
    .returning({ id: d.id })
  if (waiting) return
  const [row] = await office.db
    .update(d)
    .set({ state: 'due', attempts: 0, nextAt: office.clock.now(), settledAt: null, error: null })
    .where(and(own, eq(d.state, 'dead')))
    .returning({ id: d.id })
  if (!row) throw notFound('这一件没有送到的')
}
/** Pushes entries `from`…`to` of the log to one receiver once more, under the same ids. Returns how many. */
export async function replay(
  office: Office,
  jurisdiction: string,
  webhook: string,
  from: number,
  to: number,
): Promise<number> {
  const [receiver] = await office.db
    .select()
    .from(w)
    .where(and(eq(w.jurisdictionId, jurisdiction), eq(w.id, webhook)))
  if (!receiver) throw notFound('这处推送')
  const entries = (await logAfter(office.db, jurisdiction, from - 1, Math.min(1000, to - from + 1))).filter(
    ({ index, entry }) => index <= to && (receiver.types.length === 0 || receiver.types.includes(entry.type)),
  )
  if (entries.length === 0) return 0
  await office.db
    .insert(d)
    .values(entries.map(({ index, entry }) => pushed(office, receiver, index, entry)))
    .onConflictDoUpdate({
      target: [d.jurisdictionId, d.event, d.target, d.channel],
      set: { state: 'due', attempts: 0, nextAt: office.clock.now(), settledAt: null, error: null },
    })
  return entries.length
}
