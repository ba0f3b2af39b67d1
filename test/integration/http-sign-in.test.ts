// 登录、登出、首次改密、限速、任职与委托。
import { and, eq, schema } from '@dianzhang/database'
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
  const { anonymous, signIn } = await httpOffice({ authLimits: { signInsPerMinute: 12, failuresPerAccount: 3 } })
  const attempt = (username: string, secret: string) =>
    anonymous.post('/api/auth/sign-in/username', { username, password: secret })

  test('同一账号连续失败后暂不受理，正确的密码也不行，别的账号不受影响', async () => {
    for (let i = 0; i < 3; i += 1) expect((await attempt('drafter', 'wrong')).status).toBe(401)
    const blocked = await attempt('drafter', password)
    expect(blocked.status).toBe(429)
    expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(800)
    await signIn('head')
  })

  test('成功一次，失败的次数重新计', async () => {
    expect((await attempt('head', 'wrong')).status).toBe(401)
    expect((await attempt('head', 'wrong')).status).toBe(401)
    expect((await attempt('head', password)).status).toBe(200)
    expect((await attempt('head', 'wrong')).status).toBe(401)
    expect((await attempt('head', password)).status).toBe(200)
  })

  test('同一地址每分钟的次数有限，无论哪个账号', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 6; i += 1) statuses.push((await attempt(`nobody${i}`, 'wrong')).status)
    expect(statuses.at(-1)).toBe(429)
  })
})

describe('经 https 提供时', async () => {
  const { anonymous } = await httpOffice({ secureCookies: true })
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
})
