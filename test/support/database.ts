// 给一个测试文件一个自己的数据库：从迁移好的模板克隆，用完删除。
import { randomBytes } from 'node:crypto'
import { type Connection, type ConnectOptions, connect, databaseProblem } from '@dianzhang/database'
import postgres from 'postgres'
import { afterAll, inject } from 'vitest'

export interface TestDatabase {
  /** 所有者的：准备数据、绕过守卫。 */
  url: string
  /** 日常运行的账号的，权限最小；没有表的数据库里没有它。 */
  appUrl: string
  name: string
  /** Opens pools that are closed before the database is dropped. */
  connect(options?: ConnectOptions): Connection
  /** The same with the least rights, as the running application has them: what the office itself works with. */
  asApplication(options?: ConnectOptions): Connection
  /** Runs one SQL text on the server that holds this database (create, drop, terminate). */
  administer(statement: string): Promise<void>
  /** Closes the connections and drops the database; runs by itself after the file. */
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

// Registered when the file imports this module, so that databases made inside a test are dropped as well.
afterAll(async () => {
  await Promise.all([...databases].map((database) => database.drop()))
})

/** Contents that several files begin with: filled by the first of them, cloned by the others. */
export interface Prepared {
  name: string
  /** Fills the migrated database behind `url` and leaves no connection open. */
  prepare(url: string): Promise<void>
}

/**
 * A fresh database for the calling file, hook or test: migrated, without rows. Dropped after the file. With `empty` it has no tables at all.
 */
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

/** The name of the template with these contents; makes it when no file of this run has yet. */
async function prepared(admin: string, template: string, { name, prepare }: Prepared): Promise<string> {
  const ready = `${template}_${name}`
  const making = `${ready}_making`
  const sql = postgres(admin, { max: 1, onnotice: () => {} })
  try {
    // Held by the connection: whoever comes second waits, and finds it ready.
    await sql`select pg_advisory_lock(hashtext(${ready}))`
    const found = await sql`select 1 from pg_database where datname = ${ready}`
    if (found.length === 0) {
      await sql.unsafe(`drop database if exists ${making} with (force)`)
      await create(admin, making, template)
      const url = new URL(admin)
      url.pathname = `/${making}`
      await prepare(url.href)
      await sql.unsafe(`alter database ${making} rename to ${ready}`)
    }
    return ready
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** Copying the files costs half of what writing them into the log does. Two files may clone the template at the same moment; PostgreSQL refuses the second for as long as the first copies. */
async function create(admin: string, name: string, template: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await once(admin, `create database ${name} template ${template} strategy file_copy`)
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
