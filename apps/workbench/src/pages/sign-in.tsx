// Sign in; in the demo also “最初五分钟” (the first five minutes), where one click enters as that role.

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { type FormEvent, useState } from 'react'
import { gate, post, sentence } from '../api.ts'
import { Labelled } from '../parts/labelled.tsx'
import { homeOf } from '../parts/navigation.tsx'
import { Submit } from '../parts/submit.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { demoQuery, meQuery, waysQuery } from '../queries.ts'
import type { SignInElsewhere } from '../types.ts'
import { dateOf, plain } from '../words.ts'

const route = getRouteApi('/sign-in')

/** “起草经办人（drafter）” → name and account. */
function partsOf(title: string): { name: string; username: string | null; about: string } {
  const match = /^(.+?)（([\w.]+)）(：.+)?$/.exec(title)
  return { name: match?.[1] ?? title, username: match?.[2] ?? null, about: match?.[3] ?? '' }
}

export function SignInPage() {
  const { to, refused } = route.useSearch()
  const { data: demo } = useQuery(demoQuery)
  const { data: ways } = useQuery(waysQuery)
  const client = useQueryClient()
  const navigate = useNavigate()
  const router = useRouter()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(
    refused ? '单点登录没有成功：身份认证没有通过，或者这个身份在本系统没有账号。请重试，或者联系系统管理员。' : null,
  )

  /** Goes to the unit's identity provider, which sends the person back to the workbench after sign-in. */
  const throughSso = async () => {
    setBusy('单点登录')
    setError(null)
    try {
      const { url } = await post<SignInElsewhere>('/api/auth/sign-in/sso', {}, { withoutGate: true })
      window.location.assign(url)
    } catch (problem) {
      setError(sentence(problem))
      setBusy(null)
    }
  }
  const enter = async (name: string, secret: string) => {
    setBusy(name)
    setError(null)
    try {
      await post('/api/auth/sign-in/username', { username: name, password: secret }, { withoutGate: true })
      gate.becomes(null)
      client.clear()
      const me = await client.fetchQuery(meQuery)
      if (me?.mustChangePassword) await navigate({ to: '/password' })
      // Only paths of this site: `to` comes from the address bar.
      else if (to && /^\/(?!\/)/.test(to))
        router.history.push(`/staff${to === '/' ? '' : to}`.replace(/^\/staff\/staff/, '/staff'))
      else await navigate({ to: homeOf(me?.roles) })
    } catch (problem) {
      setError(sentence(problem))
    } finally {
      setBusy(null)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void enter(username.trim(), password)
  }
  const account = (name: string) => demo?.accounts.find((each) => each.username === name)
  return (
    <main className="sign-in">
      <section className="sign-in-card" aria-labelledby="sign-in-title">
        <h1 id="sign-in-title">
          <b>典章</b>
          <span>行政规范性文件工作台</span>
        </h1>
        <form onSubmit={submit} className="stack">
          <Labelled label="用户名">
            {(id) => (
              <Input
                id={id}
                size="large"
                name="username"
                value={username}
                onChange={(e) => setUsername(e.target.value)}
                autoComplete="username"
                autoFocus
              />
            )}
          </Labelled>
          <Labelled label="密码">
            {(id) => (
              <Input.Password
                id={id}
                size="large"
                name="password"
                value={password}
                onChange={(e) => setPassword(e.target.value)}
                autoComplete="current-password"
              />
            )}
          </Labelled>
          <Trouble says={error} />
          <Submit
            type="primary"
            size="large"
            block
            loading={busy === username.trim() && busy !== ''}
            lacks={[!username.trim() && '用户名', !password && '密码']}
          >
            登录
          </Submit>
          {ways?.sso ? (
            <Button size="large" block loading={busy === '单点登录'} onClick={throughSso}>
              以{ways.sso.name}登录
            </Button>
          ) : null}
        </form>
        <p className="quiet">
          公众查阅文件、提出意见不需要登录：<a href="/">公开网站</a>
        </p>
      </section>
      {demo ? (
        <section className="tours" aria-labelledby="tours-title">
          <h2 id="tours-title">最初五分钟</h2>
          <p className="quiet">
            这是演示县，今天是 {plain(dateOf(demo.now))}
            （演示时钟）。选一个角色进入，随时可以退出换另一个角色；全部账号的密码都是{' '}
            <code>{demo.accounts[0]?.password}</code>。
          </p>
          <div className="tour-grid">
            {demo.guide.map((line) => {
              const { name, username: who, about } = partsOf(line.title)
              const found = who ? account(who) : undefined
              return (
                <article key={line.title} className="start-card">
                  <h3>
                    {name}
                    {about}
                  </h3>
                  <p className="quiet">
                    {found
                      ? `${found.unitName}，账号 ${found.username}`
                      : name === '社会公众'
                        ? '不需要账号，不需要 JavaScript'
                        : ' '}
                  </p>
                  <div>
                    <p>{line.story}</p>
                    <p className="try">{line.tryFirst}</p>
                  </div>
                  {found ? (
                    <Button
                      block
                      loading={busy === found.username}
                      onClick={() => enter(found.username, found.password)}
                    >
                      以{name}进入
                    </Button>
                  ) : name === '社会公众' ? (
                    <Button block href="/">
                      到公开网站
                    </Button>
                  ) : (
                    <p className="quiet">演示时钟在登录后的页面右上方。</p>
                  )}
                </article>
              )
            })}
          </div>
          <details className="accounts">
            <summary>其他演示账号（{demo.accounts.length}）</summary>
            <div className="account-grid">
              {demo.accounts.map((each) => (
                <button
                  type="button"
                  key={each.username}
                  disabled={busy !== null}
                  onClick={() => enter(each.username, each.password)}
                >
                  <b>{each.name}</b>
                  <span>
                    {each.unitName} · {each.roleLabels.join('、')}
                  </span>
                  <code>{each.username}</code>
                </button>
              ))}
            </div>
          </details>
        </section>
      ) : null}
    </main>
  )
}
