// 征求意见的数与回合：许多渠道的数处处一致；对先前一次提的不算在后一次；没有条的文件也逐条反馈；同一张表单不能反复提交。
import { randomUUID } from 'node:crypto'
import { hearingContract } from '@dianzhang/contract'
import { readAnyFile } from '@dianzhang/formats'
import { formToken, invitationCode, printDocument, submitComment } from '@dianzhang/workflow'
import { beforeAll, describe, expect, it } from 'vitest'
import { consult, type PortalFixture, portalFixture, wholeServer } from '../support/portal.ts'

let f: PortalFixture
let server: ReturnType<typeof wholeServer>
beforeAll(async () => {
  f = await portalFixture()
  server = wholeServer(f)
})
const pub = async (path: string): Promise<Record<string, unknown>> =>
  (await (await server.request(path)).json()) as Record<string, unknown>
const page = async (path: string): Promise<string> => (await f.portal.request(path)).text()
const post = (consultation: string, body: object) =>
  server.request(`/public/v1/consultations/${consultation}/comments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const idsOf = async (document: string): Promise<Array<{ id: string; body: string; round: string }>> => [
  ...(await f.t.connection.sql<Array<{ id: string; body: string; round: string }>>`
    select id, body, consultation_id as round from comments where document_id = ${document} order by at, id`),
]
const sendForm = (
  consultation: string,
  given: Record<string, string>,
  path = `/consultations/${consultation}/comments`,
) => f.portal.request(path, { method: 'POST', body: new URLSearchParams(given) })

describe('没有条、以“一、（一）”为序的文件', () => {
  let one: { id: string; consultation: string }
  const title = '海原县人民政府关于推进设施农业发展的意见'
  const body = [
    title,
    '各乡镇人民政府，县直各部门：',
    '为了推进设施农业，现提出以下意见。',
    '一、总体要求',
    '坚持质量第一。',
    '坚持因地制宜。',
    '二、主要任务',
    '（一）扩大规模。到2027年新增一千亩。',
    '（二）提高标准。每亩补助二十元。',
    '三、保障措施',
    '加强领导。',
  ].join('\n')
  it('各处的两个数一致：相同文字与归组相连的是一种，垃圾信息处理过也不算', async () => {
    one = await consult(f.t, title, body)
    const say = (text: string, element?: string) =>
      submitComment(f.t.office, one.consultation, { text, ...(element ? { anchor: { element } } : {}) })
    await say('补助太低，请提高到三十元。', '二、（二）')
    await say('补助太低了，请提高到三十元。', '二、（二）')
    await say('总体要求写得好。', '一、')
    const held = await submitComment(f.t.office, one.consultation, { text: '广告一则。', held: '试' })
    const rows = await idsOf(one.id)
    await f.t.send('drafter', one.id, 'GroupComments', {
      comments: rows.filter((row) => row.body.includes('补助太低')).map((row) => row.id),
      outcome: 'same',
      label: '提高标准',
    })
    // 归组以后又有人说一样的话：仍是同一种。
    await say('补助太低，请提高到三十元！', '二、（二）')
    await f.t.goTo('2026-05-25')
    await f.t.send('drafter', one.id, 'RecordComments', {
      entries: [{ channel: 'letter', source: '来信第1号', receivedOn: '2026-05-24', text: '来信的意见。' }],
    })
    const detail = await pub(`/public/v1/consultations/${one.consultation}`)
    expect(detail).toMatchObject({ comments: 5, distinct: 3, held: 1, late: 1 })
    const all = await idsOf(one.id)
    // 待核的先写了处理，后来确认是垃圾信息。
    await f.t.send('drafter', one.id, 'DisposeComments', {
      comments: all.map((row) => row.id),
      disposition: 'adopted',
      reason: '已经提高到三十元。',
      except: all
        .filter((row) => /来信|写得好/.test(row.body))
        .map((row) => ({ comment: row.id, disposition: 'not_adopted', reason: '另行研究。' })),
    })
    await f.t.send('drafter', one.id, 'SettleHeldComments', {
      comments: [held.commentId],
      outcome: 'spam',
      reason: '广告。',
    })
    await f.t.send('drafter', one.id, 'PublishFeedback', { summary: '感谢参与。' })
    const feedback = (await pub(`/public/v1/consultations/${one.consultation}/feedback`)) as {
      counts: Array<{ count: number }>
      items: unknown[]
      cameBy: Array<{ count: number }>
    }
    expect(feedback).toMatchObject({ total: 5, distinct: 3, late: 1 })
    const sum = (list: Array<{ count: number }>) => list.reduce((n, each) => n + each.count, 0)
    expect([sum(feedback.counts), feedback.items.length, sum(feedback.cameBy)]).toEqual([5, 5, 5])
    const [stored] = await f.t.connection.sql`
      select feedback -> 'counts' as counts, feedback -> 'distinct' as distinct from public_consultations where id = ${one.consultation}`
    expect(stored).toEqual({ counts: { adopted: 3, not_adopted: 2 }, distinct: 3 })
    expect(await page(`/consultations/${one.consultation}/feedback`)).toContain('收到 5 条（不同内容 3 条）')
    const table = await printDocument(f.t.office, f.t.as('drafter'), one.id, 'opinions-table', 'docx')
    const words = await readAnyFile(new Uint8Array(table.bytes))
    expect(words.text).toContain('收到 5 条（不同内容 3 条）')
    expect(words.text).toContain('其中截止以后收到1条')
    expect(words.text).not.toContain('广告一则')
    const figures = (await pub('/public/v1/statistics?from=2026-05-25&to=2026-12-31')).items as Array<{
      id: string
      value: unknown
    }>
    const of = (id: string) => Number(figures.find((x) => x.id === id)?.value)
    expect([of('comments'), of('comment-contents')]).toEqual([5, 3])
  })
  it('逐条反馈：采纳的意见找得到改了什么，没有条的也一样', async () => {
    await f.t.send('drafter', one.id, 'SaveDraft', {
      body: body.replace('二十元', '三十元').replace('加强领导。', '加强领导，落实责任。\n严格考核。'),
      note: '提高标准',
    })
    const again = await f.t.send('drafter', one.id, 'OpenPublicConsultation', { channels: ['县政府网站'] })
    const html = await page(`/consultations/${one.consultation}/clauses`)
    const clauses = html.split('<section class="clause">').slice(1)
    const of = (address: string) => clauses.find((each) => each.includes(`<h2>${address}`)) ?? ''
    expect(clauses).toHaveLength(3)
    expect(of('二、（二）')).toMatch(/<del>二<\/del>|<del>二十<\/del>|<del>二十元<\/del>/)
    expect(of('二、（二）')).toContain('对这一条的意见（3 条）')
    expect(of('二、（二）')).toContain('采纳意见：已经提高到三十元。')
    expect(of('三、')).toContain('起草单位自行修改')
    expect(of('三、')).toContain('严格考核')
    expect(of('一、')).toContain('对这一条的意见（1 条）')
    expect(of('一、')).not.toContain('为什么改')

    // 修改以后再征求：对先前一次提的，一个门也不收作后一次的。
    const second = String(again.consultationId)
    const old = { text: '对旧稿的意见。' }
    expect((await post(one.consultation, old)).status).toBe(409)
    expect(await (await post(one.consultation, old)).text()).toContain('第1次公开征求意见已于')
    const token = formToken(f.t.office, one.consultation, Date.now() - 60_000)
    await sendForm(one.consultation, { ...old, token, website: '' })
    await expect(submitComment(f.t.office, one.consultation, old)).rejects.toMatchObject({ code: 'refused' })
    expect((await idsOf(one.id)).filter((row) => row.round === second)).toEqual([])
    expect((await post(second, { text: '对新稿的意见。' })).status).toBe(201)
    expect(await pub(`/public/v1/consultations/${second}`)).toMatchObject({ comments: 1 })
    expect(await pub(`/public/v1/consultations/${one.consultation}`)).toMatchObject({ comments: 5 })
  })
})

describe('定向征求', () => {
  let one: { id: string; consultation: string }
  const invite = (invitees: object[]) => f.t.send('drafter', one.id, 'InviteParticipants', { invitees })
  it('个人的姓名不给拿到链接的人看；同一个只邀请一次；同时答复两次只成一次', async () => {
    one = await consult(f.t, '海原县停车管理办法', '海原县停车管理办法\n第一条　为了规范停车，制定本办法。')
    const answer = await invite([
      { name: '王某某', kind: 'stakeholder' },
      { name: '李教授', kind: 'expert' },
      { name: '海原县物业协会', kind: 'association' },
    ])
    const [person = '', expert = '', body = ''] = answer.invitations as string[]
    const path = (id: string) => `/invitations/${invitationCode(f.t.office, id)}`
    expect(await page(path(person))).not.toContain('王某某')
    expect(await page(path(expert))).not.toContain('李教授')
    expect(await page(path(body))).toContain('海原县物业协会')
    for (const twice of [
      [{ name: '海原县物业协会', kind: 'association' }],
      [{ name: ' 海原县 物业协会', kind: 'enterprise' }],
      [
        { name: '某公司', kind: 'enterprise' },
        { name: '某公司', kind: 'enterprise' },
      ],
    ])
      await expect(invite(twice)).rejects.toMatchObject({ code: 'refused' })
    const both = await Promise.all(
      ['甲', '乙', '丙'].map((text) => sendForm('', { text: `答复${text}。`, token: '', website: '' }, path(person))),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409, 409])
    for (const method of ['GET', 'HEAD']) {
      const seen = await f.portal.request(path(person), { method })
      expect(await seen.text()).not.toMatch(/答复[甲乙丙]。/)
    }
    // 先前一次的邀请，不能答到后一次去。
    await f.t.goTo('2026-07-25')
    const all = await idsOf(one.id)
    await f.t.send('drafter', one.id, 'DisposeComments', {
      comments: all.map((row) => row.id),
      disposition: 'adopted',
      reason: '采纳。',
    })
    await f.t.send('drafter', one.id, 'PublishFeedback', { summary: '感谢参与。' })
    await f.t.send('drafter', one.id, 'SaveDraft', {
      body: '海原县停车管理办法\n第一条　为了规范停车秩序，保障通行，制定本办法。',
      note: '改',
    })
    await f.t.send('drafter', one.id, 'OpenPublicConsultation', { channels: ['县政府网站'] })
    const late = await sendForm('', { text: '迟来的答复。', token: '', website: '' }, path(expert))
    expect(late.status).toBe(409)
    expect((await idsOf(one.id)).map((row) => row.body)).not.toContain('迟来的答复。')
  })
})

it('一千多条同样的话：一次归组、一次答复，一条另作处理的只改它一条；数照样一致', async () => {
  const one = await consult(f.t, '海原县电动车管理办法', '海原县电动车管理办法\n第一条　为了规范电动车，制定本办法。')
  const entry = (i: number) => ({
    channel: 'letter',
    source: `来信第${i + 1}号`,
    receivedOn: '2026-07-26',
    text: i % 2 === 0 ? '请允许在小区里充电。' : '请允许我们在小区里充电。',
  })
  await f.t.goTo('2026-07-27')
  for (let from = 0; from < 1204; from += 500)
    await f.t.send('drafter', one.id, 'RecordComments', {
      entries: Array.from({ length: Math.min(500, 1204 - from) }, (_, i) => entry(from + i)),
    })
  const comments = (await idsOf(one.id)).map(({ id }) => id)
  expect(comments).toHaveLength(1204)
  await f.t.send('drafter', one.id, 'GroupComments', { comments, outcome: 'same', label: '充电' })
  expect(await pub(`/public/v1/consultations/${one.consultation}`)).toMatchObject({ comments: 1204, distinct: 1 })
  await f.t.goTo('2026-09-01')
  const [first = '', second = ''] = comments
  const answer = { comments, disposition: 'adopted', reason: '已写明充电设施。' }
  const other = { comment: first, disposition: 'not_adopted', reason: '这一条另说。' }
  await expect(
    f.t.send('drafter', one.id, 'DisposeComments', { ...answer, except: [other, { ...other, reason: '又一次。' }] }),
  ).rejects.toMatchObject({ code: 'invalid' })
  await f.t.send('drafter', one.id, 'DisposeComments', { ...answer, except: [other] })
  await f.t.send('drafter', one.id, 'PublishFeedback', { summary: '感谢参与。' })
  const feedback = (await pub(`/public/v1/consultations/${one.consultation}/feedback`)) as {
    counts: Array<{ disposition: string; count: number }>
  }
  expect(feedback).toMatchObject({ total: 1204, distinct: 1 })
  expect(feedback.counts.map(({ disposition, count }) => [disposition, count])).toEqual([
    ['adopted', 1203],
    ['partly_adopted', 0],
    ['not_adopted', 1],
  ])
  expect(await page(`/consultations/${one.consultation}/feedback`)).toContain('收到 1,204 条（不同内容 1 条）')
  const receipts = await f.t.connection.sql<Array<{ id: string; receipt: string }>>`
    select id, receipt from comments where id in (${first}, ${second})`
  for (const { id, receipt } of receipts)
    expect(await page(`/receipts/${receipt}`)).toContain(id === first ? '这一条另说。' : '已写明充电设施。')
})

it('同一张表单提交许多次的，第四次起待核；各自打开的不受影响', async () => {
  const one = await consult(f.t, '海原县供热管理办法', '海原县供热管理办法\n第一条　为了规范供热，制定本办法。')
  const token = formToken(f.t.office, one.consultation, Date.now() - 60_000)
  for (let i = 0; i < 20; i++)
    expect((await sendForm(one.consultation, { text: `第${i}则广告。`, token, website: '' })).status).toBe(303)
  expect(await pub(`/public/v1/consultations/${one.consultation}`)).toMatchObject({ comments: 3, held: 17 })
  for (let i = 0; i < 5; i++) {
    const own = formToken(f.t.office, one.consultation, Date.now() - 60_000 - i)
    await sendForm(one.consultation, { text: '同样的话许多人说。', token: own, website: '' })
  }
  expect(await pub(`/public/v1/consultations/${one.consultation}`)).toMatchObject({
    comments: 8,
    distinct: 4,
    held: 17,
  })
})

it('听证会的公告里，同一类别不写两次', () => {
  const notice = (categories: object[]) =>
    hearingContract.opening.schema.safeParse({
      commandId: randomUUID(),
      document: 'd',
      subject: '收费标准',
      place: '会议室',
      heldOn: '2026-04-20',
      registersUntil: '2026-03-16',
      categories,
    })
  const owners = { name: '车主代表', seats: 2 }
  expect(notice([owners]).success).toBe(true)
  expect(notice([owners, { name: '车主代表 ', seats: 1 }]).error?.issues[0]?.message).toContain('合为一行')
})
