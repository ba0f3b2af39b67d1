// 说明：现在能办什么、由谁办、为何不能；与决定用同一套规则、同一个判断函数。
import { type ActorRole, type Basis, type CommandType, commandLabels, type Verdict } from '@dianzhang/contract'
import { type ActorFact, blocks, judge } from '@dianzhang/rules'
import { caseOf, matches } from './cases.ts'
import { commandLaw } from './command-law.ts'
import { type Option, optionsOf } from './decide.ts'
import { factsFor, type LifecycleEvent } from './events.ts'
import { evolve } from './evolve.ts'
import type { Snapshot } from './snapshot.ts'

export interface ActionCase {
  when: Option['when']
  to: string | null
  open: boolean
  verdicts: Verdict[]
}
export interface Action {
  command: CommandType
  label: string
  by: ActorRole[]
  basis: Basis
  /** 规则是否允许现在办理（是否有权办理另判）。 */
  open: boolean
  /** 各情形结论的并集，同一规则取不成立者。 */
  verdicts: Verdict[]
  cases: ActionCase[]
}
/** 自动前行：去往哪里，还差什么。 */
export interface Progress {
  to: string
  open: boolean
  verdicts: Verdict[]
}
type Circumstance = Omit<LifecycleEvent, 'type' | 'payload'>

function merge(cases: ActionCase[]): Verdict[] {
  const byRule = new Map<string, Verdict>()
  for (const v of cases.flatMap((c) => c.verdicts)) {
    const seen = byRule.get(v.rule)
    if (!seen || (seen.holds && !v.holds)) byRule.set(v.rule, v)
  }
  return [...byRule.values()]
}

/**
 * 当前阶段的每一条命令，无论能否办理；载荷未知，按“现在办理”判断。
 * `actorFor` 给出某条命令由此人以何种任职办理（规则中有的与人有关）；缺省一律用 `now` 中的行为人。
 */
export function explain(
  snapshot: Snapshot,
  now: Circumstance,
  actorFor?: (command: CommandType) => ActorFact,
): { actions: Action[]; progress: Progress[] } {
  const dossier = snapshot.context.dossier
  // 同一命令的几支箭头多半列着同样的规则，只判断一次。
  const judged = new Map<string, Verdict>()
  const verdictsOf = (option: Option, event: LifecycleEvent): Verdict[] => {
    const key = (rule: string) => `${option.command}\n${option.judged}\n${rule}`
    const missing = option.rules.filter((rule) => !judged.has(key(rule)))
    if (missing.length > 0) {
      const facts = factsFor(option.judged === 'after' ? evolve(dossier, event) : dossier, event)
      for (const verdict of judge(missing, facts)) judged.set(key(verdict.rule), verdict)
    }
    return option.rules.map((rule) => judged.get(key(rule))).filter((v) => v !== undefined)
  }
  const cases = new Map<CommandType, ActionCase[]>()
  const progress: Progress[] = []
  for (const option of optionsOf(snapshot)) {
    const actor = option.automatic ? now.meta.actor : (actorFor?.(option.command) ?? now.meta.actor)
    const event: LifecycleEvent = { ...now, meta: { ...now.meta, actor }, type: option.command, payload: {} }
    if (option.automatic) {
      if (!option.to) continue
      const verdicts = verdictsOf(option, event)
      progress.push({
        to: option.to,
        open: !verdicts.some(blocks) && matches(option.when ?? undefined, caseOf(dossier, event)),
        verdicts,
      })
      continue
    }
    if (!matches(option.when ?? undefined, caseOf(dossier, event), true)) continue
    const verdicts = verdictsOf(option, event)
    cases.set(option.command, [
      ...(cases.get(option.command) ?? []),
      { when: option.when, to: option.to, open: !verdicts.some(blocks), verdicts },
    ])
  }
  const actions = [...cases].map(([command, list]): Action => {
    const open = list.some((c) => c.open)
    return {
      command,
      label: commandLabels[command],
      ...commandLaw[command],
      open,
      verdicts: merge(open ? list.filter((c) => c.open) : list),
      cases: list,
    }
  })
  return { actions, progress: progress.filter((p) => p.verdicts.length > 0) }
}
