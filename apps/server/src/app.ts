// ① From socket to handling: the order of the middleware is the path of a request.
import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { AppError } from '@dianzhang/contract'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { etag, RETAINED_304_HEADERS } from 'hono/etag'
import type { AppContext } from './context.ts'
import { clientAddress, proxyList } from './http/address.ts'
import { bodySize, headers, jsonWrites, plainPaths, sameSiteWrites } from './http/guards.ts'
import { Operations } from './http/operations.ts'
import { answerInTime } from './http/patience.ts'
import { onError, problemResponse } from './http/problem.ts'
import { rememberedPages } from './http/remembered.ts'
import { session } from './http/session.ts'
import type { AppEnv } from './http/types.ts'
import { mountPortal } from './portal-mount.ts'
import { actRoutes } from './routes/acts.ts'
import { annualReportRoutes } from './routes/annual-reports.ts'
import { auditRoutes } from './routes/audits.ts'
import { authRoutes } from './routes/auth.ts'
import { bulkRoutes } from './routes/bulk.ts'
import { cleanupRoutes } from './routes/cleanups.ts'
import { deskRoutes } from './routes/desk.ts'
import { documentCommandRoutes } from './routes/documents.commands.ts'
import { documentQueryRoutes } from './routes/documents.queries.ts'
import { documentTextRoutes } from './routes/documents.texts.ts'
import { eventRoutes } from './routes/events.ts'
import { exchangeRoutes } from './routes/exchange.ts'
import { filingListRoutes } from './routes/filing-list.ts'
import { lifecycleRoutes } from './routes/lifecycle.ts'
import { logRoutes } from './routes/log.ts'
import { matterRoutes } from './routes/matters.ts'
import { mcpRoutes } from './routes/mcp.ts'
import { meRoutes } from './routes/me.ts'
import { noticeRoutes } from './routes/notices.ts'
import { oaiRoutes } from './routes/oai.ts'
import { operationRoutes } from './routes/operation.ts'
import { peopleRoutes } from './routes/people.ts'
import { publicRoutes } from './routes/public.ts'
import { scorecardRoutes } from './routes/scorecards.ts'
import { yearlyListRoutes } from './routes/yearly-lists.ts'
import { loggedPath } from './safe-error.ts'
import { mountWorkbench } from './workbench-mount.ts'

export interface App {
  hono: Hono<AppEnv>
  fetch: Hono<AppEnv>['fetch']
  request: Hono<AppEnv>['request']
  operations: Operations
  /** A server for it, not yet listening: public pages answered before are sent without asking the application again. */
  server(): Server
}

/**
 * Who sends a byte now and then is let go (ms): the head of a request, and the whole of it. Two minutes are enough for
 * the largest upload over two megabits. A connection at rest is kept longer than those who ask keep theirs (proxies and
 * clients up to a minute): closed by the server first, it would now and then be closed under a request on its way.
 */
const connections = {
  headersTimeout: 20_000,
  requestTimeout: 120_000,
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 5_000,
}

/** The whole HTTP application as a function of its context; listens nowhere. */
export function createApp(ctx: AppContext): App {
  const app = new Hono<AppEnv>()
  const trusted = proxyList(ctx.trustedProxies)
  const { log } = ctx.office

  // 0 Where no proxy compresses. What signs in is left alone: what is secret does not stand beside what is asked for.
  // What a command is answered with is a packet or two: to pack it, the answer would be made and read a second time.
  const packed = compress()
  const command = /^\/api\/(?:documents|matters)(?:\/[^/]+\/commands)?$/
  app.use((c, next) =>
    c.req.path.startsWith('/api/auth/') || (c.req.method === 'POST' && command.test(c.req.path))
      ? next()
      : packed(c, next),
  )
  const remembered = rememberedPages(ctx)
  app.use(remembered.keep)
  // 1 Everything after this can be traced. A given id is kept only when it is harmless in a log line.
  app.use(async (c, next) => {
    const given = c.req.header('x-request-id')
    const id = given !== undefined && /^[\w-]{8,64}$/.test(given) ? given : randomUUID()
    c.set('requestId', id)
    c.set('log', log)
    c.set('address', clientAddress(c, trusted))
    c.header('X-Request-Id', id)
    await next()
  })
  // 2 Measures the whole chain. Path without query: search words are nobody's business.
  app.use(async (c, next) => {
    const begun = performance.now()
    await next()
    const seconds = (performance.now() - begun) / 1000
    const { status } = c.res
    ctx.metrics.observe(c.req.method, c.get('route') ?? 'other', status, seconds)
    const actor = c.get('actor')
    log.info(
      {
        requestId: c.get('requestId'),
        method: c.req.method,
        path: loggedPath(c.req.path),
        status,
        ms: Math.round(seconds * 10_000) / 10,
        address: c.get('address'),
        ...(actor ? { person: actor.person } : {}),
      },
      'request',
    )
  })
  // 3–5 Before anything is read or asked of the database.
  app.use(headers(ctx.https))
  app.use(plainPaths)
  app.use(answerInTime())
  app.use(bodySize())
  app.use(sameSiteWrites(trusted, ctx.publicUrl))
  app.use('/api/*', jsonWrites)
  app.use('/public/v1/*', jsonWrites)
  app.use('/public/v1/*', async (c, next) => {
    await next()
    if (c.req.method === 'GET' && c.res.ok && !c.res.headers.has('cache-control')) {
      c.res.headers.set('cache-control', 'public, no-cache')
    }
  })
  app.use('/public/v1/*', etag({ retainedHeaders: [...RETAINED_304_HEADERS, 'X-Request-Id'] }))
  // 6 Who is this. Answers of the staff API are for this person only.
  app.use('/api/*', async (c, next) => {
    await next()
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'private, no-store')
  })
  app.use('/api/*', session(ctx))

  const operations = new Operations(app, ctx)
  authRoutes(operations, ctx)
  meRoutes(operations, ctx)
  documentCommandRoutes(operations, ctx)
  documentQueryRoutes(operations, ctx)
  matterRoutes(operations, ctx)
  auditRoutes(operations, ctx)
  yearlyListRoutes(operations, ctx)
  annualReportRoutes(operations, ctx)
  filingListRoutes(operations, ctx)
  scorecardRoutes(operations, ctx)
  cleanupRoutes(operations, ctx)
  documentTextRoutes(operations, ctx)
  peopleRoutes(operations, ctx)
  deskRoutes(operations, ctx)
  eventRoutes(operations, ctx)
  noticeRoutes(operations, ctx)
  exchangeRoutes(operations, ctx)
  lifecycleRoutes(operations, ctx)
  publicRoutes(operations, ctx)
  actRoutes(operations, ctx)
  logRoutes(operations, ctx)
  oaiRoutes(operations, ctx)
  mcpRoutes(operations, ctx)
  bulkRoutes(operations, ctx)
  operationRoutes(operations, ctx)

  // A typo in a client must not get a page with status 200.
  for (const path of ['/api/*', '/public/v1/*', '/exchange/*', '/healthz', '/readyz', '/metrics']) {
    app.all(path, (c) => {
      const methods = operations.methodsOf(c.req.path)
      if (methods.length === 0) return problemResponse(c, new AppError('not_found', '没有这个接口。'))
      const allow = methods.includes('GET') ? [...methods, 'HEAD'] : methods
      const error = new AppError('method_not_allowed', `此处只支持 ${allow.join('、')}。`)
      return problemResponse(c, error, { Allow: allow.join(', ') })
    })
  }
  mountWorkbench(app, ctx)
  mountPortal(app, ctx)
  app.notFound((c) => problemResponse(c, new AppError('not_found', '没有这个页面。')))
  app.onError(onError)
  return {
    hono: app,
    fetch: app.fetch,
    request: app.request,
    operations,
    server: () => createServer(connections, remembered.before(getRequestListener(app.fetch))),
  }
}
