// 起动以后的第一次检索：案卷的检索行分段对，一次只对一段；对的途中又有变动的、各段里旧了的，一件不漏。
import { indexMatters } from '@dianzhang/workflow'
import { expect, it } from 'vitest'
import { quietOffice, testOffice } from '../support/office.ts'

const t = await testOffice('2026-03-02T09:00:00+08:00')
const { sql } = t.connection
const { db } = t.database.asApplication({ max: 4 })
const stale = async (): Promise<string[]> =>
  (
    await sql<Array<{ id: string }>>`select m.id from matters m
      left join matter_search s on s.jurisdiction_id = m.jurisdiction_id and s.matter_id = m.id
      where s.seq is distinct from m.ledger_seq order by m.id`
  ).map((row) => row.id)
const restarted = () => quietOffice(db, t.clock)

it('一次检索只对一段，几次之后没有旧的；对过的一段里又变动的，下一次就补上', async () => {
  for (let i = 0; i < 7; i++) await t.propose('drafter')
  // 以下都在各件变动很久以后：刚变动过的另外看。
  t.clock.set('2026-03-03T09:00:00+08:00')
  await t.propose('drafter')
  const office = await restarted()
  const every = await stale()
  expect(every.length).toBeGreaterThanOrEqual(7)
  // 一段三件，一次至多写一件：旧的比一次容得下的多，照样接着上一件。
  expect(await indexMatters(office, '640522', 1, 3)).toBe(1)
  expect((await stale()).length).toBe(every.length - 1)
  await indexMatters(office, '640522', 25, 3)
  const left = await stale()
  expect(left.length).toBeGreaterThan(0)
  expect(left.length).toBeLessThan(every.length - 2)
  // 已经对过的一件又变动了。
  const first = every.find((id) => id !== 'office') ?? ''
  await t.send('secretariat', first, 'ApproveInitiation')
  expect(await stale()).toContain(first)
  await indexMatters(office, '640522', 25, 3)
  expect(await stale()).not.toContain(first)
  for (let i = 0; i < every.length; i++) await indexMatters(office, '640522', 25, 3)
  expect(await stale()).toEqual([])
  await office.close()
})

it('巡查一次走到底：各段都没有旧的也不停在半路，此后只看台账新记的', async () => {
  const last = (await sql<Array<{ id: string }>>`select max(matter_id) as id from matter_search`)[0]?.id ?? ''
  await sql`update matter_search set seq = 0 where matter_id = ${last}`
  const office = await restarted()
  expect(await indexMatters(office, null, 50, 2)).toBe(1)
  expect(await stale()).toEqual([])
  // 走到底以后：不经台账改旧的不再看，经台账变动的看得到。
  await sql`update matter_search set seq = 0 where matter_id = ${last}`
  const { id } = await t.propose('drafter')
  expect(await indexMatters(office, null, 50, 2)).toBeGreaterThanOrEqual(1)
  expect(await stale()).not.toContain(id)
  await office.close()
})
