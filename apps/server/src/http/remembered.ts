// Public pages answered before, sent again as the bytes they were: no routing, no rendering, one question to the
// database shared by all who ask at the moment. A page is sent again only while nothing the public sees has changed
// (`public_writes`), and on the same day.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, OutgoingHttpHeaders, RequestListener, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { dateInShanghai } from '@dianzhang/calendar'
import { publicVersions } from '@dianzhang/register'
import type { Context, MiddlewareHandler } from 'hono'
import type { AppContext } from '../context.ts'
import { loggedPath } from '../safe-error.ts'
import { withLimit } from './patience.ts'
import type { AppEnv } from './types.ts'

/** The pages whose content is what the register and the day say, and nothing else. */
const eligible =
  /^(\/|\/about|\/register|\/register\/[^/]+|\/cleanup|\/public\/v1\/documents|\/public\/v1\/documents\/[^/]+)$/
const largest = 256 * 1024
/** All that is kept, in bytes; the longest unasked goes first. */
const mostBytes = 48 * 1024 * 1024
/** Below this, a packet is a packet: compressing saves nothing. */
const worthCompressing = 1_024

interface Page {
  /** What it rests on: the version of what the public sees, and the day. */
  basis: string
  route: string
  etag: string
  headers: OutgoingHttpHeaders
  /** Those of them that a 304 has. */
  unchanged: OutgoingHttpHeaders
  /** Null: only known that this tag is still right, because who asked had the page. */
  body: Buffer | null
  packed: Map<'br' | 'gzip', Promise<Buffer>>
}
const asked = Symbol('key and basis')
interface Asked {
  key: string
  basis: string
}
type Request = IncomingMessage & { [asked]?: Asked }

const packers = {
  br: (body: Buffer) =>
    promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }) as Promise<Buffer>,
  gzip: (body: Buffer) => promisify(gzip)(body, { level: 6 }) as Promise<Buffer>,
}

export interface RememberedPages {
  /** `listener`, asked only for what is not remembered. */
  before(listener: RequestListener): RequestListener
  /** Keeps what the application answers; outermost of all. */
  keep: MiddlewareHandler<AppEnv>
}

export function rememberedPages(ctx: AppContext): RememberedPages {
  const pages = new Map<string, Page>()
  let bytes = 0
  const drop = (key: string): void => {
    const page = pages.get(key)
    if (page === undefined) return
    pages.delete(key)
    bytes -= weight(page)
  }
  const put = (key: string, page: Page): void => {
    drop(key)
    pages.set(key, page)
    bytes += weight(page)
    for (const [oldest] of pages) {
      if (bytes <= mostBytes && pages.size <= 2_000) break
      drop(oldest)
    }
  }

  const send = async (req: Request, res: ServerResponse, page: Page): Promise<void> => {
    const begun = performance.now()
    const id = requestId(req)
    const known = matches(req.headers['if-none-match'], page.etag)
    if (known) {
      res.writeHead(304, { ...page.unchanged, 'x-request-id': id })
      res.end()
    } else {
      const body = page.body as Buffer
      const how = body.length < worthCompressing ? null : encodingOf(req.headers['accept-encoding'])
      const packed = how === null ? body : await packedAs(page, how)
      res.writeHead(200, {
        ...page.headers,
        'x-request-id': id,
        'content-length': packed.length,
        ...(how === null ? {} : { 'content-encoding': how }),
      })
      res.end(req.method === 'HEAD' ? undefined : packed)
    }
    const seconds = (performance.now() - begun) / 1000
    const status = known ? 304 : 200
    ctx.metrics.observe(req.method ?? 'GET', page.route, status, seconds)
    ctx.office.log.info(
      {
        requestId: id,
        method: req.method,
        path: loggedPath(pathOf(req)),
        status,
        ms: Math.round(seconds * 10_000) / 10,
      },
      'request',
    )
  }

  return {
    before: (listener) => (req: Request, res) => {
      const path = pathOf(req)
      if ((req.method !== 'GET' && req.method !== 'HEAD') || !eligible.test(path) || req.url?.includes('size='))
        return listener(req, res)
      withLimit(versionMs, publicVersions(ctx.office.readDb), () => new Error('no answer in time')).then(
        ({ public: version }) => {
          const basis = `${version} ${dateInShanghai(ctx.office.clock.now().toISOString())}`
          const key = keyOf(req)
          const page = pages.get(key)
          const usable =
            page?.basis === basis && (page.body !== null || matches(req.headers['if-none-match'], page.etag))
          if (page && usable) {
            // Asked again: it goes to the end of the queue of those to be dropped.
            pages.delete(key)
            pages.set(key, page)
            return send(req, res, page)
          }
          if (req.method === 'GET') req[asked] = { key, basis }
          return listener(req, res)
        },
        // The database is away: the application says so in its own words.
        () => listener(req, res),
      )
    },
    keep: async (c, next) => {
      await next()
      const request = incoming(c)?.[asked]
      if (request === undefined) return
      const { status, headers } = c.res
      const etag = headers.get('etag')
      if ((status !== 200 && status !== 304) || etag === null || !/public/.test(headers.get('cache-control') ?? ''))
        return
      if (headers.has('set-cookie') || headers.has('content-encoding')) return
      const given = kept(headers)
      const page: Page = {
        basis: request.basis,
        route: c.get('route') ?? 'other',
        etag,
        headers: given,
        unchanged: unchangedOf(given),
        body: null,
        packed: new Map(),
      }
      if (status === 200) {
        const body = Buffer.from(await c.res.arrayBuffer())
        // Read once, it has to be given anew.
        c.res = new Response(body, { status, headers })
        if (body.length > largest) return
        page.body = body
      }
      put(request.key, page)
    },
  }
}

/** How long to wait for the one question (ms): then the application is asked, which says in words what is wrong. */
const versionMs = 3_000

const incoming = (c: Context<AppEnv>): Request | undefined =>
  (c.env as unknown as { incoming?: Request } | undefined)?.incoming
const pathOf = (req: IncomingMessage): string => {
  const url = req.url ?? ''
  const end = url.indexOf('?')
  return end < 0 ? url : url.slice(0, end)
}
/** Everything an answer may depend on besides the register: address, host (it stands in links), size of print. */
const keyOf = (req: IncomingMessage): string =>
  `${req.headers.host} ${req.headers['x-forwarded-proto'] ?? ''} ${/\bdianzhang-size=large\b/.test(req.headers.cookie ?? '') ? 'large' : ''} ${req.url}`
const weight = ({ body }: Page): number => 2_000 + (body?.length ?? 0)
function requestId(req: IncomingMessage): string {
  const given = req.headers['x-request-id']
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID()
}
function matches(given: string | undefined, etag: string): boolean {
  if (given === undefined) return false
  const bare = (tag: string): string => tag.trim().replace(/^W\//, '')
  return given.trim() === '*' || given.split(',').some((tag) => bare(tag) === bare(etag))
}
function encodingOf(accepted: string | string[] | undefined): 'br' | 'gzip' | null {
  const text = String(accepted ?? '')
  if (/\bbr\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(text)) return 'br'
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(text) ? 'gzip' : null
}
function packedAs(page: Page, how: 'br' | 'gzip'): Promise<Buffer> {
  const known = page.packed.get(how)
  if (known) return known
  const packed = packers[how](page.body as Buffer)
  page.packed.set(how, packed)
  return packed
}
/** The headers of the first answer; what belongs to one request or one connection is given each time. */
function kept(headers: Headers): OutgoingHttpHeaders {
  const out: OutgoingHttpHeaders = {}
  for (const [name, value] of headers)
    if (!/^(x-request-id|content-length|connection|keep-alive|transfer-encoding|date)$/.test(name)) out[name] = value
  const vary = String(out.vary ?? '')
  if (!/accept-encoding/i.test(vary)) out.vary = vary === '' ? 'Accept-Encoding' : `${vary}, Accept-Encoding`
  return out
}
const unchangedOf = (headers: OutgoingHttpHeaders): OutgoingHttpHeaders =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^content-(type|language|security-policy)$/.test(name)),
  )
