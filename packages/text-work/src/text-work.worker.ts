// Entrance of the other thread: takes one task, does it, answers it.
import { parentPort } from 'node:worker_threads'
import { type TextRefusal, toRefusal } from './text-refusal.ts'
import { doTextWork } from './text-work.ts'
import type { WorkAnswer, WorkOrder } from './work-elsewhere.ts'

parentPort?.on('message', async ({ kind, ask }: WorkOrder) => {
  let answer: WorkAnswer
  try {
    answer = { done: await doTextWork(kind, ask as never) }
  } catch (error) {
    const refused: TextRefusal | null = toRefusal(error)
    answer = refused ? { refused } : { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  // Whole blocks of bytes are transferred, not copied.
  const bytes = 'done' in answer && answer.done instanceof Uint8Array ? [answer.done.buffer as ArrayBuffer] : []
  parentPort?.postMessage(answer, bytes)
})
