// 一件案卷前的队：行锁本来就一次只放一个，等着的人不必各占一条数据库连接；队太长、等太久的直接答复稍后再试。
import { AppError } from '@dianzhang/contract'

export interface LineLimits {
  /** 同时到数据库前等锁的；多一个是为了前一个提交时后一个已在锁前。 */
  atDatabase: number
  /** 在本进程里排队的。 */
  waiting: number
  /** 在本进程里最多等多久（毫秒）。 */
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

/** 轮到了才办 `work`；同一 `file` 前面已有太多人、或者等得太久的，拒绝（503，附多少秒以后再试）。 */
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
    // 位置直接交给下一个，不让后来的插到前面。
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
