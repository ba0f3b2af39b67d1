// What is stored is an envelope of our own { machine, version, value, context }, never XState's internal snapshot;
// older versions pass through upcasters one by one.
import type { AnyStateMachine, MachineSnapshot, StateValue } from 'xstate'
import { z } from 'zod'
import type { MachineContext } from './machine.ts'
import type { Process } from './process.ts'
import type { Shape, StageSpec } from './shape.ts'

export interface StoredSnapshot<S extends Shape> {
  /** Kind of the procedure. */
  machine: string
  version: number
  value: StateValue
  context: MachineContext<S>
}
// biome-ignore lint/suspicious/noExplicitAny: XState describes a machine by seven type parameters; ours is made from data
export type Snapshot<S extends Shape> = MachineSnapshot<MachineContext<S>, any, any, any, any, any, any, any>

/** Storing and reading back the snapshots of one procedure. */
export function snapshotsOf<S extends Shape>(
  process: Process<S>,
  machine: AnyStateMachine,
  stages: ReadonlyMap<string, StageSpec<S>>,
) {
  const { version: newest, upcasters } = process.snapshot
  const Envelope = z.object({
    machine: z.literal(process.kind),
    version: z.int().min(1),
    value: z.union([z.string(), z.record(z.string(), z.unknown())]),
    context: z.object({ dossier: process.snapshot.dossier }),
  })
  const resolve = (value: StateValue, context: MachineContext<S>): Snapshot<S> =>
    machine.resolveState({ value, context }) as Snapshot<S>
  return {
    /** Snapshot → stored form. */
    store: (snapshot: Snapshot<S>): StoredSnapshot<S> => ({
      machine: process.kind,
      version: newest,
      value: snapshot.value as StateValue,
      context: snapshot.context,
    }),
    /** Stored form → snapshot. Refuses another procedure, a future version, a missing upcaster, a wrong structure, an unknown stage. */
    restore(stored: unknown): Snapshot<S> {
      let raw = stored as Record<string, unknown>
      const version = typeof raw?.version === 'number' ? raw.version : 0
      if (version > newest)
        throw new Error(`${process.noun}快照为第 ${version} 版，本程序只识别到第 ${newest} 版，请升级程序`)
      for (let v = version; v < newest; v++) {
        const up = upcasters[v]
        if (!up) throw new Error(`${process.noun}快照为第 ${version} 版，缺少从第 ${v} 版升版的函数`)
        raw = up(raw)
      }
      const parsed = Envelope.safeParse(raw)
      if (!parsed.success) throw new Error(`${process.noun}快照结构不符：${z.prettifyError(parsed.error)}`)
      return resolve(raw.value as StateValue, raw.context as MachineContext<S>)
    },
    /** The same stage with another dossier (facts read from elsewhere filled in). */
    withDossier: (snapshot: Snapshot<S>, dossier: S['dossier']): Snapshot<S> => resolve(snapshot.value, { dossier }),
    /** The snapshot of a new matter. */
    initial: (dossier: S['dossier']): Snapshot<S> => resolve(process.initial, { dossier }),
    /** Dotted path of the stage; a parallel stage is named by itself. */
    stageOf(value: StateValue): string {
      if (typeof value === 'string') return value
      const [name, inner] = Object.entries(value)[0] ?? ['', '']
      return stages.get(name)?.parallel || typeof inner !== 'string' ? name : `${name}.${inner}`
    },
  }
}
