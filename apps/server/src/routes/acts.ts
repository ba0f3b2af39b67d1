// Superior acts, for everybody: is this basis in force on a day, which versions are there, what was registered and when.
import { forceOf } from '@dianzhang/acts'
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError, actForceLabels, answers } from '@dianzhang/contract'
import { catalogueAbout as about, impactOf, knownAct, searchKnownActs } from '@dianzhang/register'
import { articleKey } from '@dianzhang/text'
import { basisStampForStaff, impactEvents, impactRates, mandateProposals, mandates } from '@dianzhang/workflow'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import { type Operations, param } from '../http/operations.ts'
import { placesOf, restingOn } from './row-words.ts'

const day = z.iso.date()
/** How many have been shown: these lists are made in memory, in an order that does not change. */
const offset = z.coerce.number().int().min(0).max(1_000_000).optional().describe('上一页的 nextCursor')

export function actRoutes(ops: Operations, ctx: AppContext): void {
  const today = () => dateInShanghai(ctx.office.clock.now().toISOString())
  ops.open(
    {
      method: 'get',
      path: '/public/v1/acts',
      tag: '上位法',
      table: {
        name: '上位法',
        columns: [
          ['名称', 50, 'title'],
          ['层级', 12, 'level'],
          ['文号', 24, 'documentNumber'],
          ['制定机关', 24, 'issuer'],
          ['公布', 12, 'publishedOn'],
          ['施行', 12, 'effectiveOn'],
          ['效力', 16, ({ status }) => actForceLabels[status as keyof typeof actForceLabels]],
          ['据何处', 30, ({ registered, source }) => (registered ? (source ?? '登记') : '目录')],
        ],
      },
      summary: '按名称、文号查上位法（目录所载与登记的），注明所问之日的效力；查不到不等于失效',
      query: z.object({
        q: z.string().trim().max(200).default('').describe('名称或者文号中的文字，几个词都要有'),
        on: day.optional().describe('何日的效力；缺省为今日'),
        limit: z.coerce.number().int().min(1).max(100).default(20),
        cursor: offset,
      }),
      answer: { description: '名称相同的在前', schema: answers.ActsPage },
    },
    async (c, { query }) => {
      const on = query.on ?? today()
      const from = query.cursor ?? 0
      const { items, registered, total } = await searchKnownActs(ctx.office.db, { ...query, on, from })
      return c.json({
        items,
        nextCursor: from + items.length < total ? String(from + items.length) : null,
        registered: registered.map((fact) => ({
          id: fact.id,
          title: fact.title,
          documentNumber: fact.documentNumber,
          issuers: fact.issuers,
          publishedOn: fact.publishedOn,
          effectiveOn: fact.effectiveDate,
          status: forceOf(fact, on),
          source: fact.source,
          knownFrom: fact.knownFrom,
        })),
        total,
        totalExact: true,
        ...about,
      })
    },
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/acts/:id',
      tag: '上位法',
      summary: '一部上位法的一版，连同历次版本、登记过的各项与所问之日的效力',
      query: z.object({
        on: day.optional().describe('何日的效力；缺省为今日'),
        article: z.string().trim().max(60).optional().describe('问哪一条，如“第十二条”：分别施行、部分修改的逐条作答'),
        known: z.iso.datetime({ offset: true }).optional().describe('按某一时刻所知作答；缺省为现在'),
      }),
      answer: { description: '上位法', schema: answers.OneAct },
    },
    async (c, { query }) => {
      const on = query.on ?? today()
      const found = await knownAct(ctx.office.db, {
        id: param(c, 'id'),
        on,
        article: query.article === undefined ? undefined : (articleKey(query.article) ?? query.article),
        asKnown: query.known === undefined ? undefined : new Date(query.known).toISOString(),
      })
      if (!found) throw new AppError('not_found', '没有这部上位法；目录与登记中没有的，不等于失效')
      const { act, standing, versions, facts } = found
      const { source: _source, ...shown } = act
      return c.json({
        ...shown,
        on,
        current: standing?.fact?.id ?? standing?.listed?.id ?? null,
        since: standing?.since ?? null,
        versions,
        facts: facts.map((fact) => ({
          id: fact.id,
          title: fact.title,
          documentNumber: fact.documentNumber,
          issuers: fact.issuers,
          publishedOn: fact.publishedOn,
          effectiveDate: fact.effectiveDate,
          status: fact.status,
          statusSince: fact.statusSince,
          articles: fact.articles,
          replacedBy: fact.replacedBy,
          source: fact.source,
          knownFrom: fact.knownFrom,
          knownUntil: fact.knownUntil,
        })),
        ...about,
      })
    },
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/impact',
      tag: '上位法',
      table: {
        name: '依据一部上位法的文件',
        rows: restingOn,
        columns: [
          ['文件', 50, 'title'],
          ['文号', 24, 'documentNumber'],
          ['制定机关', 30, 'issuers'],
          ['角色', 14, 'role'],
          ['在何处', 40, placesOf],
          ['公布', 12, 'publishedOn'],
        ],
      },
      summary: '哪些文件以一部上位法为依据、引用它，按角色分组；可以只问某一条、某一日',
      query: z.object({
        act: z.string().trim().min(1).max(300).describe('名称、文号，或者上位法的标识'),
        article: z.string().trim().max(60).optional().describe('如“第十二条”“12”'),
        on: day.optional().describe('当日没有失效的；缺省为今日'),
        jurisdiction: z.string().trim().max(20).optional().describe('哪一法域登记的；缺省为全部'),
        limit: z.coerce.number().int().min(1).max(5000).default(500).describe('各组一共列多少件；件数总是全部的'),
        cursor: z.string().max(2000).optional().describe('上一页的 nextCursor'),
      }),
      answer: { description: '按角色分组', schema: answers.Impact },
    },
    async (c, { query }) => c.json(await impactOf(ctx.office.readDb, { ...query, on: query.on ?? today() })),
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/mandates',
      tag: '上位法',
      table: {
        name: '应制定的配套文件',
        columns: [
          ['上位法', 40, 'act'],
          ['条款', 16, 'address'],
          ['原文', 60, 'quote'],
          ['起草单位', 24, 'unit'],
          ['已制定', 8, 'made'],
          ['制定的文件', 40, 'by.title'],
          ['文号', 24, 'by.documentNumber'],
          ['确认', 12, 'confirmedOn'],
        ],
      },
      summary: '上位法要求本地制定的文件：应制定、已制定、未制定，按条款；完成率与它的清单',
      query: z.object({
        state: z.enum(['must', 'made', 'missing']).default('must').describe('应制定、已制定、未制定'),
        on: day.optional().describe('按何日所知作答；缺省为今日'),
        jurisdiction: z.string().trim().max(20).optional().describe('哪一法域；缺省为全部'),
        limit: z.coerce.number().int().min(1).max(500).optional().describe('每页几条；缺省一次列全'),
        cursor: offset,
      }),
      answer: { description: '清单', schema: answers.Mandates },
    },
    async (c, { query: { cursor, ...query } }) =>
      c.json(await mandates(ctx.office.readDb, { ...query, from: cursor, on: query.on ?? today() })),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/mandate-proposals',
      tag: '上位法',
      table: {
        name: '等人确认的授权条款',
        columns: [
          ['上位法', 40, 'act'],
          ['条款', 16, 'address'],
          ['由谁', 24, 'who'],
          ['制定什么', 30, 'what'],
          ['要求', 8, ({ duty }) => (duty === 'may' ? '可以' : '应当')],
          ['写明县级', 10, ({ level }) => level === 'county'],
          ['原文', 60, 'quote'],
        ],
      },
      summary: '登记库所收上位法中由词句认出、还没有人确认的授权条款',
      query: z.object({ cursor: z.string().max(2000).optional().describe('上一页的 nextCursor') }),
      answer: { description: '授权条款', schema: answers.MandateProposals },
    },
    async (c, { actor, query }) => c.json(await mandateProposals(ctx.office.readDb, actor.jurisdiction, query.cursor)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/impact-rates',
      tag: '上位法',
      table: {
        name: '核查的情况',
        columns: [
          ['文件怎样提到它', 20, 'label'],
          ['正在核查', 10, 'open'],
          ['已经确认', 10, 'confirmed'],
          ['不受影响', 10, 'unaffected'],
          ['比例', 10, ({ share }) => (typeof share === 'number' ? `${Math.round(share * 100)}%` : null)],
        ],
      },
      summary: '核查的情况：各种角色核完几件、其中不受影响的占多少',
      answer: { description: '按角色', schema: answers.ImpactRates },
    },
    async (c, { actor }) => c.json(await impactRates(ctx.office.db, actor.jurisdiction)),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/impact-events',
      tag: '上位法',
      table: {
        name: '上位法的各次变动',
        columns: [
          ['上位法', 50, 'act'],
          ['自何日起', 12, 'on'],
          ['将要发生', 10, 'upcoming'],
          ['核查', 8, 'checks'],
          ['还没有核完', 10, 'open'],
        ],
      },
      summary: '正在核查的各次上位法变动，将要发生的在前、近的在前',
      answer: { description: '各次变动', schema: answers.ImpactEvents },
    },
    async (c, { actor }) => c.json(await impactEvents(ctx.office.db, actor.jurisdiction, today())),
  )
  ops.staff(
    {
      method: 'get',
      path: '/api/register/:id/basis-check',
      tag: '上位法',
      summary: '一件文件的依据核对至何日、由谁核对、还有哪些没有核完',
      answer: { description: '依据核对', schema: answers.BasisStamp },
    },
    async (c, { actor }) => c.json(await basisStampForStaff(ctx.office, actor.jurisdiction, param(c, 'id'))),
  )
}
