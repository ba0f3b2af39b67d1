// 给一个测试文件一个自己的数据库：从迁移好的模板克隆，用完删除。
import { randomBytes } from 'node:crypto'
import { type Connection, type ConnectOptions, connect, databaseProblem } from '@dianzhang/database'
import postgres from 'postgres'
import { inject } from 'vitest'
import { afterEachFile } from './after-file.ts'

export interface TestDatabase {
  /** 所有者的：准备数据、绕过守卫。 */
  url: string
  /** 日常运行的账号的，权限最小；没有表的数据库里没有它。 */
  appUrl: string
  name: string
  /** 打开连接池；删除数据库之前都会关闭。 */
  connect(options?: ConnectOptions): Connection
  /** 同上，只有最小权限，与运行中的程序一样：办公室自己就用它。 */
  asApplication(options?: ConnectOptions): Connection
  /** 在这个数据库所在的服务器上执行一条 SQL（建库、删库、断开连接）。 */
  administer(statement: string): Promise<void>
  /** 关闭连接并删除数据库；测试文件结束后自动执行。 */
  drop(): Promise<void>
}

/** 同一数据库，以日常运行的账号。 */
export function asApplication(url: string): string {
  const application = new URL(url)
  application.username = inject('databaseAccount')
  application.password = 'application'
  return application.href
}

const databases = new Set<TestDatabase>()

// 测试里面建的数据库也一并删除。
afterEachFile(async () => {
  await Promise.all([...databases].map((database) => database.drop()))
  databases.clear()
})

/** 几个测试文件共用的起始内容：头一个文件填好，其余的克隆。 */
export interface Prepared {
  name: string
  /** 填充 `url` 所指的已迁移的数据库，不留下打开的连接。 */
  prepare(url: string): Promise<void>
}

/** 给调用的文件、钩子或者测试一个新数据库：已经迁移，没有数据。文件结束后删除。`empty` 的连表也没有。 */
export async function testDatabase(options: { empty?: boolean; prepared?: Prepared } = {}): Promise<TestDatabase> {
  const admin = inject('databaseAdminUrl')
  const name = `dianzhang_test_${randomBytes(6).toString('hex')}`
  const template = inject('databaseTemplate')
  await create(
    admin,
    name,
    options.empty ? 'template0' : options.prepared ? await prepared(admin, template, options.prepared) : template,
  )
  const url = new URL(admin)
  url.pathname = `/${name}`
  const open = new Set<Connection>()
  let dropped = false
  const opened = (at: string, settings?: ConnectOptions): Connection => {
    const connection = connect(at, { max: 5, ...settings })
    open.add(connection)
    return connection
  }
  const database: TestDatabase = {
    url: url.href,
    appUrl: asApplication(url.href),
    name,
    connect: (settings) => opened(url.href, settings),
    asApplication: (settings) => opened(database.appUrl, settings),
    administer: (statement) => once(admin, statement),
    async drop() {
      if (dropped) return
      dropped = true
      await Promise.all([...open].map((connection) => connection.close()))
      await once(admin, `drop database if exists ${name} with (force)`)
    },
  }
  databases.add(database)
  return database
}

/** 装有这些内容的模板库的名称；本次测试还没有文件建过的，就建。本进程用过的，不必再问。 */
function prepared(admin: string, template: string, content: Prepared): Promise<string> {
  const known = made.get(content.name) ?? make(admin, template, content)
  made.set(content.name, known)
  known.catch(() => made.delete(content.name))
  return known
}
const made = new Map<string, Promise<string>>()
async function make(admin: string, template: string, { name, prepare }: Prepared): Promise<string> {
  const ready = `${template}_${name}`
  const making = `${ready}_making`
  const sql = postgres(admin, { max: 1, onnotice: () => {} })
  try {
    // 锁由连接持有：后到的等着，轮到时已经建好。
    await sql`select pg_advisory_lock(hashtext(${ready}))`
    const found = await sql`select 1 from pg_database where datname = ${ready}`
    if (found.length === 0) {
      await sql.unsafe(`drop database if exists ${making} with (force)`)
      await create(admin, making, template)
      const url = new URL(admin)
      url.pathname = `/${making}`
      await prepare(url.href)
      await whenFree(admin, `alter database ${making} rename to ${ready}`)
    }
    return ready
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** 复制文件的代价是写入日志的一半。 */
const create = (admin: string, name: string, template: string): Promise<void> =>
  whenFree(admin, `create database ${name} template ${template} strategy file_copy`)

/**
 * 须没有别人连着一个库才能办的：两个文件可能同时克隆一个模板，前一个还在复制时，PostgreSQL 拒绝后一个；刚关闭的连接，
 * 服务器那一头可能还没有结束。
 */
async function whenFree(admin: string, statement: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await once(admin, statement)
      return
    } catch (error) {
      if (databaseProblem(error)?.code !== '55006' || attempt === 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

async function once(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await sql.unsafe(statement)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
