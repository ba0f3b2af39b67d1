// 会议的词汇：何处的会议、何日、哪些议题、谁出席、每一件怎样决定、纪要。
import type { WorkCalendar } from '@dianzhang/calendar'
import type { SessionCommand, SessionRecord } from '@dianzhang/contract'
import type * as kernel from '@dianzhang/kernel'
import type { Pack } from '@dianzhang/packs'
import { z } from 'zod'

const date = z.string()
const outcome = z.enum(['adopted', 'adopted_with_changes', 'postponed', 'rejected'])
const ItemDecision = z.object({
  outcome,
  substantive: z.boolean(),
  changes: z.string().nullable(),
  /** 谁（案卷一侧记录的没有写明的为 null），什么意见。 */
  dissents: z.array(z.object({ person: z.string().nullable(), text: z.string() })),
  speakers: z.array(z.string()),
  recused: z.array(z.string()),
  headReason: z.string().nullable(),
  reason: z.string().nullable(),
  on: date,
  at: z.string(),
  /** 在会议上记录，还是随案卷记录。 */
  from: z.enum(['session', 'matter']),
})
const AgendaItem = z.object({
  n: z.int(),
  matter: z.string().nullable(),
  title: z.string(),
  presenter: z.string().nullable(),
  attending: z.array(z.string()),
  majorDecision: z.boolean(),
  dropped: z.object({ reason: z.string(), at: z.string() }).nullable(),
  decision: ItemDecision.nullable(),
})
export const SessionDossier = z.object({
  id: z.string(),
  jurisdiction: z.string(),
  packVersion: z.string(),
  body: z.object({ id: z.string(), name: z.string(), unit: z.string() }),
  session: z.string(),
  date,
  place: z.string().nullable(),
  /** 随案卷的安排、决定而立的会议；文秘排期的为 null。 */
  origin: z.string().nullable(),
  items: z.array(AgendaItem),
  held: z
    .object({
      on: date,
      at: z.string(),
      attendance: z
        .object({
          members: z.array(z.string()),
          present: z.array(z.string()),
          head: z.string(),
          chair: z.string(),
          observers: z.array(z.string()),
        })
        .nullable(),
    })
    .nullable(),
  rescheduled: z.array(z.object({ from: date, to: date, reason: z.string(), at: z.string() })),
  cancelled: z.object({ reason: z.string(), at: z.string() }).nullable(),
  minutes: z
    .object({
      number: z.string().nullable(),
      text: z.string(),
      signedBy: z.string(),
      at: z.string(),
      corrections: z.array(z.object({ reason: z.string(), at: z.string() })),
    })
    .nullable(),
})
export type SessionDossier = z.infer<typeof SessionDossier>
export type AgendaItem = z.infer<typeof AgendaItem>
export type ItemDecision = z.infer<typeof ItemDecision>

/** 一件案卷此刻能否在会上作出决定：由该案卷自己的判断得出，与案卷里的按钮、拒绝是同一个判断。 */
export interface Gate {
  matter: string
  title: string
  stageLabel: string
  /** 起草单位。 */
  unit: string
  majorDecision: boolean
  /** 案卷正在可以记录审议决定的阶段。 */
  inStage: boolean
  /** 案卷正排在这一次会议上。 */
  scheduledHere: boolean
  /** 可以决定通过。 */
  open: boolean
  outstanding: Array<{ rule: string; reason: string }>
}
export interface SessionFacts {
  today: string
  dossier: SessionDossier
  command: { type: string; payload: Record<string, unknown>; actor: kernel.ActorFact }
  pack: Pack
  gates: Record<string, Gate>
  /** 人员标识 → 姓名。 */
  people: Record<string, string>
  /** 排期时：同一会议在册的其他各次，取消了的不算。 */
  others?: ReadonlyArray<{ id: string; session: string; date: string }>
}
export type SessionRuleId =
  | 'session.ahead'
  | 'session.once'
  | 'session.not-past'
  | 'session.items-once'
  | 'session.items-ready'
  | 'session.item-ready'
  | 'session.item-open'
  | 'session.held-by-today'
  | 'session.attendance-once'
  | 'session.quorum'
  | 'session.speakers-present'
  | 'session.head-last'
  | 'session.reason-against-majority'
  | 'session.every-item-decided'
  | 'session.signed-by-chair'

export interface SessionResolved {
  /** 议题的名称、汇报单位与类别，依案卷此刻所载。 */
  items?: Array<Omit<AgendaItem, 'n' | 'dropped' | 'decision'>>
}
export interface SessionShape extends kernel.Shape {
  opening: 'ScheduleSession'
  command: SessionCommand
  record: SessionRecord
  rule: SessionRuleId
  tag: 'coming' | 'over'
  dossier: SessionDossier
  resolved: SessionResolved
  when: { outcome?: ReadonlyArray<ItemDecision['outcome']>; listed?: boolean }
  facts: SessionFacts
  circumstance: {
    pack: Pack
    calendar: WorkCalendar
    gates: Record<string, Gate>
    people: Record<string, string>
    others?: ReadonlyArray<{ id: string; session: string; date: string }>
  }
}
export type SessionRule = kernel.Rule<SessionRuleId, SessionFacts>
