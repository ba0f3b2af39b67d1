// 两个进程：启动程序被 kill -9，它所启动的服务也停，端口与数据放开；同一数据库上的另一个服务照常。
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { processStart } from '@dianzhang/database'
import { afterAll, expect, it } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { startServe } from '../support/serve.ts'

const folder = mkdtempSync(join(tmpdir(), 'dianzhang-two-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('启动程序被 kill -9，服务随之停止；另一个进程照常答复', async () => {
  const { url } = await testDatabase()
  const boot = (name: string) => startServe({ DATABASE_URL: url, DIANZHANG_DATA_DIR: join(folder, name) })
  const one = await boot('one')
  const two = await boot('two')
  const ready = async (server: typeof one) =>
    (await fetch(`${server.url}/readyz`).catch(() => null))?.status ?? '没有答复'
  expect([await ready(one), await ready(two)]).toEqual([200, 200])
  process.kill(one.pid, 'SIGKILL')
  await expect.poll(() => processStart(one.serving), { timeout: 30_000 }).toBeUndefined()
  expect([await ready(one), await ready(two)]).toEqual(['没有答复', 200])
  await two.kill('SIGTERM')
})
