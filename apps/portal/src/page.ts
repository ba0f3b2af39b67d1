// The shape of a portal page, and the display conditions of each request.
import type { PlainDate } from '@dianzhang/calendar'
import type { Office } from '@dianzhang/workflow'
import type { Child } from 'hono/jsx'
import type { Again } from './portal-env.ts'

/** What the server tells of its public log. */
export interface LogShown {
  origin: string
  name: string
  size: number
  root: string
  signedAt: string | null
  witnesses: string[]
  quorum: number
  /** Why nobody is asked, where the rules of witnessing cannot be read. */
  policyFault: string | null
  held: string | null
  keys: string[]
  retired: Array<{ vkey: string; until: number }>
  breaks: Array<{ origin: string; size: number; at: string; reason: string }>
  demo: boolean
  /** Keys of the witnesses that are asked. */
  witnessKeys: string[]
}
/** Whose site this is; stands at the head and the foot of every page. */
export interface SiteOwner {
  government: string
  host: string
  operator: string
  phone: string
  icp: string
  siteCode: string
  police?: string | undefined
  correction: string
}
export interface PortalDeps {
  office: Office
  /** The program version, shown in the footer. */
  version?: string
  /** The public address, for feeds and the sitemap; by default the address of the request. */
  publicUrl?: string | null
  /** Null: not configured. */
  owner?: SiteOwner | null
  /** What the server tells of the public log; null: there is none. */
  log?: (() => Promise<LogShown | null>) | undefined
  /** Limit per sitemap file; by default the protocol's 50,000. */
  sitemapSize?: number
}

export interface View {
  /** Today (Beijing time). */
  today: PlainDate
  now: Date
  large: boolean
  /** This page's path and query, for the font size links and for printing. */
  here: string
  origin: string
  site: PortalDeps
  /**
   * The document looked at is under cleanup, and until when opinions may be given: on the cleanup where its lists are on notice,
   * before that as any suggestion.
   */
  underCleanup?: { notice: { id: string; title: string } | null; until: PlainDate } | null
}

export interface Crumb {
  label: string
  href?: string
}

export interface Page {
  title: string
  crumbs?: Crumb[]
  status?: 200 | 404 | 409 | 422 | 429 | 500 | 503
  /** A page that search engines must not index and caches must not keep (receipts, forms with errors). */
  private?: boolean
  /** A page with a single-use form id: the browser may keep it, a shared cache may not. */
  personal?: boolean
  /** All that differs between two visitors of a `personal` page: the server may then send the rest again as it was. */
  again?: readonly Again[]
  q?: string | undefined
  /** A sentence at the top of the page: this is not a public page, only a preview. */
  notice?: string
  feed?: { href: string; title: string }
  /** Other formats of the same content, stated in the page's head. */
  alternates?: ReadonlyArray<{ href: string; type: string; title: string }>
  body: Child
}
