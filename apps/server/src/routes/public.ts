// Public interface: register, consultations, submitting comments, computing periods. Needs no sign-in and answers
// public content only.

import { randomUUID } from 'node:crypto'
import { CalendarError, type Unit } from '@dianzhang/calendar'
import { AppError, answers, reviewSuggestion, tracks } from '@dianzhang/contract'
import {
  basisStamp,
  entryFormats,
  exportEntry,
  getConsultation,
  getEntry,
  getFeedback,
  type KnownStatus,
  listConsultations,
  publicStatuses,
  registerSorts,
  searchRegister,
  statusesKnown,
  statusKnown,
} from '@dianzhang/register'
import {
  commentFilesSaid,
  commentReceipt,
  completeSuggestion,
  feedbackTerm,
  feedbackTerms,
  filingRates,
  printAnswerByReceipt,
  printPublishedEvaluation,
  publicEvaluation,
  publicEvaluations,
  publicSuggestions,
  publishedComments,
  scorecard,
  statisticList,
  statistics,
  statisticsCsv,
  statisticsXlsx,
  submitComment,
  submitSuggestion,
  suggestionReceipt,
  takeFiles,
} from '@dianzhang/workflow'
import { z } from 'zod'
import type { AppContext } from '../context.ts'
import { type Operations, param } from '../http/operations.ts'
import { paperFormats, paperNames, paperTypes, sendFile } from '../http/send-file.ts'
import { minute } from '../http/tables.ts'
import { flag, pageQuery, validated } from '../http/validate.ts'

const xlsxMediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const {
  Anchors,
  Consultation,
  Feedback,
  PeriodAnswer,
  PublicEvaluation,
  PublicEvaluations,
  PublishedComments,
  pageOf,
  Receipt,
  ReceiptState,
  RegisterDetail,
  RegisterEntry,
  Scorecard,
  StatisticList,
  Statistics,
  SuggestionReceipt,
  SuggestionsOfYear,
  Workday,
} = answers

const units: Record<string, Unit> = {
  working_day: 'working_day',
  workday: 'working_day',
  wd: 'working_day',
  工作日: 'working_day',
  calendar_day: 'calendar_day',
  day: 'calendar_day',
  d: 'calendar_day',
  日: 'calendar_day',
  month: 'month',
  月: 'month',
  year: 'year',
  年: 'year',
}

const Comment = z.object({
  commandId: z.uuid().optional().describe('同一标识重复提交得到同一回执'),
  text: z.string().trim().min(1).max(20_000),
  name: z.string().trim().max(100).optional(),
  contact: z.string().trim().max(200).optional(),
  anchor: z.object({ element: z.string().trim().min(1).max(200), quote: z.string().max(2000).optional() }).optional(),
  attachments: z
    .array(z.object({ name: z.string().max(200), contentBase64: z.base64().max(14_000_000) }))
    .max(5)
    .optional()
    .describe(commentFilesSaid),
})
const registerFilters = {
  q: z.string().trim().max(200).optional().describe('标题、文号、机关、正文中的文字，一个字也可以'),
  status: z.enum(publicStatuses).optional().describe('在 on 之日的效力'),
  issuer: z.string().trim().max(200).optional().describe('制定机关名称'),
  on: z.iso.date().optional().describe('按哪一日判断效力，缺省为今日'),
  jurisdiction: z.string().max(40).optional(),
  category: z.string().max(60).optional(),
  year: z.coerce.number().int().min(1949).max(2100).optional().describe('公布年份'),
  unmodified: z.coerce.number().int().min(1).max(100).optional().describe('有效而超过几年没有修改的'),
}

/** A list that is never cut: its total is what it holds. */
const whole = <T extends { items: readonly unknown[] }>(answer: T) => ({
  ...answer,
  total: answer.items.length,
  totalExact: true as const,
})

/** What was known on an earlier day, as an answer tells it. */
const toldKnown = (then: KnownStatus | null) =>
  then && {
    on: then.knownOn,
    index: then.index,
    status: then.status.status,
    statusLabel: then.status.label,
    explanation: then.status.explanation,
    textHash: then.document.content,
  }

export function publicRoutes(ops: Operations, ctx: AppContext): void {
  const { office } = ctx
  const known = <T>(value: T | null, what: string): T => {
    if (value === null) throw new AppError('not_found', `没有这个${what}`)
    return value
  }

  ops.open(
    {
      method: 'get',
      path: '/public/v1/documents',
      tag: '公开登记库',
      table: {
        name: '规范性文件',
        columns: [
          ['名称', 60, 'title'],
          ['发文字号', 26, 'documentNumber'],
          ['统一登记号', 24, 'registryNumber'],
          ['制定机关', 30, 'issuers'],
          ['效力', 12, 'statusLabel'],
          ['公布日期', 12, 'publishedOn'],
          ['施行日期', 12, 'effectiveDate'],
          ['有效期至', 12, 'validUntil'],
        ],
      },
      summary: '检索公开登记库，标题命中在前',
      query: z.object({
        ...registerFilters,
        known_on: z.iso
          .date()
          .optional()
          .describe('只凭那一日（含）以前登记的变动：只列当时已经公开的，status 按当时所知，各件答复 known'),
        sort: z
          .enum(registerSorts)
          .optional()
          .describe('relevance 标题命中在前（缺省），newest 新公布的在前；没有检索词的总是新公布的在前'),
        facets: flag.optional().describe('同时答复分面计数，按现在所知'),
        ...pageQuery,
      }),
      answer: { description: '一页条目', schema: pageOf(RegisterEntry) },
    },
    async (c, { query }) => {
      const { known_on: knownOn, ...conditions } = query
      if (knownOn !== undefined && query.facets)
        throw new AppError('invalid', '分面计数按现在所知，不能与 known_on 一起问：请分两次取。', {
          issues: [{ path: 'facets', message: '不能与 known_on 一起问' }],
        })
      const asked = { ...conditions, knownOn, now: office.clock.now() }
      const { results, nextCursor, facets, ...found } = await searchRegister(office.readDb, asked)
      const { count: total, countExact: totalExact } = found
      // The next page and the feed of this very query, for whoever follows links only.
      const url = new URL(c.req.url)
      const feed = new URLSearchParams(
        [...url.searchParams].filter(([name]) => /^(q|issuer|category|year|status|jurisdiction)$/.test(name)),
      )
      const links = [
        `</feeds/changes.atom${feed.size > 0 ? `?${feed}` : ''}>; rel="alternate"; type="application/atom+xml"`,
      ]
      if (nextCursor !== null) {
        url.searchParams.set('cursor', nextCursor)
        links.push(`<${url.pathname}${url.search}>; rel="next"`)
      }
      c.header('Link', links.join(', '))
      const then = knownOn && (await statusesKnown(office.readDb, results, found.asOf, knownOn))
      const items = then ? results.map((item, i) => ({ ...item, known: toldKnown(then[i] ?? null) })) : results
      return c.json({ items, nextCursor, ...found, total, totalExact, ...(facets ? { facets } : {}) })
    },
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/documents/:id',
      tag: '公开登记库',
      summary: '一件规范性文件',
      query: z.object({
        on: z.iso.date().optional().describe('按哪一日判断效力，缺省为今日'),
        known_on: z.iso.date().optional().describe('只凭那一日（含）以前登记的变动判断：答复 known'),
        jurisdiction: z.string().max(40).optional(),
      }),
      answer: { description: '条目', schema: RegisterDetail },
    },
    async (c, { query }) => {
      const { known_on: knownOn, ...asked } = query
      const entry = known(await getEntry(office.readDb, param(c, 'id'), { ...asked, now: office.clock.now() }), '文件')
      const then =
        knownOn === undefined
          ? undefined
          : await statusKnown(office.readDb, entry.jurisdiction, entry.id, entry.statusOn.on, knownOn)
      const here = `/register/${encodeURIComponent(entry.id)}`
      c.header(
        'Link',
        [
          `<${here}>; rel="alternate"; type="text/html"`,
          ...entryFormats.map((one) => `<${here}/export/${one.id}>; rel="alternate"; type="${one.mediaType}"`),
          `</public/v1/effects?affected=${encodeURIComponent(entry.id)}>; rel="related"`,
        ].join(', '),
      )
      const { checkedUntil, open } = await basisStamp(office.readDb, entry.jurisdiction, entry.id)
      return c.json({
        ...entry,
        basisChecked: { until: checkedUntil, open },
        ...(then === undefined ? {} : { known: toldKnown(then) }),
      })
    },
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/documents/:id/export/:format',
      tag: '公开登记库',
      summary: `一件规范性文件的各种格式：${entryFormats.map(({ id, name }) => `${id}（${name}）`).join('、')}`,
      query: z.object({ on: z.iso.date().optional(), jurisdiction: z.string().max(40).optional() }),
      answer: { description: '文件', mediaType: entryFormats.map(({ mediaType }) => mediaType) },
      problems: ['rate_limited'],
    },
    async (c, { query }) => {
      ctx.limits.exports.take(c.get('address'))
      const id = param(c, 'id')
      const entry = known(await getEntry(office.readDb, id, { ...query, now: office.clock.now() }), '文件')
      const origin = ctx.publicUrl ? new URL(ctx.publicUrl).origin : new URL(c.req.url).origin
      const url = `${origin}/register/${encodeURIComponent(entry.id)}`
      const file = known(exportEntry(entry, param(c, 'format'), url), '格式')
      const etag = `W/"${file.tag}"`
      const headers = { ETag: etag, 'Cache-Control': 'public, no-cache' }
      const asked = c.req.header('if-none-match')
      if (asked?.split(/\s*,\s*/).includes(etag)) return c.body(null, 304, headers)
      return c.body(new Uint8Array(await file.write()), 200, {
        ...headers,
        'Content-Type': file.mediaType,
        'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      })
    },
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/consultations',
      tag: '征求意见',
      table: {
        name: '征求意见',
        columns: [
          ['文件', 50, 'title'],
          ['第几次', 8, 'round'],
          ['起草单位', 24, 'draftingUnit'],
          ['制定机关', 30, 'issuers'],
          ['开始', 18, ({ openedAt }) => minute(openedAt)],
          ['截止', 12, 'closesOn'],
          ['状态', 14, 'statusLabel'],
          ['已公布采纳情况', 10, 'feedbackPublished'],
          ['至迟公布采纳情况', 12, 'feedbackTerm.due'],
        ],
      },
      summary: '公开征求意见',
      query: z.object({
        open: flag.optional().describe('true 只看正在征求的，false 只看已结束的'),
        jurisdiction: z.string().max(40).optional(),
        ...pageQuery,
      }),
      answer: { description: '一页征求意见', schema: pageOf(Consultation) },
    },
    async (c, { query }) => {
      const { results, ...rest } = await listConsultations(office.readDb, { ...query, now: office.clock.now() })
      const terms = await feedbackTerms(
        office,
        results.map(({ id }) => id),
      )
      const items = results.map((item) => ({ ...item, feedbackTerm: terms.get(item.id) ?? null }))
      return c.json({ items, ...rest, totalExact: true })
    },
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/consultations/:id',
      tag: '征求意见',
      summary: '征求意见稿、起草说明、期限',
      answer: { description: '征求意见', schema: Consultation },
    },
    async (c) => {
      const [found, feedbackDue] = await Promise.all([
        getConsultation(office.readDb, param(c, 'id'), { now: office.clock.now() }),
        feedbackTerm(office, param(c, 'id')),
      ])
      return c.json({ ...known(found, '征求意见'), feedbackTerm: feedbackDue })
    },
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/consultations/:id/feedback',
      tag: '征求意见',
      table: {
        name: '意见采纳情况',
        columns: [
          ['针对', 24, 'element'],
          ['采纳情况', 14, 'label'],
          ['理由', 80, 'reason'],
        ],
      },
      summary: '意见采纳情况',
      answer: { description: '采纳情况', schema: Feedback },
    },
    async (c) => c.json(known(await getFeedback(office.readDb, param(c, 'id')), '意见采纳情况')),
  )
  ops.open(
    {
      method: 'post',
      path: '/public/v1/consultations/:id/comments',
      tag: '征求意见',
      summary: '提出意见，答复回执',
      body: Comment,
      answer: { status: 201, description: '已收到', schema: Receipt },
      problems: ['refused', 'conflict', 'rate_limited'],
    },
    async (c, { body: { commandId, attachments = [], ...comment } }) => {
      ctx.limits.publicWrites.take(c.get('address'))
      if (attachments.length === 0) return c.json(await submitComment(office, param(c, 'id'), comment, commandId), 201)
      const { jurisdiction } = known(
        await getConsultation(office.readDb, param(c, 'id'), { now: office.clock.now() }),
        '征求意见',
      )
      const taken = await takeFiles(
        office,
        jurisdiction,
        attachments.map(({ name, contentBase64 }) => ({ name, bytes: Buffer.from(contentBase64, 'base64') })),
      )
      if ('problems' in taken)
        throw new AppError('invalid', taken.problems.join('；'), {
          issues: taken.problems.map((message) => ({ path: 'attachments', message })),
        })
      const given = { ...comment, attachments: taken.files }
      return c.json(await submitComment(office, param(c, 'id'), given, commandId), 201)
    },
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/consultations/:id/comments',
      tag: '征求意见',
      table: {
        name: '意见原文',
        columns: [
          ['序号', 8, 'n'],
          ['渠道', 14, 'channelLabel'],
          ['截止以后收到', 10, 'late'],
          ['意见', 80, 'text'],
          ['不公开的缘由', 30, 'reason'],
          ['遮去了个人信息', 10, 'redacted'],
          ['采纳情况', 14, 'disposition.label'],
          ['理由', 60, 'disposition.reason'],
        ],
      },
      summary: '各件意见的原文：逐件遮去个人信息以后公开的；没有公开的答复 404',
      query: z.object({
        from: z.coerce.number().int().min(0).max(1_000_000).optional().describe('从第几件起'),
        limit: z.coerce.number().int().min(1).max(200).optional(),
      }),
      answer: { description: '意见', schema: PublishedComments },
    },
    async (c, { query }) => c.json(known(await publishedComments(office.readDb, param(c, 'id'), query), '意见原文')),
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/receipts/:receipt',
      tag: '征求意见',
      summary: '凭回执查意见的处理，或者审查建议的阶段、期限与答复',
      answer: { description: '意见与处理；审查建议', schema: ReceiptState },
      problems: ['rate_limited'],
    },
    async (c) => {
      ctx.limits.receipts.take(c.get('address'))
      c.header('Cache-Control', 'no-store')
      const receipt = param(c, 'receipt')
      return c.json((await suggestionReceipt(office, receipt)) ?? (await commentReceipt(office, receipt)))
    },
  )
  ops.open(
    {
      method: 'post',
      path: '/public/v1/suggestions',
      tag: '审查建议',
      summary: '对一件已经公布的文件提出审查建议，不需要登录，答复回执',
      description: '没有留下姓名和联系方式的，作为线索审查，没有答复的义务。',
      body: z.looseObject({}),
      answer: { status: 201, description: '已收到', schema: SuggestionReceipt },
      problems: ['conflict', 'rate_limited'],
    },
    async (c, { body }) => {
      ctx.limits.publicWrites.take(c.get('address'))
      const { commandId = randomUUID(), ...fields } = body
      const given = validated(reviewSuggestion.opening.schema, { ...fields, commandId })
      const { type: _, ...suggestion } = given
      return c.json(await submitSuggestion(office, suggestion), 201)
    },
  )
  for (const format of paperFormats)
    ops.open(
      {
        method: 'get',
        path: `/public/v1/receipts/:receipt/answer.${format}`,
        tag: '审查建议',
        summary: '凭回执取审查建议的答复；还没有答复的答复 404',
        answer: { description: `答复（${paperNames[format]}）`, mediaType: paperTypes[format] },
        problems: ['rate_limited'],
      },
      async (c) => {
        ctx.limits.receipts.take(c.get('address'))
        c.header('Cache-Control', 'no-store')
        return sendFile(c, await printAnswerByReceipt(office, param(c, 'receipt'), format))
      },
    )
  ops.open(
    {
      method: 'post',
      path: '/public/v1/receipts/:receipt/complete',
      tag: '审查建议',
      summary: '凭回执补正审查建议',
      body: z.looseObject({}),
      answer: { description: '补正以后的审查建议', schema: ReceiptState },
      problems: ['refused', 'conflict', 'rate_limited'],
    },
    async (c, { body }) => {
      ctx.limits.publicWrites.take(c.get('address'))
      const { commandId = randomUUID(), ...fields } = body
      const given = validated(reviewSuggestion.commands.Complete.schema, { ...fields, commandId, expectedVersion: 0 })
      const { type: _, expectedVersion: __, ...completion } = given
      await completeSuggestion(office, param(c, 'receipt'), completion)
      c.header('Cache-Control', 'no-store')
      return c.json((await suggestionReceipt(office, param(c, 'receipt'))) ?? {})
    },
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/suggestions',
      tag: '审查建议',
      table: {
        name: '审查建议',
        columns: [
          ['收到', 12, 'receivedOn'],
          ['文件', 50, ({ document }) => (document as { title?: string } | null)?.title ?? '（提出人要求不公开）'],
          ['条款', 30, 'provisions'],
          ['阶段', 20, 'stageLabel'],
          ['逾期', 8, 'overdue'],
          ['答复', 12, 'answeredOn'],
        ],
      },
      summary: '一年的审查建议：件数、逾期数，逐件一行（匿名）',
      query: z.object({
        year: z.coerce.number().int().min(2000).max(2100).optional().describe('收到的年份，缺省为今年'),
        jurisdiction: z.string().max(40).optional(),
        ...pageQuery,
      }),
      answer: { description: '件数与一页', schema: SuggestionsOfYear },
    },
    async (c, { query }) => c.json({ ...(await publicSuggestions(office, query)), totalExact: true }),
  )
  const figuresQuery = {
    from: z.iso.date().optional().describe('起日，缺省为止日所在年的一月一日'),
    to: z.iso.date().optional().describe('止日，缺省为今日'),
    as_of: z.iso.date().optional().describe('截至何日所知，缺省为今日；过去的一日照当日所知重算'),
    issuer: z.string().max(200).optional().describe('牵头制定机关'),
    jurisdiction: z.string().max(40).optional(),
    unit: z.string().max(60).optional().describe('单位：只计由它制定或者起草的'),
  }
  ops.open(
    {
      method: 'get',
      path: '/public/v1/statistics',
      tag: '统计',
      summary: '一段时间的统计：每一个数附算式、依据、截至之日与其后恰好那些件的地址',
      query: z.object(figuresQuery),
      answer: { description: '各项统计', schema: Statistics },
    },
    async (c, { query }) => c.json(whole(await statistics(office, query))),
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/statistics.csv',
      tag: '统计',
      summary: '同上，CSV',
      query: z.object(figuresQuery),
      answer: { description: '各项统计（CSV）', mediaType: 'text/csv' },
    },
    async (c, { query }) =>
      c.body(await statisticsCsv(office, query), 200, { 'Content-Type': 'text/csv; charset=utf-8' }),
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/statistics.xlsx',
      tag: '统计',
      summary: '同上，电子表格：一张各项统计，一张各机关的三个数',
      query: z.object(figuresQuery),
      answer: { description: '各项统计（.xlsx）', mediaType: xlsxMediaType },
    },
    async (c, { query }) => sendFile(c, await statisticsXlsx(office, query)),
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/statistics/:id',
      tag: '统计',
      table: {
        name: '统计清单',
        at: '/public/v1/statistics/:id/list',
        columns: [
          ['名称', 50, 'title'],
          ['机关', 30, 'issuer'],
          ['日期', 12, 'on'],
        ],
      },
      summary: '一项统计其后恰好是哪些件；率分为分子、分母',
      query: z.object({ ...figuresQuery, part: z.enum(['count', 'numerator', 'denominator']).optional() }),
      answer: { description: '清单', schema: StatisticList },
      problems: ['not_found'],
    },
    async (c, { query }) => c.json(whole(await statisticList(office, param(c, 'id'), query))),
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/scorecard',
      tag: '统计',
      summary: '制定质量的自评计分：系统采用、方法、监督与质量控制、公开四类，每一项附算式与清单',
      query: z.object(figuresQuery),
      answer: { description: '计分', schema: Scorecard },
    },
    async (c, { query }) => c.json(await scorecard(office, query)),
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/filing-rates',
      tag: '统计',
      summary: '备案的各种率，两条轨道分开',
      query: z.object({
        period: z
          .string()
          .regex(/^\d{4}(?:Q[1-4])?$/, '写年份（2026）或者季度（2026Q1）')
          .optional(),
        track: z.enum(tracks).optional(),
        jurisdiction: z.string().max(40).optional(),
      }),
      answer: { description: '各种率', schema: Statistics },
    },
    async (c, { query }) => c.json(whole(await filingRates(office, query))),
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/evaluations',
      tag: '后评估',
      table: {
        name: '后评估',
        columns: [
          ['文件', 50, 'document.title'],
          ['文号', 24, 'document.documentNumber'],
          ['为何评估', 24, 'groundLabel'],
          ['公布', 12, 'publishedOn'],
          ['结论', 20, 'conclusionLabel'],
          ['建议几项', 8, 'proposals'],
          ['没有落实的', 10, 'pending'],
          ['摘要', 60, 'summary'],
        ],
      },
      summary: '已经公布的后评估，久未落实的建议，年度件数',
      query: z.object({
        year: z.coerce.number().int().min(2000).max(2100).optional().describe('公布的年份，缺省为全部'),
        jurisdiction: z.string().max(40).optional(),
        document: z.string().max(200).optional().describe('只列对登记库这一条目的评估'),
      }),
      answer: { description: '后评估', schema: PublicEvaluations },
    },
    async (c, { query }) => c.json({ ...(await publicEvaluations(office, query)), totalExact: true }),
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/evaluations/:id',
      tag: '后评估',
      summary: '一件后评估的结果：六个部分、各方面的评价与证据、指标读数、逐项答复；没有公布的答复 404',
      answer: { description: '后评估', schema: PublicEvaluation },
    },
    async (c) => c.json(await publicEvaluation(office, param(c, 'id'))),
  )
  for (const format of paperFormats)
    ops.open(
      {
        method: 'get',
        path: `/public/v1/evaluations/:id/report.${format}`,
        tag: '后评估',
        summary: '后评估报告；没有公布的答复 404',
        answer: { description: `报告（${paperNames[format]}）`, mediaType: paperTypes[format] },
      },
      async (c) => sendFile(c, await printPublishedEvaluation(office, param(c, 'id'), format)),
    )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/anchors',
      tag: '台账',
      table: {
        name: '每日封存的锚',
        columns: [
          ['日期', 12, 'day'],
          ['法域', 10, 'jurisdiction'],
          ['件数', 8, 'documents'],
          ['台账条数', 10, 'events'],
          ['封存摘要', 66, 'seal'],
          ['签名', 90, 'signature'],
          ['时间', 18, ({ at }) => minute(at)],
        ],
      },
      summary: '每日封存的锚：签名的摘要，自旧至新；供任何人留存，日后核对数据库有没有被重写',
      description: 'verify --anchor 可以直接读取此处；publicKey 为签名的公钥（Ed25519，PEM）。',
      query: z.object({
        after: z.coerce.number().int().min(0).optional().describe('自第几个以后，缺省自头'),
        limit: pageQuery.limit,
      }),
      answer: { description: '锚与公钥', schema: Anchors },
    },
    (c, { query }) => {
      const all = ctx.anchors?.list() ?? []
      const from = query.after ?? 0
      const items = all.slice(from, from + (query.limit ?? 100))
      const next = from + items.length
      return c.json({
        items,
        next: next < all.length ? next : null,
        total: all.length,
        totalExact: true,
        publicKey: ctx.anchors?.publicKey ?? null,
      })
    },
  )
  const jurisdiction = z.string().min(1).max(40).describe('法域代码；CN 为全国')
  /** The calendar knows no query fields: what it refuses is said at the amount, or at the field that gave the date. */
  const answered = <T>(dateField: string, work: () => T): T => {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof CalendarError)) throw error
      const path = error.code === 'too_long' || error.code === 'invalid_amount' ? 'days' : dateField
      throw new AppError('invalid', error.message, { issues: [{ path, message: error.message }] })
    }
  }
  const calendarOf = async (code: string) => {
    await office.rules.refresh()
    if (office.rules.versions(code).length === 0) {
      throw new AppError('invalid', '查询条件有误，请按所列各项更正。', {
        issues: [{ path: 'jurisdiction', message: `没有法域“${code}”` }],
      })
    }
    return office.rules.calendar(code)
  }
  ops.open(
    {
      method: 'get',
      path: '/public/v1/calendar/explain',
      tag: '工作日历',
      summary: '期限届满之日与逐日计算过程',
      query: z.object({
        jurisdiction,
        start: z.iso.date().describe('起算之事发生之日，不计入'),
        days: z
          .string()
          .regex(/^\d{1,5}$/, '应为不小于零的整数')
          .transform(Number)
          .pipe(z.number().max(36_600)),
        unit: z
          .enum(Object.keys(units) as [string, ...string[]])
          .default('working_day')
          .describe('working_day（工作日）或 calendar_day（日）'),
        mode: z.enum(['deadline', 'minimum']).default('deadline').describe('deadline 不超过；minimum 不少于'),
      }),
      answer: { description: '期限', schema: PeriodAnswer },
    },
    async (c, { query }) => {
      const unit = units[query.unit] ?? 'working_day'
      const calendar = await calendarOf(query.jurisdiction)
      const request = { start: query.start, amount: query.days, unit, mode: query.mode }
      return c.json({
        jurisdiction: query.jurisdiction,
        ...request,
        ...answered('start', () => calendar.explain(request)),
      })
    },
  )
  ops.open(
    {
      method: 'get',
      path: '/public/v1/calendar/workday',
      tag: '工作日历',
      summary: '某日是不是工作日，为什么',
      query: z.object({ jurisdiction, date: z.iso.date() }),
      answer: { description: '某日', schema: Workday },
    },
    async (c, { query }) => {
      const calendar = await calendarOf(query.jurisdiction)
      return c.json(answered('date', () => calendar.isWorkday(query.date)))
    },
  )
}
