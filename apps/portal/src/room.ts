// 门户各组路由所在的房间。
import { resolveCitations } from '@dianzhang/register'
import type { Office } from '@dianzhang/workflow'
import type { Context } from 'hono'
import type { Page, PortalDeps, Site } from './page.ts'
import { type Reading, readingWithLinks } from './reading.ts'
import { render, viewOf } from './view.tsx'

/** 各组路由共用的：办公室、站点的样子、怎样画一页、现在的时刻、怎样读一份公开的文本。 */
export interface Room {
  office: Office
  site: Site
  page: (c: Context, content: Page) => Response
  now: () => Date
  /** 公开的文本及其引用的链接，所引文件的效力按 `on` 之日。 */
  read: (body: string, asked: { on: string; today: string; jurisdiction: string; self?: string }) => Promise<Reading>
}
export function roomOf({ office, ...deps }: PortalDeps, stylesheet: string): Room {
  const site: Site = { office, ...deps, stylesheet }
  return {
    office,
    site,
    page: (c, content) => render(c, viewOf(c, site), content),
    now: () => office.clock.now(),
    read: (body, asked) =>
      readingWithLinks(body, (citations) => resolveCitations(office.readDb, citations, asked), asked),
  }
}
