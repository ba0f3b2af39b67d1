// 单点登录：对着一个真正说 OpenID Connect 的服务走完全程——发现、授权码、PKCE、签名的身份令牌、密钥集。
import { createHash, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cookieOf, httpOffice, json, staff } from '../support/http.ts'

const clientId = 'dianzhang'
const clientSecret = 'a-client-secret'
/** 下一个到授权页的人；`verified` 为身份方是否核实过邮箱。 */
let visitor = { email: 'drafter@example.gov.cn', name: '起草经办人', verified: true }
/** 身份令牌由谁签：`forged` 为不在密钥集里的密钥。 */
let forged = false
/** 身份令牌里被身份方改成别样的内容；`algorithm` 为不签名或者拿公开的密钥当口令来签。 */
let twisted: {
  issuer?: string
  audience?: string
  expires?: string
  nonce?: string
  subject?: string
  algorithm?: 'none' | 'HS256'
} = {}
/** 授权码用过还能再换一次令牌的身份方。 */
let replayable = false

const { publicKey, privateKey } = await generateKeyPair('RS256')
const { privateKey: otherKey } = await generateKeyPair('RS256')
const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }
const grants = new Map<string, { challenge: string; nonce: string | null; who: typeof visitor }>()
const provider = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', issuer())
  const answer = (body: unknown, status = 200) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  }
  if (url.pathname === '/.well-known/openid-configuration')
    return answer({
      issuer: issuer(),
      authorization_endpoint: `${issuer()}/authorize`,
      token_endpoint: `${issuer()}/token`,
      userinfo_endpoint: `${issuer()}/userinfo`,
      jwks_uri: `${issuer()}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    })
  if (url.pathname === '/jwks') return answer({ keys: [jwk] })
  if (url.pathname === '/authorize') {
    const code = randomUUID()
    grants.set(code, {
      challenge: url.searchParams.get('code_challenge') ?? '',
      nonce: url.searchParams.get('nonce'),
      who: visitor,
    })
    const back = new URL(url.searchParams.get('redirect_uri') ?? '')
    back.searchParams.set('code', code)
    back.searchParams.set('state', url.searchParams.get('state') ?? '')
    response.writeHead(302, { location: back.href })
    return response.end()
  }
  if (url.pathname === '/token') {
    let body = ''
    for await (const chunk of request) body += chunk
    const form = new URLSearchParams(body)
    const grant = grants.get(form.get('code') ?? '')
    if (!replayable) grants.delete(form.get('code') ?? '')
    const basic = Buffer.from(request.headers.authorization?.replace(/^Basic /, '') ?? '', 'base64').toString()
    const known = basic === `${clientId}:${clientSecret}` || form.get('client_secret') === clientSecret
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (!grant || !known || challenge !== grant.challenge) return answer({ error: 'invalid_grant' }, 400)
    const claims = { email: grant.who.email, email_verified: grant.who.verified, name: grant.who.name }
    const nonce = twisted.nonce ?? grant.nonce
    const signer = new SignJWT({ ...claims, ...(nonce ? { nonce } : {}) })
      .setProtectedHeader({ alg: twisted.algorithm === 'HS256' ? 'HS256' : 'RS256', kid: 'k1' })
      .setIssuer(twisted.issuer ?? issuer())
      .setAudience(twisted.audience ?? clientId)
      .setSubject(twisted.subject ?? `sub-${grant.who.email}`)
      .setIssuedAt(twisted.expires ? new Date('2020-01-01') : undefined)
      .setExpirationTime(twisted.expires ? new Date(twisted.expires) : '5m')
    const signed = await signer.sign(
      twisted.algorithm === 'HS256' ? new TextEncoder().encode(JSON.stringify(jwk)) : forged ? otherKey : privateKey,
    )
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${signed.split('.')[1]}.`
    const token = twisted.algorithm === 'none' ? unsigned : signed
    return answer({ access_token: token, id_token: token, token_type: 'Bearer', expires_in: 300 })
  }
  if (url.pathname === '/userinfo') {
    const payload = JSON.parse(
      Buffer.from(request.headers.authorization?.split('.')[1] ?? 'e30', 'base64url').toString(),
    ) as Record<string, unknown>
    return answer(forged ? { error: 'invalid_token' } : payload, forged ? 401 : 200)
  }
  return answer({ error: 'not_found' }, 404)
})
const issuer = () => `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve))
afterAll(() => new Promise((resolve) => provider.close(resolve)))

const office = await httpOffice({
  accounts: staff.map((account) =>
    account.username === 'drafter' ? { ...account, email: 'drafter@example.gov.cn' } : account,
  ),
  oidc: {
    discoveryUrl: `${issuer()}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    providerId: 'oidc',
    name: '政务统一身份认证',
    scopes: ['openid', 'profile', 'email'],
  },
})
beforeAll(() => {
  visitor = { email: 'drafter@example.gov.cn', name: '起草经办人', verified: true }
  forged = false
})

/** 从登录页按下“单点登录”，到身份方，再带着授权码回来；答复返回一步的答复。 */
async function through(change: (url: URL) => URL = (url) => url): Promise<Response> {
  const begun = await office.anonymous.post('/api/auth/sign-in/sso', {})
  expect(begun.status).toBe(200)
  const { url } = await json<{ url: string }>(begun.clone())
  const asked = new URL(url)
  expect(asked.searchParams.get('code_challenge_method')).toBe('S256')
  const redirected = await fetch(asked, { redirect: 'manual' })
  const back = change(new URL(redirected.headers.get('location') ?? ''))
  return office.app.request(`${back.pathname}${back.search}`, { headers: { cookie: cookieOf(begun) } })
}

test('在身份方登录以后回到工作台，就是本系统的那个人；口令登录照旧', async () => {
  expect(await json(office.anonymous.get('/api/auth/ways'))).toEqual({ sso: { name: '政务统一身份认证' } })
  const answer = await through()
  expect(answer.status).toBe(302)
  expect(answer.headers.get('location')).toMatch(/\/staff$/)
  const me = await json<{ person: string; roles: string[] }>(
    office.app.request('/api/me', { headers: { cookie: cookieOf(answer) } }),
  )
  expect(JSON.stringify(me)).toContain('drafter')
  const again = await through()
  expect(again.headers.get('location')).toMatch(/\/staff$/)
  expect((await (await office.signIn('drafter')).get('/api/me')).status).toBe(200)
})

test.each([
  ['本系统没有账号的人', () => ({ email: 'nobody@example.gov.cn', name: '外人', verified: true }), false],
  ['冒用他人邮箱而身份方没有核实的', () => ({ email: 'head@accounts.invalid', name: '冒名', verified: false }), false],
  ['令牌不是身份方签发的', () => ({ email: 'drafter@example.gov.cn', name: '起草经办人', verified: true }), true],
] as const)('%s不能登录，也不因此多出账号', async (_name, who, forge) => {
  const count = async () => {
    const [row] = await office.database.connect().sql`select count(*)::int as n from auth_users`
    return row?.n
  }
  const before = await count()
  visitor = who()
  forged = forge
  const answer = await through()
  visitor = { email: 'drafter@example.gov.cn', name: '起草经办人', verified: true }
  forged = false
  expect(answer.headers.get('location') ?? '').not.toMatch(/\/staff$/)
  expect(answer.headers.getSetCookie().join()).not.toMatch(/session=[^;]{20}/)
  expect(await count()).toBe(before)
})

test('改动过的 state、别人的授权码都不受理', async () => {
  const changed = await through((url) => {
    url.searchParams.set('state', 'something-else')
    return url
  })
  expect(changed.headers.get('location') ?? '').not.toMatch(/\/staff$/)
  // 回到本系统的登录页，说明没有成功；不是认证库自己的出错页（那里什么也没有）。
  expect(changed.headers.get('location')).toMatch(/\/staff\/sign-in\?refused=sso(&|$)/)
  const guessed = await through((url) => {
    url.searchParams.set('code', randomUUID())
    return url
  })
  expect(guessed.headers.get('location') ?? '').not.toMatch(/\/staff$/)
})

/** 没有登录成：不回工作台，没有会话。 */
const refused = (answer: Response): void => {
  expect(answer.headers.get('location') ?? '').not.toMatch(/\/staff$/)
  expect(answer.headers.getSetCookie().join()).not.toMatch(/session=[^;]{20}/)
}

test.each([
  ['别的身份方签发的', { issuer: 'https://evil.example' }],
  ['发给别的系统的', { audience: 'another-client' }],
  ['早已过期的', { expires: '2020-01-02' }],
  ['别的登录留下的（nonce 不符）', { nonce: 'someone-elses-nonce' }],
  ['没有签名的', { algorithm: 'none' as const }],
  ['拿公开的密钥当口令签的', { algorithm: 'HS256' as const }],
])('身份令牌是%s，不能登录', async (_name, change) => {
  twisted = change
  const answer = await through().finally(() => {
    twisted = {}
  })
  refused(answer)
})

test('用过的授权码、用过的回来的网址再来一次，不再登录', async () => {
  replayable = true
  try {
    const begun = await office.anonymous.post('/api/auth/sign-in/sso', {})
    const { url } = await json<{ url: string }>(begun.clone())
    const redirected = await fetch(url, { redirect: 'manual' })
    const back = new URL(redirected.headers.get('location') ?? '')
    const go = () => office.app.request(`${back.pathname}${back.search}`, { headers: { cookie: cookieOf(begun) } })
    expect((await go()).headers.get('location')).toMatch(/\/staff$/)
    refused(await go())
  } finally {
    replayable = false
  }
})

test('别人带着自己的授权码，在另一人的浏览器里完不成登录', async () => {
  const mine = await office.anonymous.post('/api/auth/sign-in/sso', {})
  const theirs = await office.anonymous.post('/api/auth/sign-in/sso', {})
  const { url } = await json<{ url: string }>(theirs.clone())
  const back = new URL((await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '')
  refused(await office.app.request(`${back.pathname}${back.search}`, { headers: { cookie: cookieOf(mine) } }))
  refused(await office.app.request(`${back.pathname}${back.search}`))
})

test('身份方把同一邮箱给了另一个人：账号还是原来那个人的，不因此换主', async () => {
  expect((await through()).headers.get('location')).toMatch(/\/staff$/)
  twisted = { subject: 'somebody-else' }
  const answer = await through().finally(() => {
    twisted = {}
  })
  refused(answer)
  const rows = await office.database.connect().sql`select account_id from auth_accounts where provider_id = 'oidc'`
  expect(rows.map((row) => row.account_id)).toEqual(['sub-drafter@example.gov.cn'])
})

test('停用的人、没有任职的人：单点登录进不来，或者进来什么也不能办', async () => {
  const { sql } = office.database.connect()
  await sql`delete from person_roles where person_id = 'drafter'`
  const cookie = cookieOf(await through())
  const proposal = {
    type: 'ProposeDocument',
    commandId: randomUUID(),
    title: '试',
    jurisdiction: '640522',
    issuers: ['water'],
    tier: 'department',
    classification: {},
    necessity: '试',
  }
  const answer = await office.app.request('/api/documents', {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify(proposal),
  })
  expect([401, 403, 422]).toContain(answer.status)
  await sql`update people set active = false where id = 'drafter'`
  refused(await through())
})
