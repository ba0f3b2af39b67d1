// 听证会：公告、报名、公开遴选、送达材料、举行、报告。遴选的种子公开，任何人可以重新计算。
import { z } from 'zod'
import { defineContract, field, labelled } from './define.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const optional = (max: number) => z.string().trim().max(max).optional()
const day = z.iso.date()
const Category = z.strictObject({
  name: field(text(100), '类别', { description: '如“种植户代表”' }),
  seats: field(z.int().min(1).max(200), '名额'),
})
const hearingFields = {
  AnnounceHearing: {
    document: field(text(100), '所涉案卷', { control: 'matter', of: { process: 'normative-document' } }),
    subject: field(text(500), '听证事项'),
    heldOn: field(day, '举行日期'),
    time: field(
      z
        .string()
        .max(5)
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, '写作 09:30')
        .default('09:00'),
      '时间',
    ),
    place: field(text(300), '地点'),
    registersUntil: field(day, '报名截止日'),
    categories: field(
      z
        .array(Category)
        .min(1)
        .max(20)
        .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, '同一类别写了两次，请合为一行'),
      '参加人的类别与名额',
    ),
    contact: field(optional(500), '联系方式'),
  },
  Register: {
    category: field(text(100), '类别'),
    name: field(text(100), '姓名或者名称'),
    contact: field(text(200), '联系方式'),
    statement: field(text(2000), '拟陈述的意见', { control: 'long-text' }),
  },
  Withdraw: { registration: field(text(100), '报名', { control: 'hidden' }) },
  CloseRegistration: {},
  DrawParticipants: {},
  InformAlternates: { how: field(text(500), '怎样通知的', { description: '如“3月20日电话告知本人”' }) },
  SendMaterials: { sentOn: field(day, '送达日期', { prefill: 'today' }) },
  HoldHearing: {
    heldOn: field(day, '举行日期', { prefill: 'today' }),
    attended: field(z.int().min(1).max(2000), '到场的参加人人数'),
    signed: field(z.int().min(0).max(2000), '在笔录上签字的人数'),
    record: field(text(50_000), '听证笔录', { control: 'long-text' }),
  },
  PublishReport: { text: field(text(50_000), '听证报告', { control: 'long-text' }) },
  CancelHearing: { reason: field(text(2000), '理由') },
  RecomputeDeadlines: {},
} as const
type Fields = typeof hearingFields
export type HearingPayload<T extends keyof Fields> = z.infer<z.ZodObject<Fields[T]>>
export type HearingCommand = Exclude<keyof Fields, 'AnnounceHearing'>
const { AnnounceHearing, ...onHearing } = hearingFields
const labels: Record<HearingCommand, string> = {
  Register: '报名参加听证会',
  Withdraw: '撤回报名',
  CloseRegistration: '报名截止',
  DrawParticipants: '遴选参加人',
  InformAlternates: '登记已通知递补的人',
  SendMaterials: '登记材料送达',
  HoldHearing: '登记举行情况',
  PublishReport: '公布听证报告',
  CancelHearing: '取消听证会',
  RecomputeDeadlines: '重新计算期限',
}
const hearingRecords = {
  HearingAnnounced: '公告听证会',
  HearingRegistered: '有人报名',
  RegistrationWithdrawn: '撤回报名',
  RegistrationClosed: '报名截止',
  ParticipantsDrawn: '选定参加人',
  AlternatesInformed: '已通知递补的人',
  MaterialsSent: '材料已送达',
  HearingHeld: '听证会已举行',
  HearingReported: '听证报告已公布',
  HearingCancelled: '听证会已取消',
  DeadlinesRecomputed: '重新计算期限',
} as const
export type HearingRecordName = keyof typeof hearingRecords

export const hearingContract = defineContract({
  kind: 'hearing',
  label: '听证会',
  noun: '听证会',
  opening: { type: 'AnnounceHearing' as const, label: '公告听证会', fields: AnnounceHearing },
  commands: labelled(labels, onHearing),
  stages: {
    registering: '报名',
    closed: '报名截止',
    drawn: '已选定参加人',
    held: '已举行',
    reported: '已公布报告',
    cancelled: '已取消',
  },
  records: hearingRecords,
})
