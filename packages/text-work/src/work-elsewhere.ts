// Work that grows with the text is done in other threads, and other requests are answered meanwhile: each task has a
// time limit, the number waiting is limited, and the public cannot take all the threads. The results equal those of
// working in place.
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { AppError } from '@dianzhang/contract'
import { fromRefusal, type TextRefusal } from './text-refusal.ts'
import { doTextWork, type TextTask, type TextTasks } from './text-work.ts'
import { within } from './time-limit.ts'

/**
 * When a version has more characters (UTF-16 units) than this, it is not handled in the thread that answers requests.
 */
const elsewhereFrom = 60_000
/**
 * Writing a Word file is dozens of times slower than reading text, so much shorter ones already are not written here.
 */
const writtenElsewhereFrom = 3_000
const mostThreads = Math.max(2, Math.min(4, availableParallelism() - 1))
/**
 * The most threads the public's tasks take at once: however much is searched and downloaded, the people at work get
 * their turn.
 */
const mostPublicThreads = Math.max(1, mostThreads - 1)
/** The number that may wait; later ones are answered 503, to be tried again shortly. */
const mostWaiting = { staff: 64, public: 16 } as const
/** The longest a task may take (milliseconds); even comparing texts of two million characters takes only seconds. */
const workLimit = 30_000
/** The longest a task in place may take (milliseconds); usually a few dozen milliseconds at most. */
const hereLimit = 5_000
/** How long idle before exit (milliseconds): a thread with the texts it has read takes dozens of megabytes. */
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
  /** The time limit while working, the moment of exit while idle. */
  timer: NodeJS.Timeout | null
}
const threads = new Set<Thread>()
const waiting: Record<Whose, Job[]> = { staff: [], public: [] }

/** The number of tasks being done in other threads. */
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
    // An idle thread does not keep the process from exiting.
    worker.unref()
    thread.timer = setTimeout(() => {
      threads.delete(thread)
      void worker.terminate()
    }, idle).unref()
  })
  // A thread out of memory ends this way: the text is too large, and the service is not at fault.
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

/**
 * Does a text task in another thread. 503 when the number waiting is full; over the time limit or out of memory, 503
 * saying that the text is too large.
 */
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

/** Does it in the thread that answers requests; 503 over the time limit. */
const here = async <K extends TextTask>(kind: K, ask: TextTasks[K]['ask']): Promise<TextTasks[K]['answer']> =>
  within(hereLimit, () => doTextWork(kind, ask), tooMuch)

/**
 * Does a text task; `characters` is the number of characters of the longest version involved, and short ones are done
 * here.
 */
export function textWork<K extends TextTask>(
  kind: K,
  characters: number,
  ask: TextTasks[K]['ask'],
  whose: Whose = 'staff',
): Promise<TextTasks[K]['answer']> {
  return characters <= elsewhereFrom ? here(kind, ask) : elsewhere(kind, ask, whose)
}

/**
 * Tasks that write files: only much shorter ones are done in place, and none that the typesetter sets (it cannot be
 * stopped halfway, and loading it takes a second).
 */
export function writingWork<K extends 'export' | 'difference'>(
  kind: K,
  characters: number,
  ask: TextTasks[K]['ask'],
  whose: Whose = 'staff',
): Promise<TextTasks[K]['answer']> {
  const typeset = 'format' in ask && ask.format === 'pdf'
  return characters <= writtenElsewhereFrom && !typeset ? here(kind, ask) : elsewhere(kind, ask, whose)
}
