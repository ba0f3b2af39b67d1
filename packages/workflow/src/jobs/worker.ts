// Worker: fetches due jobs and sweeps the deadline rows at intervals (catching up after downtime and moves of the demo
// clock are found by the sweep).
import { setTimeout } from 'node:timers/promises'
import { bringCitationsUpToDate, reindexSearch, summarisePublicWrites } from '@dianzhang/register'
import type { Office } from '../office.ts'
import { runDueJobs } from './due.ts'
import { bossOf } from './queue.ts'

export interface Worker {
  /** The first sweep is over: what fell due during downtime is done. */
  swept: Promise<unknown>
  stop(): Promise<void>
}
/**
 * Starts fetching jobs; at start it first acts on deadlines that fell due during downtime, without being waited for (see
 * `swept`): however many there are, the service is there at once. `sweepSeconds` is the interval of the sweep (seconds).
 */
export async function startWorker(
  office: Office,
  options: { sweepSeconds?: number; afterSweep?: () => Promise<void> } = {},
): Promise<Worker> {
  const boss = bossOf(office.jobs)
  let running: Promise<unknown> = Promise.resolve()
  let stopped = false
  const sweep = () => {
    running = running
      .then(() => (stopped ? undefined : runDueJobs(office)))
      .catch((error: unknown) => office.log.error({ err: error }, '到期巡查失败'))
      // An error in what is due does not stop the anchor outside the database from being written; an anchor that
      // cannot be written (disk full, read-only) does not stop what is due.
      .then(() => options.afterSweep?.())
      .then(() => (stopped ? undefined : summarisePublicWrites(office.db)))
      .catch((error: unknown) => office.log.error({ err: error }, '库外的锚没有写下，请看它所在的磁盘'))
    return running
  }
  const swept = sweep()
  // Search terms of an old version are recomputed batch by batch, yielding in between; with none of an old version it
  // stops after one query. Citations never read (data of an old version) are read once.
  const citing = bringCitationsUpToDate(office.db).catch((error: unknown) =>
    office.log.error({ err: error }, '引用关系没有读完，下次启动时再读'),
  )
  const reindexing = (async () => {
    for (;;) {
      if (stopped || (await reindexSearch(office.db)) === 0) return
      await setTimeout(20, undefined, { ref: false })
    }
  })().catch((error: unknown) => office.log.error({ err: error }, '检索词元重算中断，下次启动时接着算'))
  const id = await boss.work('deadline-reached', { pollingIntervalSeconds: 2, batchSize: 100 }, () =>
    sweep().then(() => undefined),
  )
  const timer = setInterval(sweep, (options.sweepSeconds ?? 20) * 1000)
  timer.unref()
  return {
    swept,
    async stop() {
      stopped = true
      clearInterval(timer)
      await boss.offWork('deadline-reached', { id }).catch(() => {})
      await running
      await reindexing
      await citing
    },
  }
}
