// 征求意见的各项：附件、来信、待核、归组、一并处理、公开以前的处理、定向征求、两个数一致、逐条反馈、公布期限。
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { addDays, dateInShanghai } from '@dianzhang/calendar'
import type { AppError, CommandType } from '@dianzhang/contract'
import {
  awaitHeldComments,
  commentClearance,
  commentFile,
  commentGroups,
  dutyCounts,
  formToken,
  getDocument,
  invitationCode,
  invitationsOf,
  publicCalendar,
  suspicionOf,
} from '@dianzhang/workflow'
import ICAL from 'ical.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import { consult, type PortalFixture, portalFixture, wholeServer } from '../support/portal.ts'

let f: PortalFixture
let server: ReturnType<typeof wholeServer>
let one: { id: string; consultation: string }
const title = '海原县农机作业补助办法'
const body = [
  title,
  '第一条　为了规范农机作业补助，制定本办法。',
  '第二条　补助标准为每亩二十元。',
  '第三条　申请人向乡镇人民政府申请。',
  '第四条　本办法由县农业农村局负责解释。',
].join('\n')
beforeAll(async () => {
  f = await portalFixture()
  server = wholeServer(f)
  one = await consult(f.t, title, body)
})

const form = (given: Record<string, string | File[]>): RequestInit => {
  const data = new FormData()
  for (const [name, value] of Object.entries(given))
    if (typeof value === 'string') data.append(name, value)
    else for (const file of value) data.append(name, file)
  return { method: 'POST', body: data }
}
const late = () => formToken(f.t.office, one.consultation, Date.now() - 60_000)
const say = (given: Record<string, string | File[]>) =>
  f.portal.request(`/consultations/${one.consultation}/comments`, form({ token: late(), website: '', ...given }))
const receiptOf = (answer: Response) =>
  decodeURIComponent(answer.headers.get('location') ?? '').replace('/receipts/', '')
const page = async (path: string): Promise<string> => (await f.portal.request(path)).text()
const refusal = (type: CommandType, payload: object = {}) =>
  f.t.send('drafter', one.id, type, payload).catch(({ code, extra }: AppError) => ({ code, ...extra }))
const pub = async (path: string): Promise<Record<string, unknown>> =>
  (await (await server.request(path)).json()) as Record<string, unknown>
const staff = async () => {
  const rows = await f.t.connection.sql<Array<{ id: string; body: string; receipt: string }>>`
    select id, body, receipt from comments where document_id = ${one.id} order by at, id`
  return [...rows]
}
const idOf = async (text: string): Promise<string> => (await staff()).find((row) => row.body.includes(text))?.id ?? ''
/** 公众日历里采纳情况的一件。 */
const feedbackDay = async () => {
  const file = await publicCalendar(f.t.office, 'https://gf.example.gov.cn', '640522')
  const own = new ICAL.Component(ICAL.parse(file))
    .getAllSubcomponents('vevent')
    .find((each) => String(each.getFirstPropertyValue('uid')).startsWith(`feedback-640522-${one.consultation}@`))
  const event = own && new ICAL.Event(own)
  return {
    day: event?.startDate.toString(),
    status: own?.getFirstPropertyValue('status'),
    title: String(event?.summary),
  }
}
/** 六月三十日逾期没有公布采纳情况的，全部各件。 */
const overdueFeedback = async () => (await dutyCounts(f.t.office.db, '2026-06-30')).feedback
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe('公众提意见', () => {
  it('上传以前就说明份数、大小与种类；带图片的收下，回执列出附件与摘要，可以重新计算', async () => {
    expect(await page(`/consultations/${one.consultation}`)).toContain('最多 5 份，每份不超过 10 MB，合计不超过 20 MB')
    const answer = await say({
      text: '补助标准太低。',
      files: ['照片.png', '又一次.png'].map((name) => new File([png], name)),
    })
    expect(answer.status).toBe(303)
    const html = await page(`/receipts/${receiptOf(answer)}`)
    expect(html).toContain('照片.png')
    expect(html).toContain('dianzhang/comment/2')
    expect(html).toContain('与上面的内容摘要一致')
    expect(html).not.toContain('<img')
    // 同样的内容以两个名称附上：要哪一个，给的就是哪一个名称；没有附过的名称没有这个附件。
    const sha256 = createHash('sha256').update(png).digest('hex')
    const given = (name?: string) => commentFile(f.t.office, f.t.as('drafter'), one.id, sha256, name)
    for (const name of ['照片.png', '又一次.png']) expect((await given(name)).name).toBe(name)
    expect((await given()).name).toBe('照片.png')
    await expect(given('没有附过.png')).rejects.toMatchObject({ code: 'not_found' })
  })
  it('不收的写明是哪一份、为什么，一个字也没有丢；什么也没有存', async () => {
    const answer = await say({ text: '写了很久的意见。', files: [new File(['MZ'], '程序.pdf')] })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('“程序.pdf”不是可以接收的文件')
    expect(html).toContain('写了很久的意见。')
    expect((await say({ text: '一', files: [new File([Buffer.alloc(11 * 1024 * 1024)], '大.png')] })).status).toBe(422)
    // 各份都不大，合起来超过 20 MB。
    const picture = (name: string) => new File([png, Buffer.alloc(7 * 1024 * 1024)], name)
    const together = await say({ text: '附了三张。', files: ['一.png', '二.png', '三.png'].map(picture) })
    expect(together.status).toBe(422)
    const said = await together.text()
    expect(said).toContain('合计')
    expect(said).toContain('附了三张。')
    expect((await staff()).map((row) => row.body)).toEqual(['补助标准太低。'])
  })
  it('程序提交的一律待核，有回执，不计入，也不丢', async () => {
    const kinds: Array<Record<string, string>> = [
      { website: 'http://spam' },
      { token: '' },
      { token: formToken(f.t.office, one.consultation) },
      { token: formToken(f.t.office, one.consultation, Date.now() - 2 * 24 * 3600_000) },
      { token: formToken(f.t.office, 'another', Date.now() - 60_000) },
    ]
    for (const [i, kind] of kinds.entries()) {
      const answer = await say({ text: `广告第${i}则。`, ...kind })
      expect(answer.status, JSON.stringify(kind)).toBe(303)
      expect(await page(`/receipts/${receiptOf(answer)}`)).toContain('疑似垃圾信息')
    }
    expect(await pub(`/public/v1/consultations/${one.consultation}`)).toMatchObject({ comments: 1, held: 5 })
  })
  it('一张表单提交几次、一项征求意见短时间收到多少，几个服务进程合在一起数；后面的待核，记数的行过期即删', async () => {
    const { office } = f.t
    const other = f.t.database.asApplication({ max: 3 })
    // 另一个进程：自己的连接，同一个数据库，同一个密钥。
    const processes = [office, { ...office, db: other.db }]
    const at = Date.now() + 40 * 24 * 3600_000
    const judge = (n: number, given: { token: string; subject?: string; flooding?: boolean }, now = at) =>
      suspicionOf(processes[n % 2] as typeof office, { subject: 'c-1', trap: '', flooding: false, ...given }, now)
    const token = formToken(office, 'c-1', at - 60_000)
    const told = await Promise.all(Array.from({ length: 20 }, (_, n) => judge(n, { token })))
    expect(told.filter((why) => why === null)).toHaveLength(3)
    expect(new Set(told.filter((why) => why !== null))).toEqual(new Set(['同一张表单提交了许多次']))
    // 记号后面添了什么，仍是同一张表单；过了半日也是。
    expect(await judge(1, { token: `${token}.9` })).toBe('同一张表单提交了许多次')
    expect(await judge(0, { token }, at + 12 * 3600_000)).toBe('同一张表单提交了许多次')
    // 因别的缘由待核的，不占这项征求意见的份额。
    for (let n = 0; n < 20; n++) await judge(n, { token: 'x', flooding: true })
    const fresh = (n: number, subject: string) => formToken(office, subject, at - 60_000 - n)
    const many: Array<string | null> = []
    for (let n = 1; n <= 330; n += 10)
      many.push(
        ...(await Promise.all(
          Array.from({ length: 10 }, (_, k) => judge(k, { token: fresh(n + k, 'c-2'), subject: 'c-2' })),
        )),
      )
    expect(many.filter((why) => why === null)).toHaveLength(300)
    expect(many.filter((why) => why === '这项征求意见短时间内收到的意见过多')).toHaveLength(30)
    // 别的征求意见不受影响；过一会儿又有份额。
    expect(await judge(0, { token: fresh(0, 'c-3'), subject: 'c-3' })).toBeNull()
    expect(await judge(0, { token: fresh(-2000, 'c-2'), subject: 'c-2' }, at + 61_000)).toBeNull()
    const rows = async () =>
      (await f.t.connection.sql`select count(*)::int as n from auth_rate_limits where key like 'form|%'`)[0]?.n
    expect(await rows()).toBeGreaterThan(300)
    const later = at + 6 * 24 * 3600_000
    await judge(0, { token: formToken(office, 'c-1', later - 60_000) }, later)
    expect(await rows()).toBeLessThanOrEqual(3)
  })
  it('以前的版本待核的不等人：起动时依现在的规则重新推算，记在台账上；再起动不再办', async () => {
    const turns = async () =>
      [
        ...(await f.t.connection.sql`
          select count from turns where matter_id = ${one.id} and command = 'SettleHeldComments'`),
      ].map(({ count }) => count)
    const version = async () => (await getDocument(f.t.office, f.t.as('drafter'), one.id)).version
    expect(await turns()).toEqual([5])
    await f.t.connection.sql`delete from turns where matter_id = ${one.id} and command = 'SettleHeldComments'`
    const before = await version()
    expect(await awaitHeldComments(f.t.office)).toBe(1)
    expect(await turns()).toEqual([5])
    expect(await version()).toBe(before + 1)
    expect(await awaitHeldComments(f.t.office)).toBe(0)
    expect(await version()).toBe(before + 1)
  })
  it('一次恢复误判的，其余确认', async () => {
    await f.t.send('drafter', one.id, 'SettleHeldComments', {
      comments: [await idOf('广告第3则')],
      outcome: 'restored',
      reason: '内容与本件有关。',
    })
    const rest = (await staff()).filter((row) => /广告第[0124]则/.test(row.body)).map((row) => row.id)
    await f.t.send('drafter', one.id, 'SettleHeldComments', { comments: rest, outcome: 'spam', reason: '广告。' })
    expect(await pub(`/public/v1/consultations/${one.consultation}`)).toMatchObject({ comments: 2, held: 0 })
  })
  it('同样的话许多人说：两个数', async () => {
    for (const text of [
      '请把补助名单公示，方便大家监督。',
      '请把补助名单公示，方便大家监督！',
      '　请把补助名单公示 方便大家监督',
      '请在网上把补助名单公示，方便大家监督。',
    ])
      expect((await say({ text })).status).toBe(303)
    expect(await pub(`/public/v1/consultations/${one.consultation}`)).toMatchObject({ comments: 6, distinct: 4 })
  })
})

describe('定向征求', () => {
  it('链接可以反复打开，答复一次；转给别人的看不到答了什么；以前写在邀请行里的名称移到可以删除的地方', async () => {
    // 协会的一份照以前的写法写下：名称在邀请的行里，也在台账所记的摘要之内。
    const { sql } = f.t.connection
    await sql.unsafe(`
      create function as_before() returns trigger language plpgsql as $$ begin
        if new.kind = 'association' then new.name := '海原县农机协会'; end if; return new; end $$;
      create trigger as_before before insert on consultation_invitations for each row execute function as_before()`)
    const answer = await f.t.send('drafter', one.id, 'InviteParticipants', {
      invitees: [
        { name: '海原县农机协会', kind: 'association' },
        { name: '海原县某合作社', kind: 'enterprise' },
      ],
    })
    const [first = '', second = ''] = answer.invitations as string[]
    await sql.unsafe('drop trigger as_before on consultation_invitations; drop function as_before')
    await sql`delete from invitation_names where invitation_id = ${first}`
    expect((await verifyDatabase(sql)).faults).toEqual([])
    await sql.unsafe(readFileSync(new URL('../../drizzle/0043_old_invitation_names.sql', import.meta.url), 'utf8'))
    expect(await sql`select name from consultation_invitations where name is not null`).toEqual([])
    const moved = await verifyDatabase(sql)
    expect(moved.faults).toEqual([])
    expect(moved.notes.join()).toContain('定向征求的邀请 2 行')
    const path = `/invitations/${invitationCode(f.t.office, first)}`
    for (let i = 0; i < 3; i++) expect(await page(path)).toContain('海原县农机协会')
    expect((await f.portal.request(`/invitations/${first}.abc`)).status).toBe(404)
    const sent = { token: '', website: '', text: '建议协会参与核实。' }
    const answered = await f.portal.request(path, form(sent))
    expect(answered.status, await answered.clone().text()).toBe(303)
    expect(await page(path)).toContain('这份邀请已经答复')
    expect(await page(path)).not.toContain('建议协会参与核实')
    const again = await f.portal.request(path, form({ ...sent, text: '再答一次。' }))
    expect(again.status).toBe(409)
    expect(await again.text()).toContain('已经答复过')
    expect(second).not.toBe('')
  })
})

describe('来信与座谈会', () => {
  it('逐件写明来源与收到之日；截止以后收到的照收，记为迟到', async () => {
    await f.t.send('drafter', one.id, 'RecordComments', {
      entries: [
        {
          channel: 'letter',
          source: '来信第1号',
          receivedOn: '2026-04-10',
          text: '我叫李建国，电话13800138000，请写明申请材料。',
          element: '第三条',
        },
        { channel: 'meeting', source: '四月座谈会', receivedOn: '2026-04-10', text: '请写明发放时间。' },
      ],
    })
    const refused = await refusal('RecordComments', {
      entries: [{ channel: 'letter', source: '来信', receivedOn: '2027-01-01', text: '一。' }],
    })
    expect(refused).toMatchObject({ code: 'refused' })
    await f.t.goTo('2026-04-25')
    await f.t.send('drafter', one.id, 'RecordComments', {
      entries: [{ channel: 'letter', source: '来信第2号', receivedOn: '2026-04-24', text: '路上耽搁了几天的意见。' }],
    })
    const detail = await pub(`/public/v1/consultations/${one.consultation}`)
    expect(detail).toMatchObject({ comments: 10, late: 1 })
    const ways = detail.cameBy as Array<{ channel: string; count: number }>
    expect(ways.reduce((sum, way) => sum + way.count, 0)).toBe(10)
    expect(Object.fromEntries(ways.map((way) => [way.channel, way.count]))).toEqual({
      online: 6,
      invited: 1,
      letter: 2,
      meeting: 1,
    })
  })
  it('没有答复的邀请，截止时记在台账里', async () => {
    const rows = await f.t.connection.sql<Array<{ silent: string[] }>>`
      select body -> 'payload' -> 'silent' as silent from ledger_events
      where matter_id = ${one.id} and type = 'ConsultationClosed'`
    expect(rows[0]?.silent).toHaveLength(1)
  })
})

describe('归组与一并处理', () => {
  it('提议：只差几个字的归到一起；重启以后一样', async () => {
    const found = await commentGroups(f.t.office, f.t.as('drafter'), one.id)
    const { proposed } = found
    expect(proposed.map((x) => x.members.length)).toEqual([4])
    await f.t.send('drafter', one.id, 'GroupComments', {
      comments: proposed[0]?.members,
      outcome: 'same',
      label: '公示名单',
    })
    expect(await pub(`/public/v1/consultations/${one.consultation}`)).toMatchObject({ comments: 10, distinct: 7 })
  })
  it('待公布的期限公开倒数，逾期也公开', async () => {
    expect(await page(`/consultations/${one.consultation}`)).toMatch(/采纳情况至迟2026年\d+月\d+日公布，还有 \d+ 天/)
    await f.t.goTo('2026-06-30')
    expect(await page(`/consultations/${one.consultation}`)).toMatch(/已经逾期 \d+ 天/)
    const figures = (await pub('/public/v1/statistics?from=2026-01-01&to=2026-12-31')).items as Array<{
      id: string
      value: unknown
    }>
    expect(Number(figures.find((x) => x.id === 'feedback-overdue')?.value)).toBeGreaterThan(0)
    // 该办的人在待办里看到晚了几天，指标里数得到；公布以后少一件。
    const { turns } = await getDocument(f.t.office, f.t.as('drafter'), one.id)
    expect(turns.find((turn) => turn.command === 'DisposeComment')?.daysLate).toBeGreaterThan(0)
    expect(await overdueFeedback()).toBeGreaterThan(0)
    // 逾期在列表、订阅源、日历、接口上都看得到，说的是同一日。
    const { feedbackTerm } = (await pub(`/public/v1/consultations/${one.consultation}`)) as {
      feedbackTerm: { due: string; overdue: boolean }
    }
    expect(feedbackTerm.overdue).toBe(true)
    const words = `采纳情况应当在${feedbackTerm.due.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日')}以前公布，已经逾期`
    expect(await page('/consultations?state=closed')).toContain(words)
    expect(await page('/feeds/consultations.atom')).toContain(words)
    const { items } = (await pub('/public/v1/consultations?open=false')) as { items: Array<Record<string, unknown>> }
    expect(items.find((x) => x.id === one.consultation)?.feedbackTerm).toEqual(feedbackTerm)
    expect(await feedbackDay()).toMatchObject({
      day: feedbackTerm.due,
      status: 'CONFIRMED',
      title: expect.stringMatching(/^至迟公布/),
    })
    // 不逾期的倒数、当日、逾期的第一日。
    const today = dateInShanghai(f.t.clock.now().toISOString())
    f.t.clock.set(`${feedbackTerm.due}T20:00:00+08:00`)
    expect(await page('/consultations?state=closed')).toContain('采纳情况至迟今日（')
    f.t.clock.set(`${addDays(feedbackTerm.due, -1)}T09:00:00+08:00`)
    expect(await page('/consultations?state=closed')).toContain('还有 1 天。')
    f.t.clock.set(`${addDays(feedbackTerm.due, 1)}T00:30:00+08:00`)
    expect(await page('/consultations?state=closed')).toContain('已经逾期 1 天。')
    f.t.clock.set(`${today}T09:00:00+08:00`)
  })
  it('一组一个答复，其中一件另作处理：只有它的回执不同', async () => {
    const all = await staff()
    const group = all.filter((row) => row.body.includes('公示')).map((row) => row.id)
    const rest = all.filter((row) => !/公示|广告第[0124]则/.test(row.body)).map((row) => row.id)
    await f.t.send('drafter', one.id, 'DisposeComments', {
      comments: group,
      disposition: 'adopted',
      reason: '已写明公示。',
      except: [{ comment: await idOf('请在网上'), disposition: 'partly_adopted', reason: '公示，不限于网上。' }],
    })
    await f.t.send('drafter', one.id, 'DisposeComments', {
      comments: rest,
      disposition: 'not_adopted',
      reason: '另行研究。',
    })
    const { turns } = await getDocument(f.t.office, f.t.as('drafter'), one.id)
    expect(turns.find((turn) => turn.command === 'PublishFeedback')?.daysLate).toBeGreaterThan(0)
    const overdue = await overdueFeedback()
    await f.t.send('drafter', one.id, 'PublishFeedback', { summary: '感谢参与。' })
    expect(await overdueFeedback()).toBe(overdue - 1)
    // 公布以后，各处不再倒数；日历里同一件移到公布之日。
    for (const path of ['/consultations?state=closed', '/feeds/consultations.atom'])
      expect(
        (await page(path))
          .split(one.consultation)
          .at(-1)
          ?.split(/<li|<entry>/)[0],
      ).not.toContain('已经逾期')
    expect(await pub(`/public/v1/consultations/${one.consultation}`)).toMatchObject({ feedbackTerm: null })
    expect(await feedbackDay()).toMatchObject({
      day: dateInShanghai(f.t.clock.now().toISOString()),
      title: expect.stringMatching(/^已公布/),
      status: 'CONFIRMED',
    })
    const replies = await Promise.all(
      all
        .filter((row) => group.includes(row.id))
        .map(async (row) => /已写明公示/.test(await page(`/receipts/${row.receipt}`))),
    )
    expect(replies.sort()).toEqual([false, true, true, true])
    expect(await page(`/receipts/${all.find((row) => row.body.includes('请在网上'))?.receipt}`)).toContain(
      '公示，不限于网上',
    )
  })
  it('采纳情况页、统计与接口的两个数一致', async () => {
    const feedback = await pub(`/public/v1/consultations/${one.consultation}/feedback`)
    expect(feedback).toMatchObject({ total: 10, distinct: 7 })
    expect(await page(`/consultations/${one.consultation}/feedback`)).toContain('收到 10 条（不同内容 7 条）')
    const figures = (await pub('/public/v1/statistics?from=2026-06-01&to=2026-12-31')).items as Array<{
      id: string
      value: unknown
    }>
    const of = (id: string) => Number(figures.find((x) => x.id === id)?.value)
    expect([of('comments'), of('comment-contents')]).toEqual([10, 7])
  })
})

describe('公开以前', () => {
  it('没有逐件处理，一件也不出去', async () => {
    expect((await server.request(`/public/v1/consultations/${one.consultation}/comments`)).status).toBe(404)
    expect(await refusal('PublishComments')).toMatchObject({ code: 'refused' })
    const todo = await commentClearance(f.t.office, f.t.as('drafter'), one.id, {})
    expect(todo).toMatchObject({ total: 10, done: 0 })
    const { items } = todo
    const letter = items.find((item) => item.text.includes('李建国'))
    expect(letter?.proposed.map((x) => x.kind)).toEqual(['name', 'phone'])
    await f.t.send('drafter', one.id, 'RedactComments', {
      items: items.map((item) =>
        item === letter
          ? {
              comment: item.comment,
              outcome: 'redacted',
              spans: item.proposed.map(({ start, end, kind }) => ({ start, end, kind, reason: '个人信息' })),
            }
          : item.text.includes('路上耽搁')
            ? { comment: item.comment, outcome: 'withheld', spans: [], reason: '提意见的人不同意公开。' }
            : { comment: item.comment, outcome: 'clear', spans: [] },
      ),
    })
    await f.t.send('drafter', one.id, 'PublishComments')
    const html = await page(`/consultations/${one.consultation}/opinions`)
    expect(html).toContain('我叫〔姓名略〕，电话〔电话号码略〕')
    expect(html).not.toMatch(/李建国|13800138000|路上耽搁/)
    expect(html).toContain('提意见的人不同意公开')
    expect(JSON.stringify(await pub(`/public/v1/consultations/${one.consultation}/comments`))).not.toMatch(
      /李建国|13800138000|路上耽搁/,
    )
  })
  it('改主意：再处理一次即照新的', async () => {
    await f.t.send('drafter', one.id, 'RedactComments', {
      items: [{ comment: await idOf('发放时间'), outcome: 'withheld', spans: [], reason: '发言人要求。' }],
    })
    expect(await page(`/consultations/${one.consultation}/opinions`)).not.toContain('请写明发放时间')
  })
  it('逐条：还没有公布的修改不外露', async () => {
    const html = await page(`/consultations/${one.consultation}/clauses`)
    expect(html).toContain('修改后的文本还没有公开')
    expect(html).toContain('对这一条的意见')
    const published = await page(`/consultations/${f.published.consultation}/clauses`)
    expect(published).toContain('公布的文本')
  })
})

it('改了草案再征求一次，是新的一次；先前的意见仍属先前的一次、先前的文本', async () => {
  await f.t.send('drafter', one.id, 'SaveDraft', { body: body.replace('二十元', '三十元'), note: '提高标准' })
  const again = await f.t.send('drafter', one.id, 'OpenPublicConsultation', { channels: ['县政府网站'] })
  expect(again.consultationId).not.toBe(one.consultation)
  expect(await pub(`/public/v1/consultations/${one.consultation}`)).toMatchObject({ comments: 10, open: false })
  expect(await pub(`/public/v1/consultations/${again.consultationId}`)).toMatchObject({
    comments: 0,
    round: 2,
    open: true,
  })
  // 第二次还在征求，收到的意见不妨碍公开第一次的：缘由只说第一次都已公开。
  const second = String(again.consultationId)
  const token = formToken(f.t.office, second, Date.now() - 60_000)
  const said = await f.portal.request(
    `/consultations/${second}/comments`,
    form({ token, website: '', text: '第二次的意见。' }),
  )
  expect(said.status).toBe(303)
  expect(await refusal('PublishComments')).toMatchObject({
    verdicts: expect.arrayContaining([
      expect.objectContaining({
        rule: 'comments.cleared',
        reason: '各次征求的意见都已公开，或者采纳情况尚未公布',
      }),
    ]),
  })
  const html = await page(`/consultations/${one.consultation}/clauses`)
  expect(html).toMatch(/<del>二十<\/del>|<del>二十元<\/del>/)
  expect(html).toContain('起草单位自行修改')
})

it('以独立的代码核验：意见、来源、附件、归组、公开前的处理都与台账相符', async () => {
  const report = await verifyDatabase(f.t.connection.sql)
  expect(report.faults).toEqual([])
})

it('公布采纳情况以后满六个月，受邀的名称删除：答复、回执与链接照旧，核验没有问题', async () => {
  const names = () => f.t.connection.sql`select 1 from invitation_names`
  expect(await names()).toHaveLength(2)
  await f.t.goTo('2027-01-05')
  expect(await names()).toHaveLength(0)
  const { items } = await invitationsOf(f.t.office, f.t.as('drafter'), one.id)
  expect(items.map(({ name, state }) => [name, state]).sort()).toEqual([
    ['（名称已到期删除）', '到截止没有答复'],
    ['（名称已到期删除）', '已答复'],
  ])
  for (const { id } of items) {
    const html = await page(`/invitations/${invitationCode(f.t.office, id)}`)
    expect(html).toContain('受邀的单位或者个人')
    expect(html).not.toMatch(/农机协会|某合作社/)
  }
  expect((await verifyDatabase(f.t.connection.sql)).faults).toEqual([])
})
