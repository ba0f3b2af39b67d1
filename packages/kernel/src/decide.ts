// Deciding: on this snapshot the command is granted, refused, or not to be done in this stage.
import type { Verdict } from '@dianzhang/contract'
import { type AnyActorScope, type AnyStateMachine, createActor, getNextTransitions } from 'xstate'
import type { PlacedArrow } from './arrows.ts'
import { blocks, judge } from './judge.ts'
import { matches, type RulesHold } from './machine.ts'
import type { Process } from './process.ts'
import type { MatterEvent, Shape } from './shape.ts'
import type { Snapshot } from './snapshot.ts'

export interface Option<S extends Shape> {
  command: S['command']
  to: string | null
  when: RulesHold<S>['when']
  rules: readonly S['rule'][]
  judged: 'before' | 'after'
  records: S['record']
}
export type Decision<S extends Shape> =
  | { kind: 'granted'; option: Option<S>; verdicts: Verdict[] }
  | { kind: 'refused'; verdicts: Verdict[]; outOfStage: boolean }

/** Machine → state as JSON → its arrows: asked several times in every command, and the state alone decides them. */
const arrowsOf = new WeakMap<object, Map<string, ReadonlyArray<Option<Shape> & { automatic: boolean }>>>()
/** Far more than any procedure has; a parallel stage has the product of its regions. */
const mostStates = 1000

/** Every arrow of the present snapshot, open or not, in the order written. */
export function optionsOf<S extends Shape>(snapshot: Snapshot<S>): ReadonlyArray<Option<S> & { automatic: boolean }> {
  const machine = snapshot.machine as object
  const known = arrowsOf.get(machine) ?? new Map<string, ReadonlyArray<Option<Shape> & { automatic: boolean }>>()
  const key = JSON.stringify(snapshot.value)
  let options = known.get(key)
  if (options === undefined) {
    options = getNextTransitions(snapshot as never).map((t) => {
      const params = (t.guard as unknown as { params: RulesHold<S> }).params
      const meta = t.meta as { to: string | null; records: S['record']; automatic: boolean }
      return { command: t.eventType as S['command'], ...params, ...meta }
    })
    if (known.size >= mostStates) known.clear()
    arrowsOf.set(machine, known.set(key, options))
  }
  return options as unknown as ReadonlyArray<Option<S> & { automatic: boolean }>
}

/** Nothing is executed and no actor is spawned here: of the scope only its names are looked at. */
const nothing = (): void => {}
/**
 * What `transition` of the library gives a step, made once a machine: the library makes an actor, with the initial state of the
 * whole machine, anew for every step.
 */
function scopeOf(machine: AnyStateMachine): Omit<AnyActorScope, 'actionExecutor'> {
  const self = createActor(machine)
  return {
    self,
    system: self.system,
    id: '',
    sessionId: '',
    defer: nothing,
    logger: nothing,
    stopChild: nothing,
    emit: nothing,
  }
}

type Value = string | { [region: string]: Value | undefined }
/** The innermost stages of a state, as dotted paths. */
const leavesOf = (value: Value, path = ''): string[] =>
  typeof value === 'string'
    ? [`${path}${value}`]
    : Object.entries(value).flatMap(([name, inner]) => (inner === undefined ? [] : leavesOf(inner, `${path}${name}.`)))
/** `effective.force.in_force` → `effective.force`. */
const regionOf = (path: string): string => path.split('.').slice(0, 2).join('.')

/** Decisions of one procedure. */
export function decisionsOf<S extends Shape>(
  process: Process<S>,
  machine: AnyStateMachine,
  arrows: readonly PlacedArrow<S>[],
  stageOf: (value: Snapshot<S>['value']) => string,
) {
  const everywhere = Map.groupBy(arrows, (placed) => placed.command)
  // At the first step: most processes that start compile all machines and step none.
  let scope: ReturnType<typeof scopeOf> | undefined
  const verdictsOf = (rules: readonly S['rule'][], facts: S['facts']): Verdict[] =>
    judge(process.rules, rules, facts, process.excuse)

  /** The stage has no such command: says where it is done, and what is demanded there and does not hold yet. */
  const outOfStage = (snapshot: Snapshot<S>, event: MatterEvent<S>): Verdict[] => {
    const dossier = snapshot.context.dossier
    const there = everywhere.get(event.type) ?? []
    const actual = process.caseOf(dossier, event)
    const rules = [
      ...new Set(there.filter((x) => matches(process, x.arrow.when, actual, true)).flatMap((x) => x.arrow.rules ?? [])),
    ]
    const named = [...new Set(there.map((x) => `“${process.labels.stage(x.stage)}”`))].slice(0, 6)
    // Of a parallel stage: how the regions stand in which the command is done elsewhere.
    const regions = new Set(there.map((x) => regionOf(x.stage)))
    const standing = leavesOf(snapshot.value)
      .filter((path) => path !== regionOf(path) && regions.has(regionOf(path)))
      .map((path) => process.labels.stage(path))
    const verdict: Verdict = {
      rule: 'stage.permits',
      title: '命令须在规定的阶段办理',
      holds: false,
      severity: 'block',
      reason: `${process.noun}现处“${process.labels.stage(stageOf(snapshot.value))}”阶段${standing.length > 0 ? `（${standing.join('、')}）` : ''}，不能办理“${process.labels.command[event.type]}”；该事项在${named.join('、')}阶段办理`,
      basis: process.order,
      by: process.law[event.type].by,
    }
    return [verdict, ...verdictsOf(rules, process.facts(dossier, event)).filter((v) => !v.holds)]
  }
  /** The arrows of the present stage for this command in this case. */
  const here = (snapshot: Snapshot<S>, event: MatterEvent<S>) => {
    const actual = process.caseOf(snapshot.context.dossier, event)
    return optionsOf(snapshot).filter(
      (o) => !o.automatic && o.command === event.type && matches(process, o.when, actual),
    )
  }
  return {
    /** Record of an automatic arrow → its rules, so that their verdicts can be put into the ledger. */
    automaticRules: Object.fromEntries(
      (everywhere.get(null) ?? []).map(({ arrow }) => [arrow.records, arrow.rules ?? []]),
    ) as Partial<Record<S['record'], readonly S['rule'][]>>,
    /** Dotted paths of the stages in which a command is done. */
    stagesOf: (type: S['command']): string[] => [...new Set((everywhere.get(type) ?? []).map((x) => x.stage))],
    /** Whether the command is one of this stage at all, whatever its rules say; judges nothing. */
    inStage: (snapshot: Snapshot<S>, event: MatterEvent<S>): boolean => here(snapshot, event).length > 0,
    /** Judges a command. A refusal holds every verdict, not only the first. Changes nothing. */
    decide(snapshot: Snapshot<S>, event: MatterEvent<S>): Decision<S> {
      const dossier = snapshot.context.dossier
      const options = here(snapshot, event)
      if (options.length === 0) return { kind: 'refused', verdicts: outOfStage(snapshot, event), outOfStage: true }
      let first: Verdict[] | null = null
      // Refused by every arrow: told is the one that is nearest, not what another one would ask besides.
      let nearest: Verdict[] | null = null
      const blocking = (verdicts: Verdict[]): number => verdicts.filter(blocks).length
      for (const option of options) {
        const judged = option.judged === 'after' ? process.evolve(dossier, event) : dossier
        const verdicts = verdictsOf(option.rules, process.facts(judged, event))
        if (!verdicts.some(blocks))
          return { kind: 'granted', option, verdicts: first ? [...first, ...verdicts] : verdicts }
        first ??= verdicts
        if (nearest === null || blocking(verdicts) < blocking(nearest)) nearest = verdicts
      }
      return { kind: 'refused', verdicts: nearest ?? [], outOfStage: false }
    },
    /** One step: the next snapshot and the records in their order. Only after `decide` has granted; throws where nothing moves. */
    step(snapshot: Snapshot<S>, event: MatterEvent<S>): { snapshot: Snapshot<S>; records: S['record'][] } {
      scope ??= scopeOf(machine)
      const actions: unknown[] = []
      const next = machine.transition(
        snapshot as never,
        event as never,
        {
          ...scope,
          actionExecutor: (action: unknown) => void actions.push(action),
        } as never,
      )
      if ((next as unknown) === snapshot)
        throw new Error(`机器没有接受已放行的命令 ${event.type}（阶段 ${stageOf(snapshot.value)}）`)
      const named = actions as Array<{ type: string; params: { event: S['record'] } }>
      return {
        snapshot: next as unknown as Snapshot<S>,
        records: named.filter((a) => a.type === 'record').map((a) => a.params.event),
      }
    },
  }
}
