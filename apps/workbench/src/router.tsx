// Pages and their paths; all but sign-in and the desk are loaded when needed.

import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import type { MatterSearch } from './matter/search.ts'
import { documentPage } from './pages/ahead.ts'
import { DeskPage } from './pages/desk.tsx'
import { type DeskSearch, scopeIn } from './pages/desk-search.ts'
import { SignInPage } from './pages/sign-in.tsx'
import { Layout } from './parts/layout.tsx'
import { Loading, NotFound, PageError } from './parts/states.tsx'
import { actionsQuery, docQuery, historyQuery, meQuery } from './queries.ts'
import type { ArchiveSearch } from './registers/archive.tsx'

const root = createRootRouteWithContext<{ client: QueryClient }>()({ component: Outlet, notFoundComponent: NotFound })
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined
/** What a link fills a form in with, by the name of the field; the person sees it and may change it. */
export interface Given {
  given?: Record<string, unknown>
}
const givenIn = ({ given }: Record<string, unknown>): Given =>
  typeof given === 'object' && given !== null && !Array.isArray(given)
    ? { given: given as Record<string, unknown> }
    : {}

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: SignInPage,
  validateSearch: (found: Record<string, unknown>): { to?: string; refused?: 'sso' } => {
    const to = text(found.to)
    return { ...(to ? { to } : {}), ...(found.refused === 'sso' ? { refused: 'sso' } : {}) }
  },
})
const staff = createRoute({
  getParentRoute: () => root,
  id: 'staff',
  component: Layout,
  beforeLoad: async ({ context, location }) => {
    const me = await context.client.ensureQueryData(meQuery)
    if (!me) throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } })
    // With the first password nothing else is answered.
    if (me.mustChangePassword && location.pathname !== '/password') throw redirect({ to: '/password' })
  },
})
const desk = createRoute({
  getParentRoute: () => staff,
  path: '/',
  component: DeskPage,
  validateSearch: (found: Record<string, unknown>): DeskSearch => {
    const stage = text(found.stage)
    const unit = text(found.unit)
    const q = text(found.q)
    return {
      ...(stage ? { stage } : {}),
      ...(unit ? { unit } : {}),
      ...(q ? { q } : {}),
      ...scopeIn(found),
      ...(found.overdue === 'yes' ? { overdue: 'yes' } : {}),
      ...(found.tour === 'yes' ? { tour: 'yes' as const } : {}),
    }
  },
})
export interface DocSearch extends Given {
  tab?: string
  /** The command being filled in. */
  do?: string
  /** What the command is about, such as the number of a comment. */
  on?: string
  from?: number
  to?: number
  /** How the text tab is viewed: redline, comparison table, import; on the review tab, the materials submitted. */
  view?: string
  /** Which panel is shown in the margin. */
  side?: string
  /** In a comparison, show only what changed. */
  only?: 'yes' | 'no'
  /** Comparing two versions: expands each place that differs only in punctuation or in full and half width. */
  marks?: 'yes' | undefined
}
const doc = createRoute({
  getParentRoute: () => staff,
  path: '/documents/$id',
  component: lazyRouteComponent(documentPage, 'DocumentPage'),
  // What the page asks for first is on its way while its program still loads; a link that is merely passed over asks
  // for nothing.
  loader: ({ context, params, cause }) => {
    if (cause !== 'enter') return
    for (const query of [docQuery(params.id), actionsQuery(params.id), historyQuery(params.id)])
      void context.client.prefetchQuery(query as { queryKey: readonly unknown[] })
  },
  validateSearch: (found: Record<string, unknown>): DocSearch => {
    const out: DocSearch = {}
    const tab = text(found.tab)
    const action = text(found.do)
    const on = text(found.on)
    if (tab) out.tab = tab
    if (action) out.do = action
    if (on) out.on = on
    if (Number(found.from) > 0) out.from = Number(found.from)
    if (Number(found.to) > 0) out.to = Number(found.to)
    const view = text(found.view)
    const side = text(found.side)
    if (view) out.view = view
    if (side) out.side = side
    if (found.only === 'yes' || found.only === 'no') out.only = found.only
    if (found.marks === 'yes') out.marks = 'yes'
    return out
  },
})
const matterList = createRoute({
  getParentRoute: () => staff,
  path: '/matters',
  component: lazyRouteComponent(() => import('./matter/list.tsx'), 'MattersPage'),
  validateSearch: (found: Record<string, unknown>): MatterSearch => {
    const process = text(found.process)
    const q = text(found.q)
    return {
      ...(process ? { process } : {}),
      ...(q ? { q } : {}),
      ...(found.scope === 'all' || found.scope === 'done' ? { scope: found.scope } : {}),
    }
  },
})
const openMatter = createRoute({
  getParentRoute: () => staff,
  path: '/matters/new/$process',
  component: lazyRouteComponent(() => import('./matter/open.tsx'), 'OpenMatterPage'),
  validateSearch: givenIn,
})
const matter = createRoute({
  getParentRoute: () => staff,
  path: '/matters/$id',
  component: lazyRouteComponent(() => import('./matter/page.tsx'), 'MatterPage'),
  validateSearch: (found: Record<string, unknown>): DocSearch => {
    const tab = text(found.tab)
    const action = text(found.do)
    const on = text(found.on)
    return { ...(tab ? { tab } : {}), ...(action ? { do: action } : {}), ...(on ? { on } : {}), ...givenIn(found) }
  },
})
const edit = createRoute({
  getParentRoute: () => staff,
  path: '/documents/$id/edit',
  component: lazyRouteComponent(() => import('./editor/page.tsx'), 'EditPage'),
})
const propose = createRoute({
  getParentRoute: () => staff,
  path: '/new',
  component: lazyRouteComponent(() => import('./forms/propose-page.tsx'), 'ProposePage'),
  validateSearch: givenIn,
})
const registers = () => import('./registers/index.tsx')
const series = createRoute({
  getParentRoute: () => staff,
  path: '/series',
  component: lazyRouteComponent(registers, 'SeriesPage'),
})
const numbers = createRoute({
  getParentRoute: () => staff,
  path: '/series/$series/$year',
  component: lazyRouteComponent(registers, 'NumbersPage'),
})
const filings = createRoute({
  getParentRoute: () => staff,
  path: '/filings',
  component: lazyRouteComponent(registers, 'FilingsPage'),
})
const archive = createRoute({
  getParentRoute: () => staff,
  path: '/archive',
  component: lazyRouteComponent(registers, 'ArchivePage'),
  validateSearch: (found: Record<string, unknown>): ArchiveSearch =>
    Object.fromEntries(
      (['q', 'retention', 'year', 'issuer', 'due'] as const).flatMap((name) => {
        const value = text(found[name])
        return value ? [[name, value]] : []
      }),
    ),
})
const sessions = createRoute({
  getParentRoute: () => staff,
  path: '/sessions',
  component: lazyRouteComponent(registers, 'SessionsPage'),
})
const acts = createRoute({
  getParentRoute: () => staff,
  path: '/acts',
  component: lazyRouteComponent(registers, 'ActsPage'),
  validateSearch: (found: Record<string, unknown>): { q?: string; on?: string; act?: string } => {
    const q = text(found.q)
    const on = text(found.on)
    const act = text(found.act)
    return { ...(q ? { q } : {}), ...(on ? { on } : {}), ...(act ? { act } : {}) }
  },
})
const validity = createRoute({
  getParentRoute: () => staff,
  path: '/validity',
  component: lazyRouteComponent(registers, 'ValidityPage'),
  validateSearch: (found: Record<string, unknown>): { scope?: 'mine' | 'all' } =>
    found.scope === 'mine' || found.scope === 'all' ? { scope: found.scope } : {},
})
const issuers = createRoute({
  getParentRoute: () => staff,
  path: '/issuers',
  component: lazyRouteComponent(registers, 'IssuersPage'),
})
const packs = createRoute({
  getParentRoute: () => staff,
  path: '/packs',
  component: lazyRouteComponent(registers, 'PacksPage'),
  validateSearch: (found: Record<string, unknown>): { version?: string } => {
    const version = text(found.version)
    return version ? { version } : {}
  },
})
const people = createRoute({
  getParentRoute: () => staff,
  path: '/people',
  component: lazyRouteComponent(registers, 'PeoplePage'),
  validateSearch: (found: Record<string, unknown>): { do?: string; on?: string } => {
    const action = text(found.do)
    const on = text(found.on)
    return { ...(action ? { do: action } : {}), ...(on ? { on } : {}) }
  },
})
const bodies = createRoute({
  getParentRoute: () => staff,
  path: '/bodies',
  component: lazyRouteComponent(registers, 'BodiesPage'),
  validateSearch: (found: Record<string, unknown>): { do?: string; on?: string } => {
    const action = text(found.do)
    const on = text(found.on)
    return { ...(action ? { do: action } : {}), ...(on ? { on } : {}) }
  },
})
const delegations = createRoute({
  getParentRoute: () => staff,
  path: '/delegations',
  component: lazyRouteComponent(registers, 'DelegationsPage'),
})
const holidays = createRoute({
  getParentRoute: () => staff,
  path: '/holidays',
  component: lazyRouteComponent(registers, 'HolidaysPage'),
  validateSearch: (found: Record<string, unknown>): { year?: number } =>
    Number(found.year) >= 2004 && Number(found.year) <= 2100 ? { year: Number(found.year) } : {},
})
const ledger = createRoute({
  getParentRoute: () => staff,
  path: '/ledger',
  component: lazyRouteComponent(registers, 'LedgerPage'),
})
const dashboard = createRoute({
  getParentRoute: () => staff,
  path: '/dashboard',
  component: lazyRouteComponent(registers, 'DashboardPage'),
})
const audits = createRoute({
  getParentRoute: () => staff,
  path: '/audits',
  component: lazyRouteComponent(registers, 'AuditsPage'),
  validateSearch: (found: Record<string, unknown>): { document?: string; year?: number; n?: number; seed?: string } => {
    const document = text(found.document)
    const seed = text(found.seed)
    return document
      ? { document }
      : seed
        ? { seed, year: Number(found.year) || new Date().getFullYear(), n: Number(found.n) || 3 }
        : {}
  },
})
const jobs = createRoute({
  getParentRoute: () => staff,
  path: '/jobs',
  component: lazyRouteComponent(registers, 'JobsPage'),
})
const administration = createRoute({
  getParentRoute: () => staff,
  path: '/administration',
  component: lazyRouteComponent(registers, 'AdministrationPage'),
})
const help = createRoute({
  getParentRoute: () => staff,
  path: '/help',
  component: lazyRouteComponent(() => import('./pages/help.tsx'), 'HelpPage'),
})
const outward = createRoute({
  getParentRoute: () => staff,
  path: '/outward',
  component: lazyRouteComponent(registers, 'OutwardPage'),
})
const exchange = createRoute({
  getParentRoute: () => staff,
  path: '/exchange',
  component: lazyRouteComponent(registers, 'ExchangePage'),
})
const messages = createRoute({
  getParentRoute: () => staff,
  path: '/messages',
  component: lazyRouteComponent(() => import('./pages/messages.tsx'), 'MessagesPage'),
})
const password = createRoute({
  getParentRoute: () => staff,
  path: '/password',
  component: lazyRouteComponent(() => import('./pages/password.tsx'), 'PasswordPage'),
})

const tree = root.addChildren([
  signIn,
  staff.addChildren([
    desk,
    doc,
    edit,
    matterList,
    openMatter,
    matter,
    propose,
    series,
    numbers,
    filings,
    archive,
    sessions,
    acts,
    validity,
    issuers,
    packs,
    people,
    bodies,
    delegations,
    holidays,
    ledger,
    dashboard,
    audits,
    jobs,
    outward,
    exchange,
    administration,
    help,
    messages,
    password,
  ]),
])

export const createAppRouter = (client: QueryClient) =>
  createRouter({
    routeTree: tree,
    basepath: '/staff',
    context: { client },
    defaultPreload: 'intent',
    defaultPendingComponent: Loading,
    defaultErrorComponent: PageError,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  })
declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
