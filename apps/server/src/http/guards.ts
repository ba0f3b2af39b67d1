// 进门的检查：安全头、来源、媒体类型、体积。顺序见 app.ts。
import type { BlockList } from 'node:net'
import { AppError } from '@dianzhang/contract'
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
 */
export function headers(https: boolean): MiddlewareHandler<AppEnv> {
  const everywhere = headersWith(https, ["'self'"])
  const workbench = headersWith(https, ["'self'", NONCE])
  return (c, next) => (/^\/staff(\/|$)/.test(c.req.path) ? workbench : everywhere)(c, next)
}

function headersWith(https: boolean, styleSrc: Array<string | typeof NONCE>): MiddlewareHandler<AppEnv> {
  return secureHeaders({
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

/** Body size by what the route carries: commands with attachments, public comments, everything else. */
export const bodySizes: ReadonlyArray<{ path: RegExp; max: number }> = [
  { path: /^\/api\/documents\/[^/]+\/commands$/, max: 20 * MiB },
  { path: /^\/api\//, max: 2 * MiB },
  { path: /^\//, max: 256 * 1024 },
]

export function bodySize(): MiddlewareHandler<AppEnv> {
  const limits = bodySizes.map(({ path, max }) => ({
    path,
    limit: bodyLimit({
      maxSize: max,
      onError: () => {
        throw new AppError('too_large', `提交的内容超过 ${max >= MiB ? `${max / MiB} MB` : `${max / 1024} KB`}。`)
      },
    }),
  }))
  return (c, next) => {
    const found = limits.find(({ path }) => path.test(c.req.path))
    return found ? found.limit(c, next) : next()
  }
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
      if (viaTrustedProxy(c, trusted)) own.push(c.req.header('x-forwarded-host') ?? null)
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
  // app.request() and HTTP/2 send bodies without either header; their type is then the only sign of one.
  if (type === undefined ? hasBody : type.split(';')[0]?.trim().toLowerCase() !== 'application/json') {
    throw new AppError('unsupported_media_type', '写入接口只接受 application/json。')
  }
  return next()
}
