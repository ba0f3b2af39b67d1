// ③ Who is this: a signed session cookie → one query gives the person and the posts held that day.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError, type Role, roleLabels } from '@dianzhang/contract'
import { type Person, personOfSession } from '@dianzhang/workflow'
import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import type { AppContext } from '../context.ts'
import type { AppEnv } from './types.ts'

/** Cookies whose signature was found to be ours; whether the session still stands is asked of the database every time. */
const signed = new Map<string, string>()
const mostSigned = 2000

/** `token.signature` → the token when the signature is ours. Synchronous: the thread pool costs more than the hash. */
function verified(value: string | undefined, secret: string): string | undefined {
  const at = value?.lastIndexOf('.') ?? -1
  if (value === undefined || at < 1) return undefined
  const key = `${secret} ${value}`
  const known = signed.get(key)
  if (known !== undefined) return known
  const token = value.slice(0, at)
  const given = Buffer.from(value.slice(at + 1), 'base64')
  const wanted = createHmac('sha256', secret).update(token).digest()
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined
  if (signed.size >= mostSigned) signed.clear()
  signed.set(key, token)
  return token
}

/** Puts `session` and `actor` into the context; never refuses, because some routes are for everybody. */
export function session(ctx: AppContext): MiddlewareHandler<AppEnv> {
  const { secret, sessionCookie, idleMinutes } = ctx.auth
  const idle = idleMinutes === null ? null : { minutes: idleMinutes }
  return async (c, next) => {
    c.set('session', null)
    c.set('sessionToken', null)
    c.set('actor', null)
    c.set('another', false)
    // The library signs as hono does (HMAC-SHA-256, base64); checking here saves its two queries per request.
    const token = c.req.header('cookie')?.includes(sessionCookie)
      ? verified(getCookie(c, sessionCookie), secret)
      : undefined
    if (token) {
      const today = dateInShanghai(ctx.office.clock.now().toISOString())
      // What a page asks by itself, again and again, is nobody using it; otherwise an open window never signs out.
      const used = c.req.header('x-background') === undefined
      const found = await personOfSession(ctx.office, token, today, new Date(), idle && { ...idle, used })
      // A page says whose it is: where another person has signed in in the same browser since, it is answered as nobody's, so
      // that nothing is done in that person's name.
      const asking = c.req.header('x-person')
      if (found && asking !== undefined && asking !== encodeURIComponent(found.actor?.person ?? ''))
        c.set('another', true)
      else if (found) {
        c.set('session', found)
        c.set('sessionToken', token)
        c.set('actor', found.actor)
      }
    }
    await next()
  }
}

/** Whom a session belongs to at this moment; null when it has ended, the account is closed, or the person is no longer in office.
 * A notice sent by itself is not a use of the session. */
export async function sessionNow(ctx: AppContext, token: string): Promise<Person | null> {
  const today = dateInShanghai(ctx.office.clock.now().toISOString())
  const { idleMinutes } = ctx.auth
  const idle = idleMinutes === null ? null : { minutes: idleMinutes, used: false }
  const found = await personOfSession(ctx.office, token, today, new Date(), idle)
  return found?.actor ?? null
}

/** The signed-in person; refuses 401 without one, 403 while the first password stands. */
export function requirePerson(c: Context<AppEnv>, options: { evenWithFirstPassword?: boolean } = {}): Person {
  const actor = c.get('actor')
  const found = c.get('session')
  if (c.get('another'))
    throw new AppError('unauthenticated', '这个浏览器里现在登录的是另一个人，没有以那个人的名义办理。', {
      another: true,
    })
  if (!found) throw new AppError('unauthenticated', '请先登录。')
  if (!actor)
    throw new AppError('unauthenticated', found.inactive ? '账号已停用。' : '账号没有对应的人员，请联系系统管理员。')
  if (found.mustChangePassword && !options.evenWithFirstPassword) {
    throw new AppError(
      'password_change_required',
      '首次登录须先修改密码（工作台右上角点本人姓名；接口为 POST /api/auth/change-password）。',
    )
  }
  return actor
}

/** Refuses 403 unless the person holds one of the roles, naming them. */
export function requireRole(actor: Person, roles: readonly Role[]): void {
  if (actor.posts.some((post) => roles.includes(post.role))) return
  throw new AppError('forbidden', `须由${roles.map((role) => roleLabels[role]).join('或者')}办理。`)
}
