// 数据库迟迟不答、答到一半断开：各处在时限内答复或者说明稍后再试，什么也不办两遍，恢复以后不必重启。
import { randomUUID } from 'node:crypto'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { noClassification } from '@dianzhang/contract'
import { afterAll, expect, test } from 'vitest'
import { countyPassword, countyServer } from '../support/county-server.ts'
import { signIn } from '../support/serve.ts'

/** 服务与数据库之间的一段线：`stalled` 时两边都不再传；`cut` 在每个答复的一半断开。 */
const line = { stalled: false, cut: false }
const open = new Set<Socket>()
let target = { host: '', port: 0 }
const wire = createServer((client) => {
  const server = connect(target)
  for (const [from, to] of [
    [client, server],
    [server, client],
  ] as const) {
    open.add(from)
    from.on('error', () => {})
    from.on('close', () => {
      open.delete(from)
      to.destroy()
    })
    let before = Promise.resolve()
    from.on('data', (bytes) => {
      before = before.then(async () => {
        while (line.stalled && !to.destroyed) await new Promise((resolve) => setTimeout(resolve, 20))
        if (line.cut && from === server) {
          to.write(bytes.subarray(0, bytes.length >> 1))
          to.end()
          from.destroy()
        } else if (!to.destroyed) to.write(bytes)
      })
    })
  }
})
afterAll(() => {
  line.stalled = false
  for (const each of open) each.destroy()
  wire.close()
})

const { url, database, log } = await countyServer('2026-03-02T09:00:00+08:00', async (databaseUrl) => {
  const through = new URL(databaseUrl)
  target = { host: through.hostname, port: Number(through.port) }
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve))
  through.hostname = '127.0.0.1'
  through.port = String((wire.address() as AddressInfo).port)
  return through.href
})
const { sql } = database.connect()
const proposal = (title: string) => ({
  commandId: randomUUID(),
  title,
  jurisdiction: '640522',
  issuers: ['hy-gov'],
  tier: 'government',
  necessity: '试验。',
  classification: { ...noClassification, affectsRights: true },
})
const made = async () => (await sql`select count(*)::int as n from matters where process = 'normative-document'`)[0]?.n
const signingIn = () =>
  fetch(`${url}/api/auth/sign-in/username`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'head', password: countyPassword }),
  })
const timed = async (work: () => Promise<Response>) => {
  const begun = performance.now()
  const answer = await work()
  return { answer, text: await answer.text(), ms: performance.now() - begun }
}

test('数据库不答：就绪检查、登录、待办、命令、公众页都在时限内说明稍后再试，登出不谎报；恢复以后同一命令只办一次', async () => {
  const clerk = await signIn(() => url, 'drafter', countyPassword)
  const command = proposal('海原县示范办法')
  line.stalled = true
  const asked = [
    timed(() => fetch(`${url}/readyz`)),
    timed(signingIn),
    timed(() => clerk.raw('/api/documents?mine=true')),
    timed(() => fetch(`${url}/consultations`)),
    clerk.post('/api/documents', command),
    clerk.post('/api/auth/sign-out', {}),
  ] as const
  const alive = await timed(() => fetch(`${url}/healthz`))
  expect(alive.answer.status).toBe(200)
  const [ready, entered, desk, page, written, left] = await Promise.all(asked)
  for (const { answer, text, ms } of [ready, entered, desk, page]) {
    expect(answer.status, text).toBe(503)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(text).toMatch(/稍后再试|暂时无法连接/)
    expect(ms).toBeLessThan(30_000)
  }
  for (const { status, headers } of [written, left]) {
    expect(status).toBe(503)
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  }
  line.stalled = false
  await expect.poll(async () => (await fetch(`${url}/readyz`)).status).toBe(200)
  // 没有登出的仍然登录着。断过的连接不止一条，逐条换过以前也许还说一次稍后再试。
  let again = await clerk.post('/api/documents', command)
  await expect
    .poll(async () => {
      if (again.status === 503) again = await clerk.post('/api/documents', command)
      return [again.status, again.status === 201 ? '' : JSON.stringify(again.body)]
    })
    .toEqual([201, ''])
  expect((await clerk.post('/api/documents', command)).body.id).toBe(again.body.id)
  expect(await made()).toBe(1)
})

test('答到一半断开：登录与命令都是 503，不是系统内部错误；接上以后照办一次', async () => {
  const clerk = await signIn(() => url, 'drafter', countyPassword)
  const command = proposal('海原县第二个示范办法')
  line.cut = true
  for (let round = 0; round < 3; round += 1) {
    const answers = await Promise.all([
      signingIn(),
      clerk.post('/api/documents', command),
      fetch(`${url}/consultations`),
    ])
    for (const { status } of answers) expect(status).toBe(503)
  }
  line.cut = false
  await expect.poll(async () => (await signingIn()).status).toBe(200)
  await expect.poll(async () => (await clerk.post('/api/documents', command)).status).toBe(201)
  expect(await made()).toBe(2)
})

test('内容没有收完就断开的，不当作数据库的差错', async () => {
  // 前两项断开的连接，别处也许这时才察觉：只看登录的。
  const errors = () =>
    log.lines.filter((line) => line.level === 'error' && JSON.stringify(line).includes('sign-in')).length
  const before = errors()
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(
    'POST /api/auth/sign-in/username HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{',
  )
  await new Promise((resolve) => setTimeout(resolve, 200))
  socket.destroy()
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(errors()).toBe(before)
})
