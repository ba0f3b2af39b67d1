// Feeds of what changed, read from the public log: Atom (RFC 4287, archives RFC 5005, tombstones RFC 6721) and JSON Feed 1.1;
// for everything, for one document, for every query of the register. And how browsers search here.
import { logNames, logSize, type NewsItem, newsBetween, publicStatuses, searchRegister } from '@dianzhang/register'
import { entryTypeLabels } from '@dianzhang/tlog'
import type { Context, Hono } from 'hono'
import { entryHref } from '../addresses.ts'
import { xml } from '../feeds.ts'
import { logPage } from '../pages/log.tsx'
import type { Room } from '../room.ts'
import { verifyPage } from '../verify-page.ts'
import { viewOf } from '../view.tsx'

/** Entries of the log in one page of a feed; a page that is full never changes again. */
const pageEntries = { all: 200, filtered: 1000 }
const filterNames = ['q', 'issuer', 'category', 'year', 'jurisdiction'] as const
const known = new Set<string>([...filterNames, 'status', 'document', 'page'])

interface Item {
  id: string
  title: string
  updated: string
  href: string
  summary: string
  /** Ids of the entries that readers should forget: what they are about is no longer public. */
  gone: string[]
}
interface FeedPage {
  title: string
  /** Address of the subscription. */
  self: string
  /** Address of this page of it. */
  here: string
  /** The archive before this page. */
  before: string | null
  /** A complete page of the past. */
  archive: boolean
  page: string
  updated: string
  items: Item[]
}

export function changeFeedRoutes(app: Hono, { office, site, now, page }: Room): void {
  /** Which of `ids` a query finds: asked of the search itself, page by page, so that a query and its feed agree. */
  const found = async (query: Parameters<typeof searchRegister>[1], ids: readonly string[]): Promise<Set<string>> => {
    const wanted = new Set(ids)
    const all = new Set<string>()
    for (let cursor: string | undefined, more = wanted.size > 0; more; more = cursor !== undefined) {
      const page = await searchRegister(office.readDb, { ...query, limit: 100, cursor })
      for (const { id } of page.results) if (wanted.has(id)) all.add(id)
      cursor = page.nextCursor ?? undefined
    }
    return all
  }
  const serve = async (c: Context, kind: 'atom' | 'json'): Promise<Response> => {
    const { origin } = viewOf(c, site)
    const place = c.req.query('jurisdiction')?.trim()
    const names = await logNames(office.readDb)
    const log = place ? names.find((each) => each.code === place) : names[0]
    if (place && !log) return c.text(`没有法域“${place}”的公开日志。`, 404)
    const code = log?.code ?? ''
    const size = await logSize(office.readDb, code)
    const subject = c.req.query('document')
    const filters = Object.fromEntries(
      filterNames.flatMap((name) => {
        const value = c.req.query(name)?.trim()
        return value ? [[name, value]] : []
      }),
    )
    const status = c.req.query('status')
    // Everything of a jurisdiction is its log: the search need not be asked.
    const filtered = Object.keys(filters).some((name) => name !== 'jurisdiction') || Boolean(status)
    // A filter that is not known would otherwise give a feed of everything, and nobody would notice.
    const strange = Object.keys(c.req.query()).filter((name) => !known.has(name))
    if (strange.length > 0) return c.text(`不认识“${strange.join('、')}”：订阅可以写 ${[...known].join('、')}。`, 422)
    const width = subject ? Math.max(1, size) : filtered ? pageEntries.filtered : pageEntries.all
    const last = Math.max(0, Math.floor((size - 1) / width))
    const asked = c.req.query('page')
    if (asked !== undefined && (!/^(0|[1-9]\d{0,8})$/.test(asked) || Number(asked) > last))
      return c.text('没有这一页：页码从 0 起，最后一页不写页码也可以取得。', 404)
    if (status !== undefined && status !== '' && !publicStatuses.includes(status as never))
      return c.text(`没有这种效力状态“${status}”：可以是 ${publicStatuses.join('、')}。`, 422)
    const n = asked === undefined ? last : Number(asked)
    // The subscription itself holds the last page and the one before, so that a page just begun is not nearly empty.
    const from = (asked === undefined ? Math.max(0, n - 1) : n) * width
    const news = await newsBetween(office.readDb, code, { from, to: Math.min(size, (n + 1) * width), subject })
    const ids = [...new Set(news.flatMap((item) => (item.id ? [item.id] : [])))]
    const query = { ...filters, ...(filters.year ? { year: Number(filters.year) } : {}) }
    const kept = filtered
      ? await found({ ...query, ...(status ? { status: status as never } : {}), now: now() }, ids)
      : new Set(ids)
    // What is no longer public is told to every subscription: only who holds an entry of it has something to forget.
    const shown = filtered
      ? news.filter((item) => item.type === 'withdraw' || (item.id !== null && kept.has(item.id)))
      : news
    const params = new URLSearchParams(
      subject
        ? { document: subject, ...(place ? { jurisdiction: place } : {}) }
        : { ...filters, ...(status ? { status } : {}) },
    )
    const address = (page?: number): string => {
      const all = new URLSearchParams(params)
      if (page !== undefined) all.set('page', String(page))
      const text = all.toString()
      return `${origin}/feeds/changes.${kind}${text ? `?${text}` : ''}`
    }
    const first = asked === undefined ? Math.max(0, n - 1) : n
    const feed: FeedPage = {
      title: subject
        ? `《${shown.find((item) => item.title)?.title ?? '文件'}》的变动`
        : filtered
          ? `规范性文件变动：${[...Object.values(filters), ...(status ? [status] : [])].join('、')}`
          : `${place ? (log?.name ?? '') : ''}规范性文件变动`,
      self: address(),
      here: address(asked === undefined ? undefined : n),
      before: first > 0 ? address(first - 1) : null,
      archive: asked !== undefined && n < last,
      page: `${origin}/register${params.size > 0 && !subject ? `?${params}` : ''}`,
      updated: shown[0]?.at ?? '2000-01-01T00:00:00Z',
      items: shown.map((item) => itemOf(origin, code, item)),
    }
    c.header('Cache-Control', feed.archive ? 'public, max-age=86400' : 'public, no-cache')
    return kind === 'atom'
      ? c.body(atomOf(feed), 200, { 'Content-Type': 'application/atom+xml; charset=utf-8' })
      : c.body(JSON.stringify(jsonOf(feed, origin)), 200, { 'Content-Type': 'application/feed+json; charset=utf-8' })
  }
  app.get('/feeds/changes.atom', (c) => serve(c, 'atom'))
  app.get('/feeds/changes.json', (c) => serve(c, 'json'))
  const shown = async () => (await site.log?.()) ?? null
  app.get('/tlog', async (c) => page(c, logPage(await shown())))
  app.get('/tlog/verify.html', async (c) => {
    const log = await shown()
    const keys = [
      ...(log?.keys.slice(0, 1) ?? []).map((vkey) => ({ vkey, until: null })),
      ...(log?.retired ?? []).map(({ vkey, until }) => ({ vkey, until })),
    ]
    return c.body(verifyPage({ origin: log?.origin ?? '', keys, witnesses: log?.witnessKeys ?? [] }), 200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Disposition': 'attachment; filename="verify.html"',
      'Cache-Control': 'public, no-cache',
    })
  })
  app.get('/opensearch.xml', (c) => {
    const { origin } = viewOf(c, site)
    const o = xml(origin)
    return c.body(
      `<?xml version="1.0" encoding="UTF-8"?>\n<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/"><ShortName>规范性文件</ShortName><Description>检索行政规范性文件公开登记库</Description><InputEncoding>UTF-8</InputEncoding><Language>zh-CN</Language><Image type="image/svg+xml">${o}/assets/seal.svg</Image><Url type="text/html" method="get" template="${o}/register?q={searchTerms}"/><Url type="application/json" method="get" template="${o}/public/v1/documents?q={searchTerms}"/><Url type="application/x-suggestions+json" method="get" template="${o}/opensearch/suggest?q={searchTerms}"/><Url type="application/atom+xml" method="get" template="${o}/feeds/changes.atom?q={searchTerms}"/><Url type="application/opensearchdescription+xml" rel="self" template="${o}/opensearch.xml"/></OpenSearchDescription>\n`,
      200,
      {
        'Content-Type': 'application/opensearchdescription+xml; charset=utf-8',
        'Cache-Control': 'public, max-age=86400',
      },
    )
  })
  app.get('/opensearch/suggest', async (c) => {
    const q = (c.req.query('q') ?? '').trim().slice(0, 100)
    const found = q === '' ? null : await searchRegister(office.readDb, { q, limit: 10, now: now() }).catch(() => null)
    return c.body(JSON.stringify([q, (found?.results ?? []).map((x) => x.title)]), 200, {
      'Content-Type': 'application/x-suggestions+json; charset=utf-8',
    })
  })
}

const itemOf = (origin: string, code: string, { index, type, at, id, title, gone }: NewsItem): Item => {
  const label = entryTypeLabels[type as keyof typeof entryTypeLabels] ?? type
  return {
    id: `urn:dianzhang:log:${code}:${index}`,
    title: title === null ? label : `${label}：${title}`,
    updated: at,
    href: id === null ? `${origin}/tlog` : `${origin}${entryHref(id)}`,
    summary: `公开日志第 ${index} 条`,
    gone: gone.map((each) => `urn:dianzhang:log:${code}:${each}`),
  }
}
const atomOf = (feed: FeedPage): string =>
  [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0" xmlns:at="http://purl.org/atompub/tombstones/1.0" xml:lang="zh-CN">`,
    `<id>${xml(feed.self)}</id><title>${xml(feed.title)}</title><updated>${feed.updated}</updated><author><name>行政规范性文件公开登记库</name></author>`,
    feed.archive ? '<fh:archive/>' : '',
    `<link rel="self" type="application/atom+xml" href="${xml(feed.here)}"/><link rel="alternate" type="text/html" href="${xml(feed.page)}"/>`,
    feed.archive ? `<link rel="current" type="application/atom+xml" href="${xml(feed.self)}"/>` : '',
    feed.before ? `<link rel="prev-archive" type="application/atom+xml" href="${xml(feed.before)}"/>` : '',
    ...feed.items.flatMap((item) => [
      ...item.gone.map((id) => `<at:deleted-entry ref="${xml(id)}" when="${item.updated}"/>`),
      `<entry><id>${xml(item.id)}</id><title>${xml(item.title)}</title><updated>${item.updated}</updated><link rel="alternate" type="text/html" href="${xml(item.href)}"/><summary>${xml(item.summary)}</summary></entry>`,
    ]),
    '</feed>',
    '',
  ]
    .filter((line, i, all) => line !== '' || i === all.length - 1)
    .join('\n')
const jsonOf = (feed: FeedPage, origin: string) => ({
  version: 'https://jsonfeed.org/version/1.1',
  title: feed.title,
  home_page_url: feed.page,
  feed_url: feed.self,
  language: 'zh-CN',
  ...(feed.before ? { next_url: feed.before } : {}),
  authors: [{ name: '行政规范性文件公开登记库', url: origin }],
  items: feed.items.map((item) => ({
    id: item.id,
    url: item.href,
    title: item.title,
    content_text: item.summary,
    date_published: item.updated,
    date_modified: item.updated,
    ...(item.gone.length > 0
      ? { _tombstones: { about: 'https://www.rfc-editor.org/rfc/rfc6721', gone: item.gone } }
      : {}),
  })),
})
