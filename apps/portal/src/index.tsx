// 公开门户：服务器端生成的页面，不用脚本也能读、能提意见。只经 workflow 的公开查询读取，从不接触草案与个人信息。
import { createHash, randomUUID } from 'node:crypto'
import { CalendarError, isPlainDate, type PeriodAnswer, type Unit } from '@dianzhang/calendar'
import { AppError, commandSchemas } from '@dianzhang/contract'
import {
  type ConsultationDetail,
  commentReceipt,
  getConsultation,
  getEntry,
  getEntryAttachment,
  getFeedback,
  listConsultations,
  listJurisdictions,
  listPublicEntries,
  type Office,
  type PublicStatus,
  publicStatuses,
  registerFacets,
  searchRegister,
  submitComment,
} from '@dianzhang/workflow'
import { type Context, Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { etag } from 'hono/etag'
import { loadAssets } from './assets.ts'
import { consultationFeed, registerFeed, robots, sitemap, sitemapIndex } from './feeds.ts'
import { aboutPage } from './pages/about.tsx'
import { type CalendarForm, calendarPage, unitWords } from './pages/calendar.tsx'
import {
  type CommentForm,
  consultationPage,
  consultationsPage,
  type FieldProblem,
  feedbackPage,
} from './pages/consultations.tsx'
import { entryPage } from './pages/entry.tsx'
import { homePage } from './pages/home.tsx'
import { consultationHref } from './pages/parts.tsx'
import { failurePage, notFoundPage } from './pages/problems.tsx'
import { type Receipt, receiptPage, receiptsPage } from './pages/receipts.tsx'
import { noFilters, type RegisterForm, registerPage } from './pages/register.tsx'
import { commentable, structureOf } from './text-structure.ts'
import { type Page, type PortalDeps, render, type Site, sizeCookie, viewOf } from './view.tsx'
import { closingWords } from './words.ts'

export type { PortalDeps } from './view.tsx'

/** 服务端以 `fetch(request, env)` 随每个请求交给门户的东西。 */
export interface PortalEnv {
  requestId?: string
  /** 超出频次时抛出 `rate_limited`。 */
  admit?: (method: string, path: string) => void
}

const sitemapSize = 10_000

/**
 * 门户应用，挂在 `/`。每页都是完整的 HTML；写入只有“提意见”一处，经 submitComment 走同一写入口。
 * 跨站写入检查、限速、安全头由服务端的中间件负责。
 */
export function createPortal(deps: PortalDeps): Hono {
  const { office } = deps
  const { stylesheet, assets } = loadAssets()
  const site: Site = { ...deps, stylesheet }
  const app = new Hono()
  const page = (c: Context, content: Page): Response => render(c, viewOf(c, site), content)
  const now = (): Date => office.clock.now()

  // 限速由服务端规定；在这里过问，超出时给出的才是页面。
  app.use(async (c, next) => {
    ;(c.env as PortalEnv | undefined)?.admit?.(c.req.method, c.req.path)
    await next()
  })
  app.use(etag())
  // 换字号：普通链接，选择存进 Cookie，再回到同一页。
  app.use(async (c, next) => {
    const size = c.req.query('size')
    if (c.req.method !== 'GET' || (size !== 'large' && size !== 'normal')) return next()
    const url = new URL(c.req.url)
    setCookie(c, sizeCookie, size, {
      path: '/',
      sameSite: 'Lax',
      httpOnly: true,
      maxAge: 365 * 24 * 3600,
      secure: url.protocol === 'https:',
    })
    url.searchParams.delete('size')
    c.header('Cache-Control', 'no-store')
    return c.redirect(localPath(url.pathname, url.search), 303)
  })

  app.get('/', async (c) => page(c, await homePage(viewOf(c, site))))
  app.get('/about', (c) => page(c, aboutPage()))

  app.get('/consultations', async (c) => {
    const state = c.req.query('state') === 'closed' ? 'closed' : 'open'
    const found = await listConsultations(office.readDb, {
      open: state === 'open',
      cursor: filled(c.req.query('cursor')),
      limit: 20,
      now: now(),
    })
    return page(c, consultationsPage(viewOf(c, site), state, found))
  })
  const consultation = async (c: Context): Promise<ConsultationDetail | null> => {
    const id = identifier(c.req.param('id'))
    return id === null ? null : await getConsultation(office.readDb, id, { now: now() })
  }
  app.get('/consultations/:id', async (c) => {
    const item = await consultation(c)
    if (!item) return page(c, notFoundPage('consultation'))
    const form = { ...emptyComment(), anchor: c.req.query('anchor') ?? '' }
    return page(c, consultationPage(viewOf(c, site), item, form))
  })
  app.get('/consultations/:id/feedback', async (c) => {
    const item = await consultation(c)
    if (!item) return page(c, notFoundPage('consultation'))
    return page(c, feedbackPage(item, await getFeedback(office.readDb, item.id)))
  })
  // 提交之后刷新、改地址的人回到表单。
  app.get('/consultations/:id/comments', (c) => c.redirect(`${consultationHref(c.req.param('id'))}#comment`, 303))
  app.post('/consultations/:id/comments', async (c) => {
    const item = await consultation(c)
    if (!item) return page(c, notFoundPage('consultation'))
    const form = readComment(await c.req.parseBody())
    const view = viewOf(c, site)
    if (!item.open) {
      const refusal = `《${item.title}》的征求意见已经结束：${closingWords(item.closesOn)}。`
      return page(c, consultationPage(view, item, form, { refusal }))
    }
    const checked = checkComment(item, form)
    if ('problems' in checked) return page(c, consultationPage(view, item, form, { problems: checked.problems }))
    try {
      const { receipt } = await submitComment(office, item.id, checked.comment, checked.commandId)
      c.header('Cache-Control', 'no-store')
      return c.redirect(`/receipts/${encodeURIComponent(receipt)}`, 303)
    } catch (error) {
      if (!(error instanceof AppError) || (error.code !== 'refused' && error.code !== 'conflict')) throw error
      // 恰在截止时刻前后：以写入口的判断为准。
      return page(c, consultationPage(view, (await consultation(c)) ?? item, form, { refusal: `${error.message}。` }))
    }
  })

  app.get('/receipts', (c) => {
    const code = c.req.query('code')
    if (code === undefined) return page(c, receiptsPage())
    const typed = code.replace(/\s/g, '').toUpperCase().slice(0, 60)
    if (typed === '') return page(c, receiptsPage(''))
    return c.redirect(`/receipts/${encodeURIComponent(typed)}`, 303)
  })
  app.get('/receipts/:code', async (c) => {
    const code = identifier(c.req.param('code'))
    if (code === null) return page(c, receiptsPage('（无法识别）'))
    try {
      return page(c, receiptPage((await commentReceipt(office, code)) as unknown as Receipt))
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') return page(c, receiptsPage(code))
      throw error
    }
  })

  app.get('/register', async (c) => {
    const view = viewOf(c, site)
    const form = registerForm(c)
    const cursor = filled(c.req.query('cursor'))
    try {
      const query = { ...registerQuery(form), now: view.now }
      const [found, facets] = await Promise.all([
        searchRegister(office.readDb, { ...query, limit: 20, ...(cursor === undefined ? {} : { cursor }) }),
        cursor === undefined ? registerFacets(office.readDb, query) : null,
      ])
      return page(c, registerPage(view, form, { page: found, facets }, cursor !== undefined))
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'invalid') throw error
      return page(c, registerPage(view, form, { problem: problemWords(error) }, false))
    }
  })
  app.get('/register/:id', async (c) => {
    const id = identifier(c.req.param('id'))
    const on = filled(c.req.query('on'))
    const entry = id === null ? null : await getEntry(office.readDb, id, { on, now: now() })
    return page(c, entry ? entryPage(viewOf(c, site), entry) : notFoundPage('entry'))
  })
  app.get('/register/:id/attachments/:sha256', async (c) => {
    const id = identifier(c.req.param('id'))
    const sha256 = c.req.param('sha256')
    const known = id !== null && /^[0-9a-f]{64}$/.test(sha256)
    const file = known ? await getEntryAttachment(office.readDb, id, sha256) : null
    if (!file) return page(c, notFoundPage('attachment'))
    return c.body(new Uint8Array(file.bytes), 200, {
      // 只供下载：内容由他人提供，不在本站的地址下直接打开。
      'Content-Type': /^[\w.+-]+\/[\w.+-]+$/.test(file.mediaType) ? file.mediaType : 'application/octet-stream',
      'Content-Disposition': `attachment; filename="attachment"; filename*=UTF-8''${rfc5987(file.name)}`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'public, no-cache',
      ETag: `"${sha256}"`,
    })
  })

  app.get('/calendar', async (c) => {
    const view = viewOf(c, site)
    const known = (await listJurisdictions(office.readDb)).filter(({ id }) => office.rules.versions(id).length > 0)
    const form: CalendarForm = {
      jurisdiction: c.req.query('jurisdiction') ?? 'CN',
      start: c.req.query('start') ?? '',
      days: c.req.query('days') ?? '',
      unit: c.req.query('unit') ?? 'working_day',
      mode: c.req.query('mode') === 'minimum' ? 'minimum' : 'deadline',
    }
    const asked = c.req.query('start') !== undefined || c.req.query('days') !== undefined
    const answer = asked ? reckon(form, known, office) : null
    return page(c, calendarPage(view, { ...form, start: form.start || view.today }, known, answer))
  })

  const atom = (c: Context, body: string): Response =>
    c.body(body, 200, { 'Content-Type': 'application/atom+xml; charset=utf-8', 'Cache-Control': 'public, no-cache' })
  app.get('/feeds/register.atom', async (c) => {
    const { results } = await searchRegister(office.readDb, { limit: 50, now: now() })
    return atom(c, registerFeed(viewOf(c, site).origin, results))
  })
  app.get('/feeds/consultations.atom', async (c) => {
    const { results } = await listConsultations(office.readDb, { limit: 50, now: now() })
    return atom(c, consultationFeed(viewOf(c, site).origin, results))
  })
  app.get('/sitemap.xml', async (c) => {
    const { origin } = viewOf(c, site)
    const asked = c.req.query('page')
    const n = asked === undefined ? 1 : Number(asked)
    if (!Number.isInteger(n) || n < 1 || n > 100_000) return page(c, notFoundPage())
    const { total, items } = await listPublicEntries(office.readDb, { page: n, size: sitemapSize })
    const pages = Math.max(1, Math.ceil(total / sitemapSize))
    if (n > pages) return page(c, notFoundPage())
    const headers = { 'Content-Type': 'application/xml; charset=utf-8', 'Cache-Control': 'public, no-cache' }
    if (asked === undefined && pages > 1) return c.body(sitemapIndex(origin, pages), 200, headers)
    const fixed = n === 1 ? ['/', '/consultations', '/register', '/calendar', '/about'].map((path) => ({ path })) : []
    const rounds = n === 1 ? (await listConsultations(office.readDb, { limit: 100, now: now() })).results : []
    const all = [
      ...fixed,
      ...rounds.map(({ id }) => ({ path: consultationHref(id) })),
      ...items.map(({ id, publishedOn }) => ({ path: `/register/${encodeURIComponent(id)}`, on: publishedOn })),
    ]
    return c.body(sitemap(origin, all), 200, headers)
  })
  app.get('/robots.txt', (c) => c.text(robots(viewOf(c, site).origin), 200, { 'Cache-Control': 'public, no-cache' }))
  for (const asset of assets) {
    app.get(asset.path, (c) =>
      c.body(asset.body, 200, {
        'Content-Type': asset.type,
        'Cache-Control': asset.immutable ? 'public, max-age=31536000, immutable' : 'public, max-age=86400',
      }),
    )
  }
  app.get('/favicon.ico', (c) => c.redirect('/assets/seal.svg', 302))

  // 末尾的斜杠去掉；其余由浏览器打开的，答复一页说明；程序来访的交给外层（RFC 9457）。
  app.get('*', async (c, next) => {
    const url = new URL(c.req.url)
    if (url.pathname.length > 1 && url.pathname.endsWith('/')) {
      return c.redirect(localPath(url.pathname.replace(/\/+$/, ''), url.search), 302)
    }
    if (c.req.header('accept')?.includes('text/html')) return page(c, notFoundPage())
    return next()
  })
  app.notFound((c) => page(c, notFoundPage()))
  app.onError((error, c) => {
    const known =
      error instanceof AppError ? error : error instanceof CalendarError ? new AppError('invalid', error.message) : null
    // 挂在服务端之下时由中间件给出；以 fetch(request, { requestId }) 调用时在 env 里。
    const requestId = (c.get('requestId' as never) ?? (c.env as { requestId?: string } | undefined)?.requestId) as
      | string
      | undefined
    if (known?.code === 'not_found') return page(c, notFoundPage())
    if (known?.code === 'invalid' || known?.code === 'malformed')
      return page(c, failurePage(422, problemWords(known), requestId))
    if (known?.code === 'rate_limited') return page(c, failurePage(429, known.message, requestId))
    if (known?.code === 'unavailable') return page(c, failurePage(503, known.message, requestId))
    office.log.error({ requestId, method: c.req.method, path: c.req.path, err: error }, '门户页面出错')
    return page(c, failurePage(500, '没能完成您的请求，不是您的操作有误。请稍后再试。', requestId))
  })
  return app
}

const filled = (value: string | undefined): string | undefined =>
  value === undefined || value === '' ? undefined : value

/** 地址里的标识；不可能是标识的（太长、含有控制字符）为 null。 */
function identifier(value: string | undefined): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: 数据库不接受这些字符
  if (value === undefined || value === '' || value.length > 200 || /[\u0000-\u001f\u007f]/.test(value)) return null
  return value.isWellFormed() ? value : null
}

/** 站内地址：绝不以两个斜杠开头，以免跳到别的网站。 */
const localPath = (pathname: string, search: string): string => `/${pathname.replace(/^[/\\]+/, '')}${search}`

const rfc5987 = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )

const problemWords = (error: AppError): string =>
  error.extra.issues?.map((issue) => issue.message).join('；') || error.message

const emptyComment = (): CommentForm => ({ commandId: randomUUID(), anchor: '', text: '', name: '', contact: '' })

function readComment(body: Record<string, unknown>): CommentForm {
  const field = (name: string): string => {
    const value = body[name]
    // 浏览器提交的换行是 CRLF；存入、计数、算摘要都用 LF。
    return typeof value === 'string' ? value.replaceAll('\r\n', '\n').replaceAll('\u0000', '').toWellFormed() : ''
  }
  const commandId = field('commandId')
  const known = commandSchemas.SubmitComment.shape.commandId.safeParse(commandId).success
  return {
    commandId: known ? commandId : randomUUID(),
    anchor: field('anchor'),
    text: field('text'),
    name: field('name'),
    contact: field('contact'),
  }
}

const commentMessages: Record<FieldProblem['field'], (value: string) => string> = {
  text: (value) =>
    value.trim() === ''
      ? '请填写意见内容'
      : `意见内容不能超过 20000 字，现在是 ${value.trim().length} 字，可以分两次提交`,
  name: () => '姓名或单位名称不能超过 100 字',
  contact: () => '联系方式不能超过 200 字',
  anchor: () => '所选的部分不在征求意见稿中，请重新选择',
}

/** 按写入口的同一个模式检查表单；错误逐项说明。 */
function checkComment(
  item: ConsultationDetail,
  form: CommentForm,
):
  | { problems: FieldProblem[] }
  | {
      commandId: string
      comment: { text: string; name?: string; contact?: string; anchor?: { element: string; quote: string } }
    } {
  const block = form.anchor === '' ? null : commentable(structureOf(item.body)).find(({ id }) => id === form.anchor)
  const comment = {
    text: form.text.trim(),
    ...(form.name.trim() ? { name: form.name.trim() } : {}),
    ...(form.contact.trim() ? { contact: form.contact.trim() } : {}),
    ...(block?.id ? { anchor: { element: block.id, quote: block.text.slice(0, 200).toWellFormed() } } : {}),
  }
  const fields = new Set<FieldProblem['field']>(block === undefined ? ['anchor'] : [])
  const parsed = commandSchemas.SubmitComment.safeParse({
    type: 'SubmitComment',
    commandId: form.commandId,
    expectedVersion: 0,
    ...comment,
  })
  for (const issue of parsed.error?.issues ?? []) {
    const field = issue.path[0]
    if (field === 'text' || field === 'name' || field === 'contact' || field === 'anchor') fields.add(field)
  }
  if (fields.size > 0)
    return { problems: [...fields].map((field) => ({ field, message: commentMessages[field](form[field]) })) }
  return { commandId: commandIdOf(form.commandId, comment), comment }
}

/**
 * 同一张表单、同样的内容 → 同一个命令标识：连按两次只记一条。退回去改了内容再提交，则是新的一条。
 */
function commandIdOf(formId: string, content: object): string {
  const hex = createHash('sha256')
    .update(`${formId}\n${JSON.stringify(content)}`)
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

function registerForm(c: Context): RegisterForm {
  const form = { ...noFilters }
  for (const name of Object.keys(form) as Array<keyof RegisterForm>) form[name] = (c.req.query(name) ?? '').trim()
  return form
}

const invalid = (message: string): AppError => new AppError('invalid', message, { issues: [{ path: '', message }] })

/** 地址里的条件 → 查询条件；不合法的抛出 invalid，由页面说明。 */
function registerQuery(form: RegisterForm) {
  if (form.status !== '' && !(publicStatuses as readonly string[]).includes(form.status))
    throw invalid('没有这种效力状态')
  if (form.on !== '' && !isPlainDate(form.on)) throw invalid('“按哪一天”应当是真实存在的日期，如 2026-03-01')
  if (form.year !== '' && !/^\d{4}$/.test(form.year)) throw invalid('公布年份应当是四位数字，如 2026')
  return {
    q: filled(form.q),
    status: filled(form.status) as PublicStatus | undefined,
    issuer: filled(form.issuer),
    category: filled(form.category),
    year: form.year === '' ? undefined : Number(form.year),
    on: filled(form.on),
  }
}

/** 由表单算出期限；有误的说明哪里有误。 */
function reckon(
  form: CalendarForm,
  known: ReadonlyArray<{ id: string }>,
  office: Office,
): PeriodAnswer | { problem: string } {
  if (!known.some(({ id }) => id === form.jurisdiction)) return { problem: '没有这个地区的日历，请重新选择。' }
  if (!Object.hasOwn(unitWords, form.unit)) return { problem: '期限的单位有误，请重新选择。' }
  if (!/^\d{1,5}$/.test(form.days)) return { problem: '期限应当填写不小于零的整数。' }
  if (!isPlainDate(form.start)) return { problem: '日期应当是真实存在的日期，如 2026-03-01。' }
  try {
    return office.rules.calendar(form.jurisdiction).explain({
      start: form.start,
      amount: Number(form.days),
      unit: form.unit as Unit,
      mode: form.mode === 'minimum' ? 'minimum' : 'deadline',
    })
  } catch (error) {
    if (error instanceof CalendarError) return { problem: `${error.message}。` }
    throw error
  }
}
