// The header: navigation, demo clock, the person signed in.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { post } from '../api.ts'
import { demoQuery, meQuery } from '../queries.ts'
import { roleName } from '../words.ts'
import { useArrival } from './arrival.ts'
import { useChosenInView } from './chosen-in-view.ts'
import { DemoClock } from './demo-clock.tsx'
import { MessageBell } from './message-bell.tsx'

const SearchEverything = lazy(() => import('./search-everything.tsx').then((m) => ({ default: m.SearchEverything })))

/** Whose desk this is: the place and the unit, with what both have (“…中卫市海原县”, “海原县农业农村局”) only once. */
function officeName(me: { place?: string | undefined; unitName: string } | null | undefined): string {
  if (!me) return ''
  const { place = '', unitName } = me
  for (let n = Math.min(place.length, unitName.length); n > 1; n--)
    if (place.endsWith(unitName.slice(0, n))) return place + unitName.slice(n)
  return place ? `${place} ${unitName}` : unitName
}

export function Layout() {
  const [searching, setSearching] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // In the editor the same keys insert a reference; what was handled there is not opened here as well.
      if (event.defaultPrevented) return
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        setSearching(true)
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  const { data: me } = useQuery(meQuery)
  const client = useQueryClient()
  const navigate = useNavigate()
  const roles = new Set<string>(me?.roles)
  const is = (...wanted: string[]) => wanted.some((role) => roles.has(role))
  useEffect(() => {
    if (me === null) void navigate({ to: '/sign-in' })
  }, [me, navigate])
  const place = useLocation({ select: (location) => location.pathname })
  const nav = useRef<HTMLElement>(null)
  // On a narrow screen the bar is longer than the screen: the present page's name is brought into it.
  useChosenInView(nav, '.active', place)
  useArrival(place)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again at every change of page
  useEffect(() => {
    if (client.getQueryData(meQuery.queryKey)?.demo) void client.invalidateQueries({ queryKey: demoQuery.queryKey })
  }, [place, client])
  // The demo clock may be moved in another window; days are counted from it. Asked without the session, so that one
  // that has ended is not noticed here but where it matters.
  const { data: demo } = useQuery({ ...demoQuery, enabled: Boolean(me?.demo), refetchInterval: 10_000 })
  useEffect(() => {
    if (demo)
      client.setQueryData(meQuery.queryKey, (old) =>
        old?.demo && Date.parse(demo.now) > Date.parse(old.demo.now) ? { ...old, demo: { now: demo.now } } : old,
      )
  }, [demo, client])
  const signOut = async () => {
    await post('/api/auth/sign-out', {}, { withoutGate: true }).catch(() => undefined)
    client.clear()
    client.setQueryData(meQuery.queryKey, null)
    await navigate({ to: '/sign-in' })
  }
  const active = { className: 'active', 'aria-current': 'page' as const }
  return (
    <>
      <a className="skip" href="#main">
        跳到正文
      </a>
      <header className="top">
        <div className="top-in">
          <Link to="/" className="brand">
            <b>典章</b>
            <span>
              {officeName(me)} <span className="brand-what">行政规范性文件工作台</span>
            </span>
          </Link>
          <div className="who">
            <button type="button" className="search-open" onClick={() => setSearching(true)}>
              检索 <kbd>Ctrl K</kbd>
            </button>
            {me && !me.mustChangePassword ? <MessageBell /> : null}
            {me?.demo ? <DemoClock now={me.demo.now} /> : null}
            {me ? (
              <Link
                to="/password"
                className="who-name"
                activeProps={{}}
                title={`${me.posts
                  .map((post) => `${roleName(post.role)}${post.delegatedFrom ? '（受托）' : ''}`)
                  .join('、')}。点开可以修改密码`}
              >
                {me.name}
                <small>{roleName(me.roles[0] ?? '')}</small>
              </Link>
            ) : null}
            <Button size="small" onClick={signOut}>
              退出
            </Button>
          </div>
        </div>
        <nav className="nav" aria-label="主导航" ref={nav}>
          <Link to="/" activeOptions={{ exact: true, includeSearch: false }} activeProps={active}>
            案卷
          </Link>
          <Link to="/matters" activeProps={active}>
            事项
          </Link>
          {is('drafter') ? (
            <Link to="/new" activeProps={active}>
              申请立项
            </Link>
          ) : null}
          {is('secretariat', 'leader', 'legality_reviewer') ? (
            <Link to="/sessions" activeProps={active}>
              议题
            </Link>
          ) : null}
          {is('secretariat', 'admin') ? (
            <Link to="/series" activeProps={active}>
              编号台
            </Link>
          ) : null}
          {is('registrar', 'filing_reviewer', 'secretariat') ? (
            <Link to="/filings" activeProps={active}>
              备案台
            </Link>
          ) : null}
          {is('secretariat', 'unit_head', 'drafter') ? (
            <Link to="/archive" activeProps={active}>
              档案
            </Link>
          ) : null}
          {is('secretariat', 'legality_reviewer', 'admin') ? (
            <Link to="/acts" activeProps={active}>
              上位法
            </Link>
          ) : null}
          <Link to="/validity" activeProps={active}>
            届满与后评估
          </Link>
          <Link to="/issuers" activeProps={active}>
            制定主体
          </Link>
          <Link to="/packs" activeProps={active}>
            规则包
          </Link>
          <Link to="/people" activeProps={active}>
            人员与单位
          </Link>
          <Link to="/bodies" activeProps={active}>
            会议与机构
          </Link>
          <Link to="/delegations" activeProps={active}>
            委托
          </Link>
          <Link to="/holidays" activeProps={active}>
            放假安排
          </Link>
          <Link to="/dashboard" activeProps={active}>
            统计看板
          </Link>
          {is('legality_reviewer', 'secretariat', 'leader', 'inspector') ? (
            <Link to="/audits" activeProps={active}>
              案卷评查
            </Link>
          ) : null}
          {is('admin', 'secretariat', 'registrar') ? (
            <Link to="/ledger" activeProps={active}>
              台账核验
            </Link>
          ) : null}
          {is('admin') ? (
            <Link to="/administration" activeProps={active}>
              系统管理
            </Link>
          ) : null}
          {is('admin') ? (
            <Link to="/jobs" activeProps={active}>
              到期作业
            </Link>
          ) : null}
          {is('admin') ? (
            <Link to="/outward" activeProps={active}>
              对外通知
            </Link>
          ) : null}
          {is('admin') ? (
            <Link to="/exchange" activeProps={active}>
              往来的系统
            </Link>
          ) : null}
          <Link to="/help" activeProps={active}>
            帮助
          </Link>
        </nav>
      </header>
      {searching ? (
        <Suspense>
          <SearchEverything onClose={() => setSearching(false)} />
        </Suspense>
      ) : null}
      <div id="main" className="body">
        <Outlet />
      </div>
    </>
  )
}
