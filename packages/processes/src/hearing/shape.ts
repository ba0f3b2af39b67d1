// 听证会的词汇：案卷、事实、规则的名称。
import type { WorkCalendar } from '@dianzhang/calendar'
import type { HearingCommand, HearingRecordName } from '@dianzhang/contract'
import type * as kernel from '@dianzhang/kernel'
import type { Pack } from '@dianzhang/packs'
import { z } from 'zod'

const day = z.string()
export const HearingDossier = z.object({
  id: z.string(),
  jurisdiction: z.string(),
  packVersion: z.string(),
  unit: z.string(),
  document: z.object({ id: z.string(), title: z.string() }),
  subject: z.string(),
  announcedOn: day,
  heldOn: day,
  time: z.string(),
  place: z.string(),
  registersUntil: day,
  categories: z.array(z.object({ name: z.string(), seats: z.int() })),
  contact: z.string().nullable(),
  /** 报名：公开的编号、类别、何时；是谁不在这里。 */
  registrations: z.array(
    z.object({
      id: z.string(),
      category: z.string(),
      hash: z.string(),
      at: z.string(),
      withdrawnOn: day.nullable(),
      /** 以前以同一联系方式报了名的各件；联系方式本身不在这里。 */
      sameContact: z.array(z.string()).optional(),
      /** 留了电子邮箱，结果有变化由信告知。 */
      byMail: z.boolean().optional(),
    }),
  ),
  /** `gone`：截止的当日、截止以前就撤回了的（服务停过，截止办得晚才会有）。 */
  closed: z.object({ at: z.string(), on: day, digest: z.string(), gone: z.array(z.string()).optional() }).nullable(),
  draw: z
    .object({
      on: day,
      seed: z.string(),
      root: z.string(),
      size: z.int(),
      signedAt: z.string(),
      order: z.record(z.string(), z.array(z.string())),
    })
    .nullable(),
  /** 由候补递补为参加人，工作人员已经通知了的。 */
  informed: z.array(z.string()).optional(),
  materialsSentOn: day.nullable(),
  held: z.object({ on: day, attended: z.int(), signed: z.int(), hash: z.string() }).nullable(),
  report: z.object({ on: day, text: z.string() }).nullable(),
  cancelled: z.object({ on: day, reason: z.string() }).nullable(),
})
export type HearingDossier = z.infer<typeof HearingDossier>
export type HearingRuleId =
  | 'hearing.announced-ahead'
  | 'hearing.registration-long-enough'
  | 'hearing.category-offered'
  | 'hearing.one-per-contact'
  | 'hearing.alternates-waiting'
  | 'hearing.registered'
  | 'hearing.closing-due'
  | 'hearing.seed-after-close'
  | 'hearing.materials-sent'
  | 'hearing.materials-ahead'
  | 'hearing.on-its-day'
  | 'hearing.record-signed'

/** 报名截止以后公开日志签出的检查点；还没有的为 null。 */
export interface Checkpoint {
  root: string
  size: number
  at: string
}
export interface HearingFacts {
  now: string
  today: string
  dossier: HearingDossier
  command: { type: string; payload: Record<string, unknown>; actor: kernel.ActorFact }
  pack: Pack
  calendar: WorkCalendar
  external: {
    checkpoint: Checkpoint | null
    /** 正在报名的，以前以同一联系方式报了名的各件（编号）。 */
    sameContact: string[]
  }
}
export interface HearingResolved {
  registration?: { id: string; hash: string; sameContact?: string[]; byMail?: boolean }
  digest?: string
  draw?: NonNullable<HearingDossier['draw']>
  hash?: string
  changes?: unknown[]
}
export interface HearingShape extends kernel.Shape {
  opening: 'AnnounceHearing'
  command: HearingCommand
  record: HearingRecordName
  rule: HearingRuleId
  tag: 'coming' | 'over'
  dossier: HearingDossier
  resolved: HearingResolved
  when: object
  facts: HearingFacts
  circumstance: { pack: Pack; calendar: WorkCalendar; external: HearingFacts['external'] }
}
export type HearingEvent = kernel.MatterEvent<HearingShape>
export type HearingRule = kernel.Rule<HearingRuleId, HearingFacts>

/** 由事件与案卷拼出规则所需的事实。 */
export const factsOf = (dossier: HearingDossier, e: HearingEvent): HearingFacts => ({
  now: e.meta.at,
  today: e.meta.on,
  dossier,
  command: { type: e.type, payload: e.payload, actor: e.meta.actor },
  pack: e.pack,
  calendar: e.calendar,
  external: e.external,
})

type Registration = HearingDossier['registrations'][number]
/**
 * 同一联系方式报了几次的，只算最先的一件；它撤回了，后报的接上。依报名的先后给出算数的。
 */
export function counted(standing: readonly Registration[]): Array<{ id: string; category: string }> {
  const ids = new Set<string>()
  for (const x of standing) if (!x.sameContact?.some((earlier) => ids.has(earlier))) ids.add(x.id)
  return standing.filter(({ id }) => ids.has(id)).map(({ id, category }) => ({ id, category }))
}
/** 此刻没有撤回而且算数的报名。 */
export const countedNow = (d: HearingDossier): Array<{ id: string; category: string }> =>
  counted(d.registrations.filter((x) => x.withdrawnOn === null))
/** 报名截止时谁在签里：同一联系方式的只一件；其后撤回的仍在签里，轮到时跳过。 */
export const registeredAtClose = (d: HearingDossier): Array<{ id: string; category: string }> =>
  counted(
    d.registrations.filter(
      (x) =>
        x.withdrawnOn === null || (d.closed !== null && x.withdrawnOn >= d.closed.on && !d.closed.gone?.includes(x.id)),
    ),
  )

/** 一个类别里谁参加、谁候补：撤回的不算，依次递补。 */
export function seatsOf(d: HearingDossier, category: string): { taking: string[]; waiting: string[] } {
  const seats = d.categories.find(({ name }) => name === category)?.seats ?? 0
  const gone = new Set(d.registrations.filter((x) => x.withdrawnOn !== null).map(({ id }) => id))
  const order = d.draw !== null && Object.hasOwn(d.draw.order, category) ? d.draw.order[category] : undefined
  const standing = (order ?? []).filter((id) => !gone.has(id))
  return { taking: standing.slice(0, seats), waiting: standing.slice(seats) }
}
/** 遴选时候补、有人撤回而递补为参加人的。 */
export const movedUp = (d: HearingDossier): string[] =>
  d.categories.flatMap(({ name, seats }) => {
    const order = d.draw !== null && Object.hasOwn(d.draw.order, name) ? (d.draw.order[name] ?? []) : []
    const first = new Set(order.slice(0, seats))
    return seatsOf(d, name).taking.filter((id) => !first.has(id))
  })
/** 递补了的人里，没有留电子邮箱、还要由工作人员通知的。 */
export const toInform = (d: HearingDossier): string[] =>
  movedUp(d).filter((id) => !d.informed?.includes(id) && d.registrations.find((x) => x.id === id)?.byMail !== true)
