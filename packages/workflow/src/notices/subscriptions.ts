// Subscriptions of the public by mail: asked for on a page, confirmed by pressing a button on the page that the letter
// leads to (a program that only follows links confirms nothing), ended by one press, and then the address is gone.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { actKey, versionsOf } from '@dianzhang/acts'
import { AppError, type subscriptionKinds } from '@dianzhang/contract'
import { and, eq, isNotNull, schema, sql, type Tx, withTransaction } from '@dianzhang/database'
import { logNames, matchingEntries, type RegisterFilters, searchRegister } from '@dianzhang/register'
import { invalid, notFound } from '../failures.ts'
import type { Office } from '../office.ts'
import { derivedId } from '../outbox.ts'
import type { PublicEvent } from './public-events.ts'
import { receiptShown } from './receipts.ts'

const { subscriptions: s, subscriptionContacts: k, deliveries: d, registerEntries: r, citations: c } = schema
type Kind = keyof typeof subscriptionKinds
export interface SubscriptionAsked {
  /** Left out: the place of this office. */
  jurisdiction?: string | undefined
  kind: Kind
  about: string
  rhythm: 'immediate' | 'weekly'
  address: string
}
const digest = (token: string): string => createHash('sha256').update(token).digest('hex')
/** So long a subscription waits for its confirmation. */
const confirmHours = 48
/** So many unconfirmed ones an address may have, lest this be used to write to somebody. */
const mostPending = 5
const mostActive = 50

const plausible = /^[^\s@<>"',;:\\()[\]]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?\.[a-z]{2,}$/i

/** What a subscription is about, in words; null: there is no such thing. */
async function subscriptionTitle(
  office: Office,
  jurisdiction: string,
  kind: Kind,
  about: string,
): Promise<string | null> {
  switch (kind) {
    case 'document': {
      const [row] = await office.db
        .select({ title: r.title })
        .from(r)
        .where(and(eq(r.jurisdictionId, jurisdiction), eq(r.id, about), eq(r.disclosure, 'active')))
      return row ? `《${row.title}》的变动` : null
    }
    // Only names that are known: a letter never carries words of whoever asked for it to somebody else.
    case 'issuer': {
      const { units: u } = schema
      const [unit] = await office.db
        .select({ id: u.id })
        .from(u)
        .where(and(eq(u.jurisdictionId, jurisdiction), eq(u.name, about)))
      // By the index of the register: an unknown name does not read all that was ever entered.
      const asked = { jurisdiction, issuer: about, limit: 1, now: office.clock.now() }
      const found = unit ?? (await searchRegister(office.readDb, asked)).results[0]
      return found ? `${about}的文件` : null
    }
    case 'subject': {
      const [found] = await office.db
        .select({ id: r.id })
        .from(r)
        .where(and(eq(r.jurisdictionId, jurisdiction), eq(r.subject, about)))
        .limit(1)
      return found ? `主题“${about}”的文件` : null
    }
    case 'act': {
      const act = about.replace(/^《|》$/g, '')
      if (versionsOf(act).length > 0) return `引用《${act}》的文件`
      // Only citations of entries stand in the index of acts: the others are nobody's to subscribe to.
      const [found] = await office.db
        .select({ entry: c.entryId })
        .from(c)
        .where(and(eq(c.jurisdictionId, jurisdiction), eq(c.actKey, actKey(act)), isNotNull(c.entryId)))
        .limit(1)
      return found ? `引用《${act}》的文件` : null
    }
    case 'consultations':
      return '公开征求意见'
    case 'query': {
      const words = new URLSearchParams(about)
      return `检索“${[...words.values()].join(' ') || '全部文件'}”的新结果`
    }
    case 'receipt':
      return '您的回执有进展'
  }
}

const unknown: Partial<Record<Kind, string>> = {
  document: '登记库中没有这件文件',
  issuer: '没有找到这个机关，请写它的全称，如文件上的制定机关',
  subject: '登记库中没有这个主题的文件',
  act: '没有认出这部上位法，请写它的全称',
}
/**
 * Notes that somebody asks for letters and sends one to confirm. The answer is the same whether the address is known or
 * not. Refuses (422) what is no address, what does not exist; (409) where no mail is configured.
 */
export async function subscribe(office: Office, given: SubscriptionAsked): Promise<{ id: string }> {
  const jurisdiction = given.jurisdiction ?? (await logNames(office.readDb))[0]?.code ?? ''
  if (office.rules.versions(jurisdiction).length === 0) throw invalid(['jurisdiction', '没有这个法域'])
  const asked = { ...given, jurisdiction }
  const channel = office.outward?.channels.get('mail')
  if (!office.outward || !channel)
    throw new AppError('conflict', '本站没有开通电子邮件，请改用订阅源（不需要留下地址）')
  const address = asked.address.trim().toLowerCase()
  if (address.length > 254 || !plausible.test(address)) throw invalid(['address', '请填写一个电子邮箱地址'])
  const about = asked.about.trim().slice(0, 500)
  if (asked.kind !== 'consultations' && about === '') throw invalid(['about', '请写明订阅什么'])
  const title = await subscriptionTitle(office, asked.jurisdiction, asked.kind, about)
  if (title === null) throw invalid(['about', unknown[asked.kind] ?? '没有找到'])
  // The words of a search are anybody's: they stand on the page, not in the letter.
  const inLetter = asked.kind === 'query' ? '一次检索的新结果' : title
  const receipt = asked.kind === 'receipt' ? await receiptShown(office, about) : null
  if (asked.kind === 'receipt' && receipt === null) throw invalid(['about', '没有找到这个回执号'])
  const now = office.clock.now()
  const confirm = randomBytes(24).toString('base64url')
  const id = randomUUID()
  const { origin } = office.outward
  await withTransaction(office.db, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`subscribe ${address}`}, 0))`)
    const known = await tx
      .select({ id: s.id, state: s.state, kind: s.kind, about: s.about })
      .from(s)
      .innerJoin(k, and(eq(k.jurisdictionId, s.jurisdictionId), eq(k.subscriptionId, s.id)))
      .where(and(eq(s.jurisdictionId, asked.jurisdiction), eq(k.address, address)))
    // Said again, or said too often: nothing more is sent there, and nobody learns that it was so.
    if (known.filter((each) => each.state === 'pending').length >= mostPending || known.length >= mostActive) return
    if (known.some((each) => each.state === 'active' && each.kind === asked.kind && each.about === about)) return
    await tx.insert(s).values({
      jurisdictionId: asked.jurisdiction,
      id,
      kind: asked.kind,
      about,
      rhythm: asked.rhythm,
      state: 'pending',
      matterId: receipt?.matter ?? null,
      shown: receipt?.shown ?? null,
      createdAt: now,
    })
    await tx.insert(k).values({
      jurisdictionId: asked.jurisdiction,
      subscriptionId: id,
      address,
      confirmDigest: digest(confirm),
      token: randomBytes(24).toString('base64url'),
    })
    await tx.insert(d).values({
      jurisdictionId: asked.jurisdiction,
      id: derivedId('confirm', asked.jurisdiction, id),
      channel: 'mail',
      target: `subscription:${id}`,
      event: `confirm:${id}`,
      template: 'confirm',
      data: {
        title: `请确认订阅：${inLetter}`,
        lines: [
          `有人（也许是您）在本站用这个邮箱订阅：${inLetter}。`,
          '确认订阅，请打开下面的网页，按“确认订阅”。不是您的，不必理会，两日后这个地址即删除。',
        ],
        link: `${origin}/subscriptions/${id}?token=${confirm}`,
      },
      state: 'due',
      nextAt: now,
      createdAt: now,
    })
  })
  return { id }
}
interface Found {
  jurisdiction: string
  id: string
  kind: Kind
  about: string
  rhythm: string
  state: string
  title: string
  address: string
  /** Which of the two tokens was given. */
  by: 'confirm' | 'manage'
}
/** The subscription to which this token belongs; null where there is none. Changes nothing. */
export async function subscriptionOf(office: Office, id: string, token: string): Promise<Found | null> {
  const [row] = await office.db
    .select({ s, k })
    .from(s)
    .innerJoin(k, and(eq(k.jurisdictionId, s.jurisdictionId), eq(k.subscriptionId, s.id)))
    .where(eq(s.id, id))
  if (!row) return null
  const by = row.k.token === token ? 'manage' : row.k.confirmDigest === digest(token) ? 'confirm' : null
  if (by === null) return null
  const { jurisdictionId, kind, about, rhythm, state } = row.s
  const title = (await subscriptionTitle(office, jurisdictionId, kind as Kind, about)) ?? '已经不在登记库中的文件'
  return {
    jurisdiction: jurisdictionId,
    id,
    kind: kind as Kind,
    about,
    rhythm,
    state,
    title,
    address: row.k.address,
    by,
  }
}
/** The button was pressed. Again is the same; a token of nothing is 404. */
export async function confirmSubscription(office: Office, id: string, token: string): Promise<Found> {
  const found = await subscriptionOf(office, id, token)
  if (!found) throw notFound('这项订阅')
  if (found.state === 'pending' && found.by === 'confirm')
    await withTransaction(office.db, async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`subscribe ${found.address}`}, 0))`)
      await tx
        .update(s)
        .set({ state: 'active', confirmedAt: office.clock.now() })
        .where(and(eq(s.jurisdictionId, found.jurisdiction), eq(s.id, id), eq(s.state, 'pending')))
      // Asked for several times before any was confirmed: one letter is enough.
      const same = await tx
        .select({ id: s.id })
        .from(s)
        .innerJoin(k, and(eq(k.jurisdictionId, s.jurisdictionId), eq(k.subscriptionId, s.id)))
        .where(
          and(
            eq(s.jurisdictionId, found.jurisdiction),
            eq(k.address, found.address),
            eq(s.kind, found.kind),
            eq(s.about, found.about),
            sql`${s.state} in ('pending', 'suspended')`,
          ),
        )
      for (const each of same) await forget(tx, found.jurisdiction, each.id)
    })
  return { ...found, state: found.state === 'pending' ? 'active' : found.state }
}
/** Ends it: address, tokens and what was still to be sent are deleted. Ending what is gone is no error. */
export async function endSubscription(office: Office, id: string, token: string): Promise<boolean> {
  const found = await subscriptionOf(office, id, token)
  if (!found) return false
  await forgetSubscription(office, found.jurisdiction, id)
  return true
}
async function forgetSubscription(office: Pick<Office, 'db'>, jurisdiction: string, id: string): Promise<void> {
  await withTransaction(office.db, (tx) => forget(tx, jurisdiction, id))
}
async function forget(tx: Tx, jurisdiction: string, id: string): Promise<void> {
  await tx.delete(k).where(and(eq(k.jurisdictionId, jurisdiction), eq(k.subscriptionId, id)))
  await tx.delete(s).where(and(eq(s.jurisdictionId, jurisdiction), eq(s.id, id)))
  await tx.execute(sql`delete from deliveries where jurisdiction_id = ${jurisdiction} and target = ${`subscription:${id}`}
      and state in ('due', 'gathered')`)
}
/** Deletes what was never confirmed in time. Returns how many. */
export async function forgetUnconfirmed(office: Office): Promise<number> {
  const before = new Date(office.clock.now().getTime() - confirmHours * 3600_000).toISOString()
  const rows = await office.db.execute<{ jurisdiction: string; id: string }>(sql`
    select jurisdiction_id as jurisdiction, id from subscriptions where state = 'pending' and created_at < ${before}::timestamptz limit 500`)
  for (const { jurisdiction, id } of rows) await forgetSubscription(office, jurisdiction, id)
  return rows.length
}

/** For each event, the active subscriptions that asked for it. */
export async function subscribersOf(
  office: Office,
  jurisdiction: string,
  events: readonly PublicEvent[],
  today: string,
): Promise<Array<{ event: PublicEvent; subscription: typeof s.$inferSelect }>> {
  if (events.length === 0) return []
  const all = await office.db
    .select()
    .from(s)
    .where(and(eq(s.jurisdictionId, jurisdiction), eq(s.state, 'active')))
  if (all.length === 0) return []
  const ids = [...new Set(events.flatMap((event) => event.entry ?? []))]
  const cited =
    all.some((each) => each.kind === 'act') && ids.length > 0
      ? await office.db
          .selectDistinct({ entry: c.entryId, act: c.actKey })
          .from(c)
          .where(
            and(
              eq(c.jurisdictionId, jurisdiction),
              sql`${c.entryId} in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`,
            ),
          )
      : []
  const queries = new Map<string, Set<string>>()
  for (const about of new Set(all.filter((each) => each.kind === 'query').map((each) => each.about)))
    queries.set(about, await matchingEntries(office.db, jurisdiction, ids, filtersOf(about), today))
  const wants = (each: typeof s.$inferSelect, event: PublicEvent): boolean => {
    switch (each.kind as Kind) {
      case 'document':
        return event.entry === each.about
      case 'issuer':
        return event.issuers.includes(each.about)
      case 'subject':
        return event.subjectWord === each.about
      case 'act':
        return cited.some(({ entry, act }) => entry === event.entry && act === actKey(each.about))
      case 'consultations':
        return event.consultation
      case 'query':
        return event.entry !== null && (queries.get(each.about)?.has(event.entry) ?? false)
      case 'receipt':
        return false
    }
  }
  return events.flatMap((event) =>
    all
      // What happened before it was confirmed was not asked for.
      .filter((each) => each.confirmedAt !== null && each.confirmedAt.toISOString() <= event.at && wants(each, event))
      .map((subscription) => ({ event, subscription })),
  )
}
/** The query of a search as its address writes it. */
function filtersOf(about: string): RegisterFilters {
  const given = new URLSearchParams(about)
  const of = (name: string) => given.get(name) || undefined
  const year = Number(of('year'))
  return {
    q: of('q'),
    status: of('status') as RegisterFilters['status'],
    issuer: of('issuer'),
    category: of('category'),
    ...(Number.isInteger(year) && year > 0 ? { year } : {}),
    jurisdiction: of('jurisdiction'),
  }
}
