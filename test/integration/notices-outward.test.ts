// 对外通知：真的邮件服务器、真的接收方；双重确认，一按退订，四天收不到，杀在送出与记下之间，恢复以后停着。
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { type AddressInfo, createServer as createNet } from 'node:net'
import { dateInShanghai } from '@dianzhang/calendar'
import { keyFrom, mailChannel, publicKeyShown, refusedUrl, webhookChannel } from '@dianzhang/channels'
import { schema } from '@dianzhang/database'
import {
  actInOffice,
  type Channel,
  confirmSubscription,
  endSubscription,
  listDeliveries,
  markMatter,
  newCalendarToken,
  noticeTender,
  type Outgoing,
  openMatter,
  personalCalendar,
  prefer,
  publicCalendar,
  recordRestoration,
  registerForHearing,
  replay,
  revokeCalendarToken,
  runOnMatter,
  sendDue,
  submitComment,
  subscribe,
  subscriptionOf,
  tendNotices,
  tryAgain,
} from '@dianzhang/workflow'
import ICAL from 'ical.js'
import { SMTPServer } from 'smtp-server'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestOffice, testOffice } from '../support/office.ts'

let t: TestOffice
const j = '640522'
const seed = new Uint8Array(32).fill(7)
/** 收到的信：收件人、全文。 */
const letters: Array<{ to: string; raw: string; text: string }> = []
const bounced = new Set<string>()
let busy = false
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo(address, _session, done) {
    if (bounced.has(address.address))
      return done(Object.assign(new Error(`<${address.address}>: No such user`), { responseCode: 550 }))
    if (busy) return done(Object.assign(new Error('Try later'), { responseCode: 451 }))
    done()
  },
  onData(stream, session, done) {
    let raw = ''
    stream.setEncoding('utf8')
    stream.on('data', (part) => {
      raw += part
    })
    stream.on('end', () => {
      const [, head = '', body = ''] = /^([\s\S]*?)\r\n\r\n([\s\S]*)$/.exec(raw) ?? []
      const text = /quoted-printable/i.test(head)
        ? decodeURIComponent(
            body
              .replace(/=\r\n/g, '')
              .replace(/%/g, '%25')
              .replace(/=([0-9A-F]{2})/g, '%$1'),
          )
        : /base64/i.test(head)
          ? Buffer.from(body, 'base64').toString('utf8')
          : body
      letters.push({ to: session.envelope.rcptTo[0]?.address ?? '', raw, text })
      done()
    })
  },
})
/** 接收方：收到的各次推送；`down` 时不答复，否则答 `answer`。 */
const pushes: Array<{ headers: Record<string, string>; body: string }> = []
let answer = 204
const receiver: Server = createServer(async (request, response) => {
  const body = await bodyOf(request)
  if (answer >= 200 && answer < 300) pushes.push({ headers: request.headers as Record<string, string>, body })
  if (answer === 302) response.setHeader('location', '/other')
  response.writeHead(answer).end()
})
async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const part of request.setEncoding('utf8')) body += part
  return body
}
const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port

beforeAll(async () => {
  await new Promise<void>((done) => smtp.listen(0, '127.0.0.1', done))
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  t = await testOffice('2026-03-02T09:00:00+08:00')
  const allowed = new Set([`127.0.0.1:${portOf(receiver)}`])
  const mail = mailChannel({ url: `smtp://127.0.0.1:${portOf(smtp.server)}`, from: '典章 <notice@example.gov.cn>' })
  afterAll(() => mail.close())
  t.office.outward = {
    origin: 'https://gf.example.gov.cn',
    channels: new Map([
      ['mail', mail],
      ['webhook', webhookChannel({ key: keyFrom(seed), allowed })],
    ]),
    secret: (label) => new Uint8Array(Buffer.from(label.padEnd(32, '.')).subarray(0, 32)),
    refuses: (url) => refusedUrl(url, allowed),
  }
})
afterAll(async () => {
  await new Promise<void>((done) => smtp.close(done))
  await new Promise((done) => receiver.close(done))
})
let entries = 0
/** 登记一件已经公布的文件：公开日志随之多一条。 */
async function publish(
  title: string,
  patch: Partial<typeof schema.registerEntries.$inferInsert> = {},
): Promise<string> {
  const id = `e-${++entries}`
  const at = t.clock.now()
  await t.connection.db.insert(schema.registerEntries).values({
    jurisdictionId: j,
    id,
    origin: 'made',
    title,
    documentNumber: `海政规发〔2026〕${90 + entries}号`,
    issuers: ['海原县人民政府'],
    disclosure: 'active',
    forceEvents: [],
    body: `${title}\n\n第一条　为了设施农业补助，制定本办法。`,
    textHash: '0'.repeat(64),
    attachments: [],
    metadata: {},
    publishedOn: dateInShanghai(at.toISOString()),
    effectiveDate: '2026-05-01',
    validUntil: '2031-04-30',
    createdAt: at,
    ...patch,
  } as never)
  return id
}
const tokenIn = (letter: { text: string } | undefined): { id: string; token: string } => {
  const [, id = '', token = ''] = /subscriptions\/([\w-]+)\/?(?:end)?\?token=([\w-]+)/.exec(letter?.text ?? '') ?? []
  return { id, token }
}
const lettersTo = (address: string) => letters.filter((letter) => letter.to === address)
const ask = (kind: string, about: string, address: string, rhythm: 'immediate' | 'weekly' = 'immediate') =>
  subscribe(t.office, { jurisdiction: j, kind: kind as never, about, address, rhythm })
async function confirmed(kind: string, about: string, address: string, rhythm: 'immediate' | 'weekly' = 'immediate') {
  await ask(kind, about, address, rhythm)
  await tendNotices(t.office)
  const { id, token } = tokenIn(lettersTo(address).at(-1))
  await confirmSubscription(t.office, id, token)
  return id
}

describe('公众订阅', () => {
  it('寄出确认信；打开信中网页不算，按了才算；退订一按即删，地址不留', async () => {
    const address = 'citizen@example.com'
    await ask('issuer', '海原县人民政府', address)
    await tendNotices(t.office)
    const [letter] = lettersTo(address)
    const { id, token } = tokenIn(letter)
    expect(letter?.text).toContain('请打开下面的网页')
    // 查看信中链接的程序只会打开网页。
    expect(await subscriptionOf(t.office, id, token)).toMatchObject({ state: 'pending' })
    await publish('第一件')
    await tendNotices(t.office)
    expect(lettersTo(address)).toHaveLength(1)
    expect(await confirmSubscription(t.office, id, token)).toMatchObject({
      state: 'active',
      title: '海原县人民政府的文件',
    })
    t.clock.set('2026-03-02T09:10:00+08:00')
    await publish('海原县设施农业补助资金管理办法')
    await publish('别的机关的文件', { issuers: ['海原县司法局'] })
    await tendNotices(t.office)
    const second = lettersTo(address)[1]
    expect(lettersTo(address)).toHaveLength(2)
    const head = second?.raw.replace(/\r\n\s+/g, ' ')
    expect(head).toMatch(/List-Unsubscribe: <https:\/\/gf\.example\.gov\.cn\/subscriptions\//)
    expect(head).toMatch(/List-Unsubscribe-Post: List-Unsubscribe=One-Click/)
    expect(second?.text).toContain('公布：海原县设施农业补助资金管理办法')
    expect(second?.text).toContain('https://gf.example.gov.cn/register/')
    expect(second?.raw).not.toMatch(/<img|text\/html/i)
    const end = tokenIn(second)
    expect(await endSubscription(t.office, end.id, end.token)).toBe(true)
    expect(await endSubscription(t.office, end.id, end.token)).toBe(false)
    const [left] = await t.connection.sql`select count(*)::int as n from subscription_contacts`
    expect(left?.n).toBe(0)
    await publish('退订以后的一件')
    await tendNotices(t.office)
    expect(lettersTo(address)).toHaveLength(2)
  })
  it('一件、一次检索、上位法以外的不寄；每周一次的并作一封', async () => {
    t.clock.set('2026-03-03T09:00:00+08:00')
    const id = await publish('海原县养老服务补贴办法')
    await confirmed('document', id, 'a@example.com')
    await confirmed('query', 'q=养老&issuer=海原县人民政府', 'b@example.com')
    await confirmed('issuer', '海原县人民政府', 'w@example.com', 'weekly')
    t.clock.set('2026-03-03T10:00:00+08:00')
    await t.connection
      .sql`update register_entries set force_events = ${t.connection.sql.json([{ kind: 'repealed', on: '2026-03-03', byDocument: null, reason: '试' }] as never)} where id = ${id}`
    await publish('海原县养老机构管理办法')
    await publish('海原县停车管理办法')
    await tendNotices(t.office)
    expect(
      lettersTo('a@example.com')
        .slice(1)
        .map((each) => /废止：海原县养老服务补贴办法/.test(each.text)),
    ).toEqual([true])
    expect(lettersTo('b@example.com').slice(1)).toHaveLength(2)
    expect(lettersTo('w@example.com')).toHaveLength(1)
    t.clock.set('2026-03-09T08:31:00+08:00')
    await tendNotices(t.office)
    const [, weekly] = lettersTo('w@example.com')
    expect(lettersTo('w@example.com')).toHaveLength(2)
    for (const title of ['养老服务补贴办法', '养老机构管理办法', '停车管理办法']) expect(weekly?.text).toContain(title)
    await tendNotices(t.office)
    expect(lettersTo('w@example.com')).toHaveLength(2)
  })
  it('寄不到的（550）停下并写明缘由；暂时收不下的（451）再试，只收到一次', async () => {
    await confirmed('issuer', '海原县司法局', 'gone@example.com')
    await confirmed('issuer', '海原县司法局', 'slow@example.com')
    bounced.add('gone@example.com')
    busy = true
    t.clock.set('2026-03-09T10:00:00+08:00')
    await publish('海原县司法局的文件', { issuers: ['海原县司法局'] })
    await tendNotices(t.office)
    expect(lettersTo('slow@example.com')).toHaveLength(1)
    const [row] = await t.connection.sql`
      select s.state, s.suspended_why as why from subscriptions s join subscription_contacts k on k.subscription_id = s.id where k.address = 'gone@example.com'`
    expect(row).toMatchObject({ state: 'suspended', why: expect.stringMatching(/550/) })
    // 邮件服务器的答复里有地址；送出的记录留得比地址久，记下时不带地址。
    const [kept] = await t.connection.sql`
      select (select count(*)::int from deliveries where error ilike '%gone@example.com%' or data::text ilike '%gone@example.com%') as deliveries,
        (select count(*)::int from subscriptions where suspended_why ilike '%gone@example.com%') as subscriptions,
        (select count(*)::int from deliveries where error like '%550%〔地址〕%') as masked`
    expect(kept).toEqual({ deliveries: 0, subscriptions: 0, masked: 1 })
    busy = false
    t.clock.set('2026-03-09T10:00:06+08:00')
    await tendNotices(t.office)
    t.clock.set('2026-03-09T11:00:00+08:00')
    await tendNotices(t.office)
    expect(lettersTo('slow@example.com')).toHaveLength(2)
  })
  it('没有确认以前要了几次的，确认一次即可，只寄一份', async () => {
    const address = 'twice@example.com'
    for (let i = 0; i < 3; i++) await ask('issuer', '海原县财政局', address)
    await tendNotices(t.office)
    const [first, second, third] = lettersTo(address).map(tokenIn)
    expect(lettersTo(address)).toHaveLength(3)
    await confirmSubscription(t.office, second?.id ?? '', second?.token ?? '')
    for (const other of [first, third])
      await expect(confirmSubscription(t.office, other?.id ?? '', other?.token ?? '')).rejects.toMatchObject({
        code: 'not_found',
      })
    t.clock.set('2026-03-09T14:00:00+08:00')
    await publish('海原县财政局的文件', { issuers: ['海原县财政局'] })
    await tendNotices(t.office)
    expect(lettersTo(address)).toHaveLength(4)
    const end = tokenIn(lettersTo(address).at(-1))
    await endSubscription(t.office, end.id, end.token)
    const [left] = await t.connection
      .sql`select count(*)::int as n from subscription_contacts where address = ${address}`
    expect(left?.n).toBe(0)
  })
  it('没有确认的两日即删；不是地址的、没有的文件不收', async () => {
    await ask('consultations', '', 'never@example.com')
    await tendNotices(t.office)
    t.clock.set('2026-03-12T09:00:00+08:00')
    await tendNotices(t.office)
    const [row] = await t.connection
      .sql`select count(*)::int as n from subscription_contacts where address = 'never@example.com'`
    expect(row?.n).toBe(0)
    await expect(ask('issuer', '海原县人民政府', 'a@b@c')).rejects.toThrow(/./)
    await expect(ask('document', '没有这件', 'x@example.com')).rejects.toThrow(/./)
    await expect(ask('receipt', 'YJ20260301-00000000000000000000', 'x@example.com')).rejects.toThrow(/./)
  })
  it('没有的主题、上位法由索引回答：不看遍全部条目、全部引用', async () => {
    const asked: string[] = []
    const { db } = t.database.connect({ debug: (text) => asked.push(text) })
    const office = { ...t.office, db }
    for (const kind of ['subject', 'act'] as const)
      await expect(
        subscribe(office, { jurisdiction: j, kind, about: '没有这样的', address: 'x@example.com', rhythm: 'weekly' }),
      ).rejects.toMatchObject({ code: 'invalid' })
    const [subject = '', act = ''] = asked.filter((text) => /from "(?:register_entries|citations)"/.test(text))
    // 各有一个只含一部分行的索引：条件里写着那一部分，才用得上。
    const [plan] = await t.connection.sql.begin(async (tx) => {
      await tx.unsafe('set local enable_seqscan = off')
      return [JSON.stringify(await tx.unsafe(`explain (generic_plan) ${subject}`))]
    })
    expect(plan).toContain('register_entries_subject')
    const [index] = await t.connection.sql<
      { of: string }[]
    >`select indexdef as of from pg_indexes where indexname = 'citations_act'`
    expect(index?.of).toContain('(act_key, jurisdiction_id) WHERE (entry_id IS NOT NULL)')
    expect(act).toMatch(/"act_key" = .*"entry_id" is not null/)
  })
  it('没有的机关、主题、上位法不收；确认信里没有索要的人自己写的话', async () => {
    const unknown = { code: 'invalid', extra: { issues: [{ path: 'about', message: expect.stringMatching(/没有/) }] } }
    for (const kind of ['issuer', 'subject', 'act'])
      await expect(ask(kind, '快来 spam.example 领奖', 'stranger@example.com')).rejects.toMatchObject(unknown)
    await ask('act', '《中华人民共和国民法典》', 'stranger@example.com')
    await ask('query', 'q=快来 spam.example 领奖', 'stranger@example.com')
    await tendNotices(t.office)
    const sent = lettersTo('stranger@example.com').map(({ text }) => text)
    expect(sent).toHaveLength(2)
    expect(sent.filter((text) => text.includes('spam.example'))).toEqual([])
  })
})

describe('推送', () => {
  let id: string
  const since = async () =>
    (await listDeliveries(t.office, j, { limit: 200 })).items.filter((x) => x.channel === 'webhook')
  it('内部网络的地址不收；登记以后每一公开行为推送一次，别人的程序验得了签名', async () => {
    const save = (url: string) =>
      actInOffice<{ id: string }>(t.office, t.as('admin'), 'SaveWebhook', { label: '市平台', url, reason: '接入' })
    for (const url of [
      'http://10.1.2.3/',
      'https://127.0.0.1:9/',
      'https://192.168.1.1/x',
      'https://[::1]/',
      'https://[::ffff:10.0.0.1]/',
      'https://intranet/',
      'https://a.local/',
      'ftp://example.com/',
      'https://u:p@example.com/',
      'https://169.254.169.254/latest',
    ])
      await expect(save(url), url).rejects.toThrow(/./)
    await expect(
      actInOffice(t.office, t.as('drafter'), 'SaveWebhook', { label: 'x', url: 'https://example.com/', reason: 'x' }),
    ).rejects.toThrow(/系统管理员/)
    id = (await save(`http://127.0.0.1:${portOf(receiver)}/hook`)).id
    // 同一网址再登记一次，每一件就推送两次。
    await expect(save(`http://127.0.0.1:${portOf(receiver)}/hook`)).rejects.toMatchObject({
      code: 'invalid',
      extra: { issues: [{ path: 'url', message: '这个网址已经登记：“市平台”' }] },
    })
    t.clock.set('2026-03-12T10:00:00+08:00')
    await publish('推送的一件')
    await tendNotices(t.office)
    expect(pushes).toHaveLength(1)
    expect(await since()).toMatchObject([{ channelLabel: expect.any(String), targetLabel: '市平台' }])
    const [push] = pushes
    const secret = t.office.outward?.secret(`webhook ${j} ${id} 1`) ?? new Uint8Array()
    // 标准实现按本机的钟看时刻，测试的钟在别处：时刻换成现在重新签一次，只比签法。
    const timestamp = push?.headers['webhook-timestamp'] ?? ''
    const theirs = new Webhook(Buffer.from(secret).toString('base64')).sign(
      push?.headers['webhook-id'] ?? '',
      new Date(Number(timestamp) * 1000),
      push?.body ?? '',
    )
    expect(push?.headers['webhook-signature']?.split(' ')).toContain(theirs)
    expect(push?.headers['webhook-signature']).toMatch(/^v1a,/)
    expect(publicKeyShown(keyFrom(seed))).toMatch(/^whpk_/)
    expect(JSON.parse(push?.body ?? '')).toMatchObject({
      type: 'publish',
      data: { id: expect.any(String), logIndex: expect.any(Number) },
    })
    expect(push?.body).not.toContain('推送的一件')
  })
  it('更换密钥：一日以内新旧都签', async () => {
    await actInOffice(t.office, t.as('admin'), 'RotateWebhook', { webhook: id, reason: '例行更换' })
    t.clock.set('2026-03-12T11:00:00+08:00')
    await publish('更换以后的一件')
    await tendNotices(t.office)
    expect(pushes.at(-1)?.headers['webhook-signature']?.match(/v1,/g)).toHaveLength(2)
    t.clock.set('2026-03-14T11:00:00+08:00')
    await publish('两日以后的一件')
    await tendNotices(t.office)
    expect(pushes.at(-1)?.headers['webhook-signature']?.match(/v1,/g)).toHaveLength(1)
  })
  it('杀在送出与记下之间：租约过后再送，标识相同，接收方认得出', async () => {
    await publish('送出以后没有记下的一件')
    const before = pushes.length
    const channels = t.office.outward?.channels as Map<string, Channel>
    const channel = channels.get('webhook') as Channel
    const send = channel.send.bind(channel)
    const died = {
      ...channel,
      send: async (m: Outgoing) => {
        await send(m)
        return new Promise<never>(() => {})
      },
    }
    channels.set('webhook', died)
    void tendNotices(t.office)
    while (pushes.length === before) await new Promise((done) => setTimeout(done, 20))
    channels.set('webhook', channel)
    await sendDue(t.office)
    expect(pushes).toHaveLength(before + 1)
    t.clock.set('2026-03-14T11:06:00+08:00')
    await sendDue(t.office)
    expect(pushes).toHaveLength(before + 2)
    expect(pushes.at(-1)?.headers['webhook-id']).toBe(pushes.at(-2)?.headers['webhook-id'])
    await sendDue(t.office)
    expect(pushes).toHaveLength(before + 2)
  })
  it('一再死在送出与记下之间的，没有用掉再试的次数：其后一时收不下，仍可以再试', async () => {
    await publish('送出以后许多次没有记下的一件')
    const before = pushes.length
    const channels = t.office.outward?.channels as Map<string, Channel>
    const channel = channels.get('webhook') as Channel
    for (let i = 0; i < 14; i++) {
      let taken: () => void = () => {}
      const died = new Promise<void>((done) => {
        taken = done
      })
      channels.set('webhook', {
        ...channel,
        send: async (m: Outgoing) => {
          await channel.send(m)
          taken()
          return new Promise<never>(() => {})
        },
      })
      void tendNotices(t.office)
      await died
      t.clock.set(new Date(t.clock.now().getTime() + 6 * 60_000).toISOString())
    }
    channels.set('webhook', channel)
    expect(new Set(pushes.slice(before).map((x) => x.headers['webhook-id'])).size).toBe(1)
    answer = 503
    await sendDue(t.office)
    expect((await since()).filter((x) => x.state === 'due').map((x) => x.attempts)).toEqual([1])
    answer = 204
    t.clock.set(new Date(t.clock.now().getTime() + 60_000).toISOString())
    await sendDue(t.office)
    expect((await since()).filter((x) => x.state !== 'sent')).toEqual([])
  })
  it('接收方离开不到四天：逐次延后，回来以后一件不少；改道（302）算没有收到', async () => {
    const before = pushes.length
    answer = 503
    t.clock.set('2026-03-15T09:00:00+08:00')
    await publish('离开期间的一件')
    await publish('离开期间的又一件')
    for (let hour = 0; hour < 90; hour += 3) {
      t.clock.set(new Date(Date.parse('2026-03-15T09:00:00+08:00') + hour * 3600_000).toISOString())
      await tendNotices(t.office)
      if (hour === 30) answer = 302
    }
    expect(pushes).toHaveLength(before)
    expect((await since()).filter((x) => x.state === 'due').map((x) => x.attempts)).toEqual([9, 9])
    answer = 200
    t.clock.set('2026-03-19T08:00:00+08:00')
    await tendNotices(t.office)
    expect(new Set(pushes.slice(before).map((x) => x.headers['webhook-id'])).size).toBe(2)
    expect((await since()).filter((x) => x.state !== 'sent')).toEqual([])
  })
  it('满四天仍收不到：停下、写明、可以再试，按日志的一段重推，标识相同', async () => {
    answer = 500
    t.clock.set('2026-03-20T09:00:00+08:00')
    await publish('四天没有送到的一件')
    // 等着下一次的，按“现在再试”不必等，试过几次照数。
    await tendNotices(t.office)
    const [waiting] = (await since()).filter((x) => x.state === 'due')
    expect(waiting).toMatchObject({ attempts: 1, error: '接收方答复 500' })
    await tryAgain(t.office, j, String(waiting?.id))
    await tendNotices(t.office)
    expect((await since()).find((x) => x.id === waiting?.id)).toMatchObject({ state: 'due', attempts: 2 })
    for (let hour = 0; hour <= 112; hour += 2) {
      t.clock.set(new Date(Date.parse('2026-03-20T09:00:00+08:00') + hour * 3600_000).toISOString())
      await tendNotices(t.office)
    }
    const [dead] = (await since()).filter((x) => x.state === 'dead')
    expect(dead).toMatchObject({ attempts: 11, error: '接收方答复 500' })
    const [row] = await t.connection.sql`select active, inactive_why as why from webhooks`
    expect(row).toMatchObject({ active: false, why: expect.stringMatching(/四日没有送到/) })
    answer = 200
    const before = pushes.length
    await actInOffice(t.office, t.as('admin'), 'SaveWebhook', {
      id,
      label: '市平台',
      url: `http://127.0.0.1:${portOf(receiver)}/hook`,
      reason: '已经修复',
    })
    const index = Number(dead?.event.slice(4))
    expect(await replay(t.office, j, id, index, index)).toBe(1)
    await tendNotices(t.office)
    expect(pushes).toHaveLength(before + 1)
    expect(JSON.parse(pushes.at(-1)?.body ?? '')).toMatchObject({ data: { logIndex: index } })
  })
  it('410：接收方不再要，即停', async () => {
    answer = 410
    await publish('对方不要了')
    await tendNotices(t.office)
    expect((await t.connection.sql`select active from webhooks`)[0]).toMatchObject({ active: false })
    answer = 200
  })
  it('名称指到内部网络的不连接，先解析后变了也不', async () => {
    let asked = 0
    const listening = createNet(() => {
      asked += 1
    })
    await new Promise<void>((done) => listening.listen(0, '127.0.0.1', done))
    const channel = webhookChannel({
      key: null,
      allowed: new Set(),
      resolve: (async () => [{ address: '127.0.0.1', family: 4 }]) as never,
    })
    const outcome = await channel.send({
      id: 'x',
      address: `https://example.com:${portOf(listening)}/`,
      title: '',
      lines: [],
      link: null,
      at: new Date(),
      signed: { body: '{}', secrets: [seed] },
    })
    expect(outcome).toMatchObject({ kind: 'later', why: expect.stringMatching(/内部网络/) })
    expect(asked).toBe(0)
    await new Promise((done) => listening.close(done))
  })
})

describe('工作人员的通知', () => {
  type Person = Parameters<typeof prefer>[1]
  it('轮到的随到随发，夜里的等到工作日早上；每日一次的并作一封；信里没有未公布的正文', async () => {
    t.clock.set('2026-04-03T21:00:00+08:00')
    await prefer(t.office, t.as('secretariat') as Person, {
      channel: 'mail',
      address: 'secretariat@example.gov.cn',
      rhythm: 'immediate',
    })
    await prefer(t.office, t.as('drafter') as Person, {
      channel: 'mail',
      address: 'drafter@example.gov.cn',
      rhythm: 'daily',
    })
    const { id } = await t.propose('drafter', { title: '海原县粮食收购管理办法' })
    await tendNotices(t.office)
    expect(lettersTo('secretariat@example.gov.cn')).toHaveLength(0)
    // 4月4日至6日清明放假，4月7日星期二上班。
    t.clock.set('2026-04-06T12:00:00+08:00')
    await tendNotices(t.office)
    expect(lettersTo('secretariat@example.gov.cn')).toHaveLength(0)
    t.clock.set('2026-04-07T08:00:00+08:00')
    await tendNotices(t.office)
    const [letter] = lettersTo('secretariat@example.gov.cn')
    expect(letter?.text).toContain('轮到您：')
    expect(letter?.text).toContain(`https://gf.example.gov.cn/staff/documents/${id}`)
    expect(letter?.text).not.toContain('现行补助标准分散')
    await t.send('secretariat', id, 'ApproveInitiation')
    t.clock.set('2026-04-08T08:31:00+08:00')
    await tendNotices(t.office)
    await tendNotices(t.office)
    expect(lettersTo('drafter@example.gov.cn')).toHaveLength(1)
    expect(lettersTo('drafter@example.gov.cn')[0]?.text).toContain('海原县粮食收购管理办法')
  })
  it('夜里轮到、早上以前已经办了的，不再寄；看不到了的不寄；推到以后的不在每日一次里；写明为什么收到', async () => {
    const box = 'secretariat@example.gov.cn'
    t.clock.set('2026-04-08T21:00:00+08:00')
    const { id } = await t.propose('drafter', { title: '海原县夜间办理的办法' })
    const other = await t.propose('drafter', { title: '海原县早上再办的办法' })
    await prefer(t.office, t.as('contact.market') as Person, {
      channel: 'mail',
      address: 'market@example.gov.cn',
      rhythm: 'immediate',
    })
    // 以前看得到时关注的，现在看不到了。
    const market = (t.as('contact.market') as Person).person
    await t.connection
      .sql`insert into matter_marks (jurisdiction_id, person, matter_id, followed) values (${j}, ${market}, ${id}, true)`
    await tendNotices(t.office)
    await t.send('secretariat', id, 'ApproveInitiation')
    await tendNotices(t.office)
    const mine = () => lettersTo(box).filter(({ text }) => /夜间办理|早上再办/.test(text))
    expect(mine()).toEqual([])
    t.clock.set('2026-04-09T08:05:00+08:00')
    await tendNotices(t.office)
    expect(mine().map(({ text }) => /早上再办/.test(text))).toEqual([true])
    expect(mine()[0]?.text).toContain('收到的缘由：按您的任职，这一步轮到您办理')
    expect(lettersTo('market@example.gov.cn')).toEqual([])
    const [dropped] = await t.connection
      .sql`select error from deliveries where state = 'dropped' and data::text like '%夜间办理%' and target like 'person:%' limit 1`
    expect(dropped?.error).toContain('已经办了')
    await t.send('secretariat', other.id, 'ApproveInitiation')
    // 起草经办人把一件推到十五日：十日的汇总里没有它。
    await markMatter(t.office, t.as('drafter') as Person, id, { later: { until: '2026-04-15', why: '等调研' } })
    const digest = async (at: string) => {
      const before = lettersTo('drafter@example.gov.cn').length
      t.clock.set(at)
      await tendNotices(t.office)
      const sent = lettersTo('drafter@example.gov.cn').slice(before)
      expect(sent).toHaveLength(1)
      return sent[0]?.text ?? ''
    }
    const tenth = await digest('2026-04-10T08:31:00+08:00')
    expect(tenth).toContain('早上再办')
    expect(tenth).not.toContain('夜间办理')
    expect(await digest('2026-04-15T08:31:00+08:00')).toContain('夜间办理')
  })
  it('日历：征求意见中途撤回的、施行以前撤销的划去，序号升高；撤销收回的恢复', async () => {
    const { id } = await t.propose('drafter', { title: '海原县中途撤回的办法' })
    await t.send('secretariat', id, 'ApproveInitiation')
    await t.send('drafter', id, 'SaveDraft', { body: '第一条　为了规范管理，制定本办法。' })
    await t.send('drafter', id, 'ProvideArtefact', { kind: 'explanatory_note', body: '起草说明。' })
    await t.send('drafter', id, 'OpenPublicConsultation', { channels: ['县政府门户网站'] })
    const entry = await publish('海原县施行以前撤销的办法', { effectiveDate: '2026-06-01' })
    const of = async (uid: string) => {
      const file = await publicCalendar(t.office, 'https://gf.example.gov.cn', j)
      const event = new ICAL.Component(ICAL.parse(file))
        .getAllSubcomponents('vevent')
        .map((each) => new ICAL.Event(each))
        .find((each) => each.uid.startsWith(uid))
      return {
        status: event?.component.getFirstPropertyValue('status'),
        sequence: Number(event?.sequence),
        title: event?.summary,
      }
    }
    const [round] = await t.connection.sql`select id from public_consultations where document_id = ${id}`
    const [asking, effect] = [`consultation-${j}-${round?.id}@`, `effect-${j}-${entry}@`]
    const [open, coming] = [await of(asking), await of(effect)]
    expect([open.status, coming.status]).toEqual(['CONFIRMED', 'CONFIRMED'])
    await t.send('head', id, 'WithdrawDocument', { reason: '不再需要。' })
    const force = (events: object[]) =>
      t.connection
        .sql`update register_entries set force_events = ${t.connection.sql.json(events as never)} where id = ${entry}`
    const annulled = { kind: 'annulled', on: '2026-05-10', byDocument: null, reason: '试' }
    await force([annulled])
    const [withdrawn, gone] = [await of(asking), await of(effect)]
    expect([withdrawn.status, gone.status]).toEqual(['CANCELLED', 'CANCELLED'])
    expect(withdrawn.sequence).toBeGreaterThan(open.sequence)
    expect(gone.sequence).toBeGreaterThan(coming.sequence)
    await force([annulled, { kind: 'restored', on: '2026-05-12', undoes: 1, byDocument: null, reason: '试' }])
    const back = await of(effect)
    expect(back.status).toBe('CONFIRMED')
    expect(back.sequence).toBeGreaterThan(gone.sequence)
  })
  it('日历：别人的程序读得了，长标题折行不坏；挪了日子还是同一项；口令作废即读不到', async () => {
    const who = t.as('drafter') as Person
    const token = await newCalendarToken(t.office, who)
    const text = await personalCalendar(t.office, token, 'https://gf.example.gov.cn')
    expect(() => new ICAL.Component(ICAL.parse(text ?? ''))).not.toThrow()
    expect(await personalCalendar(t.office, `${token}x`, 'https://gf.example.gov.cn')).toBeNull()
    const again = await newCalendarToken(t.office, who)
    expect(await personalCalendar(t.office, token, '')).toBeNull()
    await revokeCalendarToken(t.office, who)
    expect(await personalCalendar(t.office, again, '')).toBeNull()

    const long =
      '海原县人民政府关于进一步加强农村宅基地和村民自建房屋建设管理的若干规定、补充说明；以及“试行”期间有关事项的通知'
    const id = await publish(long)
    const eventsOf = async () => {
      const file = await publicCalendar(t.office, 'https://gf.example.gov.cn', j)
      for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
      return new ICAL.Component(ICAL.parse(file)).getAllSubcomponents('vevent').map((each) => new ICAL.Event(each))
    }
    const find = async (kind: string) => (await eventsOf()).find((each) => each.uid.startsWith(`${kind}-${j}-${id}@`))
    const before = await find('effect')
    expect(before?.summary).toBe(`施行：${long}`)
    expect(before?.startDate.toString()).toBe('2026-05-01')
    const expiry = await find('expiry')
    expect(expiry?.component.getFirstPropertyValue('status')).toBe('CONFIRMED')
    await t.connection
      .sql`update register_entries set force_events = ${t.connection.sql.json([{ kind: 'repealed', on: '2026-06-01', byDocument: null, reason: '试' }] as never)} where id = ${id}`
    const after = await find('expiry')
    expect(after?.component.getFirstPropertyValue('status')).toBe('CANCELLED')
    expect(Number(after?.sequence)).toBeGreaterThan(Number(expiry?.sequence))
  })
})

it('一处推送挂着不答，别的渠道、别的接收方不等它；挂着的仍只领一次，答了照记', async () => {
  t.clock.set('2026-04-15T09:00:00+08:00')
  let asked = 0
  const waiting: Array<() => void> = []
  const hanging = createServer((request, response) => {
    asked += 1
    request.resume()
    waiting.push(() => response.writeHead(204).end())
  })
  await new Promise<void>((done) => hanging.listen(0, '127.0.0.1', done))
  const channels = t.office.outward?.channels as Map<string, Channel>
  const outward = t.office.outward as NonNullable<typeof t.office.outward>
  const allowed = new Set([`127.0.0.1:${portOf(hanging)}`, `127.0.0.1:${portOf(receiver)}`])
  const before = { push: channels.get('webhook') as Channel, refuses: outward.refuses }
  channels.set('webhook', webhookChannel({ key: keyFrom(seed), allowed, timeoutMs: 600_000 }))
  outward.refuses = (url) => refusedUrl(url, allowed)
  const save = (label: string, port: number) =>
    actInOffice<{ id: string }>(t.office, t.as('admin'), 'SaveWebhook', {
      label,
      url: `http://127.0.0.1:${port}/another`,
      reason: '接入',
    })
  await save('挂着的', portOf(hanging))
  await save('照常的', portOf(receiver))
  await confirmed('issuer', '海原县人民政府', 'quick@example.com')
  await t.connection.sql`update deliveries set state = 'dropped', next_at = null where state = 'due'`
  const [mails, pushed] = [lettersTo('quick@example.com').length, pushes.length]
  const arrive = async (what: () => boolean) => {
    const from = performance.now()
    while (!what() && performance.now() - from < 60_000) await new Promise((done) => setTimeout(done, 20))
    expect(what()).toBe(true)
    return performance.now() - from
  }
  const tender = noticeTender(t.office)
  for (let i = 1; i <= 3; i++) {
    t.clock.set(`2026-04-15T1${i}:00:00+08:00`)
    await publish(`不等别人的第${i}件`)
    await tender.look()
    // 挂着的一处一直挂着，信与另一处推送已经到了；等它的话，要等十分钟。
    await arrive(() => lettersTo('quick@example.com').length === mails + i && pushes.length === pushed + i)
  }
  await arrive(() => asked > 0)
  expect(asked).toBe(1)
  while (waiting.length > 0 || asked < 3) {
    waiting.shift()?.()
    await new Promise((done) => setTimeout(done, 20))
  }
  await tender.ended()
  expect(asked).toBe(3)
  const [left] = await t.connection.sql`select count(*)::int as n from deliveries where state = 'due'`
  expect(left?.n).toBe(0)
  await t.connection.sql`update webhooks set active = false where label in ('挂着的', '照常的')`
  channels.set('webhook', before.push)
  outward.refuses = before.refuses
  hanging.closeAllConnections()
  await new Promise((done) => hanging.close(done))
})

it('由备份恢复以后一件不发，放行时积压的不再发出，其后照常', async () => {
  await actInOffice(t.office, t.as('admin'), 'SaveWebhook', {
    label: '又一处',
    url: `http://127.0.0.1:${portOf(receiver)}/again`,
    reason: '接入',
  })
  t.clock.set('2026-04-16T09:00:00+08:00')
  await recordRestoration(t.connection.db, t.clock.now(), {
    kind: 'restored',
    lostFrom: '2026-04-15T00:00:00.000Z',
    lostUntil: '2026-04-16T00:00:00.000Z',
    by: 'cli',
    reason: '试',
  })
  const before = pushes.length
  await publish('恢复以后的一件')
  await tendNotices(t.office)
  expect(pushes.length).toBe(before)
  expect(letters.filter((letter) => letter.text.includes('恢复以后的一件'))).toEqual([])
  await expect(
    actInOffice(t.office, t.as('drafter'), 'ReleaseNotices', { waiting: 'drop', reason: '核对过了' }),
  ).rejects.toThrow(/系统管理员/)
  await actInOffice(t.office, t.as('admin'), 'ReleaseNotices', { waiting: 'drop', reason: '核对过了' })
  await tendNotices(t.office)
  expect(pushes.length).toBe(before)
  expect(letters.filter((letter) => letter.text.includes('恢复以后的一件'))).toEqual([])
  await expect(
    actInOffice(t.office, t.as('admin'), 'ReleaseNotices', { waiting: 'drop', reason: '再来' }),
  ).rejects.toThrow(/没有停/)
  t.clock.set('2026-04-16T10:00:00+08:00')
  await publish('放行以后的一件')
  await tendNotices(t.office)
  expect(pushes.length).toBe(before + 1)
})
it('跟着回执走的：处理还在内部时不寄，采纳情况公布以后寄一封，只有网址；别人的处理不寄', async () => {
  t.clock.set('2026-05-06T09:00:00+08:00')
  const { id } = await t.propose('drafter')
  await t.send('secretariat', id, 'ApproveInitiation')
  await t.send('drafter', id, 'SaveDraft', { body: '第一条　为了规范管理，制定本办法。' })
  await t.send('drafter', id, 'ProvideArtefact', { kind: 'explanatory_note', body: '起草说明。' })
  await t.send('drafter', id, 'OpenPublicConsultation', { channels: ['县政府门户网站'] })
  const [round] = await t.connection.sql`select id from public_consultations where document_id = ${id}`
  const mine = await submitComment(t.office, String(round?.id), { text: '补助标准应当每年公布。' })
  const other = await submitComment(t.office, String(round?.id), { text: '别的意见。' })
  const address = 'receipt@example.com'
  await confirmed('receipt', mine.receipt, address)
  const before = lettersTo(address).length
  await t.goTo('2026-06-08')
  for (const { commentId } of [mine, other])
    await t.send('drafter', id, 'DisposeComment', {
      comment: commentId,
      disposition: 'not_adopted',
      reason: '财力不足。',
    })
  await tendNotices(t.office)
  // 逐条处理时还是内部的，回执页上看不到，也就不寄。
  expect(lettersTo(address)).toHaveLength(before)
  await t.send('drafter', id, 'PublishFeedback')
  await tendNotices(t.office)
  const letter = lettersTo(address).at(-1)
  expect(lettersTo(address)).toHaveLength(before + 1)
  expect(letter?.text).toContain('有新的进展')
  expect(letter?.text).toContain(`https://gf.example.gov.cn/receipts/${mine.receipt}`)
  expect(letter?.text).not.toMatch(/财力不足|补助标准应当/)
  expect(letter?.raw).toMatch(/List-Unsubscribe-Post: List-Unsubscribe=One-Click/)
  await tendNotices(t.office)
  expect(lettersTo(address)).toHaveLength(before + 1)
})

it('所订阅的文件列入清理的，寄出一封：可以提出建议至何日；没有列入的不寄', async () => {
  t.clock.set('2026-06-02T14:00:00+08:00')
  const [inside, outside] = [
    await publish('海原县农机补贴办法', { issuers: ['海原县农业农村局'] }),
    await publish('海原县集市管理办法'),
  ]
  await confirmed('document', inside, 'inside@example.com')
  await confirmed('document', outside, 'outside@example.com')
  const secretariat = t.as('secretariat')
  const { id } = await openMatter(t.office, secretariat, 'cleanup', {
    type: 'PlanCleanup',
    commandId: randomUUID(),
    kind: 'periodic',
    ground: '距上次清理已满两年。',
    scope: { issuers: ['hy-agri'] },
    deadlineForUnits: '2026-07-10',
  } as never)
  await tendNotices(t.office)
  expect(lettersTo('inside@example.com')).toHaveLength(1)
  const freeze = { type: 'FreezeCensus', commandId: randomUUID(), expectedVersion: 1 }
  await runOnMatter(t.office, secretariat, id, freeze)
  await tendNotices(t.office)
  await tendNotices(t.office)
  expect(lettersTo('inside@example.com')).toHaveLength(2)
  expect(lettersTo('inside@example.com')[1]?.text).toContain('可以提出建议至2026-07-1024时')
  expect(lettersTo('outside@example.com')).toHaveLength(1)
  // 其后的公开行为照旧寄。
  t.clock.set('2026-06-02T15:00:00+08:00')
  await t.connection
    .sql`update register_entries set force_events = ${t.connection.sql.json([{ kind: 'repealed', on: '2026-06-02', byDocument: null, reason: '试' }] as never)} where id = ${outside}`
  await tendNotices(t.office)
  expect(lettersTo('outside@example.com')[1]?.text).toContain('废止：海原县集市管理办法')
})

it('听证报名的回执也可以跟：听证会取消、选定的寄一封，只有网址', async () => {
  t.clock.set('2026-06-03T09:00:00+08:00')
  const { id: document } = await t.propose('drafter', { title: '海原县集中供热管理办法' })
  await t.send('secretariat', document, 'ApproveInitiation')
  const { id } = await openMatter(t.office, t.as('drafter'), 'hearing', {
    type: 'AnnounceHearing',
    commandId: randomUUID(),
    document,
    subject: '供热价格',
    place: '县政府会议室',
    heldOn: '2026-08-20',
    registersUntil: '2026-06-20',
    categories: [{ name: '用户代表', seats: 2 }],
  } as never)
  const { receipt } = await registerForHearing(t.office, String(id), {
    category: '用户代表',
    name: '不应外露的姓名',
    contact: '0955-1',
    statement: '价格太高。',
  })
  await confirmed('receipt', receipt, 'hearing@example.com')
  await tendNotices(t.office)
  expect(lettersTo('hearing@example.com')).toHaveLength(1)
  const command = { type: 'CancelHearing', commandId: randomUUID(), expectedVersion: 1, reason: '另行安排。' }
  await runOnMatter(t.office, t.as('drafter'), String(id), command as never)
  await tendNotices(t.office)
  await tendNotices(t.office)
  const [, letter] = lettersTo('hearing@example.com')
  expect(lettersTo('hearing@example.com')).toHaveLength(2)
  expect(letter?.text).toContain(`https://gf.example.gov.cn/receipts/${receipt}`)
  expect(letter?.text).not.toMatch(/不应外露|价格太高|另行安排/)
})
