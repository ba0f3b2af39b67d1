// Public pages answered before, sent again as the bytes they were: no routing, no rendering, one question to the
// database shared by all who ask at the moment. A page is sent again only while nothing the public sees has changed
// (`public_writes`), and on the same day.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, crc32, deflateRaw, gzip } from 'node:zlib'
import type { Again } from '@dianzhang/portal'
import { type PublicVersions, publicVersions } from '@dianzhang/register'
import type { Context, MiddlewareHandler } from 'hono'
import type { AppContext } from '../context.ts'
import { withLimit } from './patience.ts'
import type { AppEnv } from './types.ts'

/** The pages whose content is what the register and the day say, and nothing else. */
const eligible =
  /^(\/|\/about|\/register|\/register\/[^/]+|\/cleanup|\/consultations|\/public\/v1\/documents|\/public\/v1\/documents\/[^/]+)$/
/** Those that say how many comments came as well; nobody's name stands in them. */
const counted = /^\/consultations\/[^/]+$/
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
  headers: readonly string[]
  /** Those of them that a 304 has. */
  unchanged: readonly string[]
  /**
   * The bytes, cut where each request gets something of its own; without such places one piece. Null: only known that this
   * tag is still right, because who asked had the page.
   */
  pieces: Buffer[] | null
  /** What stands between them, made anew for each request. */
  again: ReadonlyArray<() => string>
  packed: Map<'br' | 'gzip', Promise<Buffer[]>>
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
/** A part of a gzip stream that ends on a whole byte, so that another part can follow it. */
const packPart = (piece: Buffer): Promise<Buffer> =>
  promisify(deflateRaw)(piece, { level: 6, finishFlush: constants.Z_FULL_FLUSH }) as Promise<Buffer>

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
      res.writeHead(304, [...page.unchanged, 'x-request-id', id])
      res.end()
    } else {
      const { body, how } = await bytesOf(page, req.headers['accept-encoding'])
      const own = ['x-request-id', id, 'content-length', String(body.length)]
      if (how !== null) own.push('content-encoding', how)
      res.writeHead(200, [...page.headers, ...own])
      res.end(req.method === 'HEAD' ? undefined : body)
    }
    const seconds = (performance.now() - begun) / 1000
    const status = known ? 304 : 200
    ctx.metrics.observe(req.method ?? 'GET', page.route, status, seconds)
    const ms = Math.round(seconds * 10_000) / 10
    ctx.office.log.info({ requestId: id, method: req.method, path: pathOf(req), status, ms }, 'request')
  }

  /** All who share one question share one limit. */
  let limited: { question: Promise<PublicVersions>; answer: Promise<PublicVersions> } | null = null
  const versions = (): Promise<PublicVersions> => {
    const question = publicVersions(ctx.office.readDb)
    if (limited?.question !== question)
      limited = { question, answer: withLimit(versionMs, question, () => new Error('no answer in time')) }
    return limited.answer
  }

  return {
    before: (listener) => (req: Request, res) => {
      const path = pathOf(req)
      const counts = counted.test(path)
      if (
        (req.method !== 'GET' && req.method !== 'HEAD') ||
        !(counts || eligible.test(path)) ||
        req.url?.includes('size=')
      )
        return listener(req, res)
      versions().then(
        (version) => {
          const basis = `${counts ? version.comments : version.public} ${dayOf(ctx.office.clock.now())}`
          const key = keyOf(req)
          const page = pages.get(key)
          const usable =
            page?.basis === basis && (page.pieces !== null || matches(req.headers['if-none-match'], page.etag))
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
      if ((status !== 200 && status !== 304) || etag === null) return
      // What has something of its own for each visitor is for that visitor's browser only; here it is cut out.
      const again = c.get('again') ?? []
      if (again.length === 0 && !/public/.test(headers.get('cache-control') ?? '')) return
      if (headers.has('set-cookie') || headers.has('content-encoding')) return
      const given = kept(headers)
      const page: Page = {
        basis: request.basis,
        route: c.get('route') ?? 'other',
        etag,
        headers: given.flat(),
        unchanged: unchangedOf(given).flat(),
        pieces: null,
        again: again.map((each) => each.next),
        packed: new Map(),
      }
      if (status === 200) {
        const body = Buffer.from(await c.res.arrayBuffer())
        // Read once, it has to be given anew.
        c.res = new Response(body, { status, headers })
        if (body.length > largest) return
        page.pieces = cut(body, again)
        if (page.pieces === null) return
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
const weight = ({ pieces }: Page): number => 2_000 + (pieces ?? []).reduce((sum, piece) => sum + piece.length, 0)
/** The number of the day in China, which keeps +08:00. */
const dayOf = (now: Date): number => Math.floor((now.getTime() + 8 * 3_600_000) / 86_400_000)
/** The bytes before, between and after what is made anew, in its order; null when one of those is not there exactly once. */
function cut(body: Buffer, again: readonly Again[]): Buffer[] | null {
  const pieces: Buffer[] = []
  let from = 0
  for (const { value } of again) {
    const at = body.indexOf(value, from)
    if (value === '' || at < 0 || body.indexOf(value) !== at || body.includes(value, at + value.length)) return null
    pieces.push(body.subarray(from, at))
    from = at + value.length
  }
  return [...pieces, body.subarray(from)]
}
function requestId(req: IncomingMessage): string {
  const given = req.headers['x-request-id']
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID()
}
function matches(given: string | undefined, etag: string): boolean {
  if (given === undefined) return false
  const bare = (tag: string): string => tag.trim().replace(/^W\//, '')
  return given.trim() === '*' || given.split(',').some((tag) => bare(tag) === bare(etag))
}
const accepts = { br: acceptsOf('br'), gzip: acceptsOf('gzip') }
function acceptsOf(name: string): (accepted: string) => boolean {
  const pattern = new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(?:\\.0*)?(?:,|$))`)
  return (accepted) => pattern.test(accepted)
}
/** The best of `offered` that the browser takes. */
const encodingOf = (accepted: string | string[] | undefined, offered: ReadonlyArray<'br' | 'gzip'>) =>
  offered.find((name) => accepts[name](String(accepted ?? ''))) ?? null

/** The page as it is sent now, to whom accepts these encodings. */
async function bytesOf(
  page: Page,
  accepted: string | string[] | undefined,
): Promise<{ body: Buffer; how: 'br' | 'gzip' | null }> {
  const pieces = page.pieces ?? []
  const between = page.again.map((next) => Buffer.from(next()))
  const long = pieces.reduce((sum, piece) => sum + piece.length, 0) >= worthCompressing
  // Parts can be put together in gzip only.
  const how = long ? encodingOf(accepted, between.length > 0 ? ['gzip'] : ['br', 'gzip']) : null
  const [first] = how === null ? pieces : await packedAs(page, how)
  if (between.length === 0) return { body: first ?? Buffer.alloc(0), how }
  if (how === null) return { body: interleaved(pieces, between), how }
  return { body: joinedGzip(pieces, await packedAs(page, how), between), how }
}
function packedAs(page: Page, how: 'br' | 'gzip'): Promise<Buffer[]> {
  const known = page.packed.get(how)
  if (known) return known
  const pack = page.again.length > 0 ? packPart : packers[how]
  const packed = Promise.all((page.pieces ?? []).map(pack))
  page.packed.set(how, packed)
  return packed
}
const interleaved = (pieces: readonly Buffer[], between: readonly Buffer[]): Buffer =>
  Buffer.concat(pieces.flatMap((piece, i) => (i < between.length ? [piece, between[i] as Buffer] : [piece])))

/** Of deflate with nothing in it: the last block. */
const lastBlock = Buffer.from([0x01, 0x00, 0x00, 0xff, 0xff])
const gzipHead = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])
/** One gzip stream (RFC 1952) of parts packed before, and what stands between them as it is (a stored block each). */
function joinedGzip(plain: readonly Buffer[], packed: readonly Buffer[], between: readonly Buffer[]): Buffer {
  const chunks: Buffer[] = [gzipHead]
  let [sum, length] = [0, 0]
  for (const [i, piece] of plain.entries()) {
    chunks.push(packed[i] as Buffer)
    sum = crc32(piece, sum)
    length += piece.length
    const own = between[i]
    if (own === undefined) continue
    const head = Buffer.alloc(5)
    head.writeUInt16LE(own.length, 1)
    head.writeUInt16LE(0xffff - own.length, 3)
    chunks.push(head, own)
    sum = crc32(own, sum)
    length += own.length
  }
  const tail = Buffer.alloc(8)
  tail.writeUInt32LE(sum, 0)
  tail.writeUInt32LE(length, 4)
  return Buffer.concat([...chunks, lastBlock, tail])
}
/** The headers of the first answer; what belongs to one request or one connection is given each time. */
function kept(headers: Headers): Array<[string, string]> {
  const out = new Map<string, string>()
  for (const [name, value] of headers)
    if (!/^(x-request-id|content-length|connection|keep-alive|transfer-encoding|date)$/.test(name)) out.set(name, value)
  const vary = out.get('vary') ?? ''
  if (!/accept-encoding/i.test(vary)) out.set('vary', vary === '' ? 'Accept-Encoding' : `${vary}, Accept-Encoding`)
  return [...out]
}
/** What RFC 9110 wants of them in a 304; the browser has the others with the page. */
const unchangedOf = (headers: ReadonlyArray<[string, string]>): Array<[string, string]> =>
  headers.filter(([name]) => /^(cache-control|content-location|etag|expires|last-modified|vary)$/.test(name))
