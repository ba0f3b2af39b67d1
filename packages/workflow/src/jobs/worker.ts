// 工作者：收取到期作业，并定时巡查期限行（停机之后的补办、演示时钟的拨动都由巡查发现）。
import { setTimeout } from 'node:timers/promises'
import { bringCitationsUpToDate, reindexSearch } from '@dianzhang/register'
import type { Office } from '../office.ts'
import { runDueJobs } from './due.ts'
import { bossOf } from './queue.ts'

export interface Worker {
  stop(): Promise<void>
}
/** 开始收取作业；启动时先补办停机期间到期的期限。`sweepSeconds` 为巡查间隔（秒）。 */
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
      // 到期的事出了错，库外的锚照写；锚写不下（磁盘已满、只能读），到期的事照办。
      .then(() => options.afterSweep?.())
      .catch((error: unknown) => office.log.error({ err: error }, '库外的锚没有写下，请看它所在的磁盘'))
    return running
  }
  await sweep()
  // 旧版的检索词元一批一批重算，批间让开；没有旧版的，一次查询即止。
  // 引用关系还没有读过的（旧版的数据），读一次。
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
