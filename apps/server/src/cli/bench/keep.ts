// What a system of a hundred thousand documents is kept with: starting it, sealing a day, writing a backup, restoring it,
// verifying everything and verifying what is new. Wall time beside processor time, as machines are shared.
import { rmSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { dateInShanghai } from '@dianzhang/calendar'
import { backup, connect, restore } from '@dianzhang/database'
import { installJobs, sealLedger } from '@dianzhang/workflow'
import { verifyInThreads } from '../verify.ts'
import { prepareFigures } from './figures.ts'
import { benchOffice, cpuOfSessions, serveTarget, startTarget } from './target.ts'

export interface KeepBench {
  documents: number
  events: number
  rows: Array<{ name: string; seconds: number; cpuSeconds: number; what: string }>
}
const round = (ms: number): number => Math.round(ms / 10) / 100

/** Takes the seals away, past the guards that let nobody do so. */
async function unsealed(url: string): Promise<void> {
  const { sql, close } = connect(url, { max: 1 })
  try {
    await sql.unsafe('set session_replication_role = replica; delete from ledger_seals;')
  } finally {
    await close()
  }
}

/**
 * `url`, `empty`, `other`: three databases without tables. The documents are copies (figures.ts), so verifying finds the
 * copies out, which is as much work as finding nothing.
 */
export async function benchKeep(
  databases: { url: string; empty: string; restored: string },
  documents: number,
  folder: string,
  say: (line: string) => void,
): Promise<KeepBench> {
  const { url, empty, restored } = databases
  const { events } = await prepareFigures(url, documents)
  say(`  ${documents} 件、台账 ${events} 条备好`)
  const rows: KeepBench['rows'] = []
  const timed = async (name: string, work: () => Promise<string>): Promise<void> => {
    const [begun, before] = [performance.now(), process.cpuUsage()]
    const what = await work()
    const { user, system } = process.cpuUsage(before)
    const row = { name, seconds: round(performance.now() - begun), cpuSeconds: round((user + system) / 1000), what }
    rows.push(row)
    say(`  ${name}：${row.seconds} 秒（本进程的处理器 ${row.cpuSeconds} 秒）${what}`)
  }
  // The days of the seeding were sealed without the copies. Before anything is started: a server seals by itself.
  await unsealed(url)
  const { office, close } = await benchOffice(url)
  await timed('封存', async () => `${await sealLedger(office)} 份`).finally(close)
  for (const [name, at] of [
    ['起动，没有文件的库', empty],
    ['起动', url],
    ['再起动', url],
  ] as const) {
    const target = at === empty ? await startTarget(at) : await serveTarget(at)
    const row = { name, seconds: round(target.startMs), cpuSeconds: round(target.startCpuMs), what: '' }
    await target.stop()
    rows.push(row)
    say(`  ${name}：${row.seconds} 秒（服务的处理器 ${row.cpuSeconds} 秒）`)
  }
  const file = join(folder, 'keep.backup')
  try {
    await timed('备份', async () => {
      const manifest = await backup(url, file)
      const count = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
      return `${count} 行，${Math.round(statSync(file).size / 1048576)} MB`
    })
    await installJobs(restored)
    await timed('恢复', async () => `${(await restore(file, restored)).tables.length} 张表`)
    const { sql, close: end } = connect(url, { max: 1 })
    try {
      // As the command does it: in threads, whose processor time is in the figure; that of the database stands beside it.
      const verified = (name: string, since?: string) =>
        timed(name, async () => {
          const before = cpuOfSessions(new URL(url).pathname.slice(1))
          const begun = performance.now()
          const seen = setInterval(() => cpuOfSessions(new URL(url).pathname.slice(1)), 500)
          const threads = Math.min(4, availableParallelism())
          const report = await verifyInThreads(sql, url, threads, since === undefined ? {} : { since }).finally(() =>
            clearInterval(seen),
          )
          const database = round(cpuOfSessions(new URL(url).pathname.slice(1)) - before)
          const million = round(((performance.now() - begun) / Math.max(1, events)) * 1e6)
          return `${report.faults.length} 处（复制的文件都认得出），数据库的处理器 ${database} 秒${since === undefined ? `；照此一百万条 ${million} 秒（目标 600）` : ''}`
        })
      await verified('核验')
      const since = dateInShanghai(new Date().toISOString())
      await verified(`核验 --since ${since}`, since)
    } finally {
      await end()
    }
  } finally {
    rmSync(file, { force: true })
  }
  return { documents, events, rows }
}
