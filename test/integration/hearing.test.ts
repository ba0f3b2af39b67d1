// 听证会：公告、报名、截止、以公开日志的检查点遴选、撤回递补、举行；案卷收到记录。
import { randomUUID } from 'node:crypto'
import { drawn } from '@dianzhang/ledger'
import {
  hearingReceipt,
  newCalendarToken,
  openMatter,
  type Person,
  personalCalendar,
  publicCalendar,
  publicHearing,
  registerForHearing,
  runOnMatter,
  withdrawFromHearing,
} from '@dianzhang/workflow'
import ICAL from 'ical.js'
import { expect, it } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import { testOffice } from '../support/office.ts'

it('服务停过、报名截止办得晚的：当日截止以前撤回的，名单与摘要一致', async () => {
  const t = await testOffice('2026-03-02T09:00:00+08:00')
  const { id: document } = await t.propose('drafter', { title: '海原县停车管理办法' })
  await t.send('secretariat', document, 'ApproveInitiation')
  await t.send('drafter', document, 'SaveDraft', { body: '海原县停车管理办法\n第一条　为了规范停车，制定本办法。' })
  const announce = (categories: object[]) =>
    openMatter(t.office, t.as('drafter'), 'hearing', {
      type: 'AnnounceHearing',
      document,
      subject: '收费标准',
      place: '县政府会议室',
      heldOn: '2026-04-20',
      registersUntil: '2026-03-16',
      categories,
      commandId: randomUUID(),
    } as never)
  const id = String((await announce([{ name: '车主代表', seats: 2 }])).id)
  const receipts: string[] = []
  for (let i = 0; i < 5; i++) {
    const given = { category: '车主代表', name: `报名人${i}`, contact: '0955-1', statement: '收费太高。' }
    receipts.push((await registerForHearing(t.office, id, given)).receipt)
  }
  // 十七日零时应当截止；服务停着，十八日才起动，起动以前有人撤回。
  t.clock.set('2026-03-18T08:00:00+08:00')
  await withdrawFromHearing(t.office, receipts[0] ?? '')
  await t.goTo('2026-03-18T09:00:00+08:00')
  await withdrawFromHearing(t.office, receipts[1] ?? '')
  await t.connection.sql`insert into tlog_checkpoints (jurisdiction_id, origin, size, root, note, at)
    values ('640522', 'test', 9, 'cm9vdA==', 'note', '2026-03-19T01:00:00+08:00')`
  await t.goTo('2026-03-19')
  const [row] = await t.connection.sql<Array<{ version: number }>>`select version from matters where id = ${id}`
  const command = { type: 'DrawParticipants', commandId: randomUUID(), expectedVersion: row?.version ?? 0 }
  await runOnMatter(t.office, t.as('drafter'), id, command as never)
  const hearing = await publicHearing(t.office, id)
  expect(hearing?.draw).toMatchObject({ matches: true })
  expect(hearing?.draw?.registrations).toHaveLength(4)
  expect(drawn(hearing?.draw?.registrations ?? [], hearing?.draw?.root ?? '').registrations).toBe(hearing?.draw?.digest)
  expect([hearing?.categories[0]?.taking.length, hearing?.categories[0]?.waiting.length]).toEqual([2, 1])
})
it('从公告到举行：任何人只凭公布的数据算出同样的参加人，撤回的由候补递补', async () => {
  const t = await testOffice('2026-03-02T09:00:00+08:00')
  const { id: document } = await t.propose('drafter', { title: '海原县农机作业补助办法' })
  await t.send('secretariat', document, 'ApproveInitiation')
  await t.send('drafter', document, 'SaveDraft', { body: '海原县农机作业补助办法\n第一条　为了规范补助，制定本办法。' })
  const notice = {
    type: 'AnnounceHearing',
    document,
    subject: '补助标准',
    time: '09:30',
    place: '县政府会议室',
    registersUntil: '2026-03-16',
    categories: [{ name: '农户代表', seats: 2 }],
  }
  const announce = (heldOn: string) =>
    openMatter(t.office, t.as('drafter'), 'hearing', { ...notice, heldOn, commandId: randomUUID() } as never)
  await expect(announce('2026-03-20')).rejects.toMatchObject({ code: 'refused' })
  const id = String((await announce('2026-04-20')).id)
  const receipts: string[] = []
  for (let i = 0; i < 4; i++) {
    const given = { category: '农户代表', name: `报名人${i}`, contact: '0955-1', statement: '标准太低。' }
    receipts.push((await registerForHearing(t.office, id, given)).receipt)
  }
  await t.goTo('2026-03-17')
  const act = async (type: string, payload: object = {}) => {
    const [row] = await t.connection.sql<Array<{ version: number }>>`select version from matters where id = ${id}`
    const command = { type, commandId: randomUUID(), expectedVersion: row?.version ?? 0, ...payload }
    return runOnMatter(t.office, t.as('drafter'), id, command as never)
  }
  expect((await publicHearing(t.office, id))?.stage).toBe('closed')
  // 日历由另一个程序读：公众的写明几点、在哪里，本单位人员的写明哪一日。
  const events = (file: string | null) =>
    new ICAL.Component(ICAL.parse(file ?? '')).getAllSubcomponents('vevent').map((each) => new ICAL.Event(each))
  const shown = async () =>
    events(await publicCalendar(t.office, 'https://gf.example.gov.cn', '640522')).find((each) =>
      each.uid.startsWith(`hearing-${id}@`),
    )
  const event = await shown()
  expect(event?.summary).toBe('听证会：海原县农机作业补助办法')
  expect(event?.description).toBe('县政府会议室；报名至2026-03-16截止。')
  expect(event?.startDate.toString()).toBe('2026-04-20T09:30:00')
  expect(event?.startDate.zone?.tzid).toBe('Asia/Shanghai')
  const token = await newCalendarToken(t.office, t.as('drafter') as Person)
  const own = events(await personalCalendar(t.office, token, 'https://gf.example.gov.cn'))
  expect(own.map((each) => [each.summary, each.startDate.toString()])).toContainEqual([
    '举行听证会：听证会：海原县农机作业补助办法',
    '2026-04-20',
  ])
  await expect(act('DrawParticipants')).rejects.toMatchObject({ code: 'refused' })
  await t.connection.sql`insert into tlog_checkpoints (jurisdiction_id, origin, size, root, note, at)
    values ('640522', 'test', 9, 'cm9vdA==', 'note', '2026-03-18T01:00:00+08:00')`
  await t.goTo('2026-03-18')
  await act('DrawParticipants')
  const hearing = await publicHearing(t.office, id)
  const { draw } = hearing ?? {}
  expect(draw).toMatchObject({ matches: true, root: 'cm9vdA==' })
  expect(drawn(draw?.registrations ?? [], draw?.root ?? '').order).toEqual(draw?.order)
  const [lot] = hearing?.categories ?? []
  expect([lot?.taking.length, lot?.waiting.length]).toEqual([2, 2])
  const states = await Promise.all(receipts.map(async (receipt) => (await hearingReceipt(t.office, receipt))?.state))
  expect(states.toSorted()).toEqual(['reserve', 'reserve', 'taking', 'taking'])
  await withdrawFromHearing(t.office, receipts[states.indexOf('taking')] ?? '')
  const after = (await publicHearing(t.office, id))?.categories[0]
  expect(after?.taking).toEqual([lot?.taking.find((x) => after?.taking.includes(x)), lot?.waiting[0]])
  await act('SendMaterials', { sentOn: '2026-03-18' })
  await t.goTo('2026-04-20T18:00:00+08:00')
  await act('HoldHearing', { heldOn: '2026-04-20', attended: 2, signed: 2, record: '参加人建议提高标准。' })
  await t.goTo('2026-04-21')
  const [row] = await t.connection.sql<Array<{ hearings: Array<{ heldOn: string; materialsSentOn: string }> }>>`
    select snapshot #> '{context,dossier,hearings}' as hearings from matters where id = ${document}`
  expect(row?.hearings.at(-1)).toMatchObject({ heldOn: '2026-04-20', materialsSentOn: '2026-03-18' })

  // 报告公布以后满六个月，报名人的姓名与电话删除；报名、回执、笔录照旧，核验没有问题。
  await act('PublishReport', { text: '采纳两条。' })
  expect(Number((await shown())?.sequence)).toBeGreaterThan(Number(event?.sequence))
  const kept = () => t.connection.sql`select 1 from hearing_contacts`
  await t.goTo('2026-10-21')
  expect(await kept()).toHaveLength(4)
  await t.goTo('2026-10-22')
  expect(await kept()).toHaveLength(0)
  expect(await hearingReceipt(t.office, receipts[states.indexOf('reserve')] ?? '')).toMatchObject({
    statement: '标准太低。',
    hearing: { id, report: { text: '采纳两条。' } },
  })
  // 检查点是测试写下的，与公开日志对不上；其余没有问题。
  const { faults } = await verifyDatabase(t.connection.sql)
  expect(faults.filter(({ check }) => check !== 'log')).toEqual([])
})
