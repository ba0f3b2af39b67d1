// 后评估的词汇：命令、事件、规则、案卷与事实。
import type { PlainDate, WorkCalendar } from '@dianzhang/calendar'
import type { evaluationContract } from '@dianzhang/contract'
import type * as kernel from '@dianzhang/kernel'
import type { Pack } from '@dianzhang/packs'
import type { ForceState, IndicatorItem, UnitFact } from '@dianzhang/rules'
import type { EvaluationDossier } from './dossier.ts'

export const evaluationRuleIds = [
  'evaluation.evaluator-independent',
  'evaluation.plan-complete',
  'evaluation.in-force',
  'evaluation.not-ahead',
  'evaluation.public-heard',
  'evaluation.evidence-for-each',
  'evaluation.answer-grounded',
  'evaluation.every-proposal-answered',
  'evaluation.in-time',
  'evaluation.published',
] as const
export type EvaluationRuleId = (typeof evaluationRuleIds)[number]

/** 制定这件文件时的一项记录：谁起草的，谁在制定时作过评估。 */
export interface EarlierRecord {
  part: 'drafted' | 'edited' | 'assessed'
  /** 记录的名称，如“记录风险评估”。 */
  record: string
  on: PlainDate | null
  unit: string | null
  organisation: string | null
  person: string | null
}
/** 案卷以外、判断时才读入的事实；不进入快照。 */
export interface EvaluationExternal {
  units: Record<string, UnitFact>
  /** 所评文件现在的效力；登记库中已经没有的为 null。 */
  status: ForceState | 'unknown' | null
  earlier: EarlierRecord[]
  /** 起草时写明的指标。 */
  indicators: IndicatorItem[]
  /** 答复所指的落实文件：登记库的条目标识 → 条目；查不到的不在其中。 */
  named: Record<string, { id: string; title: string; number: string | null; publishedOn: PlainDate | null }>
}
export interface EvaluationResolved {
  hash?: string
}
export interface EvaluationFacts {
  now: string
  today: PlainDate
  dossier: EvaluationDossier
  command: { type: string; payload: Record<string, unknown>; actor: kernel.ActorFact; resolved: EvaluationResolved }
  pack: Pack
  calendar: WorkCalendar
  external: EvaluationExternal
}
export interface EvaluationShape extends kernel.Shape {
  opening: (typeof evaluationContract)['opening']['type']
  command: keyof (typeof evaluationContract)['commands']
  record: keyof (typeof evaluationContract)['records']
  rule: EvaluationRuleId
  tag: 'open' | 'public' | 'ended'
  dossier: EvaluationDossier
  resolved: EvaluationResolved
  when: { collected?: boolean }
  facts: EvaluationFacts
  circumstance: { pack: Pack; calendar: WorkCalendar; external: EvaluationExternal }
}
export type EvaluationEvent = kernel.MatterEvent<EvaluationShape>
export type EvaluationStage = kernel.StageSpec<EvaluationShape>
export type EvaluationRule = kernel.Rule<EvaluationRuleId, EvaluationFacts>

/** 由事件与案卷拼出规则所需的事实。 */
export const factsOf = (dossier: EvaluationDossier, e: EvaluationEvent): EvaluationFacts => ({
  now: e.meta.at,
  today: e.meta.on,
  dossier,
  command: { type: e.type, payload: e.payload, actor: e.meta.actor, resolved: e.meta.resolved },
  pack: e.pack,
  calendar: e.calendar,
  external: e.external,
})
