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
    z.object({ id: z.string(), category: z.string(), hash: z.string(), at: z.string(), withdrawnOn: day.nullable() }),
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
  external: { checkpoint: Checkpoint | null }
}
export interface HearingResolved {
  registration?: { id: string; hash: string }
  digest?: string
  draw?: NonNullable<HearingDossier['draw']>
  hash?: string
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

/** 报名截止时谁报了名：其后撤回的仍在签里，轮到时跳过。 */
export const registeredAtClose = (d: HearingDossier): Array<{ id: string; category: string }> =>
  d.registrations
    .filter(
      (x) =>
        x.withdrawnOn === null || (d.closed !== null && x.withdrawnOn >= d.closed.on && !d.closed.gone?.includes(x.id)),
    )
    .map(({ id, category }) => ({ id, category }))

/** 一个类别里谁参加、谁候补：撤回的不算，依次递补。 */
export function seatsOf(d: HearingDossier, category: string): { taking: string[]; waiting: string[] } {
  const seats = d.categories.find(({ name }) => name === category)?.seats ?? 0
  const gone = new Set(d.registrations.filter((x) => x.withdrawnOn !== null).map(({ id }) => id))
  const order = d.draw !== null && Object.hasOwn(d.draw.order, category) ? d.draw.order[category] : undefined
  const standing = (order ?? []).filter((id) => !gone.has(id))
  return { taking: standing.slice(0, seats), waiting: standing.slice(seats) }
}
