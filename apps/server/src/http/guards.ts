// Checks at the door: security headers, origin, media type, size. For the order see app.ts.
import type { BlockList } from 'node:net'
import { AppError } from '@dianzhang/contract'
import { styleSource } from '@dianzhang/portal'
import { docxMaximum } from '@dianzhang/workflow'
import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { NONCE, secureHeaders } from 'hono/secure-headers'
import { viaTrustedProxy } from './address.ts'
import type { AppEnv } from './types.ts'

const MiB = 1024 * 1024
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Response headers: own resources only, no inline script, no framing. HSTS only where served by https.
 * The workbench writes its component styles at run time; there, and only there, style elements with the page's nonce count.
 * The public pages carry one style of their own, named by its digest.
 */
export function headers(https: boolean): MiddlewareHandler<AppEnv> {
  const everywhere = headersWith(https, ["'self'", styleSource()])
  const workbench = headersWith(https, ["'self'", NONCE])
  return (c, next) => (/^\/staff(\/|$)/.test(c.req.path) ? workbench : everywhere)(c, next)
}

function headersWith(https: boolean, styleSrc: Array<string | typeof NONCE>): MiddlewareHandler<AppEnv> {
  return secureHeaders({
    // A download has a stricter policy of its own.
    overwrite: false,
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc,
      imgSrc: ["'self'", 'data:'],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    strictTransportSecurity: https ? 'max-age=31536000; includeSubDomains' : false,
  })
}

const ambiguous = /(?:[/\\]|%2f|%5c)(?:\.|%2e){1,2}(?:[/\\]|%2f|%5c|$)/i

/**
 * Refuses an address that means one thing to a proxy and another here: `/api/x/..%2f..%2f` is public to a proxy that
 * decodes before it decides who may come in, and internal to us.
 */
export const plainPaths: MiddlewareHandler<AppEnv> = (c, next) => {
  if (ambiguous.test(c.req.path)) throw new AppError('malformed', '网址不规范：其中有“..”一类的写法。')
  return next()
}

/** The one route that takes a file instead of JSON. */
export const uploads = {
  path: /^\/api\/documents\/[^/]+\/docx-import$/,
  mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  max: docxMaximum,
} as const

/** Lists (CSV, XLSX): the census of a cleanup of long ago, filled-in tables of opinions, past files for the audit. */
export const listUploads = {
  path: /^\/api\/(matters\/[^/]+\/(census-import|opinions-import)|audits(\.docx)?)$/,
  mediaTypes: [
    'text/csv',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/vnd.ms-excel',
    'application/octet-stream',
    // `{ csv }`, for clients that send nothing else.
    'application/json',
  ],
  max: 30 * MiB,
} as const

/** Packages of another installation: counted by their route while they come. */
export const packageUpload = /^\/exchange\/v1\/packages$/

/** Body size by what the route carries: commands with attachments, files, public comments, everything else. */
const bodySizes: ReadonlyArray<{ path: RegExp; max: number; uploaded?: true }> = [
  { path: /^\/api\/(documents|matters)\/[^/]+\/commands$/, max: 20 * MiB },
  // A file: counted by its route (readUpload) while it comes, after it is known who sends it.
  { path: uploads.path, max: uploads.max, uploaded: true },
  { path: listUploads.path, max: listUploads.max, uploaded: true },
  { path: packageUpload, max: 0, uploaded: true },
  // Two million characters, three bytes each in UTF-8.
  { path: /^\/api\/(documents\/[^/]+\/working-copy|citations\/resolve)$/, max: 8 * MiB },
  { path: /^\/public\/v1\/consultations\/[^/]+\/comments$/, max: 30 * MiB },
  { path: /^\/api\//, max: 2 * MiB },
  // Twenty thousand characters are 180 KB in a form; who wrote more is told so on the page, with every word still there.
  // And attachments of up to twenty megabytes; more than that is told on the page, too.
  { path: /^\/(consultations\/[^/]+\/comments|invitations\/[^/]+)$/, max: 40 * MiB },
  { path: /^\//, max: 256 * 1024 },
]

const tooLarge = (max: number): AppError =>
  new AppError('too_large', `提交的内容超过 ${max >= MiB ? `${max / MiB} MB` : `${max / 1024} KB`}。`)

export function bodySize(): MiddlewareHandler<AppEnv> {
  const limits: Array<{ path: RegExp; max: number; limit: MiddlewareHandler<AppEnv> }> = bodySizes.map(
    ({ path, max, uploaded }) => ({
      path,
      max: uploaded ? Number.POSITIVE_INFINITY : max,
      limit: uploaded
        ? (_c, next) => next()
        : bodyLimit({
            maxSize: max,
            onError: () => {
              throw tooLarge(max)
            },
          }),
    }),
  )
  return (c, next) => {
    const found = limits.find(({ path }) => path.test(c.req.path))
    if (!found) return next()
    // The length is told, and the parser holds the sender to it: the body need not become a stream to be counted, which
    // costs a twentieth of a command.
    const length = c.req.header('content-length')
    if (length === undefined || c.req.header('transfer-encoding') !== undefined) return found.limit(c, next)
    if (Number(length) > found.max) throw tooLarge(found.max)
    return next()
  }
}

/**
 * The bytes of an upload; refuses (`too_large`) more than `max`. What is too much is read on and thrown away, up to four
 * times as much: a browser that is cut off while it sends shows its user a broken connection instead of the answer.
 */
export async function readUpload(request: Request, max: number): Promise<Uint8Array> {
  if (request.body === null) return new Uint8Array()
  const reader = request.body.getReader()
  let pieces: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    if (size <= max) pieces.push(value)
    else pieces = []
    if (size > 4 * max) {
      await reader.cancel().catch(() => undefined)
      break
    }
  }
  if (size > max) throw tooLarge(max)
  const whole = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/**
 * Refuses writes that another site made a browser send: `Sec-Fetch-Site` other than `same-origin`/`none`, or an
 * `Origin` that is not this server. Clients that are not browsers send neither header and pass.
 */
export function sameSiteWrites(trusted: BlockList, publicUrl: string | null): MiddlewareHandler<AppEnv> {
  const publicHost = publicUrl === null ? null : new URL(publicUrl).host
  return (c, next) => {
    if (safeMethods.has(c.req.method)) return next()
    const site = c.req.header('sec-fetch-site')
    if (site !== undefined && site !== 'same-origin' && site !== 'none') throw crossSite()
    const origin = c.req.header('origin')
    if (origin !== undefined) {
      const host = URL.parse(origin)?.host
      const own = [c.req.header('host') ?? new URL(c.req.url).host, publicHost]
      // Where the public address is known, no header says what it is.
      if (publicHost === null && viaTrustedProxy(c, trusted)) own.push(c.req.header('x-forwarded-host') ?? null)
      if (host === undefined || host === '' || !own.includes(host)) throw crossSite()
    }
    return next()
  }
}

const crossSite = () => new AppError('cross_site', '此请求来自其他网站的页面，已拒绝。')

/** Writes of the API carry JSON and nothing else: forms and text can be sent across sites without asking first. */
export const jsonWrites: MiddlewareHandler<AppEnv> = (c, next) => {
  if (safeMethods.has(c.req.method)) return next()
  const type = c.req.header('content-type')
  const hasBody = Number(c.req.header('content-length') ?? 0) > 0 || c.req.header('transfer-encoding') !== undefined
  // A file type of its own is as safe: a browser asks before sending it across sites.
  const file = uploads.path.test(c.req.path)
  const list = listUploads.path.test(c.req.path)
  const wanted: readonly string[] = file ? [uploads.mediaType] : list ? listUploads.mediaTypes : ['application/json']
  // app.request() and HTTP/2 send bodies without either header; their type is then the only sign of one.
  if (type === undefined ? hasBody : !wanted.includes(type.split(';')[0]?.trim().toLowerCase() ?? '')) {
    // A list sent as a form or as plain text could come from another site without being asked for first.
    if (list)
      throw new AppError(
        'unsupported_media_type',
        `此处只接受目录文件（CSV 或者 .xlsx），类型为 ${wanted[0]} 或者 ${wanted[1]}。`,
      )
    throw new AppError(
      'unsupported_media_type',
      file ? `此处只接受 Word 文件（.docx），类型为 ${uploads.mediaType}。` : '写入接口只接受 application/json。',
    )
  }
  return next()
}
