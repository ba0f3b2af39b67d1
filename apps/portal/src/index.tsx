// The public portal: pages rendered on the server, which can be read and commented on without scripts. It reads only
// through workflow's public queries and never touches drafts or personal data.
import { CalendarError, dateInShanghai } from '@dianzhang/calendar'
import { AppError } from '@dianzhang/contract'
import {
  type ConsultationDetail,
  type ConsultationFeedback,
  type RegisterDetail,
  resolveCitations,
} from '@dianzhang/register'
import { databaseProblem, isConnectionProblem } from '@dianzhang/workflow'
import { Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { etag } from 'hono/etag'
import { consultationHref, entryHref } from './addresses.ts'
import { localPath, problemWords } from './asked.ts'
import { assets } from './assets.ts'
import type { Page, PortalDeps, View } from './page.ts'
import { aboutPage } from './pages/about.tsx'
import { consultationPage, feedbackPage } from './pages/consultations.tsx'
import { entryPage } from './pages/entry.tsx'
import { homePage } from './pages/home.tsx'
import { anchorsOf, cutText } from './pages/legal-text.tsx'
import { failurePage, notFoundPage } from './pages/problems.tsx'
import type { PortalEnv } from './portal-env.ts'
import { readingOf, readingWithLinks } from './reading.ts'
import { roomOf } from './room.ts'
import { actRoutes } from './routes/acts.ts'
import { calendarRoutes } from './routes/calendar.ts'
import { changeFeedRoutes } from './routes/changes.ts'
import { cleanupRoutes } from './routes/cleanup.ts'
import { cleanupsRoutes } from './routes/cleanups.ts'
import { consultationRoutes, emptyComment } from './routes/consultations.ts'
import { evaluationRoutes } from './routes/evaluations.ts'
import { feedRoutes } from './routes/feeds.ts'
import { hearingRoutes } from './routes/hearings.ts'
import { registerRoutes } from './routes/register.ts'
import { statisticsRoutes } from './routes/statistics.ts'
import { subscriptionRoutes } from './routes/subscriptions.ts'
import { suggestionRoutes } from './routes/suggestions.ts'
import { yearlyListRoutes } from './routes/yearly-lists.ts'
import { largestPage, largestPart } from './sizes.ts'
import { htmlOf, sizeCookie, viewOf } from './view.tsx'

export { styleSource } from './assets.ts'
export type { LogShown, PortalDeps } from './page.ts'
export type { Again, PortalEnv } from './portal-env.ts'

/** A lock, a statement or a transaction that took too long; disk, memory or connections used up. */
const tooSlow = /^(?:55P03|57014|25P03|53...)$/

/**
 * The portal application, mounted at `/`. Every page is complete HTML; the only write is “提意见” (making a comment),
 * which goes through submitComment, the same write entry.
 * The check on cross-site writes, rate limits and security headers are the job of the server's middleware.
 */
export function createPortal(deps: PortalDeps): Hono {
  const { office } = deps
  const app = new Hono()
  const room = roomOf(deps)
  const { page, site } = room

  // The server sets the rate limits; asking here makes the answer a page when they are exceeded.
  app.use(async (c, next) => {
    const env = c.env as PortalEnv | undefined
    env?.admit?.(c.req.method, c.req.path)
    await (env?.inTime ? env.inTime(c.req.method, c.req.path, next) : next())
  })
  app.use(etag())
  // Change of font size: an ordinary link; the choice is stored in a cookie, then back to the same page.
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
  for (const routes of [
    consultationRoutes,
    hearingRoutes,
    suggestionRoutes,
    evaluationRoutes,
    yearlyListRoutes,
    statisticsRoutes,
    registerRoutes,
    actRoutes,
    calendarRoutes,
    cleanupRoutes,
    cleanupsRoutes,
    feedRoutes,
    changeFeedRoutes,
    subscriptionRoutes,
  ])
    routes(app, room)
  for (const asset of assets) {
    app.get(asset.path, (c) =>
      c.body(asset.body, 200, {
        'Content-Type': asset.type,
        'Cache-Control': asset.immutable ? 'public, max-age=31536000, immutable' : 'public, max-age=86400',
      }),
    )
  }
  app.get('/favicon.ico', (c) => c.redirect('/assets/seal.svg', 302))

  // A trailing slash is removed; anything else opened by a browser is answered with a page that explains; for programs
  // it is left to the outer layer (RFC 9457).
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
    const away = isConnectionProblem(error) || tooSlow.test(databaseProblem(error)?.code ?? '')
    const known =
      error instanceof AppError ? error : error instanceof CalendarError ? new AppError('invalid', error.message) : null
    // Given by the middleware when mounted under the server; in env when called by fetch(request, { requestId }).
    const requestId = (c.get('requestId' as never) ?? (c.env as { requestId?: string } | undefined)?.requestId) as
      | string
      | undefined
    if (known?.code === 'not_found') return page(c, notFoundPage())
    if (known?.code === 'invalid' || known?.code === 'malformed')
      return page(c, failurePage(422, problemWords(known), requestId))
    if (known?.code === 'rate_limited') return page(c, failurePage(429, known.message, requestId))
    if (known?.code === 'unavailable') {
      const answer = page(c, failurePage(503, known.message, requestId))
      answer.headers.set('Retry-After', String(known.extra.retryAfter ?? 10))
      return answer
    }
    const said = away ? '数据库不可用' : '门户页面出错'
    office.log.error({ requestId, method: c.req.method, path: c.req.path, err: error }, said)
    if (away) {
      const answer = page(c, failurePage(503, '数据库暂时无法连接或者答复得太慢，请稍后再试。', requestId))
      answer.headers.set('Retry-After', '2')
      return answer
    }
    return page(c, failurePage(500, '没能完成您的请求，不是您的操作有误。请稍后再试。', requestId))
  })
  return app
}

/**
 * The page a document not yet published will have once published: rendered by the same code as the public page, with
 * a note at the top that it is a preview; `origin` is the public address. Of a very long document only the first part
 * is given.
 * Links elsewhere open in another window.
 */
export async function previewPage(deps: PortalDeps, entry: RegisterDetail, origin: string): Promise<string> {
  const view = previewView(deps, entryHref(entry.id), origin)
  const { today } = view
  const asked = { on: today, today, jurisdiction: entry.jurisdiction, self: entry.id }
  const reading = await readingWithLinks(
    entry.body,
    (citations) => resolveCitations(deps.office.readDb, citations, asked),
    asked,
  )
  const page = (divided: Parameters<typeof entryPage>[3]): string =>
    previewed(view, entryPage(view, entry, reading, divided))
  const whole = Buffer.byteLength(entry.body) > largestPage ? null : page(null)
  if (whole !== null && Buffer.byteLength(whole) <= largestPage) return whole
  const parts = cutText(reading, largestPart)
  return page({ parts, n: 1, where: anchorsOf(reading.structure, parts) })
}
/** Likewise the page of feedback on opinions, before it is published. */
export function previewFeedbackPage(
  deps: PortalDeps,
  { consultation, feedback }: { consultation: ConsultationDetail; feedback: ConsultationFeedback },
  origin: string,
): string {
  const view = previewView(deps, `${consultationHref(consultation.id)}/feedback`, origin)
  return previewed(view, feedbackPage(consultation, feedback, null, view.today))
}
/** Likewise the page of a consultation, before it is opened. Nothing can be sent from it. */
export async function previewConsultationPage(
  deps: PortalDeps,
  item: ConsultationDetail,
  origin: string,
): Promise<string> {
  const view = previewView(deps, '/consultations', origin)
  const { today } = view
  const [reading, note] = await Promise.all([
    roomOf(deps).read(item.body, { on: today, today, jurisdiction: item.jurisdiction }),
    readingOf(item.explanatoryNote),
  ])
  const page = previewed(
    view,
    consultationPage(view, item, reading, note, { ...emptyComment(), token: '' }),
    `届时列在 ${origin}/consultations`,
  )
  // It has no address of its own yet: what leads to the form of an article leads to the form.
  return page.replace(
    / target="_blank" rel="noopener"( [^>]*)?href="\/consultations\/\?[^"]*#comment"/g,
    '$1href="#comment"',
  )
}
function previewView(deps: PortalDeps, here: string, origin: string): View {
  const now = deps.office.clock.now()
  return { today: dateInShanghai(now.toISOString()), now, large: false, here, origin, site: deps }
}
const previewed = (view: View, page: Page, where = `地址为 ${view.origin}${view.here}`): string =>
  htmlOf(view, {
    ...page,
    private: true,
    notice: `预览，尚未公布：这是公布以后公众看到的页面，${where}`,
  }).replace(/<a (?=[^>]*href="(?:\/|https?:))/g, '<a target="_blank" rel="noopener" ')
