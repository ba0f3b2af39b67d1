// 热备不在：公众照样读得到（主库代答），就绪检查说明；热备只是不作声的，也不让人一直等；回来以后不必重启。
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { withTransaction } from '@dianzhang/database'
import { demoJurisdiction, openCounty } from '@dianzhang/demo'
import { publishEntry } from '@dianzhang/register'
import { hashPassword } from '@dianzhang/server'
import { installPacks } from '@dianzhang/workflow'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { publicEntry } from '../support/public-entry.ts'
import { type ServeProcess, startServe } from '../support/serve.ts'

const database = await testDatabase()
const primary = new URL(database.appUrl)
/** 到“热备”的一段线：其实是同一个库，断开、不作声都由它。 */
const sockets = new Set<Socket>()
let silent = false
let wire: Server
let port = 0
async function up(): Promise<void> {
  wire = createServer((client) => {
    const server = connect({ host: primary.hostname, port: Number(primary.port) })
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(from)
      from.on('error', () => {})
      from.on('close', () => to.destroy())
      from.on('data', (bytes) => {
        if (!silent) to.write(bytes)
      })
    }
  })
  await new Promise<void>((resolve) => wire.listen(port, '127.0.0.1', resolve))
  port = (wire.address() as AddressInfo).port
}
async function down(): Promise<void> {
  const closed = new Promise((resolve) => wire.close(resolve))
  for (const each of sockets) each.destroy()
  sockets.clear()
  await closed
}

let served: ServeProcess
beforeAll(async () => {
  await up()
  const { db } = database.connect()
  await installPacks(db, new Date())
  await openCounty(db, { passwordHash: await hashPassword('a-password-for-tests'), at: new Date() })
  for (let n = 1; n <= 3; n += 1)
    await withTransaction(db, (tx) => publishEntry(tx, publicEntry(n, { jurisdiction: demoJurisdiction }), new Date()))
  const read = new URL(database.appUrl)
  read.hostname = '127.0.0.1'
  read.port = String(port)
  served = await startServe({ DATABASE_URL: database.appUrl, DATABASE_READ_URL: read.href })
})
afterAll(async () => {
  silent = false
  await served?.kill('SIGTERM')
  await down()
})

const pages = [
  '/',
  '/register',
  '/register?q=办法',
  '/register/doc-2',
  '/public/v1/documents?q=第2件',
  '/public/v1/documents/doc-1',
  '/public/v1/changes',
  '/feeds/changes.atom',
  '/consultations',
  '/tlog',
  '/calendar.ics',
  '/oai?verb=ListIdentifiers&metadataPrefix=oai_dc',
]
interface Answered {
  path: string
  status: number
  ms: number
}
async function read(path: string): Promise<Answered> {
  const begun = performance.now()
  const answer = await fetch(`${served.url}${encodeURI(path)}`, { signal: AbortSignal.timeout(60_000) })
  await answer.arrayBuffer()
  return { path, status: answer.status, ms: Math.round(performance.now() - begun) }
}
/** 全部同时来，一处不通的不能让别处排队等。 */
const readAll = () => Promise.all(pages.map(read))
/** 每一页都答复；慢的机器上一时说“稍后再试”的，过一会儿再看。 */
const everyPage = () => expect.poll(async () => (await readAll()).filter(({ status }) => status !== 200)).toEqual([])
const ready = async () => (await (await fetch(`${served.url}/readyz`)).json()) as { status: string; standby?: string }

test('热备在的时候由它答复；断开以后每一页照样答复，就绪检查说明热备不在；回来以后又由它答复', async () => {
  expect(await ready()).toEqual({ status: 'ready', standby: 'ready' })
  await everyPage()
  await down()
  await everyPage()
  expect(await ready()).toEqual({ status: 'ready', standby: 'away' })
  await up()
  await expect.poll(ready).toEqual({ status: 'ready', standby: 'ready' })
  await everyPage()
})

test('热备不作声（连得上而不答）：没有一页让人一直等，不是答复就是说稍后再来；其后由主库代答', async () => {
  silent = true
  const first = await readAll()
  expect(first.filter(({ status }) => status !== 200 && status !== 503)).toEqual([])
  expect(first.filter(({ ms }) => ms > 45_000)).toEqual([])
  expect(await ready()).toEqual({ status: 'ready', standby: 'away' })
  await everyPage()
  silent = false
})
