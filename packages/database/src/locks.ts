// A data folder has one owner at a time. The lock file states process id and start time, so that one left behind by
// kill -9 can be recognised and taken over.
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'

export interface LockHolder {
  pid: number
  /** Start of that process as its system tells it; a reused pid has another one. */
  started: string
  /** What the process said it is, e.g. `dianzhang demo`. */
  owner: string
  /** ISO instant, for people. */
  since: string
  nonce: string
}

export interface OwnerLock {
  release(): void
}

/** The folder is in use by another living process. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError'
  readonly folder: string
  readonly holder: LockHolder
  constructor(folder: string, holder: LockHolder) {
    super(
      `另一个进程（PID ${holder.pid}，${holder.owner}，自 ${holder.since} 起）正在使用数据文件夹 ${folder}。` +
        '同一数据文件夹同一时刻只能由一个进程使用：请先停止该进程，或用 DIANZHANG_DATA_DIR 指定另一个文件夹。',
    )
    this.folder = folder
    this.holder = holder
  }
}

/**
 * When a process started, as an opaque text that is equal exactly for the same process; `undefined` when no such
 * process runs. Linux reads /proc, other systems ask `ps`; where neither answers the text is empty.
 */
export function processStart(pid: number): string | undefined {
  if (!isRunning(pid)) return undefined
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // Fields after the command name, which may itself contain spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A zombie has ended; it only waits to be counted by its parent.
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot}:${fields[19]}`
  } catch {
    if (process.platform === 'linux' && !isRunning(pid)) return undefined
    if (process.platform === 'win32' || process.platform === 'linux') return ''
    try {
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    } catch {
      return undefined
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Makes the folder at `path` and those above it that are missing, each with `mode`; one that is there is left as it is.
 * Throws what the system said. Not `mkdirSync(…, { recursive })`: that never ends below a folder which answers ENOENT
 * to every new name, as /proc does.
 */
export function makeFolder(path: string, mode?: number): void {
  if (existsSync(path)) return
  const above = dirname(path)
  if (above !== path) makeFolder(above, mode)
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    // Another process made it in between.
    if (!existsSync(path)) throw error
  }
}

/**
 * Writes a file that must never be there in part (a key, a secret): on disk first, then under its name. False: the name
 * was taken, and that file is left alone. Throws what the disk says (full, read-only), and leaves nothing behind.
 */
export function writeOnce(path: string, bytes: string | Uint8Array): boolean {
  const draft = `${path}.${randomUUID()}`
  try {
    writeFileSync(draft, bytes, { mode: 0o600, flag: 'wx', flush: true })
    return linked(draft, path)
  } finally {
    rmSync(draft, { force: true })
  }
}

/**
 * Puts a file in the place of another that may be there: whoever reads meanwhile gets the old one or the new one whole,
 * also after the power failed, since a name that outlives its bytes is an empty file. Throws what the disk says, and
 * leaves the old file.
 */
export function replaceFile(path: string, bytes: string | Uint8Array, mode = 0o644): void {
  const draft = `${path}.${randomUUID()}`
  try {
    writeFileSync(draft, bytes, { mode, flag: 'wx', flush: true })
    renameSync(draft, path)
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Who holds the lock now; `undefined` when there is no lock or its process has ended. */
export function lockHolder(path: string): LockHolder | undefined {
  const holder = read(path)
  return holder && isAlive(holder) ? holder : undefined
}

/**
 * Takes the lock file at `path` for this process. Throws {@link FolderInUseError} while its holder lives (this process
 * included); takes over the lock of a process that has ended. `folder` is named in the refusal.
 */
export function acquireLock(path: string, folder: string, owner: string): OwnerLock {
  makeFolder(dirname(path))
  const mine: LockHolder = {
    pid: process.pid,
    started: processStart(process.pid) ?? '',
    owner,
    since: new Date().toISOString(),
    nonce: randomUUID(),
  }
  const draft = `${path}.${mine.nonce}`
  writeFileSync(draft, `${JSON.stringify(mine)}\n`, { mode: 0o600, flag: 'wx' })
  try {
    for (;;) {
      // link() is atomic and fails when the name is taken, also over a complete file: nobody reads half a lock.
      if (linked(draft, path)) break
      const holder = read(path)
      if (holder && isAlive(holder)) throw new FolderInUseError(folder, holder)
      removeStale(path, holder)
    }
  } finally {
    unlinkSync(draft)
  }
  return {
    release() {
      if (read(path)?.nonce === mine.nonce) rmSync(path, { force: true })
    },
  }
}

/** Two processes may find the same stale lock; only the one that holds the second file may remove it. */
function removeStale(path: string, stale: LockHolder | undefined): void {
  const turn = `${path}.takeover`
  try {
    writeFileSync(turn, String(process.pid), { flag: 'wx', mode: 0o600 })
  } catch {
    try {
      // A takeover lasts microseconds; one that is seconds old died in between.
      if (Date.now() - statSync(turn).mtimeMs > 5000) rmSync(turn, { force: true })
    } catch {
      // Gone already.
    }
    pause(5)
    return
  }
  try {
    if (read(path)?.nonce === stale?.nonce) {
      renameSync(path, `${path}.stale`)
      rmSync(`${path}.stale`, { force: true })
    }
  } catch {
    // Gone already.
  } finally {
    rmSync(turn, { force: true })
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    // File systems without hard links (some shared folders): an exclusive create is atomic as well.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS' && code !== 'EOPNOTSUPP') throw error
    try {
      writeFileSync(to, readFileSync(from), { mode: 0o600, flag: 'wx' })
      return true
    } catch (second) {
      if ((second as NodeJS.ErrnoException).code === 'EEXIST') return false
      throw second
    }
  }
}

function read(path: string): LockHolder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LockHolder
  } catch {
    return undefined
  }
}

function isAlive(holder: LockHolder): boolean {
  const started = processStart(holder.pid)
  return started !== undefined && (started === holder.started || started === '' || holder.started === '')
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}
