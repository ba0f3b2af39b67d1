// Whose turn it is, as lists and files show it: read from the stored rows, never from the matters themselves.
import { dateInShanghai, daysBetween } from '@dianzhang/calendar'
import type { answers, Role } from '@dianzhang/contract'
import { and, eq, inArray, or, type SQL, schema, sql } from '@dianzhang/database'
import type { UnitFact } from '@dianzhang/rules'
import { deskOf } from '../desks.ts'
import type { LedgerBody } from '../ledger-record.ts'
import type { Actor, Office, Person } from '../office.ts'
import { awaits, awaitsSql, ownUnits } from '../projections/turns.ts'

const { matters: m, turns: t, matterMarks: k, ledgerEvents: e } = schema

/** Rows of `turns` that await one of these posts. */
const awaiting = (posts: Person['posts']): SQL => awaitsSql(posts, t.role, t.unit)
const ofMatter = and(eq(t.jurisdictionId, m.jurisdictionId), eq(t.matterId, m.id))
const begun = (today: string) => sql`(${t.notBefore} is null or ${t.notBefore} <= ${today})`

/** Matters that await this person now. */
export const myTurn = (who: Person, today: string): SQL =>
  sql`exists (select 1 from ${t} where ${and(ofMatter, begun(today), awaiting(who.posts))})`
/**
 * Matters on which this person waits: somebody else is awaited and this person is not, and this person brought that about,
 * opened the matter, or it is the business of the unit in which this person drafts or answers for it.
 */
export function waitedOn(who: Person, today: string): SQL {
  const own = ownUnits(who.posts)
  return and(
    sql`not ${myTurn(who, today)}`,
    sql`exists (select 1 from ${t} where ${and(
      ofMatter,
      begun(today),
      or(eq(t.askedBy, who.person), eq(m.openedBy, who.person), own.length > 0 ? inArray(m.unit, own) : undefined),
    )})`,
  ) as SQL
}
/** Matters this person follows. */
export const followedBy = (who: Person): SQL =>
  sql`exists (select 1 from ${k} where ${and(eq(k.jurisdictionId, m.jurisdictionId), eq(k.matterId, m.id), eq(k.person, who.person), eq(k.followed, true))})`

/** When this person last looked at it, as text that sorts the latest first; null: never. */
export const seenBy = (who: Person): SQL<string | null> =>
  sql<string | null>`(select to_char(${k.seenAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from ${k}
    where ${and(eq(k.jurisdictionId, m.jurisdictionId), eq(k.matterId, m.id), eq(k.person, who.person))})`

/** The nearest day that presses: of what awaits (this person, where `who` is given), or of the matter itself; far off when there is none. */
export const pressing = (who: Person | null, today: string): SQL<string> =>
  sql<string>`coalesce(least(${m.nextDueOn}, (select min(${t.dueOn}) from ${t} where ${and(
    ofMatter,
    begun(today),
    who ? awaiting(who.posts) : undefined,
  )})), '9999-12-31')::text`
/** Since when it awaits anybody (this person, where `who` is given), as text that sorts. */
export const awaitedSince = (who: Person | null, today: string): SQL<string> =>
  sql<string>`coalesce((select to_char(min(${t.since}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from ${t} where ${and(
    ofMatter,
    begun(today),
    who ? awaiting(who.posts) : undefined,
  )}), '9999')`

export type TurnLine = answers.Given<typeof answers.TurnLine>
/** What a list says of one matter beside its row. */
export interface RowLines {
  turns: TurnLine[]
  mine: TurnLine[]
  waitingFor: answers.Given<typeof answers.WaitingFor> | null
  unread: boolean
  followed: boolean
  last: answers.Given<typeof answers.LastAct> | null
}

/** “处理公众意见 5 条”: the verb, with the count where things are counted. */
const verbOf = (label: string, count: number | null): string => (count === null ? label : `${label} ${count} 条`)

/**
 * The lines of these matters, which the caller has found visible: whose turn, whom this person waits for, who did what
 * last, whether there is news. Four queries whatever the number of matters; no matter is read.
 */
export async function linesOf(
  office: Office,
  actor: Actor,
  rows: ReadonlyArray<{ id: string; process: string; ledgerSeq: number }>,
  units: Record<string, UnitFact>,
): Promise<Map<string, RowLines>> {
  const { jurisdiction } = actor
  const posts = actor.kind === 'person' ? actor.posts : []
  const person = actor.kind === 'person' ? actor.person : ''
  const ids = rows.map((row) => row.id)
  if (ids.length === 0) return new Map()
  const today = dateInShanghai(office.clock.now().toISOString())
  const { personRoles: r, people: p } = schema
  const [found, marks, events] = await Promise.all([
    office.db
      .select()
      .from(t)
      .where(and(eq(t.jurisdictionId, jurisdiction), inArray(t.matterId, ids))),
    office.db
      .select()
      .from(k)
      .where(and(eq(k.jurisdictionId, jurisdiction), eq(k.person, person), inArray(k.matterId, ids))),
    office.db
      .select({ matterId: e.matterId, type: e.type, at: e.at, actor: sql<LedgerBody['actor']>`${e.body} -> 'actor'` })
      .from(e)
      .innerJoin(m, and(eq(m.jurisdictionId, e.jurisdictionId), eq(m.id, e.matterId), eq(m.ledgerSeq, e.seq)))
      .where(and(eq(e.jurisdictionId, jurisdiction), inArray(e.matterId, ids))),
  ])
  const now = found.filter((turn) => turn.notBefore === null || turn.notBefore <= today)
  const roles = [...new Set(now.map((turn) => turn.role))]
  const askedIds = [
    ...new Set(
      [...now.map((turn) => turn.askedBy), ...events.map((event) => event.actor.person)].filter((x) => x !== null),
    ),
  ]
  const [holders, names] = await Promise.all([
    roles.length > 0
      ? office.db
          .selectDistinct({ role: r.role, unit: r.unitId })
          .from(r)
          .where(and(eq(r.jurisdictionId, jurisdiction), inArray(r.role, roles)))
      : [],
    askedIds.length > 0
      ? office.db
          .select({ id: p.id, name: p.name })
          .from(p)
          .where(and(eq(p.jurisdictionId, jurisdiction), inArray(p.id, askedIds)))
      : [],
  ])
  const nameOf = (id: string | null) => (id === null ? null : (names.find((each) => each.id === id)?.name ?? id))
  const unitNamed = (id: string) => ({ id, name: units[id]?.name ?? id })
  /** The unit that holds a role which any unit may hold: named where it is one. */
  const holderOf = (role: string) => {
    const held = holders.filter((holder) => holder.role === role).map((holder) => holder.unit)
    return held.length === 1 ? unitNamed(held[0] ?? '') : null
  }
  const lines = new Map<string, RowLines>()
  for (const row of rows) {
    const desk = deskOf(row.process)
    const labels = (desk?.engine.process.labels.command ?? {}) as Record<string, string>
    const records = (desk?.recordLabels ?? {}) as Record<string, string>
    const turns = now
      .filter((turn) => turn.matterId === row.id)
      .map((turn): TurnLine => {
        const label = labels[turn.command] ?? turn.command
        return {
          command: turn.command,
          label,
          verb: verbOf(label, turn.count),
          count: turn.count,
          role: turn.role as Role,
          unit: turn.unit === '' ? holderOf(turn.role) : unitNamed(turn.unit),
          since: turn.since.toISOString(),
          askedBy: turn.askedBy === null ? null : { id: turn.askedBy, name: nameOf(turn.askedBy) ?? turn.askedBy },
          dueOn: turn.dueOn,
          daysLate: turn.dueOn !== null && turn.dueOn < today ? daysBetween(turn.dueOn, today) : 0,
          mine: awaits(posts, turn as never),
          held: holders.some((holder) => holder.role === turn.role && (turn.unit === '' || holder.unit === turn.unit)),
        }
      })
      // Where several units may and only some have anybody for it, those are awaited.
      .filter((turn, _, every) => turn.held || !every.some((other) => other.held && other.command === turn.command))
      .toSorted(
        (a, b) =>
          (a.dueOn ?? '9999').localeCompare(b.dueOn ?? '9999') ||
          a.since.localeCompare(b.since) ||
          a.command.localeCompare(b.command),
      )
    const mine = turns.filter((turn) => turn.mine)
    const others = turns.filter((turn) => !turn.mine)
    const [first] = others
    const mark = marks.find((each) => each.matterId === row.id)
    const event = events.find((each) => each.matterId === row.id)
    const by = event?.actor
    lines.set(row.id, {
      turns,
      mine,
      waitingFor:
        mine.length === 0 && first
          ? {
              unit: first.unit,
              role: first.role,
              since: first.since,
              label: first.verb,
              dueOn: first.dueOn,
              daysLate: first.daysLate,
              others: new Set(others.map((turn) => turn.unit?.id ?? turn.role)).size - 1,
            }
          : null,
      unread:
        event !== undefined &&
        by?.person !== person &&
        (mark?.seenAt == null || mark.seenAt.getTime() < event.at.getTime()),
      followed: mark?.followed ?? false,
      last:
        event && by
          ? {
              at: event.at.toISOString(),
              label: records[event.type] ?? event.type,
              by: by.person === null ? null : { id: by.person, name: nameOf(by.person) ?? by.person },
              unit: by.unit === null ? null : unitNamed(by.unit),
              kind: by.kind,
            }
          : null,
    })
  }
  return lines
}
