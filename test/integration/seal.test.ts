// 每日封存：停机多日以后补封，有记录的每一日都有，首尾相连；重复执行不重复封存。
import { verifySeals } from '@dianzhang/ledger'
import { sealLedger } from '@dianzhang/workflow'
import { expect, test } from 'vitest'
import { testOffice } from '../support/office.ts'

test('停机数日，其间有记录的每一日与昨日各补一次封存，都能核对；再封一次没有新的', async () => {
  const t = await testOffice('2026-03-02T09:00:00+08:00')
  const first = await t.propose('drafter')
  // 当天 24:00 前的最后一刻仍属当天。
  t.clock.set('2026-03-04T23:59:59.999+08:00')
  await t.send('secretariat', first.id, 'ApproveInitiation')
  t.clock.set('2026-03-05T00:00:00+08:00')
  await t.propose('drafter')
  t.clock.set('2026-03-09T08:00:00+08:00')
  expect(await sealLedger(t.office)).toBe(4)
  expect(await sealLedger(t.office)).toBe(0)
  const seals = await t.connection.sql`
    select day::text, documents, events::int, root, prev_seal as "prevSeal", seal, heads, office from ledger_seals order by day`
  expect(seals.map((s) => [s.day, s.documents, s.events])).toEqual([
    ['2026-03-02', 1, 1],
    ['2026-03-04', 1, 2],
    ['2026-03-05', 2, 3],
    ['2026-03-08', 2, 3],
  ])
  const heads = await t.connection.sql`select id as document, ledger_seq as seq, ledger_head as hash from matters`
  expect(
    verifySeals([...seals] as never, [...heads] as never, { eventDays: ['2026-03-02', '2026-03-04', '2026-03-05'] }),
  ).toEqual({ ok: true, faults: [] })
})
