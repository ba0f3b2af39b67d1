// 两套系统：两个服务、两个数据库、两把密钥；互相登记，甲报、乙受理。缺省各是一个真实的服务进程。
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { demoPassword } from '@dianzhang/demo'
import { start } from '@dianzhang/server'
import type postgres from 'postgres'
import { afterAll, expect } from 'vitest'
import { demoDatabase, demoNow } from './demo-county.ts'
import { type ServeProcess, type StaffClient, signIn, startServe } from './serve.ts'
import { testSite } from './site.ts'

export interface System {
  url: string
  /** 在公开日志与往来中的名称。 */
  name: string
  key: string
  sql: postgres.Sql
  database: string
  folder: string
  /** 真实的服务进程；在测试的进程里的没有。 */
  process: ServeProcess | null
  as(username: string): Promise<StaffClient>
  /** 停下，照原样再起；网址会变。 */
  restart(): Promise<void>
}
/**
 * 起一套演示县的系统。`host` 写进公开日志的名称。`apart`：自己的一个进程，可以杀死；不试起停的不必，冷的进程办同样的事多用
 * 几倍处理器时间。
 */
export async function system(host: string, { apart = true } = {}): Promise<System> {
  const folder = mkdtempSync(join(tmpdir(), 'dianzhang-two-systems-'))
  const database = await demoDatabase()
  const env = {
    DATABASE_URL: database.url,
    DIANZHANG_DATA_DIR: folder,
    DIANZHANG_DEMO_NOW: demoNow,
    DIANZHANG_PUBLIC_URL: `http://${host}`,
    LOG_LEVEL: process.env.SERVE_LOG ?? 'fatal',
  }
  const begin = () => startServe(env, 'demo')
  const within = apart ? null : await start('demo', { ...env, HOST: '127.0.0.1', PORT: '0', DIANZHANG_SITE: testSite })
  const one: System = {
    url: '',
    name: '',
    key: '',
    sql: database.connect({ max: 2 }).sql,
    database: database.url,
    folder,
    process: within ? null : await begin(),
    as: async (username) => {
      const known = clients.get(username)
      if (known) return known
      const client = await signIn(() => one.url, username, demoPassword)
      clients.set(username, client)
      return client
    },
    restart: async () => {
      if (one.process === null) throw new Error('在测试的进程里的，杀不得')
      await one.process.kill('SIGKILL')
      one.process = await begin()
      one.url = one.process.url
    },
  }
  const clients = new Map<string, StaffClient>()
  one.url = (one.process ?? within)?.url ?? ''
  const admin = await one.as('admin')
  const { own } = (await admin.get('/api/exchange/peers')).body as { own: { name: string; keys: string[] } }
  one.name = own.name
  one.key = own.keys[0] ?? ''
  afterAll(async () => {
    await one.process?.kill('SIGTERM')
    await within?.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  return one
}
/** 互相登记：甲报给乙的 `unit`（缺省为中卫市人民政府）。`address`：各自的网址，空的只用文件夹。 */
export async function acquaint(
  a: System,
  b: System,
  { unit = 'zw-gov', address = { a: a.url, b: b.url } }: { unit?: string; address?: { a: string; b: string } } = {},
) {
  const save = async (at: System, body: object) => {
    const answer = await (await at.as('admin')).post('/api/exchange/peers', { reason: '试', ...body })
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  }
  await save(a, { name: b.name, label: '中卫市备案系统', address: address.b, keys: [b.key], filesTo: unit })
  await save(b, { name: a.name, label: '海原县系统', address: address.a, keys: [a.key], receivesAt: unit })
}
/** 等到成立；等不到的说最后的样子。 */
export async function until<T>(
  what: string,
  look: () => Promise<T>,
  good: (found: T) => boolean,
  ms = 60_000,
): Promise<T> {
  let found = await look()
  for (const end = Date.now() + ms; !good(found); found = await look()) {
    if (Date.now() > end) throw new Error(`没有等到${what}：${JSON.stringify(found)}`)
    await pause(200)
  }
  return found
}
/** 在一套系统里照现在的版本办一条，答复办成的。 */
export async function act(
  at: System,
  username: string,
  id: string,
  type: string,
  payload: object = {},
  path = 'matters',
) {
  const commandId = randomUUID()
  const send = async () => {
    const [row] = await at.sql`select version from matters where id = ${id}`
    const expectedVersion = Number(row?.version)
    return (await at.as(username)).post(`/api/${path}/${id}/commands`, { type, commandId, expectedVersion, ...payload })
  }
  let answer = await send()
  // 对方的话恰在这时到了，版本变了：照现在的再办。
  for (let i = 0; answer.status === 412 && i < 20; i += 1) answer = await send()
  expect(answer.status, `${type}：${JSON.stringify(answer.body)}`).toBe(200)
  return answer.body
}
