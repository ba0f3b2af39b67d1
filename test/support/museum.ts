// 以往发布的版本留下的数据（test/museum）：恢复到一个自己的数据库，时钟停在备份的那一刻。
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync, gzipSync } from 'node:zlib'
import { restore } from '@dianzhang/database'
import { installJobs } from '@dianzhang/workflow'
import { afterAll } from 'vitest'
import { testDatabase } from './database.ts'
import { quietOffice, TestClock } from './office.ts'

const museum = fileURLToPath(new URL('../museum', import.meta.url))
/** 各发布版本的文件夹名：提交号。 */
export const pieces = readdirSync(museum).filter((name) => statSync(join(museum, name)).isDirectory())

/** 恢复一版留下的演示县；在收集测试时调用，测试结束后自己关闭。 */
export async function restoredPiece(released: string) {
  const folder = mkdtempSync(join(tmpdir(), 'dianzhang-museum-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'county.dzb')
  writeFileSync(
    file,
    gzipSync(brotliDecompressSync(readFileSync(join(museum, released, 'county.dzb.br'))), { level: 1 }),
  )
  const database = await testDatabase({ empty: true })
  await installJobs(database.url)
  const { createdAt } = await restore(file, database.url)
  const { db, sql } = database.connect({ max: 4 })
  const clock = new TestClock(createdAt)
  const office = await quietOffice(db, clock)
  afterAll(() => office.close())
  const today = createdAt.slice(0, 10)
  return {
    sql,
    db,
    clock,
    office,
    createdAt,
    today,
    /** 自备份之日起过了几日。 */
    later: (days: number) => clock.set(new Date(Date.parse(createdAt) + days * 86_400_000).toISOString()),
  }
}
