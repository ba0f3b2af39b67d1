// 运行与公众一侧的答复。
import { z } from 'zod'

export const Alive = z.object({ status: z.literal('ok') })
export const Ready = z.object({ status: z.literal('ready') })
export const ClockMoved = z.looseObject({ now: z.string(), ran: z.int(), failed: z.int() })
/** 接口说明自身。 */
export const OpenApi = z.looseObject({ openapi: z.string() })
export const Demo = z.looseObject({
  now: z.string(),
  accounts: z.array(
    z.looseObject({
      username: z.string(),
      password: z.string(),
      name: z.string(),
      unitName: z.string(),
      roles: z.array(z.string()),
      roleLabels: z.array(z.string()),
    }),
  ),
  guide: z.array(z.looseObject({ title: z.string(), story: z.string(), tryFirst: z.string() })),
})
export const Feedback = z.looseObject({
  consultation: z.string(),
  jurisdiction: z.string(),
  title: z.string(),
  publishedAt: z.string(),
  statement: z.record(z.string(), z.unknown()).nullable(),
  total: z.int(),
  counts: z.array(z.looseObject({ disposition: z.string(), label: z.string(), count: z.int() })),
  items: z.array(
    z.looseObject({
      element: z.string().nullable(),
      disposition: z.string(),
      label: z.string(),
      reason: z.string(),
    }),
  ),
})
/** 凭回执查到的：意见与其处理，或者一件审查建议的办理情况。 */
export const ReceiptState = z.looseObject({ receipt: z.string().optional() })
export const Anchors = z.looseObject({
  items: z.array(z.looseObject({})),
  next: z.int().nullable(),
  publicKey: z.unknown(),
})
/** 一年的审查建议：件数与逐件一行，不写是谁提出的。 */
export const SuggestionsOfYear = z.looseObject({
  year: z.int(),
  total: z.int(),
  overdue: z.int(),
  answered: z.int(),
  items: z.array(
    z.looseObject({
      receivedOn: z.iso.date(),
      stage: z.string(),
      stageLabel: z.string(),
      overdue: z.boolean(),
      answeredOn: z.iso.date().nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
})
