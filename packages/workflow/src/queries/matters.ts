// Reading a matter of any kind: who may know of it, what it shows, what can be done, what was done, which clocks run.

import { dateInShanghai, daysBetween } from '@dianzhang/calendar'
import type { answers } from '@dianzhang/contract'
import { AppError, type Basis, fieldsOf, processContracts, type Verdict } from '@dianzhang/contract'
import {
  and,
  asc,
  type CursorKey,
  type DbOrTx,
  decodeCursor,
  desc,
  encodeCursor,
  eq,
  gt,
  inArray,
  literally,
  lt,
  or,
  type Page,
  type Paging,
  plannedAnew,
  type SQL,
  schema,
  sql,
} from '@dianzhang/database'
import type { MatterClock, Need, Present } from '@dianzhang/kernel'
import type { Pack } from '@dianzhang/packs'
import type { UnitFact } from '@dianzhang/rules'
import { type AnyDesk, deskOf, desks } from '../desks.ts'
import type { Desk, MatterShape, OpenedMatter } from '../door/desk.ts'
import { readable, unitsSeenBy, visibleRows } from '../door/reading.ts'
import { loadUnits } from '../facts/load-facts.ts'
import { notFound } from '../failures.ts'
import { type LedgerActor, type LedgerBody, withoutTrace } from '../ledger-record.ts'
import type { Actor, Office, Person } from '../office.ts'
import { awaits, turnsOf } from '../projections/turns.ts'
import { sentAgain } from '../resend/handler.ts'
import { foundIn, type WordsFound } from '../search/condition.ts'
import { indexMatters } from '../search/index-matters.ts'
import { idsIn, mattersById, namesOf, tokensIn } from './names.ts'
import { newestFirst, olderThan, updatedKey } from './newest.ts'
import {
  awaitedSince,
  countedByTurns,
  followedBy,
  foundWaiting,
  inRowOrder,
  inTurnOrder,
  linesOf,
  looked,
  myTurn,
  type Ordered,
  pressing,
  putOff,
  type RowLines,
  type RowOrder,
  seenBy,
  waitedOn,
} from './turns.ts'
import { whoseClock } from './whose-clock.ts'

const { matters: m } = schema

const personOf = (actor: Actor): Person => {
  if (actor.kind !== 'person') throw new AppError('unauthenticated', '请先登录')
  return actor
}
export const named = (units: Record<string, UnitFact>, id: string) => ({ id, name: units[id]?.name ?? id })

/** Names of people by id, as they stand in the register. */
export async function peopleNames(
  office: Office,
  jurisdiction: string,
  ids: Array<string | null>,
): Promise<Record<string, string>> {
  const wanted = [...new Set(ids.filter((x) => x !== null))]
  if (wanted.length === 0) return {}
  const p = schema.people
  const rows = await office.db
    .select({ id: p.id, name: p.name })
    .from(p)
    .where(and(eq(p.jurisdictionId, jurisdiction), inArray(p.id, wanted)))
  return Object.fromEntries(rows.map((r) => [r.id, r.name]))
}

/** Checks that this person may see the matter, of whatever kind; absent and unseen get the same 404. Reads one row. */
export async function requireVisible(
  office: Office,
  actor: Actor,
  id: string,
): Promise<{ process: string; version: number }> {
  const [row] = await office.db
    .select({
      process: m.process,
      version: m.version,
      unit: m.unit,
      involvedUnits: m.involvedUnits,
      concernedRoles: m.concernedRoles,
    })
    .from(m)
    .where(and(eq(m.jurisdictionId, actor.jurisdiction), eq(m.id, id)))
  const desk = row && deskOf(row.process)
  if (!row || !desk || !readable(desk.overseers, actor, row)) throw notFound('这份案卷')
  return { process: row.process, version: row.version }
}

/** Reads one visible matter of this kind; absent, unseen and of another kind get the same 404. */
export async function openOf<S extends MatterShape>(
  desk: Desk<S>,
  db: DbOrTx,
  actor: Actor,
  id: string,
): Promise<OpenedMatter<S>> {
  const { kind, noun } = desk.engine.process
  const { row, units } = await rowOf(db, actor, id)
  if (row?.process !== kind || !readable(desk.overseers, actor, row)) throw notFound(`这份${noun}`)
  return openedRow(desk, row, units)
}
/** The row of a matter, seen or not, and the units. */
async function rowOf(db: DbOrTx, actor: Actor, id: string) {
  const [[row], units] = await Promise.all([
    db
      .select()
      .from(m)
      .where(and(eq(m.jurisdictionId, actor.jurisdiction), eq(m.id, id))),
    loadUnits(db, actor.jurisdiction),
  ])
  return { row, units }
}
/** A row read by other means, restored; whoever calls has asked who may see it. */
export function openedRow<S extends MatterShape>(
  desk: Desk<S>,
  row: typeof m.$inferSelect,
  units: Record<string, UnitFact>,
): OpenedMatter<S> {
  const snapshot = desk.engine.restore(row.snapshot)
  return { row, snapshot, dossier: snapshot.context.dossier, units }
}
/** Reads one visible matter of whatever kind, with its desk; absent and unseen get the same 404. Reads the row once. */
export async function openAny(
  db: DbOrTx,
  actor: Actor,
  id: string,
): Promise<{ desk: Desk<MatterShape>; opened: OpenedMatter<MatterShape> }> {
  const { row, units } = await rowOf(db, actor, id)
  const desk = row && deskOf(row.process)
  if (!row || !desk || !readable(desk.overseers, actor, row)) throw notFound('这份案卷')
  return { desk, opened: openedRow(desk, row, units) }
}
/** The same with what is derived from other rows filled in, as the door does before it judges. */
export async function completed<S extends MatterShape>(
  desk: Desk<S>,
  db: DbOrTx,
  opened: OpenedMatter<S>,
): Promise<OpenedMatter<S>> {
  const dossier = (await desk.complete?.(db, opened.dossier)) ?? opened.dossier
  return dossier === opened.dossier
    ? opened
    : { ...opened, dossier, snapshot: desk.engine.withDossier(opened.snapshot, dossier) }
}
/** The present as far as it is known: an event without its command. `pack`: judged by another than the matter's own. */
export async function presentOf<S extends MatterShape>(
  desk: Desk<S>,
  office: Office,
  actor: Actor,
  opened: Pick<OpenedMatter<S>, 'dossier' | 'units'> & { row: { packVersion: string } },
  pack?: Pack,
): Promise<Present<S>> {
  const at = office.clock.now().toISOString()
  const on = dateInShanghai(at)
  const as = {
    person: actor.kind === 'person' ? actor.person : null,
    unit: actor.kind === 'person' ? actor.unit : null,
    roles: actor.kind === 'person' ? actor.posts.map((p) => p.role) : [actor.kind],
  }
  const circumstance = await desk.facts({
    office,
    tx: office.db,
    jurisdiction: actor.jurisdiction,
    dossier: opened.dossier,
    type: null,
    payload: {},
    as,
    pack: pack ?? office.rules.pack(actor.jurisdiction, opened.row.packVersion),
    on,
    units: opened.units,
  })
  return { ...circumstance, meta: { at, on, actor: as, resolved: {} } } as unknown as Present<S>
}
const deskFor = async (office: Office, actor: Actor, id: string): Promise<Desk<MatterShape>> => {
  const { process } = await requireVisible(office, actor, id)
  return deskOf(process) as Desk<MatterShape>
}
/** The clocks that run, with their state on the day of `now`. Dates are calendar days; `remaining` counts working days. */
function clocksOf<S extends MatterShape>(desk: Desk<S>, dossier: S['dossier'], now: Present<S>) {
  const { process } = desk.engine
  const present = now as unknown as { meta: { on: string }; calendar: MatterShape['circumstance']['calendar'] }
  const today = present.meta.on
  const facts = process.facts(dossier, { ...now, type: '', payload: {} } as never)
  return process.clocks.of(facts).map((c) => ({
    ...c,
    start: c.startsOn,
    due: c.dueOn,
    overdue: c.status === 'open' && c.dueOn < today,
    // How many days late: to today while open, to the day on which it was met.
    daysLate:
      c.status === 'cancelled' || c.status === 'paused' ? 0 : Math.max(0, daysBetween(c.dueOn, c.metOn ?? today)),
    remaining: c.status === 'open' && c.dueOn >= today ? present.calendar.workdaysBetween(today, c.dueOn) : null,
  }))
}
export type ShownClock = MatterClock & {
  start: string
  due: string
  overdue: boolean
  daysLate: number
  remaining: number | null
  whose?: string
  mine?: boolean
}

/**
 * What this matter sent to others, and what became of it, in words; what was refused first, then the newest, a hundred at most.
 * Who may not read the other matter is not told what it is called.
 */
export async function sentBy(
  office: Office,
  actor: Actor,
  id: string,
): Promise<Array<answers.Given<typeof answers.Sent>>> {
  const { jurisdiction } = actor
  const { sends: s } = schema
  const rows = await office.db
    .select()
    .from(s)
    .where(and(eq(s.jurisdictionId, jurisdiction), eq(s.fromMatter, id)))
    // What was not taken waits for a person, so it comes first.
    .orderBy(sql`${s.outcome} is distinct from 'refused'`, desc(s.at), asc(s.id))
    .limit(100)
  if (rows.length === 0) return []
  const again = await sentAgain(
    office.db,
    jurisdiction,
    rows.filter(({ outcome }) => outcome === 'refused').map((row) => row.id),
  )
  const targets = await mattersById(
    office.db,
    actor,
    rows.map((row) => row.toMatter),
  )
  return rows.map((row) => {
    const target = targets.get(row.toMatter)
    const desk = deskOf(target?.process ?? row.process ?? '')
    const process = desk?.engine.process
    return {
      id: row.id,
      matter: row.toMatter,
      process: process?.kind ?? null,
      title: target?.title ?? null,
      command: row.command.type,
      label:
        row.process !== null
          ? (process?.opening.label ?? row.command.type)
          : (process?.labels.command[row.command.type] ?? row.command.type),
      at: row.at.toISOString(),
      outcome: row.outcome as 'accepted' | 'refused' | null,
      detail: row.detail,
      again: again.has(row.id) ? (again.get(row.id)?.outcome ?? ('pending' as const)) : null,
    }
  })
}

/** One matter: its row, stage, clocks, what still holds an automatic step, what it sent, and what its desk shows (`view`). */
export async function getMatter(
  office: Office,
  actor: Actor,
  id: string,
): Promise<answers.Given<typeof answers.Matter>> {
  const { desk, opened: found } = await openAny(office.db, actor, id)
  const { process } = desk.engine
  const opened = await completed(desk, office.db, found)
  const { row, units } = opened
  const now = await presentOf(desk, office, actor, opened)
  const [view, sent, people, lines] = await Promise.all([
    desk.view?.(office, actor, opened),
    sentBy(office, actor, id),
    peopleNames(office, actor.jurisdiction, [row.openedBy]),
    fileLines(office, actor, row, units),
  ])
  // What was filled in at the opening is shown to whoever opens it, in names.
  const opening = processContracts[row.process]?.opening.schema
  const told = Object.keys(opening ? fieldsOf(opening) : {}).flatMap((field) => idsIn(view?.[field]))
  const { progress } = desk.engine.explain(opened.snapshot, now)
  return {
    id: row.id,
    process: row.process,
    processLabel: labelOf(desk),
    noun: process.noun,
    title: row.title,
    version: row.version,
    stage: row.stage,
    stageLabel: process.labels.stage(row.stage),
    stages: desk.engine.mainStages.map((path) => ({ path, label: process.labels.stage(path) })),
    turn: [...new Set(lines.turns.map((turn) => turn.role))],
    turns: lines.turns,
    ahead: lines.ahead,
    unread: lines.unread,
    followed: lines.followed,
    later: lines.later,
    unit: named(units, row.unit),
    openedBy: row.openedBy ? { id: row.openedBy, name: people[row.openedBy] ?? row.openedBy } : null,
    packVersion: row.packVersion,
    nextDueOn: row.nextDueOn,
    progress: progress.map((p) => ({ ...p, verdicts: withoutTrace(p.verdicts) })),
    deadlines: clocksOf(desk, opened.dossier, now).map(({ trace: _, ...c }: ShownClock & { trace?: unknown }) => ({
      ...c,
      ...whoseClock(desk, actor, opened, lines.turns, c),
    })),
    sent,
    names: await namesOf(office.db, actor, units, told),
    ledger: { seq: row.ledgerSeq, head: row.ledgerHead },
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    ...view,
    // Of the matter, whatever its desk tells under the same name (the office keeps a last act of its own).
    last: lines.last,
  }
}
/** The lines of one matter that was read for somebody who may see it. */
export async function fileLines(
  office: Office,
  actor: Actor,
  row: { id: string; process: string; ledgerSeq: number },
  units: Record<string, UnitFact>,
): Promise<RowLines> {
  const lines = (await linesOf(office, actor, [row], units)).get(row.id)
  if (!lines) throw notFound('这份案卷')
  return lines
}
/** What a kind is called: the name of the procedure. */
export const labelOf = (desk: Desk<MatterShape>): string => desk.engine.process.label

export interface ActionForPerson {
  command: string
  label: string
  /** May this person do it now. */
  allowed: boolean
  need: Need
  /** Is this person among those who may, whether or not the rules allow it yet. */
  mine: boolean
  by: string[]
  verdicts: Verdict[]
  basis: Basis
  cases: Array<{ when: Record<string, unknown> | null; to: string | null; open: boolean }>
}
/** Every command of the present stage: whether this person may do it, what is missing, by which article, from which day, who can. */
export async function getActions(office: Office, actor: Actor, id: string): Promise<ActionForPerson[]> {
  const { desk, opened: found } = await openAny(office.db, actor, id)
  const opened = await completed(desk, office.db, found)
  const now = await presentOf(desk, office, actor, opened)
  const { process } = desk.engine
  const permissionOf = (command: string) => desk.may(actor, command, opened.dossier, opened.units, {})
  // Judged in the post in which it would be done: separation of duties asks who.
  const actorFor = (command: string) => {
    const permission = permissionOf(command)
    return permission.allowed ? permission.as : now.meta.actor
  }
  const turns = turnsOf(desk, {
    jurisdiction: actor.jurisdiction,
    snapshot: opened.snapshot,
    now,
    units: opened.units,
    before: [],
    at: now.meta.at,
    by: null,
    nextDueOn: opened.row.nextDueOn,
  }).filter((turn) => turn.notBefore === null || turn.notBefore <= now.meta.on)
  const posts = actor.kind === 'person' ? actor.posts : []
  return desk.engine.explain(opened.snapshot, now, actorFor).actions.map((action) => {
    const permission = permissionOf(action.command)
    // Of one who may, but of whom it is not awaited (another unit's answer is), it is possible.
    const awaited = !permission.allowed || turns.some((turn) => turn.command === action.command && awaits(posts, turn))
    const need = action.need === 'required' && !awaited ? 'possible' : action.need
    const verdicts = [...action.verdicts]
    const law = process.law[action.command]
    if (!permission.allowed && law)
      verdicts.unshift({
        rule: 'role.permitted',
        title: '由规定的角色办理',
        holds: false,
        severity: 'block',
        reason: permission.reason,
        basis: law.basis,
        by: [...law.by],
      })
    return {
      command: action.command,
      label: action.label,
      allowed: permission.allowed && action.open,
      need,
      mine: permission.allowed,
      by: [...action.by],
      verdicts,
      basis: action.basis,
      cases: action.cases.map((c) => ({ when: c.when as Record<string, unknown> | null, to: c.to, open: c.open })),
    }
  })
}

/** The name of who acted; null for a person no longer in the register. */
const actorName = ({ kind, person }: LedgerActor, people: Record<string, string>): string | null =>
  person ? (people[person] ?? null) : kind === 'system' ? '系统' : '社会公众'

/** The ledger: who did what, when, by which rules. By number, keyset pages; `limit` 100 unless told. */
export async function getHistory(
  office: Office,
  actor: Actor,
  id: string,
  query: Paging,
): Promise<Page<answers.Given<typeof answers.HistoryEvent>>> {
  const desk = await deskFor(office, actor, id)
  const e = schema.ledgerEvents
  const limit = query.limit ?? 100
  const from = query.cursor ? Number(decodeCursor(query.cursor, ['number'])[0]) : 0
  const rows = await office.db
    .select()
    .from(e)
    .where(and(eq(e.jurisdictionId, actor.jurisdiction), eq(e.matterId, id), gt(e.seq, from)))
    .orderBy(asc(e.seq))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const bodies = page.map((r) => r.body as unknown as LedgerBody)
  const [people, units] = await Promise.all([
    peopleNames(
      office,
      actor.jurisdiction,
      bodies.map((b) => b.actor.person),
    ),
    loadUnits(office.db, actor.jurisdiction),
  ])
  const labels = desk.recordLabels as Record<string, string>
  // What the payloads mention, so that the reader reads names.
  const payloads = bodies.map((b) => (desk.veil ? desk.veil(actor, b.payload) : b.payload))
  const mentioned = payloads.map(idsIn)
  const termsIn = (payload: unknown, version: string): Array<readonly [string, string]> => {
    if (!desk.terms) return []
    const used = new Set([...idsIn(payload), ...tokensIn(payload)])
    return desk
      .terms(office.rules.pack(actor.jurisdiction, version))
      .flatMap(({ id, label }) => (used.has(id) ? [[id, label] as const] : []))
  }
  const known = await namesOf(office.db, actor, units, mentioned.flat())
  return {
    items: page.map((r, i) => {
      const b = bodies[i] as LedgerBody
      const names = [
        ...(mentioned[i] ?? []).flatMap((id) => {
          const name = known[id]
          return name === undefined ? [] : [[id, name] as const]
        }),
        ...termsIn(payloads[i], b.packVersion),
      ]
      return {
        ...b,
        payload: payloads[i] ?? {},
        seq: r.seq,
        label: labels[r.type] ?? r.type,
        commandLabel: commandLabelOf(desk, b.command.type),
        actor: {
          ...b.actor,
          name: actorName(b.actor, people),
          unitName: b.actor.unit ? (units[b.actor.unit]?.name ?? null) : null,
        },
        ...(names.length > 0 ? { names: Object.fromEntries(names) } : {}),
        prevHash: r.prevHash,
        hash: r.hash,
      }
    }),
    nextCursor: rows.length > limit ? encodeCursor([String(page.at(-1)?.seq ?? 0)]) : null,
  }
}
/** What a command of this kind of matter is called, the opening included. */
export const commandLabelOf = (desk: Desk<MatterShape>, type: string): string => {
  const { opening, labels } = desk.engine.process
  return type === opening.command ? opening.label : (labels.command[type] ?? type)
}
/** Refused commands, the newest first, keyset pages; `limit` 100 unless told. */
export async function getRefusals(
  office: Office,
  actor: Actor,
  id: string,
  query: Paging = {},
): Promise<Page<answers.Given<typeof answers.Refusal>>> {
  const desk = await deskFor(office, actor, id)
  const r = schema.refusals
  const limit = query.limit ?? 100
  const after = query.cursor ? decodeCursor(query.cursor, ['instant', 'text']) : null
  const at = after ? new Date(after[0] ?? '') : null
  const rows = await office.db
    .select()
    .from(r)
    .where(
      and(
        eq(r.jurisdictionId, actor.jurisdiction),
        eq(r.matterId, id),
        after && at ? or(lt(r.at, at), and(eq(r.at, at), gt(r.id, after[1] ?? ''))) : undefined,
      ),
    )
    .orderBy(desc(r.at), asc(r.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const actors = page.map((x) => x.actor as LedgerActor)
  const people = await peopleNames(
    office,
    actor.jurisdiction,
    actors.map(({ person }) => person),
  )
  return {
    items: page.map((x) => ({
      id: x.id,
      commandType: x.commandType,
      commandLabel: commandLabelOf(desk, x.commandType),
      kind: x.kind,
      stage: x.stage,
      at: x.at.toISOString(),
      actor: { ...(x.actor as LedgerActor), name: actorName(x.actor as LedgerActor, people) },
      detail: x.detail,
      verdicts: x.verdicts as answers.Given<typeof answers.Refusal>['verdicts'],
      packVersion: x.packVersion,
    })),
    nextCursor: rows.length > limit && last ? encodeCursor([last.at.toISOString(), last.id]) : null,
  }
}
/** Every clock: from when, until when, what stops it, whether provisional, day by day, by which article. */
export async function getDeadlines(office: Office, actor: Actor, id: string): Promise<ShownClock[]> {
  const { desk, opened } = await openAny(office.db, actor, id)
  const [now, { turns }] = await Promise.all([
    presentOf(desk, office, actor, opened),
    fileLines(office, actor, opened.row, opened.units),
  ])
  return clocksOf(desk, opened.dossier, now).map((clock) => ({
    ...clock,
    ...whoseClock(desk, actor, opened, turns, clock),
  }))
}
/** From today on, the earliest lawful day of every further stage; empty where the kind has no ideal course. */
export async function getPlan(office: Office, actor: Actor, id: string): Promise<answers.Given<typeof answers.Plan>> {
  const { desk, opened } = await openAny(office.db, actor, id)
  const now = await presentOf(desk, office, actor, opened)
  if (desk.plan) return { ...desk.plan(opened.snapshot, now) }
  if (!desk.engine.process.course) return { steps: [], stuck: null, provisional: false }
  const { steps, stuck, provisional } = desk.engine.plan(opened.snapshot, now)
  return { steps, stuck, provisional }
}

/** Orders of lists: what presses first, what has waited longest, the lately changed, by name. */
export const listSorts = ['urgent', 'since', 'updated', 'title'] as const
export type ListSort = (typeof listSorts)[number]
interface Order {
  key: SQL<string>
  kind: CursorKey
  order: SQL[]
  after: (key: string, id: string) => SQL | undefined
  /** Lists read in two steps: rows `id, key` of the matters that stand on the page (see {@link inTurnOrder}). */
  places:
    | ((
        asked: Pick<Ordered, 'processes' | 'within' | 'narrowed' | 'after' | 'limit'>,
      ) => Promise<ReadonlyArray<{ id: string; key: string }>>)
    | null
}
const sortOf = (query: MattersQuery): ListSort => query.sort ?? (query.mine || query.waiting ? 'urgent' : 'updated')
/** The order of a list as SQL: a text that sorts, ascending or not, with the id behind it. */
function orderOf(office: Office, query: Asked, actor: Actor, today: string): Order {
  const sort = sortOf(query)
  /** Of what awaits or is waited for: in the order of the rows, those whose turn it is being known beforehand. */
  const byTurns = (order: RowOrder, key: SQL, after: Order['after']): Order['places'] =>
    query.mine || query.waiting || query.found?.among
      ? (asked) =>
          office.db.execute<{ id: string; key: string }>(
            inRowOrder({
              ...asked,
              of:
                query.mine || query.waiting
                  ? { kind: query.mine ? 'mine' : 'waiting', who: personOf(actor) }
                  : { kind: 'any' },
              order,
              key,
              past: asked.after ? after(asked.after.key, asked.after.id) : undefined,
              jurisdiction: actor.jurisdiction,
              today,
            }),
          )
      : null
  if (query.seen && query.sort === undefined) {
    const seen = sql<string>`coalesce(${seenBy(personOf(actor))}, '')`
    return {
      key: seen,
      kind: 'text',
      order: [sql`${seen} collate "C" desc`, asc(m.id)],
      after: (from, id) => sql`(${seen} collate "C" < ${from} or (${seen} = ${from} and ${m.id} > ${id}))`,
      places: null,
    }
  }
  if (sort === 'updated')
    return {
      key: updatedKey,
      kind: 'instant',
      order: [desc(m.updatedAt), asc(m.id)],
      after: olderThan,
      places: query.found
        ? // Of many found, few kinds may have any.
          query.found.ids === null
          ? (asked) => newestFirst(office, { ...asked, jurisdiction: actor.jurisdiction })
          : null
        : (byTurns('updated', updatedKey, olderThan) ??
          // Thousands may stand in a stage: which of them are the newest is known before anything is read beside them.
          (query.stage ? inOrderOfChange(office, actor.jurisdiction) : null)),
    }
  // What one person follows, has seen, has handled or has found is few, and is put in order by itself.
  const few = query.followed || query.seen || query.done || query.found?.ids
  if (sort !== 'title' && !(few && !query.mine && !query.waiting))
    return {
      key: sql<string>`''`,
      kind: 'text',
      order: [asc(m.id)],
      after: () => undefined,
      places: (asked) => {
        const list = { ...asked, order: sort, jurisdiction: actor.jurisdiction, today }
        const among = asked.narrowed?.among
        if (query.waiting && !query.mine && among)
          return foundWaiting(office.db, { ...list, who: personOf(actor), among })
        const of: Ordered['of'] = query.mine
          ? { kind: 'mine', who: personOf(actor) }
          : query.waiting
            ? { kind: 'waiting', who: personOf(actor) }
            : { kind: 'any' }
        return office.db.execute<{ id: string; key: string }>(
          inTurnOrder({ ...list, of, ids: query.found?.ids ?? null }),
        )
      },
    }
  const key =
    sort === 'urgent'
      ? sql<string>`${pressing(today)} || ' ' || ${awaitedSince(today)}`
      : sort === 'since'
        ? awaitedSince(today)
        : sql<string>`${m.title}`
  const after = (from: string, id: string): SQL =>
    sql`(${key} collate "C" >= ${from} and (${key} collate "C" > ${from} or (${key} collate "C" = ${from} and ${m.id} > ${id})))`
  return {
    key,
    kind: 'text',
    order: [sql`${key} collate "C" asc`, asc(m.id)],
    after,
    places: sort === 'title' && !query.found?.ids ? byTurns('title', key, after) : null,
  }
}
/** Rows `id, key` of the lately changed, from the rows of matters alone. */
const inOrderOfChange =
  (office: Office, jurisdiction: string): NonNullable<Order['places']> =>
  ({ processes, within, after, limit }) =>
    office.db
      .select({ id: m.id, key: updatedKey })
      .from(m)
      .where(
        and(
          eq(m.jurisdictionId, jurisdiction),
          inArray(m.process, [...processes]),
          within,
          after ? olderThan(after.key, after.id) : undefined,
          plannedAnew,
        ),
      )
      .orderBy(desc(m.updatedAt), asc(m.id))
      .limit(limit)

export interface MattersQuery {
  process?: string | undefined
  /** All kinds but this one. */
  except?: string | undefined
  stage?: string | undefined
  unit?: string | undefined
  mine?: boolean | undefined
  /** Only those on which this person waits. */
  waiting?: boolean | undefined
  /** Only those this person follows. */
  followed?: boolean | undefined
  /** Only those this person has put off to a later day; false: only the others. */
  later?: boolean | undefined
  /** Only those this person has looked at, the latest first. */
  seen?: boolean | undefined
  /** The order; by default what presses first where `mine` or `waiting`, else the lately changed. */
  sort?: ListSort | undefined
  /** Only those in which this person has carried out a command. */
  done?: boolean | undefined
  overdue?: boolean | undefined
  q?: string | undefined
  cursor?: string | undefined
  limit?: number | undefined
}
/** The same with what `q` found. */
type Asked = MattersQuery & { found?: Pick<WordsFound, 'ids' | 'among'> & { where: SQL | undefined } }
/** A stage and all below it. */
const inStage = (name: string): SQL | undefined => or(eq(m.stage, name), sql`${m.stage} like ${`${literally(name)}.%`}`)

/** In which this person has carried out a command. */
function handledBy(actor: Actor): SQL {
  const who = personOf(actor)
  const { commandLog: l } = schema
  return sql`exists (select 1 from ${l} where ${l.jurisdictionId} = ${m.jurisdictionId} and ${l.matterId} = ${m.id} and ${l.person} = ${who.person} and ${l.status} = 200)`
}
/** What every list asks of these kinds: who may see it, and what was asked for. */
const listed = (kinds: readonly AnyDesk[], actor: Actor, query: Asked, today: string): SQL | undefined =>
  and(
    eq(m.jurisdictionId, actor.jurisdiction),
    inArray(
      m.process,
      kinds.map((desk) => desk.engine.process.kind),
    ),
    visibleOf(kinds, actor),
    query.mine ? myTurn(personOf(actor), today) : undefined,
    query.waiting ? waitedOn(personOf(actor), today) : undefined,
    asked(actor, query, today),
  )
/** What was asked for beside whose turn it is. */
const asked = (actor: Actor, query: Asked, today: string): SQL | undefined =>
  and(
    query.stage ? inStage(query.stage) : undefined,
    query.unit ? eq(m.unit, query.unit) : undefined,
    query.followed ? followedBy(personOf(actor)) : undefined,
    query.later === undefined
      ? undefined
      : query.later
        ? putOff(personOf(actor), today)
        : sql`not ${putOff(personOf(actor), today)}`,
    query.seen ? looked(personOf(actor)) : undefined,
    query.done ? handledBy(actor) : undefined,
    query.overdue ? sql`coalesce(${m.nextDueOn}, '9999-12-31'::date) < ${today}` : undefined,
    query.found?.where,
  )
/** Whether this person may see a matter of one of these kinds; undefined: all of them. */
function visibleOf(kinds: readonly AnyDesk[], actor: Actor): SQL | undefined {
  const each = kinds.map((desk) => [desk.engine.process.kind, visibleRows(desk.overseers, actor)] as const)
  return each.every(([, may]) => may === undefined)
    ? undefined
    : or(...each.map(([kind, may]) => and(eq(m.process, kind), may)))
}
export interface MatterSummary extends RowLines {
  id: string
  process: string
  processLabel: string
  title: string
  stage: string
  stageLabel: string
  version: number
  unit: { id: string; name: string }
  nextDueOn: string | null
  /** Working days to the nearest deadline; null where there is none, or it has passed. */
  remaining: number | null
  overdue: boolean
  createdAt: string
  updatedAt: string
}
/**
 * Rows of one page: `read` reads those of one kind that hold a condition, in an order; `kinds` are the desks asked. Lists by whose
 * turn it is are read in two steps: which stand on the page, of all kinds at once, and these rows.
 */
export async function pageOf<R extends { id: string; key: string }>(
  office: Office,
  actor: Actor,
  given: MattersQuery,
  options: {
    today: string
    limit: number
    kinds: readonly AnyDesk[]
    read: (where: SQL | undefined, order: Pick<Order, 'key' | 'order'>, limit: number) => Promise<R[]>
  },
): Promise<{ rows: R[]; nextCursor: string | null }> {
  const { today, limit, kinds, read } = options
  if (given.q) await indexMatters(office, actor.jurisdiction, 25)
  const inOrder = sortOf(given) === 'updated' ? 'newest' : 'other'
  const query: Asked = given.q ? { ...given, found: await foundIn(office, actor, given.q, 'anywhere', inOrder) } : given
  const order = orderOf(office, query, actor, today)
  const from = query.cursor ? decodeCursor(query.cursor, [order.kind, 'text']) : null
  let found: R[]
  if (order.places) {
    // In the order of the last change, whose turn it is is known beforehand only where nothing is searched for.
    const turnsAsked = order.kind === 'instant' && query.found !== undefined
    const among = order.kind === 'instant' ? null : (query.found?.among ?? null)
    // What a set decides is not asked a second time.
    const rest: Asked = among && query.found ? { ...query, found: { ...query.found, where: undefined } } : query
    const places = await order.places({
      processes: kinds.map((desk) => desk.engine.process.kind),
      within: and(
        visibleOf(kinds, actor),
        // What presses is found by whose turn it is; then only the other of the two is left to ask.
        query.mine && turnsAsked ? myTurn(personOf(actor), today) : undefined,
        query.waiting && (query.mine || turnsAsked) ? waitedOn(personOf(actor), today) : undefined,
        asked(actor, rest, today),
      ),
      narrowed: {
        stage: query.stage,
        overdue: query.overdue,
        // Where a kind has no other notion of it, a turn is the business of the unit whose matter it is.
        unit: kinds.every((desk) => desk.businessOf === undefined) ? query.unit : undefined,
        among,
      },
      after: from ? { key: from[0] ?? '', id: from[1] ?? '' } : null,
      limit: limit + 1,
    })
    const ids = places.map(({ id }) => id)
    const rows =
      ids.length === 0
        ? []
        : await read(and(eq(m.jurisdictionId, actor.jurisdiction), inArray(m.id, ids)), order, limit + 1)
    const byId = new Map(rows.map((row) => [row.id, row]))
    found = places.flatMap(({ id, key }) => {
      const row = byId.get(id)
      return row ? [{ ...row, key }] : []
    })
  } else {
    const newest = order.kind === 'instant' || (query.seen === true && query.sort === undefined)
    // Each kind is asked by its own index; where the matters themselves are named, all at once.
    const together = query.found?.ids ? [kinds] : kinds.map((desk) => [desk])
    found = (
      await Promise.all(
        together.map((some) =>
          read(
            and(
              listed(some, actor, query, today),
              from ? order.after(from[0] ?? '', from[1] ?? '') : undefined,
              plannedAnew,
            ),
            order,
            limit + 1,
          ),
        ),
      )
    )
      .flat()
      .sort((a, b) => (a.key === b.key ? (a.id < b.id ? -1 : 1) : a.key < b.key !== newest ? -1 : 1))
  }
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  return { rows, nextCursor: found.length > limit && last ? encodeCursor([last.key, last.id]) : null }
}
/**
 * Visible matters, lately changed first; keyset pages, `limit` 1–100, 20 unless told. Without `process` all kinds: each is
 * asked by its own index, and the newest of all are taken. 422 for an unknown kind or stage.
 */
export async function listMatters(office: Office, actor: Actor, query: MattersQuery): Promise<Page<MatterSummary>> {
  const limit = query.limit ?? 20
  const today = dateInShanghai(office.clock.now().toISOString())
  const all = [...desks.values()].filter((desk) => desk.engine.process.kind !== query.except)
  if (all.length === 0) return { items: [], nextCursor: null }
  const wanted = query.process === undefined ? all : [deskOf(query.process)]
  const kinds = wanted.filter((desk): desk is Desk<MatterShape> => desk !== undefined)
  if (kinds.length === 0)
    throw new AppError('invalid', `没有“${query.process}”这种事项`, {
      issues: [{ path: 'process', message: '没有这种事项' }],
    })
  const [units, { rows: page, nextCursor }] = await Promise.all([
    loadUnits(office.db, actor.jurisdiction),
    pageOf(office, actor, query, {
      today,
      limit,
      kinds,
      read: async (where, { key, order }, most) =>
        await office.db
          .select({
            id: m.id,
            process: m.process,
            title: m.title,
            stage: m.stage,
            version: m.version,
            unit: m.unit,
            nextDueOn: m.nextDueOn,
            ledgerSeq: m.ledgerSeq,
            createdAt: m.createdAt,
            updatedAt: m.updatedAt,
            key,
          })
          .from(m)
          .where(where)
          .orderBy(...order)
          .limit(most),
    }),
  ])
  const calendar = office.rules.calendar(actor.jurisdiction)
  const lines = await linesOf(office, actor, page, units)
  return {
    items: page.map(({ key: _, ledgerSeq: __, ...r }) => {
      const desk = deskOf(r.process) as Desk<MatterShape>
      return {
        ...r,
        ...(lines.get(r.id) as RowLines),
        processLabel: labelOf(desk),
        stageLabel: desk.engine.process.labels.stage(r.stage),
        unit: named(units, r.unit),
        remaining: r.nextDueOn !== null && r.nextDueOn >= today ? calendar.workdaysBetween(today, r.nextDueOn) : null,
        overdue: r.nextDueOn !== null && r.nextDueOn < today,
        createdAt: r.createdAt.toISOString(),
        updatedAt: r.updatedAt.toISOString(),
      }
    }),
    nextCursor,
  }
}
/**
 * How many matters stand in each stage, and how many are overdue. Who may see them stands in an index of its own for nearly all
 * (`matters_seen`): the rows, which carry the whole state, are read only of the few with many units.
 */
async function countedByRows(
  office: Office,
  where: SQL | undefined,
  seen: SQL | undefined,
  today: string,
): Promise<ReadonlyArray<{ stage: string; count: number; overdue: number }>> {
  const counts = {
    stage: m.stage,
    count: sql<number>`count(*)::int`,
    overdue: sql<number>`(count(*) filter (where ${m.nextDueOn} < ${today}))::int`,
  }
  const of = (which: SQL | undefined) =>
    office.db
      .select(counts)
      .from(m)
      .where(and(where, which, plannedAnew))
      .groupBy(m.stage)
  if (seen === undefined) return await of(undefined)
  const [most, wide] = await Promise.all([
    of(and(schema.seenInIndex, seen)),
    of(and(sql`not (${schema.seenInIndex})`, seen)),
  ])
  return [...Map.groupBy([...most, ...wide], (row) => row.stage)].map(([stage, rows]) => ({
    stage,
    count: rows.reduce((sum, row) => sum + row.count, 0),
    overdue: rows.reduce((sum, row) => sum + row.overdue, 0),
  }))
}
/** How many visible matters stand in each stage, and how many of them are overdue, in the order of the stages. */
export async function countByStage(
  office: Office,
  actor: Actor,
  query: Pick<MattersQuery, 'mine' | 'waiting' | 'followed' | 'done' | 'process'>,
): Promise<Array<{ stage: string; stageLabel: string; count: number; overdue: number }>> {
  const today = dateInShanghai(office.clock.now().toISOString())
  const desk = deskOf(query.process ?? 'normative-document')
  if (!desk)
    throw new AppError('invalid', `没有“${query.process}”这种事项`, {
      issues: [{ path: 'process', message: '没有这种事项' }],
    })
  const { process } = desk.engine
  const seen = visibleRows(desk.overseers, actor)
  const besides = and(
    query.followed ? followedBy(personOf(actor)) : undefined,
    query.done ? handledBy(actor) : undefined,
  )
  const counted =
    query.mine || query.waiting
      ? await office.db.execute<{ stage: string; count: number; overdue: number }>(
          countedByTurns({
            of: query.mine ? { kind: 'mine', who: personOf(actor) } : { kind: 'waiting', who: personOf(actor) },
            processes: [process.kind],
            jurisdiction: actor.jurisdiction,
            today,
            within: seen,
            own: desk.businessOf === undefined && actor.kind === 'person' ? unitsSeenBy(actor) : [],
            besides: and(query.mine && query.waiting ? sql`false` : undefined, besides),
          }),
        )
      : await countedByRows(
          office,
          and(eq(m.jurisdictionId, actor.jurisdiction), eq(m.process, process.kind), besides),
          seen,
          today,
        )
  const rows = [...counted]
  const order = [...desk.engine.stages.keys()]
  return rows
    .map((r) => ({ ...r, stageLabel: desk.engine.process.labels.stage(r.stage) }))
    .sort((a, b) => order.indexOf(a.stage) - order.indexOf(b.stage))
}
