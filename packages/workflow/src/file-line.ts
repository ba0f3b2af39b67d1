// The line in front of a file: the row lock lets only one through at a time anyway, and those who wait need not each
// hold a database connection. When the line is too long or the wait too long, the answer is to try again later.
import { AppError } from '@dianzhang/contract'

export interface LineLimits {
  /**
   * How many wait for the lock at the database; one more than needed, so that the next is already at the lock when
   * the one before commits.
   */
  atDatabase: number
  /** How many wait in line in this process. */
  waiting: number
  /** Longest wait in this process (milliseconds). */
  patienceMs: number
}
const lineLimits: LineLimits = { atDatabase: 2, waiting: 200, patienceMs: 5_000 }

const busyFile = (): AppError =>
  new AppError('unavailable', '这件案卷正有别的办理没有结束，这一次没有办理，内容没有丢失。请稍后再试。', {
    retryAfter: 5,
  })

interface Line {
  running: number
  waiting: Array<{ go: () => void }>
}
const lines = new Map<string, Line>()

/**
 * Does `work` when its turn comes; with too many ahead on the same `file`, or after too long a wait, refuses (503,
 * with the seconds after which to try again).
 */
export async function inLine<T>(file: string, work: () => Promise<T>, limits: LineLimits = lineLimits): Promise<T> {
  const line = lines.get(file) ?? { running: 0, waiting: [] }
  lines.set(file, line)
  if (line.running >= limits.atDatabase) {
    if (line.waiting.length >= limits.waiting) throw busyFile()
    await turn(line, limits.patienceMs)
  } else line.running += 1
  try {
    return await work()
  } finally {
    const next = line.waiting.shift()
    // The place is handed straight to the next, so that no latecomer cuts in.
    if (next) next.go()
    else {
      line.running -= 1
      if (line.running === 0) lines.delete(file)
    }
  }
}
function turn(line: Line, patienceMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const place = {
      go: () => {
        clearTimeout(timer)
        resolve()
      },
    }
    const timer = setTimeout(() => {
      line.waiting.splice(line.waiting.indexOf(place), 1)
      reject(busyFile())
    }, patienceMs)
    line.waiting.push(place)
  })
}
