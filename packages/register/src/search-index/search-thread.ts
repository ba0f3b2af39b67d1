// Searching, and writing the search index, each in a thread of its own with its own connections: combining the sets of a
// million entries keeps nobody at work waiting, and an import is not held up by the index of what it has written.
import { Worker } from 'node:worker_threads'
import { type ConnectOptions, type Db, isConnectionProblem } from '@dianzhang/database'
import { activeIndex, isMergeDue, isWaiting, type Pace } from './build.ts'
import type { IndexAnswer, IndexAsk, TitleAsk } from './engine.ts'
import { setIndexer } from './indexer.ts'
import type { Key } from './rows.ts'
import { setSearcher } from './searcher.ts'

export type ThreadAsk =
  | { kind: 'ask'; asked: IndexAsk }
  | { kind: 'references'; word: IndexAsk['words'][number]; limit: number }
  | { kind: 'titles'; asked: TitleAsk }
  | { kind: 'pending'; least: number }
  | { kind: 'merge'; pace: Pace }
  | { kind: 'keep' }
/** What the thread is told: a question, or that the answer to one is no longer wanted. */
export type ThreadOrder = { n: number; what: ThreadAsk } | { n: number; stop: true }
/** What went wrong, with the database's code where there is one. */
interface Failure {
  message: string
  code?: string | undefined
}
export type ThreadAnswer = { n: number; answer: IndexAnswer | Key[] | number | null } | { n: number; failed: Failure }
export interface ThreadData {
  url: string
  options: Omit<ConnectOptions, 'debug' | 'onnotice'>
}

interface Waiting {
  resolve: (answer: never) => void
  reject: (error: Error) => void
}

/** How long the thread that writes is kept with nothing to write (ms): it takes dozens of megabytes. */
const idleMs = 60_000

/** A thread that starts with the first question, and anew should it end; `idle`: when nothing was asked for so long (ms), it ends. */
function thread(data: ThreadData, idle: number | null = null) {
  let worker: Worker | null = null
  let resting: NodeJS.Timeout | undefined
  let next = 0
  const waiting = new Map<number, Waiting>()
  const open = (): Worker => {
    const started = new Worker(new URL('./search.worker.ts', import.meta.url), { execArgv: [], workerData: data })
    started.unref()
    started.on('message', (said: ThreadAnswer) => {
      const one = waiting.get(said.n)
      waiting.delete(said.n)
      if (waiting.size === 0) {
        started.unref()
        if (idle !== null)
          resting = setTimeout(() => {
            worker = null
            void started.terminate()
          }, idle).unref()
      }
      if ('failed' in said) one?.reject(Object.assign(new Error(said.failed.message), { code: said.failed.code }))
      else one?.resolve(said.answer as never)
    })
    const lost = (error: Error): void => {
      // Sent away for want of work, or followed by another already: nobody waits for this one.
      if (worker !== started) return
      worker = null
      for (const one of waiting.values()) one.reject(error)
      waiting.clear()
    }
    started.on('error', lost)
    started.on('exit', () => lost(new Error('检索的线程已退出')))
    return started
  }
  return {
    ask: <T>(what: ThreadAsk, signal?: AbortSignal): Promise<T> =>
      new Promise<T>((resolve, reject) => {
        clearTimeout(resting)
        const asked = worker ?? open()
        worker = asked
        const n = next++
        const tell = (order: ThreadOrder): void => asked.postMessage(order)
        waiting.set(n, { resolve: resolve as Waiting['resolve'], reject })
        asked.ref()
        tell({ n, what })
        signal?.addEventListener('abort', () => tell({ n, stop: true }), { once: true })
      }),
    end: async (): Promise<void> => {
      clearTimeout(resting)
      await worker?.terminate()
    },
  }
}

/**
 * Lets the searches of `db` be answered by a thread that connects to `url` with `options`. The thread starts with the
 * first search. Answers what ends it.
 */
export function searchInThread(db: Db, url: string, options: ThreadData['options']): () => Promise<void> {
  const { ask, end } = thread({ url, options })
  setSearcher(db, {
    ask: (asked) => ask<IndexAnswer | null>({ kind: 'ask', asked }),
    references: (word, limit) => ask<Key[] | null>({ kind: 'references', word, limit }),
    titles: (asked) => ask<Key[] | null>({ kind: 'titles', asked }),
  })
  return end
}

/**
 * Lets the search index of `db` be written by a thread that connects to `url` with `options`; where a handful waits and
 * nothing is to be merged, no thread is started to find that out. Answers what ends it: what it was writing is then as if it had not begun.
 */
export function indexInThread(db: Db, url: string, options: ThreadData['options']): () => Promise<void> {
  const { ask, end } = thread({ url, options }, idleMs)
  setIndexer(db, {
    pending: async (least = 1) => ((await isWaiting(db, least)) ? await ask<number>({ kind: 'pending', least }) : 0),
    merge: async (pace = 'steady') => ((await isMergeDue(db, pace)) ? await ask<number>({ kind: 'merge', pace }) : 0),
    keep: async (signal) => {
      if (!signal.aborted && (await activeIndex(db)) === null) await ask<null>({ kind: 'keep' }, signal)
    },
  })
  return end
}

export const failureOf = (error: unknown): Failure => {
  const { message = String(error), code } = error as { message?: string; code?: string }
  return { message, code: code ?? (isConnectionProblem(error) ? 'CONNECTION_CLOSED' : undefined) }
}
