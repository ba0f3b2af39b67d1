// 由阶段写法编成的 XState 机器。守卫只有一种（rulesHold，列出规则），效果只有两种（evolve 折叠案卷、record 取名），
// 因此“为何不能”可以从数据读回，机器自身不做任何副作用。
import { type CommandType, commandLabels } from '@dianzhang/contract'
import { blocks, type Dossier, judge, type RuleId } from '@dianzhang/rules'
import { type AnyStateMachine, assign, createMachine } from 'xstate'
import { type Case, caseOf, matches } from './cases.ts'
import { commandLaw } from './command-law.ts'
import { type DomainEvent, factsFor, type LifecycleContext, type LifecycleEvent } from './events.ts'
import { evolve } from './evolve.ts'
import { stages } from './stages/index.ts'
import type { Arrow, StageSpec } from './stages/stage.ts'

export const machineId = 'normative-document'

/** 守卫的参数：情形、规则、按何时的案卷判断。 */
export interface RulesHold {
  rules: readonly RuleId[]
  when: Case | null
  judged: 'before' | 'after'
}

/** 箭头是否放行：情形吻合，且没有任何一条规则阻止。 */
export function rulesHold(dossier: Dossier, event: LifecycleEvent, params: RulesHold): boolean {
  // 初始快照与无事实的试算没有外部事实，任何自动前行都不放行。
  if (!event.meta) return false
  if (!matches(params.when ?? undefined, caseOf(dossier, event))) return false
  if (params.rules.length === 0) return true
  const judged = params.judged === 'after' ? evolve(dossier, event) : dossier
  return !judge(params.rules, factsFor(judged, event)).some(blocks)
}

const recordAction = (event: DomainEvent) => ({ type: 'record', params: { event } })

function arrowConfig(arrow: Arrow, type: CommandType | null) {
  const law = type ? commandLaw[type] : null
  return {
    ...(arrow.to ? { target: `#${machineId}.${arrow.to}` } : {}),
    guard: {
      type: 'rulesHold',
      params: {
        rules: arrow.rules ?? [],
        when: arrow.when ?? null,
        judged: arrow.judged ?? 'before',
      } satisfies RulesHold,
    },
    actions: type ? ['evolve', recordAction(arrow.records)] : [recordAction(arrow.records)],
    description: type ? commandLabels[type] : '条件具备，自动前行',
    meta: {
      to: arrow.to ?? null,
      records: arrow.records,
      by: law?.by ?? ['system'],
      basis: law?.basis ?? null,
      automatic: type === null,
    },
  }
}
function stageConfig(spec: StageSpec): Record<string, unknown> {
  return {
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
              arrows.map((a) => arrowConfig(a, type as CommandType)),
            ]),
          ),
        }
      : {}),
    ...(spec.always ? { always: spec.always.map((a) => arrowConfig(a, null)) } : {}),
    ...(spec.states ? { states: statesConfig(spec.states) } : {}),
  }
}
const statesConfig = (states: Record<string, StageSpec>) =>
  Object.fromEntries(Object.entries(states).map(([name, spec]) => [name, stageConfig(spec)]))

/** 行政规范性文件的生命周期。 */
export const lifecycle: AnyStateMachine = createMachine(
  {
    id: machineId,
    initial: 'initiation',
    context: ({ input }: { input: LifecycleContext }) => ({ dossier: input?.dossier }),
    states: statesConfig(stages),
  } as never,
  {
    guards: {
      rulesHold: ({ context, event }: { context: LifecycleContext; event: LifecycleEvent }, params: RulesHold) =>
        rulesHold(context.dossier, event, params),
    },
    actions: {
      evolve: assign(({ context, event }: { context: LifecycleContext; event: LifecycleEvent }) => ({
        dossier: evolve(context.dossier, event),
      })),
      // 只取名，从不执行：写事务从 transition() 的返回值里收集。
      record: () => {},
    } as never,
  },
)
