// 时钟不对：倒退的不写，与数据库相差的不写、不封存，就绪检查说明缘由；钟正以后照常。
import { randomUUID } from 'node:crypto'
import { noClassification } from '@dianzhang/contract'
import { sealLedger } from '@dianzhang/workflow'
import { expect, test } from 'vitest'
import { httpOffice, json, problemOf } from '../support/http.ts'

const { signIn, anonymous, office, database } = await httpOffice()
const { sql } = database.connect()
const drafter = await signIn('drafter')
const proposal = () => ({
  commandId: randomUUID(),
  title: '示范县供水管理办法',
  jurisdiction: '640522',
  issuers: ['water'],
  tier: 'department',
  classification: { ...noClassification, affectsRights: true },
  necessity: '现行规定分散在多个通知中。',
})
const file = await json<{ id: string }>(drafter.post('/api/documents', proposal()))
const save = () =>
  drafter.post(`/api/documents/${file.id}/commands`, {
    type: 'SaveDraft',
    commandId: randomUUID(),
    expectedVersion: 1,
    body: '第一条　试。',
  })
const right = office.clock
const events = async () => (await sql`select count(*)::int as n from ledger_events`)[0]?.n
/** 把钟换成偏了的：`machine` 为本机真实时间偏多少毫秒，`told` 为办公时间偏多少毫秒。 */
const skewed = async (machine: number, told: number, work: () => Promise<void>) => {
  Object.assign(office, {
    clock: { now: () => new Date(right.now().getTime() + told), wall: () => new Date(Date.now() + machine) },
  })
  try {
    await work()
  } finally {
    Object.assign(office, { clock: right })
  }
}

test.each([
  ['快了一天', 86_400_000],
  ['快了一分钟', 60_000],
  ['慢了一小时', -3_600_000],
])('服务器的钟比数据库%s：不写、不封存，就绪检查说明两只钟各是几点', async (_name, off) => {
  const before = await events()
  await skewed(off, off, async () => {
    for (const answer of [await save(), await drafter.post('/api/documents', proposal())]) {
      expect(answer.headers.get('retry-after')).toBe('60')
      expect(await problemOf(answer)).toMatchObject({ status: 503, detail: expect.stringMatching(/时钟|暂停办理/) })
    }
    const ready = await problemOf(await anonymous.get('/readyz'))
    expect(ready.status).toBe(503)
    expect(ready.detail).toMatch(/数据库/)
    expect(await sealLedger(office)).toBe(0)
  })
  expect(await events()).toBe(before)
  expect((await anonymous.get('/readyz')).status).toBe(200)
})

test('办公时间早于台账最后一条：不写，说明最后一条是何时', async () => {
  const before = await events()
  await skewed(0, -600_000, async () => {
    const problem = await problemOf(await save())
    expect(problem.status).toBe(503)
    expect(problem.detail).toMatch(/早于台账最后一条记录/)
    expect((await anonymous.get('/readyz')).status).toBe(503)
  })
  expect(await events()).toBe(before)
})

test('钟正以后照常办理', async () => {
  expect((await save()).status).toBe(200)
})
