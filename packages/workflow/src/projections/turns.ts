// Projection of turns: what a matter awaits, of which role in which unit, since when and by when. Derived when the matter
// moves and stored, so that the lists of all desks ask an index. The last record of the ledger says the same.
import type { ActorRole, Role } from '@dianzhang/contract'
import { or, type SQL, type SQLWrapper, sql } from '@dianzhang/database'
import type { Awaited, Present, Snapshot } from '@dianzhang/kernel'
import type { UnitFact } from '@dianzhang/rules'
import type { Desk, MatterShape } from '../door/desk.ts'
import type { Person } from '../office.ts'

/**
 * Rows of an older form are derived anew at the next start. Not raised for other turns of the same form: what the last record in
 * the ledger states is what stands until the next command.
 */
export const turnForm = 1

/** One row of `turns` without its matter. Dates `YYYY-MM-DD`, `since` an instant. */
export interface Turn {
  command: string
  role: Role
  /** Empty: whoever holds the role. */
  unit: string
  count: number | null
  /** Which things, where they have names. */
  names: string | null
  since: string
  askedBy: string | null
  notBefore: string | null
  dueOn: string | null
}
/** As it stands in the ledger: the columns in their order, one array a row, in the order of the key; names last, where there are any. */
export type LedgeredTurn = [
  command: string,
  role: string,
  unit: string,
  count: number | null,
  since: string,
  askedBy: string | null,
  notBefore: string | null,
  dueOn: string | null,
  names?: string,
]
export const ledgered = (turns: readonly Turn[]): LedgeredTurn[] =>
  turns.map((t) => [
    t.command,
    t.role,
    t.unit,
    t.count,
    t.since,
    t.askedBy,
    t.notBefore,
    t.dueOn,
    ...((t.names === null ? [] : [t.names]) as [string?]),
  ])
/** “处理意见 5 条”, “提交材料（起草说明）”: the command, with how many or which where that is said. */
export const verbOf = (label: string, count: number | null, names: string | null): string =>
  `${label}${count === null ? '' : ` ${count} 条`}${names === null ? '' : `（${names}）`}`

/**
 * Rows of `notices` that a command of `by` writes: one for itself, unless it only adds to the ledger, one for each turn
 * that begins. Of two people who act on a matter at one instant each tells only what began through them.
 */
export const toldBy = (turns: readonly Turn[], at: string, by: string | null, itself: boolean): number =>
  turns.filter((turn) => turn.since === at && turn.askedBy === by).length + (itself ? 1 : 0)

const notStaff: ReadonlySet<ActorRole> = new Set<ActorRole>(['system', 'public'])
/** No unit has this name: who may from here may from anywhere. */
const nowhere = '\u0000'
const holding = (jurisdiction: string, role: Role, unit: string): Person => ({
  kind: 'person',
  jurisdiction,
  person: '',
  userId: '',
  name: '',
  unit,
  unitName: '',
  posts: [{ role, unit }],
  mustChangePassword: false,
})
/** Those of these who are staff. */
export const staffRoles = (roles: readonly ActorRole[]): Role[] =>
  roles.filter((role): role is Role => !notStaff.has(role))
/** Units whose holders of this role may carry out the command; `['']`: of any unit. */
export function unitsOf<S extends MatterShape>(
  desk: Desk<S>,
  jurisdiction: string,
  command: S['command'],
  role: Role,
  dossier: S['dossier'],
  units: Record<string, UnitFact>,
): string[] {
  const may = (unit: string) => desk.may(holding(jurisdiction, role, unit), command, dossier, units, {}).allowed
  return may(nowhere) ? [''] : Object.keys(units).filter(may)
}

export interface TurnsAsked<S extends MatterShape> {
  jurisdiction: string
  snapshot: Snapshot<S>
  now: Present<S>
  units: Record<string, UnitFact>
  /** Rows there were: what is still awaited keeps since when, and through whom. */
  before: readonly Turn[]
  /** When and through whom the new ones came about. */
  at: string
  by: string | null
  /** The matter's nearest deadline, for kinds that do not say which clock a command answers. */
  nextDueOn: string | null
}
/** Whose turn it is on this matter, in the order of the key. Pure; reads nothing. */
export function turnsOf<S extends MatterShape>(desk: Desk<S>, asked: TurnsAsked<S>): Turn[] {
  const { jurisdiction, snapshot, now, units, before, at, by, nextDueOn } = asked
  const { engine } = desk
  const { process } = engine
  const { dossier } = snapshot.context
  const awaited = engine.awaited(snapshot, now)
  if (awaited.length === 0) return []
  const { answeredBy, of } = process.clocks
  const factsFor = (command: S['command']) => process.facts(dossier, { ...now, type: command, payload: {} } as never)
  const namesOf = (command: S['command']): string | null =>
    process.named?.[command]?.(factsFor(command)).join('、') || null
  const open =
    answeredBy === undefined || awaited.every(({ command }) => answeredBy[command as S['command']] === undefined)
      ? []
      : of(factsFor(awaited[0]?.command as S['command'])).filter((clock) => clock.status === 'open')
  const dueOf = ({ command, due }: Awaited<S>): string | null => {
    if (due !== null) return due
    if (answeredBy === undefined) return nextDueOn
    const kinds = answeredBy[command] ?? []
    return (
      open
        .filter((clock) => kinds.includes(clock.kind))
        .map((clock) => clock.dueOn)
        .sort()[0] ?? null
    )
  }
  const keyOf = (t: Pick<Turn, 'command' | 'role' | 'unit'>) => `${t.command} ${t.role} ${t.unit}`
  const old = new Map(before.map((turn) => [keyOf(turn), turn]))
  const found = new Map<string, Turn>()
  for (const each of awaited)
    for (const role of staffRoles(process.law[each.command].by)) {
      const allowed = unitsOf(desk, jurisdiction, each.command, role, dossier, units)
      const named = each.units
      const wanted =
        named === null ? allowed : allowed[0] === '' ? [...named] : allowed.filter((unit) => named.includes(unit))
      for (const unit of wanted) {
        const turn = { command: each.command as string, role, unit }
        const key = keyOf(turn)
        const [seen, was] = [found.get(key), old.get(key)]
        const earlier = (a: string | null, b: string | null) => (a === null || b === null ? null : a < b ? a : b)
        const dues = [seen?.dueOn ?? null, dueOf(each)].filter((due) => due !== null).sort()
        found.set(key, {
          ...turn,
          count: seen?.count != null || each.count !== null ? (seen?.count ?? 0) + (each.count ?? 0) : null,
          names: seen ? seen.names : namesOf(each.command),
          since: was?.since ?? at,
          askedBy: was ? was.askedBy : by,
          notBefore: seen ? earlier(seen.notBefore, each.notBefore) : each.notBefore,
          dueOn: dues[0] ?? null,
        })
      }
    }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, turn]) => turn)
}
/** Whether this person is among those awaited: by one of the posts, own or delegated. {@link awaitsSql} says the same in SQL. */
export const awaits = (posts: Person['posts'], turn: Pick<Turn, 'role' | 'unit'>): boolean =>
  posts.some((post) => post.role === turn.role && (turn.unit === '' || turn.unit === post.unit))
/** {@link awaits} as a condition on the columns of a row. */
export const awaitsSql = (posts: Person['posts'], role: SQLWrapper, unit: SQLWrapper): SQL =>
  or(...posts.map((post) => sql`(${role} = ${post.role} and ${unit} in ('', ${post.unit}))`)) ?? sql`false`
/** Units in which this person drafts or answers for the drafting: their matters are this person's own. */
export const ownUnits = (posts: Person['posts']): string[] => [
  ...new Set(posts.filter((post) => post.role === 'drafter' || post.role === 'unit_head').map((post) => post.unit)),
]
