// 对外的一切（信的题目与正文、每日与每周的汇总、网关的请求、推送、日历）里，没有未公布的文字，没有人的姓名，没有联系方式。
// 演示县的全部消息重新分发一次，再种下一眼认得出的字。每个渠道各几个人，汇总人人都有。
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { configuredChannels, keyFrom, mailChannel, webhookChannel } from '@dianzhang/channels'
import { demoJurisdiction as j } from '@dianzhang/demo'
import { newCalendarToken, type Person, personalCalendar, publicCalendar, tendNotices } from '@dianzhang/workflow'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { demoDatabase } from '../support/demo-county.ts'
import { quietOffice, TestClock } from '../support/office.ts'

let sql: Awaited<ReturnType<Awaited<ReturnType<typeof demoDatabase>>['connect']>>['sql']
let office: Awaited<ReturnType<typeof quietOffice>>
const clock = new TestClock('2026-11-19T10:00:00+08:00')
/** 送出去的，一件一段：信解开编码，连同信头。 */
const sent: string[] = []
/** 打不出来的名称与话，演示数据里另外没有。 */
const planted = { name: '钱壹肆叁', contact: '13700009143', words: '此句九一四三号只在内部流转不得外传' }

const textOf = (raw: string): string => {
  const words = (text: string) =>
    text.replace(/(?:=\?utf-8\?([qb])\?([^?]*)\?=(?:\s+(?==\?))?)/gi, (_, kind: string, coded: string) =>
      /b/i.test(kind)
        ? Buffer.from(coded, 'base64').toString('utf8')
        : decodeURIComponent(coded.replace(/_/g, ' ').replace(/%/g, '%25').replace(/=/g, '%')),
    )
  const [, head = '', body = ''] = /^([\s\S]*?)\r\n\r\n([\s\S]*)$/.exec(raw) ?? []
  const plain = /quoted-printable/i.test(head)
    ? Buffer.from(
        body
          .replace(/=\r\n/g, '')
          .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      ).toString('utf8')
    : /base64/i.test(head)
      ? Buffer.from(body, 'base64').toString('utf8')
      : body
  return `${words(head)}\n${plain}`
}
const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let body = ''
  for await (const part of request.setEncoding('utf8')) body += part
  return body
}

beforeAll(async () => {
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      let raw = ''
      stream.setEncoding('latin1')
      stream.on('data', (part: string) => {
        raw += part
      })
      stream.on('end', () => {
        sent.push(textOf(raw))
        done()
      })
    },
  })
  const http = createServer(async (request, response) => {
    sent.push(`${decodeURIComponent(request.url ?? '')}\n${JSON.stringify(request.headers)}\n${await bodyOf(request)}`)
    response.end('{"errcode":0}')
  })
  await new Promise<void>((done) => smtp.listen(0, '127.0.0.1', done))
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
  const at = `127.0.0.1:${(http.address() as AddressInfo).port}`
  const mail = mailChannel({
    url: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
    from: '典章 <notice@example.gov.cn>',
  })
  afterAll(async () => {
    mail.close()
    http.closeAllConnections()
    await Promise.all([new Promise<void>((done) => smtp.close(done)), new Promise((done) => http.close(done))])
  })
  const database = await demoDatabase()
  sql = database.connect().sql
  office = await quietOffice(database.asApplication().db, clock)
  afterAll(() => office.close())
  const message = (url: string, body: object) => ({ url: `http://${at}/${url}`, ...body })
  const everything = { 收: '{{recipient}}', 题: '{{title}}', 文: '{{text}}', 址: '{{link}}', 号: '{{id}}' }
  office.outward = {
    origin: 'https://gf.example.gov.cn',
    channels: new Map([
      ['mail', mail],
      ['webhook', webhookChannel({ key: keyFrom(new Uint8Array(32).fill(7)), allowed: new Set([at]) })],
      ...configuredChannels(
        JSON.stringify({
          channels: [
            {
              kind: 'http',
              name: 'chat',
              label: '政务微信',
              message: message('chat?t={{title}}', { json: everything }),
            },
            { kind: 'http', name: 'sms', label: '短信', message: message('sms', { form: everything }) },
          ],
        }),
        {},
      ),
    ]),
    secret: (label: string) => new Uint8Array(Buffer.from(label.padEnd(32, '.')).subarray(0, 32)),
    refuses: async () => null,
  } as never
  // 一切可以写下话的地方都种下一句；一切写着人的地方都种下一个人。
  await sql.unsafe(`set session_replication_role = replica`)
  for (const [table, columns] of [
    ['comments', 'body'],
    ['comment_dispositions', 'reason'],
    ['reminders', 'words'],
    ['matter_marks', 'later_why'],
    ['artefacts', 'body'],
    ['texts', 'note'],
    ['hearing_registrations', 'statement'],
  ] as const)
    await sql.unsafe(`update ${table} set ${columns} = coalesce(${columns}, '') || '${planted.words}'`)
  await sql.unsafe(`update comment_contacts set name = '${planted.name}', contact = '${planted.contact}'`)
  await sql.unsafe(`update suggestion_contacts set name = '${planted.name}', contact = '${planted.contact}'`)
  await sql.unsafe(`update hearing_contacts set name = '${planted.name}', contact = '${planted.contact}'`)
  await sql.unsafe(`update invitation_names set name = '${planted.name}'`)
  await sql.unsafe(`update people set name = '${planted.name}' || substr(id, 1, 0)`)
  await sql.unsafe(`set session_replication_role = origin`)
  // 全部消息再分发一次；公开日志从头看；每个人在三个渠道上各有一种要法。
  await sql`delete from notice_queue`
  await sql`delete from notice_cursors`
  await sql`delete from deliveries`
  await sql`insert into notice_queue (jurisdiction_id, id, source) select jurisdiction_id, id, 'notice' from notices`
  await sql`insert into notice_queue (jurisdiction_id, id, source) select jurisdiction_id, id, 'reminder' from reminders`
  await sql`insert into notice_preferences (jurisdiction_id, person, channel, address, rhythm, updated_at)
    select jurisdiction_id, id, c.name, 'staff-' || c.name || '-' || id || '@example.gov.cn', c.rhythm, now() from people,
      (values ('mail', 'immediate', 4), ('chat', 'daily', 1), ('sms', 'immediate', 9)) c(name, rhythm, each)
    where jurisdiction_id = ${j} and ('x' || substr(md5(id), 1, 4))::bit(16)::int % c.each = 0`
  await sql`insert into matter_marks (jurisdiction_id, matter_id, person, followed)
    select m.jurisdiction_id, m.id, p.id, true from matters m join people p on p.jurisdiction_id = m.jurisdiction_id and p.id in (select min(id) from people union select max(id) from people)
    on conflict (jurisdiction_id, matter_id, person) do update set followed = true`
  await sql`insert into webhooks (jurisdiction_id, id, label, url, types, active, generation, rotated_at, created_at, created_by)
    values (${j}, 'w-1', '市平台', ${`http://${at}/hook`}, '{}', true, 1, '2000-01-01', '2000-01-01', 'x')`
  const subscribe = async (kind: string, about: string, rhythm: string, matter: string | null = null) => {
    const id = `s-${kind}-${about}-${rhythm}`.slice(0, 120)
    await sql`insert into subscriptions (jurisdiction_id, id, kind, about, rhythm, state, matter_id, shown, created_at, confirmed_at)
      values (${j}, ${id}, ${kind}, ${about}, ${rhythm}, 'active', ${matter}, 'x', '2000-01-01', '2000-01-01') on conflict do nothing`
    await sql`insert into subscription_contacts (jurisdiction_id, subscription_id, address, token)
      values (${j}, ${id}, ${`to-${Buffer.from(id).toString('hex').slice(0, 40)}@example.com`}, 'token') on conflict do nothing`
  }
  for (const rhythm of ['immediate', 'weekly']) {
    await subscribe('consultations', '', rhythm)
    await subscribe('query', '', rhythm)
    for (const { name } of await sql<Array<{ name: string }>>`select name from units where jurisdiction_id = ${j}`)
      await subscribe('issuer', name, rhythm)
    for (const { id } of await sql<Array<{ id: string }>>`
      select id from register_entries where jurisdiction_id = ${j} order by id limit 12`)
      await subscribe('document', id, rhythm)
  }
  for (const { receipt, matter } of await sql<Array<{ receipt: string; matter: string }>>`
    select receipt, document_id as matter from comments where jurisdiction_id = ${j}
    union all select receipt, matter_id from suggestions where jurisdiction_id = ${j}
    union all select receipt, matter_id from hearing_registrations where jurisdiction_id = ${j}`)
    await subscribe('receipt', receipt, 'immediate', matter)
  for (const at of ['2026-11-19T10:00:00+08:00', '2026-11-23T10:00:00+08:00', '2026-11-24T10:00:00+08:00']) {
    clock.set(at)
    await tendNotices(office)
  }
})

/** 未公布的话：草案、意见、答复、建议里十二字以上的句子，标题与已经公布的不算。 */
async function unpublished(): Promise<string[]> {
  const rows = await sql<Array<{ text: string | null }>>`
    select t.body as text from texts t union all select body from artefacts union all select body from comments
    union all select reason from comment_dispositions union all select body::text from suggestion_texts
    union all select statement from hearing_registrations union all select words from reminders`
  const known = await sql<Array<{ text: string | null }>>`
    select title as text from matters union all select title from register_entries union all select body from register_entries
    union all select body from public_consultations`
  const open = known.map(({ text }) => text ?? '').join('\n')
  const said = rows.flatMap(({ text }) => (text ?? '').split(/[。；\n"\\]/)).map((part) => part.trim())
  return [...new Set(said)].filter((part) => [...part].length >= 12 && !open.includes(part))
}

it('送出去的有信、汇总、网关请求与推送，都没有未公布的话、姓名、联系方式、别人的地址', async () => {
  const all = sent.join('\n\u0000\n')
  const [counts] = await sql`
    select count(*) filter (where template = 'staff' and event like 'digest:%')::int as digests,
      count(*) filter (where template = 'staff')::int as staff, count(*) filter (where template = 'subscriber')::int as public,
      count(*) filter (where event like 'week:%')::int as weeks, count(*) filter (where event like 'receipt:%')::int as receipts,
      count(*) filter (where template = 'webhook' and state = 'sent')::int as pushes from deliveries`
  for (const [what, n] of Object.entries(counts ?? {})) expect(Number(n), what).toBeGreaterThan(0)
  expect(sent.length).toBeGreaterThan(200)
  // 记下的（送出的、没有送出的、出错的）也照样看。
  const kept = (await sql<Array<{ text: string }>>`select data::text || coalesce(error, '') as text from deliveries`)
    .map(({ text }) => text)
    .join('\n')
  const words = await unpublished()
  expect(words.length).toBeGreaterThan(200)
  expect(words.some((each) => each.includes(planted.words))).toBe(true)
  for (const outside of [all, kept]) {
    for (const secret of Object.values(planted)) expect(outside).not.toContain(secret)
    expect(words.filter((part) => outside.includes(part))).toEqual([])
  }
  // 标识是十六进制，其中偶有十一位数字相连。
  expect(kept.match(/(?<![\da-z])1[3-9]\d{9}(?![\da-z])|(?<![\da-z])\d{17}[\dX](?![\da-z])/gi)).toBeNull()
  // 每件只有收的人自己的地址。
  for (const each of sent) {
    const addresses = new Set(
      each
        .replace(/^Message-ID: .*$/im, '')
        .match(/[\w.-]+@example\.(?:com|gov\.cn)/g)
        ?.filter((x) => !/^notice@/.test(x)),
    )
    expect(addresses.size, each).toBeLessThanOrEqual(1)
  }
  // 题目只是标题一行；推送只有种类、时刻与序号。
  for (const each of sent.filter((x) => x.startsWith('/hook'))) {
    const body = JSON.parse(each.slice(each.lastIndexOf('\n') + 1))
    expect(Object.keys(body).sort()).toEqual(['data', 'timestamp', 'type'])
    expect(Object.keys(body.data).sort()).toEqual(['id', 'jurisdiction', 'logIndex'])
  }
})

it('日历也没有：公众的只有公开的，个人的只有标题与日期', async () => {
  const unfolded = (file: string | null) => (file ?? '').replace(/\r\n /g, '')
  const files = [unfolded(await publicCalendar(office, 'https://gf.example.gov.cn'))]
  for (const { id } of await sql<Array<{ id: string }>>`select id from people where jurisdiction_id = ${j}`) {
    const token = await newCalendarToken(office, { jurisdiction: j, person: id } as Person)
    files.push(unfolded(await personalCalendar(office, token, 'https://gf.example.gov.cn')))
  }
  expect(files.filter((file) => file.includes('BEGIN:VEVENT')).length).toBeGreaterThan(5)
  const words = await unpublished()
  for (const file of files) {
    for (const secret of Object.values(planted)) expect(file).not.toContain(secret)
    expect(words.filter((part) => file.includes(part))).toEqual([])
    expect(file.match(/(?<![\da-z])1[3-9]\d{9}(?![\da-z])/gi)).toBeNull()
  }
})
