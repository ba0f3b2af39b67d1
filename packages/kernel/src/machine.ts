// From stages to an XState machine. There is one kind of guard (`rulesHold`, which lists rules) and two effects
// (`evolve` folds the dossier, `record` gives a name), so "why not" can be read back from data and the machine does nothing.
import { type AnyStateMachine, assign, createMachine } from 'xstate'
import { blocks, judge } from './judge.ts'
import type { Process } from './process.ts'
import type { Arrow, MatterEvent, Shape, StageSpec } from './shape.ts'

/** Parameters of the guard: case, rules, and on which dossier they are judged. */
export interface RulesHold<S extends Shape> {
  rules: readonly S['rule'][]
  when: S['when'] | null
  judged: 'before' | 'after'
}
export interface MachineContext<S extends Shape> {
  dossier: S['dossier']
}

/** Whether the case fits; `listing` compares only what the dossier tells (the payload is unknown, taken as possible). */
export function matches<S extends Shape>(
  process: Process<S>,
  when: S['when'] | null | undefined,
  actual: Record<keyof S['when'], unknown>,
  listing = false,
): boolean {
  if (!when) return true
  return (Object.entries(when) as Array<[keyof S['when'], unknown]>).every(([key, wanted]) => {
    if (listing && !process.casesOfDossier.has(key)) return true
    return Array.isArray(wanted) ? wanted.includes(actual[key]) : actual[key] === wanted
  })
}

/** Whether the arrow opens: the case fits and no rule blocks. */
export function rulesHold<S extends Shape>(
  process: Process<S>,
  dossier: S['dossier'],
  event: MatterEvent<S>,
  params: RulesHold<S>,
): boolean {
  // The initial snapshot and trials without facts have no circumstances: nothing moves by itself.
  if (!event.meta) return false
  if (!matches(process, params.when, process.caseOf(dossier, event))) return false
  if (params.rules.length === 0) return true
  const judged = params.judged === 'after' ? process.evolve(dossier, event) : dossier
  return !judge(process.rules, params.rules, process.facts(judged, event), process.excuse).some(blocks)
}

/** The machine of a procedure. */
export function machineOf<S extends Shape>(process: Process<S>): AnyStateMachine {
  const arrowConfig = (arrow: Arrow<S>, type: S['command'] | null) => {
    const law = type ? process.law[type] : null
    const record = { type: 'record', params: { event: arrow.records } }
    return {
      ...(arrow.to ? { target: `#${process.kind}.${arrow.to}` } : {}),
      guard: {
        type: 'rulesHold',
        params: {
          rules: arrow.rules ?? [],
          when: arrow.when ?? null,
          judged: arrow.judged ?? 'before',
        } satisfies RulesHold<S>,
      },
      actions: type ? ['evolve', record] : [record],
      description: type ? process.labels.command[type] : '条件具备，自动前行',
      meta: {
        to: arrow.to ?? null,
        records: arrow.records,
        by: law?.by ?? ['system'],
        basis: law?.basis ?? null,
        automatic: type === null,
      },
    }
  }
  const statesConfig = (states: Record<string, StageSpec<S>>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(states).map(([name, spec]) => [name, stageConfig(spec)]))
  const stageConfig = (spec: StageSpec<S>): Record<string, unknown> => ({
    description: spec.label,
    meta: { label: spec.label, basis: spec.basis },
    ...(spec.tags ? { tags: spec.tags } : {}),
    ...(spec.parallel ? { type: 'parallel' } : {}),
    ...(spec.initial ? { initial: spec.initial } : {}),
    ...(spec.on
      ? {
          on: Object.fromEntries(
            Object.entries(spec.on).map(([type, arrows]) => [
              type,
              (arrows as Arrow<S>[]).map((a) => arrowConfig(a, type as S['command'])),
            ]),
          ),
        }
      : {}),
    ...(spec.always ? { always: spec.always.map((a) => arrowConfig(a, null)) } : {}),
    ...(spec.states ? { states: statesConfig(spec.states) } : {}),
  })
  type Given = { context: MachineContext<S>; event: MatterEvent<S> }
  return createMachine(
    {
      id: process.kind,
      initial: process.initial,
      context: ({ input }: { input: MachineContext<S> }) => ({ dossier: input?.dossier }),
      states: statesConfig(process.stages),
    } as never,
    {
      guards: {
        rulesHold: ({ context, event }: Given, params: RulesHold<S>) =>
          rulesHold(process, context.dossier, event, params),
      },
      actions: {
        evolve: assign(({ context, event }: Given) => ({ dossier: process.evolve(context.dossier, event) })),
        // A name only, never executed: the write transaction collects it from what `transition()` returns.
        record: () => {},
      } as never,
    },
  )
}
