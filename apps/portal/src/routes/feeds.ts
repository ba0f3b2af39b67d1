// For machines: feeds, the site map, robots.txt.
import { listConsultations, listPublicPages, searchRegister } from '@dianzhang/register'
import { feedbackTerms } from '@dianzhang/workflow'
import type { Context, Hono } from 'hono'
import { consultationHref, entryHref } from '../addresses.ts'
import { consultationFeed, registerFeed, robots, sitemap, sitemapIndex } from '../feeds.ts'
import { notFoundPage } from '../pages/problems.tsx'
import type { Room } from '../room.ts'
import { viewOf } from '../view.tsx'

export function feedRoutes(app: Hono, { office, site, page, now }: Room): void {
  const atom = (c: Context, body: string): Response =>
    c.body(body, 200, { 'Content-Type': 'application/atom+xml; charset=utf-8', 'Cache-Control': 'public, no-cache' })
  app.get('/feeds/register.atom', async (c) => {
    const cursor = c.req.query('cursor')
    const { results, nextCursor } = await searchRegister(office.readDb, { limit: 50, cursor, now: now() })
    return atom(c, registerFeed(viewOf(c, site).origin, results, { cursor, nextCursor }))
  })
  app.get('/feeds/consultations.atom', async (c) => {
    const cursor = c.req.query('cursor')
    const { results, nextCursor } = await listConsultations(office.readDb, { limit: 50, cursor, now: now() })
    const terms = await feedbackTerms(
      office,
      results.filter(({ open }) => !open).map(({ id }) => id),
    )
    const { origin, today } = viewOf(c, site)
    return atom(c, consultationFeed(origin, results, terms, today, { cursor, nextCursor }))
  })
  app.get('/sitemap.xml', async (c) => {
    const { origin } = viewOf(c, site)
    const asked = c.req.query('page')
    const n = asked === undefined ? 1 : Number(asked)
    if (!Number.isInteger(n) || n < 1 || n > 100_000) return page(c, notFoundPage())
    const size = site.sitemapSize ?? sitemapSize
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
}

const fixedPages = [
  '/',
  '/consultations',
  '/consultations?state=closed',
  '/register',
  '/cleanup',
  '/cleanups',
  '/evaluations',
  '/yearly-lists',
  '/acts',
  '/calendar',
  '/about',
]
/** The limit per file set by the sitemap protocol. */
const sitemapSize = 50_000
