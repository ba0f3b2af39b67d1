// Messages: what the signed-in person has been told, and urging those who are awaited. What goes outside: preferences,
// receivers of webhooks, deliveries, calendars, subscriptions of the public.
import { AppError, answers, deliveryStateLabels, type SubscriptionKind, subscriptionKinds } from '@dianzhang/contract'
import {
  actInOffice,
  calendarSince,
  confirmSubscription,
  deleteFilter,
  endSubscription,
  listDeliveries,
  listMessages,
  markRead,
  newCalendarToken,
  outwardState,
  personalCalendar,
  prefer,
  preferencesOf,
  publicCalendar,
  replay,
  requireVisible,
  revokeCalendarToken,
  savedFiltersOf,
  saveFilter,
  subscribe,
  tryAgain,
  webhookSecret,
} from '@dianzhang/workflow'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import { type Operations, param } from '../http/operations.ts'
import { minute } from '../http/tables.ts'
import { pageQuery } from '../http/validate.ts'
import { webhookPublicKey } from '../outward.ts'

const {
  CalendarAddress,
  CalendarState,
  DeliveryRow,
  Dropped,
  Messages,
  NoticePreferences,
  OutwardState,
  pageOf,
  Replayed,
  SavedFilter,
  SubscriptionAsked,
  SubscriptionState,
  Unread,
  Urged,
  WebhookSaved,
} = answers
const once = { commandId: z.uuid().optional().describe('同一标识重复提交得到同一答复') }
const ics = 'text/calendar; charset=utf-8'

const tag = '消息'

export function noticeRoutes(ops: Operations, ctx: AppContext): void {
  const { office } = ctx
  ops.staff(
    {
      method: 'get',
      path: '/api/messages',
      tag,
      table: {
        name: '消息',
        columns: [
          ['时间', 18, ({ at }) => minute(at)],
          ['案卷', 50, 'title'],
          ['消息', 50, 'words'],
          ['期限', 12, 'dueOn'],
          ['为何收到', 40, 'why'],
        ],
      },
      summary: '本人的消息：轮到您、您关注的有变动、催办与提醒；新的在前',
      query: z.object({
        ...pageQuery,
        unread: z.enum(['true', 'false']).optional().describe('true：只要未读而还等着办的'),
      }),
      answer: { description: '一页消息与未读件数', schema: Messages },
    },
    async (c, { query: { unread, ...query }, actor }) =>
      c.json(await listMessages(office, actor, { ...query, unread: unread === 'true' })),
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/messages/read',
      tag,
      summary: '记为已读：写明哪几条，不写则全部',
      body: z.object({ ids: z.array(z.string().min(1).max(500)).max(500).optional() }),
      answer: { description: '还有几条未读', schema: Unread },
    },
    async (c, { body, actor }) => c.json({ unread: await markRead(office, actor, body.ids ?? null) }),
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/messages/urge',
      tag,
      summary: '催办：等着的一步，告知该办的人；间隔与次数依规则包，记入办公台账',
      body: z.object({
        matter: z.string().trim().min(1).max(200),
        command: z.string().trim().min(1).max(80).describe('等着的是哪一步'),
        words: z.string().trim().max(300).optional().describe('附言'),
        commandId: z.uuid().optional().describe('同一标识重复提交得到同一答复'),
      }),
      answer: { status: 201, description: '告知了几处', schema: Urged },
      problems: ['refused', 'conflict'],
    },
    async (c, { body: { commandId, ...payload }, actor }) => {
      await requireVisible(office, actor, payload.matter)
      return c.json(await actInOffice<z.infer<typeof Urged>>(office, actor, 'UrgeTurn', payload, commandId), 201)
    },
  )

  ops.staff(
    {
      method: 'get',
      path: '/api/saved-filters',
      tag: '案卷',
      summary: '本人保存的筛选',
      answer: { description: '名称、哪一个清单、条件', schema: z.array(SavedFilter) },
    },
    async (c, { actor }) => c.json(await savedFiltersOf(office, actor)),
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/saved-filters',
      tag: '案卷',
      summary: '保存一个筛选；同一清单同一名称的换成新的',
      body: z.object({
        name: z.string().trim().min(1).max(40),
        list: z.string().trim().min(1).max(40),
        query: z.string().max(1000),
      }),
      answer: { status: 201, description: '本人的全部', schema: z.array(SavedFilter) },
      problems: ['conflict'],
    },
    async (c, { body, actor }) => {
      await saveFilter(office, actor, body)
      return c.json(await savedFiltersOf(office, actor), 201)
    },
  )
  ops.staff(
    {
      method: 'delete',
      path: '/api/saved-filters/:id',
      tag: '案卷',
      summary: '删去一个；没有的同样答复',
      answer: { description: '余下的', schema: z.array(SavedFilter) },
    },
    async (c, { actor }) => {
      await deleteFilter(office, actor, param(c, 'id'))
      return c.json(await savedFiltersOf(office, actor))
    },
  )
  const origin = () => office.outward?.origin ?? ctx.publicUrl ?? ''
  ops.staff(
    {
      method: 'get',
      path: '/api/notice-preferences',
      tag,
      summary: '本人除消息中心以外还在哪里收：渠道、地址、随到随发或者每日一次',
      answer: { description: '可选的渠道与所选的', schema: NoticePreferences },
    },
    async (c, { actor }) => c.json(await preferencesOf(office, actor)),
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/notice-preferences',
      tag,
      summary: '设一个渠道；不写地址即删除',
      body: z.object({
        channel: z.string().trim().min(1).max(40),
        address: z.string().trim().max(254).optional(),
        rhythm: z.enum(['immediate', 'daily']).optional().describe('immediate 随到随发；daily 工作日每日一次'),
      }),
      answer: { description: '改动以后的', schema: NoticePreferences },
    },
    async (c, { body, actor }) => {
      await prefer(office, actor, body)
      return c.json(await preferencesOf(office, actor))
    },
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/calendar-address',
      tag,
      summary: '本人的日历地址自何时起有；没有的为 null',
      answer: { description: '自何时起', schema: CalendarState },
    },
    async (c, { actor }) => c.json({ since: await calendarSince(office, actor) }),
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/calendar-address',
      tag,
      summary: '另给一个日历地址，先前的作废；地址只显示这一次',
      body: z.object({}),
      answer: { status: 201, description: '地址', schema: CalendarAddress },
    },
    async (c, { actor }) =>
      c.json({ address: `${origin()}/api/calendar.ics?token=${await newCalendarToken(office, actor)}` }, 201),
  )
  ops.staff(
    {
      method: 'delete',
      path: '/api/calendar-address',
      tag,
      summary: '作废本人的日历地址',
      answer: { description: '没有了', schema: CalendarState },
    },
    async (c, { actor }) => {
      await revokeCalendarToken(office, actor)
      return c.json({ since: null })
    },
  )
  ops.open(
    {
      method: 'get',
      path: '/api/calendar.ics',
      tag,
      summary: '个人日历：凭地址里的口令读，只有标题与日期；口令不对的与没有的同样是 404',
      query: z.object({ token: z.string().min(1).max(100) }),
      answer: { description: 'iCalendar', mediaType: 'text/calendar' },
      problems: ['not_found'],
    },
    async (c, { query }) => {
      ctx.limits.receipts.take(c.get('address'))
      const file = await personalCalendar(office, query.token, origin())
      if (file === null) throw new AppError('not_found', '没有这个日历：地址已经作废，或者不完整。')
      return c.body(file, 200, { 'Content-Type': ics, 'Cache-Control': 'private, no-store' })
    },
  )
  ops.open(
    {
      method: 'get',
      path: '/calendar.ics',
      tag,
      summary: '公众日历：征求意见截止、施行、有效期届满',
      query: z.object({ jurisdiction: z.string().max(40).optional() }),
      answer: { description: 'iCalendar', mediaType: 'text/calendar' },
    },
    async (c, { query }) =>
      c.body(await publicCalendar(office, origin(), query.jurisdiction), 200, {
        'Content-Type': ics,
        'Cache-Control': 'public, max-age=300',
      }),
  )
  ops.open(
    {
      method: 'post',
      path: '/public/v1/subscriptions',
      tag,
      summary: '订阅：寄出一封确认信，按信中的网页确认以后才算；订阅源不需要留下地址，可以先看 /feeds/',
      body: z.object({
        kind: z.enum(Object.keys(subscriptionKinds) as [SubscriptionKind, ...SubscriptionKind[]]),
        about: z.string().trim().max(500).default('').describe('文件标识、机关、主题、上位法名称、检索条件或者回执号'),
        address: z.string().trim().min(3).max(254).describe('电子邮箱；退订即删'),
        rhythm: z.enum(['immediate', 'weekly']).default('immediate'),
        jurisdiction: z.string().max(40).optional(),
      }),
      answer: { status: 202, description: '已寄出确认信（地址是否订阅过，答复相同）', schema: SubscriptionAsked },
      problems: ['conflict', 'rate_limited'],
    },
    async (c, { body }) => {
      ctx.limits.publicWrites.take(c.get('address'))
      const { id } = await subscribe(office, body)
      return c.json({ id, sent: true as const }, 202)
    },
  )
  ops.open(
    {
      method: 'post',
      path: '/public/v1/subscriptions/:id/confirm',
      tag,
      summary: '确认订阅；只有 POST 算数，打开网页不算',
      body: z.object({ token: z.string().min(1).max(100) }),
      answer: { description: '订阅了什么', schema: SubscriptionState },
      problems: ['not_found'],
    },
    async (c, { body }) => {
      const { state, title } = await confirmSubscription(office, param(c, 'id'), body.token)
      return c.json({ state, title })
    },
  )
  ops.open(
    {
      method: 'post',
      path: '/public/v1/subscriptions/:id/end',
      tag,
      summary: '退订：地址随即删除；已经没有的同样答复',
      body: z.object({ token: z.string().min(1).max(100) }),
      answer: { description: '已经没有了', schema: SubscriptionState },
    },
    async (c, { body }) => {
      await endSubscription(office, param(c, 'id'), body.token)
      return c.json({ state: 'ended', title: '' })
    },
  )

  ops.staff(
    {
      method: 'get',
      path: '/api/outward',
      tag: '对外通知',
      summary: '对外通知的现状：是否停着、各渠道、各状态的件数、推送到哪里',
      roles: ['admin'],
      answer: { description: '现状', schema: OutwardState },
    },
    async (c, { actor }) => c.json(await outwardState(office, actor.jurisdiction)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/outward/deliveries',
      tag: '对外通知',
      table: {
        name: '对外通知',
        columns: [
          ['时间', 18, ({ createdAt }) => minute(createdAt)],
          ['渠道', 12, 'channelLabel'],
          ['收的一方', 30, 'targetLabel'],
          ['事由', 30, 'event'],
          ['状态', 10, ({ state }) => deliveryStateLabels[state as keyof typeof deliveryStateLabels]],
          ['试过几次', 8, 'attempts'],
          ['缘由', 50, 'error'],
        ],
      },
      summary: '寄送的每一件：状态、试过几次、没有送到的缘由；不含地址与内容',
      roles: ['admin'],
      query: z.object({
        ...pageQuery,
        state: z.enum(Object.keys(deliveryStateLabels) as [keyof typeof deliveryStateLabels]).optional(),
      }),
      answer: { description: '一页', schema: pageOf(DeliveryRow) },
    },
    async (c, { query, actor }) => c.json(await listDeliveries(office, actor.jurisdiction, query)),
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/outward/deliveries/:id/again',
      tag: '对外通知',
      summary: '没有送到的一件从头再试；等着下一次的，现在就试',
      roles: ['admin'],
      body: z.object({}),
      answer: { status: 204, description: '已经排上' },
      problems: ['not_found'],
    },
    async (c, { actor }) => {
      await tryAgain(office, actor.jurisdiction, param(c, 'id'))
      return c.body(null, 204)
    },
  )
  const SavedBody = z.object({
    id: z.string().trim().min(1).max(60).optional().describe('更正哪一处；登记新的不写'),
    label: z.string().trim().min(1).max(100),
    url: z.string().trim().min(1).max(500),
    types: z.array(z.string().max(40)).max(40).optional(),
    active: z.boolean().optional(),
    reason: z.string().trim().min(1).max(500),
    ...once,
  })
  ops.staff(
    {
      method: 'post',
      path: '/api/outward/webhooks',
      tag: '对外通知',
      summary: '登记、更正推送到哪里；内部网络的地址不收，除非配置中列出',
      roles: ['admin'],
      body: SavedBody,
      answer: { status: 201, description: '密钥（只在此处显示）与验签的公钥', schema: WebhookSaved },
      problems: ['conflict', 'not_found'],
    },
    async (c, { body: { commandId, ...payload }, actor }) => {
      const { id } = await actInOffice<{ id: string }>(office, actor, 'SaveWebhook', payload, commandId)
      const secret = await webhookSecret(office, actor.jurisdiction, id)
      return c.json({ id, secret, publicKey: webhookPublicKey(office) }, 201)
    },
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/outward/webhooks/:id/rotate',
      tag: '对外通知',
      summary: '更换密钥：一日以内新旧两个同时签',
      roles: ['admin'],
      body: z.object({ reason: z.string().trim().min(1).max(500), ...once }),
      answer: { status: 201, description: '新的密钥', schema: WebhookSaved },
      problems: ['not_found'],
    },
    async (c, { body: { commandId, reason }, actor }) => {
      const webhook = param(c, 'id')
      await actInOffice(office, actor, 'RotateWebhook', { webhook, reason }, commandId)
      const secret = await webhookSecret(office, actor.jurisdiction, webhook)
      return c.json({ id: webhook, secret, publicKey: webhookPublicKey(office) }, 201)
    },
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/outward/webhooks/:id/replay',
      tag: '对外通知',
      summary: '把公开日志的一段再推送一次，标识与先前相同',
      roles: ['admin'],
      body: z.object({ from: z.int().min(0), to: z.int().min(0) }),
      answer: { status: 202, description: '排上几件（一次至多1000件）', schema: Replayed },
      problems: ['not_found'],
    },
    async (c, { body, actor }) =>
      c.json({ replayed: await replay(office, actor.jurisdiction, param(c, 'id'), body.from, body.to) }, 202),
  )
  ops.staff(
    {
      method: 'post',
      path: '/api/outward/release',
      tag: '对外通知',
      summary: '恢复备份以后放行对外通知：积压的不再发出，或者照常补发',
      roles: ['admin'],
      body: z.object({
        waiting: z.enum(['drop', 'send']),
        reason: z.string().trim().min(1).max(500),
        ...once,
      }),
      answer: { description: '不再发出几件', schema: Dropped },
      problems: ['refused'],
    },
    async (c, { body: { commandId, ...payload }, actor }) =>
      c.json(await actInOffice<{ dropped: number }>(office, actor, 'ReleaseNotices', payload, commandId)),
  )
}
