// 每次运行一个自己的、不落盘的数据库实例；迁移一次作为模板，各测试文件从模板克隆。
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, lstatSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { limitRights, lockHolder, migrate, removeEmbedded, startEmbedded } from '@dianzhang/database'
import { installJobs } from '@dianzhang/workflow'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { memoryDisk, roomInMemory } from './memory-disk.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** 本次测试可以建库的服务器。 */
    databaseAdminUrl: string
    /** 已迁移的空数据库，供克隆。 */
    databaseTemplate: string
    /** 运行中的程序所用的账号，只有最小权限；口令为 `application`。 */
    databaseAccount: string
  }
}

const prefix = 'dianzhang-test-'

/** 设置 `DATABASE_URL_TEST` 即用现有的服务器（其角色须能建库）。 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const external = process.env.DATABASE_URL_TEST
  const server = external ? { url: external, end: async () => {} } : await ownServer()
  const template = `dianzhang_template_${randomBytes(6).toString('hex')}`
  // 每次测试各用各的：两次测试可以共用一个服务器。
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
      // 模板库，以及由它为几个文件备好的库。
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
  for (const folder of new Set([memoryDisk, tmpdir()])) await sweep(folder)
  const dir = mkdtempSync(join(roomInMemory(wanted) ? memoryDisk : tmpdir(), prefix))
  // 以 root 运行时，服务器用另一个账号，须能穿过这个目录；数据本身不对外开放。
  chmodSync(dir, 0o711)
  const server = await startEmbedded({ dir, durable: false, owner: 'npm test' })
  // 按 Ctrl-C 可能跳过清理；服务器总会随本进程结束，文件夹在这里删除。
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

/**
 * 一个库近千个文件，逐个测试文件建一次、删一次：在磁盘上，文件系统为此忙的比数据库自己建库还多。一次测试至多占一个多
 * GB；不宽裕的，放在临时文件夹。
 */
const wanted = 6 * 2 ** 30

/** 清除被强行结束的测试留下的；还在运行的、别的用户的文件夹不动。 */
async function sweep(folder: string): Promise<void> {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(prefix))) {
    const dir = join(folder, name)
    try {
      if (lstatSync(dir).uid !== (process.geteuid?.() ?? 0)) continue
      const lock = join(dir, 'postgres', 'owner.lock')
      const old = Date.now() - statSync(dir).mtimeMs > 3_600_000
      if (lockHolder(lock) !== undefined || (!existsSync(lock) && !old)) continue
      // embedded.test.ts 的数据库还在下面一两层。
      for (const inner of ['', 'data', 'checkout/data', 'moved/data']) await removeEmbedded(join(dir, inner))
      rmSync(dir, { recursive: true, force: true })
    } catch {
      // 另一次测试正在清理同一个文件夹。
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
