// 演示县的真实服务，没有案卷：单位、账号、可以拨动的时钟，监听自己的端口。比布置全部演示案卷快得多。
import type { AddressInfo } from 'node:net'
import { demoPassword, openCounty } from '@dianzhang/demo'
import { ensurePortalBuilt } from '@dianzhang/portal/build'
import { compose, createApp, readEnv } from '@dianzhang/server'
import { ensureWorkbenchBuilt } from '@dianzhang/workbench'
import { afterAll } from 'vitest'
import type { TestDatabase } from './database.ts'
import { recordingLog } from './http.ts'
import { officeDatabase } from './office-database.ts'
import { hashOf } from './passwords.ts'

export const countyPassword = demoPassword

/** 开一间，时钟自 `now`（带偏移的时刻）走起；本文件的测试结束后关闭。 */
export async function countyServer(
  now: string,
  /** 服务经此处连到数据库：慢的、断的。 */
  through: (databaseUrl: string) => Promise<string> = async (url) => url,
): Promise<{
  url: string
  log: ReturnType<typeof recordingLog>
  database: TestDatabase
}> {
  await Promise.all([ensurePortalBuilt(), ensureWorkbenchBuilt()])
  const database = await officeDatabase()
  const at = await through(database.appUrl)
  const env = readEnv('demo', { DATABASE_URL: at, DIANZHANG_DEMO_NOW: now, HOST: '127.0.0.1', PORT: '0' })
  const log = recordingLog()
  const { ctx, close } = await compose({
    env,
    url: at,
    log,
    secret: 'a-secret-for-tests-that-is-long-enough-0123456789',
  })
  const { db, clock } = ctx.office
  await openCounty(db, { passwordHash: await hashOf(demoPassword), at: clock.now() })
  const server = createApp(ctx).server()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(async () => {
    // 推送的连接不会自己结束。
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, log, database }
}
