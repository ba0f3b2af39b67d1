// Worker: fetches due jobs and sweeps the deadline rows at intervals (catching up after downtime and moves of the demo
// clock are found by the sweep).
import { setTimeout } from 'node:timers/promises'
import { bringCitationsUpToDate, indexerOf, summarisePublicWrites } from '@dianzhang/register'
import { climbLadder } from '../notices/ladder.ts'
import { noticeTender } from '../notices/send.ts'
import type { Office } from '../office.ts'
import { indexMoved } from '../search/index-matters.ts'
import { runDueJobs } from './due.ts'
import { bossOf } from './queue.ts'
import { awaitHeldComments, bringTurnsUpToDate, handOverFilings } from './turns.ts'

export interface Worker {
  /** The first sweep is over: what fell due during downtime is done. */
  swept: Promise<unknown>
  stop(): Promise<void>
}
/**
 * Starts fetching jobs; at start it first acts on deadlines that fell due during downtime, without being waited for (see
 * `swept`): however many there are, the service is there at once. `sweepSeconds` is the interval of the sweep (seconds).
 * While `waits` says so, nothing that fell due is done: the database is older than what was published from it.
 */
export async function startWorker(
  office: Office,
  options: { sweepSeconds?: number; afterSweep?: () => Promise<void>; waits?: () => boolean } = {},
): Promise<Worker> {
  const boss = bossOf(office.jobs)
  let running: Promise<unknown> = Promise.resolve()
  let stopped = false
  let quiet = 0
  // What falls due and what is added to the index do not wait for a merge.
  let merging: Promise<unknown> | null = null
  const merge = (pace: 'steady' | 'filling') => {
    merging ??= indexerOf(office.db)
      .merge(pace)
      .catch((error: unknown) => office.log.error({ err: error }, '检索索引没有合并，下次再合'))
      .finally(() => {
        merging = null
      })
  }
  const sweep = () => {
    running = running
      .then(() => (stopped || options.waits?.() ? undefined : runDueJobs(office)))
      .then(() => (stopped || options.waits?.() ? undefined : climbLadder(office)))
      .catch((error: unknown) => office.log.error({ err: error }, '到期巡查失败'))
      // An error in what is due does not stop the anchor outside the database from being written; an anchor that
      // cannot be written (disk full, read-only) does not stop what is due.
      .then(() => options.afterSweep?.())
      .then(async () => {
        if (!stopped) quiet = await upkeep(office, quiet, merge)
      })
      .catch((error: unknown) => office.log.error({ err: error }, '库外的锚没有写下，请看它所在的磁盘'))
    return running
  }
  const swept = sweep()
  // Citations never read (data of an old version) are read once.
  const citing = bringCitationsUpToDate(office.db).catch((error: unknown) =>
    office.log.error({ err: error }, '引用关系没有读完，下次启动时再读'),
  )
  // A register from before the search index, or one read by an older algorithm, is indexed once; until then it is
  // searched the old way.
  const giveUp = new AbortController()
  const indexing = indexerOf(office.db)
    .keep(giveUp.signal)
    .catch((error: unknown) => office.log.error({ err: error }, '检索索引没有建成，下次启动时再建'))
  // Matters of old data: whose turn it is, derived once.
  const turning = bringTurnsUpToDate(office, () => stopped)
    .then(() => handOverFilings(office, () => stopped))
    .then(() => awaitHeldComments(office, () => stopped))
    .catch((error: unknown) => office.log.error({ err: error }, '没有推算完各案卷轮到谁，下次启动时接着算'))
  // What can be found in matters: all of them at the start, then what moved, batch by batch.
  let finding: Promise<unknown> = Promise.resolve()
  const index = () => {
    finding = finding
      .then(() =>
        indexMoved(
          office,
          (ms) => setTimeout(ms, undefined, { ref: false, signal: giveUp.signal }).catch(() => undefined),
          () => stopped,
        ),
      )
      .catch((error: unknown) => office.log.error({ err: error }, '案卷的检索没有更新完，下次巡查时接着算'))
    return finding
  }
  void index()
  const id = await boss.work('deadline-reached', { pollingIntervalSeconds: 2, batchSize: 100 }, () =>
    sweep().then(() => undefined),
  )
  // What is to be told outside does not wait for the sweep, and a receiver that is slow does not hold it up.
  let telling: Promise<unknown> = Promise.resolve()
  let busy = false
  const tender = noticeTender(office)
  const tell = () => {
    if (busy || stopped || options.waits?.()) return
    busy = true
    telling = tender
      .look()
      .catch((error: unknown) => office.log.error({ err: error }, '对外通知没有办完，稍后再办'))
      .finally(() => {
        busy = false
      })
  }
  const teller = setInterval(tell, 3000)
  teller.unref()
  const timer = setInterval(() => void sweep().then(index), (options.sweepSeconds ?? 20) * 1000)
  timer.unref()
  return {
    swept,
    async stop() {
      stopped = true
      clearInterval(timer)
      clearInterval(teller)
      await boss.offWork('deadline-reached', { id }).catch(() => {})
      await running
      await merging
      giveUp.abort()
      await indexing
      await citing
      await turning
      await finding
      await telling
      await tender.ended().catch(() => {})
    },
  }
}

/** So many entries not yet in a part are looked at one by one by every search; more are made into a part. */
const mostPending = 250

/**
 * What is derived stays small: the versions of what the public sees, the entries not yet in the search index. `quiet`:
 * how many rounds before this one found no more than a handful of those. While an import fills the index, parts are not
 * merged that it will merge itself. Answers the same for the next round.
 */
async function upkeep(office: Office, quiet: number, merge: (pace: 'steady' | 'filling') => void): Promise<number> {
  try {
    await summarisePublicWrites(office.db)
    const index = indexerOf(office.db)
    const rounds = (await index.pending(mostPending)) > 0 ? 0 : quiet + 1
    merge(rounds > 1 ? 'steady' : 'filling')
    return rounds
  } catch (error) {
    office.log.error({ err: error }, '检索索引没有并入新的条目，下次再并')
    return 0
  }
}
