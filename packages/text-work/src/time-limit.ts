// 就地做的事也有时限：哪一个表达式遇到刁钻的文字没完没了，停下的是这一件，不是整个服务。
import { Script } from 'node:vm'

const asked: { work: (() => unknown) | null } = { work: null }
const key = Symbol.for('dianzhang.timed-work')
Object.defineProperty(globalThis, key, { value: () => asked.work?.(), configurable: true })
const script = new Script('globalThis[Symbol.for("dianzhang.timed-work")]()')

/** 在 `limit` 毫秒内同步做完 `work` 并返回其结果；超过的，从任何一处（包括正则表达式之中）停下，抛 `tooLong()`。另外的线程看着钟，开销约十分之一毫秒。 */
export function within<T>(limit: number, work: () => T, tooLong: () => Error): T {
  // 里面又要限时的，以外面的时限为准。
  if (asked.work !== null) return work()
  asked.work = work
  try {
    return script.runInThisContext({ timeout: limit }) as T
  } catch (error) {
    if ((error as NodeJS.ErrnoException | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw tooLong()
    throw error
  } finally {
    asked.work = null
  }
}
