// 听证会：公告、报名、截止、以公开日志的检查点遴选、撤回递补、举行；案卷收到记录。
import { createHash, randomUUID } from 'node:crypto'
import { drawn } from '@dianzhang/ledger'
import { createPortal } from '@dianzhang/portal'
import {
  type Channel,
  getMatter,
  hearingReceipt,
  newCalendarToken,
  type Outgoing,
  openMatter,
  type Person,
  personalCalendar,
  publicCalendar,
  publicHearing,
  registerForHearing,
  runOnMatter,
  tendNotices,
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
  // 最近的期限先是报名截止；截止以后是材料送达：举行以前十个工作日，清明放假。
  const nextDue = async () =>
    (await t.connection.sql`select next_due_on::text as on from matters where id = ${id}`)[0]?.on
  expect(await nextDue()).toBe('2026-03-16')
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
  expect(await nextDue()).toBe('2026-04-03')
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
  // 案卷知道在哪一件里办、定于哪一日。
  const known = async () =>
    (
      await t.connection.sql<Array<{ hearings: Array<{ planned?: { matter: string; on: string } }> }>>`
        select snapshot #> '{context,dossier,hearings}' as hearings from matters where id = ${document}`
    )[0]?.hearings.at(-1)?.planned
  expect(await known()).toEqual({ matter: id, on: '2026-04-20' })
  // 材料至迟哪一日送达，写在经办人的这一步上；送达以后，最近的是举行。
  const dueOf = async (command: string) =>
    (await t.connection.sql`select due_on::text as due from turns where matter_id = ${id} and command = ${command}`)[0]
      ?.due
  expect(await dueOf('SendMaterials')).toBe('2026-04-03')
  await act('SendMaterials', { sentOn: '2026-03-18' })
  expect([await dueOf('SendMaterials'), await dueOf('HoldHearing')]).toEqual([undefined, '2026-04-20'])
  expect(await known()).toEqual({ matter: id, on: '2026-04-20' })
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

/** 公告一次听证会，返回事项与报名、办理。 */
async function announced(title: string, categories: Array<{ name: string; seats: number }>) {
  const t = await testOffice('2026-03-02T09:00:00+08:00')
  const { id: document } = await t.propose('drafter', { title })
  await t.send('secretariat', document, 'ApproveInitiation')
  await t.send('drafter', document, 'SaveDraft', { body: `${title}\n第一条　为了规范补助，制定本办法。` })
  const id = String(
    (
      await openMatter(t.office, t.as('drafter'), 'hearing', {
        type: 'AnnounceHearing',
        document,
        subject: '补助标准',
        place: '县政府会议室',
        heldOn: '2026-04-20',
        registersUntil: '2026-03-16',
        categories,
        commandId: randomUUID(),
      } as never)
    ).id,
  )
  return {
    t,
    id,
    register: (contact: string, name = '马某', category = categories[0]?.name ?? '') =>
      registerForHearing(t.office, id, { category, name, contact, statement: `${name}的意见` }),
    act: async (type: string, payload: object = {}) => {
      const [row] = await t.connection.sql<Array<{ version: number }>>`select version from matters where id = ${id}`
      const command = { type, commandId: randomUUID(), expectedVersion: row?.version ?? 0, ...payload }
      return runOnMatter(t.office, t.as('drafter'), id, command as never)
    },
    draw: async (act: (type: string) => Promise<unknown>) => {
      await t.goTo('2026-03-17')
      await t.connection.sql`insert into tlog_checkpoints (jurisdiction_id, origin, size, root, note, at)
        values ('640522', 'test', 9, 'cm9vdA==', 'note', '2026-03-18T01:00:00+08:00')`
      await t.goTo('2026-03-18')
      await act('DrawParticipants')
    },
  }
}
it('同一联系方式报名几次的，每件收下、各有回执，签里只有最先的一件；谁也看不出别人报过名', async () => {
  const { t, id, register, act, draw } = await announced('海原县养老服务补贴办法', [
    { name: '老人代表', seats: 2 },
    { name: '机构代表', seats: 1 },
  ])
  const first = await register('13895012345')
  const again = await register('１３８ ９５０１ ２３４５', '马先生')
  const elsewhere = await register('+86 138-9501-2345', '马某', '机构代表')
  const other = await register('13995000000', '田某')
  const both = await register('13995000001，tian@example.com', '白某')
  const byMail = await register('ＴＩＡＮ@example.com', '白女士')
  // 截止以前：几件的答复、回执、公开的数看不出分别。
  const before = await publicHearing(t.office, id)
  expect(before?.categories.map(({ registered }) => registered)).toEqual([5, 1])
  const [one, two] = await Promise.all([first, again].map(({ receipt }) => hearingReceipt(t.office, receipt)))
  expect([two?.state, two?.stateLabel]).toEqual([one?.state, one?.stateLabel])
  expect(Object.keys(again).sort()).toEqual(Object.keys(first).sort())
  expect(JSON.stringify(before)).not.toMatch(/sameContact|马/)
  await draw(act)
  const hearing = await publicHearing(t.office, id)
  expect(hearing?.draw?.registrations.map((x) => x.id).toSorted()).toEqual(
    [first, other, both].map(({ registration }) => registration).toSorted(),
  )
  expect(hearing?.draw?.matches).toBe(true)
  expect(hearing?.categories.map(({ registered }) => registered)).toEqual([3, 0])
  for (const { receipt } of [again, elsewhere, byMail])
    expect(await hearingReceipt(t.office, receipt)).toMatchObject({ state: 'merged' })
  // 外人照页面上写的，只用一个散列函数，由下载的数据算出同样的参加人。
  const portal = createPortal({ office: t.office })
  const published = (await (await portal.request(`/hearings/${id}/draw.json`)).json()) as {
    registrations: Array<{ id: string; category: string }>
    digest: string
    root: string
    seed: string
    order: Record<string, string[]>
  }
  const sha = (text: string) => createHash('sha256').update(text).digest('hex')
  const rows = [...published.registrations].sort((a, b) => (a.id < b.id ? -1 : 1))
  const listed = rows.map((x) => JSON.stringify({ category: x.category, id: x.id })).join(',')
  expect(sha(`dianzhang/registrations/1\n[${listed}]`)).toBe(published.digest)
  expect(sha(`dianzhang/draw/1\n${published.digest}\n${published.root}`)).toBe(published.seed)
  const ranked = rows
    .map((x) => [sha(`${published.seed}\n${x.id}`), x.id] as const)
    .sort()
    .map(([, x]) => x)
  expect(published.order).toEqual({ 老人代表: ranked })
  const shown = await (await portal.request(`/hearings/${id}/draw`)).text()
  for (const words of ['dianzhang/registrations/1', 'dianzhang/draw/1', published.digest, published.seed])
    expect(shown).toContain(words)
  // 经办人看得到每一件，写明哪件不算。
  const view = (await getMatter(t.office, t.as('drafter'), id)) as unknown as {
    registrations: Array<{ id: string; counts: boolean; statement?: string }>
  }
  expect(view.registrations).toHaveLength(6)
  expect(view.registrations.filter((x) => !x.counts).map((x) => x.id)).toEqual(
    [again, elsewhere, byMail].map(({ registration }) => registration),
  )
  expect(view.registrations.every((x) => x.statement)).toBe(true)
  const { faults } = await verifyDatabase(t.connection.sql)
  expect(faults.filter(({ check }) => check !== 'log')).toEqual([])
})
it('最先的一件在截止以前撤回了，后报的接上；同时报的两件只有一件算数；以前的数据照样认得', async () => {
  const { t, id, register, act, draw } = await announced('海原县养老服务补贴办法', [{ name: '老人代表', seats: 9 }])
  const first = await register('13895012345')
  // 这一版以前报名的，没有记下归一的写法。
  await t.connection.sql`update hearing_contacts set keys = '{}'`
  const second = await register('138 9501 2345')
  const third = await register('13895012345')
  await withdrawFromHearing(t.office, first.receipt)
  const pair = await Promise.all([register('13995000000'), register('139 9500 0000')])
  await draw(act)
  const lot = (await publicHearing(t.office, id))?.draw?.registrations.map((x) => x.id) ?? []
  expect(lot).toContain(second.registration)
  expect(lot).not.toContain(third.registration)
  expect(lot.filter((x) => pair.some(({ registration }) => registration === x))).toHaveLength(1)
  expect(lot).toHaveLength(2)
})
it('选定的撤回：递补的人留了邮箱的得一封信，没有留的列给经办人打电话；信送不到的也列出；各只一次', async () => {
  const { t, id, register, act, draw } = await announced('海原县养老服务补贴办法', [{ name: '老人代表', seats: 1 }])
  const letters: Outgoing[] = []
  let lost = false
  const mail: Channel = {
    label: '邮件',
    addressLabel: '邮箱',
    personal: true,
    send: async (message: Outgoing) => {
      if (lost) return { kind: 'never', why: `550 <${message.address}> No such user` }
      letters.push(message)
      return { kind: 'sent' }
    },
  }
  t.office.outward = {
    origin: 'https://gf.example.gov.cn',
    channels: new Map([['mail', mail]]),
    secret: (label: string) => new Uint8Array(Buffer.from(label.padEnd(32, '.')).subarray(0, 32)),
    refuses: async () => null,
  } as never
  const people = new Map<string, { receipt: string; mailed: boolean }>()
  for (let i = 0; i < 6; i++) {
    const mailed = i % 2 === 0
    const given = await register(mailed ? `1389501234${i} person${i}@example.com` : `1389501234${i}`, `报名人${i}`)
    people.set(given.registration, { receipt: given.receipt, mailed })
  }
  await draw(act)
  await tendNotices(t.office)
  await tendNotices(t.office)
  // 遴选以后，留了邮箱的三人各一封，写明参加还是候补；别人的姓名、电话、所要说的都不在信里。
  expect(letters.map((x) => x.address).toSorted()).toEqual([
    'person0@example.com',
    'person2@example.com',
    'person4@example.com',
  ])
  expect(JSON.stringify(letters)).not.toMatch(/报名人|1389501|的意见/)
  const view = async () =>
    (await getMatter(t.office, t.as('drafter'), id)) as unknown as {
      registrations: Array<{ id: string; taking: boolean; toInform: boolean; letter: string | null; contact: string }>
    }
  const wanted = async () =>
    (
      await t.connection.sql<Array<{ command: string; count: number | null }>>`
      select command, count from turns where matter_id = ${id} and command = 'InformAlternates'`
    ).map((x) => x.count)
  const order = (await publicHearing(t.office, id))?.draw?.order.老人代表 ?? []
  for (let i = 0; i < 4; i++) {
    const next = order[i + 1] ?? ''
    const sent = letters.length
    t.clock.set(`2026-03-19T1${i}:00:00+08:00`)
    // 最后一次：信送不到。
    lost = i === 3
    await withdrawFromHearing(t.office, people.get(order[i] ?? '')?.receipt ?? '')
    await tendNotices(t.office)
    const own = (await view()).registrations.find((x) => x.id === next)
    expect(own).toMatchObject({ taking: true, toInform: !people.get(next)?.mailed })
    expect(await hearingReceipt(t.office, people.get(next)?.receipt ?? '')).toMatchObject({ state: 'taking' })
    if (people.get(next)?.mailed) {
      expect(await wanted()).toEqual([])
      if (lost) expect(own?.letter).toBe('dead')
      else expect(letters.slice(sent).map((x) => x.lines[1])).toEqual(['有人撤回，您已由候补递补为参加人。'])
    } else {
      expect(letters).toHaveLength(sent)
      expect(await wanted()).toEqual([1])
      await act('InformAlternates', { how: '电话告知本人' })
      expect(await wanted()).toEqual([])
    }
  }
  await expect(act('InformAlternates', { how: '再打一次' })).rejects.toMatchObject({ code: 'refused' })
  lost = false
  const planned = async () =>
    (
      await t.connection.sql<Array<{ hearings: Array<{ planned?: { on: string } }> }>>`
        select d.snapshot #> '{context,dossier,hearings}' as hearings from matters h
        join matters d on d.id = h.snapshot #>> '{context,dossier,document,id}' where h.id = ${id}`
    )[0]?.hearings.map((each) => each.planned?.on ?? null)
  expect(await planned()).toEqual(['2026-04-20'])
  await act('CancelHearing', { reason: '另行安排' })
  // 取消了的，又由案卷自己办。
  await expect.poll(planned).toEqual([null])
  const sent = letters.length
  await tendNotices(t.office)
  const left = order.slice(4).filter((x) => people.get(x)?.mailed).length
  expect(letters.slice(sent).every((x) => x.lines[1] === '听证会已经取消。')).toBe(true)
  expect(letters.length - sent).toBe(left)
  // 答复里有地址的，记下时不带地址。
  const [kept] = await t.connection.sql`select count(*)::int as n from deliveries where error ilike '%example.com%'`
  expect(kept?.n).toBe(0)
})

it('报名填得不对的：每一栏说明缘由，连同提示读得出；页顶的每一句通到那一栏；填了的还在', async () => {
  const { t, id } = await announced('海原县养老服务补贴办法', [{ name: '老人代表', seats: 1 }])
  const portal = createPortal({ office: t.office })
  const answer = await portal.request(`/hearings/${id}/registrations`, {
    method: 'POST',
    body: new URLSearchParams({ category: '', name: '', contact: '138\u00009', statement: '话'.repeat(2001) }),
  })
  expect(answer.status).toBe(422)
  const html = await answer.text()
  expect(html).toContain('value="1389"')
  for (const [field, hint] of [
    ['category', null],
    ['name', 'name-hint'],
    ['statement', 'statement-hint'],
  ] as const) {
    const own = new RegExp(`<(?:input|select|textarea) id="registration-${field}"[^>]*>`).exec(html)?.[0] ?? ''
    expect(own).toContain('aria-invalid="true"')
    const [, ids = ''] = /aria-describedby="([^"]+)"/.exec(own) ?? []
    expect(ids.split(' ')).toEqual([`registration-${field}-error`, ...(hint ? [hint] : [])])
    for (const each of ids.split(' ')) expect(html).toContain(`id="${each}"`)
    expect(html).toContain(`<a href="#registration-${field}">`)
    expect(html).toContain(`<label for="registration-${field}">`)
  }
  expect(/id="registration-contact"[^>]*/.exec(html)?.[0]).not.toContain('aria-invalid')
})
