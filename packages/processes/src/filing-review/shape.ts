// 备案审查的词汇：命令、事件、规则、案卷与事实。
import type { PlainDate, WorkCalendar } from '@dianzhang/calendar'
import type { filingReview, Track } from '@dianzhang/contract'
import type * as kernel from '@dianzhang/kernel'
import type { FilingParam, Pack } from '@dianzhang/packs'
import type { ForceState, UnitFact } from '@dianzhang/rules'
import type { FilingDossier } from './dossier.ts'

export const filingRuleIds = [
  'filing-review.in-scope',
  'filing-review.form-complete',
  'filing-review.number-unused',
  'filing-review.in-time',
  'filing-review.term-ahead',
  'filing-review.supplement-complete',
  'filing-review.examiner-independent',
  'filing-review.checked',
  'filing-review.issuer-heard',
  'filing-review.stop-decided',
  'filing-review.extendable',
  'filing-review.inquiry-over',
  'filing-review.plan-over',
  'filing-review.correction-filed',
  'filing-review.not-corrected',
  'filing-review.motion-competent',
  'filing-review.ladder',
  'filing-review.outcome-fits',
  'filing-review.not-open-yet',
  'filing-review.by-decision',
] as const
export type FilingRuleId = (typeof filingRuleIds)[number]

/** 案卷以外、判断时才读入的事实；不进入快照。 */
export interface FilingExternal {
  units: Record<string, UnitFact>
  /** 文件现在的效力；登记库中没有的为 null。报送的是决定的：尚有变动成立的为 in_force，都已收回的为 annulled。 */
  status: ForceState | 'unknown' | null
  /** 依规则包应当受理的机关，按轨道。 */
  recipients: Partial<Record<Track, string>>
  /** 审核过该文件的合法性审核人。 */
  documentReviewers: string[]
  /** 命令所写的登记号已经用在受理机关的哪一件上；没有用过的为 null。 */
  numberUsedBy: string | null
  /** 命令所指的改正文件：是否在登记库中、对本件作过什么变动、是否已经在本轨道报送。 */
  correction: {
    id: string
    title: string
    number: string | null
    changes: Array<'amended' | 'repealed'>
    filed: boolean
  } | null
  /** 同一文件在同一轨道上已经有的备案。 */
  other: string | null
}
export interface FilingResolved {
  /** 上传的文件 → 摘要。 */
  files?: Array<{ item: string; name: string; sha256: string }>
}
export interface FilingFacts {
  now: string
  today: PlainDate
  dossier: FilingDossier
  command: { type: string; payload: Record<string, unknown>; actor: kernel.ActorFact; resolved: FilingResolved }
  pack: Pack
  calendar: WorkCalendar
  external: FilingExternal
}
export interface FilingShape extends kernel.Shape {
  opening: (typeof filingReview)['opening']['type']
  command: keyof (typeof filingReview)['commands']
  record: keyof (typeof filingReview)['records']
  rule: FilingRuleId
  tag: 'open' | 'ended'
  dossier: FilingDossier
  resolved: FilingResolved
  when: { changes?: boolean; ordered?: boolean }
  facts: FilingFacts
  circumstance: { pack: Pack; calendar: WorkCalendar; external: FilingExternal }
}
export type FilingEvent = kernel.MatterEvent<FilingShape>
export type FilingStage = kernel.StageSpec<FilingShape>
export type FilingRule = kernel.Rule<FilingRuleId, FilingFacts>

/** 由事件与案卷拼出规则所需的事实。 */
export const factsOf = (dossier: FilingDossier, e: FilingEvent): FilingFacts => ({
  now: e.meta.at,
  today: e.meta.on,
  dossier,
  command: { type: e.type, payload: e.payload, actor: e.meta.actor, resolved: e.meta.resolved },
  pack: e.pack,
  calendar: e.calendar,
  external: e.external,
})
/** 规则包中这一轨道、这一层级的参数；没有的，这一层级不报送该轨道。 */
export const trackOf = ({ dossier: d, pack }: Pick<FilingFacts, 'dossier' | 'pack'>): FilingParam | null =>
  pack.filing.find((p) => p.track === d.track && p.tiers.includes(d.document.tier)) ?? null
