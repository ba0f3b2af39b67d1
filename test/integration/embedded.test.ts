// 内嵌 PostgreSQL 的承诺：一个主人、崩溃可恢复、接管、任何账户与 0700 文件夹都能运行。
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  acquireLock,
  databaseProblem,
  type EmbeddedPostgres,
  FolderInUseError,
  findRunningEmbedded,
  isConnectionProblem,
  processStart,
  removeEmbedded,
  startEmbedded,
} from '@dianzhang/database'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const folders: string[] = []
const clients: postgres.Sql[] = []

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'dianzhang-test-embedded-'))
  folders.push(dir)
  return dir
}

function client(server: EmbeddedPostgres): postgres.Sql {
  const sql = postgres(server.url, { max: 1, onnotice: () => {}, backoff: () => 0.05 })
  clients.push(sql)
  return sql
}

afterAll(async () => {
  await Promise.all(clients.map((sql) => sql.end({ timeout: 5 })))
  for (const dir of folders) {
    await removeEmbedded(join(dir, 'data'))
    chmodSync(dir, 0o700)
    rmSync(dir, { recursive: true, force: true })
  }
})

describe('一个主人的内嵌数据库', () => {
  let dir: string
  let server: EmbeddedPostgres

  beforeAll(async () => {
    const parent = folder()
    chmodSync(parent, 0o711)
    dir = join(parent, 'data')
    server = await startEmbedded({ dir, owner: '第一个主人' })
  })
  afterAll(() => server.stop())

  it('用可靠设置、校验和、UTF8 与内建排序规则建立', async () => {
    const [row] = await client(server)`
      select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
             current_setting('full_page_writes') as pages, current_setting('data_checksums') as checksums,
             current_setting('listen_addresses') as listen, current_setting('timezone') as zone,
             current_setting('server_encoding') as encoding, datlocale as locale
        from pg_database where datname = current_database()`
    expect(row).toEqual({
      fsync: 'on',
      commit: 'on',
      pages: 'on',
      checksums: 'on',
      listen: '127.0.0.1',
      zone: 'UTC',
      encoding: 'UTF8',
      locale: 'C.UTF-8',
    })
  })

  it('没有密码不能连接', async () => {
    const url = new URL(server.url)
    url.password = 'wrong'
    const stranger = postgres(url.href, { max: 1 })
    clients.push(stranger)
    const error = await stranger`select 1`.catch((thrown: unknown) => thrown)
    expect(databaseProblem(error)?.code).toBe('28P01')
  })

  it('第二个主人被拒绝，并被告知是哪个进程、哪个文件夹', async () => {
    const error = await startEmbedded({ dir }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(FolderInUseError)
    expect((error as Error).message).toContain(`PID ${process.pid}`)
    expect((error as Error).message).toContain('第一个主人')
    expect((error as Error).message).toContain(server.home)
  })

  it('另一个进程可以查到正在运行的地址而不必成为主人', () => {
    expect(findRunningEmbedded(dir)).toEqual({ url: server.url, ownerPid: process.pid, owner: '第一个主人' })
  })

  it('从符号链接进来的还是它；运行之中复制的文件夹不是它，也不会写到它那里', async () => {
    const link = join(folder(), 'link')
    symlinkSync(dir, link)
    expect(findRunningEmbedded(link)?.url).toBe(server.url)
    const parent = folder()
    chmodSync(parent, 0o711)
    const copied = join(parent, 'data')
    execFileSync('cp', ['-a', dir, copied])
    // 锁、进程号、密码一样不少地复制了来。
    expect(existsSync(join(copied, 'postgres', 'owner.lock'))).toBe(true)
    expect(findRunningEmbedded(copied)).toBeUndefined()
    const refused = await startEmbedded({ dir: copied }).catch((thrown: unknown) => thrown)
    expect(String(refused)).toMatch(/在数据库运行时从.*复制来的.*副本不能保证完整/)
    expect(existsSync(join(copied, 'postgres', 'data', 'postmaster.pid'))).toBe(true)
    const [row] = await client(server)<{ n: number }[]>`select 1 as n`
    expect(row?.n).toBe(1)
    rmSync(copied, { recursive: true, force: true })
  })

  it('密码、锁与数据只有主人能读', () => {
    expect(statSync(join(server.home, 'password')).mode & 0o777).toBe(0o600)
    expect(statSync(join(server.home, 'owner.lock')).mode & 0o777).toBe(0o600)
    expect(statSync(server.dataDir).mode & 0o777).toBe(0o700)
  })

  it.runIf(process.platform === 'linux')('数据库进程从不以 root 运行', () => {
    const [, uid] = /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8')) ?? []
    expect(Number(uid)).not.toBe(0)
    if (process.geteuid?.() !== 0) expect(Number(uid)).toBe(process.geteuid?.())
  })

  it('数据库进程被 kill -9 后自动恢复，已提交的数据都在', async () => {
    const sql = client(server)
    await sql`create table acknowledged (id int primary key)`
    for (let id = 1; id <= 20; id += 1) await sql`insert into acknowledged values (${id})`
    const before = server.pid
    process.kill(before, 'SIGKILL')
    const count = await eventually(async () => {
      const replaced = server.pid !== before
      const [row] = await sql<{ count: number }[]>`select count(*)::int as count from acknowledged`
      return replaced ? row?.count : undefined
    })
    expect(count).toBe(20)
    expect(server.pid).not.toBe(before)
  })

  it('停止后再启动，数据还在，锁已交还', async () => {
    await server.stop()
    expect(existsSync(join(server.home, 'owner.lock'))).toBe(false)
    expect(findRunningEmbedded(dir)).toBeUndefined()
    server = await startEmbedded({ dir })
    const [row] = await client(server)<{ count: number }[]>`select count(*)::int as count from acknowledged`
    expect(row?.count).toBe(20)
  })
})

describe('主人死后的接管', () => {
  it('主人与数据库都被 kill -9：下一个主人接管并恢复', async () => {
    const dir = join(folder(), 'data')
    const owner = await otherOwner(dir)
    process.kill(owner.status.pid, 'SIGKILL')
    owner.process.kill('SIGKILL')
    await owner.ended
    const server = await startEmbedded({ dir })
    try {
      expect(await client(server)`select id from kept`).toHaveLength(1)
    } finally {
      await server.stop()
    }
  })

  it('只有主人被 kill -9：遗留的数据库进程先被停止，再由新主人启动', async () => {
    const dir = join(folder(), 'data')
    const owner = await otherOwner(dir)
    await expect(startEmbedded({ dir })).rejects.toThrow(`PID ${owner.process.pid}`)
    owner.process.kill('SIGKILL')
    await owner.ended
    const server = await startEmbedded({ dir })
    try {
      expect(server.pid).not.toBe(owner.status.pid)
      // 不用 kill(pid, 0)：已经结束而父进程还没有回收的，它也当作还在。
      expect(processStart(owner.status.pid)).toBeUndefined()
      expect(await client(server)`select id from kept`).toHaveLength(1)
    } finally {
      await server.stop()
    }
  })
})

describe('文件夹', () => {
  it('只有主人能进入的 0700 文件夹里也能运行，移走后仍找得到数据', async () => {
    const parent = folder()
    chmodSync(parent, 0o700)
    const dir = join(parent, 'checkout', 'data')
    mkdirSync(join(parent, 'checkout'))
    const server = await startEmbedded({ dir, durable: false })
    await client(server)`create table here (id int)`
    await server.stop()
    if (process.geteuid?.() !== 0) expect(server.home.startsWith(parent)).toBe(true)
    else expect(server.home.startsWith(parent)).toBe(false)

    renameSync(join(parent, 'checkout'), join(parent, 'moved'))
    const moved = join(parent, 'moved', 'data')
    const again = await startEmbedded({ dir: moved, durable: false })
    try {
      expect(await client(again)`select * from here`).toHaveLength(0)
    } finally {
      await again.stop()
    }
    await removeEmbedded(moved)
    expect(existsSync(again.home)).toBe(false)
  })

  it('锁属于已不存在的进程，或属于号码被重用的进程时，可以接管', () => {
    const path = join(folder(), 'owner.lock')
    const stale = { pid: process.pid, started: 'another-boot:1', owner: 'x', since: 'x', nonce: 'x' }
    writeFileSync(path, JSON.stringify(stale))
    const lock = acquireLock(path, 'folder', 'me')
    expect(() => acquireLock(path, 'folder', 'second')).toThrow(FolderInUseError)
    lock.release()
    expect(existsSync(path)).toBe(false)
  })

  it.each(['file/data', ...(process.platform === 'linux' ? ['/proc/data', '/proc/dianzhang/data'] : [])])(
    '%s 建不成文件夹：立即拒绝，并说明怎样另行指定',
    async (path) => {
      const dir = folder()
      writeFileSync(join(dir, 'file'), '')
      await expect(startEmbedded({ dir: resolve(dir, path), durable: false })).rejects.toThrow(/DIANZHANG_DATA_DIR/)
    },
  )

  it('data 里有别的内容时拒绝，不作改动', async () => {
    const dir = join(folder(), 'data')
    mkdirSync(join(dir, 'postgres', 'data'), { recursive: true })
    if (process.geteuid?.() === 0) {
      // 以 root 运行时，属主不是自己的，什么都没看就拒绝。
      await expect(startEmbedded({ dir })).rejects.toThrow(/属于用户 0/)
    } else {
      writeFileSync(join(dir, 'postgres', 'data', 'letter.txt'), 'keep')
      await expect(startEmbedded({ dir })).rejects.toThrow(/不是空文件夹/)
      expect(readFileSync(join(dir, 'postgres', 'data', 'letter.txt'), 'utf8')).toBe('keep')
    }
    rmSync(dir, { recursive: true })
  })
})

describe('停下以后的文件夹', () => {
  it('移走的继续使用；复制的自成一份，删它不动原来的', async () => {
    const parent = folder()
    chmodSync(parent, 0o711)
    const at = (name: string) => join(parent, name)
    const identityOf = (home: string) => JSON.parse(readFileSync(join(home, 'identity'), 'utf8')) as { id: string }
    const write = async (dir: string, n: number) => {
      const server = await startEmbedded({ dir, durable: false })
      const sql = postgres(server.url, { max: 1, onnotice: () => {} })
      await sql`create table if not exists kept (n int)`
      await sql`insert into kept values (${n})`
      const rows = await sql<{ n: number }[]>`select n from kept order by n`
      await sql.end({ timeout: 5 })
      await server.stop()
      return { numbers: rows.map((row) => row.n), home: server.home, identity: identityOf(server.home).id }
    }
    const first = await write(at('data'), 1)
    renameSync(at('data'), at('moved'))
    const moved = await write(at('moved'), 2)
    expect(moved).toMatchObject({ numbers: [1, 2], identity: first.identity })
    execFileSync('cp', ['-a', at('moved'), at('copy')])
    const copy = await write(at('copy'), 3)
    expect(copy.numbers).toEqual([1, 2, 3])
    expect(copy.identity).not.toBe(moved.identity)
    await removeEmbedded(at('copy'))
    expect((await write(at('moved'), 4)).numbers).toEqual([1, 2, 4])
    await removeEmbedded(at('moved'))
  })
})

interface Owner {
  process: ChildProcess
  status: { pid: number; dataDir: string }
  ended: Promise<unknown>
}

async function otherOwner(dir: string): Promise<Owner> {
  const script = fileURLToPath(new URL('../support/embedded-owner.ts', import.meta.url))
  const child = spawn(process.execPath, [script, dir], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { process: child, ended, status: JSON.parse(line.toString('utf8')) as Owner['status'] }
}

/** 服务器不在时再问；别的错误，或者一分钟没有答复，即为失败。 */
async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (let attempt = 0; attempt < 1200; attempt += 1) {
    try {
      const answer = await ask()
      if (answer !== undefined) return answer
    } catch (error) {
      if (!isConnectionProblem(error)) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('数据库没有恢复')
}
