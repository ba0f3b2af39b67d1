// 公开日志、某日所知的效力与效力变动的答复。
import { z } from 'zod'

/** 日志的头：签到第几条、根的摘要、签名的检查点。 */
export const LogHead = z.looseObject({
  origin: z.string().describe('日志的名称，检查点的第一行'),
  size: z.int().describe('已签的条数'),
  root: z.string().describe('树根（Base64）'),
  checkpoint: z.string().nullable().describe('签名的检查点（C2SP signed-note）；还没有签过的为空'),
  witnesses: z.array(z.string()),
  held: z.string().nullable().describe('暂停签名的原因；正常的为空'),
})
export const Change = z.looseObject({
  index: z.int(),
  type: z.string(),
  label: z.string(),
  at: z.string(),
  subject: z.string().nullable(),
  url: z.string().nullable().describe('说的是哪一件，公众可以打开的地址'),
  leafHash: z.string().describe('叶的摘要（十六进制）'),
  entry: z.string().describe('条目原文：规范 JSON，日志里就是这些字节'),
})
export const Changes = z.looseObject({
  jurisdiction: z.string(),
  entries: z.array(Change),
  total: z.int(),
  next: z.int().nullable().describe('下一页的 after；已到末尾的为空'),
  head: LogHead,
})
export const LogKeys = z.looseObject({
  logs: z.array(
    z.looseObject({
      jurisdiction: z.string(),
      name: z.string(),
      origin: z.string(),
      prefix: z.string(),
      keys: z.array(z.string()),
      retired: z.array(z.looseObject({ vkey: z.string(), until: z.int() })),
      quorum: z.int(),
      witnesses: z.array(z.looseObject({ name: z.string(), vkey: z.string() })),
      held: z.string().nullable(),
      breaks: z.array(
        z.looseObject({ origin: z.string(), size: z.int(), root: z.string(), at: z.string(), reason: z.string() }),
      ),
    }),
  ),
})
/** 效力变动：谁变动了谁，自何日起，现在是否已经生效。 */
export const Effects = z.looseObject({
  items: z.array(
    z.looseObject({
      affected: z.string(),
      affectedTitle: z.string(),
      affecting: z.string().nullable(),
      kind: z.string(),
      label: z.string(),
      on: z.string(),
      applied: z.boolean(),
      stands: z.boolean().describe('没有被收回'),
      provisions: z.array(z.string()),
    }),
  ),
  total: z.int(),
  totalExact: z.literal(true),
  on: z.string(),
})
