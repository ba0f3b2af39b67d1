// ③ 这是谁：验签的会话 cookie → 一条查询得到人员与当日任职。
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError, type Role, roleLabels } from '@dianzhang/contract'
import { type Person, personOfSession } from '@dianzhang/workflow'
import type { Context, MiddlewareHandler } from 'hono'
import { getSignedCookie } from 'hono/cookie'
import type { AppContext } from '../context.ts'
import type { AppEnv } from './types.ts'

/** Puts `session` and `actor` into the context; never refuses, because some routes are for everybody. */
export function session(ctx: AppContext): MiddlewareHandler<AppEnv> {
  const { secret, sessionCookie } = ctx.auth
  return async (c, next) => {
    c.set('session', null)
    c.set('sessionToken', null)
    c.set('actor', null)
    // The library signs as hono does (HMAC-SHA-256, base64); checking here saves its two queries per request.
    const token = c.req.header('cookie')?.includes(sessionCookie)
      ? await getSignedCookie(c, secret, sessionCookie)
      : undefined
    if (token) {
      const today = dateInShanghai(ctx.office.clock.now().toISOString())
      const found = await personOfSession(ctx.office.db, token, today, new Date())
      if (found) {
        c.set('session', found)
        c.set('sessionToken', token)
        c.set('actor', found.actor)
      }
    }
    await next()
  }
}

/** The signed-in person; refuses 401 without one, 403 while the first password stands. */
export function requirePerson(
  c: Context<AppEnv>,
  ctx: AppContext,
  options: { evenWithFirstPassword?: boolean } = {},
): Person {
  const actor = c.get('actor')
  const found = c.get('session')
  if (!found) throw new AppError('unauthenticated', '请先登录。')
  if (!actor)
    throw new AppError('unauthenticated', found.inactive ? '账号已停用。' : '账号没有对应的人员，请联系系统管理员。')
  if (found.mustChangePassword && ctx.office.mode !== 'demo' && !options.evenWithFirstPassword) {
    throw new AppError('password_change_required', '首次登录须先修改密码：POST /api/auth/change-password。')
  }
  return actor
}

/** Refuses 403 unless the person holds one of the roles, naming them. */
export function requireRole(actor: Person, roles: readonly Role[]): void {
  if (actor.posts.some((post) => roles.includes(post.role))) return
  throw new AppError('forbidden', `须由${roles.map((role) => roleLabels[role]).join('或者')}办理。`)
}
