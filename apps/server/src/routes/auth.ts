// Sign-in, sign-out, change of password, single sign-on: passed to the auth library, with errors rewritten as the
// usual answers in Chinese. All its other endpoints stay closed.
import { AppError, answers, type FieldIssue } from '@dianzhang/contract'
import { and, eq, schema } from '@dianzhang/database'
import { noteSignIn } from '@dianzhang/workflow'
import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { serialize } from 'hono/utils/cookie'
import { z } from 'zod'
import { basePath, clientHeader, passwordLength, refusedUrl } from '../auth.ts'
import type { AppContext } from '../context.ts'
import { countGuess } from '../http/guess-limits.ts'
import type { Operations } from '../http/operations.ts'
import { rateLimited } from '../http/problem.ts'
import type { AppEnv } from '../http/types.ts'
import { weakness } from '../passwords.ts'

const { SignedIn } = answers

const { authSessions, authUsers, people, units } = schema
/** How many days a device is remembered: renewed by each sign-in. */
const deviceDays = 180

const SignIn = z.object({ username: z.string().min(1).max(100), password: z.string().min(1).max(1000) })
const ChangePassword = z
  .object({
    currentPassword: z.string().min(1).max(1000),
    newPassword: z
      .string()
      .min(passwordLength.min, `新密码至少 ${passwordLength.min} 个字符`)
      .max(passwordLength.max, `新密码最多 ${passwordLength.max} 个字符`),
  })
  .refine((body) => body.currentPassword !== body.newPassword, {
    path: ['newPassword'],
    message: '新密码不得与原密码相同',
  })

export function authRoutes(ops: Operations, ctx: AppContext): void {
  const { auth, office } = ctx

  ops.open(
    {
      method: 'post',
      path: '/api/auth/sign-in/username',
      tag: '登录',
      summary: '以用户名和密码登录，答复会话 cookie',
      body: SignIn,
      answer: { description: '已登录', schema: SignedIn },
      problems: ['unauthenticated', 'rate_limited'],
    },
    async (c, { body }) => {
      const guess = await countGuess(office.sessionDb, auth.limits, {
        secret: auth.secret,
        username: body.username,
        address: c.get('address'),
        cookie: getCookie(c, auth.deviceCookie),
      })
      const response = await forward(ctx, c, '/sign-in/username', body)
      if (!response.ok) {
        if (response.status === 429) throw tooMany(response)
        // The library says no more than that; what it could not do was to ask the database.
        if (response.status >= 500) throw away('登录')
        throw new AppError('unauthenticated', '用户名或者密码不正确。')
      }
      const device = await guess.right()
      const [user] = await office.sessionDb
        .select({
          id: authUsers.id,
          name: authUsers.name,
          username: authUsers.username,
          mustChangePassword: authUsers.mustChangePassword,
          active: people.active,
          unit: units.name,
        })
        .from(authUsers)
        .leftJoin(people, eq(people.userId, authUsers.id))
        .leftJoin(units, and(eq(units.jurisdictionId, people.jurisdictionId), eq(units.id, people.unitId)))
        .where(eq(authUsers.username, body.username.toLowerCase()))
        .orderBy(people.jurisdictionId)
        .limit(1)
      if (user?.active === false) {
        // The library has opened a session; it must not come alive when the account is enabled again.
        await office.sessionDb.delete(authSessions).where(eq(authSessions.userId, user.id))
        throw new AppError('unauthenticated', '账号已停用，请联系系统管理员。')
      }
      // A password of the days before passwords were judged must not stay for ever.
      if (user && !user.mustChangePassword && office.mode !== 'demo') {
        const weak = await weakness(body.password, [user.username ?? '', user.name, user.unit ?? ''])
        if (weak !== null) {
          user.mustChangePassword = true
          await office.sessionDb.update(authUsers).set({ mustChangePassword: true }).where(eq(authUsers.id, user.id))
        }
      }
      // A disabled account was refused above; whoever is let in by single sign-on is noted with the session (auth.ts).
      if (user) await noteSignIn(office.sessionDb, user.id, office.clock.now())
      const shown = user && { ...user, id: undefined, active: undefined, unit: undefined }
      const answer = withCookies(c.json({ user: shown }), response)
      const kept = { httpOnly: true, sameSite: 'Lax', path: '/', secure: auth.secureCookies } as const
      const cookie = serialize(auth.deviceCookie, device, { ...kept, maxAge: deviceDays * 86_400 })
      answer.headers.append('set-cookie', cookie)
      return answer
    },
  )

  ops.open(
    {
      method: 'post',
      path: '/api/auth/sign-out',
      tag: '登录',
      summary: '登出并作废会话',
      answer: { description: '已登出', schema: answers.Done },
      problems: ['unavailable'],
    },
    async (c) => {
      // The page's own session is gone already; the one that took its place is not its to end.
      if (c.get('another')) return c.json({ success: true })
      // The library says it is done even when the database did not answer; a session that stays alive is not signed out.
      const token = c.get('sessionToken')
      if (token) await office.sessionDb.delete(authSessions).where(eq(authSessions.token, token))
      const response = await forward(ctx, c, '/sign-out', {})
      return withCookies(c.json({ success: true }), response)
    },
  )

  ops.staff(
    {
      method: 'post',
      path: '/api/auth/change-password',
      tag: '登录',
      summary: '修改密码；其他会话随即作废',
      body: ChangePassword,
      answer: { description: '已修改', schema: answers.Done },
      problems: ['rate_limited'],
      evenWithFirstPassword: true,
    },
    async (c, { body, actor }) => {
      // The present password can be guessed at here too, by whoever sits at a desk that was left open.
      const guess = await countGuess(office.sessionDb, auth.limits, {
        secret: auth.secret,
        username: `change|${actor.userId}`,
        address: c.get('address'),
        cookie: undefined,
      })
      const [who] = await office.sessionDb
        .select({ username: authUsers.username, name: authUsers.name, unit: units.name })
        .from(authUsers)
        .leftJoin(units, and(eq(units.jurisdictionId, actor.jurisdiction), eq(units.id, actor.unit)))
        .where(eq(authUsers.id, actor.userId))
      const weak = await weakness(body.newPassword, [who?.username ?? '', who?.name ?? '', who?.unit ?? ''])
      if (weak !== null)
        throw new AppError('invalid', '密码没有修改。', { issues: [{ path: 'newPassword', message: weak }] })
      const response = await forward(ctx, c, '/change-password', { ...body, revokeOtherSessions: true })
      if (!response.ok) throw await passwordProblem(response)
      await guess.right()
      await office.sessionDb.update(authUsers).set({ mustChangePassword: false }).where(eq(authUsers.id, actor.userId))
      return withCookies(c.json({ success: true }), response)
    },
  )

  ops.open(
    {
      method: 'get',
      path: '/api/auth/ways',
      tag: '登录',
      summary: '用户名与密码以外的登录方式；没有配置单点登录时 sso 为 null',
      answer: {
        description: '登录方式',
        schema: answers.SignInWays,
      },
    },
    (c) => c.json({ sso: auth.oidc && { name: auth.oidc.name } }),
  )

  if (auth.oidc) {
    const { providerId } = auth.oidc
    ops.open(
      {
        method: 'post',
        path: '/api/auth/sign-in/sso',
        tag: '登录',
        summary: `${auth.oidc.name}：答复须转到的网址`,
        answer: { description: '转到 url 继续登录', schema: answers.SignInElsewhere },
      },
      async (c) => {
        const response = await forward(ctx, c, '/sign-in/social', {
          provider: providerId,
          callbackURL: '/staff',
          errorCallbackURL: refusedUrl,
          disableRedirect: true,
        })
        if (!response.ok) throw new AppError('unavailable', '单点登录暂不可用。')
        const { url } = (await response.json()) as { url: string }
        return withCookies(c.json({ url }), response)
      },
    )
    ops.open(
      {
        method: 'get',
        path: `${basePath}/callback/${providerId}`,
        tag: '登录',
        summary: '单点登录返回',
        answer: { description: '转回本系统', mediaType: 'text/html' },
      },
      (c) =>
        ctx.auth.handler(
          new Request(new URL(new URL(c.req.url).search, `${auth.baseUrl}${basePath}/callback/${providerId}`), {
            headers: cleanHeaders(c),
          }),
        ),
    )
  }
}

/** Sends one request to the library, with the address that this server believes in and nothing else forwarded. */
function forward(ctx: AppContext, c: Context<AppEnv>, path: string, body: unknown): Promise<Response> {
  const headers = cleanHeaders(c)
  headers.set('content-type', 'application/json')
  return ctx.auth.handler(
    new Request(`${ctx.auth.baseUrl}${basePath}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
  )
}

function cleanHeaders(c: Context<AppEnv>): Headers {
  const headers = new Headers()
  for (const name of ['cookie', 'user-agent', 'accept-language']) {
    const value = c.req.header(name)
    if (value !== undefined) headers.set(name, value)
  }
  const address = c.get('address')
  headers.set(clientHeader, address === 'local' ? '127.0.0.1' : address)
  return headers
}

function withCookies(answer: Response, from: Response): Response {
  for (const cookie of from.headers.getSetCookie()) answer.headers.append('set-cookie', cookie)
  answer.headers.set('cache-control', 'no-store')
  return answer
}

const away = (what: string): AppError =>
  new AppError('unavailable', `数据库暂时没有答复，这一次没有${what}。请稍后再试。`)

const tooMany = (response: Response): AppError => rateLimited(Number(response.headers.get('x-retry-after') ?? 60))

async function passwordProblem(response: Response): Promise<Error> {
  if (response.status === 429) return tooMany(response)
  if (response.status >= 500) return away('修改密码')
  const { code } = (await response.json().catch(() => ({}))) as { code?: string }
  const issues: Record<string, FieldIssue> = {
    INVALID_PASSWORD: { path: 'currentPassword', message: '原密码不正确' },
    PASSWORD_TOO_SHORT: { path: 'newPassword', message: `新密码至少 ${passwordLength.min} 个字符` },
    PASSWORD_TOO_LONG: { path: 'newPassword', message: `新密码最多 ${passwordLength.max} 个字符` },
    CREDENTIAL_ACCOUNT_NOT_FOUND: { path: 'currentPassword', message: '此账号只能单点登录，没有密码' },
  }
  const issue = issues[code ?? '']
  if (response.status === 401 || !issue) return new AppError('unauthenticated', '请先登录。')
  return new AppError('invalid', '密码没有修改。', { issues: [issue] })
}
