// The main navigation: what one opens daily stands in the bar, the rest under three headings; each person sees the pages of
// their roles. The search (Ctrl+K) finds the same pages by name.
import { Link } from '@tanstack/react-router'
import { useEffect, useId, useRef, useState } from 'react'
import { useChosenInView } from './chosen-in-view.ts'

interface PageLink {
  to: string
  label: string
  /** Who has use for the page; everybody when left out. What a page shows is decided by the server in any case. */
  roles?: readonly string[]
}
interface PageGroup {
  /** None: the pages stand in the bar themselves. */
  heading: string | null
  pages: readonly PageLink[]
}

const groups: readonly PageGroup[] = [
  {
    heading: null,
    pages: [
      { to: '/', label: '案卷' },
      { to: '/matters', label: '事项' },
      { to: '/new', label: '申请立项', roles: ['drafter'] },
      { to: '/sessions', label: '议题', roles: ['secretariat', 'leader', 'legality_reviewer'] },
      { to: '/series', label: '编号台', roles: ['secretariat', 'admin'] },
      { to: '/filings', label: '备案台', roles: ['registrar', 'filing_reviewer', 'secretariat'] },
      { to: '/validity', label: '届满与后评估' },
      { to: '/dashboard', label: '统计看板' },
      { to: '/administration', label: '系统管理', roles: ['admin'] },
    ],
  },
  {
    heading: '目录与依据',
    pages: [
      { to: '/archive', label: '档案', roles: ['secretariat', 'unit_head', 'drafter'] },
      { to: '/acts', label: '上位法', roles: ['secretariat', 'legality_reviewer', 'admin'] },
      { to: '/issuers', label: '制定主体' },
      { to: '/packs', label: '规则包' },
      { to: '/audits', label: '案卷评查', roles: ['legality_reviewer', 'secretariat', 'leader', 'inspector'] },
    ],
  },
  {
    heading: '机构与人员',
    pages: [
      { to: '/people', label: '人员与单位' },
      { to: '/bodies', label: '会议与机构' },
      { to: '/delegations', label: '委托' },
      { to: '/holidays', label: '放假安排' },
    ],
  },
  {
    heading: '运行',
    pages: [
      { to: '/ledger', label: '台账核验', roles: ['admin', 'secretariat', 'registrar'] },
      { to: '/jobs', label: '到期作业', roles: ['admin'] },
      { to: '/outward', label: '对外通知', roles: ['admin'] },
      { to: '/exchange', label: '往来的系统', roles: ['admin'] },
    ],
  },
]
const help: PageLink = { to: '/help', label: '帮助' }

/** The groups with the pages of somebody who holds `roles`; a group without any is left out. */
function groupsFor(roles: readonly string[]): PageGroup[] {
  return groups
    .map((group) => ({
      ...group,
      pages: group.pages.filter((page) => !page.roles || page.roles.some((role) => roles.includes(role))),
    }))
    .filter((group) => group.pages.length > 0)
}

/** The pages of somebody who holds `roles` whose name contains `words`, with the heading they stand under. */
export function pagesCalled(
  words: string,
  roles: readonly string[],
): Array<{ to: string; label: string; under: string }> {
  return [...groupsFor(roles), { heading: null, pages: [help] }].flatMap(({ heading, pages }) =>
    pages
      .filter(({ label }) => label.includes(words))
      .map(({ to, label }) => ({ to, label, under: heading ?? '主导航' })),
  )
}

/** Where somebody who holds `roles` begins: the administrator has no documents to handle, but the system to look after. */
export function homeOf(roles: readonly string[] | undefined): '/' | '/administration' {
  return roles?.length && roles.every((role) => role === 'admin') ? '/administration' : '/'
}

const active = { className: 'active', 'aria-current': 'page' as const }

function PageAnchor({ to, label }: PageLink) {
  return (
    <Link to={to} activeOptions={to === '/' ? { exact: true, includeSearch: false } : {}} activeProps={active}>
      {label}
    </Link>
  )
}

/** The bar. `place` is the path of the present page; a group that holds it is marked. */
export function Navigation({ roles, place }: { roles: readonly string[]; place: string }) {
  const bar = useRef<HTMLElement>(null)
  // On a narrow screen the groups are laid open and the bar is longer than the screen.
  useChosenInView(bar, '.active', place)
  return (
    <nav className="nav" aria-label="主导航" ref={bar}>
      {groupsFor(roles).map((group) =>
        group.heading === null ? (
          group.pages.map((page) => <PageAnchor key={page.to} {...page} />)
        ) : (
          <Group key={group.heading} heading={group.heading} pages={group.pages} place={place} />
        ),
      )}
      <PageAnchor {...help} />
    </nav>
  )
}

/** A disclosure of links: opened by click, Enter or the arrow down; closed by Escape, by choosing, by going elsewhere. */
function Group({ heading, pages, place }: { heading: string; pages: readonly PageLink[]; place: string }) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  // biome-ignore lint/correctness/useExhaustiveDependencies: closed by every change of page
  useEffect(() => setOpen(false), [place])
  useEffect(() => {
    if (!open) return
    const elsewhere = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false)
    }
    for (const kind of ['pointerdown', 'focusin']) document.addEventListener(kind, elsewhere)
    return () => {
      for (const kind of ['pointerdown', 'focusin']) document.removeEventListener(kind, elsewhere)
    }
  }, [open])
  const here = pages.some(({ to }) => place === to || place.startsWith(`${to}/`))
  useEffect(() => {
    const group = root.current
    if (!group) return
    /** Moves the focus by `step` among the links, from the button to the first. */
    const move = (step: number) => {
      const links = [...group.querySelectorAll<HTMLElement>('.nav-pages a')]
      const at = links.indexOf(document.activeElement as HTMLElement)
      links[Math.min(Math.max(at + step, 0), links.length - 1)]?.focus()
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && open) {
        setOpen(false)
        button.current?.focus()
      } else if (event.key === 'ArrowDown' && !open) setOpen(true)
      else if (event.key === 'ArrowDown') move(1)
      else if (event.key === 'ArrowUp' && open) move(-1)
      else return
      event.preventDefault()
      event.stopPropagation()
    }
    group.addEventListener('keydown', onKey)
    return () => group.removeEventListener('keydown', onKey)
  }, [open])
  return (
    <div ref={root} className={here ? 'nav-group here' : 'nav-group'}>
      <button ref={button} type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen((old) => !old)}>
        {heading}
      </button>
      <div id={id} className={open ? 'nav-pages open' : 'nav-pages'}>
        {pages.map((page) => (
          <PageAnchor key={page.to} {...page} />
        ))}
      </div>
    </div>
  )
}
