// The catalogue of superior acts, for everybody: is this basis in force on a day, and which versions are there.
import {
  type ActStanding,
  actKey,
  actOn,
  actsAsOf,
  actsSource,
  type ListedAct,
  listedAct,
  searchActs,
  versionsOf,
} from '@dianzhang/acts'
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError } from '@dianzhang/contract'
import { forceOf, registeredActs } from '@dianzhang/workflow'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import { type Operations, param } from '../http/operations.ts'

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
})
const Version = Act.omit({ status: true }).extend({
  listed: z.enum(['in_force', 'trial', 'superseded', 'repealed', 'pending', 'unknown']).describe('目录自述的状态'),
  checked: z.boolean().describe('状态以国家目录核对过'),
})
const catalogue = { asOf: day.describe('目录截至何日'), source: z.string() }
const OneAct = Act.extend({ on: day, current: z.string().nullable(), versions: z.array(Version), ...catalogue })
/** Registered by hand: goes before the catalogue where both know an act. */
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
const ActsPage = z.object({
  items: z.array(Act),
  registered: z.array(Registered).describe('手工登记的，先于目录所载；更正过的只列最后一次登记的'),
  total: z.int(),
  totalExact: z.literal(true),
  ...catalogue,
})

const about = { asOf: actsAsOf, source: actsSource }
const common = ({ id, title, level, documentNumber, issuer, publishedOn, effectiveOn }: ListedAct) => ({
  id,
  title,
  level,
  documentNumber,
  issuer,
  publishedOn,
  effectiveOn,
})
/** A version by itself: one that has been replaced says so, though the act of that name is in force. */
const statusOf = (act: ListedAct, standing: ActStanding | null): ActStanding['status'] => {
  if (!standing) return 'unknown'
  if (standing.version === act) return standing.status
  return standing.next === act || (act.publishedOn ?? '') > (standing.version.publishedOn ?? '') ? 'pending' : 'amended'
}

export function actRoutes(ops: Operations, ctx: AppContext): void {
  const today = () => dateInShanghai(ctx.office.clock.now().toISOString())
  ops.open(
    {
      method: 'get',
      path: '/public/v1/acts',
      tag: '上位法目录',
      summary: '按名称、文号查上位法，注明所问之日的效力；不在目录中不等于失效',
      query: z.object({
        q: z.string().trim().max(200).default('').describe('名称或者文号中的文字，几个词都要有'),
        on: day.optional().describe('何日的效力；缺省为今日'),
        limit: z.coerce.number().int().min(1).max(100).default(20),
      }),
      answer: { description: '名称相同的在前', schema: ActsPage },
    },
    async (c, { query }) => {
      const on = query.on ?? today()
      const words = query.q.split(/\s+/u).map(actKey)
      const known = (await registeredActs(ctx.office.db)).filter((act) =>
        words.every((word) => `${actKey(act.title)}\n${act.documentNumber ?? ''}`.includes(word)),
      )
      const registered = known.slice(0, query.limit).map(({ effectiveDate, statusSince, ...act }) => ({
        ...act,
        effectiveOn: effectiveDate,
        status: forceOf({ ...act, effectiveDate, statusSince }, on),
      }))
      const { items, total } = searchActs(query.q, query.limit)
      const shown = items.map((act) => ({ ...common(act), status: statusOf(act, actOn(act.title, on)) }))
      return c.json({ items: shown, registered, total, totalExact: true, ...about })
    },
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/acts/:id',
      tag: '上位法目录',
      summary: '一部上位法的一版，连同历次版本与所问之日的效力',
      query: z.object({ on: day.optional() }),
      answer: { description: '上位法', schema: OneAct },
    },
    (c, { query }) => {
      const act = listedAct(param(c, 'id'))
      if (!act) throw new AppError('not_found', '目录中没有这部上位法；不在目录中不等于失效')
      const on = query.on ?? today()
      const standing = actOn(act.title, on)
      return c.json({
        ...common(act),
        status: statusOf(act, standing),
        on,
        current: standing?.version.id ?? null,
        versions: versionsOf(act.title).map((each) => ({
          ...common(each),
          listed: each.status,
          checked: each.checked,
        })),
        ...about,
      })
    },
  )
}
