// A procedure, as one value: stages, law, rules, folds and words. `compile` makes it run.
import type { Basis, Verdict } from '@dianzhang/contract'
import type { ZodType } from 'zod'
import type { Catalogue, Excuse } from './rule.ts'
import type { ActorFact, CommandLaw, MatterClock, MatterEvent, Shape, StageSpec } from './shape.ts'

export type Upcaster = (stored: Record<string, unknown>) => Record<string, unknown>

/** How a matter comes into being: an ordinary command, carried out on no matter yet. */
export interface Opening<S extends Shape> {
  command: S['opening']
  law: CommandLaw
  label: string
  record: S['record']
  /** Judged on the first dossier; one that blocks refuses, and nothing is opened. */
  rules?: readonly S['rule'][]
  /** Judged likewise, but only told: what can still be put right once the matter is there. */
  tells?: readonly S['rule'][]
}

export interface Process<S extends Shape> {
  /** Fixed name of the kind; stored in every snapshot. */
  kind: string
  /** What the procedure is called. */
  label: string
  /** What one matter of this kind is called in sentences. */
  noun: string
  opening: Opening<S>
  initial: string
  /** All stages, in the order in which they are gone through. */
  stages: Record<string, StageSpec<S>>
  /** `cases`: what is said of each key of the case an arrow is for. */
  labels: {
    command: Record<S['command'], string>
    stage: (path: string) => string
    cases: Record<keyof S['when'] & string, string>
  }
  law: Record<S['command'], CommandLaw>
  /** Why the order of stages binds: cited where a command is tried out of its stage. */
  order: Basis
  /** What a command is awaited for, by name, where it may be several things: which of them are lacking now. */
  named?: Partial<Record<S['command'], (facts: S['facts']) => readonly string[]>>
  rules: Catalogue<S['rule'], S['facts']>
  excuse?: Excuse<S['rule'], S['facts']>
  facts: (dossier: S['dossier'], event: MatterEvent<S>) => S['facts']
  /** In which case an event finds the dossier. */
  caseOf: (dossier: S['dossier'], event: MatterEvent<S>) => Record<keyof S['when'], unknown>
  /** Keys of the case that follow from the dossier alone, hence are known before the payload is. */
  casesOfDossier: ReadonlySet<keyof S['when']>
  /** The dossier after the command. Judges nothing. */
  evolve: (dossier: S['dossier'], event: MatterEvent<S>) => S['dossier']
  /** The periods that run; recomputed only where one of the parts they rest on is another one. */
  clocks: {
    of: (facts: S['facts']) => MatterClock[]
    restOn: (dossier: S['dossier']) => readonly unknown[]
    /** Whether it counts towards the nearest deadline of those whose matter it is. */
    ours: (clock: MatterClock) => boolean
    /** Payload of the command that a clock sends when it is due. */
    due: (command: string, dueOn: string) => { type: S['command'] } & Record<string, unknown>
    /** Command of the system that computes all clocks anew when a holiday notice came in; absent: no clock counts days. */
    recompute?: S['command']
    /** Kinds of clocks that a command answers: by when it is awaited. Absent: the nearest open clock of the matter. */
    answeredBy?: Partial<Record<S['command'], readonly string[]>>
    /** The unit that a clock was set for by name; null where the commands that answer it say whose it is. */
    askedOf?: (clock: Pick<MatterClock, 'key' | 'kind'>) => string | null
  }
  snapshot: {
    version: number
    dossier: ZodType
    /** `upcasters[1]` turns version 1 into version 2, and so on. */
    upcasters: Record<number, Upcaster>
  }
  /** For `plan`: who is assumed to act, the command under whose name facts are taken, where a course ends. */
  course?: {
    neutral: S['command']
    actor: (type: S['command']) => ActorFact
    ended: (stage: string) => boolean
  }
}
/** A procedure; the identity, for the sake of inference and of one place to look for all of them. */
export const defineProcess = <S extends Shape>(process: Process<S>): Process<S> => process

export type { Verdict }
