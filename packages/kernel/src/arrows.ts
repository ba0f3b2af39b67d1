// The list of all arrows, unfolded from the stages: for explaining, drawing and testing one by one.
import type { Arrow, Shape, StageSpec } from './shape.ts'

export interface PlacedArrow<S extends Shape> {
  /** Dotted path of the stage. */
  stage: string
  /** null: taken by itself. */
  command: S['command'] | null
  /** Position among the arrows of this command in this stage, from 0. */
  n: number
  arrow: Arrow<S>
}

/** Dotted path → stage, in the order of the procedure, outer before inner. */
export function stagesByPath<S extends Shape>(stages: Record<string, StageSpec<S>>): Map<string, StageSpec<S>> {
  const walk = (states: Record<string, StageSpec<S>>, prefix: string): Array<[string, StageSpec<S>]> =>
    Object.entries(states).flatMap(([name, spec]): Array<[string, StageSpec<S>]> => {
      const path = prefix ? `${prefix}.${name}` : name
      return [[path, spec], ...walk(spec.states ?? {}, path)]
    })
  return new Map(walk(stages, ''))
}

/** Every arrow of the machine. */
export function arrowsOf<S extends Shape>(stages: ReadonlyMap<string, StageSpec<S>>): PlacedArrow<S>[] {
  return [...stages].flatMap(([stage, spec]) => [
    ...Object.entries(spec.on ?? {}).flatMap(([command, list]) =>
      (list as Arrow<S>[]).map((arrow, n) => ({ stage, command: command as S['command'], n, arrow })),
    ),
    ...(spec.always ?? []).map((arrow, n) => ({ stage, command: null, n, arrow })),
  ])
}

/** Name of an arrow: `stage command [case]`. */
export function arrowName<S extends Shape>({ stage, command, arrow }: PlacedArrow<S>): string {
  const when = Object.entries(arrow.when ?? {}).map(([k, v]) => `${k}=${String(v)}`)
  const told = [...when, ...(arrow.note ? [arrow.note] : [])]
  return [stage, command ?? '（自动）', ...(told.length ? [`[${told.join(', ')}]`] : [])].join(' ')
}
