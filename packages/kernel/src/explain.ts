// Explaining: what can be done now, by whom, and why not; by the same rules and the same judge as the decision.
import type { Verdict } from '@dianzhang/contract'
import type { StateValue } from 'xstate'
import { type Option, optionsOf } from './decide.ts'
import { blocks, judge } from './judge.ts'
import { matches } from './machine.ts'
import type { Process } from './process.ts'
import type { ActorFact, Ask, Awaited, CommandLaw, MatterEvent, Shape, StageSpec } from './shape.ts'
import type { Snapshot } from './snapshot.ts'

export interface ActionCase<S extends Shape> {
  when: Option<S>['when']
  to: string | null
  open: boolean
  verdicts: Verdict[]
}
/** Whether a command must be done now, may be done, or belongs to the exceptions. */
export type Need = 'required' | 'possible' | 'rare'
export interface Action<S extends Shape> extends CommandLaw {
  command: S['command']
  label: string
  need: Need
  /** Whether the rules allow it now (whether this person may is judged elsewhere). */
  open: boolean
  /** Union over the cases; of one rule the verdict that does not hold. */
  verdicts: Verdict[]
  cases: ActionCase<S>[]
}
/** An arrow taken by itself: where to, and what is still missing. */
export interface Progress {
  to: string
  open: boolean
  verdicts: Verdict[]
}
/** An event without its command: the present, as far as it is known. */
export type Present<S extends Shape> = Omit<MatterEvent<S>, 'type' | 'payload'>

function merge<S extends Shape>(cases: ActionCase<S>[]): Verdict[] {
  const byRule = new Map<string, Verdict>()
  for (const v of cases.flatMap((c) => c.verdicts)) {
    const seen = byRule.get(v.rule)
    if (!seen || (seen.holds && !v.holds)) byRule.set(v.rule, v)
  }
  return [...byRule.values()]
}

/** The paths of all stages that a matter is in, outer before inner. */
const present = (value: StateValue, outer = ''): string[] =>
  typeof value === 'string'
    ? [outer + value]
    : Object.entries(value).flatMap(([name, inner]) => [
        outer + name,
        ...(inner === undefined ? [] : present(inner, `${outer}${name}.`)),
      ])

/**
 * What somebody waits for: the next command of the ideal course, and what the stages ask for; also what will be awaited
 * from a day that is set. Whether the rules allow one already is another question. Only commands of the present stage.
 */
export function awaitedIn<S extends Shape>(
  process: Process<S>,
  stages: ReadonlyMap<string, StageSpec<S>>,
  snapshot: Snapshot<S>,
  now: Present<S>,
): Awaited<S>[] {
  const here = new Set(optionsOf(snapshot).flatMap((option) => (option.automatic ? [] : [option.command])))
  const [some] = here
  if (some === undefined) return []
  const { dossier } = snapshot.context
  const facts = process.facts(dossier, { ...now, type: some, payload: {} } as unknown as MatterEvent<S>)
  const specs = present(snapshot.value).flatMap((path) => stages.get(path) ?? [])
  // The innermost that says it; an outer one speaks for all its inner ones.
  const next = specs.findLast((spec) => spec.ideal)?.ideal?.(dossier, facts)
  const asked = specs
    .flatMap((spec) => spec.asks?.(dossier, facts) ?? [])
    .map((ask): Ask<S> => (typeof ask === 'string' ? { command: ask } : (ask as Ask<S>)))
  const ideal: Ask<S>[] =
    next && !asked.some((ask) => ask.command === next.type)
      ? [
          {
            command: next.type,
            ...(next.notBefore === undefined ? {} : { notBefore: next.notBefore }),
            ...(next.units === undefined ? {} : { units: next.units }),
            ...(next.count === undefined ? {} : { count: next.count }),
          },
        ]
      : []
  return [...ideal, ...asked]
    .filter((ask) => here.has(ask.command))
    .map((ask) => ({
      command: ask.command,
      units: ask.units ?? null,
      count: ask.count ?? null,
      notBefore: ask.notBefore ?? null,
      due: ask.due ?? null,
    }))
}

/**
 * Every command of the present stage, possible or not; the payload is unknown, judged as "done now".
 * `actorFor` tells in which post this person would do a command (some rules ask); by default the actor of `now`.
 */
export function explainFor<S extends Shape>(
  process: Process<S>,
  stages: ReadonlyMap<string, StageSpec<S>>,
  snapshot: Snapshot<S>,
  now: Present<S>,
  actorFor?: (command: S['command']) => ActorFact,
): { actions: Action<S>[]; progress: Progress[] } {
  const dossier = snapshot.context.dossier
  const meta = (now as unknown as MatterEvent<S>).meta
  // Most arrows of one command list the same rules; each is judged once.
  const judged = new Map<string, Verdict>()
  const verdictsOf = (option: Option<S>, event: MatterEvent<S>): Verdict[] => {
    const key = (rule: string) => `${option.command}\n${option.judged}\n${rule}`
    const missing = option.rules.filter((rule) => !judged.has(key(rule)))
    if (missing.length > 0) {
      const facts = process.facts(option.judged === 'after' ? process.evolve(dossier, event) : dossier, event)
      for (const verdict of judge(process.rules, missing, facts, process.excuse)) judged.set(key(verdict.rule), verdict)
    }
    return option.rules.map((rule) => judged.get(key(rule))).filter((v) => v !== undefined)
  }
  const cases = new Map<S['command'], ActionCase<S>[]>()
  const progress: Progress[] = []
  for (const option of optionsOf(snapshot)) {
    const actor = option.automatic ? meta.actor : (actorFor?.(option.command) ?? meta.actor)
    const event = { ...now, meta: { ...meta, actor }, type: option.command, payload: {} } as unknown as MatterEvent<S>
    const actual = process.caseOf(dossier, event)
    if (option.automatic) {
      if (!option.to) continue
      const verdicts = verdictsOf(option, event)
      const open = !verdicts.some(blocks) && matches(process, option.when, actual)
      progress.push({ to: option.to, open, verdicts })
      continue
    }
    if (!matches(process, option.when, actual, true)) continue
    const verdicts = verdictsOf(option, event)
    cases.set(option.command, [
      ...(cases.get(option.command) ?? []),
      { when: option.when, to: option.to, open: !verdicts.some(blocks), verdicts },
    ])
  }
  const required = new Set(
    awaitedIn(process, stages, snapshot, now).flatMap(({ command, notBefore, units }) =>
      units?.length !== 0 && (notBefore === null || notBefore <= meta.on) ? [command] : [],
    ),
  )
  const actions = [...cases].map(([command, list]): Action<S> => {
    const open = list.some((c) => c.open)
    return {
      command,
      need: required.has(command) ? 'required' : process.law[command].seldom ? 'rare' : 'possible',
      label: process.labels.command[command],
      ...process.law[command],
      open,
      verdicts: merge(open ? list.filter((c) => c.open) : list),
      cases: list,
    }
  })
  return { actions, progress: progress.filter((p) => p.verdicts.length > 0) }
}
