// Where one member of the staff wants to be told besides the message centre; and what an administrator sees of what goes
// outside.
import { AppError, type answers } from '@dianzhang/contract'
import { and, asc, decodeCursor, desc, eq, inArray, pageFrom, schema, sql } from '@dianzhang/database'
import { invalid } from '../failures.ts'
import type { Office, Person } from '../office.ts'
import { heldPlaces } from './held.ts'
import { secretShown } from './webhooks.ts'

const { noticePreferences: f, deliveries: d, people, webhooks: w, subscriptions: s } = schema

/** The channels there are, and what this person has chosen. */
export async function preferencesOf(
  office: Office,
  who: Person,
): Promise<answers.Given<typeof answers.NoticePreferences>> {
  const rows = await office.db
    .select()
    .from(f)
    .where(and(eq(f.jurisdictionId, who.jurisdiction), eq(f.person, who.person)))
    .orderBy(asc(f.channel))
  return {
    channels: [...(office.outward?.channels ?? [])]
      .filter(([, channel]) => channel.personal)
      .map(([name, { label, addressLabel }]) => ({ name, label, addressLabel })),
    chosen: rows.map(({ channel, address, rhythm, suspendedWhy }) => ({
      channel,
      address,
      rhythm: rhythm as 'immediate' | 'daily',
      suspendedWhy,
    })),
  }
}
/** Sets one; without an address it is deleted. Refuses (422) a channel that does not exist, an address that cannot be one. */
export async function prefer(
  office: Office,
  who: Person,
  given: { channel: string; address?: string | undefined; rhythm?: 'immediate' | 'daily' | undefined },
): Promise<void> {
  const own = and(eq(f.jurisdictionId, who.jurisdiction), eq(f.person, who.person), eq(f.channel, given.channel))
  const address = given.address?.trim() ?? ''
  if (address === '') {
    await office.db.delete(f).where(own)
    return
  }
  const channel = office.outward?.channels.get(given.channel)
  if (!channel?.personal) throw invalid(['channel', '没有这个渠道'])
  if (given.channel === 'mail' && !/^[^\s@<>"',;:\\()[\]]{1,64}@[^\s@<>]{3,190}$/.test(address))
    throw invalid(['address', '请填写一个电子邮箱地址'])
  if (address.length > 254) throw invalid(['address', '太长'])
  const values = { address, rhythm: given.rhythm ?? 'daily', suspendedWhy: null, updatedAt: office.clock.now() }
  await office.db
    .insert(f)
    .values({ jurisdictionId: who.jurisdiction, person: who.person, channel: given.channel, ...values })
    .onConflictDoUpdate({ target: [f.jurisdictionId, f.person, f.channel], set: values })
}
/** For the administrator: the state of what goes outside. No address of anybody stands in it. */
export async function outwardState(
  office: Office,
  jurisdiction: string,
): Promise<answers.Given<typeof answers.OutwardState>> {
  const [held, counts, waiting, receivers, subscribers] = await Promise.all([
    heldPlaces(office.db),
    office.db
      .select({ state: d.state, n: sql<number>`count(*)::int` })
      .from(d)
      .where(eq(d.jurisdictionId, jurisdiction))
      .groupBy(d.state),
    office.db.execute<{ n: number }>(
      sql`select count(*)::int as n from notice_queue where jurisdiction_id = ${jurisdiction}`,
    ),
    office.db.select().from(w).where(eq(w.jurisdictionId, jurisdiction)).orderBy(asc(w.createdAt)),
    office.db
      .select({ state: s.state, n: sql<number>`count(*)::int` })
      .from(s)
      .where(eq(s.jurisdictionId, jurisdiction))
      .groupBy(s.state),
  ])
  return {
    enabled: office.outward !== null,
    held: held.get(jurisdiction) ?? null,
    channels: [...(office.outward?.channels ?? [])].map(([name, { label }]) => ({ name, label })),
    counts: Object.fromEntries(counts.map(({ state, n }) => [state, n])),
    waiting: waiting[0]?.n ?? 0,
    subscriptions: Object.fromEntries(subscribers.map(({ state, n }) => [state, n])),
    webhooks: receivers.map((row) => ({
      id: row.id,
      label: row.label,
      url: row.url,
      types: row.types,
      active: row.active,
      inactiveWhy: row.inactiveWhy,
      generation: row.generation,
      rotatedAt: row.rotatedAt.toISOString(),
    })),
  }
}
/** The secret of one receiver, for the administrator to hand over; 404 where there is none. */
export async function webhookSecret(office: Office, jurisdiction: string, id: string): Promise<string> {
  const [row] = await office.db
    .select()
    .from(w)
    .where(and(eq(w.jurisdictionId, jurisdiction), eq(w.id, id)))
  const secret = row && secretShown(office, jurisdiction, id, row.generation)
  if (!secret) throw new AppError('not_found', '没有这处推送')
  return secret
}
/** Deliveries, the newest first; without address and content. */
export async function listDeliveries(
  office: Office,
  jurisdiction: string,
  asked: { state?: string | undefined; cursor?: string | undefined; limit?: number | undefined },
): Promise<{ items: Array<answers.Given<typeof answers.DeliveryRow>>; nextCursor: string | null }> {
  const limit = asked.limit ?? 50
  const [at, id] = asked.cursor ? decodeCursor(asked.cursor, ['instant', 'text']) : []
  const rows = await office.db
    .select()
    .from(d)
    .where(
      and(
        eq(d.jurisdictionId, jurisdiction),
        asked.state ? eq(d.state, asked.state) : undefined,
        at && id ? sql`(${d.createdAt}, ${d.id}) < (${at}::timestamptz, ${id})` : undefined,
      ),
    )
    .orderBy(desc(d.createdAt), desc(d.id))
    .limit(limit + 1)
  const { items, nextCursor } = pageFrom(rows, limit, (row) => [row.createdAt.toISOString(), row.id])
  const wordsOf = await targetWords(
    office,
    jurisdiction,
    items.map(({ target }) => target),
  )
  return {
    items: items.map((row) => ({
      id: row.id,
      channel: row.channel,
      channelLabel: office.outward?.channels.get(row.channel)?.label ?? row.channel,
      targetLabel: wordsOf(row.target),
      target: row.target.startsWith('subscription:') ? '订阅' : row.target,
      event: row.event,
      state: row.state as never,
      attempts: row.attempts,
      createdAt: row.createdAt.toISOString(),
      nextAt: row.nextAt?.toISOString() ?? null,
      settledAt: row.settledAt?.toISOString() ?? null,
      error: row.error,
    })),
    nextCursor,
  }
}

/** Who receives, in words: a member of the staff and a receiver of webhooks by name, the public without. */
async function targetWords(
  office: Office,
  jurisdiction: string,
  targets: readonly string[],
): Promise<(target: string) => string> {
  const idsOf = (kind: string) => [
    ...new Set(targets.filter((each) => each.startsWith(`${kind}:`)).map((each) => each.slice(kind.length + 1))),
  ]
  const [persons, receivers] = [idsOf('person'), idsOf('webhook')]
  const [named, labelled] = await Promise.all([
    persons.length === 0
      ? []
      : office.db
          .select({ id: people.id, name: people.name })
          .from(people)
          .where(and(eq(people.jurisdictionId, jurisdiction), inArray(people.id, persons))),
    receivers.length === 0
      ? []
      : office.db
          .select({ id: w.id, name: w.label })
          .from(w)
          .where(and(eq(w.jurisdictionId, jurisdiction), inArray(w.id, receivers))),
  ])
  const names = new Map([...named, ...labelled].map(({ id, name }) => [id, name]))
  return (target) => {
    const at = target.indexOf(':')
    const kind = target.slice(0, at)
    if (kind === 'subscription') return '公众订阅'
    if (kind === 'registration') return '听证报名人'
    return names.get(target.slice(at + 1)) ?? (kind === 'webhook' ? '已经没有的推送' : '工作人员')
  }
}
