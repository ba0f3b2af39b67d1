// 一个真实的办公室与其 HTTP 应用，不监听端口：测试经 app.request() 说话。

import type { Role } from '@dianzhang/contract'
import { schema } from '@dianzhang/database'
import type { AuthLimits, Rate } from '@dianzhang/server'
import {
  type App,
  type AppContext,
  createApp,
  createAuth,
  createLimiter,
  createMetrics,
  DemoClock,
  generousLimits,
  hashPassword,
  publicExportRates,
  publicWriteRates,
} from '@dianzhang/server'
import { createOffice, createUser, ensureCurrentBodies, type Log, type Office } from '@dianzhang/workflow'
import { afterAll } from 'vitest'
import { z } from 'zod'
import { type TestDatabase, testDatabase } from './database.ts'

export const jurisdiction = '640522'
export const password = 'correct-horse-battery'
export const origin = 'http://localhost'

export const unitRows = [
  { id: 'gov', name: '示范县人民政府', kind: 'government', parentId: null, eligible: true },
  { id: 'office', name: '示范县人民政府办公室', kind: 'office', parentId: 'gov', eligible: true },
  { id: 'justice', name: '示范县司法局', kind: 'department', parentId: 'gov', eligible: true },
  { id: 'water', name: '示范县水务局', kind: 'department', parentId: 'gov', eligible: true },
] as const

export interface Account {
  username: string
  unit: string
  roles: Role[]
  mustChangePassword?: boolean
  email?: string
}
export const staff: Account[] = [
  { username: 'drafter', unit: 'water', roles: ['drafter'] },
  { username: 'head', unit: 'water', roles: ['unit_head'] },
  { username: 'reviewer', unit: 'justice', roles: ['legality_reviewer'] },
  { username: 'secretary', unit: 'office', roles: ['secretariat'] },
  { username: 'admin', unit: 'office', roles: ['admin'] },
]

export interface LogLine {
  level: 'info' | 'warn' | 'error'
  message: string
  fields: Record<string, unknown>
}

/** Remembers what was logged, so that a test can say what must not be an error. */
export function recordingLog(): Log & { lines: LogLine[] } {
  const lines: LogLine[] = []
  const at = (level: LogLine['level']) => (fields: Record<string, unknown>, message: string) => {
    lines.push({ level, message, fields })
  }
  return { lines, info: at('info'), warn: at('warn'), error: at('error') }
}

export interface Client {
  cookie: string
  get(path: string, headers?: Record<string, string>): Promise<Response>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
  delete(path: string): Promise<Response>
}
export interface HttpOffice {
  app: App
  ctx: AppContext
  office: Office
  database: TestDatabase
  log: ReturnType<typeof recordingLog>
  /** Without a session. */
  anonymous: Client
  signIn(username: string, secret?: string): Promise<Client>
}
export interface HttpOfficeOptions {
  mode?: Office['mode']
  /** Start of the demo clock; only where there is one. */
  now?: string
  demoClock?: boolean
  authLimits?: AuthLimits
  publicWrites?: Rate
  exports?: Rate
  trustedProxies?: string[]
  metricsToken?: string
  secureCookies?: boolean
  accounts?: Account[]
  oidc?: Parameters<typeof createAuth>[0]['oidc']
}

let hash: Promise<string> | undefined
/** The digest of {@link password}; computed once. */
export const hashed = (): Promise<string> => {
  hash ??= hashPassword(password)
  return hash
}

/** Every answer is what its schema says; the route and the field are named. */
export function asSaid(route: string, answer: z.ZodType, body: unknown): void {
  const read = answer.safeParse(body)
  if (!read.success) throw new Error(`${route} 的答复与其模式不符：${z.prettifyError(read.error)}`)
}
/** Builds one for the calling file and closes it afterwards. */
export async function httpOffice(options: HttpOfficeOptions = {}): Promise<HttpOffice> {
  const database = await testDatabase()
  const { db } = database.asApplication()
  const log = recordingLog()
  const clock = await DemoClock.open(db, options.now ?? '2026-03-02T09:00:00+08:00')
  const metrics = createMetrics({ db, clock, process: false })
  const mode = options.mode ?? 'test'
  const office = await createOffice({ db, readDb: db, clock, log, meters: metrics.meters, mode })
  afterAll(() => office.close())
  const auth = createAuth({
    db,
    log,
    secret: 'a-secret-for-tests-that-is-long-enough-0123456789',
    publicUrl: null,
    secureCookies: options.secureCookies ?? false,
    oidc: options.oidc ?? null,
    limits: options.authLimits ?? generousLimits,
  })
  const ctx: AppContext = {
    office,
    auth,
    metrics,
    demoClock: (options.demoClock ?? mode !== 'serve') ? clock : null,
    trustedProxies: options.trustedProxies ?? [],
    publicUrl: null,
    metricsToken: options.metricsToken ?? null,
    https: options.secureCookies ?? false,
    witness: asSaid,
    limits: {
      publicWrites: createLimiter(options.publicWrites ?? publicWriteRates.test),
      receipts: createLimiter(publicWriteRates.test),
      exports: createLimiter(options.exports ?? publicExportRates.test),
    },
  }
  await db.insert(schema.units).values(unitRows.map((unit, sort) => ({ jurisdictionId: jurisdiction, sort, ...unit })))
  await ensureCurrentBodies(office, db, jurisdiction)
  const passwordHash = await hashed()
  for (const account of options.accounts ?? staff) {
    await createUser(db, {
      jurisdiction,
      username: account.username,
      name: `${account.username}（测试）`,
      unit: account.unit,
      posts: account.roles.map((role) => ({ role })),
      passwordHash,
      mustChangePassword: account.mustChangePassword ?? false,
      ...(account.email === undefined ? {} : { email: account.email }),
      person: account.username,
      at: new Date(),
    })
  }
  const app = createApp(ctx)
  const client = (cookie: string): Client => {
    const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
      Promise.resolve(
        app.request(path, {
          method,
          headers: {
            ...(cookie === '' ? {} : { cookie }),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      )
    return {
      cookie,
      get: (path, headers) => send('GET', path, undefined, headers),
      post: (path, body, headers) => send('POST', path, body, headers),
      delete: (path) => send('DELETE', path),
    }
  }
  return {
    app,
    ctx,
    office,
    database,
    log,
    anonymous: client(''),
    async signIn(username, secret = password) {
      const answer = await client('').post('/api/auth/sign-in/username', { username, password: secret })
      if (!answer.ok) throw new Error(`${username} could not sign in: ${answer.status} ${await answer.text()}`)
      return client(cookieOf(answer))
    },
  }
}

/** The cookies of an answer as a browser would send them back. */
export function cookieOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

/** The JSON of an answer, of the shape that the test expects of it. */
export async function json<T>(answer: Response | Promise<Response>): Promise<T> {
  return (await (await answer).json()) as T
}

/** The problem document of a refusal; fails when the answer is not one. */
export async function problemOf(answer: Response): Promise<{
  status: number
  code: string
  title: string
  detail: string
  requestId?: string
  issues?: Array<{ path: string; message: string }>
}> {
  const type = answer.headers.get('content-type')
  if (type !== 'application/problem+json')
    throw new Error(`expected a problem, got ${answer.status} ${type}: ${await answer.text()}`)
  return (await answer.json()) as Awaited<ReturnType<typeof problemOf>>
}
