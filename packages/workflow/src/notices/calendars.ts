// Calendars: the days of the public (closing of consultations, effect, expiry), and those of one member of the staff,
// read by a token that is shown once and can be revoked.
import { createHash, randomBytes } from 'node:crypto'
import { addDays, dateInShanghai } from '@dianzhang/calendar'
import { and, eq, schema, sql } from '@dianzhang/database'
import { type CalendarEvent, calendarFile } from '@dianzhang/formats'
import { standingEvents } from '@dianzhang/register'
import { feedbackTerms } from '../comments/feedback-term.ts'
import { publicHearings } from '../hearing/public.ts'
import type { Office, Person } from '../office.ts'
import { peopleInOffice } from '../people/actor.ts'
import { awaitsSql, ownUnits } from '../projections/turns.ts'
import { pathOf } from './messages.ts'

const { calendarTokens: k, publicConsultations: c, matters: m } = schema
const digest = (token: string): string => createHash('sha256').update(token).digest('hex')
/** So far back and ahead a calendar reaches, in days; a document's expiry may lie years ahead. */
const back = 180
const ahead = 2200
const most = 2000

/** The public calendar of all places of this system, or of one. */
export async function publicCalendar(office: Office, origin: string, jurisdiction?: string): Promise<string> {
  const now = office.clock.now()
  const today = dateInShanghai(now.toISOString())
  const [from, to] = [addDays(today, -back), addDays(today, ahead)]
  const db = office.readDb
  const [meetings, consultations, entries] = await Promise.all([
    publicHearings(office, jurisdiction),
    db
      .select({
        j: c.jurisdictionId,
        id: c.id,
        title: c.title,
        unit: c.draftingUnitName,
        closesOn: c.closesOn,
        openedAt: c.openedAt,
        closedAt: c.closedAt,
        feedbackAt: c.feedbackAt,
        extensions: c.extensions,
        // The file was withdrawn while the public was being asked: nothing closes on that day.
        ended: sql<boolean>`(${c.closedAt} is null and ${m.stage} like 'closed%')`,
        endedAt: m.updatedAt,
      })
      .from(c)
      .innerJoin(m, and(eq(m.jurisdictionId, c.jurisdictionId), eq(m.id, c.documentId)))
      .where(
        and(
          sql`${c.closesOn} between ${from} and ${to}`,
          jurisdiction === undefined ? undefined : eq(c.jurisdictionId, jurisdiction),
        ),
      )
      .orderBy(sql`${c.closesOn} desc`, c.id)
      .limit(most),
    db.execute<{
      j: string
      id: string
      title: string
      effective: string | null
      until: string | null
      /** From when on it no longer holds, were it not for its own expiry; null: nothing ended it. */
      ended: string | null
      sequence: number
      changed: string
    }>(sql`
      select r.jurisdiction_id as j, r.id, r.title, r.effective_date::text as effective, r.valid_until::text as until,
        (select min(case f.kind when 'annulled' then '0001-01-01' else f.at end)::text from (${standingEvents('r')}) f
          where f.kind in ('repealed', 'annulled', 'lapsed')) as ended,
        (select count(*)::int from tlog_entries t where t.jurisdiction_id = r.jurisdiction_id and t.subject = r.id) as sequence,
        to_char(coalesce((select max(t.at) from tlog_entries t where t.jurisdiction_id = r.jurisdiction_id and t.subject = r.id),
          r.created_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as changed
      from register_entries r
      where r.disclosure = 'active' and (r.effective_date between ${from}::date and ${to}::date or r.valid_until between ${from}::date and ${to}::date)
        ${jurisdiction === undefined ? sql`` : sql`and r.jurisdiction_id = ${jurisdiction}`}
      order by greatest(r.effective_date, r.valid_until) desc, r.id limit ${most}`),
  ])
  const terms = await feedbackTerms(
    office,
    consultations.flatMap(({ id, closedAt, feedbackAt }) => (closedAt !== null && feedbackAt === null ? [id] : [])),
  )
  const host = URL.parse(origin)?.host ?? 'dianzhang'
  const events: CalendarEvent[] = [
    ...meetings
      .filter(({ heldOn }) => heldOn >= from && heldOn <= to)
      .map(
        (hearing): CalendarEvent => ({
          uid: `hearing-${hearing.id}@${host}`,
          sequence: hearing.sequence,
          title: `听证会：${hearing.title}`,
          day: hearing.heldOn,
          time: hearing.time,
          minutes: 180,
          description: `${hearing.place}；报名至${hearing.registersUntil}截止。`,
          url: `${origin}/hearings/${encodeURIComponent(hearing.id)}`,
          cancelled: hearing.cancelled !== null,
          changedAt: hearing.changedAt,
        }),
      ),
    ...consultations.map((row): CalendarEvent => {
      const last = row.extensions.at(-1)
      return {
        uid: `consultation-${row.j}-${row.id}@${host}`,
        // Moved by each extension, and once more when it falls away.
        sequence: row.extensions.length + (row.ended ? 1 : 0),
        cancelled: row.ended,
        title: `征求意见截止：${row.title}`,
        day: row.closesOn,
        time: '23:59',
        minutes: 1,
        description: `${row.unit}公开征求意见，当日24时截止。`,
        url: `${origin}/consultations/${encodeURIComponent(row.id)}`,
        changedAt: row.ended ? row.endedAt.toISOString() : (last?.at ?? row.openedAt.toISOString()),
      }
    }),
    // By when the feedback is due, and then the day on which it was published; where neither is awaited any more, cancelled.
    ...consultations.flatMap((row): CalendarEvent[] => {
      if (row.closedAt === null) return []
      const term = terms.get(row.id)
      const published = row.feedbackAt === null ? null : dateInShanghai(row.feedbackAt.toISOString())
      return [
        {
          uid: `feedback-${row.j}-${row.id}@${host}`,
          sequence: row.extensions.length + (term ? 0 : 1),
          title: `${published === null ? '至迟公布' : '已公布'}意见采纳情况：${row.title}`,
          day: published ?? term?.due ?? row.closesOn,
          cancelled: published === null && term === undefined,
          ...(term ? { description: `${term.said}${term.overdue ? '，已经逾期' : ''}。` } : {}),
          url: `${origin}/consultations/${encodeURIComponent(row.id)}`,
          changedAt: (row.feedbackAt ?? row.closedAt).toISOString(),
        },
      ]
    }),
    ...[...entries].flatMap((row): CalendarEvent[] => {
      const common = {
        sequence: row.sequence,
        url: `${origin}/register/${encodeURIComponent(row.id)}`,
        changedAt: row.changed,
      }
      const over = (day: string) => row.ended !== null && row.ended <= day
      const within = (day: string | null): day is string => day !== null && day >= from && day <= to
      return [
        ...(within(row.effective)
          ? [
              {
                ...common,
                uid: `effect-${row.j}-${row.id}@${host}`,
                title: `施行：${row.title}`,
                day: row.effective,
                cancelled: over(row.effective),
              },
            ]
          : []),
        ...(within(row.until)
          ? [
              {
                ...common,
                uid: `expiry-${row.j}-${row.id}@${host}`,
                title: `有效期届满：${row.title}`,
                day: row.until,
                cancelled: over(row.until),
              },
            ]
          : []),
      ]
    }),
  ]
  return calendarFile('规范性文件：征求意见、听证会、施行与届满', events)
}

/** A new address for this person's calendar; one made before no longer works. The token is shown this once. */
export async function newCalendarToken(office: Office, who: Person): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  const values = { digest: digest(token), createdAt: office.clock.now() }
  await office.db
    .insert(k)
    .values({ jurisdictionId: who.jurisdiction, person: who.person, ...values })
    .onConflictDoUpdate({ target: [k.jurisdictionId, k.person], set: values })
  return token
}
export async function revokeCalendarToken(office: Office, who: Person): Promise<void> {
  await office.db.delete(k).where(and(eq(k.jurisdictionId, who.jurisdiction), eq(k.person, who.person)))
}
/** Since when this person has a calendar address; null: there is none. */
export async function calendarSince(office: Office, who: Person): Promise<string | null> {
  const [row] = await office.db
    .select({ at: k.createdAt })
    .from(k)
    .where(and(eq(k.jurisdictionId, who.jurisdiction), eq(k.person, who.person)))
  return row?.at.toISOString() ?? null
}
/**
 * What presses whoever this token belongs to; null where the token is nobody's, or its owner has left. Only title and day;
 * a program of calendars may keep it anywhere.
 */
export async function personalCalendar(office: Office, token: string, origin: string): Promise<string | null> {
  const [owner] = await office.db
    .select()
    .from(k)
    .where(eq(k.digest, digest(token)))
  if (!owner) return null
  const now = office.clock.now()
  const today = dateInShanghai(now.toISOString())
  const [person] = await peopleInOffice(office.db, owner.jurisdictionId, today, owner.person)
  if (!person) return null
  if (person.posts.length === 0) return calendarFile('典章：我的期限', [])
  const posts = awaitsSql(person.posts, sql`t.role`, sql`t.unit`)
  const own = ownUnits(person.posts)
  const rows = await office.db.execute<{
    matter: string
    process: string
    key: string
    title: string
    label: string
    day: string
    status: string
    sequence: number
    changed: string
  }>(sql`
    select d.matter_id as matter, m.process, d.key, m.title, d.label, d.due_on::text as day, d.status, m.ledger_seq as sequence,
      to_char(m.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as changed
    from deadlines d join matters m on m.jurisdiction_id = d.jurisdiction_id and m.id = d.matter_id
    where d.jurisdiction_id = ${owner.jurisdictionId} and d.due_on between ${addDays(today, -back)}::date and ${addDays(today, ahead)}::date
      and (exists (select from turns t where t.jurisdiction_id = m.jurisdiction_id and t.matter_id = m.id and (${posts}))
        ${
          own.length > 0
            ? sql`or m.unit in (${sql.join(
                own.map((unit) => sql`${unit}`),
                sql`, `,
              )})`
            : sql``
        })
    order by d.due_on desc, d.matter_id, d.key limit ${most}`)
  const host = URL.parse(origin)?.host ?? 'dianzhang'
  return calendarFile(
    '典章：我的期限',
    [...rows].map((row) => ({
      uid: `${createHash('sha256').update(`${owner.jurisdictionId} ${row.matter} ${row.key}`).digest('hex').slice(0, 32)}@${host}`,
      sequence: row.sequence,
      title: `${row.status === 'met' ? '（已办）' : ''}${row.label}：${row.title}`,
      day: row.day,
      url: `${origin}${pathOf(row.process, row.matter)}`,
      cancelled: row.status === 'cancelled',
      changedAt: row.changed,
    })),
  )
}
