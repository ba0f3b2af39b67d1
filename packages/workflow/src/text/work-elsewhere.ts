// 很长的文本，检查要几百毫秒，条条相似时逐条对照要几秒：放到另外的线程里做，其间照常答复别的请求。结果与就地做的相同。
import { Worker } from 'node:worker_threads'
import { doTextWork, type TextTask, type TextTasks } from './text-work.ts'

/** 一版文本超过这么多字（UTF-16 单元）的，不在答复请求的线程里处理。 */
const elsewhereFrom = 60_000
const mostThreads = 2
/** 闲置多久就退出（毫秒）：一个线程连同它读过的文本占几十兆内存。 */
const idle = 60_000

export interface WorkOrder {
  kind: TextTask
  ask: TextTasks[TextTask]['ask']
}
export type WorkAnswer = { done: TextTasks[TextTask]['answer'] } | { failed: string }

interface Job {
  order: WorkOrder
  resolve: (answer: TextTasks[TextTask]['answer']) => void
  reject: (error: Error) => void
}
interface Thread {
  worker: Worker
  job: Job | null
  timer: NodeJS.Timeout | null
}
const threads = new Set<Thread>()
const waiting: Job[] = []

/** 正在另外的线程里做的件数。 */
export const working = (): number => [...threads].filter(({ job }) => job !== null).length

function open(): Thread {
  const worker = new Worker(new URL('./text-work.worker.ts', import.meta.url), {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  })
  const thread: Thread = { worker, job: null, timer: null }
  const lost = (error: Error): void => {
    if (thread.timer) clearTimeout(thread.timer)
    threads.delete(thread)
    thread.job?.reject(error)
    thread.job = null
    next()
  }
  worker.on('message', (answer: WorkAnswer) => {
    const { job } = thread
    thread.job = null
    if ('done' in answer) job?.resolve(answer.done)
    else job?.reject(new Error(`文本处理失败：${answer.failed}`))
    next()
    if (thread.job !== null) return
    // 闲着的线程不妨碍进程退出。
    worker.unref()
    thread.timer = setTimeout(() => {
      threads.delete(thread)
      void worker.terminate()
    }, idle).unref()
  })
  worker.on('error', (error) => lost(error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', () => lost(new Error('处理文本的线程已退出')))
  threads.add(thread)
  return thread
}

function next(): void {
  while (waiting.length > 0) {
    const thread = [...threads].find(({ job }) => job === null) ?? (threads.size < mostThreads ? open() : undefined)
    if (!thread) return
    const job = waiting.shift() as Job
    if (thread.timer) clearTimeout(thread.timer)
    thread.timer = null
    thread.job = job
    thread.worker.ref()
    thread.worker.postMessage(job.order)
  }
}

/** 做一件文本的事；`characters` 为所涉文本中最长一版的字数，短的就在这里做。 */
export function textWork<K extends TextTask>(
  kind: K,
  characters: number,
  ask: TextTasks[K]['ask'],
): Promise<TextTasks[K]['answer']> {
  if (characters <= elsewhereFrom) return Promise.resolve(doTextWork(kind, ask))
  return new Promise<TextTasks[K]['answer']>((resolve, reject) => {
    waiting.push({ order: { kind, ask }, resolve: resolve as Job['resolve'], reject })
    next()
  })
}
