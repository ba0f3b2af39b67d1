// dianzhang serve with several processes behind one port: this one listens for nobody and reads no data. It starts the
// others, gives them the connections in turn, passes on what they tell each other, replaces one that ended, and stops
// all of them when it is signalled.
import cluster, { type Worker } from 'node:cluster'
import { AggregatorRegistry } from 'prom-client'
import { EnvError, readEnv } from '../env.ts'
import { isPost, type Post } from '../neighbours.ts'
import { outputMayEnd, report } from './output.ts'

/** One that lived so long (ms) had started well: it is replaced at once, others after a second, two, four … thirty. */
const livedWell = 10_000
const longestPause = 30_000
/** Who has not stopped by then is ended: service managers wait thirty seconds (ms). */
const stopWithin = 25_000

/** Exit codes as with one process: 0 stopped by a signal, 1 could not start, 2 wrong environment. Ends with the process. */
export function runProcesses(): void {
  outputMayEnd()
  let count: number
  try {
    count = readEnv('serve', process.env).processes
  } catch (error) {
    report(error)
    process.exit(error instanceof EnvError ? 2 : 1)
  }
  const begun = performance.now()
  const metrics = new AggregatorRegistry()
  /** Which process a worker is: one that replaces another has its number. */
  const numbers = new Map<Worker, number>()
  const ready = new Set<Worker>()
  let told = false
  let stopping = false
  let code = 0

  const fork = (number: number, failed = 0): void => {
    const worker = cluster.fork({ DIANZHANG_PROCESS: String(number) })
    const since = performance.now()
    numbers.set(worker, number)
    worker.on('message', (message: unknown) => {
      if (isPost(message)) receive(worker, message)
    })
    worker.once('exit', (status, signal) => {
      numbers.delete(worker)
      ready.delete(worker)
      tell(worker, { dianzhang: 'gone', from: number })
      if (stopping) return ended()
      // It has said why it could not start; the others would say the same.
      if (!told) {
        code = status || 1
        return stop()
      }
      const fails = performance.now() - since > livedWell ? 0 : failed + 1
      const pause = fails === 0 ? 0 : Math.min(longestPause, 1000 * 2 ** (fails - 1))
      process.stderr.write(
        `第 ${number} 个进程退出（${signal ?? status}），${pause === 0 ? '随即' : `${pause / 1000} 秒后`}重新启动。\n`,
      )
      setTimeout(() => !stopping && fork(number, fails), pause)
    })
  }
  const tell = (but: Worker, post: Post): void => {
    for (const other of numbers.keys()) if (other !== but && other.isConnected()) other.send(post)
  }
  const receive = (worker: Worker, post: Post): void => {
    if (post.dianzhang === 'said') tell(worker, { ...post, from: numbers.get(worker) ?? 0 })
    else if (post.dianzhang === 'metrics')
      void metrics
        .clusterMetrics()
        .catch(() => null)
        .then((text) => worker.isConnected() && worker.send({ ...post, text }))
    else if (post.dianzhang === 'ready') {
      ready.add(worker)
      tell(worker, { dianzhang: 'came' })
      // The first migrates and takes the port; the others follow once that is done.
      if (ready.size === 1 && !told) for (let number = 2; number <= count; number += 1) fork(number)
      if (told) process.stderr.write(`第 ${numbers.get(worker)} 个进程已经顶上。\n`)
      if (ready.size < count || told) return
      told = true
      process.stdout.write(
        `典章已启动：${post.url}（${count} 个进程，${Math.round(performance.now() - begun)} 毫秒）\n`,
      )
    }
  }
  const ended = (): void => {
    if (numbers.size === 0) process.exit(code)
  }
  const stop = (): void => {
    if (stopping) return
    stopping = true
    for (const worker of numbers.keys()) worker.process.kill('SIGTERM')
    setTimeout(() => {
      for (const worker of numbers.keys()) worker.process.kill('SIGKILL')
    }, stopWithin).unref()
    ended()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  fork(1)
}
