// 核查的词汇：命令、事件、规则、案卷与事实。
import type { PlainDate, WorkCalendar } from '@dianzhang/calendar'
import type { impactCheck } from '@dianzhang/contract'
import type * as kernel from '@dianzhang/kernel'
import type { Pack } from '@dianzhang/packs'
import type { ForceState } from '@dianzhang/rules'
import type { ImpactDossier } from './dossier.ts'

export type ImpactRuleId =
  | 'impact.document-stands'
  | 'impact.articles-named'
  | 'impact.basis-explained'
  | 'impact.in-time'
  | 'impact.not-confirmed'
  | 'impact.one-contest'
  | 'impact.contest-answered'
  | 'impact.contest-pending'
  | 'impact.confirmer-independent'

export interface ImpactExternal {
  /** 所核查的文件现在的效力；登记库中已经没有的为 null。 */
  document: ForceState | 'unknown' | null
}
export interface ImpactFacts {
  now: string
  today: PlainDate
  dossier: ImpactDossier
  command: { type: string; payload: Record<string, unknown>; actor: kernel.ActorFact }
  pack: Pack
  calendar: WorkCalendar
  external: ImpactExternal
}
export interface ImpactShape extends kernel.Shape {
  opening: (typeof impactCheck)['opening']['type']
  command: keyof (typeof impactCheck)['commands']
  record: keyof (typeof impactCheck)['records']
  rule: ImpactRuleId
  tag: 'open' | 'ended'
  dossier: ImpactDossier
  resolved: object
  when: { undecided?: boolean; accepted?: boolean }
  facts: ImpactFacts
  circumstance: { pack: Pack; calendar: WorkCalendar; external: ImpactExternal }
}
export type ImpactCheckEvent = kernel.MatterEvent<ImpactShape>
export type ImpactRule = kernel.Rule<ImpactRuleId, ImpactFacts>

/** 由事件与案卷拼出规则所需的事实。 */
export const factsOf = (dossier: ImpactDossier, e: ImpactCheckEvent): ImpactFacts => ({
  now: e.meta.at,
  today: e.meta.on,
  dossier,
  command: { type: e.type, payload: e.payload, actor: e.meta.actor },
  pack: e.pack,
  calendar: e.calendar,
  external: e.external,
})
