// 每次运行一个自己的、不落盘的数据库实例；迁移一次作为模板，各测试文件从模板克隆。
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, lstatSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { limitRights, lockHolder, migrate, removeEmbedded, startEmbedded } from '@dianzhang/database'
import { installJobs } from '@dianzhang/workflow'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A server on which this run may create databases. */
    databaseAdminUrl: string
    /** A migrated, empty database to clone. */
    databaseTemplate: string
    /** The account of the running application, with the least rights; its password is `application`. */
    databaseAccount: string
  }
}

const prefix = 'dianzhang-test-'

/** Set `DATABASE_URL_TEST` to use an existing server (its role must be able to create databases). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const external = process.env.DATABASE_URL_TEST
  const server = external ? { url: external, end: async () => {} } : await ownServer()
  const template = `dianzhang_template_${randomBytes(6).toString('hex')}`
  // Its own for each run: two runs may share a server.
  const account = `${template}_app`
  try {
    await administer(server.url, `create database ${template}`)
    await migrate(urlOf(server.url, template))
    await installJobs(urlOf(server.url, template))
    const application = new URL(urlOf(server.url, template))
    application.username = account
    application.password = 'application'
    await limitRights(urlOf(server.url, template), application.href)
  } catch (error) {
    await server.end()
    throw error
  }
  project.provide('databaseAdminUrl', server.url)
  project.provide('databaseTemplate', template)
  project.provide('databaseAccount', account)
  return async () => {
    if (external) {
      const sql = postgres(server.url, { max: 1, onnotice: () => {} })
      // The template, and what was prepared from it for several files.
      const left = await sql<Array<{ datname: string }>>`
        select datname from pg_database where starts_with(datname, ${template})`
      for (const { datname } of left) await sql.unsafe(`drop database if exists ${datname} with (force)`)
      await sql.unsafe(`drop role if exists ${account}`)
      await sql.end({ timeout: 5 })
    }
    await server.end()
  }
}

async function ownServer(): Promise<{ url: string; end(): Promise<void> }> {
  await sweep()
  const dir = mkdtempSync(join(tmpdir(), prefix))
  // As root the server runs under another account, which must be able to pass through; the data themselves are closed.
  chmodSync(dir, 0o711)
  const server = await startEmbedded({ dir, durable: false, owner: 'npm test' })
  // Ctrl-C may skip the teardown; the server ends with this process in any case, the folder is removed here.
  const abandon = (): void => {
    try {
      process.kill(server.pid, 'SIGQUIT')
    } catch {
      // Stopped already.
    }
    rmSync(server.home, { recursive: true, force: true })
    rmSync(dir, { recursive: true, force: true })
  }
  process.once('exit', abandon)
  return {
    url: server.url,
    async end() {
      await server.stop()
      await removeEmbedded(dir)
      rmSync(dir, { recursive: true, force: true })
      process.removeListener('exit', abandon)
    },
  }
}

/** Removes what runs that were killed left behind; folders of living runs and of other users stay. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const dir = join(tmpdir(), name)
    try {
      if (lstatSync(dir).uid !== (process.geteuid?.() ?? 0)) continue
      const lock = join(dir, 'postgres', 'owner.lock')
      const old = Date.now() - statSync(dir).mtimeMs > 3_600_000
      if (lockHolder(lock) !== undefined || (!existsSync(lock) && !old)) continue
      // embedded.test.ts keeps its databases one or two folders further down.
      for (const inner of ['', 'data', 'checkout/data', 'moved/data']) await removeEmbedded(join(dir, inner))
      rmSync(dir, { recursive: true, force: true })
    } catch {
      // Another run sweeps the same folder.
    }
  }
}

async function administer(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await sql.unsafe(statement)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

function urlOf(url: string, database: string): string {
  const other = new URL(url)
  other.pathname = `/${database}`
  return other.href
}
