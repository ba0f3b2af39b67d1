// 上位法的答复：一部的各版与登记过的各项，检索的结果。
import { z } from 'zod'

const day = z.iso.date()
const Act = z.object({
  id: z.string(),
  title: z.string(),
  level: z.string().describe('法律、行政法规、司法解释等'),
  documentNumber: z.string().nullable(),
  issuer: z.string().nullable(),
  publishedOn: day.nullable(),
  effectiveOn: day.nullable(),
  status: z
    .enum(['in_force', 'repealed', 'expired', 'amended', 'pending', 'unknown'])
    .describe('所问之日该名称的效力；unknown 为目录不足以说明，不是失效'),
  registered: z.boolean().describe('登记的，不出自目录'),
  source: z.string().nullable().describe('据何处登记'),
  knownFrom: z.iso.datetime().nullable().describe('何时登记'),
})
const Version = Act.omit({ status: true }).extend({
  status: Act.shape.status,
  listed: z
    .enum(['in_force', 'trial', 'superseded', 'repealed', 'pending', 'unknown'])
    .nullable()
    .describe('目录自述的状态；登记的为空'),
  checked: z.boolean().describe('状态以国家目录核对过'),
  articles: z.array(z.string()).describe('登记时写明变动的条'),
  replacedBy: z.string().nullable(),
})
const Fact = z.object({
  id: z.string(),
  title: z.string(),
  documentNumber: z.string().nullable(),
  issuers: z.array(z.string()),
  publishedOn: day,
  effectiveDate: day,
  status: z.enum(['in_force', 'amended', 'repealed', 'expired']),
  statusSince: day.nullable(),
  articles: z.array(z.string()),
  replacedBy: z.string().nullable(),
  source: z.string(),
  knownFrom: z.iso.datetime().describe('自何时起为本系统所知'),
  knownUntil: z.iso.datetime().nullable().describe('被后来的登记更正的时刻；没有更正的为空'),
})
const catalogue = { asOf: day.describe('目录截至何日'), source: z.string() }
/** 一部上位法的一版，连同历次版本、登记过的各项与所问之日的效力。 */
export const OneAct = Act.omit({ source: true }).extend({
  on: day,
  current: z.string().nullable().describe('所问之日所依的一版'),
  since: day.nullable().describe('修改、废止、失效自何日起'),
  versions: z.array(Version),
  facts: z.array(Fact).describe('登记过的各项，后登记的在前'),
  ...catalogue,
})
/** 登记的：目录也有的，以登记的为准。 */
const Registered = z.object({
  id: z.string(),
  title: z.string(),
  documentNumber: z.string().nullable(),
  issuers: z.array(z.string()),
  publishedOn: day,
  effectiveOn: day,
  status: Act.shape.status,
  source: z.string().describe('据何处登记'),
  knownFrom: z.iso.datetime().describe('何时登记'),
})
/** 查到的上位法：目录所载与登记的。 */
export const ActsPage = z.object({
  items: z.array(Act),
  registered: z.array(Registered).describe('本页之中登记的；更正过的只列最后一次登记的'),
  nextCursor: z.string().nullable().describe('后面还有的，下一页从这里接着；没有的为空'),
  total: z.int(),
  totalExact: z.literal(true),
  ...catalogue,
})
