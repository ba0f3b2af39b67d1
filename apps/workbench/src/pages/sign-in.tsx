// 登录；演示时另有“最初五分钟”，点一下就以该角色进入。
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { type FormEvent, useState } from 'react'
import { post, sentence } from '../api.ts'
import { demoQuery, meQuery } from '../queries.ts'
import { plain, dateOf } from '../words.ts'

const route = getRouteApi('/sign-in')

const tours = [
  { role: '起草经办人', username: 'drafter', todo: ['在“申请立项”提出一件文件，或打开一份起草中的案卷', '右侧“可办事项”写明现在能办什么、不能办的差哪一条、依据哪一条文', '保存文本、提交起草说明，再公开征求意见：截止日由系统按工作日算出，点“为什么是这一天”看逐日过程'] },
  { role: '合法性审核人', username: 'reviewer', todo: ['打开待受理的案卷，核对材料后受理，审核时钟随即起算', '试着当天就出具意见：系统拒绝，说明条文与最早日期', '把上方的演示时钟拨后一周，再出具意见；须修改的逐条列明'] },
  { role: '政府办公室文秘', username: 'secretariat', todo: ['安排审议、记录决定；签署完成后统一登记编号', '公布时选择施行日期与有效期，过短、过长都会说明理由', '“编号台”看每个号的去向，“备案台”报送备案'] },
] as const

export function SignInPage() {
  const { to } = route.useSearch()
  const { data: demo } = useQuery(demoQuery)
  const client = useQueryClient()
  const navigate = useNavigate()
  const router = useRouter()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)

  const enter = async (name: string, secret: string) => {
    setBusy(name)
    setError(null)
    try {
      await post('/api/auth/sign-in/username', { username: name, password: secret }, { withoutGate: true })
      client.clear()
      const me = await client.fetchQuery(meQuery)
      if (me?.mustChangePassword && !demo) await navigate({ to: '/password' })
      // Only paths of this site: `to` comes from the address bar.
      else if (to && /^\/(?!\/)/.test(to)) router.history.push(`/staff${to === '/' ? '' : to}`.replace(/^\/staff\/staff/, '/staff'))
      else await navigate({ to: '/' })
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
          <label className="field">
            <span>用户名</span>
            <Input size="large" name="username" value={username} onChange={(e) => setUsername(e.target.value)} autoComplete="username" autoFocus />
          </label>
          <label className="field">
            <span>密码</span>
            <Input.Password size="large" name="password" value={password} onChange={(e) => setPassword(e.target.value)} autoComplete="current-password" />
          </label>
          {error ? (
            <p className="field-error" role="alert">
              {error}
            </p>
          ) : null}
          <Button type="primary" size="large" htmlType="submit" block loading={busy === username.trim() && busy !== ''} disabled={!username.trim() || !password}>
            登录
          </Button>
        </form>
        <p className="quiet">
          公众查阅文件、提出意见不需要登录：<a href="/">公开网站</a>
        </p>
      </section>
      {demo ? (
        <section className="tours" aria-labelledby="tours-title">
          <h2 id="tours-title">最初五分钟</h2>
          <p className="quiet">
            这是演示县，今天是 {plain(dateOf(demo.now))}（演示时钟）。选一个角色进入，随时可以退出换另一个角色；全部账号的密码都是 <code>{demo.accounts[0]?.password}</code>。
          </p>
          <div className="tour-grid">
            {tours.map((tour) => {
              const found = account(tour.username)
              return (
                <article key={tour.username} className="tour">
                  <h3>{tour.role}</h3>
                  <p className="quiet">{found?.unitName}</p>
                  <ol>
                    {tour.todo.map((line) => (
                      <li key={line}>{line}</li>
                    ))}
                  </ol>
                  <Button block disabled={!found} loading={busy === tour.username} onClick={() => found && enter(found.username, found.password)}>
                    以{tour.role}进入
                  </Button>
                </article>
              )
            })}
            <article className="tour">
              <h3>公众</h3>
              <p className="quiet">不需要账号，不需要 JavaScript</p>
              <ol>
                <li>打开公开网站，看正在征求意见的草案与起草说明</li>
                <li>对全文或某一条提出意见，得到可以事后核对的回执</li>
                <li>查现行有效的文件：现在有效吗？从何时到何时？谁解释？</li>
              </ol>
              <Button block href="/">
                到公开网站
              </Button>
            </article>
          </div>
          <details className="accounts">
            <summary>其他演示账号（{demo.accounts.length}）</summary>
            <div className="account-grid">
              {demo.accounts.map((each) => (
                <button type="button" key={each.username} disabled={busy !== null} onClick={() => enter(each.username, each.password)}>
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
