// The message centre: what the door wrote for the posts of this person, what moved among the matters he follows, who
// reminded him. Read by index from rows already there; nothing is fanned out for it.
import { addDays, dateInShanghai, startOfDayInstant } from '@dianzhang/calendar'
import type { answers, Role } from '@dianzhang/contract'
import { and, decodeCursor, eq, inArray, or, pageFrom, type SQL, schema, sql } from '@dianzhang/database'
import { deskOf, desks } from '../desks.ts'
import { visibleRows } from '../door/reading.ts'
import type { Office, Person } from '../office.ts'
import { awaitsSql, verbOf } from '../projections/turns.ts'

const { notices: n, reminders: r, noticeReads: k, matterMarks: f, turns: t, matters: m, people: p } = schema

export type Message = answers.Given<typeof answers.Message>

/** Messages older than this many days are history, which the files keep. */
const keptDays = 120

/** What is no longer this person's business (another post, another unit) is not told any more. */
const mayKnow = (who: Person): SQL =>
  or(
    ...[...desks.values()].map(
      (desk) => sql`(${m.process} = ${desk.engine.process.kind} and ${visibleRows(desk.overseers, who) ?? sql`true`})`,
    ),
  ) as SQL

interface Row extends Record<string, unknown> {
  id: string
  matter: string
  kind: string
  at: string
  by: string | null
  command: string
  event: string
  role: string
  unit: string
  count: number | null
  /** Which things, as the turn stands now: what has been handed in since is no longer named. */
  names: string | null
  dueOn: string | null
  words: string | null
  rung: number | null
  title: string
  process: string
  standing: boolean
  read: boolean
}

/**
 * Whether turn `t` is the one of which this post was told: its own, or, up the ladder, of the unit it heads, or of anybody where it
 * oversees them all. Of several units that are awaited for the same, one that has answered is no longer meant.
 */
export const turnOfReminder = (role: SQL, unit: SQL): SQL =>
  sql`((t.role = ${role} and t.unit = ${unit}) or (${role} = 'unit_head' and t.unit = ${unit}) or (${role} = 'secretariat' and ${unit} = ''))`

/** The messages of one person, the newest first, as a query without order or limit. */
function messagesOf(who: Person, today: string): SQL {
  const since = startOfDayInstant(addDays(today, -keptDays))
  const mine = eq(sql`x.jurisdiction_id`, who.jurisdiction)
  return sql`
    select x.*, ${m.title} as title, ${m.process} as process,
      case x.kind when 'moved' then true else exists (
        select from ${t} t where t.jurisdiction_id = x.jurisdiction_id and t.matter_id = x.matter_id and t.command = x.command
          and t.since = x.turn_since and ${turnOfReminder(sql`x.role`, sql`x.unit`)}) end as standing,
      exists (select from ${k} k where k.jurisdiction_id = x.jurisdiction_id and k.person = ${who.person} and k.notice_id = x.id) as read
    from (
      select jurisdiction_id, id, matter_id, kind, at, by, command, event, role, unit, count, due_on, null::text as words, null::int as rung,
        at as turn_since
      from ${n} n where n.jurisdiction_id = ${who.jurisdiction} and n.at >= ${since}::timestamptz and n.kind = 'turn'
        and (${awaitsSql(who.posts, sql`n.role`, sql`n.unit`)}) and n.by is distinct from ${who.person}
        and (n.not_before is null or n.not_before <= ${today}::date)
      union all
      select n.jurisdiction_id, n.id, n.matter_id, n.kind, n.at, n.by, n.command, n.event, n.role, n.unit, n.count, n.due_on, null, null, n.at
      from ${f} f join ${n} n on n.jurisdiction_id = f.jurisdiction_id and n.matter_id = f.matter_id and n.kind = 'moved'
      where f.jurisdiction_id = ${who.jurisdiction} and f.person = ${who.person} and f.followed and n.at >= ${since}::timestamptz
        and n.by is distinct from ${who.person}
      union all
      select jurisdiction_id, id, matter_id, kind, at, by, command, '' as event, role, unit, null, due_on, words, rung, since
      from ${r} r where r.jurisdiction_id = ${who.jurisdiction} and r.at >= ${since}::timestamptz
        and (${awaitsSql(who.posts, sql`r.role`, sql`r.unit`)})
      union all
      select f.jurisdiction_id, 'later/' || f.matter_id || '/' || f.later_until, f.matter_id, 'later',
        f.later_until::timestamp at time zone 'Asia/Shanghai', null, t.command, '', t.role, t.unit, t.count, t.due_on, f.later_why, null, t.since
      from ${f} f join ${t} t on t.jurisdiction_id = f.jurisdiction_id and t.matter_id = f.matter_id
        and (${awaitsSql(who.posts, sql`t.role`, sql`t.unit`)})
      where f.jurisdiction_id = ${who.jurisdiction} and f.person = ${who.person} and f.later_until <= ${today}::date
        and f.later_until >= ${since}::timestamptz
    ) x join ${m} on ${m.jurisdictionId} = x.jurisdiction_id and ${m.id} = x.matter_id
    where ${mine} and ${mayKnow(who)}`
}

/** How many messages are unread and still stand. Stops counting at a hundred: the badge says “99+”. */
export async function countUnread(office: Office, who: Person): Promise<number> {
  const today = dateInShanghai(office.clock.now().toISOString())
  const [row] = await office.db.execute<{ n: number }>(
    sql`select count(*)::int as n from (select 1 from (${messagesOf(who, today)}) y where y.standing and not y.read limit 100) z`,
  )
  return row?.n ?? 0
}

/** A page of messages; `unread`: those only that still ask for something. */
export async function listMessages(
  office: Office,
  who: Person,
  asked: { unread?: boolean | undefined; cursor?: string | undefined; limit?: number | undefined },
): Promise<{ items: Message[]; nextCursor: string | null; unread: number }> {
  const today = dateInShanghai(office.clock.now().toISOString())
  const limit = asked.limit ?? 30
  const [at, id] = asked.cursor ? decodeCursor(asked.cursor, ['instant', 'text']) : []
  const after = at && id ? sql`and (y.at, y.id) < (${at}::timestamptz, ${id})` : sql``
  const wanted = asked.unread ? sql`and y.standing and not y.read` : sql``
  const [rows, unread] = await Promise.all([
    office.db.execute<Row>(sql`
      select id, matter_id as matter, kind, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, by, command, event,
        role, unit, count, due_on::text as "dueOn", words, rung, title, process, standing, read,
        (select t.names from ${t} t where t.jurisdiction_id = ${who.jurisdiction} and t.matter_id = y.matter_id and t.command = y.command
          and ${turnOfReminder(sql`y.role`, sql`y.unit`)} order by t.names nulls last limit 1) as names
      from (${messagesOf(who, today)}) y where true ${after} ${wanted} order by y.at desc, y.id desc limit ${limit + 1}`),
    countUnread(office, who),
  ])
  const names = await namesOf(
    office,
    who.jurisdiction,
    rows.flatMap((row) => (row.by === null ? [] : [row.by])),
  )
  const { items, nextCursor } = pageFrom([...rows], limit, (row) => [row.at, row.id])
  return { items: items.map((row) => told(row, names)), nextCursor, unread }
}
async function namesOf(office: Office, jurisdiction: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await office.db
    .select({ id: p.id, name: p.name })
    .from(p)
    .where(and(eq(p.jurisdictionId, jurisdiction), inArray(p.id, [...new Set(ids)])))
  return new Map(rows.map((row) => [row.id, row.name]))
}
/** Where a matter stands on the workbench; reading it needs signing in. */
export const pathOf = (process: string, id: string): string =>
  `/staff/${process === 'normative-document' ? 'documents' : 'matters'}/${encodeURIComponent(id)}`
/** What is to be done, in the words of the kind of matter: “处理公众意见 5 条”. */
export function verbFor(process: string, command: string, count: number | null, names: string | null = null): string {
  const labels = (deskOf(process)?.engine.process.labels.command ?? {}) as Record<string, string>
  return verbOf(labels[command] ?? command, count, names)
}
function told(row: Row, names: ReadonlyMap<string, string>): Message {
  const records = (deskOf(row.process)?.recordLabels ?? {}) as Record<string, string>
  const by = row.by === null ? null : { id: row.by, name: names.get(row.by) ?? row.by }
  const verb = verbFor(row.process, row.command, row.count, row.names)
  const words =
    row.kind === 'turn'
      ? `轮到您：${verb}`
      : row.kind === 'moved'
        ? `${by?.name ?? '系统'}　${records[row.event] ?? verb}`
        : row.kind === 'urge'
          ? `${by?.name ?? '系统'}催办：${verb}${row.words ? `（${row.words}）` : ''}`
          : row.kind === 'later'
            ? `您推到今日的：${verb}${row.words ? `（${row.words}）` : ''}`
            : `${row.dueOn !== null && row.dueOn < row.at.slice(0, 10) ? '已经逾期' : '临近期限'}：${verb}`
  return {
    id: row.id,
    kind: row.kind as Message['kind'],
    matter: row.matter,
    process: row.process,
    title: row.title,
    words,
    why: whyOf(row),
    at: row.at,
    by,
    command: row.command,
    role: row.role === '' ? null : (row.role as Role),
    dueOn: row.dueOn,
    standing: row.standing,
    read: row.read,
  }
}
/** Why this person gets it. */
export function whyOf(row: Pick<Row, 'kind' | 'rung' | 'dueOn'>): string {
  if (row.kind === 'moved') return '您关注了这件'
  if (row.kind === 'turn') return '按您的任职，这一步轮到您办理'
  if (row.kind === 'later') return '您自己推到这一日提醒'
  if (row.kind === 'urge') return '等着结果的人催办，记入办公台账'
  return `规则包“临期与逾期的逐级提醒”第${(row.rung ?? 0) + 1}级，期限${row.dueOn ?? ''}`
}

/** Marks what is unread and meets the condition (on `y`) as read by this person. */
async function mark(office: Office, who: Person, which: SQL): Promise<void> {
  const now = office.clock.now().toISOString()
  await office.db.execute(sql`
    insert into ${k} (jurisdiction_id, person, notice_id, read_at)
    select y.jurisdiction_id, ${who.person}, y.id, ${now}::timestamptz from (${messagesOf(who, dateInShanghai(now))}) y
    where not y.read and ${which} on conflict do nothing`)
}
/** Marks these messages (all that stand now, where none are named) as read by this person. Returns how many are left unread. */
export async function markRead(office: Office, who: Person, ids: readonly string[] | null): Promise<number> {
  const named = sql`y.id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`
  await mark(office, who, ids === null ? sql`true` : named)
  return countUnread(office, who)
}
/** Marks what concerns this matter as read: it was opened. */
export const markMatterRead = (office: Office, who: Person, matter: string): Promise<void> =>
  mark(office, who, sql`y.matter_id = ${matter}`)
