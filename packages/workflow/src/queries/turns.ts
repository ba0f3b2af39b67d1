// Whose turn it is, as lists and files show it: read from the stored rows, never from the matters themselves.
import { dateInShanghai, daysBetween } from '@dianzhang/calendar'
import type { answers, Role } from '@dianzhang/contract'
import {
  and,
  type DbOrTx,
  decodeCursor,
  encodeCursor,
  eq,
  inArray,
  isNotNull,
  literally,
  or,
  type SQL,
  type SQLWrapper,
  schema,
  sql,
} from '@dianzhang/database'
import type { UnitFact } from '@dianzhang/rules'
import { deskOf } from '../desks.ts'
import type { LedgerBody } from '../ledger-record.ts'
import type { Actor, Office, Person } from '../office.ts'
import { awaits, awaitsSql, ownUnits, verbOf } from '../projections/turns.ts'
import { type Among, isAmong, whoseTokens } from '../search/condition.ts'

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
 * opened the matter, or it is the business of the unit in which this person drafts or answers for it (of what was sent: the
 * sender's).
 */
export function waitedOn(who: Person, today: string): SQL {
  const own = ownUnits(who.posts)
  return and(
    sql`not ${myTurn(who, today)}`,
    sql`exists (select 1 from ${t} where ${and(
      ofMatter,
      begun(today),
      or(
        eq(t.askedBy, who.person),
        eq(m.openedBy, who.person),
        own.length > 0 ? inArray(t.businessOf, own) : undefined,
      ),
    )})`,
  ) as SQL
}
/** Matters this person follows. */
export const followedBy = (who: Person): SQL =>
  sql`exists (select 1 from ${k} where ${and(eq(k.jurisdictionId, m.jurisdictionId), eq(k.matterId, m.id), eq(k.person, who.person), eq(k.followed, true))})`

/** Matters this person wants on the desk again only after today. */
export const putOff = (who: Person, today: string): SQL =>
  sql`exists (select 1 from ${k} where ${and(eq(k.jurisdictionId, m.jurisdictionId), eq(k.matterId, m.id), eq(k.person, who.person))} and ${k.laterUntil} > ${today} and ${k.laterVersion} = ${m.version})`
/** Matters this person has looked at. */
export const looked = (who: Person): SQL =>
  sql`exists (select 1 from ${k} where ${and(eq(k.jurisdictionId, m.jurisdictionId), eq(k.matterId, m.id), eq(k.person, who.person), isNotNull(k.seenAt))})`
/** When this person last looked at it, as text that sorts the latest first; null: never. */
export const seenBy = (who: Person): SQL<string | null> =>
  sql<string | null>`(select to_char(${k.seenAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from ${k}
    where ${and(eq(k.jurisdictionId, m.jurisdictionId), eq(k.matterId, m.id), eq(k.person, who.person))})`

const instantText = (column: SQLWrapper): SQL<string> =>
  sql<string>`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
/** The nearest day that presses: of what awaits anybody, or of the matter itself; far off when there is none. */
export const pressing = (today: string): SQL<string> =>
  sql<string>`coalesce(least(${m.nextDueOn}, (select min(${t.dueOn}) from ${t} where ${and(ofMatter, begun(today))})), '9999-12-31')::text`
/** Since when it awaits anybody, as text that sorts. */
export const awaitedSince = (today: string): SQL<string> =>
  sql<string>`coalesce((select ${instantText(sql`min(${t.since})`)} from ${t} where ${and(ofMatter, begun(today))}), '9999')`

/** What presses first, or what has waited longest. */
export type TurnOrder = 'urgent' | 'since'
export interface Ordered {
  /** Whose turn has to stand for the list: what awaits this person, what this person waits for, any. */
  of: { kind: 'mine' | 'waiting'; who: Person } | { kind: 'any' }
  order: TurnOrder
  /** Kinds of matter. */
  processes: readonly string[]
  jurisdiction: string
  today: string
  /** What else holds of the matter, a condition on `matters`. */
  within: SQL | undefined
  /** Where `within` lets pass only these few, an array of ids: the list begins with them. */
  ids: SQL | null
  /** What of `within` the turns themselves tell: asked of them first, it spares looking at the matters. */
  narrowed?: Narrowed | undefined
  /** Key and id of the last of the page before. */
  after: { key: string; id: string } | null
  limit: number
}
export interface Narrowed {
  /** A stage and all below it. */
  stage?: string | undefined
  overdue?: boolean | undefined
  /** The unit whose matter it is; only of kinds whose turns are the business of that unit. */
  unit?: string | undefined
  /** What was found of very many. */
  among?: Among | null | undefined
}
const beginning = (asked: Narrowed | undefined): SQL => asked?.among?.with ?? sql``
/** {@link Narrowed} but for the set, of a row of turns; each matter has the same stage and day in all of its turns. */
const narrowedTo = (of: Ordered['of'], today: string, { stage, overdue, unit }: Narrowed = {}, alias = 'x'): SQL => {
  const column = (name: string): SQL => sql.raw(`${alias}.${name}`)
  const holds = and(
    unit === undefined ? undefined : sql`${column('business_of')} = ${unit}`,
    stage === undefined
      ? undefined
      : sql`(${column('stage')} = ${stage} or ${column('stage')} like ${`${literally(stage)}.%`})`,
    overdue ? sql`${column('next_due_on')} < ${today}` : undefined,
    // What presses is never later than the matter's own day, and stands in the order of the index of all.
    overdue && of.kind === 'any' ? sql`${column('presses_on')} < ${today}` : undefined,
  )
  return holds ? sql`and ${holds}` : sql``
}
/** Turns found by one index: its columns, and what each range of it is opened with. */
interface Way {
  columns: ReadonlyArray<'role' | 'unit' | 'asked_by' | 'opened_by' | 'business_of' | 'process'>
  ranges: ReadonlyArray<readonly string[]>
}
function waysOf(of: Ordered['of'], processes: readonly string[]): Way[] {
  const each = (values: ReadonlyArray<readonly string[]>) =>
    values.flatMap((value) => processes.map((process) => [...value, process]))
  if (of.kind === 'any') return [{ columns: ['process'], ranges: each([[]]) }]
  const { posts, person } = of.who
  if (of.kind === 'waiting')
    return [
      { columns: ['asked_by', 'process'], ranges: each([[person]]) },
      { columns: ['opened_by', 'process'], ranges: each([[person]]) },
      { columns: ['business_of', 'process'], ranges: each(ownUnits(posts).map((unit) => [unit])) },
    ]
  const whose = new Map(posts.flatMap(({ role, unit }) => ['', unit].map((one) => [`${role} ${one}`, [role, one]])))
  return [{ columns: ['role', 'unit', 'process'], ranges: each([...whose.values()]) }]
}
const columnsOf = (way: Way, alias: string): SQL =>
  sql.raw(way.columns.map((column) => `${alias}.${column}`).join(', '))
const rangesOf = ({ columns, ranges }: Way): SQL =>
  sql`(values ${sql.join(
    ranges.map(
      (range) =>
        sql`(${sql.join(
          range.map((value) => sql`${value}::text`),
          sql`, `,
        )})`,
    ),
    sql`, `,
  )}) as w(${sql.raw(columns.join(', '))})`
const begunAs = (alias: string, today: string): SQL => {
  const day = sql.raw(`${alias}.not_before`)
  return sql`(${day} is null or ${day} <= ${today})`
}
const far = sql`'9999-12-31'::date`

/** Looked at where a matter stands in the order, and no sooner: a list ends with its page. */
const looksUp = (from: SQL, where: SQL | undefined): SQL =>
  sql`coalesce((select true from ${from} where ${where} limit 1), false)`
/** The turns of one matter by its key: what is asked of them must not lead the planner to another index. */
const turnsOfOne = (jurisdiction: string, id: SQL): SQL =>
  sql`(select * from turns where turns.jurisdiction_id = ${jurisdiction} and turns.matter_id = ${id} offset 0) u`
/** What else has to hold of the matter `id`, looked up like {@link looksUp}. */
const holdsOf = (jurisdiction: string, id: SQL, within: SQL | undefined): SQL =>
  within === undefined
    ? sql``
    : sql`and ${looksUp(sql`${m}`, and(eq(m.jurisdictionId, jurisdiction), sql`${m.id} = ${id}`, within))}`
/**
 * Ids of the matters whose turn stands for the list, from the index alone; where it is what this person waits for, those that
 * await this person included.
 */
function turnedIds(
  of: Ordered['of'],
  processes: readonly string[],
  { jurisdiction, today, narrowed }: Pick<Ordered, 'jurisdiction' | 'today' | 'narrowed'>,
): SQL {
  const ways = waysOf(of, processes).filter(({ ranges }) => ranges.length > 0)
  if (ways.length === 0) return sql`select ''::text where false`
  return sql.join(
    ways.map(
      (way) => sql`select x.matter_id from ${rangesOf(way)} join turns x on x.jurisdiction_id = ${jurisdiction}
        and (${columnsOf(way, 'x')}) = (${columnsOf(way, 'w')}) and ${begunAs('x', today)} ${narrowedTo(of, today, narrowed)}`,
    ),
    sql` union all `,
  )
}
/**
 * The matter `id`, of these kinds, awaits nobody of this person's posts: looked up in the set of all that do, made once from the
 * index of these, so that what is asked in an order stays in it.
 */
const notMine = (
  who: Person,
  processes: readonly string[],
  id: SQLWrapper,
  { jurisdiction, today }: Pick<Ordered, 'jurisdiction' | 'today'>,
): SQL =>
  who.posts.length === 0
    ? sql``
    : sql`and not ${isAmong(id, turnedIds({ kind: 'mine', who }, processes, { jurisdiction, today }))}`

/**
 * Of so many the turns are looked up one matter after the other: the set of all that await a clerk takes as long as ten times as
 * many. Of so many, step by step while any was found, it is looked up whether they are among what was searched for.
 */
export const turnLimits = { lookedUp: 1000, walked: [200, 1000] }
/** The same of the `n`th row `s` in an order: only a list that passes by many makes the set. */
const notMineSoon = (
  who: Person,
  processes: readonly string[],
  asked: Pick<Ordered, 'jurisdiction' | 'today'>,
): SQL => {
  if (who.posts.length === 0) return sql``
  const id = sql.raw('s.id')
  const mine = and(begunAs('u', asked.today), awaitsSql(who.posts, sql.raw('u.role'), sql.raw('u.unit')))
  const set = isAmong(id, turnedIds({ kind: 'mine', who }, processes, asked))
  return sql`and not case when s.n <= ${turnLimits.lookedUp} then ${looksUp(turnsOfOne(asked.jurisdiction, id), mine)} else ${set} end`
}

/** A turn `u` by which the list shows its matter; what awaits anybody counts for any. */
function countedOf(of: Ordered['of']): SQL | undefined {
  if (of.kind === 'any') return undefined
  const { posts, person } = of.who
  if (of.kind === 'mine') return awaitsSql(posts, sql.raw('u.role'), sql.raw('u.unit'))
  const own = ownUnits(posts)
  return or(
    sql`u.asked_by = ${person}`,
    sql`u.opened_by = ${person}`,
    own.length > 0 ? inArray(sql.raw('u.business_of'), own) : undefined,
  )
}

/**
 * The first `limit` matters after `after` in the order of their turns, as rows `id, key`: by the day of what is awaited of the person,
 * or of whom the person waits for; of all, by the nearest day of the matter. Each of the person's posts is a range
 * of one index in just that order, so as much is read as is shown; a matter with several turns stands at its first. What the
 * person waits for is merged from ranges likewise: of most matters of a unit the unit itself is awaited as well, and these are
 * passed by in a set. Where only few may be on the list, it begins with them. Without a turn a matter is listed only by
 * `any`, by its own nearest deadline, behind all that wait.
 */
export function inTurnOrder(asked: Ordered): SQL {
  const { of, order, processes, jurisdiction, today, within, ids, after, limit } = asked
  const narrowed = narrowedTo(of, today, asked.narrowed)
  const { among } = asked.narrowed ?? {}
  const isOne = (id: SQL): SQL => (among ? sql`and ${among.holds(id)}` : sql``)
  const urgent = order === 'urgent'
  const ways = waysOf(of, processes).filter(({ ranges }) => ranges.length > 0)
  // A person's own list goes by the days of what is awaited; what is late elsewhere on a matter presses others.
  const column = of.kind === 'any' ? 'presses_on' : 'due_by'
  const dayOf = (alias: string): SQL => (urgent ? sql.raw(`${alias}.${column}`) : far)
  const { day, since, behind } = behindOf(after, order)
  const text = sql`case when since = 'infinity' then '9999' else ${instantText(sql.raw('since'))} end`
  const page = (
    found: SQL,
  ): SQL => sql`${beginning(asked.narrowed)} select id, (${urgent ? sql`day::text || ' ' || ${text}` : text}) collate "C" as key
    from (${found}) s order by key, id limit ${limit}`
  if (ways.length === 0) return sql`select ''::text as id, ''::text as key where false`
  const counts = countedOf(of)
  if (ids !== null) {
    // Of few, the turns are read one matter after the other, whoever is awaited in how many others.
    const others =
      of.kind === 'waiting' ? sql`and not ${awaitsSql(of.who.posts, sql.raw('u.role'), sql.raw('u.unit'))}` : sql``
    const turned = sql`select distinct on (u.matter_id) u.matter_id, ${dayOf('u')} as day, u.since from turns u
      where u.jurisdiction_id = ${jurisdiction} and u.matter_id = any (${ids}) and ${begunAs('u', today)} ${counts ? sql`and ${counts}` : sql``} ${others}
      order by u.matter_id, day, u.since`
    const due = urgent ? sql`coalesce(${m.nextDueOn}, ${far})` : far
    return page(sql`select s.* from (
      select ${m.id} as id, coalesce(f.day, ${due}) as day, coalesce(f.since, 'infinity') as since
      from ${m} ${of.kind === 'any' ? sql`left ` : sql``}join (${turned}) f on f.matter_id = ${m.id}
      where ${and(eq(m.jurisdictionId, jurisdiction), inArray(m.process, [...processes]), within)}) s
      where true ${of.kind === 'waiting' ? notMine(of.who, processes, sql.raw('s.id'), asked) : sql``} ${behind(sql.raw(urgent ? 'day, since, id' : 'since, id'))}`)
  }
  const columnsInOrder = sql.raw(urgent ? `x.${column}, x.since, x.matter_id` : 'x.since, x.matter_id')
  if (of.kind === 'waiting') {
    const places = sql.raw(urgent ? 'day, since, id' : 'since, id')
    // Each range by itself and in order: so they are merged, and read as far as the page goes.
    const found = ways.flatMap(({ columns, ranges }) =>
      ranges.map(
        (range) => sql`(select x.matter_id as id, ${dayOf('x')} as day, x.since from turns x
          where x.jurisdiction_id = ${jurisdiction} and ${and(...columns.map((column, i) => sql`${sql.raw(`x.${column}`)} = ${range[i]}`))}
          and ${begunAs('x', today)} and not ${awaitsSql(of.who.posts, sql.raw('x.role'), sql.raw('x.unit'))} ${narrowed} ${behind(columnsInOrder)}
          order by ${columnsInOrder})`,
      ),
    )
    const first = sql`not ${looksUp(
      turnsOfOne(jurisdiction, sql.raw('s.id')),
      and(begunAs('u', today), counts, sql`(${dayOf('u')}, u.since) < (s.day, s.since)`),
    )}`
    return page(sql`select distinct ${places}${urgent ? sql`` : sql`, day`} from (
      select s.*, row_number() over (order by ${places} rows unbounded preceding) as n from (
        select id, day, since from (${sql.join(found, sql` union all `)}) d order by ${places} offset 0) s
      where true ${isOne(sql.raw('s.id'))}) s
      where ${first} ${notMineSoon(of.who, processes, asked)} ${holdsOf(jurisdiction, sql.raw('s.id'), within)} order by ${places} limit ${limit}`)
  }
  const place = (alias: string) =>
    sql.raw(
      `(${[...(urgent ? [column] : []), 'since', 'command', 'role', 'unit'].map((c) => `${alias}.${c}`).join(', ')})`,
    )
  const earlier = and(begunAs('u', today), counts, sql`${place('u')} < ${place('x')}`)
  const turned = sql.join(
    ways.map(
      (way) => sql`select s.* from ${rangesOf(way)} cross join lateral (
      select x.matter_id as id, ${dayOf('x')} as day, x.since from (
        select x.matter_id, ${sql.raw(`x.${column}`)}, x.since, x.command, x.role, x.unit from turns x
        where x.jurisdiction_id = ${jurisdiction} and (${columnsOf(way, 'x')}) = (${columnsOf(way, 'w')}) and ${begunAs('x', today)}
          ${narrowed} ${behind(columnsInOrder)} order by ${columnsInOrder} offset 0) x
      where true ${isOne(sql.raw('x.matter_id'))} and not ${looksUp(turnsOfOne(jurisdiction, sql.raw('x.matter_id')), earlier)} ${holdsOf(jurisdiction, sql.raw('x.matter_id'), within)}
      order by ${columnsInOrder} limit ${limit}) s`,
    ),
    sql` union all `,
  )
  if (of.kind === 'mine') return page(turned)
  // Those without a turn come to the page only where the others do not fill it before them.
  const due = urgent ? sql`coalesce(${m.nextDueOn}, ${far})` : far
  const past = urgent
    ? sql`and (${due}, 'infinity'::timestamptz, ${m.id}) > (${day}::date, ${since}::timestamptz, ${after?.id})`
    : sql`and ('infinity'::timestamptz, ${m.id}) > (${since}::timestamptz, ${after?.id})`
  const kinds = rangesOf({ columns: ['process'], ranges: processes.map((process) => [process]) })
  return page(sql`with turned as materialized (select * from (${turned}) s order by ${urgent ? sql`day, ` : sql``}since, id limit ${limit}),
    filled as materialized (select case when count(*) < ${limit} then 'infinity'::date ${urgent ? sql`else max(day)` : sql``} end as day from turned)
    select * from turned union all select s.* from ${kinds} cross join filled cross join lateral (
      select ${m.id} as id, ${due} as day, 'infinity'::timestamptz as since from ${m}
      where ${m.jurisdictionId} = ${jurisdiction} and ${m.process} = w.process and ${due} <= filled.day ${within ? sql`and ${within}` : sql``}
        and not ${looksUp(turnsOfOne(jurisdiction, sql`${m.id}`), begunAs('u', today))} ${isOne(sql`${m.id}`)}
        ${after === null ? sql`` : past}
      order by ${urgent ? sql`${due}, ${m.id}` : m.id} limit ${limit}) s`)
}
/**
 * {@link inTurnOrder} of what this person waits for, where very many were found (`narrowed.among`): the first places are looked at
 * one after the other, which mostly fills a page. Where few of the list were found, it begins with all that have the words and are
 * the business of this person's units or were opened by this person, which the index of words tells by itself; what this person
 * brought about elsewhere is mostly nothing. Those that await this person are passed by in a set, of the others the first turn is
 * looked up.
 */
export async function foundWaiting(
  db: DbOrTx,
  asked: Omit<Ordered, 'of' | 'ids'> & { who: Person; among: Among },
): Promise<Array<{ id: string; key: string }>> {
  const { who, order, processes, jurisdiction, today, within, among, after, limit } = asked
  const of: Ordered['of'] = { kind: 'waiting', who }
  const ways = waysOf(of, processes).filter(({ ranges }) => ranges.length > 0)
  const narrowed = narrowedTo(of, today, asked.narrowed, 'u')
  const urgent = order === 'urgent'
  const { behind } = behindOf(after, order)
  const places = sql.raw(urgent ? 's.day, s.since, s.id' : 's.since, s.id')
  const inOrder = sql.raw(urgent ? 'u.due_by, u.since, u.matter_id' : 'u.since, u.matter_id')
  const dayOf = urgent ? sql`u.due_by` : far
  const key = sql`(${urgent ? sql`s.day::text || ' ' || ` : sql``}${instantText(sql.raw('s.since'))}) collate "C"`
  const id = sql.raw('s.id')
  const own = awaitsSql(who.posts, sql.raw('u.role'), sql.raw('u.unit'))
  const turn = sql`select u.matter_id as id, ${dayOf} as day, u.since from turns u
    where u.jurisdiction_id = ${jurisdiction} and ${begunAs('u', today)} ${narrowed}`
  const sooner = sql`(${dayOf}, u.since) < (s.day, s.since)`
  for (const walked of turnLimits.walked) {
    const ranges = sql.join(
      ways.map(
        (way) => sql`select d.* from ${rangesOf(way)} cross join lateral (${turn}
          and (${columnsOf(way, 'u')}) = (${columnsOf(way, 'w')}) and not ${own} ${behind(inOrder)} order by ${inOrder} limit ${walked}) d`,
      ),
      sql` union all `,
    )
    const [walk] = await db.execute<{ passed: number; found: Array<{ id: string; key: string }> | null }>(sql`
      with s as materialized (select s.* from (${ranges}) s order by ${places} limit ${walked})
      select (select count(*)::int from s) as passed, (select json_agg(f) from (
        select s.id, ${key} as key from (select distinct ${places}${urgent ? sql`` : sql`, s.day`} from s order by ${places} offset 0) s
        where ${among.one(id)} and not ${looksUp(turnsOfOne(jurisdiction, id), and(begunAs('u', today), or(own, and(countedOf(of), sooner))))}
          ${holdsOf(jurisdiction, id, within)} order by ${places} limit ${limit}) f) as found`)
    const found = walk?.found ?? []
    if (found.length >= limit || (walk?.passed ?? 0) < walked) return found
    if (found.length === 0) break
  }
  const c = sql.raw('c.matter_id')
  const units = ownUnits(who.posts)
  const elsewhere = sql`select x.matter_id from turns x where x.jurisdiction_id = ${jurisdiction} and x.asked_by = ${who.person}
    and ${inArray(sql.raw('x.process'), [...processes])} ${units.length > 0 ? sql`and not ${inArray(sql.raw('x.business_of'), units)}` : sql``}`
  const possible = sql`${among.tokens(whoseTokens(units, [who.person]))}
    union select e.matter_id from (${among.tokens()}) e where exists (${elsewhere}) and ${isAmong(sql.raw('e.matter_id'), elsewhere)}`
  return db.execute<{ id: string; key: string }>(sql`
    select s.id, ${key} as key from (
      select s.* from (select * from (${possible}) c where true ${notMine(who, processes, c, asked)} offset 0) c
      cross join lateral (${turn} and u.matter_id = ${c} and ${inArray(sql.raw('u.process'), [...processes])} and ${countedOf(of)}
        order by ${dayOf}, u.since limit 1) s
      where true ${behind(places)} order by ${places} offset 0) s
    where ${among.sure ? sql`true` : among.one(id)} ${holdsOf(jurisdiction, id, within)} order by ${places} limit ${limit}`)
}
/** By name, or the lately changed first. */
export type RowOrder = 'title' | 'updated'
/**
 * The first `limit` matters after `after` by name, or lately changed, of those whose turn stands for the list, as rows `id, key`:
 * these are made a set once, from the index of turns, and the index of the order is gone along until the page is full. Asked of
 * each matter by itself, a list of few would look up the turns of all that come before.
 */
export function inRowOrder(
  asked: Pick<Ordered, 'of' | 'processes' | 'jurisdiction' | 'today' | 'within' | 'narrowed' | 'limit'> & {
    order: RowOrder
    /** Key and id of the last of the page before, as a condition on `matters`. */
    past: SQL | undefined
    /** The key, of a row of `matters`. */
    key: SQL
  },
): SQL {
  const { of, processes, jurisdiction, today, within, narrowed, limit, order, past, key } = asked
  const among = narrowed?.among
  const columns = order === 'title' ? sql`${m.title} collate "C"` : sql`${m.updatedAt} desc`
  const [place, places] = order === 'title' ? [m.title, sql`place collate "C", id`] : [m.updatedAt, sql`place desc, id`]
  const kinds = processes.map(
    (process) => sql`(select s.* from (
      select ${m.id} as id, ${key} as key, ${place} as place from ${m}
      where ${and(eq(m.jurisdictionId, jurisdiction), eq(m.process, process), past)}
        ${among ? sql`and ${among.holds(m.id)}` : sql``}
        ${of.kind === 'any' ? sql`` : sql`and ${isAmong(m.id, turnedIds(of, [process], { jurisdiction, today, narrowed }))}`}
        ${of.kind === 'waiting' ? notMine(of.who, [process], m.id, asked) : sql``}
      order by ${columns}, ${m.id} offset 0) s
      where true ${holdsOf(jurisdiction, sql.raw('s.id'), within)} order by ${places} limit ${limit})`,
  )
  return sql`${beginning(narrowed)} select id, key from (${sql.join(kinds, sql` union all `)}) s order by ${places} limit ${limit}`
}
/**
 * How many of them stand in each stage, and how many are overdue: rows `stage, count, overdue`, from the index alone where all may
 * be seen. `within`: who may see it; `own`: units whose business this person may see without a look at the matter; `besides`: what
 * else holds of the matter.
 */
export function countedByTurns(
  asked: Omit<Ordered, 'order' | 'ids' | 'after' | 'limit'> & { own: readonly string[]; besides: SQL | undefined },
): SQL {
  const { of, processes, jurisdiction, today, within, own, besides } = asked
  const ways = waysOf(of, processes).filter(({ ranges }) => ranges.length > 0)
  const found = ways.map(
    (way) => sql`select x.matter_id, x.stage, x.next_due_on, x.business_of from ${rangesOf(way)} join turns x
      on x.jurisdiction_id = ${jurisdiction} and (${columnsOf(way, 'x')}) = (${columnsOf(way, 'w')}) and ${begunAs('x', today)}`,
  )
  if (found.length === 0) return sql`select '' as stage, 0 as count, 0 as overdue where false`
  const id = sql.raw('s.matter_id')
  const others = of.kind === 'waiting' ? notMine(of.who, processes, id, asked) : sql``
  const looked = within && looksUp(sql`${m}`, and(eq(m.jurisdictionId, jurisdiction), sql`${m.id} = ${id}`, within))
  const seen = looked && (own.length > 0 ? sql`(${inArray(sql.raw('s.business_of'), [...own])} or ${looked})` : looked)
  return sql`select s.stage, count(*)::int as count, (count(*) filter (where s.next_due_on < ${today}))::int as overdue
    from (${sql.join(found, sql` union `)}${found.length === 1 ? sql` group by 1, 2, 3, 4` : sql``}) s
    where true ${others} ${seen ? sql`and ${seen}` : sql``} ${holdsOf(jurisdiction, id, besides)} group by s.stage`
}
/** Day and instant of a key; what no list gave is refused as its cursor is. */
function placeOf(key: string | undefined, order: TurnOrder): [day: string, since: string] {
  if (key === undefined) return ['', '']
  const [day = '', since = ''] = order === 'urgent' ? key.split(' ') : ['9999-12-31', key]
  decodeCursor(encodeCursor([day, since === '9999' ? '9999-12-31T00:00:00.000Z' : since]), ['day', 'instant'])
  return [day, since === '9999' ? 'infinity' : since]
}
/** Where the list goes on: day and instant of the last one given, and what comes behind it, of `columns` in the order of the list. */
function behindOf(
  after: Ordered['after'],
  order: TurnOrder,
): { day: string; since: string; behind: (columns: SQL) => SQL } {
  const [day, since] = placeOf(after?.key, order)
  const behind = (columns: SQL): SQL =>
    after === null
      ? sql``
      : order === 'urgent'
        ? sql`and (${columns}) > (${day}::date, ${since}::timestamptz, ${after.id})`
        : sql`and (${columns}) > (${since}::timestamptz, ${after.id})`
  return { day, since, behind }
}

export type TurnLine = answers.Given<typeof answers.TurnLine>
export type AheadLine = answers.Given<typeof answers.AheadLine>
/** What a list says of one matter beside its row. */
export interface RowLines {
  turns: TurnLine[]
  mine: TurnLine[]
  /** What is not yet awaited: its day has not come. */
  ahead: AheadLine[]
  waitingFor: answers.Given<typeof answers.WaitingFor> | null
  unread: boolean
  followed: boolean
  later: answers.Given<typeof answers.Later> | null
  last: answers.Given<typeof answers.LastAct> | null
}

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
      .select({ mark: k, version: m.version })
      .from(k)
      .innerJoin(m, and(eq(m.jurisdictionId, k.jurisdictionId), eq(m.id, k.matterId)))
      .where(and(eq(k.jurisdictionId, jurisdiction), eq(k.person, person), inArray(k.matterId, ids))),
    office.db
      .select({ matterId: e.matterId, type: e.type, at: e.at, actor: sql<LedgerBody['actor']>`${e.body} -> 'actor'` })
      .from(e)
      .innerJoin(m, and(eq(m.jurisdictionId, e.jurisdictionId), eq(m.id, e.matterId), eq(m.ledgerSeq, e.seq)))
      .where(and(eq(e.jurisdictionId, jurisdiction), inArray(e.matterId, ids))),
  ])
  const roles = [...new Set(found.map((turn) => turn.role))]
  const askedIds = [
    ...new Set(
      [...found.map((turn) => turn.askedBy), ...events.map((event) => event.actor.person)].filter((x) => x !== null),
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
    const every = found
      .filter((turn) => turn.matterId === row.id)
      .map((turn): AheadLine => {
        const label = labels[turn.command] ?? turn.command
        return {
          from: turn.notBefore ?? '',
          command: turn.command,
          label,
          verb: verbOf(label, turn.count, turn.names),
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
      .filter(
        (turn, _, all) =>
          turn.held ||
          !all.some(
            (other) => other.held && other.command === turn.command && other.from > today === turn.from > today,
          ),
      )
      .toSorted(
        (a, b) =>
          (a.dueOn ?? '9999').localeCompare(b.dueOn ?? '9999') ||
          a.since.localeCompare(b.since) ||
          a.command.localeCompare(b.command),
      )
    const turns = every.filter(({ from }) => from <= today).map(({ from: _, ...turn }): TurnLine => turn)
    const ahead = every.filter(({ from }) => from > today).toSorted((a, b) => a.from.localeCompare(b.from))
    const mine = turns.filter((turn) => turn.mine)
    const others = turns.filter((turn) => !turn.mine)
    const [first] = others
    const marked = marks.find((each) => each.mark.matterId === row.id)
    const mark = marked?.mark
    const event = events.find((each) => each.matterId === row.id)
    const by = event?.actor
    lines.set(row.id, {
      turns,
      mine,
      ahead,
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
      later:
        mark?.laterUntil && mark.laterUntil > today && mark.laterVersion === marked?.version
          ? { until: mark.laterUntil, why: mark.laterWhy ?? '' }
          : null,
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
