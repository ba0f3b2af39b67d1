// The thread that answers searches, see search-thread.ts.
import { parentPort, workerData } from 'node:worker_threads'
import { connect } from '@dianzhang/database'
import { IndexEngine } from './engine.ts'
import { failureOf, type ThreadAnswer, type ThreadAsk, type ThreadData } from './search-thread.ts'

const { url, options } = workerData as ThreadData
const engine = new IndexEngine(connect(url, options).db)

parentPort?.on('message', ({ n, what }: { n: number; what: ThreadAsk }) => {
  const answer = what.kind === 'ask' ? engine.ask(what.asked) : engine.references(what.word, what.limit)
  const say = (said: ThreadAnswer): void => parentPort?.postMessage(said)
  answer.then(
    (found) => say({ n, answer: found }),
    (error: unknown) => say({ n, failed: failureOf(error) }),
  )
})
