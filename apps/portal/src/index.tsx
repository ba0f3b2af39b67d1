// 公开门户：服务器端生成的页面，不用脚本也能读、能提意见。只经 workflow 的公开查询读取，从不接触草案与个人信息。
import { createHash, randomUUID } from 'node:crypto'
import { CalendarError, dateInShanghai, isPlainDate, type PeriodAnswer, type Unit } from '@dianzhang/calendar'
import { AppError, commandSchemas, reviewSuggestion } from '@dianzhang/contract'
import {
  type CleanupItem,
  type CleanupList,
  type ConsultationDetail,
  cleanupItems,
  cleanupListNames,
  cleanupOverview,
  type EntryExport,
  exportEntry,
  getConsultation,
  getEntry,
  getEntryAttachment,
  getFeedback,
  listConsultations,
  listJurisdictions,
  listPublicPages,
  type PublicStatus,
  publicStatuses,
  type RegisterDetail,
  resolveCitations,
  searchRegister,
  unlessChanged,
} from '@dianzhang/register'
import { chineseNumeral, readNumeral } from '@dianzhang/text'
import {
  commentReceipt,
  completeSuggestion,
  evaluationsOfEntry,
  isConnectionProblem,
  type Office,
  publicEvaluation,
  publicEvaluations,
  publicSuggestions,
  submitComment,
  submitSuggestion,
  suggestionReceipt,
} from '@dianzhang/workflow'
import { type Context, Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { etag } from 'hono/etag'
import { consultationHref, entryHref } from './addresses.ts'
import { loadAssets } from './assets.ts'
import { consultationFeed, registerFeed, robots, sitemap, sitemapIndex } from './feeds.ts'
import type { Page, PortalDeps, Site, View } from './page.ts'
import { aboutPage } from './pages/about.tsx'
import { type CalendarForm, calendarPage, unitWords } from './pages/calendar.tsx'
import { type CleanupForm, cleanupCsv, cleanupPage, inOverview, itemsPerPage, itemsShown } from './pages/cleanup.tsx'
import {
  type CommentForm,
  consultationPage,
  consultationsPage,
  type FieldProblem,
  feedbackPage,
} from './pages/consultations.tsx'
import { type EvaluatedHere, entryPage, partHref } from './pages/entry.tsx'
import { evaluationHref, evaluationPage, evaluationsPage } from './pages/evaluations.tsx'
import { homePage } from './pages/home.tsx'
import { anchorsOf, cutText } from './pages/legal-text.tsx'
import { failurePage, notFoundPage } from './pages/problems.tsx'
import { type Receipt, receiptPage, receiptsPage } from './pages/receipts.tsx'
import { noFilters, type RegisterForm, registerPage } from './pages/register.tsx'
import {
  conflictRows,
  emptySuggestion,
  type SuggestionForm,
  type SuggestionProblem,
  type SuggestionReceiptView,
  type SuggestionsView,
  suggestionReceiptPage,
  suggestionsPage,
  suggestPage,
} from './pages/suggestions.tsx'
import type { Part } from './parts.ts'
import { commentable, type Reading, readingOf, readingWithLinks } from './reading.ts'
import { htmlOf, render, reply, sizeCookie, viewOf, type Written, written } from './view.tsx'
import { closingWords } from './words.ts'

export type { PortalDeps } from './page.ts'

/** 服务端以 `fetch(request, env)` 随每个请求交给门户的东西。 */
export interface PortalEnv {
  requestId?: string
  /** 超出频次时抛出 `rate_limited`。 */
  admit?: (method: string, path: string) => void
}

const fixedPages = [
  '/',
  '/consultations',
  '/consultations?state=closed',
  '/register',
  '/cleanup',
  '/evaluations',
  '/calendar',
  '/about',
]
/** 站点地图协议规定的每份上限。 */
const sitemapSize = 50_000

type FormAndOutcome =
  Parameters<typeof consultationPage> extends [unknown, unknown, unknown, unknown, ...infer Rest] ? Rest : never

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
  /** 公开的文本及其引用的链接，所引文件的效力按 `on` 之日。 */
  const read = (
    body: string,
    asked: { on: string; today: string; jurisdiction: string; self?: string },
  ): Promise<Reading> => readingWithLinks(body, (citations) => resolveCitations(office.readDb, citations, asked), asked)
  const draftPage = async (c: Context, item: ConsultationDetail, ...rest: FormAndOutcome): Promise<Response> => {
    const view = viewOf(c, site)
    const { today } = view
    const reading = await read(item.body, { on: today, today, jurisdiction: item.jurisdiction })
    return page(c, consultationPage(view, item, reading, await readingOf(item.explanatoryNote), ...rest))
  }
  app.get('/consultations/:id', async (c) => {
    const item = await consultation(c)
    if (!item) return page(c, notFoundPage('consultation'))
    return draftPage(c, item, { ...emptyComment(), anchor: c.req.query('anchor') ?? '' })
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
    if (!item.open) {
      const refusal = `《${item.title}》的征求意见已经结束：${closingWords(item.closesOn)}。`
      return draftPage(c, item, form, { refusal })
    }
    const checked = await checkComment(item, form)
    if ('problems' in checked) return draftPage(c, item, form, { problems: checked.problems })
    try {
      const { receipt } = await submitComment(office, item.id, checked.comment, checked.commandId)
      c.header('Cache-Control', 'no-store')
      return c.redirect(`/receipts/${encodeURIComponent(receipt)}`, 303)
    } catch (error) {
      if (!(error instanceof AppError) || (error.code !== 'refused' && error.code !== 'conflict')) throw error
      // 恰在截止时刻前后：以写入口的判断为准。
      return draftPage(c, (await consultation(c)) ?? item, form, { refusal: `${error.message}。` })
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
    const suggestion = await suggestionReceipt(office, code)
    if (suggestion !== null) {
      const form = emptySuggestion(randomUUID())
      return page(c, suggestionReceiptPage(suggestion as unknown as SuggestionReceiptView, form))
    }
    try {
      return page(c, receiptPage((await commentReceipt(office, code)) as unknown as Receipt))
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') return page(c, receiptsPage(code))
      throw error
    }
  })

  app.get('/receipts/:code/complete', (c) => c.redirect(`/receipts/${encodeURIComponent(c.req.param('code'))}`, 303))
  app.post('/receipts/:code/complete', async (c) => {
    const code = identifier(c.req.param('code'))
    const suggestion = code === null ? null : await suggestionReceipt(office, code)
    if (code === null || suggestion === null) return page(c, receiptsPage(code ?? '（无法识别）'))
    const form = readSuggestion(await c.req.parseBody())
    const { reason, provisions, conflicts, name, contact } = givenOf(form)
    const given = { ...(reason ? { reason } : {}), provisions, conflicts, name, contact }
    const again = (problems: SuggestionProblem[]) =>
      page(c, suggestionReceiptPage(suggestion as unknown as SuggestionReceiptView, form, problems))
    try {
      const fields = checkedSuggestion(reviewSuggestion.commands.Complete.schema, given, form.commandId)
      if ('problems' in fields) return again(fields.problems)
      await completeSuggestion(office, code, fields.given)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return again([{ field: 'provisions', message: error.message }])
    }
    c.header('Cache-Control', 'no-store')
    return c.redirect(`/receipts/${encodeURIComponent(code)}`, 303)
  })
  app.get('/evaluations', async (c) => {
    const year = Number(c.req.query('year'))
    const asked = Number.isInteger(year) && year >= 2000 && year <= 2100 ? { year } : {}
    return page(c, evaluationsPage(await publicEvaluations(office, asked)))
  })
  app.get('/evaluations/:id', async (c) => {
    const id = identifier(c.req.param('id'))
    const found = id === null ? null : await publicEvaluation(office, id).catch(absent)
    return page(c, found ? evaluationPage(found) : notFoundPage('page'))
  })
  app.get('/suggestions', async (c) => {
    const year = Number(c.req.query('year'))
    const cursor = filled(c.req.query('cursor'))
    const found = await publicSuggestions(office, {
      ...(Number.isInteger(year) && year >= 2000 && year <= 2100 ? { year } : {}),
      ...(cursor && /^\d{1,6}$/.test(cursor) ? { cursor } : {}),
    })
    return page(c, suggestionsPage(found as unknown as SuggestionsView))
  })
  const publicDocument = async (c: Context) => {
    const id = identifier(c.req.param('id') ?? '')
    return id === null ? null : getEntry(office.readDb, id, { now: now() })
  }
  app.get('/register/:id/suggest', async (c) => {
    const entry = await publicDocument(c)
    return page(c, entry ? suggestPage(entry, emptySuggestion(randomUUID())) : notFoundPage('entry'))
  })
  app.post('/register/:id/suggest', async (c) => {
    const entry = await publicDocument(c)
    if (!entry) return page(c, notFoundPage('entry'))
    const form = readSuggestion(await c.req.parseBody())
    const given = { document: entry.id, ...givenOf(form), keepPrivate: form.keepPrivate, door: form.door }
    try {
      const fields = checkedSuggestion(reviewSuggestion.opening.schema, given, form.commandId)
      if ('problems' in fields) return page(c, suggestPage(entry, form, fields.problems))
      const { receipt } = await submitSuggestion(office, fields.given)
      c.header('Cache-Control', 'no-store')
      return c.redirect(`/receipts/${encodeURIComponent(receipt)}`, 303)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return page(c, suggestPage(entry, form, [{ field: 'reason', message: error.message }]))
    }
  })

  app.get('/register', async (c) => {
    const view = viewOf(c, site)
    const form = registerForm(c)
    const cursor = filled(c.req.query('cursor'))
    try {
      const found = await searchRegister(office.readDb, {
        ...registerQuery(form),
        facets: true,
        limit: 20,
        cursor,
        now: view.now,
      })
      return page(c, registerPage(view, form, found, cursor !== undefined))
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'invalid') throw error
      return page(c, registerPage(view, form, { problem: problemWords(error) }, false))
    }
  })
  const recent = new Map<object, Promise<Prepared | null>>()
  /** 一件文件及其读法；最近几件记住，翻看很长的文件的各部分不必每次从头读起。 */
  const prepare = async (view: View, id: string, asked: string | undefined): Promise<Prepared | null> => {
    const { today } = view
    // The same token as long as nothing has been written: what is kept under it is still so.
    const question = `portal reading ${JSON.stringify([id, asked ?? null, today])}`
    const token = await unlessChanged(office.readDb, question, async () => ({}))
    const known = recent.get(token)
    if (known) return known
    const fresh = (async () => {
      const entry = await getEntry(office.readDb, id, { on: asked, now: view.now })
      if (!entry) return null
      const on = entry.statusOn.on
      const plainReading = await read(entry.body, { on, today, jurisdiction: entry.jurisdiction, self: entry.id })
      const evaluated = await evaluationsOfEntry(office, entry.jurisdiction, entry.id)
      const reading = withNotes(plainReading, evaluated)
      let made: Cut | undefined
      const cut = (): Cut => {
        if (made === undefined) {
          const parts = cutText(reading, largestPart)
          made = { parts, where: anchorsOf(reading.structure, parts) }
        }
        return made
      }
      return { entry, reading, cut, evaluated }
    })()
    recent.set(token, fresh)
    fresh.catch(() => recent.delete(token))
    const [oldest] = recent.keys()
    if (recent.size > 3 && oldest !== undefined) recent.delete(oldest)
    return await fresh
  }
  /** 一件文件的页面；很长的分几部分，要找的条、没有的部分各有去处。没有这件的为 null。 */
  const entryAnswer = async (
    view: View,
    id: string,
    asked: { on: string | undefined; part: string | undefined; at: string | undefined },
  ): Promise<Written | { to: string } | null> => {
    const prepared = await prepare(view, id, asked.on)
    if (!prepared) return null
    const { entry, reading, cut, evaluated } = prepared
    const on = entry.statusOn.on
    const plain = partHref(id, 1, on === view.today ? null : on)
    const whole =
      Buffer.byteLength(entry.body) > largestPage
        ? null
        : htmlOf(view, entryPage(view, entry, reading, null, evaluated))
    if (whole !== null && Buffer.byteLength(whole) <= largestPage) {
      if (asked.at !== undefined) return { to: `${plain}#${encodeURIComponent(articleAsked(asked.at))}` }
      return asked.part === undefined ? written(whole) : { to: plain }
    }
    const { parts, where } = cut()
    if (asked.at !== undefined) {
      const anchor = articleAsked(asked.at)
      const n = where.get(anchor)
      const href = partHref(id, n ?? 1, on === view.today ? null : on)
      return { to: `${href}#${n === undefined ? 'parts-title' : encodeURIComponent(anchor)}` }
    }
    const n = asked.part === undefined ? 1 : Number(asked.part)
    if (!Number.isInteger(n) || n < 1 || n > parts.length || asked.part === '1') return { to: plain }
    return written(htmlOf(view, entryPage(view, entry, reading, { parts, n, where }, evaluated)))
  }
  app.get('/register/:id', async (c) => {
    const id = identifier(c.req.param('id'))
    if (id === null) return page(c, notFoundPage('entry'))
    const view = viewOf(c, site)
    const asked = { on: filled(c.req.query('on')), part: c.req.query('part'), at: filled(c.req.query('at')) }
    const { today, large, origin, here } = view
    // The page says nothing but what the register and the date say; its own address is printed on it.
    const question = `portal entry ${JSON.stringify([id, today, large, origin, here])}`
    const answer = await (here.length > 300
      ? entryAnswer(view, id, asked)
      : unlessChanged(office.readDb, question, () => entryAnswer(view, id, asked)))
    if (answer === null) return page(c, notFoundPage('entry'))
    return 'to' in answer ? c.redirect(answer.to, 303) : reply(c, answer)
  })
  app.get('/register/:id/export/:format', async (c) => {
    const id = identifier(c.req.param('id'))
    const entry = id === null ? null : await getEntry(office.readDb, id, { on: filled(c.req.query('on')), now: now() })
    if (!entry) return page(c, notFoundPage('entry'))
    const { origin } = viewOf(c, site)
    const file = exportEntry(entry, c.req.param('format'), origin + entryHref(entry.id))
    if (!file) return page(c, notFoundPage('format'))
    return await downloadOf(c, file)
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
      'Content-Disposition': disposition(file.name),
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'public, no-cache',
      ETag: `"${sha256}"`,
    })
  })

  app.get('/calendar', async (c) => {
    const view = viewOf(c, site)
    const [places] = await Promise.all([listJurisdictions(office.readDb), office.rules.refresh()])
    const known = places.filter(({ id }) => office.rules.versions(id).length > 0)
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

  const cleanup = async (c: Context, every: boolean) => {
    const form = cleanupForm(c)
    const asked = { ...cleanupQuery(form), now: now() }
    const overview = await cleanupOverview(office.readDb, asked)
    const number = c.req.query('page') ?? '1'
    if (!/^[1-9]\d{0,5}$/.test(number)) throw invalid('页数应当是正整数')
    const at = form.list === '' ? 1 : Number(number)
    const size = every ? 100_000 : form.list === '' ? itemsShown : itemsPerPage
    const sections: Array<{ list: CleanupList; items: CleanupItem[] }> = []
    for (const { list, count } of overview.counts) {
      const wanted = form.list === '' ? (every ? count > 0 : inOverview({ list, count })) : form.list === list
      if (wanted)
        sections.push({
          list,
          items: count === 0 ? [] : await cleanupItems(office.readDb, list, { ...asked, page: every ? 1 : at, size }),
        })
    }
    return { overview, sections, page: at }
  }
  app.get('/cleanup', async (c) => {
    const view = viewOf(c, site)
    try {
      return page(c, cleanupPage(view, cleanupForm(c), await cleanup(c, false)))
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'invalid') throw error
      return page(c, cleanupPage(view, cleanupForm(c), { problem: problemWords(error) }))
    }
  })
  app.get('/cleanup.csv', async (c) => {
    const { sections, overview } = await cleanup(c, true)
    return c.body(cleanupCsv(sections, viewOf(c, site).origin), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': disposition(`规范性文件清理目录（截至${overview.asOf}）.csv`),
      'Cache-Control': 'public, no-cache',
    })
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
    const size = deps.sitemapSize ?? sitemapSize
    // The fixed pages stand at the head of the first map.
    const offset = Math.max(0, (n - 1) * size - fixedPages.length)
    const limit = n === 1 ? size - fixedPages.length : size
    const { total, items } = await listPublicPages(office.readDb, { offset, limit })
    const pages = Math.max(1, Math.ceil((total + fixedPages.length) / size))
    if (n > pages) return page(c, notFoundPage())
    const headers = { 'Content-Type': 'application/xml; charset=utf-8', 'Cache-Control': 'public, no-cache' }
    if (asked === undefined && pages > 1) return c.body(sitemapIndex(origin, pages), 200, headers)
    const listed = items.map(({ kind, id, on }) => ({
      path: kind === 'entry' ? entryHref(id) : consultationHref(id),
      on,
    }))
    return c.body(sitemap(origin, [...(n === 1 ? fixedPages.map((path) => ({ path })) : []), ...listed]), 200, headers)
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
    const away = isConnectionProblem(error)
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
    const said = away ? '数据库不可用' : '门户页面出错'
    office.log.error({ requestId, method: c.req.method, path: c.req.path, err: error }, said)
    if (away) {
      const answer = page(c, failurePage(503, '数据库暂时无法连接，请稍后再试。', requestId))
      answer.headers.set('Retry-After', '2')
      return answer
    }
    return page(c, failurePage(500, '没能完成您的请求，不是您的操作有误。请稍后再试。', requestId))
  })
  return app
}

/**
 * 尚未公布的文件公布以后的页面：与公开的页面同一份写法，页首注明是预览；`origin` 为对外的地址。很长的只给第一部分。
 * 到别处去的链接另开窗口。
 */
export async function previewPage(deps: PortalDeps, entry: RegisterDetail, origin: string): Promise<string> {
  const now = deps.office.clock.now()
  const today = dateInShanghai(now.toISOString())
  const view: View = {
    today,
    now,
    large: false,
    here: entryHref(entry.id),
    origin,
    site: { ...deps, stylesheet: loadAssets().stylesheet },
  }
  const asked = { on: today, today, jurisdiction: entry.jurisdiction, self: entry.id }
  const reading = await readingWithLinks(
    entry.body,
    (citations) => resolveCitations(deps.office.readDb, citations, asked),
    asked,
  )
  const page = (divided: Parameters<typeof entryPage>[3]): string =>
    htmlOf(view, {
      ...entryPage(view, entry, reading, divided),
      private: true,
      notice: `预览，尚未公布：这是公布以后公众看到的页面，地址为 ${origin}${entryHref(entry.id)}`,
    }).replace(/<a (?=[^>]*href="(?:\/|https?:))/g, '<a target="_blank" rel="noopener" ')
  const whole = Buffer.byteLength(entry.body) > largestPage ? null : page(null)
  if (whole !== null && Buffer.byteLength(whole) <= largestPage) return whole
  const parts = cutText(reading, largestPart)
  return page({ parts, n: 1, where: anchorsOf(reading.structure, parts) })
}

/** 每页的上限（字节）；超过的正文分部分显示，各部分连同标记不超过后一个数。 */
const largestPage = 60_000
const largestPart = 42_000

interface Cut {
  parts: Part[]
  /** 各锚点在第几部分。 */
  where: Map<string, number>
}
interface Prepared {
  entry: RegisterDetail
  reading: Reading
  cut: () => Cut
  evaluated: readonly EvaluatedHere[]
}

/** 没有这一件的为 null；其余的错照旧。 */
function absent(error: unknown): null {
  if (error instanceof AppError && error.code === 'not_found') return null
  throw error
}
/** 后评估涉及的各条，在条文后面连到评估的结果。 */
function withNotes(reading: Reading, evaluated: readonly EvaluatedHere[]): Reading {
  const notes = new Map<string, Array<{ href: string; label: string }>>()
  for (const { id, provisions } of evaluated)
    for (const anchor of new Set(provisions.flatMap((x) => /第[^条]+条/u.exec(x)?.[0] ?? []).map(articleAsked)))
      notes.set(anchor, [...(notes.get(anchor) ?? []), { href: evaluationHref(id), label: '后评估' }])
  return notes.size === 0 ? reading : { ...reading, notes }
}
/** “第三十条”“三十条”“30”都是第三十条；别的照原样。 */
function articleAsked(text: string): string {
  const bare = text.replace(/\s/g, '')
  const number = readNumeral(bare.replace(/^第/, '').replace(/条$/, ''))
  return number === null ? bare : `第${chineseNumeral(number)}条`
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

/** 只供下载：浏览器不在本站的地址下打开。 */
const disposition = (name: string): string => `attachment; filename="attachment"; filename*=UTF-8''${rfc5987(name)}`

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
async function checkComment(
  item: ConsultationDetail,
  form: CommentForm,
): Promise<
  | { problems: FieldProblem[] }
  | {
      commandId: string
      comment: { text: string; name?: string; contact?: string; anchor?: { element: string; quote: string } }
    }
> {
  const part =
    form.anchor === ''
      ? null
      : commentable((await readingOf(item.body)).structure).find(({ address }) => address === form.anchor)
  const comment = {
    text: form.text.trim(),
    ...(form.name.trim() ? { name: form.name.trim() } : {}),
    ...(form.contact.trim() ? { contact: form.contact.trim() } : {}),
    ...(part ? { anchor: { element: part.address, quote: part.words.slice(0, 200).toWellFormed() } } : {}),
  }
  const fields = new Set<FieldProblem['field']>(part === undefined ? ['anchor'] : [])
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

const wordOf = (body: Record<string, unknown>, name: string): string => {
  const value = body[name]
  return typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim() : ''
}
function readSuggestion(body: Record<string, unknown>): SuggestionForm {
  const word = (name: string) => wordOf(body, name)
  return {
    commandId: word('commandId').slice(0, 60),
    provisions: word('provisions'),
    conflicts: Array.from({ length: conflictRows }, (_, i) => ({
      act: word(`act-${i}`),
      article: word(`article-${i}`),
      reason: word(`why-${i}`),
    })),
    reason: word('reason'),
    name: word('name'),
    contact: word('contact'),
    keepPrivate: word('keepPrivate') !== '',
    door: word('door') === 'npc' ? 'npc' : 'government',
  }
}
/** What was filled in, as the fields of the command. A row of which anything is filled in counts. */
function givenOf(form: SuggestionForm) {
  return {
    provisions: form.provisions
      .split(/[\n；;]/)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    conflicts: form.conflicts
      .filter((x) => x.act || x.article || x.reason)
      .map(({ act, article, reason }) => ({ act, reason, ...(article ? { article } : {}) })),
    reason: form.reason,
    ...(form.name ? { name: form.name } : {}),
    ...(form.contact ? { contact: form.contact } : {}),
  }
}
const suggestionFields: Record<string, string> = {
  provisions: '条款',
  conflicts: '与上位法不一致之处（写明哪一部、怎样不一致）',
  reason: '理由',
  name: '姓名或者名称',
  contact: '联系方式',
}
/** The schema's own check, told field by field; the same form with the same content is the same command. */
function checkedSuggestion(
  schema: { safeParse: (value: unknown) => ReturnType<typeof reviewSuggestion.opening.schema.safeParse> },
  given: Record<string, unknown>,
  formId: string,
): { problems: SuggestionProblem[] } | { given: Record<string, unknown> & { commandId: string } } {
  const commandId = commandIdOf(formId, given)
  const version = 'document' in given ? {} : { expectedVersion: 0 }
  const parsed = schema.safeParse({ ...given, ...version, commandId })
  if (!parsed.success) {
    const fields = [...new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? 'reason')))]
    return {
      problems: fields.map((field) => ({ field, message: `请填写或者更正：${suggestionFields[field] ?? field}` })),
    }
  }
  const { type: _, expectedVersion: __, ...kept } = parsed.data
  return { given: { ...kept, commandId } }
}

function registerForm(c: Context): RegisterForm {
  const form = { ...noFilters }
  for (const name of Object.keys(form) as Array<keyof RegisterForm>) form[name] = (c.req.query(name) ?? '').trim()
  return form
}

function cleanupForm(c: Context): CleanupForm {
  const text = (name: string): string => (c.req.query(name) ?? '').trim()
  const list = text('list')
  return {
    on: text('on'),
    year: text('year'),
    issuer: text('issuer'),
    list: cleanupListNames.find((one) => one === list) ?? '',
  }
}
function cleanupQuery(form: CleanupForm) {
  if (form.on !== '' && !isPlainDate(form.on)) throw invalid('“截至哪一天”应当是真实存在的日期，如 2026-03-01')
  if (form.year !== '' && !/^\d{4}$/.test(form.year)) throw invalid('年份应当是四位数字，如 2026')
  return {
    on: filled(form.on),
    year: form.year === '' ? undefined : Number(form.year),
    issuer: filled(form.issuer),
  }
}

/** 下载一件导出的文件；没有变化的不再生成。 */
async function downloadOf(c: Context, file: EntryExport): Promise<Response> {
  const etag = `W/"${file.tag}"`
  const headers = { ETag: etag, 'Cache-Control': 'public, no-cache' }
  const known = c.req.header('if-none-match')
  if (known === '*' || known?.split(/\s*,\s*/).includes(etag)) return c.body(null, 304, headers)
  return c.body(new Uint8Array(await file.write()), 200, {
    ...headers,
    'Content-Type': file.mediaType,
    'Content-Disposition': disposition(file.name),
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'X-Content-Type-Options': 'nosniff',
  })
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
