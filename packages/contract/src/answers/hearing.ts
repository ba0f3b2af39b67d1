// 听证会自己的答复：名额、报名的名单、遴选、举行与报告。
import { z } from 'zod'

const date = z.iso.date()

export const HearingFile = z.looseObject({
  document: z.looseObject({ id: z.string(), title: z.string() }),
  subject: z.string(),
  registersUntil: date,
  categories: z.array(z.looseObject({ name: z.string(), seats: z.int(), registered: z.int() })),
  registrations: z.array(
    z.looseObject({
      id: z.string().describe('公开的报名编号'),
      category: z.string(),
      at: z.string(),
      withdrawnOn: date.nullable(),
      taking: z.boolean().describe('选定参加；还没有遴选的为假'),
      counts: z.boolean().describe('遴选时算数；同一联系方式后报的几件为假'),
      toInform: z.boolean().describe('由候补递补为参加人，还要由工作人员通知'),
      letter: z.string().nullish().describe('最近一封信：due 待送，sent 已送，dead 没有送到'),
      name: z.string().nullish().describe('只告诉起草单位的人员；到期删除以后为空'),
      contact: z.string().nullish(),
      statement: z.string().optional().describe('同上'),
    }),
  ),
  draw: z
    .looseObject({
      on: date,
      seed: z.string(),
      order: z.record(z.string(), z.array(z.string())).describe('各类的先后，名额以内的参加，其余依次递补'),
    })
    .nullable(),
  materialsSentOn: date.nullable(),
  held: z.looseObject({ on: date, attended: z.int(), signed: z.int() }).nullable(),
  report: z.looseObject({ on: date, text: z.string() }).nullable(),
  cancelled: z.looseObject({ on: date, reason: z.string() }).nullable(),
})
