// 行政规范性文件这一种事项的词汇：命令、领域事件、规则、案卷与事实；编成机器的部分（kernel）只认识词汇的形状。
import type { WorkCalendar } from '@dianzhang/calendar'
import type { CommandType } from '@dianzhang/contract'
import type * as kernel from '@dianzhang/kernel'
import type { Pack } from '@dianzhang/packs'
import type { Dossier, ExternalFacts, Facts, RuleId } from '@dianzhang/rules'
import type { Case } from './case.ts'
import type { DomainEvent, Resolved, ResolvedFor } from './events.ts'

/** 标签供查询使用：门户与检索只问标签，不问阶段名。 */
export type Tag = 'editable' | 'public' | 'consultation-open' | 'binding' | 'terminal' | 'frozen'

export interface DocumentShape extends kernel.Shape {
  opening: 'ProposeDocument'
  command: CommandType
  record: DomainEvent
  rule: RuleId
  tag: Tag
  dossier: Dossier
  resolved: Resolved
  when: Case
  facts: Facts
  /** 规则所需的其余事实；不进入快照。 */
  circumstance: { pack: Pack; calendar: WorkCalendar; external: ExternalFacts }
}
/** 命令在写事务里补上 meta（时刻、行为人、已落定的值）以后，成为机器事件。 */
export type LifecycleEvent = kernel.MatterEvent<DocumentShape>
export type EventMeta = kernel.EventMeta<DocumentShape>
export type LifecycleContext = kernel.MachineContext<DocumentShape>
export type Snapshot = kernel.Snapshot<DocumentShape>
export type StoredSnapshot = kernel.StoredSnapshot<DocumentShape>
export type Arrow = kernel.Arrow<DocumentShape>
export type Arrows = kernel.Arrows<DocumentShape>
export type StageSpec = Omit<kernel.StageSpec<DocumentShape>, 'ideal'> & {
  ideal?: (d: Dossier, f: Facts) => Ideal | null
}
/** 推演的一步：折叠要用的值，推演也要给出。 */
export type Ideal = {
  [T in CommandType]: Omit<kernel.Ideal<DocumentShape>, 'type' | 'resolved'> & {
    type: T
  } & (object extends ResolvedFor<T> ? { resolved?: ResolvedFor<T> } : { resolved: ResolvedFor<T> })
}[CommandType]
export type PlacedArrow = kernel.PlacedArrow<DocumentShape>
export type RulesHold = kernel.RulesHold<DocumentShape>
export type Option = kernel.Option<DocumentShape>
export type Decision = kernel.Decision<DocumentShape>
export type Action = kernel.Action<DocumentShape>
export type ActionCase = kernel.ActionCase<DocumentShape>

/** 由机器事件与案卷拼出规则所需的事实。 */
export function factsFor(dossier: Dossier, e: LifecycleEvent): Facts {
  return {
    now: e.meta.at,
    today: e.meta.on,
    dossier,
    command: { type: e.type, payload: e.payload, actor: e.meta.actor },
    pack: e.pack,
    calendar: e.calendar,
    external: e.external,
  }
}
