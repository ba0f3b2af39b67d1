// From what happened to what is to be sent: rows of the outbox to the staff who want to be told elsewhere too, entries of
// the public log to subscribers and webhooks. The work list goes down in the same transaction in which the deliveries are
// written, and a delivery is written once: (event, receiver, channel).
import { addDays, dateInShanghai } from '@dianzhang/calendar'
import { and, asc, type DbOrTx, eq, inArray, schema, sql, type Tx, withTransaction } from '@dianzhang/database'
import type { CleanupShape } from '@dianzhang/processes'
import { cleanupOfEntry } from '../cleanup/public.ts'
import { deskOf } from '../desks.ts'
import { readable } from '../door/reading.ts'
import { lettersOfHearing, settling } from '../hearing/letters.ts'
import type { Office, Person } from '../office.ts'
import { derivedId } from '../outbox.ts'
import { peopleInOffice } from '../people/actor.ts'
import { awaits, awaitsSql, type Turn } from '../projections/turns.ts'
import { heldPlaces } from './held.ts'
import { pathOf, verbFor, whyOf } from './messages.ts'
import { logAfter, type PublicEvent, publicEvents } from './public-events.ts'
import { instantAt, outsideQuiet } from './quiet.ts'
import { receiptShown } from './receipts.ts'
import { subscribersOf } from './subscriptions.ts'

const {
  noticeQueue: q,
  notices: n,
  reminders: r,
  noticePreferences: f,
  deliveries: d,
  webhooks: w,
  subscriptions: s,
  matters: m,
  matterMarks: k,
  noticeCursors: cursors,
  units: u,
  cleanupItems: i,
  registerEntries: e,
} = schema
type Delivery = typeof d.$inferInsert
const write = async (db: DbOrTx, rows: readonly Delivery[]): Promise<void> => {
  for (let at = 0; at < rows.length; at += 500)
    await db
      .insert(d)
      .values(rows.slice(at, at + 500))
      .onConflictDoNothing()
}
/** Jurisdictions in which anything happens and nothing is stopped. */
async function openPlaces(office: Office): Promise<string[]> {
  const [places, held] = await Promise.all([
    office.db.selectDistinct({ id: u.jurisdictionId }).from(u),
    heldPlaces(office.db),
  ])
  return places.map(({ id }) => id).filter((id) => !held.has(id) && office.rules.versions(id).length > 0)
}

/** Looks at everything new; returns how many deliveries were written. Safe to call at any time, by several at once. */
export async function fanOut(office: Office): Promise<number> {
  let written = 0
  for (const place of await openPlaces(office)) {
    for (;;) {
      const done = await staffOf(office, place)
      written += done.written
      if (done.looked < batch) break
    }
    for (;;) {
      const done = await publicOf(office, place)
      written += done.written
      if (done.looked < batch) break
    }
    written += await digestsOf(office, place)
    written += await weekliesOf(office, place)
  }
  return written
}
const batch = 500

async function staffOf(office: Office, jurisdiction: string): Promise<{ looked: number; written: number }> {
  const now = office.clock.now()
  const today = dateInShanghai(now.toISOString())
  // Followed receipts are read outside the transaction; sending once is by the digest of what was shown.
  const touched = new Set<string>()
  const done = await withTransaction(office.db, async (tx) => {
    const queued = await tx
      .select()
      .from(q)
      .where(eq(q.jurisdictionId, jurisdiction))
      .orderBy(asc(q.id))
      .limit(batch)
      .for('update', { skipLocked: true })
    if (queued.length === 0) return { looked: 0, written: 0 }
    const wanted = await tx
      .select()
      .from(f)
      .where(and(eq(f.jurisdictionId, jurisdiction), eq(f.rhythm, 'immediate'), sql`${f.suspendedWhy} is null`))
    const ids = (source: string) => queued.filter((row) => row.source === source).map((row) => row.id)
    const [told, said] = await Promise.all([
      tx
        .select({ row: n, title: m.title, process: m.process, matter: m })
        .from(n)
        .innerJoin(m, and(eq(m.jurisdictionId, n.jurisdictionId), eq(m.id, n.matterId)))
        .where(and(eq(n.jurisdictionId, jurisdiction), inArray(n.id, ids('notice')))),
      tx
        .select({ row: r, title: m.title, process: m.process })
        .from(r)
        .innerJoin(m, and(eq(m.jurisdictionId, r.jurisdictionId), eq(m.id, r.matterId)))
        .where(and(eq(r.jurisdictionId, jurisdiction), inArray(r.id, ids('reminder')))),
    ])
    for (const { row } of told) touched.add(row.matterId)
    const rows: Delivery[] = await reviewsOf(
      office,
      tx,
      jurisdiction,
      told.filter(({ row, process }) => process === 'cleanup' && row.kind === 'moved').map(({ row }) => row),
    )
    if (office.outward?.channels.has('mail')) {
      const hearings = new Map<string, { matter: typeof m.$inferSelect; events: Set<string> }>()
      for (const { row, process, matter } of told)
        if (process === 'hearing' && row.kind === 'moved' && settling.has(row.event)) {
          const known = hearings.get(matter.id) ?? { matter, events: new Set<string>() }
          hearings.set(matter.id, known)
          known.events.add(row.event)
        }
      for (const { matter, events } of hearings.values())
        rows.push(...(await lettersOfHearing(tx, matter, events, now)))
    }
    if (wanted.length > 0 && office.outward) {
      const people = await peopleInOffice(tx, jurisdiction, today)
      const followers = await followersOf(tx, jurisdiction, [...touched])
      const putOffNow = await putOffBy(
        tx,
        jurisdiction,
        said.map(({ row }) => row.matterId),
        today,
      )
      const hours = hoursOf(office, jurisdiction, today)
      const nextAt = outsideQuiet(now, hours, office.rules.calendar(jurisdiction))
      for (const preference of wanted) {
        const person = people.find((each) => each.person === preference.person)
        if (!person) continue
        const holds = (row: { role: string; unit: string }) => awaits(person.posts, row as Pick<Turn, 'role' | 'unit'>)
        const tell = (
          event: string,
          title: string,
          process: string,
          matter: string,
          words: string,
          why: string,
          dueOn: string | null,
        ) =>
          rows.push({
            jurisdictionId: jurisdiction,
            id: derivedId('delivery', jurisdiction, event, person.person, preference.channel),
            channel: preference.channel,
            target: `person:${person.person}`,
            event,
            template: 'staff',
            data: {
              // Title and link only: what is not published stays inside, and the link asks for signing in.
              title: `${words}　${title}`,
              lines: [`${title}`, words, ...(dueOn ? [`期限：${dueOn}`] : []), `收到的缘由：${why}`],
              path: pathOf(process, matter),
            },
            state: 'due',
            nextAt,
            createdAt: now,
          })
        const why = (kind: string, rung: number | null = null, dueOn: string | null = null) =>
          whyOf({ kind, rung, dueOn })
        for (const { row, title, process, matter } of told) {
          if (row.by === person.person) continue
          if (row.kind === 'turn' && holds(row) && (row.notBefore === null || row.notBefore <= today))
            tell(
              row.id,
              title,
              process,
              row.matterId,
              `轮到您：${verbFor(process, row.command, row.count)}`,
              why('turn'),
              row.dueOn,
            )
          // Followed while it could be seen; who has another post by now is not told of it any more.
          else if (
            row.kind === 'moved' &&
            followers.has(`${row.matterId} ${person.person}`) &&
            maySee(person.posts, matter)
          )
            tell(row.id, title, process, row.matterId, '您关注的有变动', why('moved'), null)
        }
        for (const { row, title, process } of said)
          if (
            holds(row) &&
            row.by !== person.person &&
            // What he put off with a reason is not reminded of until then; whoever urges is heard all the same.
            (row.kind === 'urge' || !putOffNow.has(`${row.matterId} ${person.person}`))
          )
            tell(
              row.id,
              title,
              process,
              row.matterId,
              `${row.kind === 'urge' ? '催办' : '提醒'}：${verbFor(process, row.command, null)}`,
              why(row.kind, row.rung, row.dueOn),
              row.dueOn,
            )
      }
    }
    await write(tx, rows)
    await tx.delete(q).where(
      and(
        eq(q.jurisdictionId, jurisdiction),
        inArray(
          q.id,
          queued.map((row) => row.id),
        ),
      ),
    )
    return { looked: queued.length, written: rows.length }
  })
  return { looked: done.looked, written: done.written + (await receiptsOf(office, jurisdiction, [...touched])) }
}
/** Of these matters, which persons put off beyond today, as “matter person”; what has moved since is not put off any more. */
async function putOffBy(tx: Tx, jurisdiction: string, ids: readonly string[], today: string): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx
    .select({ matter: k.matterId, person: k.person })
    .from(k)
    .innerJoin(m, and(eq(m.jurisdictionId, k.jurisdictionId), eq(m.id, k.matterId), eq(m.version, k.laterVersion)))
    .where(
      and(eq(k.jurisdictionId, jurisdiction), inArray(k.matterId, [...ids]), sql`${k.laterUntil} > ${today}::date`),
    )
  return new Set(rows.map(({ matter, person }) => `${matter} ${person}`))
}
/** Whether one who holds these posts may read of the matter. */
const maySee = (posts: Person['posts'], row: typeof m.$inferSelect): boolean =>
  readable(deskOf(row.process)?.overseers ?? [], { kind: 'person', unit: posts[0]?.unit ?? '', posts } as Person, row)
const hoursOf = (office: Office, jurisdiction: string, today: string) => {
  const { quietFrom, quietUntil } = office.rules.latest(jurisdiction, today).reminding
  return { quietFrom: quietFrom.value, quietUntil: quietUntil.value }
}
async function followersOf(tx: Tx, jurisdiction: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx
    .select({ matter: k.matterId, person: k.person })
    .from(k)
    .where(and(eq(k.jurisdictionId, jurisdiction), inArray(k.matterId, [...ids]), eq(k.followed, true)))
  return new Set(rows.map(({ matter, person }) => `${matter} ${person}`))
}
/** Steps of a cleanup from which its documents may be commented on. */
const reviewing = new Set<string>(['CensusFrozen', 'NoticeOpened'] satisfies Array<CleanupShape['record']>)
/** Whoever subscribed to a document that a cleanup now looks at: until when opinions on it are in time. */
async function reviewsOf(
  office: Office,
  tx: Tx,
  jurisdiction: string,
  acts: ReadonlyArray<Pick<typeof n.$inferSelect, 'matterId' | 'event'>>,
): Promise<Delivery[]> {
  const begun = acts.filter(({ event }) => reviewing.has(event))
  if (begun.length === 0 || !office.outward) return []
  const rows = await tx
    .select({ to: s, entry: e.id, title: e.title, cleanup: i.matterId })
    .from(i)
    .innerJoin(e, and(eq(e.jurisdictionId, i.jurisdictionId), eq(e.id, i.entryId), eq(e.disclosure, 'active')))
    .innerJoin(s, and(eq(s.jurisdictionId, i.jurisdictionId), eq(s.kind, 'document'), eq(s.about, i.entryId)))
    .where(
      and(
        eq(i.jurisdictionId, jurisdiction),
        inArray(
          i.matterId,
          begun.map(({ matterId }) => matterId),
        ),
        eq(s.state, 'active'),
      ),
    )
  const letters = await Promise.all(
    rows.map(async ({ to, entry, title, cleanup }) => {
      const review = await cleanupOfEntry({ ...office, readDb: tx as never }, { jurisdiction, id: entry })
      if (!review) return []
      const until = `正在清理评估，可以提出建议至${review.until}24时`
      return begun
        .filter(({ matterId }) => matterId === cleanup)
        .map(({ event }) =>
          letter(
            office,
            to,
            `cleanup:${cleanup}:${event}`,
            {
              title: `正在清理评估：${title}`,
              lines: [title, until],
              path: review.notice
                ? `/cleanups/${encodeURIComponent(review.notice.id)}`
                : `/register/${encodeURIComponent(entry)}`,
            },
            to.rhythm === 'weekly',
          ),
        )
    }),
  )
  return letters.flat()
}
/** Whoever follows a receipt on one of these matters, where its page now shows something else. */
async function receiptsOf(office: Office, jurisdiction: string, matters: readonly string[]): Promise<number> {
  if (matters.length === 0 || !office.outward) return 0
  const rows = await office.db
    .select()
    .from(s)
    .where(and(eq(s.jurisdictionId, jurisdiction), eq(s.state, 'active'), inArray(s.matterId, [...matters])))
  let written = 0
  for (const row of rows) {
    const now = await receiptShown(office, row.about)
    if (now === null || now.shown === row.shown) continue
    await withTransaction(office.db, async (tx) => {
      await write(tx, [
        letter(office, row, `receipt:${now.shown}`, {
          title: '您的回执有新的进展',
          lines: ['您在本站提出的意见或者建议有新的进展，请打开下面的网页查看。'],
          path: `/receipts/${encodeURIComponent(row.about)}`,
        }),
      ])
      await tx
        .update(s)
        .set({ shown: now.shown })
        .where(and(eq(s.jurisdictionId, jurisdiction), eq(s.id, row.id)))
    })
    written += 1
  }
  return written
}
function letter(
  office: Office,
  to: typeof s.$inferSelect,
  event: string,
  data: { title: string; lines: string[]; path: string },
  gathered = false,
): Delivery {
  const now = office.clock.now()
  return {
    jurisdictionId: to.jurisdictionId,
    id: derivedId('delivery', to.jurisdictionId, event, to.id),
    channel: 'mail',
    target: `subscription:${to.id}`,
    event,
    template: 'subscriber',
    data,
    state: gathered ? 'gathered' : 'due',
    nextAt: gathered ? null : now,
    createdAt: now,
  }
}

const sentence = (event: PublicEvent): string => `${event.label}：${event.title}`
async function publicOf(office: Office, jurisdiction: string): Promise<{ looked: number; written: number }> {
  const today = dateInShanghai(office.clock.now().toISOString())
  return withTransaction(office.db, async (tx) => {
    // Made at the first look: what lies before it was never asked for.
    await tx.execute(sql`
      insert into notice_cursors (jurisdiction_id, name, idx) select ${jurisdiction}, 'public',
        case when exists (select from webhooks where jurisdiction_id = ${jurisdiction})
          or exists (select from subscriptions where jurisdiction_id = ${jurisdiction}) then -1
        else coalesce((select max(idx) from tlog_entries where jurisdiction_id = ${jurisdiction}), -1) end
      on conflict do nothing`)
    const [cursor] = await tx
      .select()
      .from(cursors)
      .where(and(eq(cursors.jurisdictionId, jurisdiction), eq(cursors.name, 'public')))
      .for('update', { skipLocked: true })
    // Another process is at it.
    if (!cursor) return { looked: 0, written: 0 }
    const entries = await logAfter(tx, jurisdiction, cursor.idx, batch)
    const last = entries.at(-1)
    if (!last) return { looked: 0, written: 0 }
    const receivers = await tx
      .select()
      .from(w)
      .where(and(eq(w.jurisdictionId, jurisdiction), eq(w.active, true)))
    const rows: Delivery[] = entries.flatMap(({ index, entry }) =>
      receivers
        .filter(
          ({ types, createdAt }) =>
            createdAt.toISOString() <= entry.at && (types.length === 0 || types.includes(entry.type)),
        )
        .map((receiver) => pushed(office, receiver, index, entry)),
    )
    const events = await publicEvents(tx, jurisdiction, entries)
    for (const { event, subscription } of await subscribersOf(
      { ...office, db: tx as never },
      jurisdiction,
      events,
      today,
    ))
      rows.push(
        letter(
          office,
          subscription,
          `log:${event.index}`,
          { title: sentence(event), lines: [sentence(event), event.issuers.join('、')], path: event.path },
          subscription.rhythm === 'weekly',
        ),
      )
    await write(tx, rows)
    await tx
      .update(cursors)
      .set({ idx: last.index })
      .where(and(eq(cursors.jurisdictionId, jurisdiction), eq(cursors.name, 'public')))
    return { looked: entries.length, written: rows.length }
  })
}
/** One entry for one receiver: thin, so that what it means is read from the log itself. */
export function pushed(
  office: Office,
  receiver: typeof w.$inferSelect,
  index: number,
  entry: { type: string; at: string; subject: string | null },
): Delivery {
  const now = office.clock.now()
  return {
    jurisdictionId: receiver.jurisdictionId,
    id: derivedId('push', receiver.jurisdictionId, receiver.id, String(index)),
    channel: 'webhook',
    target: `webhook:${receiver.id}`,
    event: `log:${index}`,
    template: 'webhook',
    data: {
      type: entry.type,
      timestamp: entry.at,
      data: { id: entry.subject, logIndex: index, jurisdiction: receiver.jurisdictionId },
    },
    state: 'due',
    nextAt: now,
    createdAt: now,
  }
}

/** Who wants to be told once a day: what awaits them this morning, on working days. */
async function digestsOf(office: Office, jurisdiction: string): Promise<number> {
  const now = office.clock.now()
  const today = dateInShanghai(now.toISOString())
  const at = instantAt(today, office.rules.latest(jurisdiction, today).reminding.digestAt.value)
  if (now < at || !office.outward || !office.rules.calendar(jurisdiction).isWorkday(today).workday) return 0
  const wanted = await office.db
    .select()
    .from(f)
    .where(
      and(
        eq(f.jurisdictionId, jurisdiction),
        eq(f.rhythm, 'daily'),
        sql`${f.suspendedWhy} is null`,
        sql`not exists (select from deliveries x where x.jurisdiction_id = ${f.jurisdictionId} and x.event = ${`digest:${today}`}
          and x.target = 'person:' || ${f.person} and x.channel = ${f.channel})`,
      ),
    )
  if (wanted.length === 0) return 0
  const people = await peopleInOffice(office.db, jurisdiction, today)
  const rows: Delivery[] = []
  for (const preference of wanted) {
    const person = people.find((each) => each.person === preference.person)
    if (!person) continue
    const list = await awaitingOf(office, jurisdiction, person, today)
    const late = list.filter((row) => row.dueOn !== null && row.dueOn < today).length
    const shown = list.slice(0, 20)
    rows.push({
      jurisdictionId: jurisdiction,
      id: derivedId('digest', jurisdiction, today, person.person, preference.channel),
      channel: preference.channel,
      target: `person:${person.person}`,
      event: `digest:${today}`,
      template: 'staff',
      data: {
        title: `今日待办${list.length}件${late > 0 ? `，其中逾期${late}件` : ''}`,
        lines: [
          ...shown.map(
            (row) =>
              `${row.dueOn === null ? '' : `${row.dueOn}${row.dueOn < today ? '（已逾期）' : ''}　`}${verbFor(row.process, row.command, row.count, row.names)}　${row.title}`,
          ),
          ...(list.length > shown.length ? [`另有${list.length - shown.length}件`] : []),
          '收到的缘由：您选了每个工作日一次；推到以后的不在其中',
        ],
        path: '/staff/',
      },
      // A day with nothing to do is noted, and nothing is sent.
      state: list.length > 0 ? 'due' : 'dropped',
      nextAt: list.length > 0 ? now : null,
      settledAt: list.length > 0 ? null : now,
      createdAt: now,
    })
  }
  await write(office.db, rows)
  return rows.length
}
interface Awaiting extends Record<string, unknown> {
  title: string
  process: string
  command: string
  count: number | null
  names: string | null
  dueOn: string | null
}
async function awaitingOf(
  office: Office,
  jurisdiction: string,
  { person, posts }: Pick<Person, 'person' | 'posts'>,
  today: string,
): Promise<Awaiting[]> {
  if (posts.length === 0) return []
  const mine = awaitsSql(posts, sql`t.role`, sql`t.unit`)
  return [
    ...(await office.db.execute<Awaiting>(sql`
      select distinct m.title, m.process, t.command, t.count, t.names, t.due_on::text as "dueOn"
      from turns t join matters m on m.jurisdiction_id = t.jurisdiction_id and m.id = t.matter_id
      where t.jurisdiction_id = ${jurisdiction} and (${mine}) and (t.not_before is null or t.not_before <= ${today}::date)
        and not exists (select from matter_marks k where k.jurisdiction_id = m.jurisdiction_id and k.matter_id = m.id and k.person = ${person}
          and k.later_until > ${today}::date and k.later_version = m.version)
      order by 6 nulls last, 1`)),
  ]
}

/** Mondays: what has gathered for each subscriber since the last letter, in one. */
async function weekliesOf(office: Office, jurisdiction: string): Promise<number> {
  const now = office.clock.now()
  const today = dateInShanghai(now.toISOString())
  const monday = addDays(today, -((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7))
  const at = instantAt(monday, office.rules.latest(jurisdiction, today).reminding.digestAt.value)
  if (now < at) return 0
  return withTransaction(office.db, async (tx) => {
    const rows = await tx
      .select()
      .from(d)
      .where(and(eq(d.jurisdictionId, jurisdiction), eq(d.state, 'gathered'), sql`${d.createdAt} < ${at}`))
      .orderBy(asc(d.createdAt), asc(d.id))
      .limit(5000)
      .for('update', { skipLocked: true })
    if (rows.length === 0) return 0
    const targets = [...new Set(rows.map((row) => row.target))]
    const known = await tx
      .select()
      .from(s)
      .where(
        and(
          eq(s.jurisdictionId, jurisdiction),
          inArray(
            s.id,
            targets.map((target) => target.slice('subscription:'.length)),
          ),
        ),
      )
    const letters = targets.flatMap((target) => {
      const to = known.find((each) => `subscription:${each.id}` === target)
      const own = rows.filter((row) => row.target === target)
      return to
        ? [
            letter(office, to, `week:${monday}:${own[0]?.id}`, {
              title: `本周${own.length}项：${String(own[0]?.data.title)}${own.length > 1 ? ' 等' : ''}`,
              lines: own.flatMap(({ data }) => {
                const { title, path } = data as { title: string; path: string }
                return [title, `${office.outward?.origin ?? ''}${path}`, '']
              }),
              path: '/register',
            }),
          ]
        : []
    })
    await write(tx, letters)
    await tx
      .update(d)
      .set({ state: 'sent', settledAt: now, error: '并入每周一次的一封' })
      .where(
        and(
          eq(d.jurisdictionId, jurisdiction),
          inArray(
            d.id,
            rows.map((row) => row.id),
          ),
        ),
      )
    return letters.length
  })
}
