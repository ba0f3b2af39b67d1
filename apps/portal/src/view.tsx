// The display conditions of each request, and the one place that turns a page into an answer.
import { createHash } from 'node:crypto'
import { dateInShanghai } from '@dianzhang/calendar'
import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { Layout } from './layout.tsx'
import type { Page, PortalDeps, View } from './page.ts'
import type { PortalEnv } from './portal-env.ts'

export const sizeCookie = 'dianzhang-size'

export function viewOf(c: Context, site: PortalDeps): View {
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

const formToken = /(?<=name="(?:commandId|token)" value=")[^"]*/g

/** The HTML of a page. */
export function htmlOf(view: View, page: Page): string {
  const document = (
    <Layout view={view} page={page}>
      {page.body}
    </Layout>
  )
  return `<!doctype html>${document.toString()}`
}

/** A page of public content already written, with its tag, to be answered repeatedly. */
export interface Written {
  html: string
  etag: string
}
export function written(html: string): Written {
  return { html, etag: `W/"${createHash('sha256').update(html).digest('base64url')}"` }
}
/** Answers with a written page; when the browser already has the same one, the layer above answers 304. */
export function reply(c: Context, { html, etag }: Written, links: readonly string[] = []): Response {
  return c.body(html, 200, {
    ...(links.length > 0 ? { Link: links.join(', ') } : {}),
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Language': 'zh-CN',
    'Cache-Control': 'public, no-cache',
    ETag: etag,
    Vary: 'Cookie',
  })
}

/**
 * One page of HTML. Public content may be cached but must be revalidated each time (ETag); the font size is in a
 * cookie, hence Vary: Cookie.
 */
export function render(c: Context, view: View, page: Page): Response {
  const html = htmlOf(view, page)
  // The form's own token differs each time and says nothing about the page.
  if (page.personal)
    c.header('ETag', `W/"${createHash('sha256').update(html.replace(formToken, '')).digest('base64url')}"`)
  const env = c.env as PortalEnv | undefined
  if (env && page.again) env.again = page.again
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
