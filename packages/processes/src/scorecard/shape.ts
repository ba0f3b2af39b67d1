// 考核评分的词汇。
import type { WorkCalendar } from '@dianzhang/calendar'
import type { scorecardContract } from '@dianzhang/contract'
import type * as kernel from '@dianzhang/kernel'
import type { Pack } from '@dianzhang/packs'
import type { CheckedItem, ScoreDossier } from './dossier.ts'

export type ScoreRuleId =
  | 'scorecard.every-item'
  | 'scorecard.within-weight'
  | 'scorecard.self-in-time'
  | 'scorecard.facts-not-typed'
  | 'scorecard.deduction-reasoned'
  | 'scorecard.checker-independent'
  | 'scorecard.item-known'
  | 'scorecard.one-objection'
  | 'scorecard.objection-in-time'
  | 'scorecard.objection-open'
  | 'scorecard.objections-decided'
  | 'scorecard.window-over'

export interface ScoreFacts {
  now: string
  today: string
  dossier: ScoreDossier
  command: { type: string; payload: Record<string, unknown>; actor: kernel.ActorFact }
  pack: Pack
  calendar: WorkCalendar
}
export interface ScoreShape extends kernel.Shape {
  opening: (typeof scorecardContract)['opening']['type']
  command: keyof (typeof scorecardContract)['commands']
  record: keyof (typeof scorecardContract)['records']
  rule: ScoreRuleId
  tag: 'open' | 'public' | 'ended'
  dossier: ScoreDossier
  /** 核定时由服务端算出的：由事实得出的各项。 */
  resolved: { asOf?: string; computed?: CheckedItem[] }
  when: object
  facts: ScoreFacts
  circumstance: { pack: Pack; calendar: WorkCalendar }
}
export type ScoreEvent = kernel.MatterEvent<ScoreShape>
export type ScoreRule = kernel.Rule<ScoreRuleId, ScoreFacts>
export interface ScoreLine {
  item: string
  score: number
  reason?: string
  note?: string
}
/** 命令里的各项得分。 */
export const linesOf = (payload: Record<string, unknown>): ScoreLine[] =>
  Array.isArray(payload.scores) ? (payload.scores as ScoreLine[]) : []

export const factsOf = (dossier: ScoreDossier, e: ScoreEvent): ScoreFacts => ({
  now: e.meta.at,
  today: e.meta.on,
  dossier,
  command: { type: e.type, payload: e.payload, actor: e.meta.actor },
  pack: e.pack,
  calendar: e.calendar,
})
