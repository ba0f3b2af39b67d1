// 一条命令只写变了的，只锁要锁的：轮到谁没有变，那几行不重写；只写名下之行的不等它；单位别处改了，下一条命令就照新的。
import { randomUUID } from 'node:crypto'
import { type AddressInfo, createServer, connect as dial } from 'node:net'
import { connect } from '@dianzhang/database'
import { demoJurisdiction } from '@dianzhang/demo'
import { indexMatters, indexMoved, runCommand } from '@dianzhang/workflow'
import { afterAll, expect, it } from 'vitest'
import { held } from '../support/held.ts'
import { quietOffice, testOffice } from '../support/office.ts'

const { office, clock, database, connection, as, propose, send } = await testOffice()
const { sql } = connection
const drafting = async (): Promise<string> => {
  const { id } = await propose('drafter')
  await send('secretariat', id, 'ApproveInitiation')
  return id
}
const turnsWritten = (id: string) =>
  sql`select command, role, unit, ctid::text, xmin::text, xmax::text from turns where matter_id = ${id} order by 1, 2, 3`

it('再存一稿，轮到谁没有变：那几行既不重写也不上锁；轮到了别人才写', async () => {
  const id = await drafting()
  await send('drafter', id, 'SaveDraft', { body: '第一条　试行。' })
  const before = await turnsWritten(id)
  expect(before.length).toBeGreaterThan(0)
  await send('drafter', id, 'SaveDraft', { body: '第一条　施行。' })
  expect(await turnsWritten(id)).toEqual(before)
  await send('head', id, 'WithdrawDocument', { reason: '不再制定。' })
  expect(await turnsWritten(id)).not.toEqual(before)
})

it('命令办到一半，写检索行的不等它', async () => {
  const id = await drafting()
  // 文本存不进去：命令锁着案卷的行等在那里。
  const { release, done } = await held(sql, (tx) => tx`lock table texts in exclusive mode`)
  let saved = false
  const saving = send('drafter', id, 'SaveDraft', { body: '第一条　等着。' }).then(() => {
    saved = true
  })
  await expect
    .poll(async () => (await sql`select 1 from pg_locks where relation = 'texts'::regclass and not granted`).length)
    .toBeGreaterThan(0)
  setTimeout(release, 20_000).unref()
  expect(await indexMatters(office, demoJurisdiction, 100)).toBeGreaterThan(0)
  expect(saved).toBe(false)
  release()
  await Promise.all([done, saving])
  expect(await sql`select 1 from matter_search where matter_id = ${id}`).toHaveLength(1)
})

it('单位由别处改了，下一条命令就照新的', async () => {
  const questioned = async (): Promise<boolean> =>
    ((await propose('drafter')).warnings as Array<{ rule: string }>).some(({ rule }) => rule === 'issuer.eligible')
  expect(await questioned()).toBe(false)
  await sql`update units set eligible = false where id = 'hy-gov'`
  expect(await questioned()).toBe(true)
  await sql`update units set eligible = true where id = 'hy-gov'`
  expect(await questioned()).toBe(false)
})

it('存一稿，等数据库的答复只等三回：锁、写、记台账；没有工作稿的不去删它，有的存了就没有了', async () => {
  const { hostname, port } = new URL(database.url)
  let pieces = 0
  const wire = createServer((client) => {
    const server = dial(Number(port), hostname)
    client.on('data', (bytes) => {
      pieces += 1
      server.write(bytes)
    })
    server.on('data', (bytes) => client.write(bytes))
    client.on('error', () => {}).on('close', () => server.destroy())
    server.on('error', () => {}).on('close', () => client.destroy())
  })
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve))
  const through = new URL(database.url)
  through.hostname = '127.0.0.1'
  through.port = String((wire.address() as AddressInfo).port)
  const said: string[] = []
  const watched = connect(through.href, { max: 1, debug: (text) => said.push(text) })
  const distant = await quietOffice(watched.db, clock, connection.db)
  afterAll(async () => {
    await distant.close()
    await watched.close()
    wire.close()
  })
  const id = await drafting()
  const save = async (body: string) => {
    const [row] = await sql`select version from matters where id = ${id}`
    pieces = 0
    said.length = 0
    await runCommand(distant, as('drafter'), id, {
      type: 'SaveDraft',
      commandId: randomUUID(),
      expectedVersion: row?.version,
      body,
      attachments: [],
    })
    return { pieces, dropped: said.some((text) => text.includes('delete from working_copies')) }
  }
  await save('第一条　连上。')
  expect(await save('第一条　再存。')).toEqual({ pieces: 3, dropped: false })
  await sql`insert into working_copies (jurisdiction_id, document_id, revision, body, waivers, "by", authors, at)
    values (${demoJurisdiction}, ${id}, 1, '第一条　旁人的。', '[]', 'p-other', '{}', now())`
  expect(await save('第一条　又存。')).toEqual({ pieces: 3, dropped: true })
  expect(await sql`select 1 from working_copies where document_id = ${id}`).toHaveLength(0)
  const [last] =
    await sql`select body -> 'payload' -> 'authors' as authors from ledger_events where matter_id = ${id} order by seq desc limit 1`
  expect(last?.authors).toEqual(['p-other'])
})

it('有人一直在办的案卷，检索行不随每一条命令重写，隔一秒才看一次；不再有变动就停', async () => {
  const id = await drafting()
  const pauses: number[] = []
  await indexMoved(office, async (ms) => {
    pauses.push(ms)
    if (pauses.length < 4) await send('drafter', id, 'SaveDraft', { body: `第一条　第${pauses.length}稿。` })
  })
  expect(pauses).toEqual([1000, 1000, 1000, 1000])
  expect(await sql`select text_n from matter_search where matter_id = ${id}`).toEqual([{ text_n: 3 }])
})
