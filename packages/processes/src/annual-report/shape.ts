// 年度报告的词汇：命令、事件、规则、案卷与事实。
import type { WorkCalendar } from '@dianzhang/calendar'
import type { annualReport } from '@dianzhang/contract'
import type * as kernel from '@dianzhang/kernel'
import type { Pack } from '@dianzhang/packs'
import type { Correction, FrozenFigure, IssuerLine, ReportDossier } from './dossier.ts'

export type ReportRuleId =
  | 'report.year-over'
  | 'report.sections-written'
  | 'report.figures-linked'
  | 'report.figures-known'
  | 'report.filled-by-hand'
  | 'report.recorded-act'
  | 'report.objections-answered'
  | 'report.figure-known'
  | 'report.one-objection'
  | 'report.objection-open'
  | 'report.in-time'
  | 'report.differs'

export interface ReportExternal {
  /** 统计项的标识：可以由事实得出的。 */
  figures: readonly string[]
  /** 须由人填报的统计项：标识、名称、由谁填报。 */
  manual: ReadonlyArray<{ id: string; label: string; who: string }>
  /** 与公布时不同的各项；只在更正时算出，此外为 null。 */
  differences: Correction['figures'] | null
}
export interface ReportFacts {
  now: string
  today: string
  dossier: ReportDossier
  command: { type: string; payload: Record<string, unknown>; actor: kernel.ActorFact }
  pack: Pack
  calendar: WorkCalendar
  external: ReportExternal
}
export interface ReportShape extends kernel.Shape {
  opening: (typeof annualReport)['opening']['type']
  command: keyof (typeof annualReport)['commands']
  record: keyof (typeof annualReport)['records']
  rule: ReportRuleId
  tag: 'open' | 'public' | 'ended'
  dossier: ReportDossier
  /** 冻结时由服务端算出的数与摘要；更正时的差别。 */
  resolved: {
    figures?: FrozenFigure[]
    issuers?: IssuerLine[]
    digest?: string
    asOf?: string
    logSize?: number | null
    differences?: Correction['figures']
  }
  when: object
  facts: ReportFacts
  circumstance: { pack: Pack; calendar: WorkCalendar; external: ReportExternal }
}
export type ReportEvent = kernel.MatterEvent<ReportShape>
export type ReportRule = kernel.Rule<ReportRuleId, ReportFacts>

export const factsOf = (dossier: ReportDossier, e: ReportEvent): ReportFacts => ({
  now: e.meta.at,
  today: e.meta.on,
  dossier,
  command: { type: e.type, payload: e.payload, actor: e.meta.actor },
  pack: e.pack,
  calendar: e.calendar,
  external: e.external,
})
