// The header: navigation, demo clock, the person signed in.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { lazy, Suspense, useEffect, useState } from 'react'
import { gate, ProblemError, post, sentence } from '../api.ts'
import { demoQuery, meQuery } from '../queries.ts'
import { roleName } from '../words.ts'
import { useArrival } from './arrival.ts'
import { DemoClock } from './demo-clock.tsx'
import { MessageBell } from './message-bell.tsx'
import { homeOf, Navigation } from './navigation.tsx'
import { toast } from './toasts.tsx'

const searchProgram = () => import('./search-everything.tsx')
const SearchEverything = lazy(() => searchProgram().then((m) => ({ default: m.SearchEverything })))

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
      // The modifier comes first: the program is on its way before the second key, and no typed word is lost.
      if (event.key === 'Control' || event.key === 'Meta') void searchProgram().catch(() => undefined)
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
  useEffect(() => {
    if (me === null) void navigate({ to: '/sign-in' })
  }, [me, navigate])
  const place = useLocation({ select: (location) => location.pathname })
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
    try {
      await post('/api/auth/sign-out', {}, { withoutGate: true })
    } catch (error) {
      // Without an answer the session may still stand: whoever leaves the desk has to know.
      if (!(error instanceof ProblemError && error.problem.status === 401))
        return toast(`没有退出：${sentence(error)}`, 'warn')
    }
    // What was still under way is refused by now, and is nothing to sign in again for.
    gate.becomes(null)
    client.clear()
    client.setQueryData(meQuery.queryKey, null)
    await navigate({ to: '/sign-in' })
  }
  return (
    <>
      <a className="skip" href="#main">
        跳到正文
      </a>
      <header className="top">
        <div className="top-in">
          <Link to={homeOf(me?.roles)} className="brand">
            <b>典章</b>
            <span>
              {officeName(me)} <span className="brand-what">行政规范性文件工作台</span>
            </span>
          </Link>
          <div className="who">
            <button
              type="button"
              className="search-open"
              onPointerEnter={() => void searchProgram().catch(() => undefined)}
              onClick={() => setSearching(true)}
            >
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
        <Navigation roles={me?.roles ?? []} place={place} />
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
