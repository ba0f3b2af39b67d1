// 登录、登出、首次改密、限速、任职与委托。
import { and, eq, schema } from '@dianzhang/database'
import { hashPassword } from '@dianzhang/server'
import { describe, expect, test } from 'vitest'
import { type Client, cookieOf, httpOffice, json, jurisdiction, password, problemOf, staff } from '../support/http.ts'

const newPassword = 'another-long-password'
interface Me {
  roles: string[]
  mustChangePassword: boolean
  demo: { now: string }
}
const me = (client: Client): Promise<Me> => json<Me>(client.get('/api/me'))

describe('登录', async () => {
  const { anonymous, signIn, office, app } = await httpOffice({
    accounts: [...staff, { username: 'newcomer', unit: 'water', roles: ['drafter'], mustChangePassword: true }],
  })

  test('以用户名和密码登录，me 答复本人、单位与任职', async () => {
    const drafter = await signIn('drafter')
    const answer = await me(drafter)
    expect(answer).toMatchObject({
      person: 'drafter',
      unit: 'water',
      unitName: '示范县水务局',
      jurisdiction,
      roles: ['drafter'],
      posts: [{ role: 'drafter', unit: 'water' }],
      mustChangePassword: false,
    })
    expect(Date.parse(answer.demo.now)).toBeGreaterThanOrEqual(Date.parse('2026-03-02T09:00:00+08:00'))
  })

  test('用户名不分大小写', async () => {
    expect((await (await signIn('DRAFTER')).get('/api/me')).status).toBe(200)
  })

  test('错误的密码、没有的账号、不可能的用户名得到同样的答复', async () => {
    const details = new Set<string>()
    for (const body of [
      { username: 'drafter', password: 'wrong' },
      { username: 'nobody', password },
      { username: '<>', password },
    ]) {
      const answer = await anonymous.post('/api/auth/sign-in/username', body)
      expect(answer.status).toBe(401)
      expect(answer.headers.getSetCookie()).toEqual([])
      details.add((await problemOf(answer)).detail)
    }
    expect(details.size).toBe(1)
  })

  test('没有会话、伪造的会话都答复 401', async () => {
    expect((await anonymous.get('/api/me')).status).toBe(401)
    const { cookie } = await signIn('drafter')
    const forged = cookie.replace(/=./, (head) => (head === '=a' ? '=b' : '=a'))
    const answer = await app.request('/api/me', { headers: { cookie: forged } })
    expect(answer.status).toBe(401)
    expect((await problemOf(answer)).code).toBe('unauthenticated')
  })

  test('登出之后会话作废，旧 cookie 不再有用', async () => {
    const drafter = await signIn('drafter')
    const out = await drafter.post('/api/auth/sign-out', {})
    expect(out.status).toBe(200)
    expect((await drafter.get('/api/me')).status).toBe(401)
  })

  test('没有自助注册，认证库的其他接口一概不开放', async () => {
    for (const path of [
      'sign-up/email',
      'sign-in/email',
      'update-user',
      'delete-user',
      'is-username-available',
      'list-sessions',
    ]) {
      const answer = await anonymous.post(`/api/auth/${path}`, {
        email: 'a@b.cn',
        password,
        name: 'x',
        username: 'x1x',
      })
      expect(answer.status, path).toBe(404)
    }
    expect((await anonymous.get('/api/auth/get-session')).status).toBe(404)
  })

  test('首次登录须先修改密码：改之前只能看本人、改密、登出', async () => {
    const newcomer = await signIn('newcomer')
    expect((await me(newcomer)).mustChangePassword).toBe(true)
    for (const path of ['/api/units', '/api/documents', '/api/people']) {
      const refused = await newcomer.get(path)
      expect(refused.status, path).toBe(403)
      expect((await problemOf(refused)).code).toBe('password_change_required')
    }
    const wrong = await newcomer.post('/api/auth/change-password', { currentPassword: 'not-this-one', newPassword })
    expect((await problemOf(wrong)).issues?.[0]?.path).toBe('currentPassword')
    const short = await newcomer.post('/api/auth/change-password', { currentPassword: password, newPassword: 'short' })
    expect((await problemOf(short)).issues?.[0]?.path).toBe('newPassword')
    const same = await newcomer.post('/api/auth/change-password', { currentPassword: password, newPassword: password })
    expect((await problemOf(same)).issues?.[0]?.path).toBe('newPassword')
    expect((await newcomer.get('/api/units')).status).toBe(403)

    const other = await signIn('newcomer')
    const changed = await newcomer.post('/api/auth/change-password', { currentPassword: password, newPassword })
    expect(changed.status).toBe(200)
    const fresh = await app.request('/api/units', { headers: { cookie: cookieOf(changed) } })
    expect(fresh.status).toBe(200)
    expect((await other.get('/api/me')).status).toBe(401)
    await expect(signIn('newcomer')).rejects.toThrow('401')
    expect((await me(await signIn('newcomer', newPassword))).mustChangePassword).toBe(false)
  })

  test('停用的人员不能再办理，已有的会话也不行', async () => {
    const { people } = schema
    const head = await signIn('head')
    const whose = and(eq(people.jurisdictionId, jurisdiction), eq(people.id, 'head'))
    await office.db.update(people).set({ active: false }).where(whose)
    const answer = await head.get('/api/me')
    expect(answer.status).toBe(401)
    expect((await problemOf(answer)).detail).toContain('停用')
    const again = await anonymous.post('/api/auth/sign-in/username', { username: 'head', password })
    expect(again.status).toBe(401)
    expect((await problemOf(again)).detail).toContain('停用')
    expect(again.headers.getSetCookie()).toEqual([])
    await office.db.update(people).set({ active: true }).where(whose)
    expect((await head.get('/api/me')).status).toBe(401)
    expect((await (await signIn('head')).get('/api/me')).status).toBe(200)
  })

  test('会话一条查询取得：任职的起止日期按办公日期判断', async () => {
    const { personRoles } = schema
    const reviewer = await signIn('reviewer')
    const whose = and(eq(personRoles.jurisdictionId, jurisdiction), eq(personRoles.personId, 'reviewer'))
    const roles = async () => (await me(reviewer)).roles
    await office.db.update(personRoles).set({ endsOn: '2026-03-01' }).where(whose)
    expect(await roles()).toEqual([])
    await office.db.update(personRoles).set({ endsOn: '2026-03-02', startsOn: '2026-03-02' }).where(whose)
    expect(await roles()).toEqual(['legality_reviewer'])
    await office.db.update(personRoles).set({ startsOn: '2026-03-03', endsOn: null }).where(whose)
    expect(await roles()).toEqual([])
  })
})

describe('登录限速', async () => {
  const office = await httpOffice({
    trustedProxies: ['loopback'],
    authLimits: {
      address: { burst: 15, seconds: 60 },
      account: { burst: 3, seconds: 60 },
      everywhere: { burst: 8, seconds: 60 },
    },
  })
  const attempt = (username: string, secret: string, place = '198.51.100.1', cookie = '') =>
    office.app.fetch(
      new Request('http://localhost/api/auth/sign-in/username', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': place, cookie },
        body: JSON.stringify({ username, password: secret }),
      }),
      { incoming: { socket: { remoteAddress: '127.0.0.1' } } } as never,
    ) as Promise<Response>

  test('两百次同时来猜，核对的不多于限数，其余一律 429', async () => {
    const places = Array.from({ length: 10 }, (_, at) => `203.0.113.${at + 1}`)
    const statuses = await Promise.all(
      Array.from({ length: 200 }, async (_, at) => (await attempt('head', `wrong-${at}`, places[at % 10])).status),
    )
    const looked = statuses.filter((status) => status === 401).length
    // 十个没有见过的地址各试一次，合起来不超过各处合计的限速。
    expect(looked).toBeGreaterThanOrEqual(10)
    expect(looked).toBeLessThanOrEqual(8 + 10)
    expect(statuses.filter((status) => status === 429)).toHaveLength(200 - looked)
  })

  test('别人猜到放慢以后，本人在别处第一次就能登录，用过的设备总能登录', async () => {
    const known = cookieOf(await attempt('secretary', password, '192.0.2.7'))
    expect(known).toContain('dianzhang.device=')
    for (let at = 0; at < 18; at += 1) await attempt('secretary', 'wrong', `203.0.113.${100 + (at % 6)}`)
    const guessing = await attempt('secretary', password, '203.0.113.100')
    expect(guessing.status).toBe(429)
    expect(Number(guessing.headers.get('retry-after'))).toBeLessThanOrEqual(60)
    expect((await attempt('secretary', password, '192.0.2.9')).status).toBe(200)
    // 即使来自猜口令者自己的地址。
    expect((await attempt('secretary', password, '203.0.113.100', known)).status).toBe(200)
  })

  test('别的账号的设备凭据、改过的凭据都不算用过的设备', async () => {
    const known = cookieOf(await attempt('drafter', password, '192.0.2.20'))
    const device = /dianzhang\.device=([^;]+)/.exec(known)?.[1] ?? ''
    for (let at = 0; at < 3; at += 1) await attempt('reviewer', 'wrong', '192.0.2.21')
    for (const value of [device, `${device}x`, 'x.y', ''])
      expect((await attempt('reviewer', password, '192.0.2.21', `dianzhang.device=${value}`)).status, value).toBe(429)
  })

  test('成功一次，失败的次数重新计', async () => {
    for (let round = 0; round < 2; round += 1) {
      for (let at = 0; at < 2; at += 1) expect((await attempt('admin', 'wrong', '192.0.2.30')).status).toBe(401)
      expect((await attempt('admin', password, '192.0.2.30')).status).toBe(200)
    }
  })

  test('同一地址的次数有限，无论哪个账号；IPv6 以 /64 计', async () => {
    const statuses: number[] = []
    for (let at = 0; at < 18; at += 1)
      statuses.push((await attempt(`nobody${at}`, 'wrong', `2001:db8::${at + 1}`)).status)
    expect(statuses.slice(0, 15).every((status) => status === 401)).toBe(true)
    expect(statuses.at(-1)).toBe(429)
  })
})

describe('容易猜到的密码', async () => {
  const { anonymous, signIn, office } = await httpOffice()
  test.each([
    '1234567890',
    'qwertyuiop',
    'Password123!',
    'aaaaaaaaaaaa',
    'drafter2026',
    'Drafter@2026',
    '20261128abc',
    'P@ssw0rd2026',
    '1qaz2wsx3edc',
    '示范县水务局2026',
    'abababababab',
  ])('不能改成 %s', async (weak) => {
    const drafter = await signIn('drafter')
    const answer = await drafter.post('/api/auth/change-password', { currentPassword: password, newPassword: weak })
    expect(answer.status).toBe(422)
    expect((await problemOf(answer)).issues?.[0]).toMatchObject({ path: 'newPassword' })
  })
  test('从前留下的弱密码，登录后须先改', async () => {
    const { authAccounts, authUsers } = schema
    const [user] = await office.db.select().from(authUsers).where(eq(authUsers.username, 'head'))
    const weak = '1234567890'
    await office.db
      .update(authAccounts)
      .set({ password: await hashPassword(weak) })
      .where(eq(authAccounts.userId, user?.id ?? ''))
    const answer = await anonymous.post('/api/auth/sign-in/username', { username: 'head', password: weak })
    expect(await json(answer)).toMatchObject({ user: { mustChangePassword: true } })
  })
})

describe('经 https 提供时', async () => {
  const { anonymous, office } = await httpOffice({ secureCookies: true, idleMinutes: 30 })
  test('会话 cookie 以 __Host- 为名并只经 https 发送，登录照常', async () => {
    const answer = await anonymous.post('/api/auth/sign-in/username', { username: 'drafter', password })
    const cookie = answer.headers.getSetCookie()[0] ?? ''
    expect(cookie).toMatch(/^__Host-dianzhang\.session=/)
    expect(cookie).toContain('Secure')
    expect(cookie).toContain('Path=/')
    expect(cookie).not.toContain('Domain')
    expect((await anonymous.get('/api/me', { cookie: cookieOf(answer) })).status).toBe(200)
    expect(answer.headers.get('strict-transport-security')).toContain('max-age=')
  })
  test('若干分钟没有操作的，会话即告结束；一直在用的不受影响', async () => {
    const { authSessions } = schema
    const { db } = office
    const minutesAgo = (n: number) => new Date(Date.now() - n * 60_000)
    const last = async () => (await db.select().from(authSessions).where(eq(authSessions.userId, userId)))[0]?.updatedAt
    const [user] = await db.select().from(schema.authUsers).where(eq(schema.authUsers.username, 'drafter'))
    const userId = user?.id ?? ''
    await db.delete(authSessions).where(eq(authSessions.userId, userId))
    const fresh = cookieOf(await anonymous.post('/api/auth/sign-in/username', { username: 'drafter', password }))
    const use = async () => (await anonymous.get('/api/me', { cookie: fresh })).status
    await db
      .update(authSessions)
      .set({ updatedAt: minutesAgo(29) })
      .where(eq(authSessions.userId, userId))
    expect(await use()).toBe(200)
    expect((await last())?.getTime()).toBeGreaterThan(minutesAgo(1).getTime())
    await db
      .update(authSessions)
      .set({ updatedAt: minutesAgo(31) })
      .where(eq(authSessions.userId, userId))
    expect(await use()).toBe(401)
    expect(await last()).toBeUndefined()
  })
})

describe('演示', async () => {
  const { signIn } = await httpOffice({ mode: 'demo' })
  const admin = await signIn('admin')

  test('演示里管理员添加的人、重置了密码的人也须先修改一次性密码；共用演示密码的账号不必', async () => {
    expect((await me(admin)).mustChangePassword).toBe(false)
    expect((await (await signIn('drafter')).get('/api/units')).status).toBe(200)
    const added = await json<{ username: string; password: string }>(
      admin.post('/api/people', {
        name: '新任经办人',
        username: 'newcomer.demo',
        unit: 'water',
        posts: [{ role: 'drafter', unit: 'water' }],
        reason: '任〔2026〕9号',
      }),
    )
    const reset = await json<{ password: string }>(admin.post('/api/people/drafter/password', { reason: '忘记了' }))
    for (const [username, once] of [
      [added.username, added.password],
      ['drafter', reset.password],
    ] as const) {
      const first = await signIn(username, once)
      expect((await me(first)).mustChangePassword, username).toBe(true)
      expect((await problemOf(await first.get('/api/units'))).code, username).toBe('password_change_required')
      const changed = await first.post('/api/auth/change-password', { currentPassword: once, newPassword })
      expect(changed.status, username).toBe(200)
      const own = await signIn(username, newPassword)
      expect((await me(own)).mustChangePassword, username).toBe(false)
      expect((await own.get('/api/units')).status, username).toBe(200)
    }
  })
})
