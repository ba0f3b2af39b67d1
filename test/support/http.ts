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
  publicExportRates,
  publicWriteRates,
} from '@dianzhang/server'
import { createOffice, createUser, ensureCurrentBodies, type Log, type Office } from '@dianzhang/workflow'
import { afterAll } from 'vitest'
import { z } from 'zod'
import type { TestDatabase } from './database.ts'
import { officeDatabase } from './office-database.ts'
import { hashOf } from './passwords.ts'

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

/** 记下写过的日志，测试可以据此说哪些不应当是错误。 */
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
  /** 演示时钟的起点；有演示时钟的才用。 */
  now?: string
  demoClock?: boolean
  authLimits?: AuthLimits
  idleMinutes?: number
  publicWrites?: Rate
  exports?: Rate
  trustedProxies?: string[]
  metricsToken?: string
  secureCookies?: boolean
  accounts?: Account[]
  oidc?: Parameters<typeof createAuth>[0]['oidc']
}

/** {@link password} 的散列值。 */
export const hashed = (): Promise<string> => hashOf(password)

/** 每个答复都与其模式所说的一致；不一致的，指明路由与字段。 */
export function asSaid(route: string, answer: z.ZodType, body: unknown): void {
  const read = answer.safeParse(body)
  if (!read.success) throw new Error(`${route} 的答复与其模式不符：${z.prettifyError(read.error)}`)
}
/** 为调用的文件建一个，用完关闭。 */
export async function httpOffice(options: HttpOfficeOptions = {}): Promise<HttpOffice> {
  const database = await officeDatabase()
  const { db } = database.asApplication()
  // 与程序一样，读的另有连接（见 support/office.ts）。
  const { db: readDb } = database.asApplication()
  const log = recordingLog()
  const clock = await DemoClock.open(db, options.now ?? '2026-03-02T09:00:00+08:00')
  const metrics = createMetrics({ db, clock, process: false })
  const mode = options.mode ?? 'test'
  const office = await createOffice({ db, readDb, clock, log, meters: metrics.meters, mode })
  afterAll(() => office.close())
  const auth = createAuth({
    db,
    log,
    secret: 'a-secret-for-tests-that-is-long-enough-0123456789',
    publicUrl: null,
    secureCookies: options.secureCookies ?? false,
    oidc: options.oidc ?? null,
    limits: options.authLimits ?? generousLimits,
    idleMinutes: options.idleMinutes ?? null,
    now: () => clock.now(),
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

/** 答复里的 cookie，写成浏览器会带回的样子。 */
export function cookieOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

/** 答复的 JSON，形状由测试指定。 */
export async function json<T>(answer: Response | Promise<Response>): Promise<T> {
  return (await (await answer).json()) as T
}

/** 拒绝时的问题说明；答复不是拒绝的，即为失败。 */
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
