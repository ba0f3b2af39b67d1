// 年度清单的词汇：制定计划与决策目录共用一份案卷、一套规则，命令的名称各有各的。
import type { WorkCalendar } from '@dianzhang/calendar'
import type * as kernel from '@dianzhang/kernel'
import type { Pack } from '@dianzhang/packs'
import { z } from 'zod'

const day = z.iso.date()
const Item = z.object({
  n: z.int(),
  title: z.string(),
  unit: z.string(),
  due: day,
  /** 计划项目的类别；决策事项为 null。 */
  kind: z.enum(['new', 'amend', 'repeal']).nullable(),
  target: z.string().nullable(),
  basis: z.string(),
  necessity: z.string(),
  enterpriseRelated: z.boolean(),
  majorDecision: z.boolean(),
  leader: z.string().nullable(),
  steps: z.array(z.string()),
  hearing: z.boolean(),
  overlap: z.string().nullable(),
  proposedOn: day,
  argued: z.object({ outcome: z.enum(['include', 'exclude']), argument: z.string(), on: day }).nullable(),
  /** 公布以后增加的：补充论证。 */
  added: z.object({ on: day, justification: z.string(), body: z.string() }).nullable(),
  dropped: z.object({ on: day, reason: z.string() }).nullable(),
  carried: z.object({ on: day, reason: z.string() }).nullable(),
  completed: z.object({ on: day, document: z.string().nullable(), note: z.string().nullable() }).nullable(),
})
const Proposal = z.object({
  n: z.int(),
  title: z.string(),
  reason: z.string(),
  on: day,
  answer: z.object({ answer: z.enum(['taken', 'partly', 'not_taken']), reason: z.string(), on: day }).nullable(),
})
/** 公布以后的一次调整。 */
const Adjustment = z.object({
  on: day,
  adjustment: z.enum(['add', 'remove', 'time', 'unit', 'carry']),
  item: z.int(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  reason: z.string(),
  body: z.string().nullable(),
  consent: z.object({ on: day, reference: z.string() }).nullable(),
})
export const ListDossier = z.object({
  id: z.string(),
  jurisdiction: z.string(),
  packVersion: z.string(),
  year: z.int(),
  /** 编制的单位。 */
  unit: z.string(),
  /** 公开征集的最后一日；不公开征集的为 null。 */
  until: day.nullable(),
  openedOn: day,
  items: z.array(Item),
  proposals: z.array(Proposal),
  approval: z.object({ body: z.string(), on: day, number: z.string().nullable() }).nullable(),
  consent: z.object({ on: day, reference: z.string() }).nullable(),
  publishedOn: day.nullable(),
  adjustments: z.array(Adjustment),
  statement: z.object({ summary: z.string(), on: day }).nullable(),
})
export type ListDossier = z.infer<typeof ListDossier>
export type ListItem = ListDossier['items'][number]

export type ListRuleId =
  | 'list.call-over'
  | 'list.every-item-argued'
  | 'list.proposals-answered'
  | 'list.recorded-act'
  | 'list.item-open'
  | 'list.completed-by'
  | 'list.proposal-open'
  | 'list.call-open'
  | 'list.overlap-answered'
  | 'list.not-more-than-last-year'
  | 'list.settled-at-year-end'
  | 'catalogue.party-consent'
  | 'catalogue.adjustment-consented'

/** 名称相近的：清单里的另一项，或者现行有效的一件文件。 */
export interface Similar {
  what: 'item' | 'entry'
  title: string
}
export interface ListExternal {
  /** 记载完成时写明的文件；没有写明的为 null。公布之日没有登记的为 null。 */
  completedBy: { title: string; publishedOn: string | null; disclosed: boolean } | null
  /** 所报事项与哪些相近。 */
  similar: Similar[]
  /** 上一年度各起草单位列入的件数；没有上一年度清单的为 null。 */
  lastYear: Record<string, number> | null
  /** 单位代码 → 名称。 */
  units: Record<string, string>
}
export interface ListFacts {
  now: string
  today: string
  dossier: ListDossier
  command: { type: string; payload: Record<string, unknown>; actor: kernel.ActorFact }
  pack: Pack
  calendar: WorkCalendar
  external: ListExternal
}
export interface ListShape extends kernel.Shape {
  opening: string
  command: string
  record: string
  rule: ListRuleId
  tag: 'open' | 'public' | 'ended'
  dossier: ListDossier
  resolved: object
  when: { last?: boolean }
  facts: ListFacts
  circumstance: { pack: Pack; calendar: WorkCalendar; external: ListExternal }
}
export type ListEvent = kernel.MatterEvent<ListShape>
export type ListRule = kernel.Rule<ListRuleId, ListFacts>
/** 还在清单里的：没有撤下，论证不列入的除外。 */
export const standing = (d: ListDossier): ListItem[] =>
  d.items.filter((item) => item.dropped === null && item.argued?.outcome !== 'exclude')
/** 还没有着落的：没有完成、结转、撤下。 */
export const unsettled = (d: ListDossier): ListItem[] =>
  standing(d).filter((item) => item.completed === null && item.carried === null)
/** 还没有论证的。 */
export const unargued = (d: ListDossier): ListItem[] =>
  d.items.filter((item) => item.dropped === null && item.argued === null && item.added === null)
export const factsOf = (dossier: ListDossier, e: ListEvent): ListFacts => ({
  now: e.meta.at,
  today: e.meta.on,
  dossier,
  command: { type: e.type, payload: e.payload, actor: e.meta.actor },
  pack: e.pack,
  calendar: e.calendar,
  external: e.external,
})
