// Work done in place has a time limit too: when some expression meets awkward text and does not end, this one task
// stops and not the whole service.
import { Session } from 'node:inspector'

interface Asked {
  work: () => unknown
  outcome: { done: unknown } | { thrown: unknown } | null
}
let asked: Asked | null = null
const key = Symbol.for('dianzhang.timed-work')
Object.defineProperty(globalThis, key, {
  value: () => {
    if (asked === null) return
    try {
      asked.outcome = { done: asked.work() }
    } catch (error) {
      asked.outcome = { thrown: error }
    }
  },
  configurable: true,
})
let session: Session | null = null
/** Answers nothing, so that the session keeps no object alive. */
const expression = 'void globalThis[Symbol.for("dianzhang.timed-work")]()'

/**
 * Does `work` synchronously within `limit` milliseconds and returns its result; beyond that it stops from anywhere
 * (inside a regular expression too) and throws `tooLong()`. A thread that Node has anyway watches the clock, at a cost of some
 * twenty microseconds: the timeout of `node:vm` starts a thread for each call and waits until it has ended, which on busy
 * cores takes longer than the work.
 */
export function within<T>(limit: number, work: () => T, tooLong: () => Error): T {
  // When the work inside asks for a limit again, the outer limit applies.
  if (asked !== null) return work()
  if (session === null) {
    session = new Session()
    session.connect()
  }
  const mine: Asked = { work, outcome: null }
  asked = mine
  let refused: Error | null = null
  try {
    // Answered before `post` returns: the session is with this very thread.
    session.post('Runtime.evaluate', { expression, timeout: limit, silent: true }, (error) => {
      refused = error
    })
  } finally {
    asked = null
  }
  const { outcome } = mine
  if (outcome === null) {
    if (/terminated/.test((refused as Error | null)?.message ?? '')) throw tooLong()
    throw refused ?? new Error('the work was not begun')
  }
  if ('thrown' in outcome) throw outcome.thrown
  return outcome.done as T
}
