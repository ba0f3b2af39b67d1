// 办公事务的词汇：案卷只记办过多少件、现用哪一版规则包；判断所需的其余都是当时读入的事实。
import type { WorkCalendar } from '@dianzhang/calendar'
import type { OfficeCommand, OfficePayload, OfficeRecord } from '@dianzhang/contract'
import type * as kernel from '@dianzhang/kernel'
import type { Pack } from '@dianzhang/packs'
import { z } from 'zod'

/** 等着复核的修订：改动的内容，谁何时提出，为什么放宽。同时只有一份。 */
export const PackProposal = z.object({
  id: z.string(),
  base: z.string(),
  effectiveFrom: z.string(),
  changes: z.array(
    z.object({
      path: z.string(),
      value: z.unknown(),
      unit: z.enum(['working_day', 'calendar_day', 'month', 'year']).optional(),
      source: z.object({ document: z.string(), article: z.string() }),
      quote: z.string().optional(),
      note: z.string().optional(),
      file: z.object({ name: z.string(), sha256: z.string(), size: z.int() }).optional(),
    }),
  ),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
})
export type PackProposal = z.infer<typeof PackProposal>
export const OfficeDossier = z.object({
  jurisdiction: z.string(),
  packVersion: z.string(),
  openedAt: z.string(),
  /** 各命令办过多少件。 */
  counts: z.record(z.string(), z.int()),
  last: z.object({ command: z.string(), at: z.string(), by: z.string().nullable() }).nullable(),
  /** 没有等着复核的，不写。 */
  proposal: PackProposal.optional(),
})
export type OfficeDossier = z.infer<typeof OfficeDossier>

type Post = OfficePayload<'ChangePosts'>['posts'][number]
type Unit = Omit<OfficePayload<'SaveUnit'>, 'seen' | 'reason'>
/** 某一栏的毛病；随结论的推算过程（trace）交给表单。 */
export interface FieldFault {
  path: string
  message: string
}
export interface PersonState {
  id: string
  name: string
  active: boolean
}
/**
 * 与正在办理的命令有关的现状；没有读入的（尚不知道内容，只是列出可以办什么）缺省，规则据此一概视为可以。
 * 各项由办理台在写事务里读入、加锁。
 */
export interface OfficeState {
  /** 制定机关在现行规则包里的机关代字；没有的为 null。 */
  prefix?: { unit: string; code: string | null }
  /** 待确认的恢复：编号暂停的缘由。 */
  restoration?: { open: string | null; faults: FieldFault[] }
  reservation?: { text: string; status: 'reserved' | 'issued' | 'void'; expiresOn: string | null }
  approver?: PersonState
  /** 修订后比国家规定宽松的各项。 */
  laxer?: FieldFault[]
  /** 修订以后放宽的各项。 */
  loosened?: FieldFault[]
  /** 要复核、退回的修订：标识对不对，是不是本人提出的。 */
  proposal?: { open: boolean; same: boolean; own: boolean }
  /** 同一标识的放假通知：有没有，内容是否相同；系统中别的法域。 */
  notice?: { known: 'none' | 'same' | 'different'; otherPlaces: number }
  delegation?: { from: string; to: string; revokedAt: string | null }
  /** 要委托的任职：本人是否持有，是否只是受托的，任期。 */
  post?: { held: 'own' | 'delegated' | 'none'; endsOn: string | null; name: string }
  taker?: {
    active: boolean
    administrator: boolean
    /** 在委托的机关任职，并有可以受托签发的任职之一。 */
    headsWithGiver: boolean
    overlapping: boolean
    delegates: string[]
  }
  unit?: {
    /** 同一代码现有的单位。 */
    before: Unit | null
    namesake: { id: string; name: string } | null
    /** 上级是本单位或者它的下级。 */
    circular: boolean
  }
  person?: PersonState & { posts: Post[]; receives: boolean; password: boolean }
  usernameTaken?: boolean
  body?: {
    before: { name: string; form: string | null; seat: string | null; active: boolean } | null
    /** 随规则包与单位建立的。 */
    standard: boolean
    namesake: boolean
  }
  /** 要确认有效期的条目：是否导入、有没有有效期、确认过没有，正文读出的日期，所抄的原话在不在正文里。 */
  validity?: { imported: boolean; validUntil: string | null; answered: boolean; asked: string | null; quoted: boolean }
  /** 要催办的一步：是否正等着、是否轮到本人、本人是否在等；催过几次，最多几次，最早何日可以再催。 */
  urge?: {
    awaited: boolean
    mine: boolean
    concerned: boolean
    times: number
    most: number
    earliest: string | null
  }
  /** 对外通知是否停着（由备份恢复以后）。 */
  held?: boolean
  /** 要再次转办的一项：对方的答复；再次转办过的，办成没有。 */
  send?: { outcome: 'accepted' | 'refused' | null; again: 'accepted' | 'sent' | null }
  /** 要确认的授权条款：登记库有没有该法全文，原文在不在其中；有没有确认过同样的内容。 */
  mandate?: { text: boolean; quoted: boolean; same: boolean }
  /** 要抽取的一年：公布了多少件；同一种子抽过没有，用别的种子抽过几次。 */
  sample?: { population: number; drawn: boolean; others: number }
  /** 已经登记的同名（同号）上位法。 */
  acts?: string[]
}
export interface OfficeFacts {
  today: string
  dossier: OfficeDossier
  command: { type: OfficeCommand; payload: Record<string, unknown>; actor: kernel.ActorFact }
  state: OfficeState
}
export type OfficeRuleId =
  | 'number.prefix-known'
  | 'number.reservation-ahead'
  | 'number.reservation-open'
  | 'number.approver-in-office'
  | 'number.not-suspended'
  | 'number.confirmation-due'
  | 'number.confirmation-complete'
  | 'pack.from-today'
  | 'pack.not-laxer'
  | 'pack.second-person'
  | 'pack.one-proposal'
  | 'pack.proposal-open'
  | 'pack.another-person'
  | 'holiday.once'
  | 'holiday.one-place'
  | 'delegation.own-post'
  | 'delegation.not-administration'
  | 'delegation.to-another'
  | 'delegation.ahead'
  | 'delegation.within-term'
  | 'delegation.taker-in-office'
  | 'delegation.signing-within-organ'
  | 'delegation.no-administrator'
  | 'delegation.no-overlap'
  | 'delegation.stands'
  | 'delegation.by-giver'
  | 'unit.id-free'
  | 'unit.as-seen'
  | 'unit.name-unique'
  | 'unit.no-circle'
  | 'issuers.published'
  | 'person.username-free'
  | 'person.another'
  | 'person.posts-as-seen'
  | 'person.no-delegation-held'
  | 'person.has-password'
  | 'body.name-free'
  | 'body.as-seen'
  | 'body.standard-fixed'
  | 'act.once'
  | 'act.published'
  | 'mandate.as-written'
  | 'mandate.once'
  | 'sample.files-to-draw'
  | 'sample.drawn-once'
  | 'sample.first-draw'
  | 'send.refused'
  | 'validity.question-open'
  | 'validity.as-read'
  | 'urge.awaited'
  | 'urge.not-too-often'
  | 'notices.held'

/** 只有办理台能落定的值。 */
export interface OfficeResolved {
  [key: string]: unknown
}
export interface OfficeShape extends kernel.Shape {
  opening: 'OpenOffice'
  command: OfficeCommand
  record: OfficeRecord
  rule: OfficeRuleId
  tag: 'standing'
  dossier: OfficeDossier
  resolved: OfficeResolved
  when: object
  facts: OfficeFacts
  circumstance: { pack: Pack; calendar: WorkCalendar; state: OfficeState }
}
export type OfficeRule = kernel.Rule<OfficeRuleId, OfficeFacts>
