// The vocabulary of one procedure, as types. Everything in this package is written against `Shape`
// and knows no procedure; a procedure names its commands, rules, dossier and facts once and is compiled.
import type { ActorRole, Basis } from '@dianzhang/contract'

export interface Shape {
  /** Name of the command that opens a matter. */
  opening: string
  /** Names of the commands on an open matter. */
  command: string
  /** Names of the domain events that go into the ledger (past tense). */
  record: string
  /** Names of the rules. */
  rule: string
  /** Tags of stages, for queries that must not know stage names. */
  tag: string
  /** What is known of one matter: the folded past. */
  dossier: object
  /** Values that only the server can settle while a command runs (digests, dates, numbers). */
  resolved: object
  /** What tells apart arrows of one command: data only, so that it can be read back and drawn. */
  when: object
  /** What rules judge. */
  facts: object
  /** What an event carries beside itself: pack, calendar, facts of other records. Never stored. */
  circumstance: object
}

/** Who acts: the person (null for the system and the public), the unit and the roles used. */
export interface ActorFact {
  person: string | null
  unit: string | null
  roles: ActorRole[]
  /** Acting on delegation: who delegated. */
  delegatedFrom?: string
  /** Acting on delegation: the delegate's own unit and own roles in `unit`. */
  home?: { unit: string; roles: ActorRole[] }
}

export interface EventMeta<S extends Shape> {
  /** Instant, ISO 8601 with offset. */
  at: string
  /** The same instant as a calendar day in Shanghai, `YYYY-MM-DD`. */
  on: string
  actor: ActorFact
  resolved: S['resolved']
}
/** A command on its way through the machine; the opening one is judged but never steps. */
export type MatterEvent<S extends Shape> = {
  type: S['command']
  payload: Record<string, unknown>
  meta: EventMeta<S>
} & S['circumstance']

/** Whose command it is, and by which article. */
export interface CommandLaw {
  by: ActorRole[]
  basis: Basis
  /** Not of the ordinary course: a correction of it, a way out. Offered, but behind the others. */
  seldom?: true
}

/** One arrow: in which case, under which rules, it leads where and is recorded as what. */
export interface Arrow<S extends Shape> {
  /** Dotted path of the target stage; absent: stays. */
  to?: string
  when?: S['when']
  rules?: readonly S['rule'][]
  /** `after`: judged on the dossier as it would be after the command. */
  judged?: 'before' | 'after'
  /** Told in the list of arrows where the rest of the arrow does not tell it apart. */
  note?: string
  records: S['record']
}
export type Arrows<S extends Shape> = Partial<Record<S['command'], Arrow<S>[]>>

export interface StageSpec<S extends Shape> {
  label: string
  basis: Basis
  tags?: S['tag'][]
  /** On whose desk a matter in this stage lies. Only outermost stages say it. */
  whose?: ActorRole[]
  on?: Arrows<S>
  /** Taken by itself as soon as the rules hold. */
  always?: Arrow<S>[]
  initial?: string
  parallel?: true
  states?: Record<string, StageSpec<S>>
  /** What is done next where all goes well; null: nothing more. Inherited by inner stages. */
  ideal?: (dossier: S['dossier'], facts: S['facts']) => Ideal<S> | null
  /**
   * Commands that somebody waits for now beside the ideal one: they move the matter or answer a period. An `Ask` says of
   * whom, how many, from which day; it speaks instead of the ideal one where both name the same command.
   */
  asks?: (dossier: S['dossier'], facts: S['facts']) => readonly (S['command'] | Ask<S>)[]
}

/** Something awaited, as far as the procedure can say it. */
export interface Ask<S extends Shape> {
  command: S['command']
  /** Only of these units; none: of nobody on the staff; absent: of everybody who may. */
  units?: readonly string[]
  /** How many things are to be dealt with, where they are counted. */
  count?: number
  /** Not before this day: written down at once, awaited from then on. */
  notBefore?: string
  /** Answered by this day; absent: by the clocks that this command answers (`Process.answers`). */
  due?: string
}
/** One awaited command: of which units (null: whoever may), how many, from which day, by which day. */
export interface Awaited<S extends Shape> {
  command: S['command']
  units: readonly string[] | null
  count: number | null
  notBefore: string | null
  due: string | null
}

/** A period that runs for a matter. Dates `YYYY-MM-DD`, `dueAt` an instant. */
export interface MatterClock {
  key: string
  kind: string
  label: string
  startsOn: string
  /** Last day of the period, or the day on which something begins. */
  dueOn: string
  dueAt: string
  status: 'open' | 'met' | 'paused' | 'cancelled'
  metOn?: string
  provisional: boolean
  /** Where the period comes from; the strictest first. */
  basis: Basis[]
  /** Command that the system sends when it is due. */
  sends: string | null
}

/** One step of the ideal course, see `plan`. */
export interface Ideal<S extends Shape> {
  type: S['command']
  payload: Record<string, unknown>
  resolved?: S['resolved']
  actor?: Partial<ActorFact>
  /** Not before this day (a date that was announced or set). */
  notBefore?: string
  /** How many things are to be dealt with, where they are counted. */
  count?: number
  /** Awaited only of these units, where not of everybody who may. */
  units?: readonly string[]
  why?: string
}
