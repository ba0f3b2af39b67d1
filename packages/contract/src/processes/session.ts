// 会议：排期、定议题、开会、逐件决定、纪要。会议是本法域登记的机构，从中选定，不手写。
import { z } from 'zod'
import { sessionName } from '../field.ts'
import { decisionLabels } from '../vocabulary.ts'
import { defineContract, field, labelled } from './define.ts'

const text = (most: number) => z.string().trim().min(1).max(most)
const ref = text(200)
const matterId = z.string().max(200)
const outcomes = Object.keys(decisionLabels) as Array<keyof typeof decisionLabels>

/** 一个议题：一件案卷，或者没有案卷的事项（写明名称与汇报单位）。 */
const AgendaItemInput = z
  .strictObject({
    matter: field(matterId.optional(), '案卷', { control: 'matter' }),
    topic: field(text(200).optional(), '没有案卷的事项'),
    presenter: field(text(60).optional(), '汇报单位', { control: 'unit', description: '案卷的缺省为起草单位' }),
    attending: field(z.array(text(60)).max(30).default([]), '列席单位', { control: 'unit' }),
  })
  .superRefine((item, context) => {
    if ((item.matter === undefined) === (item.topic === undefined))
      context.addIssue({ code: 'custom', path: ['matter'], message: '选定一件案卷，或者写明没有案卷的事项，只填其一' })
    if (item.topic !== undefined && item.presenter === undefined)
      context.addIssue({ code: 'custom', path: ['presenter'], message: '没有案卷的事项须写明汇报单位' })
  })
export type AgendaItemInput = z.infer<typeof AgendaItemInput>
const items = z.array(AgendaItemInput).max(60)
const number = z.int().min(1).max(500)
const people = (most = 100) => z.array(text(60)).max(most)
const reason = field(text(1000), '理由', { control: 'long-text' })

const sessionFields = {
  ScheduleSession: {
    body: field(ref, '会议', { control: 'body', description: '本法域登记的会议' }),
    session: field(text(200).overwrite(sessionName), '第几次', { description: '如“2026年第12次常务会议”' }),
    date: field(z.iso.date(), '会议日期'),
    place: field(text(200).optional(), '地点'),
    items: field(items.default([]), '议题'),
  },
  SetAgenda: { items: field(items.min(1), '议题，依审议的次序') },
  AddItem: {
    matter: field(matterId.optional(), '案卷', { control: 'matter' }),
    topic: field(text(200).optional(), '没有案卷的事项'),
    presenter: field(text(60).optional(), '汇报单位', { control: 'unit' }),
    attending: field(z.array(text(60)).max(30).default([]), '列席单位', { control: 'unit' }),
  },
  DropItem: { item: field(number, '第几项议题'), reason },
  Reschedule: { date: field(z.iso.date(), '改到哪一日'), place: field(text(200).optional(), '地点'), reason },
  CancelSession: { reason },
  HoldSession: {
    heldOn: field(z.iso.date().optional(), '召开日期', { description: '缺省为所定的日期' }),
    members: field(people().min(1), '会议组成人员（应到）', { control: 'person' }),
    present: field(people().min(1), '出席的组成人员', { control: 'person' }),
    head: field(text(60), '行政首长', { control: 'person' }),
    chair: field(text(60), '主持人', { control: 'person' }),
    observers: field(z.array(text(60)).max(60).default([]), '列席单位', { control: 'unit' }),
  },
  RecordDecision: {
    item: field(number, '第几项议题'),
    outcome: field(z.enum(outcomes), '决定', { labels: decisionLabels }),
    substantive: field(z.boolean().optional(), '是否实质性修改', {
      when: { field: 'outcome', is: ['adopted_with_changes'] },
    }),
    changes: field(text(20_000).optional(), '修改的内容', {
      control: 'long-text',
      when: { field: 'outcome', is: ['adopted_with_changes'] },
    }),
    speakers: field(people().default([]), '发言次序', { control: 'person', description: '行政首长最后发表意见' }),
    dissents: field(
      z
        .array(
          z.strictObject({
            person: field(text(60), '谁', { control: 'person' }),
            text: field(text(4000), '意见'),
          }),
        )
        .max(100)
        .default([]),
      '不同意见（谁，什么意见）',
    ),
    recused: field(people().default([]), '回避、离席的组成人员', { control: 'person' }),
    headReason: field(text(4000).optional(), '与多数人意见不一致的理由', { control: 'long-text' }),
    reason: field(text(4000).optional(), '不予通过、暂缓的理由', {
      control: 'long-text',
      when: { field: 'outcome', is: ['rejected', 'postponed'] },
    }),
  },
  RecordItemDecision: {
    matter: field(matterId, '案卷', { control: 'matter' }),
    outcome: field(z.enum(outcomes), '决定', { labels: decisionLabels }),
    on: field(z.iso.date(), '会议日期'),
    dissents: field(z.array(text(4000)).max(100).default([]), '不同意见'),
  },
  RecordMinutes: {
    number: field(text(120).optional(), '纪要编号'),
    text: field(text(100_000), '纪要', { control: 'long-text' }),
    signedBy: field(text(60), '签发人', { control: 'person' }),
  },
  CorrectMinutes: { text: field(text(100_000), '更正后的纪要', { control: 'long-text' }), reason },
} as const
type Fields = typeof sessionFields
export type SessionPayload<T extends keyof Fields> = z.infer<z.ZodObject<Fields[T]>>
export type SessionCommand = Exclude<keyof Fields, 'ScheduleSession'>
const { ScheduleSession, ...onSession } = sessionFields

const labels: Record<SessionCommand, string> = {
  SetAgenda: '确定议题',
  AddItem: '增加议题',
  DropItem: '撤下议题',
  Reschedule: '改期',
  CancelSession: '取消会议',
  HoldSession: '登记召开情况',
  RecordDecision: '记录议题的决定',
  RecordItemDecision: '案卷记录的决定',
  RecordMinutes: '登记纪要',
  CorrectMinutes: '更正纪要',
}
const sessionRecords = {
  SessionScheduled: '会议已排期',
  AgendaSet: '议题已确定',
  ItemAdded: '议题已增加',
  ItemDropped: '议题已撤下',
  SessionRescheduled: '会议已改期',
  SessionCancelled: '会议已取消',
  SessionHeld: '会议已召开',
  ItemDecided: '议题已决定',
  ItemDecisionReceived: '案卷记录的决定已收到',
  MinutesRecorded: '纪要已登记',
  MinutesCorrected: '纪要已更正',
} as const
export type SessionRecord = keyof typeof sessionRecords

export const sessionContract = defineContract({
  kind: 'session',
  label: '会议',
  noun: '会议',
  opening: { type: 'ScheduleSession' as const, label: '会议排期', fields: ScheduleSession },
  commands: labelled(labels, onSession),
  stages: {
    scheduled: '已排期',
    agenda_set: '议题已定',
    held: '已召开',
    minuted: '已有纪要',
    cancelled: '已取消',
  },
  records: sessionRecords,
})
