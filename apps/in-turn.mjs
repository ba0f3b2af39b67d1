// One thing is done by one process at a time: installing dependencies, building pages. A later one waits until the
// earlier one is done, then looks whether anything is left to do.
// Runs on the host's Node (20 or newer) before anything is installed: plain JavaScript, no imports from npm.
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Runs `work` while this process holds the file `lock` (its folder is made when absent), and answers what it answers.
 * While another process holds it, waits; when `done` says so meanwhile, answers undefined without working. The lock of a
 * process that has ended is taken over.
 * @template T
 * @param {string} lock
 * @param {{ done: () => boolean, waiting?: (pid: number) => void }} options `waiting` is told once, of the holder
 * @param {() => Promise<T>} work
 * @returns {Promise<T | undefined>}
 */
export async function inTurn(lock, { done, waiting = () => {} }, work) {
  // Not closed to others: as root the database's own account has to pass through it.
  mkdirSync(dirname(lock), { recursive: true, mode: 0o711 })
  if (!(await taken(lock, done, waiting))) return undefined
  // A reused process number must not block for ever: a lock that is not refreshed is nobody's.
  const refresh = setInterval(() => {
    try {
      utimesSync(lock, new Date(), new Date())
    } catch {
      // Nothing to refresh.
    }
  }, 5000)
  try {
    return done() ? undefined : await work()
  } finally {
    clearInterval(refresh)
    if (readOr(lock, '') === String(process.pid)) rmSync(lock, { force: true })
  }
}

async function taken(lock, done, waiting) {
  const draft = `${lock}.${process.pid}`
  writeFileSync(draft, String(process.pid))
  try {
    for (let told = false; ; ) {
      try {
        linkSync(draft, lock)
        return true
      } catch (error) {
        if (error.code !== 'EEXIST') {
          // No hard links here: an exclusive create is good enough.
          try {
            writeFileSync(lock, String(process.pid), { flag: 'wx' })
            return true
          } catch (second) {
            if (second.code !== 'EEXIST') throw second
          }
        }
      }
      const holder = Number(readOr(lock, '0'))
      if (holder > 0 && (!alive(holder) || age(lock) > 60_000) && readOr(lock, '0') === String(holder)) {
        rmSync(lock, { force: true })
        continue
      }
      if (!told) waiting(holder)
      told = true
      await new Promise((resolve) => setTimeout(resolve, 200))
      if (done()) return false
    }
  } finally {
    rmSync(draft, { force: true })
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function readOr(path, otherwise) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return otherwise
  }
}

function age(path) {
  try {
    return Date.now() - statSync(path).mtimeMs
  } catch {
    return 0
  }
}
