// The thread that answers searches, or writes the index; see search-thread.ts.
import { parentPort, workerData } from 'node:worker_threads'
import { connect, settleMemory } from '@dianzhang/database'
import { indexPending, keepSearchIndex, mergeSearchParts } from './build.ts'
import { IndexEngine } from './engine.ts'
import { failureOf, type ThreadAnswer, type ThreadAsk, type ThreadData, type ThreadOrder } from './search-thread.ts'

const { url, options } = workerData as ThreadData
const { db } = connect(url, options)
// Opened when a search first has many texts to look at.
const beside = connect(url, { ...options, primary: undefined, max: 1 })
const engine = new IndexEngine(db, beside.db)
// This thread stays as long as the server; by then it has answered what it was started for.
setTimeout(settleMemory, 3_000).unref()
/** What can be stopped on the way. */
const stops = new Map<number, AbortController>()

const done = async (n: number, what: ThreadAsk) => {
  switch (what.kind) {
    case 'ask':
      return await engine.ask(what.asked)
    case 'references':
      return await engine.references(what.word, what.limit)
    case 'titles':
      return await engine.titles(what.asked)
    case 'pending':
      return await indexPending(db, what.least)
    case 'merge':
      return await mergeSearchParts(db, what.pace)
    case 'keep': {
      const stop = new AbortController()
      stops.set(n, stop)
      await keepSearchIndex(db, { signal: stop.signal }).finally(() => stops.delete(n))
      return null
    }
  }
}

parentPort?.on('message', (order: ThreadOrder) => {
  const { n } = order
  if ('stop' in order) {
    stops.get(n)?.abort()
    return
  }
  const say = (said: ThreadAnswer): void => parentPort?.postMessage(said)
  done(n, order.what).then(
    (answer) => say({ n, answer }),
    (error: unknown) => say({ n, failed: failureOf(error) }),
  )
})
