// 另一线程的入口：收一件，做一件，答一件。
import { parentPort } from 'node:worker_threads'
import { doTextWork } from './text-work.ts'
import type { WorkAnswer, WorkOrder } from './work-elsewhere.ts'

parentPort?.on('message', ({ kind, ask }: WorkOrder) => {
  let answer: WorkAnswer
  try {
    answer = { done: doTextWork(kind, ask as never) }
  } catch (error) {
    answer = { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  parentPort?.postMessage(answer)
})
