// Searches in a thread of its own, with its own connections: combining the sets of a million entries keeps nobody at work
// waiting.
import { Worker } from 'node:worker_threads'
import { type ConnectOptions, type Db, isConnectionProblem } from '@dianzhang/database'
import type { IndexAnswer, IndexAsk } from './engine.ts'
import type { Key } from './rows.ts'
import { setSearcher } from './searcher.ts'

export type ThreadAsk =
  | { kind: 'ask'; asked: IndexAsk }
  | { kind: 'references'; word: IndexAsk['words'][number]; limit: number }
/** What went wrong, with the database's code where there is one. */
interface Failure {
  message: string
  code?: string | undefined
}
export type ThreadAnswer = { n: number; answer: IndexAnswer | Key[] | null } | { n: number; failed: Failure }
export interface ThreadData {
  url: string
  options: Omit<ConnectOptions, 'debug' | 'onnotice'>
}

interface Waiting {
  resolve: (answer: never) => void
  reject: (error: Error) => void
}

/**
 * Lets the searches of `db` be answered by a thread that connects to `url` with `options`. The thread starts with the
 * first search, and anew should it end. Answers what ends it.
 */
export function searchInThread(db: Db, url: string, options: ThreadData['options']): () => Promise<void> {
  let worker: Worker | null = null
  let next = 0
  const waiting = new Map<number, Waiting>()
  const open = (): Worker => {
    const data: ThreadData = { url, options }
    const started = new Worker(new URL('./search.worker.ts', import.meta.url), { execArgv: [], workerData: data })
    started.unref()
    started.on('message', (said: ThreadAnswer) => {
      const one = waiting.get(said.n)
      waiting.delete(said.n)
      if (waiting.size === 0) started.unref()
      if ('failed' in said) one?.reject(Object.assign(new Error(said.failed.message), { code: said.failed.code }))
      else one?.resolve(said.answer as never)
    })
    const lost = (error: Error): void => {
      if (worker === started) worker = null
      for (const one of waiting.values()) one.reject(error)
      waiting.clear()
    }
    started.on('error', lost)
    started.on('exit', () => lost(new Error('检索的线程已退出')))
    return started
  }
  const ask = <T>(what: ThreadAsk): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      worker ??= open()
      const n = next++
      waiting.set(n, { resolve: resolve as Waiting['resolve'], reject })
      worker.ref()
      worker.postMessage({ n, what })
    })
  setSearcher(db, {
    ask: (asked) => ask<IndexAnswer | null>({ kind: 'ask', asked }),
    references: (word, limit) => ask<Key[] | null>({ kind: 'references', word, limit }),
  })
  return async () => {
    await worker?.terminate()
  }
}

export const failureOf = (error: unknown): Failure => {
  const { message = String(error), code } = error as { message?: string; code?: string }
  return { message, code: code ?? (isConnectionProblem(error) ? 'CONNECTION_CLOSED' : undefined) }
}
