// The room in which the portal's groups of routes stand.
import { resolveCitations } from '@dianzhang/register'
import type { Office } from '@dianzhang/workflow'
import type { Context } from 'hono'
import type { Page, PortalDeps } from './page.ts'
import { type Reading, readingWithLinks } from './reading.ts'
import { render, viewOf } from './view.tsx'

/**
 * What the groups of routes share: the office, the look of the site, how a page is drawn, the present instant, how a
 * public text is read.
 */
export interface Room {
  office: Office
  site: PortalDeps
  page: (c: Context, content: Page) => Response
  now: () => Date
  /** A public text with the links of its citations; the status of a cited document is that of the day `on`. */
  read: (body: string, asked: { on: string; today: string; jurisdiction: string; self?: string }) => Promise<Reading>
}
export function roomOf(site: PortalDeps): Room {
  const { office } = site
  return {
    office,
    site,
    page: (c, content) => render(c, viewOf(c, site), content),
    now: () => office.clock.now(),
    read: (body, asked) =>
      readingWithLinks(body, (citations) => resolveCitations(office.readDb, citations, asked), asked),
  }
}
