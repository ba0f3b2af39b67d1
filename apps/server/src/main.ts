// Start and stop: environment → database → migration → office → demo seed → jobs → listening; on a signal everything
// is wound up in turn.
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import {
  connect,
  type EmbeddedPostgres,
  isConnectionProblem,
  limitRights,
  makeFolder,
  migrate,
  startEmbedded,
  whyTooManyRights,
  writeOnce,
} from '@dianzhang/database'
import { ensurePortalBuilt } from '@dianzhang/portal/build'
import { ensureWorkbenchBuilt } from '@dianzhang/workbench'
import { pino } from 'pino'
import type { DemoAccount } from './demo.ts'
import { type Env, type Mode, readEnv } from './env.ts'
import { neighbours } from './neighbours.ts'
import { safeError } from './safe-error.ts'

/** The start failed and the user can solve it alone; only this sentence is shown, no stack. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

export interface Running {
  url: string
  env: Env
  /** Demo accounts; empty in production mode. */
  accounts: DemoAccount[]
  now: Date
  startedInMs: number
  /** Stops accepting, finishes what runs, stops the worker, closes the pools, stops the embedded database. */
  stop(): Promise<void>
}

/** Starts one server. Throws `EnvError`, {@link StartError} or the database's own readable errors; leaves nothing open. */
export async function start(
  mode: Mode,
  source: Record<string, string | undefined> = process.env,
  say: (line: string) => void = () => {},
): Promise<Running> {
  const begun = performance.now()
  const env = readEnv(mode, source)
  const log = pino({
    level: env.logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: safeError },
  })
  const closers: Array<() => Promise<void>> = []
  let stopping: Promise<void> | undefined
  const stop = (): Promise<void> => {
    stopping ??= closeAll()
    return stopping
  }
  const closeAll = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) {
      try {
        await close()
      } catch (error) {
        log.error({ err: error }, '停止时出错')
      }
    }
  }
  try {
    // Before the database is made or filled: an address that this machine does not have.
    const probe = createServer()
    // For this process alone: behind a shared port, the others' connections would come to it.
    await new Promise<void>((resolve, reject) => {
      probe.once('error', (error) => reject(whyNotListen(error, env)))
      probe.listen({ port: 0, host: env.host, exclusive: true }, resolve)
    })
    await new Promise((done) => probe.close(done))
    // The program's own modules load while PostgreSQL starts; both take a few hundred milliseconds.
    // The portal is built first, so that its pages exist when the application loads; when both are up to date this is
    // only a comparison.
    const pages = Promise.all([ensurePortalBuilt(say), ensureWorkbenchBuilt(say)])
    const modules = Promise.all([
      pages.then(() => import('./app.ts')),
      import('./compose.ts'),
      import('@dianzhang/workflow'),
      import('./demo.ts'),
      import('./anchors.ts'),
      import('./log/keeper.ts'),
      import('./log/bulk.ts'),
      import('./exchange/exchange.ts'),
      import('@dianzhang/register'),
    ])
    modules.catch(() => {})
    const url = env.databaseUrl ?? (await embedded(env, closers, say)).url
    const owner = env.databaseUrl === null ? null : env.databaseOwnerUrl
    const migrated = await migrate(owner ?? url)
    if (migrated.applied > 0) say(`数据库已更新到第 ${migrated.total} 个迁移。`)
    if (owner !== null) {
      await (await import('@dianzhang/workflow')).installJobs(owner)
      await limitRights(owner, url)
    } else if (mode === 'serve') {
      const why = await whyTooManyRights(url)
      if (why !== null) {
        log.warn({ why }, '日常运行的数据库账号可以停用守卫')
        say(
          `${why}，可以停用守卫。请为日常运行另建普通账号，原来的账号写进 DATABASE_OWNER_URL（见 docs/security.md）。`,
        )
      }
    }
    const [
      { createApp },
      { compose },
      { installJobs, noticeOlderDatabase, startWorker },
      { demoStateOf, seedDemo },
      { AnchorBook },
      { LogKeeper },
      { Bulk },
      { Exchange },
      { searchRegister },
    ] = await modules
    const demo = await demoStateOf(url)
    if (mode === 'serve' && demo !== 'none' && demo !== 'other')
      throw new StartError('这个数据库曾用于演示：里面有口令公开的演示账号与演示时钟。正式运行请另用一个空的数据库。')
    if (mode === 'demo' && demo === 'other')
      throw new StartError('这个数据库里有正式的账号或者案卷，不能用于演示。请另用一个空的数据库。')
    if (mode === 'demo' && demo === 'begun') {
      say('上次布置演示县时被中断，清空后重新布置。')
      await emptyDatabase(url)
      await migrate(url)
    }
    if (owner === null) await installJobs(url)
    const { ctx, close } = await compose({ env, url, log, secret: env.secret ?? storedSecret(env.dataDir) })
    closers.push(close)
    const accounts = mode === 'demo' ? await seedDemo(ctx.office, say).catch(whyNotThen(env.demoNow)) : []
    const anchors = new AnchorBook(env.anchorDir, env.anchorKey)
    ctx.anchors = anchors
    const keeper = new LogKeeper({
      office: ctx.office,
      folder: env.anchorDir,
      host: env.publicUrl === null ? null : new URL(env.publicUrl).host,
      keyFile: env.logKey,
    })
    ctx.log = keeper
    const bulk = new Bulk({ office: ctx.office, keeper, folder: join(env.dataDir, 'bulk') })
    ctx.bulk = bulk
    const exchange = new Exchange({ office: ctx.office, keeper, folder: join(env.dataDir, 'exchange') })
    ctx.exchange = exchange
    // Comes before the due actions: if an old database was put in its place, nothing may be numbered or sealed on it.
    const held = await noticeOlderDatabase(ctx.office, anchors.seen())
    if (held.length > 0) {
      log.error({ jurisdictions: held }, '数据库比库外记下的旧：编号、公布、报送与封存暂停')
      say('数据库比上次停止时旧：编号、公布、报送与封存暂停，请在编号台逐系列确认最后用到几号。')
    }
    // The files of the whole register can wait until people are served.
    let started = false
    const witness = async (): Promise<void> => {
      await keeper.catchUpAll()
      if (started) await bulk.nightly().catch((error: unknown) => log.error({ err: error }, '整库文件没有写成'))
      await anchors.anchorSeals(ctx.office)
      await anchors.remember(ctx.office)
    }
    // Done once for all processes behind the port: what falls due, the words outside the database, the post.
    const first = neighbours.number === 1
    if (first)
      closers.push(() => {
        started = false
        return witness()
      })
    // Before anything falls due: on an old backup the log must not grow by itself, or it could not be caught up any more.
    await keeper.catchUpAll()
    for (const { reason } of keeper.held()) say(reason)
    if (first) {
      const worker = await startWorker(ctx.office, { afterSweep: witness, waits: () => keeper.behind() })
      closers.push(() => worker.stop())
      // An old backup must not sign what it had signed otherwise before.
      exchange.start(3000, () => keeper.behind())
    } else {
      // Whether the log may be signed again is asked by each for itself.
      const again = setInterval(() => {
        if (keeper.held().length > 0)
          keeper.catchUpAll().catch((error: unknown) => log.error({ err: error }, '公开日志没有签成'))
      }, 20_000)
      closers.push(async () => clearInterval(again))
    }
    closers.push(() => exchange.stop())
    const server = createApp(ctx).server()
    const port = await listen(server, env, say)
    closers.push(() => closeServer(server))
    started = true
    // The thread that searches takes seconds to start: no citizen is to be the one who waits for it.
    const ahead = setTimeout(() => {
      const { readDb, clock } = ctx.office
      searchRegister(readDb, { q: '办法', limit: 1, now: clock.now() }).catch(() => undefined)
    }, 5_000).unref()
    closers.push(async () => clearTimeout(ahead))
    const startedInMs = Math.round(performance.now() - begun)
    const address = `http://${env.host.includes(':') ? `[${env.host}]` : env.host}:${port}`
    log.info({ address, mode, ms: startedInMs }, '已启动')
    return { url: address, env, accounts, now: ctx.office.clock.now(), startedInMs, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The seed keeps the law of its day: where that does not allow it, the instant that was asked for is what to change. */
const whyNotThen =
  (demoNow: string | null) =>
  (error: unknown): never => {
    if (demoNow === null || !(error instanceof Error) || isConnectionProblem(error)) throw error
    throw new StartError(
      `不能以 DIANZHANG_DEMO_NOW=${demoNow} 布置演示县：${error.message}。请改用 2026 年以后的时刻，或者不设。`,
      { cause: error },
    )
  }

/** Demo only: everything this program ever made in the database goes, the database itself stays. */
async function emptyDatabase(url: string): Promise<void> {
  const { sql, close } = connect(url, { max: 1 })
  try {
    await sql.unsafe(
      'drop schema if exists pgboss cascade; drop schema if exists drizzle cascade; drop schema public cascade; create schema public',
    )
  } finally {
    await close()
  }
}

async function embedded(
  env: Env,
  closers: Array<() => Promise<void>>,
  say: (line: string) => void,
): Promise<EmbeddedPostgres> {
  const database = await startEmbedded({ dir: env.dataDir, owner: `dianzhang ${env.mode}`, log: say })
  closers.push(() => database.stop())
  return database
}

/** Demo only: a secret of this folder's own, so that a restart signs nobody out. */
function storedSecret(dataDir: string): string {
  const path = join(dataDir, 'session-secret')
  makeFolder(dataDir)
  if (!existsSync(path)) writeOnce(path, randomBytes(48).toString('base64url'))
  const secret = readFileSync(path, 'utf8').trim()
  if (secret.length < 32) throw new StartError(`会话密钥文件 ${path} 内容不完整，请删除后重新启动。`)
  return secret
}

/** Binds the port. A port that was asked for is that port or an error; the default one moves on in demo mode. */
export async function listen(
  server: Server,
  env: Pick<Env, 'port' | 'host' | 'mode' | 'portIsExplicit'>,
  say: (line: string) => void,
): Promise<number> {
  const mayMove = !env.portIsExplicit && env.mode === 'demo'
  for (let port = env.port; ; port += 1) {
    try {
      await bind(server, port, env.host)
      const bound = (server.address() as AddressInfo).port
      if (bound !== env.port && env.port !== 0) say(`端口 ${env.port} 已被占用，改用 ${bound}。`)
      return bound
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EADDRINUSE' && mayMove && port < env.port + 100) continue
      throw whyNotListen(error, { ...env, port })
    }
  }
}

/** The same error in a sentence that says what to change. */
function whyNotListen(error: unknown, { host, port }: Pick<Env, 'port' | 'host'>): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    return new StartError(
      `端口 ${port} 已被占用。请停止占用它的程序，或用 PORT 指定另一个端口（PORT=0 任选空闲端口）。`,
    )
  if (code === 'EACCES') return new StartError(`没有权限监听端口 ${port}：请改用 1024 以上的端口，由反向代理对外。`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return new StartError(`本机没有地址 ${host}，请检查 HOST。`)
  return error
}

function bind(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.removeListener('error', reject)
      resolve()
    })
  })
}

/** Idle keep-alive connections end at once, running requests and open event streams get two seconds. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const impatient = setTimeout(() => server.closeAllConnections(), 2_000)
    server.close(() => {
      clearTimeout(impatient)
      resolve()
    })
    server.closeIdleConnections()
  })
}
