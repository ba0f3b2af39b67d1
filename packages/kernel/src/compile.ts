// A procedure made to run: machine, arrows, decisions, explanations, plans and stored snapshots.
import type { ActorRole } from '@dianzhang/contract'
import { arrowsOf, stagesByPath } from './arrows.ts'
import { decisionsOf } from './decide.ts'
import { type Action, awaitedIn, explainFor, type Present, type Progress } from './explain.ts'
import { judge } from './judge.ts'
import { machineOf } from './machine.ts'
import { type Course, courseOf } from './plan.ts'
import type { Process } from './process.ts'
import type { ActorFact, Awaited, Shape } from './shape.ts'
import { type Snapshot, snapshotsOf } from './snapshot.ts'

export type Engine<S extends Shape> = ReturnType<typeof compile<S>>

/** Compiles a procedure. Throws where an arrow leads to a stage that does not exist. */
export function compile<S extends Shape>(process: Process<S>) {
  const stages = stagesByPath(process.stages)
  const arrows = arrowsOf(stages)
  for (const { stage, arrow } of arrows)
    if (arrow.to && !stages.has(arrow.to)) throw new Error(`${process.kind}：${stage} 的箭头通往没有的阶段 ${arrow.to}`)
  const machine = machineOf(process)
  const snapshots = snapshotsOf(process, machine, stages)
  const decisions = decisionsOf(process, machine, arrows, snapshots.stageOf)
  return {
    process,
    machine,
    stages,
    arrows,
    ...snapshots,
    ...decisions,
    /** The outermost stages in their order. */
    mainStages: Object.keys(process.stages),
    /** The outermost stages in which it is this role's turn. */
    turnOf: (role: ActorRole): string[] =>
      Object.entries(process.stages).flatMap(([name, { whose }]) => (whose?.includes(role) ? [name] : [])),
    judge: (rules: readonly S['rule'][], facts: S['facts']) => judge(process.rules, rules, facts, process.excuse),
    explain: (
      snapshot: Snapshot<S>,
      now: Present<S>,
      actorFor?: (command: S['command']) => ActorFact,
    ): { actions: Action<S>[]; progress: Progress[] } => explainFor(process, stages, snapshot, now, actorFor),
    /** What is awaited now, and what will be from a day that is set. */
    awaited: (snapshot: Snapshot<S>, now: Present<S>): Awaited<S>[] => awaitedIn(process, stages, snapshot, now),
    plan: (start: Snapshot<S>, now: Present<S>): Course<S> =>
      courseOf(process, { ...snapshots, ...decisions, stages }, start, now),
  }
}
