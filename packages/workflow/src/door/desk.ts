// What the door needs of a procedure beside its pure half: who may, which facts, what is written.
// The door knows no procedure; a procedure puts a desk into the registry (`../desks.ts`).

import type { WorkCalendar } from '@dianzhang/calendar'
import type { answers, Role, Verdict } from '@dianzhang/contract'
import type { DbOrTx, schema, Tx } from '@dianzhang/database'
import type { ActorFact, Engine, Present, Shape, Snapshot } from '@dianzhang/kernel'
import type { Pack } from '@dianzhang/packs'
import type { UnitFact } from '@dianzhang/rules'
import type { Actor, Office } from '../office.ts'
import type { Send } from '../outbox.ts'

/** Every matter is pinned to a pack and judged with a calendar. */
export interface MatterShape extends Shape {
  dossier: { packVersion: string }
  circumstance: { pack: Pack; calendar: WorkCalendar }
}
type Payload = Record<string, unknown>

export interface CommandContext<S extends MatterShape> {
  office: Office
  tx: Tx
  actor: Actor
  as: ActorFact
  jurisdiction: string
  matterId: string
  commandId: string
  /** The dossier before the command. */
  dossier: S['dossier']
  facts: S['facts']
  units: Record<string, UnitFact>
  now: Date
  at: string
  /** Today in Shanghai, `YYYY-MM-DD`. */
  on: string
  /** What the handler asked ahead. */
  ahead: Promise<unknown> | undefined
}
export interface WriteContext<S extends MatterShape> extends CommandContext<S> {
  /** The dossier after the command. */
  next: S['dossier']
}
/** How one command is carried out: settle (resolve) → the machine decides → allocate → write. */
export interface Handler<S extends MatterShape, P> {
  /**
   * Reads what the command needs whatever the matter says: asked in one piece with the lock, and answered once it is held. It may
   * yet turn out that the command is refused.
   */
  ahead?: (tx: Tx, jurisdiction: string, matterId: string) => Promise<unknown>
  /** Values only the server can give; checks the payload and may refuse it (422). No effect that would have to be undone. */
  resolve?: (c: CommandContext<S>, p: P) => S['resolved'] | Promise<S['resolved']>
  /** Values handed out only once the command is granted (numbers). */
  allocate?: (c: CommandContext<S>, p: P, r: S['resolved']) => S['resolved'] | Promise<S['resolved']>
  /** Writes the command's own rows; what it returns is added to the answer. */
  write?: (c: WriteContext<S>, p: P, r: S['resolved']) => Payload | undefined | Promise<Payload | undefined>
  /** Commands that other matters are to carry out: into the ledger and the outbox, delivered afterwards. Taken before `write`; no effects. */
  sends?: (c: WriteContext<S>, p: P, r: S['resolved']) => Send[] | Promise<Send[]>
  /** The payload as it goes into the ledger; by default all fields. Texts, files and personal data are taken out here. */
  ledger?: (p: P, r: S['resolved']) => Payload
  /** Leaves the version as it is, so that nobody's version goes stale. */
  keepsVersion?: true
  /** Although the version stays: it is told to whoever follows the matter, as it changes how others stand. */
  tells?: true
  /** Rewrites every clock, not only those whose ground has changed. */
  recomputes?: true
  /**
   * Once it is carried out, the open clocks of all matters are computed anew (`clocks.recompute`): of which jurisdiction
   * (`CN`: of all), and under which name, so that the same is done once.
   */
  renewsClocks?: (p: P) => { jurisdiction: string; because: string }
}
/** What is at hand when a matter is opened; there is no dossier yet. */
export interface OpeningContext {
  office: Office
  tx: Tx
  actor: Actor
  as: ActorFact
  jurisdiction: string
  /** The new matter's id. */
  matterId: string
  commandId: string
  units: Record<string, UnitFact>
  pack: Pack
  calendar: WorkCalendar
  now: Date
  at: string
  on: string
}
/** How a matter of this kind is opened: who may, the first dossier, what is written beside it. */
export interface DeskOpening<S extends MatterShape, P> {
  may: (actor: Actor, payload: P, units: Record<string, UnitFact>) => Permission
  /** The first dossier; checks the payload against records and may refuse it (422). */
  dossier: (c: OpeningContext, p: P) => S['dossier'] | Promise<S['dossier']>
  /** Rows of its own, written after the matter's; what it returns is added to the answer. */
  write?: (c: OpeningContext & { dossier: S['dossier'] }, p: P) => Payload | undefined | Promise<Payload | undefined>
  sends?: (c: OpeningContext & { dossier: S['dossier'] }, p: P) => Send[] | Promise<Send[]>
  /**
   * Two matters may send the same opening at once, and the second finds the matter there: the command that takes what it brings
   * into the one that is open. Left out, or null: the second is refused.
   */
  whenOpen?: (p: P) => ({ type: S['command'] } & Record<string, unknown>) | null
  /** The same for what hundreds of matters send to it at once: one command for all of them. Left out, or null: each by itself. */
  whenManyOpen?: (sent: readonly P[]) => ({ type: S['command'] } & Record<string, unknown>) | null
  /** Whose command elsewhere had the system open it: that person waits for it as for one opened in person. */
  openedBy?: (p: P) => string | null
  /** The payload as it goes into the ledger; by default all fields. Texts and personal data are taken out here. */
  ledger?: (p: P, dossier: S['dossier']) => Payload
  /** How it stands in lists: its name, and the unit whose business it is. */
  summary: (dossier: S['dossier']) => { title: string; unit: string }
  /** A matter of which there is one: opened under this id, and once only. */
  id?: string
}
/** The row of a matter as far as reading rights need it. */
export interface ReadingRow {
  /** The unit whose business it is. */
  unit: string
  involvedUnits: string[]
  concernedRoles: string[]
}
export type Permission =
  | { allowed: true; as: ActorFact; delegatedFrom: string | null }
  | { allowed: false; reason: string }

export interface FactsAsked<S extends MatterShape> {
  office: Office
  /** The transaction of the command; the connection of a query where nothing is commanded. */
  tx: DbOrTx
  jurisdiction: string
  dossier: S['dossier']
  /** Null: for an explanation of everything that is possible now. */
  type: S['command'] | S['opening'] | null
  payload: Payload
  as: ActorFact
  pack: Pack
  on: string
  units: Record<string, UnitFact>
}
/** A matter that was read for somebody who may see it. */
export interface OpenedMatter<S extends MatterShape> {
  row: typeof schema.matters.$inferSelect
  snapshot: Snapshot<S>
  dossier: S['dossier']
  units: Record<string, UnitFact>
}
/** Before and after one command, for columns that mirror the snapshot. */
export interface Projected<S extends MatterShape> {
  jurisdiction: string
  matterId: string
  /** Null: the matter has just been opened. */
  before: Snapshot<S> | null
  after: Snapshot<S>
}

export interface Desk<S extends MatterShape> {
  engine: Engine<S>
  /** Names of the ledger's events in words. */
  recordLabels: Record<S['record'], string>
  /**
   * What codes of the kind's own stand for, which a record holds by themselves or as `{{code}}` in what was written; under the pack of
   * that time.
   */
  terms?: (pack: Pack) => ReadonlyArray<{ id: string; label: string }>
  /** 1: the frozen form of the first kind; 2: records name their process and bind all columns of the row. */
  ledgerForm: 1 | 2
  opening: DeskOpening<S, never>
  handlers: { [T in S['command']]: Handler<S, never> }
  /** The unit that waits where another is awaited, if it is not the matter's own: who sent a matter to the one that holds it. */
  businessOf?: (dossier: S['dossier']) => string | null
  /** Roles that see every matter of this kind; all others by unit and concern (`policies/reading.ts`). */
  overseers: readonly Role[]
  may: (
    actor: Actor,
    type: S['command'],
    dossier: S['dossier'],
    units: Record<string, UnitFact>,
    payload: Payload,
  ) => Permission
  /** Fills in what is derived from other rows (what a text says of itself) and never stored twice. */
  complete?: (tx: DbOrTx, dossier: S['dossier']) => Promise<S['dossier']>
  /** The rest of the facts, read inside the transaction. */
  facts: (asked: FactsAsked<S>) => Promise<S['circumstance']>
  /** The deviations to be put on record; undefined: none. */
  deviations?: (payload: Payload, verdicts: readonly Verdict[], dossier: S['dossier']) => unknown[] | undefined
  /** Columns beside the snapshot: the units concerned, and roles that see it from any unit. */
  concerns: (dossier: S['dossier']) => { involvedUnits: string[]; concernedRoles: Role[] }
  /** Writes columns of its own that mirror the snapshot, where they changed. */
  project?: (tx: Tx, change: Projected<S>) => Promise<unknown> | null
  /** Fields of this procedure in every record of the ledger. */
  ledger?: (dossier: S['dossier']) => Payload
  /** Fields of this procedure in the answer. */
  answer?: (value: Snapshot<S>['value']) => Payload
  /** What a reader sees of one matter beside its row and clocks; nothing that this actor may not read. */
  view?: (office: Office, actor: Actor, opened: OpenedMatter<S>) => Promise<Payload>
  /** The earliest lawful course, where it says more than the kernel's. */
  plan?: (snapshot: Snapshot<S>, now: Present<S>) => answers.Given<typeof answers.Plan>
  /** A payload of the ledger as this actor may read it. */
  veil?: (actor: Actor, payload: Payload) => Payload
  /**
   * What whose turn it is rests on, after the command's rows were written, where that differs from what was read before
   * (counts of other rows); by default the same.
   */
  afterwards?: (asked: FactsAsked<S>, before: S['circumstance']) => Promise<S['circumstance']>
}
