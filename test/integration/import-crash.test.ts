// 导入旧有文件时断电：导入的进程（与数据库）被 kill -9，库里只有完整的条目；再运行接着导入，再运行一次没有改动。
// 次数由 IMPORT_KILLS 指定（缺省 1，只断导入；给了的，偶数次断数据库，完整证明为 40）。
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connect, migrate, removeEmbedded, startEmbedded } from '@dianzhang/database'
import { installJobs, installPacks } from '@dianzhang/workflow'
import { afterAll, expect, it } from 'vitest'
import { runImport } from '../../apps/server/src/cli/import.ts'
import type { Io } from '../../apps/server/src/cli/io.ts'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import { testDatabase } from '../support/database.ts'

const thorough = process.env.IMPORT_KILLS !== undefined
const kills = Number(process.env.IMPORT_KILLS ?? 1)
const total = thorough ? 20_000 : 800
const launcher = fileURLToPath(new URL('../../apps/server/bin/dianzhang.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'dianzhang-import-'))
chmodSync(folder, 0o711)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const titleOf = (i: number) => `海原县第${i}号旧有办法`
const bodyOf = (i: number) => `${titleOf(i)}\n${`第一条 第${i}件的申请人应当如实提交材料。\n`.repeat(12)}`
const file = join(folder, '旧有文件.jsonl')
writeFileSync(
  file,
  Array.from({ length: total }, (_, i) =>
    JSON.stringify({
      id: `旧-${i}`,
      title: titleOf(i),
      body: bodyOf(i),
      publishedAt: '2019-05-06',
      status: '现行有效',
    }),
  ).join('\n'),
)

/** 一套数据库：日常运行的账号、所有者的账号，断数据库的电。 */
async function place() {
  if (!thorough) {
    const database = await testDatabase()
    return { ...database, end: async () => {}, cut: undefined }
  }
  const database = await startEmbedded({ dir: folder, durable: true, owner: 'import crash test' })
  await migrate(database.url)
  await installJobs(database.url)
  return {
    url: database.url,
    appUrl: database.url,
    end: async () => {
      await database.stop()
      await removeEmbedded(folder)
    },
    cut: () => process.kill(database.pid, 'SIGKILL'),
  }
}

it(
  `导入被 kill -9 ${kills} 次：没有半件的，再运行接着导入，内容一字不差`,
  async () => {
    const { url, appUrl, end, cut } = await place()
    const { sql, db, close } = connect(url, { max: 2 })
    try {
      await installPacks(db, new Date())
      const run = () => {
        const child: ChildProcess = spawn(process.execPath, [launcher, 'import', file, '--json'], {
          env: { ...process.env, DATABASE_URL: appUrl, DATABASE_OWNER_URL: url },
          stdio: ['ignore', 'pipe', 'inherit'],
        })
        let output = ''
        child.stdout?.on('data', (chunk: Buffer) => {
          output += chunk.toString()
        })
        const ended = new Promise<{ code: number | null; output: string }>((resolve) =>
          child.once('exit', (code) => resolve({ code, output })),
        )
        return { child, ended }
      }
      /** 不断电的一次，在本进程里：与命令是同一段程序，省去启动。 */
      const complete = async () => {
        const out: string[] = []
        const io = { out: (text: string) => out.push(text), error() {}, progress() {}, terminal: false }
        return {
          code: await runImport({ file, url: appUrl, ownerUrl: url, json: true }, io as Io),
          output: out.join(''),
        }
      }
      const count = async () =>
        Number((await sql`select count(*)::int as n from register_entries`.catch(() => [{ n: -1 }]))[0]?.n)
      /** 库里的每一件都是完整的：与来源一字不差，摘要在，检索得到（在索引里，或者等着并入索引；逐件由核验比较），办公台账里有它。 */
      const whole = async (): Promise<number> => {
        const rows = await sql<
          Array<{ source_id: string; title: string; body: string; published_on: string; searchable: boolean }>
        >`
          select e.source_id, e.title, e.body, e.published_on::text,
            exists (select from search_pending p where p.jurisdiction_id = e.jurisdiction_id and p.id = e.id)
              or exists (select from search_parts) as searchable
          from register_entries e`
        for (const row of rows) {
          const i = Number(row.source_id.slice(2))
          expect(row).toEqual({
            source_id: `旧-${i}`,
            title: titleOf(i),
            body: bodyOf(i),
            published_on: '2019-05-06',
            searchable: true,
          })
        }
        const [book] = await sql<Array<{ n: number }>>`
          select coalesce(sum(jsonb_array_length(rows)), 0)::int as n from office_ledger
          where table_name = 'register_entries' and op = 'insert'`
        expect(book?.n).toBe(rows.length)
        return rows.length
      }
      let reached = 0
      for (let kill = 1; kill <= kills; kill++) {
        const { child, ended } = run()
        // 写进了一批又一批以后，在某一批的中间断电。
        const until = reached + Math.ceil(Math.random() * (total / (kills + 1)))
        for (;;) {
          const n = await count()
          if (n >= until || child.exitCode !== null) break
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 10))
        }
        if (cut && kill % 2 === 0) {
          cut()
          const { code, output } = await ended
          // 没有说成已经导完。
          expect([code, output]).toEqual([2, expect.stringContaining('"ok":false')])
          while ((await count()) < 0) await new Promise((resolve) => setTimeout(resolve, 50))
        } else {
          child.kill('SIGKILL')
          await ended
          // 主机的 Node 过旧时，真正在导入的是启动程序的子进程，随之停止。
          for (let before = -1; before !== (await count()); ) {
            before = await count()
            await new Promise((resolve) => setTimeout(resolve, 300))
          }
        }
        const n = await whole()
        expect(n).toBeGreaterThanOrEqual(cut && kill % 2 === 0 ? 0 : reached)
        reached = n
      }
      const last = await complete()
      expect(last.code, last.output).toBe(0)
      // 说导完了的，立即断电也都在。
      if (cut) {
        cut()
        await new Promise((resolve) => setTimeout(resolve, 200))
        while ((await count()) < 0) await new Promise((resolve) => setTimeout(resolve, 50))
      }
      const summary = JSON.parse(last.output) as { lines: number; imported: number; unchanged: number }
      expect(summary).toMatchObject({ lines: total, imported: total - reached, unchanged: reached, faults: [] })
      expect(await whole()).toBe(total)
      const again = await complete()
      expect(JSON.parse(again.output)).toMatchObject({ imported: 0, unchanged: total, faults: [] })
      expect(await whole()).toBe(total)
      expect((await verifyDatabase(sql)).faults).toEqual([])
      if (thorough) console.info(`导入断电 ${kills} 次，${total} 件，一件不少，一件不重`)
    } finally {
      await close()
      await end()
    }
  },
  thorough ? 3_600_000 : 600_000,
)
