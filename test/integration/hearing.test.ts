// 听证会：公告、报名、截止、以公开日志的检查点遴选、撤回递补、举行；案卷收到记录。
import { randomUUID } from 'node:crypto'
import { drawn } from '@dianzhang/ledger'
import {
  hearingReceipt,
  openMatter,
  publicHearing,
  registerForHearing,
  runOnMatter,
  withdrawFromHearing,
} from '@dianzhang/workflow'
import { expect, it } from 'vitest'
import { testOffice } from '../support/office.ts'

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
  await expect(act('DrawParticipants')).rejects.toMatchObject({ code: 'refused' })
  await t.connection.sql`insert into tlog_checkpoints (jurisdiction_id, origin, size, root, note, at)
    values ('640522', 'test', 9, 'cm9vdA==', 'note', '2026-03-18T01:00:00+08:00')`
  await t.goTo('2026-03-18')
  await act('DrawParticipants')
  const hearing = await publicHearing(t.office, id)
  const { draw } = hearing ?? {}
  expect(draw).toMatchObject({ matches: true, root: 'cm9vdA==' })
  expect(drawn(draw?.registrations ?? [], draw?.root ?? '').order).toEqual(draw?.order)
  const [own] = hearing?.categories ?? []
  expect([own?.taking.length, own?.waiting.length]).toEqual([2, 2])
  const states = await Promise.all(receipts.map(async (receipt) => (await hearingReceipt(t.office, receipt))?.state))
  expect(states.toSorted()).toEqual(['reserve', 'reserve', 'taking', 'taking'])
  await withdrawFromHearing(t.office, receipts[states.indexOf('taking')] ?? '')
  const after = (await publicHearing(t.office, id))?.categories[0]
  expect(after?.taking).toEqual([own?.taking.find((x) => after?.taking.includes(x)), own?.waiting[0]])
  await act('SendMaterials', { sentOn: '2026-03-18' })
  await t.goTo('2026-04-20T18:00:00+08:00')
  await act('HoldHearing', { heldOn: '2026-04-20', attended: 2, signed: 2, record: '参加人建议提高标准。' })
  await t.goTo('2026-04-21')
  const [row] = await t.connection.sql<Array<{ hearings: Array<{ heldOn: string; materialsSentOn: string }> }>>`
    select snapshot #> '{context,dossier,hearings}' as hearings from matters where id = ${document}`
  expect(row?.hearings.at(-1)).toMatchObject({ heldOn: '2026-04-20', materialsSentOn: '2026-03-18' })
})
