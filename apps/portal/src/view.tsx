// 每次请求的显示条件，以及把页面写成答复的一处。
import { createHash } from 'node:crypto'
import { dateInShanghai, type PlainDate } from '@dianzhang/calendar'
import type { Office } from '@dianzhang/workflow'
import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Child } from 'hono/jsx'
import { type Crumb, Layout } from './layout.tsx'

export interface PortalDeps {
  office: Office
  /** 程序版本，显示在页脚。 */
  version?: string
  /** 对外的地址，用于订阅源与站点地图；缺省取请求的地址。 */
  publicUrl?: string | null
  /** 站点地图每份的上限；缺省为协议规定的 50,000。 */
  sitemapSize?: number
}

export interface Site extends PortalDeps {
  stylesheet: string
}

export interface View {
  /** 今日（北京时间）。 */
  today: PlainDate
  now: Date
  large: boolean
  /** 本页的路径与查询，供换字号的链接与打印。 */
  here: string
  origin: string
  site: Site
}

export const sizeCookie = 'dianzhang-size'

export function viewOf(c: Context, site: Site): View {
  const url = new URL(c.req.url)
  const now = site.office.clock.now()
  return {
    today: dateInShanghai(now.toISOString()),
    now,
    large: getCookie(c, sizeCookie) === 'large',
    here: `${url.pathname}${url.search}`,
    origin: site.publicUrl ? new URL(site.publicUrl).origin : url.origin,
    site,
  }
}

export interface Page {
  title: string
  crumbs?: Crumb[]
  status?: 200 | 404 | 409 | 422 | 429 | 500 | 503
  /** 不得由搜索引擎收录、不得由缓存保存的页面（回执、出错的表单）。 */
  private?: boolean
  /** 含有一次性表单标识的页面：浏览器可以留着，共用的缓存不可以。 */
  personal?: boolean
  q?: string | undefined
  /** 页首的一句话：这不是公开的页面，只是预览。 */
  notice?: string
  feed?: { href: string; title: string }
  /** 同一内容的其他格式，写在页头。 */
  alternates?: ReadonlyArray<{ href: string; type: string; title: string }>
  body: Child
}

const formToken = /(?<=name="commandId" value=")[^"]*/

/** 一页的 HTML。 */
export function htmlOf(view: View, page: Page): string {
  const document = (
    <Layout view={view} page={page}>
      {page.body}
    </Layout>
  )
  return `<!doctype html>${document.toString()}`
}

/** 已经写好的一页公开内容及其标记，供反复答复。 */
export interface Written {
  html: string
  etag: string
}
export function written(html: string): Written {
  return { html, etag: `W/"${createHash('sha256').update(html).digest('base64url')}"` }
}
/** 以写好的一页答复；浏览器已有同样的，由上层答复 304。 */
export function reply(c: Context, { html, etag }: Written): Response {
  return c.body(html, 200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Language': 'zh-CN',
    'Cache-Control': 'public, no-cache',
    ETag: etag,
    Vary: 'Cookie',
  })
}

/** 一页 HTML。公开内容允许缓存，但每次须核对（ETag）；字号在 Cookie 里，故 Vary: Cookie。 */
export function render(c: Context, view: View, page: Page): Response {
  const html = htmlOf(view, page)
  // The form's own token differs each time and says nothing about the page.
  if (page.personal)
    c.header('ETag', `W/"${createHash('sha256').update(html.replace(formToken, '')).digest('base64url')}"`)
  return c.body(html, page.status ?? 200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Language': 'zh-CN',
    'Cache-Control':
      page.private || (page.status ?? 200) !== 200
        ? 'no-store'
        : page.personal
          ? 'private, no-cache'
          : 'public, no-cache',
    Vary: 'Cookie',
  })
}
