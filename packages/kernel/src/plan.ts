// Planning: from today the machine is walked along the calendar where all goes well;
// the result is the earliest lawful day of every stage. Same machine, same rules as the decision.
import type { Verdict } from '@dianzhang/contract'
import type { Decision } from './decide.ts'
import type { Present } from './explain.ts'
import { blocks } from './judge.ts'
import type { Process } from './process.ts'
import type { Ideal, MatterEvent, Shape, StageSpec } from './shape.ts'
import type { Snapshot } from './snapshot.ts'

export interface PlanStep<S extends Shape> {
  stage: string
  label: string
  /** Earliest lawful day of entering. */
  from: string
  /** Earliest lawful day of leaving; null for the last. */
  until: string | null
  /** What is assumed to be done in it. */
  commands: Array<{ command: S['command']; label: string; on: string }>
  /** What must be waited for, and why that day. */
  waits: Array<{ rule: string; reason: string; until: string; basis: Verdict['basis']; provisional: boolean }>
}
export interface Course<S extends Shape> {
  steps: PlanStep<S>[]
  /** Why the plan stops here; null where it reaches the end. */
  stuck: null | { stage: string; verdicts: Verdict[] }
  provisional: boolean
  /** The dossier at the end of the walk. */
  dossier: S['dossier']
}
interface Moves<S extends Shape> {
  stages: ReadonlyMap<string, StageSpec<S>>
  stageOf: (value: Snapshot<S>['value']) => string
  decide: (snapshot: Snapshot<S>, event: MatterEvent<S>) => Decision<S>
  step: (snapshot: Snapshot<S>, event: MatterEvent<S>) => { snapshot: Snapshot<S> }
}
/** A date that the matter itself records needs no article. */
const announced = { document: '案卷记载', article: '已公告或者已安排的日期' }
const mostSteps = 200

/**
 * Walks from `start` at `now`. No randomness, no clock: same input, same plan.
 * Each step is assumed done on its earliest day, hence "earliest", not "expected".
 */
export function courseOf<S extends Shape>(
  process: Process<S>,
  moves: Moves<S>,
  start: Snapshot<S>,
  now: Present<S>,
): Course<S> {
  const { course } = process
  if (!course) throw new Error(`${process.kind} 没有推演的写法`)
  const present = now as unknown as MatterEvent<S>
  let snapshot = start
  let today = present.meta.on
  const steps: PlanStep<S>[] = []
  let provisional = false
  const enter = (): PlanStep<S> => {
    const stage = moves.stageOf(snapshot.value)
    const last = steps.at(-1)
    if (last?.stage === stage) return last
    if (last) last.until = today
    const label = process.labels.stage(stage)
    const fresh: PlanStep<S> = { stage, label, from: today, until: null, commands: [], waits: [] }
    steps.push(fresh)
    return fresh
  }
  const idealOf = (stage: string): StageSpec<S>['ideal'] =>
    moves.stages.get(stage)?.ideal ?? moves.stages.get(stage.split('.')[0] ?? '')?.ideal
  let current = enter()
  for (let i = 0; i < mostSteps; i++) {
    const dossier = snapshot.context.dossier
    const stage = moves.stageOf(snapshot.value)
    if (course.ended(stage)) break
    const meta = { ...present.meta, at: `${today}T09:00:00+08:00`, on: today }
    const asking = { ...present, meta, type: course.neutral, payload: {} }
    const next: Ideal<S> | null = idealOf(stage)?.(dossier, process.facts(dossier, asking)) ?? null
    if (!next) break
    if (next.notBefore && next.notBefore > today) {
      const wait = { rule: next.type, reason: next.why ?? '', until: next.notBefore, basis: announced }
      current.waits.push({ ...wait, provisional: false })
      today = next.notBefore
      continue
    }
    const event: MatterEvent<S> = {
      ...present,
      type: next.type,
      payload: next.payload,
      meta: { ...meta, actor: { ...course.actor(next.type), ...next.actor }, resolved: next.resolved ?? {} },
    }
    const decision = moves.decide(snapshot, event)
    if (decision.kind === 'refused') {
      const blocking = decision.verdicts.filter(blocks)
      const latest = blocking
        .map((v) => v.earliest)
        .reduce<string | undefined>(
          (a, b) => (a === undefined || b === undefined ? undefined : a > b ? a : b),
          blocking[0]?.earliest,
        )
      if (!latest || latest <= today)
        return { steps, stuck: { stage, verdicts: blocking }, provisional, dossier: snapshot.context.dossier }
      for (const v of blocking) {
        provisional ||= v.provisional ?? false
        current.waits.push({
          rule: v.rule,
          reason: v.reason,
          until: v.earliest ?? latest,
          basis: v.basis,
          provisional: v.provisional ?? false,
        })
      }
      today = latest
      continue
    }
    // Only a minimum that sets a date makes the plan provisional; a last day that falls into a year without
    // a holiday notice does not move what is already set.
    provisional ||= decision.verdicts.some((v) => v.provisional && v.earliest !== undefined)
    current.commands.push({ command: next.type, label: process.labels.command[next.type], on: today })
    snapshot = moves.step(snapshot, event).snapshot
    current = enter()
  }
  return { steps, stuck: null, provisional, dossier: snapshot.context.dossier }
}
