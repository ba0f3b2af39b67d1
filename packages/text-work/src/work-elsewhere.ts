// 随文本增长的事放到另外的线程里做，其间照常答复别的请求：每件有时限，等候的件数有限，公众的不占满。结果与就地做的相同。
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { AppError } from '@dianzhang/contract'
import { fromRefusal, type TextRefusal } from './text-refusal.ts'
import { doTextWork, type TextTask, type TextTasks } from './text-work.ts'
import { within } from './time-limit.ts'

/** 一版文本超过这么多字（UTF-16 单元）的，不在答复请求的线程里处理。 */
const elsewhereFrom = 60_000
/** 写 Word 文件比读文字慢几十倍，短得多的就不在这里写。 */
const writtenElsewhereFrom = 3_000
const mostThreads = Math.max(2, Math.min(4, availableParallelism() - 1))
/** 公众的事同时最多占几个线程：检索、下载再多，办理的人也等得到。 */
const mostPublicThreads = Math.max(1, mostThreads - 1)
/** 等候的件数；再来的答复 503，请稍后再试。 */
const mostWaiting = { staff: 64, public: 16 } as const
/** 一件最多做多久（毫秒）；两百万字的文本比较也只要几秒。 */
const workLimit = 30_000
/** 就地做的一件最多做多久（毫秒）；平常不过几十毫秒。 */
const hereLimit = 5_000
/** 闲置多久就退出（毫秒）：一个线程连同它读过的文本占几十兆内存。 */
const idle = 60_000

export type Whose = 'staff' | 'public'
export interface WorkOrder {
  kind: TextTask
  ask: TextTasks[TextTask]['ask']
}
export type WorkAnswer = { done: TextTasks[TextTask]['answer'] } | { refused: TextRefusal } | { failed: string }

interface Job {
  order: WorkOrder
  whose: Whose
  resolve: (answer: TextTasks[TextTask]['answer']) => void
  reject: (error: Error) => void
}
interface Thread {
  worker: Worker
  job: Job | null
  /** 在做时是时限，闲着时是退出的时刻。 */
  timer: NodeJS.Timeout | null
}
const threads = new Set<Thread>()
const waiting: Record<Whose, Job[]> = { staff: [], public: [] }

/** 正在另外的线程里做的件数。 */
export const working = (): number => [...threads].filter(({ job }) => job !== null).length
const busyForPublic = (): number => [...threads].filter(({ job }) => job?.whose === 'public').length

function settle(thread: Thread): Job | null {
  if (thread.timer) clearTimeout(thread.timer)
  thread.timer = null
  const { job } = thread
  thread.job = null
  return job
}

function open(): Thread {
  const worker = new Worker(new URL('./text-work.worker.ts', import.meta.url), {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  })
  const thread: Thread = { worker, job: null, timer: null }
  const lost = (error: Error): void => {
    threads.delete(thread)
    settle(thread)?.reject(error)
    next()
  }
  worker.on('message', (answer: WorkAnswer) => {
    const job = settle(thread)
    if ('done' in answer) job?.resolve(answer.done)
    else if ('refused' in answer) job?.reject(fromRefusal(answer.refused))
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
  // 内存用尽的线程以此结束：是这份文本太大，不是服务的故障。
  worker.on('error', (error: NodeJS.ErrnoException) =>
    lost(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch() : error),
  )
  worker.on('exit', () => lost(new Error('处理文本的线程已退出')))
  threads.add(thread)
  return thread
}

const tooMuch = (): AppError =>
  new AppError('unavailable', '这份文本太长或者太复杂，没能在规定的时间内处理完；请拆成几份再试。')

function next(): void {
  for (;;) {
    const whose: Whose | null =
      waiting.staff.length > 0
        ? 'staff'
        : waiting.public.length > 0 && busyForPublic() < mostPublicThreads
          ? 'public'
          : null
    if (whose === null) return
    const thread = [...threads].find(({ job }) => job === null) ?? (threads.size < mostThreads ? open() : undefined)
    if (!thread) return
    settle(thread)
    const job = waiting[whose].shift() as Job
    thread.job = job
    thread.worker.ref()
    thread.timer = setTimeout(() => {
      threads.delete(thread)
      settle(thread)?.reject(tooMuch())
      void thread.worker.terminate()
      next()
    }, workLimit)
    thread.worker.postMessage(job.order)
  }
}

/** 在另外的线程里做一件文本的事。等候的件数已满的，503；超过时限或者内存的，503 并说明是文本太大。 */
export function elsewhere<K extends TextTask>(
  kind: K,
  ask: TextTasks[K]['ask'],
  whose: Whose = 'staff',
): Promise<TextTasks[K]['answer']> {
  if (waiting[whose].length >= mostWaiting[whose])
    return Promise.reject(new AppError('unavailable', '正在处理的文件较多，请过几秒再试。'))
  return new Promise<TextTasks[K]['answer']>((resolve, reject) => {
    waiting[whose].push({ order: { kind, ask }, whose, resolve: resolve as Job['resolve'], reject })
    next()
  })
}

/** 就在答复请求的线程里做；超过时限的 503。 */
const here = async <K extends TextTask>(kind: K, ask: TextTasks[K]['ask']): Promise<TextTasks[K]['answer']> =>
  within(hereLimit, () => doTextWork(kind, ask), tooMuch)

/** 做一件文本的事；`characters` 为所涉文本中最长一版的字数，短的就在这里做。 */
export function textWork<K extends TextTask>(
  kind: K,
  characters: number,
  ask: TextTasks[K]['ask'],
  whose: Whose = 'staff',
): Promise<TextTasks[K]['answer']> {
  return characters <= elsewhereFrom ? here(kind, ask) : elsewhere(kind, ask, whose)
}

/** 写出文件的事：短得多的才就地做。 */
export function writingWork<K extends 'export' | 'difference'>(
  kind: K,
  characters: number,
  ask: TextTasks[K]['ask'],
  whose: Whose = 'staff',
): Promise<TextTasks[K]['answer']> {
  return characters <= writtenElsewhereFrom ? here(kind, ask) : elsewhere(kind, ask, whose)
}
