// Feeds (Atom, RFC 4287), the sitemap and robots.txt. They list public content only.
import { addDays, startOfDayInstant } from '@dianzhang/calendar'
import type { ConsultationSummary, RegisterSummary } from '@dianzhang/register'
import type { FeedbackTerm } from '@dianzhang/workflow'
import { beijingIso, closingWords, termWords } from './words.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 不允许这些字符
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const replacements: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
/** A text inside XML. */
export const xml = (text: string): string =>
  text
    .toWellFormed()
    .replace(forbidden, '')
    .replace(/[&<>"']/g, (char) => replacements[char] ?? char)

interface FeedEntry {
  id: string
  href: string
  title: string
  updated: string
  author: string
  summary: string
}

/** Where in the list a page of a feed stands (RFC 5005, paged feeds): older entries are one link away, none is cut off. */
interface Paged {
  cursor: string | undefined
  nextCursor: string | null
}
function feed(options: {
  id: string
  title: string
  self: string
  page: string
  entries: FeedEntry[]
  paged: Paged
}): string {
  const at = (cursor: string) => `${options.self}?cursor=${encodeURIComponent(cursor)}`
  const { cursor, nextCursor } = options.paged
  const here = cursor === undefined ? options.self : at(cursor)
  const updated =
    options.entries
      .map((entry) => entry.updated)
      .toSorted()
      .at(-1) ?? epoch
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
    `<id>${xml(options.id)}</id><title>${xml(options.title)}</title><updated>${updated}</updated>`,
    `<link rel="self" type="application/atom+xml" href="${xml(here)}"/><link rel="alternate" type="text/html" href="${xml(options.page)}"/>`,
    ...(cursor === undefined ? [] : [`<link rel="first" type="application/atom+xml" href="${xml(options.self)}"/>`]),
    ...(nextCursor === null ? [] : [`<link rel="next" type="application/atom+xml" href="${xml(at(nextCursor))}"/>`]),
    ...options.entries.map(
      (entry) =>
        `<entry><id>${xml(entry.id)}</id><title>${xml(entry.title)}</title><updated>${entry.updated}</updated>` +
        `<link rel="alternate" type="text/html" href="${xml(entry.href)}"/><author><name>${xml(entry.author)}</name></author>` +
        `<summary>${xml(entry.summary)}</summary></entry>`,
    ),
    '</feed>',
    '',
  ].join('\n')
}

/** A feed without entries still must have an update time. */
const epoch = '2000-01-01T00:00:00+08:00'

/** Newly published documents; an entry without a publication date cannot be ordered and is not listed. */
export function registerFeed(origin: string, entries: readonly RegisterSummary[], paged: Paged): string {
  const items = entries.flatMap((entry): FeedEntry[] =>
    entry.publishedOn
      ? [
          {
            id: `urn:dianzhang:register:${entry.jurisdiction}:${entry.id}`,
            href: `${origin}/register/${encodeURIComponent(entry.id)}`,
            title: entry.title,
            updated: `${entry.publishedOn}T00:00:00+08:00`,
            author: entry.issuers.join('、') || '制定机关不详',
            summary: [entry.documentNumber, entry.statusExplanation, entry.statusNote]
              .filter((part) => part !== null)
              .join('；'),
          },
        ]
      : [],
  )
  return feed({
    id: 'urn:dianzhang:feed:register',
    title: '新公布的行政规范性文件',
    self: `${origin}/feeds/register.atom`,
    page: `${origin}/register`,
    entries: items,
    paged,
  })
}

/** Public consultations. */
export function consultationFeed(
  origin: string,
  entries: readonly ConsultationSummary[],
  /** Of those closed without feedback, by when it is due. */
  terms: ReadonlyMap<string, FeedbackTerm>,
  today: string,
  paged: Paged,
): string {
  /** Overdue is news of its own: on the day after the last one. */
  const overdueSince = (term: FeedbackTerm | undefined): string | null =>
    term?.overdue ? startOfDayInstant(addDays(term.due, 1)) : null
  const termOf = ({ id }: ConsultationSummary): string => {
    const term = terms.get(id)
    return term ? termWords(term, today) : ''
  }
  const items = [...entries]
    .sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1))
    .map(
      (entry): FeedEntry => ({
        id: `urn:dianzhang:consultation:${entry.jurisdiction}:${entry.id}`,
        href: `${origin}/consultations/${encodeURIComponent(entry.id)}`,
        title: `${entry.title}（征求意见稿）`,
        updated: beijingIso(overdueSince(terms.get(entry.id)) ?? entry.openedAt),
        author: entry.draftingUnit,
        summary: [`${entry.statusLabel}，${closingWords(entry.closesOn)}`, termOf(entry)].filter(Boolean).join('。'),
      }),
    )
  return feed({
    id: 'urn:dianzhang:feed:consultations',
    title: '公开征求意见',
    self: `${origin}/feeds/consultations.atom`,
    page: `${origin}/consultations`,
    entries: items,
    paged,
  })
}

const mapNamespace = 'http://www.sitemaps.org/schemas/sitemap/0.9'

/** One page of the sitemap. */
export function sitemap(origin: string, pages: ReadonlyArray<{ path: string; on?: string | null }>): string {
  const urls = pages.map(
    ({ path, on }) => `<url><loc>${xml(origin + path)}</loc>${on ? `<lastmod>${on}</lastmod>` : ''}</url>`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="${mapNamespace}">\n${urls.join('\n')}\n</urlset>\n`
}

/** The index when there is more than one page; page 1 is `/sitemap.xml?page=1`. */
export function sitemapIndex(origin: string, pages: number): string {
  const maps = Array.from(
    { length: pages },
    (_, i) => `<sitemap><loc>${xml(origin)}/sitemap.xml?page=${i + 1}</loc></sitemap>`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="${mapNamespace}">\n${maps.join('\n')}\n</sitemapindex>\n`
}

export const robots = (origin: string): string =>
  [
    'User-agent: *',
    'Allow: /api/openapi.json',
    'Disallow: /api/',
    'Disallow: /receipts/',
    'Disallow: /staff',
    `Sitemap: ${origin}/sitemap.xml`,
    '',
  ].join('\n')
