// 通知：办成的同时写下消息，消息中心，催办的间隔与次数，逐级提醒，核验看得出消息被改。
import { AppError } from '@dianzhang/contract'
import { actInOffice, climbLadder, countUnread, listMessages, markMatter, markRead } from '@dianzhang/workflow'
import { beforeAll, describe, expect, it } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import { type TestOffice, testOffice } from '../support/office.ts'

let t: TestOffice
let id: string
type Person = Parameters<typeof listMessages>[1]
const person = (username: string) => t.as(username) as Person
const urge = (username: string, command: string) =>
  actInOffice(t.office, t.as(username), 'UrgeTurn', { matter: id, command })
const refusal = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
  } catch (error) {
    if (error instanceof AppError) return error.message
    throw error
  }
  return '没有拒绝'
}
const awaitedNow = () =>
  t.connection.sql<Array<{ command: string; role: string; unit: string; due: string | null }>>`
    select command, role, unit, due_on::text as due from turns where matter_id = ${id} order by command`

beforeAll(async () => {
  t = await testOffice('2026-03-02T09:00:00+08:00')
  id = (await t.propose('drafter')).id
})

describe('消息与办理同时写下', () => {
  it('轮到的人有一条消息，写明办什么、为何收到；提请的人自己没有', async () => {
    const [turn] = await awaitedNow()
    expect(turn?.command).toBe('ApproveInitiation')
    const { items, unread } = await listMessages(t.office, person('secretariat'), {})
    expect(items).toMatchObject([
      { kind: 'turn', matter: id, title: '海原县设施农业补助资金管理办法', standing: true, read: false },
    ])
    expect(items[0]?.words).toMatch(/^轮到您：.*立项/)
    expect(items[0]?.why).toMatch(/任职/)
    expect(unread).toBe(1)
    expect(await countUnread(t.office, person('drafter'))).toBe(0)
  })
  it('没有办成的不留消息：拒绝以后件数不变', async () => {
    const count = async () => (await t.connection.sql`select count(*)::int as n from notices`)[0]?.n
    const before = await count()
    expect(await refusal(t.send('drafter', id, 'ApproveInitiation'))).not.toBe('没有拒绝')
    expect(await count()).toBe(before)
  })
  it('读过的不再算；办了的不再等着；关注的人另有一条', async () => {
    const [message] = (await listMessages(t.office, person('secretariat'), {})).items
    expect(await markRead(t.office, person('secretariat'), [message?.id ?? ''])).toBe(0)
    await markMatter(t.office, person('drafter'), id, { followed: true })
    await t.send('secretariat', id, 'ApproveInitiation')
    expect((await listMessages(t.office, person('secretariat'), {})).items[0]).toMatchObject({
      standing: false,
      read: true,
    })
    const own = (await listMessages(t.office, person('drafter'), { unread: true })).items
    expect(own.map((each) => each.kind)).toContain('moved')
    expect(own.map((each) => each.why)).toContain('您关注了这件')
  })
  it('续页不重不漏', async () => {
    const all = (await listMessages(t.office, person('drafter'), {})).items
    const seen: string[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await listMessages(t.office, person('drafter'), { limit: 1, cursor })
      seen.push(...page.items.map((each) => each.id))
      if (page.nextCursor === null) break
      cursor = page.nextCursor
    }
    expect(seen).toEqual(all.map((each) => each.id))
  })
})

describe('催办', () => {
  it('没有轮到的、轮到本人的、不在等的都不能催；写明缘由', async () => {
    const [turn] = await awaitedNow()
    expect(await refusal(urge('drafter', 'ApproveInitiation'))).toMatch(/不必催办/)
    expect(await refusal(urge('drafter', turn?.command ?? ''))).toMatch(/不能催办自己/)
    expect(await refusal(urge('reviewer', turn?.command ?? ''))).toMatch(/您不在等这一步|没有/)
  })
  it('文秘催办：该办的人收到，记入办公台账；间隔不足的写明最早哪一日，满次数的不再催', async () => {
    const [turn] = await awaitedNow()
    const command = turn?.command ?? ''
    expect(await urge('secretariat', command)).toMatchObject({ urged: expect.any(Number) })
    const message = (await listMessages(t.office, person('drafter'), { unread: true })).items.find(
      (each) => each.kind === 'urge',
    )
    expect(message).toMatchObject({ kind: 'urge', standing: true })
    expect(message?.words).toMatch(/催办/)
    // 3月2日星期一：隔两个工作日为3月4日。
    expect(await refusal(urge('secretariat', command))).toMatch(/最早2026年3月4日可以再催/)
    t.clock.set('2026-03-04T09:00:00+08:00')
    await urge('secretariat', command)
    t.clock.set('2026-03-09T09:00:00+08:00')
    await urge('secretariat', command)
    t.clock.set('2026-03-12T09:00:00+08:00')
    expect(await refusal(urge('secretariat', command))).toMatch(/已经催办3次/)
    const [row] = await t.connection.sql<Array<{ n: number }>>`
      select count(*)::int as n from ledger_events where matter_id = 'office' and type = 'TurnUrged'`
    expect(row?.n).toBe(3)
  })
})

describe('逐级提醒', () => {
  it('期限前三个工作日、当日提醒该办的人，逾期次一工作日到其负责人；停机补上的只有当前一级，不重复', async () => {
    await t.connection.sql`update turns set due_on = '2026-04-10' where matter_id = ${id}`
    const rungs = async () =>
      (
        await t.connection.sql<Array<{ rung: number; role: string }>>`
          select distinct rung, role from reminders where kind = 'rung' and matter_id = ${id} order by rung`
      ).map(({ rung, role }) => `${rung} ${role}`)
    // 4月10日星期五；4月6日清明假期中，前三个工作日为4月7日。
    t.clock.set('2026-04-06T09:00:00+08:00')
    await climbLadder(t.office)
    expect(await rungs()).toEqual([])
    t.clock.set('2026-04-07T09:00:00+08:00')
    expect(await climbLadder(t.office)).toBeGreaterThan(0)
    expect(await climbLadder(t.office)).toBe(0)
    const holder = (await rungs())[0]
    expect(holder).toMatch(/^0 /)
    // 停了一周：只补逾期的一级。
    t.clock.set('2026-04-13T09:00:00+08:00')
    expect(await climbLadder(t.office)).toBeGreaterThan(0)
    expect(await rungs()).toEqual([holder, '2 unit_head'])
    const [message] = (await listMessages(t.office, person('head'), { unread: true })).items
    expect(message).toMatchObject({ kind: 'rung', dueOn: '2026-04-10' })
    expect(message?.words).toMatch(/已经逾期/)
    expect(message?.why).toMatch(/第3级，期限2026-04-10/)
  })
})

it('核验：完好的没有问题；改一条、删一条、添一条消息都看得出', async () => {
  const { sql } = t.connection
  const faults = async (tx?: typeof sql) =>
    (await verifyDatabase(tx ?? sql, undefined, { only: ['notices', 'rows'] })).faults
  await sql`update turns set due_on = null`
  expect(await faults()).toEqual([])
  for (const change of [
    `update notices set role = 'admin' where kind = 'turn'`,
    `update notices set at = at + interval '1 second'`,
    `update notices set by = 'x' where kind = 'moved'`,
    `delete from notices where ctid = (select ctid from notices order by ctid desc limit 1)`,
    `insert into notices select jurisdiction_id, id || 'x', matter_id, seq, kind, at, by, command, event, role, unit, count, not_before, due_on from notices limit 1`,
    `delete from reminders`,
    `update reminders set words = '改'`,
  ]) {
    const undo = new Error('复原')
    let found = 0
    await sql
      .begin(async (tx) => {
        await tx.unsafe(`set local session_replication_role = 'replica'`)
        await tx.unsafe(change)
        found = (await faults({ begin: (_: string, run: (x: unknown) => unknown) => run(tx) } as never)).length
        throw undo
      })
      .catch((error: unknown) => {
        if (error !== undo) throw error
      })
    expect(found, change).toBeGreaterThan(0)
  }
})
