// 消息、通知的去处、订阅、推送。
import { z } from 'zod'
import { type DeliveryState, deliveryStateLabels } from '../notices.ts'
import { roles } from '../vocabulary.ts'

/** 消息的种类：轮到谁、所关注的有变动、催办、临期与逾期提醒。 */
const messageKinds = ['turn', 'moved', 'urge', 'rung', 'later'] as const
export const Message = z.object({
  id: z.string(),
  kind: z.enum(messageKinds),
  matter: z.string().describe('哪一件'),
  process: z.string(),
  title: z.string(),
  words: z.string().describe('一句话：轮到您办什么、谁办了什么'),
  why: z.string().describe('为何收到'),
  at: z.string(),
  by: z.object({ id: z.string(), name: z.string() }).nullable().describe('由谁的办理而来；公众、系统为 null'),
  command: z.string(),
  role: z.enum(roles).nullable(),
  dueOn: z.string().nullable(),
  standing: z.boolean().describe('还等着办；已经办了的为 false'),
  read: z.boolean(),
})
export const Messages = z.object({
  items: z.array(Message),
  nextCursor: z.string().nullable(),
  unread: z.int().describe('未读而还等着办的件数，至多数到100'),
})
export const Unread = z.object({ unread: z.int() })
export const Urged = z.object({ urged: z.int() })
export const NoticePreferences = z.object({
  channels: z.array(z.object({ name: z.string(), label: z.string(), addressLabel: z.string() })),
  chosen: z.array(
    z.object({
      channel: z.string(),
      address: z.string(),
      rhythm: z.enum(['immediate', 'daily']),
      suspendedWhy: z.string().nullable().describe('寄不到而停下的缘由；更改地址以后重新寄送'),
    }),
  ),
})
export const OutwardState = z.object({
  enabled: z.boolean(),
  held: z.string().nullable().describe('由备份恢复以后停着，自何时起；没有停着为 null'),
  channels: z.array(z.object({ name: z.string(), label: z.string() })),
  counts: z.record(z.string(), z.int()).describe('各状态的件数'),
  waiting: z.int().describe('还没有看过要不要寄送的消息'),
  subscriptions: z.record(z.string(), z.int()),
  webhooks: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      url: z.string(),
      types: z.array(z.string()),
      active: z.boolean(),
      inactiveWhy: z.string().nullable(),
      generation: z.int(),
      rotatedAt: z.string(),
    }),
  ),
})
export const WebhookSaved = z.object({ id: z.string(), secret: z.string(), publicKey: z.string() })
export const DeliveryRow = z.object({
  id: z.string(),
  channel: z.string(),
  channelLabel: z.string(),
  target: z.string(),
  targetLabel: z.string().describe('收的一方，写成话；不含地址'),
  event: z.string(),
  state: z.enum(Object.keys(deliveryStateLabels) as [DeliveryState, ...DeliveryState[]]),
  attempts: z.int(),
  createdAt: z.string(),
  nextAt: z.string().nullable(),
  settledAt: z.string().nullable(),
  error: z.string().nullable(),
})
export const Dropped = z.object({ dropped: z.int() })
export const Replayed = z.object({ replayed: z.int() })
export const SubscriptionAsked = z.object({ id: z.string(), sent: z.literal(true) })
export const SubscriptionState = z.object({ state: z.string(), title: z.string() })
export const CalendarAddress = z.object({ address: z.string() })
export const CalendarState = z.object({ since: z.string().nullable() })
export const SavedFilter = z.object({ id: z.string(), name: z.string(), list: z.string(), query: z.string() })
