// 全部箭头的清单：由阶段写法展开，供说明、画图与测试逐条核对。
import type { CommandType } from '@dianzhang/contract'
import { stages } from './stages/index.ts'
import type { Arrow, StageSpec } from './stages/stage.ts'

export interface PlacedArrow {
  /** 所在阶段（自根起的点路径）。 */
  stage: string
  /** 命令；自动前行的为 null。 */
  command: CommandType | null
  /** 同一阶段同一命令中的次序，自 0 起。 */
  n: number
  arrow: Arrow
}
/** 阶段的点路径 → 写法，按办理先后；外层在前。 */
export const allStages: ReadonlyMap<string, StageSpec> = new Map(walk(stages, ''))
/** 机器的每一支箭头。 */
export const allArrows: readonly PlacedArrow[] = [...allStages].flatMap(([stage, spec]) => [
  ...Object.entries(spec.on ?? {}).flatMap(([command, list]) =>
    list.map((arrow, n) => ({ stage, command: command as CommandType, n, arrow })),
  ),
  ...(spec.always ?? []).map((arrow, n) => ({ stage, command: null, n, arrow })),
])

function walk(states: Record<string, StageSpec>, prefix: string): Array<[string, StageSpec]> {
  return Object.entries(states).flatMap(([name, spec]): Array<[string, StageSpec]> => {
    const path = prefix ? `${prefix}.${name}` : name
    return [[path, spec], ...walk(spec.states ?? {}, path)]
  })
}
/** 箭头的名称：`阶段 命令 [情形]`，用于报告与核对。 */
export function arrowName({ stage, command, arrow }: PlacedArrow): string {
  const when = Object.entries(arrow.when ?? {}).map(([k, v]) => `${k}=${String(v)}`)
  const judged = arrow.judged === 'after' && command === 'Reclassify' ? ['变更后仍然足够'] : []
  return [
    stage,
    command ?? '（自动）',
    ...(when.length + judged.length ? [`[${[...when, ...judged].join(', ')}]`] : []),
  ].join(' ')
}
