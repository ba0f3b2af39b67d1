// 清理的词汇：命令、事件、规则、案卷与事实。
import type { PlainDate, WorkCalendar } from '@dianzhang/calendar'
import type { cleanupContract } from '@dianzhang/contract'
import type * as kernel from '@dianzhang/kernel'
import type { Pack } from '@dianzhang/packs'
import type { UnitFact } from '@dianzhang/rules'
import type { CleanupCounts, CleanupDossier } from './dossier.ts'
import type { CleanupItem } from './items.ts'

export const cleanupRuleIds = [
  'cleanup.scope-stated',
  'cleanup.ordered',
  'cleanup.closed-list-allowed',
  'cleanup.deadlines-ahead',
  'cleanup.census-frozen',
  'cleanup.reconciled',
  'cleanup.own-items',
  'cleanup.reason-given',
  'cleanup.keep-not-lapsed',
  'cleanup.gone-proved',
  'cleanup.lapse-grounded',
  'cleanup.amend-planned',
  'cleanup.every-item-answered',
  'cleanup.unit-responsible',
  'cleanup.legality-checked',
  'cleanup.check-independent',
  'cleanup.notice-given',
  'cleanup.notice-open',
  'cleanup.notice-length',
  'cleanup.objections-answered',
  'cleanup.body-competent',
  'cleanup.not-ahead',
  'cleanup.lists-add-up',
  'cleanup.closed-list-confirmed',
  'cleanup.decision-published',
  'cleanup.effective-after-publication',
  'cleanup.published-in-time',
  'cleanup.lapse-due',
  'cleanup.settled',
] as const
export type CleanupRuleId = (typeof cleanupRuleIds)[number]

/** 案卷以外、判断时才读入的事实；不进入快照。 */
export interface CleanupExternal {
  units: Record<string, UnitFact>
  /** 目录的各项。 */
  items: CleanupItem[]
  /** `items` 是不是目录的全部（没有读入的不核对件数）。 */
  whole: boolean
  /** 决定附有“未列入的停止执行”时：登记库中该范围内没有列入、也没有确认的。 */
  unlisted: Array<{ entry: string; title: string; number: string | null }>
  /** 命令或者案卷所指的清理决定：一件文件的案卷。 */
  decision: {
    id: string
    title: string
    number: string | null
    entry: string | null
    publishedOn: PlainDate | null
    effectiveDate: PlainDate | null
  } | null
  /** 各责任单位（单位代码）还有几项没有提出意见；没有读入的不写。 */
  owed?: Record<string, number>
  /** 公布以后各项变动：办成、没有办成、还没有送到。 */
  effects: { done: number; failed: number; pending: number }
}
export interface CleanupResolved {
  /** 涉及的序号。 */
  items?: number[]
  count?: number
  gone?: number
  digest?: string
  previous?: string | null
  missing?: number
  extra?: number
  units?: string[]
  unit?: string
  body?: { id: string; name: string; unit: string }
  hash?: string
  until?: string
  counts?: CleanupCounts
  lists?: string
  effectiveOn?: string
  /** 以往的清理：当时公布的日期。 */
  publishedOn?: string
  effects?: number
  imported?: number
  conditional?: Array<{ due: string; items: number[] }>
  /** 核对以后全部同意；补报、并入的已在决定以后。 */
  complete?: boolean
  /** 写入自己的行的内容；不进入台账。 */
  rows?: unknown
  /** 各批的摘要；进入台账。 */
  batches?: unknown
}
export interface CleanupFacts {
  now: string
  today: PlainDate
  dossier: CleanupDossier
  command: { type: string; payload: Record<string, unknown>; actor: kernel.ActorFact; resolved: CleanupResolved }
  pack: Pack
  calendar: WorkCalendar
  external: CleanupExternal
}
export interface CleanupShape extends kernel.Shape {
  opening: (typeof cleanupContract)['opening']['type']
  command: keyof (typeof cleanupContract)['commands']
  record: keyof (typeof cleanupContract)['records']
  rule: CleanupRuleId
  tag: 'open' | 'public' | 'ended'
  dossier: CleanupDossier
  resolved: CleanupResolved
  when: { complete?: boolean; past?: boolean }
  facts: CleanupFacts
  circumstance: { pack: Pack; calendar: WorkCalendar; external: CleanupExternal }
}
export type CleanupEvent = kernel.MatterEvent<CleanupShape>
export type CleanupStage = kernel.StageSpec<CleanupShape>
export type CleanupRule = kernel.Rule<CleanupRuleId, CleanupFacts>

/** 由事件与案卷拼出规则所需的事实。 */
export const factsOf = (dossier: CleanupDossier, e: CleanupEvent): CleanupFacts => ({
  now: e.meta.at,
  today: e.meta.on,
  dossier,
  command: { type: e.type, payload: e.payload, actor: e.meta.actor, resolved: e.meta.resolved },
  pack: e.pack,
  calendar: e.calendar,
  external: e.external,
})
