// 演示县的数据库与服务：全部演示案卷每次运行只布置一次，各文件从它克隆。
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Running, start } from '@dianzhang/server'
import { type TestDatabase, testDatabase } from './database.ts'

/** 演示县的时刻。 */
export const demoNow = '2026-11-18T09:00:00+08:00'

/** 在 `database` 上起演示服务，监听自己的端口；没有布置过的，先布置。`owner`：所有者的网址，服务自己以权限最小的账号运行。 */
export async function startDemo(database: string, owner?: string): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'dianzhang-test-demo-'))
  const running = await start('demo', {
    DATABASE_URL: database,
    ...(owner ? { DATABASE_OWNER_URL: owner } : {}),
    DIANZHANG_DATA_DIR: folder,
    DIANZHANG_DEMO_NOW: demoNow,
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'fatal',
  })
  return {
    ...running,
    async stop() {
      await running.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
/** 布置好的演示县，自己的一份数据库。 */
export const demoDatabase = (): Promise<TestDatabase> =>
  testDatabase({ prepared: { name: 'demo', prepare: async (url) => (await startDemo(url)).stop() } })
