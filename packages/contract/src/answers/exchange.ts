// 两套系统之间往来的答复。
import { z } from 'zod'

const maybe = z.string().nullable()
const line = {
  id: z.string(),
  direction: z.enum(['out', 'in']),
  peer: z.string(),
  peerLabel: z.string(),
  seq: z.int(),
  type: z.string(),
  typeLabel: z.string().describe('这一包办的是什么'),
  at: z.string(),
  state: z.string(),
  stateLabel: z.string().describe('到了哪一步'),
  why: maybe.describe('没有收下、没有办成、没有送出的缘由'),
  settledAt: maybe,
  attempts: z.int(),
  stuck: z.boolean().describe('须有人处理，否则不再往前'),
  mayResend: z.boolean(),
  files: z.array(z.object({ item: z.string(), name: z.string(), sha256: z.string(), size: z.int() })),
}
export const ExchangeLine = z.object(line)
const way = z.object({
  count: z.int(),
  waiting: z.int().describe('没有送出，或者没有办的'),
  contactAt: maybe,
  nextAt: maybe,
  error: maybe.describe('上一次为什么不通'),
})
export const ExchangePeers = z.object({
  own: z
    .object({
      name: z.string(),
      keys: z.array(z.string()),
      before: z.array(z.object({ key: z.string(), lastDay: z.string() })).describe('换下而还在用的，用到哪一日'),
    })
    .nullable()
    .describe('告诉对方的：我方的名称与公钥'),
  peers: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      address: z.string(),
      keys: z.array(z.string()),
      retired: z.array(z.string()),
      terms: z
        .array(
          z.object({
            key: z.string(),
            state: z.enum(['holding', 'ending', 'ended']),
            stateLabel: z.string(),
            from: maybe.describe('何时起收；没有记下的为 null'),
            lastDay: maybe.describe('收到哪一日为止；没有定的为 null'),
            announced: z.boolean().describe('由对方以旧密钥签名告知，不是管理员录入'),
          }),
        )
        .describe('对方的每一把公钥何时起、何时止'),
      told: z
        .array(z.object({ key: z.string(), at: z.string(), step: z.string(), stepLabel: z.string(), why: maybe }))
        .describe('我方的新公钥告知对方以后，对方签名的答复'),
      tracks: z.array(z.string()),
      filesTo: maybe,
      receivesAt: maybe,
      active: z.boolean(),
      out: way,
      in: way,
    }),
  ),
})
export const ExchangeStuck = z.object({
  items: z.array(z.object({ ...line, matter: maybe, title: maybe })),
})
export const ExchangeKeyTaken = z.object({
  state: z.enum(['accepted', 'again', 'rejected']),
  key: maybe,
  reasons: z.array(z.object({ code: z.string(), says: z.string(), file: z.string().optional() })),
  statement: z.object({ statement: z.string(), note: z.string() }),
})
export const ExchangeKeys = z.object({
  items: z.array(z.object({ key: z.string().describe('新的公钥'), notice: z.string().describe('signed-note') })),
})
export const ExchangeKeyAnswered = z.object({ noted: z.boolean() })
export const ExchangePeerSaved = z.object({ name: z.string() })
export const ExchangeAgain = z.object({ id: z.string() })
export const ExchangeTurn = z.object({
  sent: z.int(),
  taken: z.int(),
  done: z.int(),
  failed: z.int(),
  errors: z.array(z.object({ peer: z.string(), says: z.string() })),
})
const signed = z.object({ manifest: z.string(), note: z.string() })
export const ExchangeReceipts = z.object({
  id: z.string(),
  digest: maybe,
  receipts: z.array(
    z.object({
      step: z.string(),
      stepLabel: z.string(),
      at: z.string(),
      reasons: z.array(z.object({ code: z.string(), says: z.string(), file: z.string().optional() })),
      manifest: z.string(),
      note: z.string(),
    }),
  ),
})
export const ExchangeTaken = z.object({
  id: z.string(),
  digest: z.string(),
  state: z.enum(['accepted', 'again']),
  receipts: z.array(signed).describe('已经签出的回执；没有的在往来记录里'),
})
const head = z.object({ count: z.int(), last: z.int(), root: z.string() })
export const ExchangeHead = z.object({ out: head, in: head })
export const ExchangeTile = z.object({ hashes: z.array(z.string()) })
export const ExchangeLedger = z.object({
  from: z.string(),
  to: z.string(),
  items: z.array(
    z.object({
      seq: z.int(),
      id: z.string(),
      digest: z.string(),
      files: z.boolean(),
      manifest: z.string(),
      note: z.string(),
    }),
  ),
  next: z.int().nullable(),
  last: z.int(),
})
const difference = z.object({
  direction: z.enum(['out', 'in']),
  equal: z.boolean(),
  own: head,
  theirs: head,
  ranges: z.array(z.object({ from: z.int(), to: z.int() })),
  cut: z.boolean(),
  messages: z.array(z.object({ seq: z.int(), here: maybe, there: maybe, says: z.string() })),
})
export const ExchangeReconciled = z.object({
  peer: z.string(),
  label: z.string(),
  requests: z.int(),
  equal: z.boolean(),
  directions: z.array(difference),
})
