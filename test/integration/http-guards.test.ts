// 进门的检查：安全头、来源、媒体类型、体积、限速、错误格式。
import { randomUUID } from 'node:crypto'
import { noClassification } from '@dianzhang/contract'
import { expect, test } from 'vitest'
import { cookieOf, httpOffice, json, origin, password, problemOf } from '../support/http.ts'

const { app, anonymous, signIn, log } = await httpOffice({ publicWrites: { burst: 3, secondsPerToken: 3600 } })
const drafter = await signIn('drafter')
const proposal = {
  commandId: '00000000-0000-4000-8000-000000000001',
  title: '办法',
  jurisdiction: '640522',
  issuers: ['hy-gov'],
  tier: 'government',
  necessity: '有必要',
  classification: { ...noClassification, affectsRights: true },
}

test('每个答复都带安全头：只用本站资源，不许内嵌脚本，不许被嵌入', async () => {
  for (const path of ['/healthz', '/api/me', '/public/v1/nothing', '/nowhere']) {
    const { headers } = await anonymous.get(path)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe-inline')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{8,64}$/)
  }
})

test('给定的请求编号原样使用，有害的不用', async () => {
  const kept = await anonymous.get('/healthz', { 'x-request-id': 'abc-12345678' })
  expect(kept.headers.get('x-request-id')).toBe('abc-12345678')
  const replaced = await anonymous.get('/healthz', { 'x-request-id': 'a"}{"level":50' })
  expect(replaced.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
})

test('代理以为公开、本系统以为内部的网址不受理', async () => {
  for (const path of [
    '/api/documents/..%2f..',
    '/api/matters/x/%2e%2e%2f%2e%2e%2f..%2f',
    '/api/documents/..%5c..',
    '/staff/..%2F',
    '/staff/.%2f..%2f',
    '/register/%2e.%2f..%2fapi',
  ]) {
    const answer = await anonymous.get(path)
    expect(answer.status, path).toBe(400)
    expect((await problemOf(answer)).code).toBe('malformed')
  }
  // 文号、标题里的点照常。
  for (const path of ['/api/documents/a..b', '/api/documents/..a', '/register/1.2%2f3'])
    expect((await anonymous.get(path)).status, path).not.toBe(400)
})

test('来自其他网站的写入被拒绝，无论带不带会话', async () => {
  const attempts: Array<Record<string, string>> = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' },
  ]
  for (const client of [anonymous, drafter]) {
    for (const headers of attempts) {
      const answer = await client.post('/api/documents', {}, headers)
      expect(answer.status, JSON.stringify(headers)).toBe(403)
      expect((await problemOf(answer)).code).toBe('cross_site')
    }
  }
  const comment = await anonymous.post(
    '/public/v1/consultations/x/comments',
    { text: 'x' },
    { origin: 'https://evil.example' },
  )
  expect((await problemOf(comment)).code).toBe('cross_site')
})

test('本站页面的写入与非浏览器的写入不被当作跨站', async () => {
  for (const headers of [{ 'sec-fetch-site': 'same-origin', origin }, { 'sec-fetch-site': 'none' }, {}]) {
    const answer = await drafter.post('/api/documents', {}, headers as Record<string, string>)
    expect((await problemOf(answer)).code).toBe('invalid')
  }
})

test('写入接口只接受 application/json', async () => {
  for (const [type, body] of [
    ['text/plain', '{}'],
    ['application/x-www-form-urlencoded', 'type=SaveDraft'],
    ['multipart/form-data; boundary=x', '--x--'],
  ] as const) {
    const answer = await app.request('/api/documents', {
      method: 'POST',
      headers: { cookie: drafter.cookie, 'content-type': type },
      body,
    })
    expect(answer.status, type).toBe(415)
    expect((await problemOf(answer)).code).toBe('unsupported_media_type')
  }
})

test('不是 JSON 的内容答复 400，空的也是', async () => {
  for (const body of ['{"type":', '', 'null trailing']) {
    const answer = await app.request('/api/documents', {
      method: 'POST',
      headers: { cookie: drafter.cookie, 'content-type': 'application/json' },
      body,
    })
    expect(answer.status).toBe(400)
    expect((await problemOf(answer)).code).toBe('malformed')
  }
})

test('普通接口的内容以 2 MB 为限，办理命令可带附件到 20 MB', async () => {
  const big = (bytes: number) => JSON.stringify({ padding: 'x'.repeat(bytes) })
  const send = (path: string, body: string) =>
    app.request(path, {
      method: 'POST',
      headers: { cookie: drafter.cookie, 'content-type': 'application/json', 'content-length': String(body.length) },
      body,
    })
  expect((await problemOf(await send('/api/documents', big(3 << 20)))).code).toBe('too_large')
  const { id } = await json<{ id: string }>(
    drafter.post('/api/documents', { ...proposal, issuers: ['gov'], commandId: randomUUID() }),
  )
  expect((await problemOf(await send(`/api/documents/${id}/commands`, big(3 << 20)))).code).toBe('invalid')
  // 没有这件案卷的，写了什么都一样。
  expect((await problemOf(await send('/api/documents/none/commands', big(3 << 20)))).code).toBe('not_found')
  expect((await problemOf(await send('/api/documents/none/commands', big(21 << 20)))).code).toBe('too_large')
})

test('公众写入按地址限速，告知等多久', async () => {
  const statuses: number[] = []
  let last: Response | undefined
  for (let i = 0; i < 5; i += 1) {
    last = await anonymous.post('/public/v1/consultations/none/comments', { text: '意见' })
    statuses.push(last.status)
  }
  expect(statuses.slice(0, 3)).not.toContain(429)
  expect(statuses.slice(3)).toEqual([429, 429])
  expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('没有这个接口答复 404 问题文档而不是页面；方法不对答复 405 并列出可用方法', async () => {
  for (const path of ['/api/nope', '/api/documents/1/nope/2', '/public/v1/nope']) {
    const answer = await drafter.get(path)
    expect(answer.status).toBe(404)
    expect((await problemOf(answer)).code).toBe('not_found')
  }
  const wrong = await drafter.delete('/api/documents')
  expect(wrong.status).toBe(405)
  expect(wrong.headers.get('allow')).toBe('POST, GET, HEAD')
  expect((await problemOf(wrong)).code).toBe('method_not_allowed')
  const probe = await anonymous.post('/healthz', {})
  expect([probe.status, probe.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
})

test('字段有误答复 422，每个字段列明，消息为中文', async () => {
  const problem = await problemOf(
    await drafter.post('/api/documents', {
      commandId: 'x',
      title: '',
      jurisdiction: '640522',
      issuers: [],
      tier: 'state',
    }),
  )
  expect(problem.status).toBe(422)
  expect(problem.issues?.map((issue) => issue.path)).toEqual(
    expect.arrayContaining(['commandId', 'title', 'issuers', 'tier', 'classification', 'necessity']),
  )
  for (const issue of problem.issues ?? []) expect(issue.message, issue.path).toMatch(/[\u4e00-\u9fff]/)
  const long = await problemOf(await drafter.post('/api/documents', { ...proposal, title: '长'.repeat(300) }))
  expect(long.issues).toEqual([{ path: 'title', message: '最多 200 个字' }])
  expect(problem.requestId).toBeDefined()
})

test('空字符与残缺的字存不进数据库：字段里的 422 并指明是哪一个，路径里的 404，一律不是 500', async () => {
  const nul = await problemOf(
    await drafter.post('/api/documents', { ...proposal, title: '办法\u0000', necessity: '\ud800' }),
  )
  expect([nul.status, nul.issues?.map((issue) => issue.path)]).toEqual([422, ['title', 'necessity']])
  const signIn = await anonymous.post('/api/auth/sign-in/username', { username: 'admin\u0000', password })
  expect(signIn.status).toBe(422)
  for (const path of ['/api/documents/%00', '/api/series/%00/2026/numbers', '/public/v1/documents/%00'])
    expect([path, (await drafter.get(path)).status < 500]).toEqual([path, true])
  for (const path of ['/public/v1/documents/%00', '/public/v1/receipts/%00', '/api/documents/%00'])
    expect([path, (await drafter.get(path)).status]).toEqual([path, 404])
  for (const path of ['/api/documents?q=%00', '/api/documents?unit=%00', '/api/people?q=%00'])
    expect([path, (await drafter.get(path)).status]).toEqual([path, 422])
})

test('嵌套极深的 JSON 与对象自带的名称：指明字段的 422，没有登录也一样，不是 500', async () => {
  const deep = (n: number) => `${'{"a":'.repeat(n)}1${'}'.repeat(n)}`
  for (const [client, path] of [
    [anonymous, '/api/auth/sign-in/username'],
    [drafter, '/api/documents'],
  ] as const) {
    const answer = await app.request(path, {
      method: 'POST',
      headers: { cookie: client.cookie, 'content-type': 'application/json' },
      body: deep(50_000),
    })
    expect([path, answer.status]).toEqual([path, 422])
    expect((await problemOf(answer)).issues?.[0]?.message).toContain('嵌套')
  }
  for (const unit of ['__proto__', 'constructor', 'toString']) {
    const answer = await drafter.post('/api/documents', { ...proposal, issuers: [unit] })
    expect([unit, (await problemOf(answer)).issues?.[0]?.path]).toEqual([unit, 'issuers.0'])
  }
})

test('未知命令列出全部命令；系统命令不许代发', async () => {
  const { id } = await json<{ id: string }>(
    drafter.post('/api/documents', { ...proposal, issuers: ['gov'], commandId: randomUUID() }),
  )
  const unknown = await problemOf(await drafter.post(`/api/documents/${id}/commands`, { type: 'Explode' }))
  expect(unknown.code).toBe('invalid')
  expect(unknown.issues?.[0]?.path).toBe('type')
  expect(unknown.issues?.[0]?.message).toContain('SaveDraft')
  const missing = await problemOf(await drafter.post(`/api/documents/${id}/commands`, {}))
  expect(missing.issues?.[0]?.path).toBe('type')
  const system = await drafter.post(`/api/documents/${id}/commands`, {
    type: 'TakeEffect',
    commandId: '00000000-0000-4000-8000-000000000001',
    expectedVersion: 1,
  })
  expect(system.status).toBe(403)
})

test('每页条数超过 100 被拒绝，不悄悄减少；续页标记须是本系统给的', async () => {
  const limit = await problemOf(await drafter.get('/api/people?limit=101'))
  expect(limit.issues?.[0]?.path).toBe('limit')
  const cursor = await problemOf(await drafter.get('/api/people?cursor=abc'))
  expect(cursor.issues?.[0]?.path).toBe('cursor')
  // 伪造的续页标记里，数据库不认识的时刻与文字。
  for (const keys of [
    ['+200000-01-01T00:00:00.000Z', 'x'],
    ['-200000-01-01T00:00:00.000Z', 'x'],
    ['2026-01-01T00:00:00.000Z', '\u0000'],
    ['0', 'x'],
  ]) {
    const forged = Buffer.from(JSON.stringify(keys)).toString('base64url')
    const problem = await problemOf(await drafter.get(`/api/documents?cursor=${forged}`))
    expect([keys, problem.status, problem.issues?.[0]?.path]).toEqual([keys, 422, 'cursor'])
  }
})

test('每一条能续页的接口：任意的续页标记、负的、极大的页码都有 5xx 以外的答复', async () => {
  const hostile = [
    '9'.repeat(400),
    '-1',
    '%00',
    Buffer.from(JSON.stringify(['9'.repeat(30), 'x'])).toString('base64url'),
  ]
  const doors = app.operations.list.filter((door) => door.method === 'get')
  let asked = 0
  for (const door of doors) {
    const path = door.path.replace(/:[a-zA-Z0-9]+/g, '1')
    if (/events|openapi/.test(path)) continue
    for (const given of hostile) {
      const answer = await drafter.get(`${path}?cursor=${given}&page=${given}&from=${given}&limit=2`)
      await answer.text()
      asked++
      expect(answer.status, `${path} ${given.slice(0, 20)}`).toBeLessThan(500)
    }
  }
  expect(asked).toBeGreaterThan(200)
  // 页内的次序是数的，同样只认数；极大的数不是数据库的差错。
  for (const path of ['/public/v1/cleanups', '/public/v1/suggestions'])
    expect((await anonymous.get(`${path}?cursor=${'9'.repeat(400)}`)).status, path).toBe(422)
})

test('拒绝是正常答复：到此为止没有一行错误日志，访问日志不含查询条件', async () => {
  await anonymous.get('/public/v1/receipts/YJ20260302-0123456789ABCDEF0123')
  await anonymous.get('/public/v1/calendar/workday?jurisdiction=640522&date=2026-10-01')
  expect(log.lines.filter((line) => line.level === 'error')).toEqual([])
  const line = log.lines.findLast((each) => each.message === 'request')
  expect(line?.fields).toMatchObject({ method: 'GET', path: '/public/v1/calendar/workday', status: 200 })
  // 回执号是取得答复的凭据，和口令一样不进日志。
  for (const secret of [password, '0123456789ABCDEF0123']) expect(JSON.stringify(log.lines)).not.toContain(secret)
})

test('公开的读取带 ETag，未变答复 304', async () => {
  const path = '/public/v1/calendar/explain?jurisdiction=640522&start=2026-09-25&days=7&unit=wd'
  const first = await anonymous.get(path)
  expect(first.status).toBe(200)
  const tag = first.headers.get('etag')
  expect(tag).not.toBeNull()
  const second = await anonymous.get(path, { 'if-none-match': tag ?? '' })
  expect(second.status).toBe(304)
  expect(second.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  expect(await second.text()).toBe('')
})

test('会话 cookie 不给脚本读取，不随跨站请求发送', async () => {
  const answer = await anonymous.post('/api/auth/sign-in/username', { username: 'drafter', password })
  const cookie = answer.headers.getSetCookie().join('\n')
  expect(cookie).toContain('HttpOnly')
  expect(cookie).toContain('SameSite=Lax')
  expect(cookieOf(answer)).not.toBe('')
  expect(await answer.text()).not.toContain(decodeURIComponent(cookieOf(answer).split('=')[1] ?? '').split('.')[0])
})
