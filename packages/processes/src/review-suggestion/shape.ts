// 建议审查的词汇：命令、事件、规则、案卷与事实。
import type { PlainDate, WorkCalendar } from '@dianzhang/calendar'
import type { reviewSuggestion } from '@dianzhang/contract'
import type * as kernel from '@dianzhang/kernel'
import type { Pack } from '@dianzhang/packs'
import type { ForceState, UnitFact } from '@dianzhang/rules'
import type { SuggestionDossier } from './dossier.ts'

export const suggestionRuleIds = [
  'suggestion.form',
  'suggestion.competent',
  'suggestion.in-force',
  'suggestion.in-time',
  'suggestion.reason-proved',
  'suggestion.examiner-independent',
  'suggestion.inquiry-term',
  'suggestion.inquiry-over',
  'suggestion.issuer-heard',
  'suggestion.conclusion-grounded',
  'suggestion.suspendable',
  'suggestion.every-conflict-answered',
  'suggestion.extendable',
  'suggestion.change-made',
  'suggestion.person-told',
  'suggestion.group-answered',
  'suggestion.new-reasons',
  'suggestion.period-over',
  'suggestion.to-another',
] as const
export type SuggestionRuleId = (typeof suggestionRuleIds)[number]

/** 案卷以外、判断时才读入的事实；不进入快照。 */
export interface SuggestionExternal {
  units: Record<string, UnitFact>
  /** 所涉文件现在的效力，及各次变动；登记库中已经没有的为 null。 */
  document: {
    status: ForceState | 'unknown'
    changes: Array<{ kind: string; on: PlainDate; by: string | null }>
    /** 施行日期；登记库没有记载的为空。 */
    effectiveOn?: PlainDate | null
  } | null
  /** 各项结论所写的条款中，文件里没有的；没有写条款的不读。 */
  missingClauses?: string[]
  /** 所涉文件应当报送备案的机关；查不出的为空。 */
  recipients: string[]
  /** 审核过所涉文件的合法性审核人。 */
  documentReviewers: string[]
  /** 命令所指的登记库条目：作出修改或者废止的文件。 */
  change: { id: string; title: string; publishedOn: PlainDate | null } | null
  /** 命令所指的先前的审查建议。 */
  earlier: { id: string; document: string; provisions: string[]; concludedOn: PlainDate | null } | null
  /** 关联的建议：在哪一阶段。 */
  linked: Array<{ id: string; title: string; stage: string }>
}
export interface SuggestionResolved {
  hash?: string
  unit?: string
  /** 移送：接收机关的名称；它在本系统办理的，在那里开启的一件。 */
  to?: string
  opens?: string
  /** 各项结论的说明的摘要，以冲突的序号为键。 */
  hashes?: Record<string, string>
}
export interface SuggestionFacts {
  now: string
  today: PlainDate
  dossier: SuggestionDossier
  command: { type: string; payload: Record<string, unknown>; actor: kernel.ActorFact; resolved: SuggestionResolved }
  pack: Pack
  calendar: WorkCalendar
  external: SuggestionExternal
}
export interface SuggestionShape extends kernel.Shape {
  opening: (typeof reviewSuggestion)['opening']['type']
  command: keyof (typeof reviewSuggestion)['commands']
  record: keyof (typeof reviewSuggestion)['records']
  rule: SuggestionRuleId
  tag: 'open' | 'ended'
  dossier: SuggestionDossier
  resolved: SuggestionResolved
  when: { agreed?: boolean; uncompleted?: boolean }
  facts: SuggestionFacts
  circumstance: { pack: Pack; calendar: WorkCalendar; external: SuggestionExternal }
}
export type SuggestionEvent = kernel.MatterEvent<SuggestionShape>
export type SuggestionStage = kernel.StageSpec<SuggestionShape>
export type SuggestionRule = kernel.Rule<SuggestionRuleId, SuggestionFacts>

/** 由事件与案卷拼出规则所需的事实。 */
export const factsOf = (dossier: SuggestionDossier, e: SuggestionEvent): SuggestionFacts => ({
  now: e.meta.at,
  today: e.meta.on,
  dossier,
  command: { type: e.type, payload: e.payload, actor: e.meta.actor, resolved: e.meta.resolved },
  pack: e.pack,
  calendar: e.calendar,
  external: e.external,
})
