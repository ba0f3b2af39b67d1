// 决定：在当前快照上，这条命令是放行、被拒，还是本阶段不可办理；放行则给出下一快照与领域事件。
import { type Basis, type CommandType, commandLabels, type Stage, stageLabels, type Verdict } from '@dianzhang/contract'
import { blocks, judge, type RuleId } from '@dianzhang/rules'
import { getNextTransitions, transition } from 'xstate'
import { allArrows } from './arrows.ts'
import { caseOf, matches } from './cases.ts'
import { commandLaw } from './command-law.ts'
import { type DomainEvent, factsFor, type LifecycleEvent } from './events.ts'
import { evolve } from './evolve.ts'
import { lifecycle, type RulesHold } from './machine.ts'
import { type Snapshot, stageOf } from './snapshot.ts'

export interface Option {
  command: CommandType
  to: string | null
  when: RulesHold['when']
  rules: readonly RuleId[]
  judged: 'before' | 'after'
  records: DomainEvent
}
/** 当前快照上的全部箭头（含未放行的），按书写次序；`command` 为空的是自动前行。 */
export function optionsOf(snapshot: Snapshot): Array<Option & { automatic: boolean }> {
  return getNextTransitions(snapshot as never).map((t) => {
    const params = (t.guard as unknown as { params: RulesHold }).params
    const meta = t.meta as { to: string | null; records: DomainEvent; automatic: boolean }
    return {
      command: t.eventType as CommandType,
      to: meta.to,
      when: params.when,
      rules: params.rules,
      judged: params.judged,
      records: meta.records,
      automatic: meta.automatic,
    }
  })
}

/** 某命令在全部阶段中的箭头，用来说明“须先做到什么”。 */
const everywhere = Map.groupBy(allArrows, (placed) => placed.command)
/** 自动前行的领域事件 → 其条件，用于把结论写入台账。 */
export const automaticRules: Partial<Record<DomainEvent, readonly RuleId[]>> = Object.fromEntries(
  (everywhere.get(null) ?? []).map(({ arrow }) => [arrow.records, arrow.rules ?? []]),
)
/** 可以办理某命令的阶段（点路径）。 */
export const stagesOf = (type: CommandType): string[] => [...new Set((everywhere.get(type) ?? []).map((x) => x.stage))]

const stageName = (path: string) => stageLabels[path as Stage] ?? path
const orderBasis: Basis = {
  document: '国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知（国办发〔2018〕37号）',
  article: '二（四）至（八）制定程序',
  confidence: 'partly_verified',
}

/** 本阶段没有这条命令：说明可在哪些阶段办理，并列出那里要求而现在尚不满足的规则。 */
function outOfStage(snapshot: Snapshot, event: LifecycleEvent): Verdict[] {
  const stage = stageOf(snapshot.value)
  const arrows = everywhere.get(event.type) ?? []
  const facts = factsFor(snapshot.context.dossier, event)
  const rules = [
    ...new Set(
      arrows
        .filter((x) => matches(x.arrow.when, caseOf(snapshot.context.dossier, event), true))
        .flatMap((x) => x.arrow.rules ?? []),
    ),
  ]
  const verdict: Verdict = {
    rule: 'stage.permits',
    title: '命令须在规定的阶段办理',
    holds: false,
    severity: 'block',
    reason: `案卷现处“${stageName(stage)}”阶段，不能办理“${commandLabels[event.type]}”；该事项在${[...new Set(arrows.map((x) => `“${stageName(x.stage)}”`))].slice(0, 6).join('、')}阶段办理`,
    basis: orderBasis,
    by: commandLaw[event.type].by,
  }
  return [verdict, ...judge(rules, facts).filter((v) => !v.holds)]
}

export type Decision =
  | { kind: 'granted'; option: Option; verdicts: Verdict[] }
  | { kind: 'refused'; verdicts: Verdict[]; outOfStage: boolean }

/** 判断一条命令。被拒时给出全部结论，不止第一条；不改变任何东西。 */
export function decide(snapshot: Snapshot, event: LifecycleEvent): Decision {
  const dossier = snapshot.context.dossier
  const facts = caseOf(dossier, event)
  const options = optionsOf(snapshot).filter(
    (o) => !o.automatic && o.command === event.type && matches(o.when ?? undefined, facts),
  )
  if (options.length === 0) return { kind: 'refused', verdicts: outOfStage(snapshot, event), outOfStage: true }
  let first: Verdict[] | null = null
  for (const option of options) {
    const verdicts = judge(option.rules, factsFor(option.judged === 'after' ? evolve(dossier, event) : dossier, event))
    if (!verdicts.some(blocks)) return { kind: 'granted', option, verdicts: first ? [...first, ...verdicts] : verdicts }
    first ??= verdicts
  }
  return { kind: 'refused', verdicts: first ?? [], outOfStage: false }
}

/** 走一步：下一快照与按次序取名的领域事件。须在 `decide` 放行之后调用；未能前行即抛错。 */
export function step(snapshot: Snapshot, event: LifecycleEvent): { snapshot: Snapshot; records: DomainEvent[] } {
  const [next, actions] = transition(lifecycle, snapshot as never, event as never)
  if ((next as unknown) === snapshot)
    throw new Error(`机器没有接受已放行的命令 ${event.type}（阶段 ${stageOf(snapshot.value)}）`)
  const named = actions as unknown as Array<{ type: string; params: { event: DomainEvent } }>
  const records = named.filter((a) => a.type === 'record').map((a) => a.params.event)
  return { snapshot: next as unknown as Snapshot, records }
}
