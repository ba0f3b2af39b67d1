// Sign-in: better-auth looks after accounts, passwords, sessions and rate limits; this system opens only sign-in,
// sign-out, change of password and (as configured) single sign-on.
import { randomInt } from 'node:crypto'
import { and, type Db, eq, schema } from '@dianzhang/database'
import { type Log, noteSignIn, usernamePattern } from '@dianzhang/workflow'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { hashPassword } from 'better-auth/crypto'
import { betterAuth } from 'better-auth/minimal'
import { genericOAuth } from 'better-auth/plugins/generic-oauth'
import { username } from 'better-auth/plugins/username'
import type { OidcSettings } from './env.ts'
import type { GuessLimits } from './http/guess-limits.ts'
import { safeError } from './safe-error.ts'

export { hashPassword }

/** Sixteen characters that cannot be misread even when copied on paper; must be changed at the first sign-in. */
export function oneTimePassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
  return Array.from({ length: 16 }, () => alphabet[randomInt(alphabet.length)]).join('')
}

/** Password length; demo accounts are written directly by the seed and are not bound by it. */
export const passwordLength = { min: 10, max: 128 } as const
const hours = 3600

export interface AuthSettings {
  db: Db
  log: Log
  secret: string
  publicUrl: string | null
  /** The session cookie is sent over https only. */
  secureCookies: boolean
  oidc: OidcSettings | null
  limits: AuthLimits
  /** Minutes without a request after which a session ends; null for none. */
  idleMinutes: number | null
  /** The office's time, for the record of the last sign-in. */
  now(): Date
}
/** The pace of sign-in attempts: per address, per account at one place, per account over all places. */
export type AuthLimits = GuessLimits
/** Rate limits of production mode; demo and tests use {@link generousLimits}. */
export const productionLimits: AuthLimits = {
  address: { burst: 30, seconds: 2 },
  account: { burst: 10, seconds: 30 },
  everywhere: { burst: 100, seconds: 10 },
}
const generous = { burst: 10_000, seconds: 1 }
export const generousLimits: AuthLimits = { address: generous, account: generous, everywhere: generous }

export interface Auth {
  /** The library's own handler, below {@link basePath}; only the routes of `routes/auth.ts` reach it. */
  handler(request: Request): Promise<Response>
  /** Where the library believes it is served. */
  baseUrl: string
  secret: string
  /** Name of the session cookie. */
  sessionCookie: string
  /** Name of the cookie held by a device that has signed in successfully before. */
  deviceCookie: string
  /** Cookies are sent over https only. */
  secureCookies: boolean
  limits: AuthLimits
  idleMinutes: number | null
  oidc: { providerId: string; name: string } | null
}

export const basePath = '/api/auth'
/** The page to return to when single sign-on has not succeeded. */
export const refusedUrl = '/staff/sign-in?refused=sso'
/**
 * The client address that this system puts in and the library reads; a header of that name brought by the visitor is
 * removed first.
 */
export const clientHeader = 'x-dianzhang-client'

export function createAuth(settings: AuthSettings): Auth {
  const { db, log, secret, oidc, secureCookies } = settings
  const baseUrl = settings.publicUrl ?? 'http://localhost'
  // `__Host-` binds the cookie to this host, this path and https; browsers refuse the name without them.
  const sessionCookie = secureCookies ? '__Host-dianzhang.session' : 'dianzhang.session'
  const auth = betterAuth({
    appName: '典章',
    baseURL: baseUrl,
    basePath,
    secret,
    telemetry: { enabled: false },
    database: drizzleAdapter(db, {
      provider: 'pg',
      schema: {
        user: schema.authUsers,
        session: schema.authSessions,
        account: schema.authAccounts,
        verification: schema.authVerifications,
        rateLimit: schema.authRateLimits,
      },
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
    },
    // One working day; never prolonged, so that reading a session is one query and no write.
    session: { expiresIn: 12 * hours, disableSessionRefresh: true, freshAge: 0 },
    rateLimit: {
      enabled: true,
      storage: 'database',
      // Guesses are counted before the library is asked (http/guess-limits.ts); the library reads and then writes, so that
      // many at once pass its own limit. The longest window decides how long counters are kept, ours included.
      window: 3600,
      max: 1_000_000,
      customRules: {
        '/sign-in/username': false,
        '/change-password': false,
        '/sign-in/social': { window: 60, max: settings.limits.address.burst },
      },
    },
    advanced: {
      cookiePrefix: 'dianzhang',
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/', secure: secureCookies },
      cookies: { session_token: { name: sessionCookie, attributes: { secure: secureCookies } } },
      ipAddress: { ipAddressHeaders: [clientHeader] },
      // Cross-site writes were refused before (http/guards.ts), for every route alike.
      disableCSRFCheck: true,
      disableOriginCheck: false,
    },
    // A sign-in that lost its way (an old tab, a cookie that is gone) ends where people sign in, not at the library's page.
    onAPIError: { errorURL: refusedUrl },
    account: oidc
      ? { accountLinking: { enabled: true, trustedProviders: [oidc.providerId], requireLocalEmailVerified: true } }
      : { accountLinking: { enabled: false } },
    databaseHooks: {
      account: {
        create: {
          // The provider may give a mailbox to somebody else one day; who the account belongs to is not decided by the
          // mailbox a second time.
          before: async (account) => {
            if (account.providerId !== oidc?.providerId) return
            const { authAccounts } = schema
            const linked = await db
              .select({ id: authAccounts.id })
              .from(authAccounts)
              .where(and(eq(authAccounts.userId, account.userId), eq(authAccounts.providerId, account.providerId)))
              .limit(1)
            if (linked.length === 0) return
            log.warn({ part: 'auth', user: account.userId }, '单点登录：邮箱相同而身份方的标识不同，没有登录')
            return false
          },
        },
      },
      session: {
        create: {
          // Whoever is disabled gets no session; with a password the route itself says so (routes/auth.ts).
          before: async (session, context) => {
            if (context?.path === '/sign-in/username') return
            const { people } = schema
            const [person] = await db
              .select({ active: people.active })
              .from(people)
              .where(eq(people.userId, session.userId))
              .limit(1)
            return person?.active === false ? false : undefined
          },
          after: async (session, context) => {
            if (context?.path !== '/sign-in/username') await noteSignIn(db, session.userId, settings.now())
          },
        },
      },
    },
    plugins: [
      username({ usernameValidator: (name) => usernamePattern.test(name) }),
      ...(oidc
        ? [
            genericOAuth({
              config: [
                {
                  providerId: oidc.providerId,
                  name: oidc.name,
                  discoveryUrl: oidc.discoveryUrl,
                  clientId: oidc.clientId,
                  clientSecret: oidc.clientSecret,
                  scopes: oidc.scopes,
                  pkce: true,
                  disableSignUp: true,
                  disableImplicitSignUp: true,
                },
              ],
            }),
          ]
        : []),
    ],
    logger: {
      level: 'warn',
      log: (level, message, ...rest) => {
        const fields = { part: 'auth', ...(rest.length > 0 ? { rest: rest.map(safeError) } : {}) }
        if (level === 'error') log.error(fields, message)
        else log.info(fields, message)
      },
    },
  })
  return {
    handler: (request) => auth.handler(request),
    baseUrl,
    secret,
    sessionCookie,
    deviceCookie: secureCookies ? '__Host-dianzhang.device' : 'dianzhang.device',
    secureCookies,
    limits: settings.limits,
    idleMinutes: settings.idleMinutes,
    oidc: oidc ? { providerId: oidc.providerId, name: oidc.name } : null,
  }
}
