// 真正监听端口的服务：启动、端口被占用、停止。
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { readFileSync } from 'node:fs'
import { Agent, get, type IncomingMessage } from 'node:http'
import { createServer } from 'node:net'
import { EnvError, StartError, start } from '@dianzhang/server'
import { expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { testSite } from '../support/site.ts'

const database = await testDatabase()
const env = {
  DATABASE_URL: database.url,
  DIANZHANG_SECRET: 'a-secret-for-tests-that-is-long-enough-0123456789',
  DIANZHANG_PUBLIC_URL: 'https://gf.example.gov.cn',
  DIANZHANG_SITE: testSite,
  PORT: '0',
  LOG_LEVEL: 'silent',
}

test('生产模式启动、受理、停止后不再受理；停止两次无妨', async () => {
  const running = await start('serve', env)
  expect(running.accounts).toEqual([])
  expect((await fetch(`${running.url}/readyz`)).status).toBe(200)
  expect((await fetch(`${running.url}/api/me`)).status).toBe(401)
  expect((await fetch(`${running.url}/api/demo/clock`, { method: 'POST' })).status).toBe(404)
  await Promise.all([running.stop(), running.stop()])
  await expect(fetch(`${running.url}/healthz`)).rejects.toThrow()
})

test('闲着的连接由对方先断：反向代理样例留的比服务的短，请求不会正好发在服务断开的连接上', async () => {
  const running = await start('serve', env)
  const { headers } = await new Promise<IncomingMessage>((done, failed) => {
    get(`${running.url}/healthz`, { agent: new Agent({ keepAlive: true }) }, done).once('error', failed)
  })
  await running.stop()
  const kept = Number(/timeout=(\d+)/.exec(String(headers['keep-alive']))?.[1])
  const sample = readFileSync(new URL('../../deploy/nginx.conf', import.meta.url), 'utf8')
  const proxy = Number(/keepalive_timeout (\d+)s;/.exec(sample)?.[1])
  expect(proxy).toBeGreaterThanOrEqual(30)
  expect(kept).toBeGreaterThan(proxy)
})

test('正在办理的请求做完再停', async () => {
  const running = await start('serve', env)
  // 第二十个请求刚到、还没有答复，就在这时停。
  const stopped = new Promise<void>((done, failed) => {
    let arrived = 0
    const count = (): void => {
      arrived += 1
      if (arrived < 20) return
      unsubscribe('http.server.request.start', count)
      running.stop().then(done, failed)
    }
    subscribe('http.server.request.start', count)
  })
  // 答复后就断开的连接，停的时候不必等它闲下来。
  const headers = { connection: 'close' }
  const answers = Array.from({ length: 20 }, async () => (await fetch(`${running.url}/readyz`, { headers })).status)
  const [statuses] = await Promise.all([Promise.all(answers), stopped])
  expect(new Set(statuses)).toEqual(new Set([200]))
})

test('指明的端口被占用是一句明白的错误，不换端口，也不留下什么', async () => {
  const other = createServer()
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
  const address = other.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await expect(start('serve', { ...env, PORT: String(port) })).rejects.toThrow(StartError)
  await expect(start('serve', { ...env, PORT: String(port) })).rejects.toThrow(`端口 ${port} 已被占用`)
  await new Promise((done) => other.close(done))
})

test('演示用过的库不能用于生产，有正式账号的库不能用于演示：一个账号也不添', async () => {
  const { sql } = database.connect()
  await sql`insert into auth_users (id, name, email, email_verified, username, created_at, updated_at)
      values ('u1', '文秘', 'u1@example.invalid', false, 'secretary', now(), now())`
  const demo = { DATABASE_URL: database.url, PORT: '0', LOG_LEVEL: 'silent', DIANZHANG_DATA_DIR: '/nonexistent' }
  await expect(start('demo', demo)).rejects.toThrow('不能用于演示')
  expect((await sql`select count(*)::int as n from auth_users`)[0]?.n).toBe(1)
  await sql`delete from auth_users`
  await sql`insert into settings (jurisdiction_id, key, value) values ('640522', 'demo-seed', '{"state":"done"}')`
  await expect(start('serve', env)).rejects.toThrow('曾用于演示')
  await sql`delete from settings where key = 'demo-seed'`
})

test('本机没有的地址在动数据库之前就说明', async () => {
  const source = { ...env, HOST: '192.0.2.1', DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }
  await expect(start('serve', source)).rejects.toThrow('本机没有地址 192.0.2.1')
})

test('没有数据库地址与密钥的生产模式不启动', async () => {
  await expect(start('serve', { PORT: '0' })).rejects.toThrow(EnvError)
})
