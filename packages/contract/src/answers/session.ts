// 会议自己的答复：议题与各件能否作出决定、出席、逐件的决定、纪要。
import { z } from 'zod'
import { keysOf } from '../keys-of.ts'
import { decisionLabels } from '../vocabulary.ts'
import { Basis } from './common.ts'

const date = z.iso.date()
const Person = z.looseObject({ person: z.string(), name: z.string() })
const Attendance = z.looseObject({
  members: z.array(Person).describe('应到'),
  present: z.array(Person),
  absent: z.array(Person),
  head: Person.describe('行政首长'),
  chair: Person,
  observers: z.array(z.string()).describe('列席单位的名称'),
  quorum: z.looseObject({ words: z.string().describe('应到、实到与法定人数，一句话') }),
  basis: z.array(Basis).describe('法定人数的依据'),
})
const Item = z.looseObject({
  n: z.int(),
  matter: z.string().nullable().describe('所议的案卷；不是案卷的为空'),
  title: z.string(),
  presenterName: z.string().nullable().describe('汇报单位'),
  attending: z.array(z.string()).describe('列席单位的代码'),
  dropped: z.looseObject({ reason: z.string() }).nullable(),
  gate: z
    .looseObject({
      stageLabel: z.string(),
      open: z.boolean().describe('可以决定通过'),
      outstanding: z.array(z.looseObject({ rule: z.string(), reason: z.string() })).describe('还差什么'),
    })
    .nullable()
    .describe('该案卷自己的判断；已经决定、撤下的，不是案卷的为空'),
  decision: z
    .looseObject({
      outcome: z.enum(keysOf(decisionLabels)),
      changes: z.string().nullable(),
      reason: z.string().nullable(),
      headReason: z.string().nullable().describe('行政首长未采纳多数意见的理由'),
      dissents: z.array(z.looseObject({ person: z.string().nullable(), text: z.string() })),
      speakers: z.array(z.string()).describe('发言的先后'),
      recused: z.array(z.string()).describe('回避'),
      on: date,
    })
    .nullable(),
})
export const SessionFile = z.looseObject({
  body: z.looseObject({ id: z.string(), name: z.string() }),
  session: z.string().describe('第几次'),
  date,
  place: z.string().nullable(),
  items: z.array(Item),
  held: z.looseObject({ on: date, attendance: Attendance.nullable().describe('没有登记出席情况的为空') }).nullable(),
  rescheduled: z.array(z.looseObject({ from: date, to: date, reason: z.string() })),
  cancelled: z.looseObject({ reason: z.string() }).nullable(),
  minutes: z
    .looseObject({
      number: z.string().nullable(),
      text: z.string(),
      signedBy: Person,
      corrections: z.array(z.looseObject({ reason: z.string(), at: z.string() })),
    })
    .nullable(),
  people: z.record(z.string(), z.string()).describe('人员标识与姓名'),
})
