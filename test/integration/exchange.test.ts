// 两套系统之间的备案：两个服务进程、两个数据库。甲报送，乙登记、审查、函询、出具意见、审结，甲的案卷随之；甲补正、答复，乙随之。
// 同样的事用文件夹来往；线路时断时续、重复、有一方被杀死，最后两边相同；一条被人删去，对账指出正是它。
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { formatVerifierKey } from '@dianzhang/tlog'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import { newKey, signerOf } from '../../apps/server/src/log/keys.ts'
import { dianzhang } from '../support/command-line.ts'
import { acquaint, act, type System, system, until } from '../support/two-systems.ts'

const launcher = fileURLToPath(new URL('../../apps/server/bin/dianzhang.mjs', import.meta.url))
type Json = Record<string, unknown>
/** 第三项办的一件，第四项接着办。 */
let shared = { id: '', review: '', theirs: '' }
const endings: Array<() => void> = []
afterAll(() => {
  for (const end of endings) end()
})
let a: System
let b: System
beforeAll(async () => {
  ;[a, b] = await Promise.all([system('a.example.gov.cn'), system('b.example.gov.cn')])
  await acquaint(a, b)
})

/** 甲县一件已经公布、在这一轨道上还没有报送的文件。 */
const used = new Set<string>()
async function unfiled(track: 'government' | 'npc', tier: string): Promise<string> {
  const rows =
    await a.sql`select m.id from matters m join documents d on d.jurisdiction_id = m.jurisdiction_id and d.id = m.id
    where m.stage = 'effective' and d.tier = ${tier} and m.snapshot #>> array['context','dossier','filings',${track}::text,'status'] = 'due' order by m.id`
  const found = rows.map((row) => String(row.id)).find((id) => !used.has(`${id} ${track}`))
  if (!found) throw new Error('演示县没有待报送的文件了')
  used.add(`${found} ${track}`)
  return found
}
const filings = async (id: string, track: 'government' | 'npc' = 'government') =>
  (
    (await (await a.as('secretariat')).get(`/api/documents/${id}`)).body as {
      filings: Record<string, { status: string; number: string | null; review: string }>
    }
  ).filings[track] as {
    status: string
    number: string | null
    review: string
  }
const fileOf = async (at: System, username: string, id: string) =>
  (await (await at.as(username)).get(`/api/matters/${id}`)).body as Json & {
    stage: string
    exchange: { side: string; lines: Array<Json & { state: string; typeLabel: string; why: string | null }> }
    submissions: Array<{ supplied: Array<{ item: string; file: string; sha256: string }> }>
    inquiries: Array<{ answered: { text: string } | null }>
  }
/** 甲的一件在乙那里是哪一件：已经开启，报送的也收到了（两步，其间读到的版本会过时）。 */
const there = (review: string) =>
  until(
    '乙收到这一件',
    () =>
      b.sql`select id from matters where process = 'filing-review' and stage <> 'required'
        and snapshot #>> '{context,dossier,exchange,about}' = ${review}`,
    (rows) => rows.length > 0,
  ).then((rows) => String(rows[0]?.id))

describe('两套系统', () => {
  it('甲报送，乙收到文本与报告，登记；甲的案卷随之；补正、函询、意见、审结两边一致', async () => {
    const id = await unfiled('government', 'government')
    await act(a, 'secretariat', id, 'FileDocument', { track: 'government', materials: ['正式文本'] }, 'documents')
    const review = (await filings(id)).review
    const copy = await fileOf(a, 'secretariat', review)
    expect(copy).toMatchObject({ stage: 'received', exchange: { side: 'sender' } })
    const theirs = await there(review)
    const received = await fileOf(b, 'registrar', theirs)
    expect(received).toMatchObject({ stage: 'received', exchange: { side: 'receiver' } })
    const items = received.submissions[0]?.supplied ?? []
    expect(items.map(({ item }) => item)).toEqual(expect.arrayContaining(['正式文本', '备案报告']))
    const docx = await (await b.as('registrar')).raw(`/api/matters/${theirs}/files/${items[0]?.sha256}`)
    expect(docx.status).toBe(200)
    expect(
      Buffer.from(await docx.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK')
    // 乙的经办人打开了：甲看得到。
    await until(
      '已打开',
      () => fileOf(a, 'secretariat', review),
      (x) => x.exchange.lines[0]?.state === 'opened',
    )
    // 在甲不能替乙登记，在乙不能替甲补正。
    const [row] = await a.sql`select version from matters where id = ${review}`
    const foreign = await (await a.as('registrar')).post(`/api/matters/${review}/commands`, {
      type: 'RegisterFiling',
      commandId: randomUUID(),
      expectedVersion: Number(row?.version),
      number: '卫备〔2026〕999号',
    })
    expect(foreign.status).toBe(403)
    expect(String(foreign.body.detail)).toContain('在其系统')

    await act(b, 'registrar', theirs, 'DeferFiling', { items: ['审查说明'] })
    await until(
      '补正',
      () => filings(id),
      (x) => x.status === 'supplementing',
    )
    await act(a, 'secretariat', review, 'Resubmit', {
      supplied: [{ item: '审查说明', file: { name: '审查说明.txt', content: '审查说明：合法。' } }],
      note: '已经补齐。',
    })
    const again = await until(
      '补正到乙',
      () => fileOf(b, 'registrar', theirs),
      (x) => x.stage === 'form_check',
    )
    const supplied = again.submissions.at(-1)?.supplied ?? []
    expect(supplied).toMatchObject([{ item: '审查说明', file: '审查说明.txt' }])
    expect(
      await (await (await b.as('registrar')).raw(`/api/matters/${theirs}/files/${supplied[0]?.sha256}`)).text(),
    ).toBe('审查说明：合法。')
    await act(b, 'registrar', theirs, 'RegisterFiling', { number: '卫备〔2026〕101号' })
    expect(
      await until(
        '登记',
        () => filings(id),
        (x) => x.status === 'registered',
      ),
    ).toMatchObject({
      number: '卫备〔2026〕101号',
    })
    await act(b, 'filing.city', theirs, 'StartReview', { kind: 'own' })
    await act(b, 'filing.city', theirs, 'RecordCheck', { items: [{ item: 'powers', result: 'doubt' }] })
    await act(b, 'filing.city', theirs, 'AskExplanation', {
      questions: '第三条的依据是什么？',
      until: '2026-12-15',
    })
    await until(
      '函询到甲',
      () => fileOf(a, 'secretariat', review),
      (x) => x.stage === 'inquiry',
    )
    await act(a, 'secretariat', review, 'Explain', { text: '依据《民法典》。' })
    const answered = await until(
      '答复到乙',
      () => fileOf(b, 'filing.city', theirs),
      (x) => x.stage !== 'inquiry',
    )
    expect(answered.inquiries[0]?.answered?.text).toBe('依据《民法典》。')
    await act(b, 'filing.city', theirs, 'IssueReviewOpinion', {
      findings: [
        { item: 'powers', problem: '第三条增设条件。', ground: '《优化营商环境条例》第六十四条', demand: 'amend' },
      ],
    })
    await until(
      '意见到甲',
      () => filings(id),
      (x) => x.status === 'correction',
    )
    // 逐项审查是乙的内部记录，不送来。
    const seen = await fileOf(a, 'secretariat', review)
    expect(JSON.stringify(seen)).not.toContain('存在疑问')
    expect(seen).toMatchObject({ stage: 'opinion' })
    await act(a, 'secretariat', review, 'AnswerOpinion', { action: 'explain', answer: '说明如下。' })
    await until(
      '答复到乙',
      () => fileOf(b, 'filing.city', theirs),
      (x) => JSON.stringify(x).includes('说明如下。'),
    )
    await act(b, 'filing.city', theirs, 'CloseReview', { outcome: 'explained', conclusion: '说明以后没有问题。' })
    await until(
      '审结到甲',
      () => filings(id),
      (x) => x.status === 'closed',
    )
    expect(await fileOf(a, 'secretariat', review)).toMatchObject({ stage: 'closed' })
    // 两边的往来记录相同。
    const compared = await (await a.as('admin')).post('/api/exchange/turn', {})
    expect(compared.status, JSON.stringify(compared.body)).toBe(200)
    const same = await until(
      '两边相同',
      async () => (await (await a.as('admin')).post('/api/exchange/reconcile', { peer: b.name })).body,
      (x) => x.equal === true,
    )
    expect(same.requests).toBe(1)
  })

  it('废止的决定没有另行的文件，也送到乙：乙看得到是哪一项决定、附上的材料，登记以后甲随之', async () => {
    const today = '2026-11-18'
    const rows = await a.sql<{ id: string }[]>`select m.id from matters m
      join documents d on d.jurisdiction_id = m.jurisdiction_id and d.id = m.id
      join register_entries e on e.jurisdiction_id = m.jurisdiction_id and e.document_id = m.id
      where m.stage = 'effective' and d.tier = 'government' and e.force_events = '[]' and e.effective_date < ${today}
        and m.snapshot #>> '{context,dossier,filings,government,status}' <> 'due' order by m.id limit 1`
    const id = rows[0]?.id ?? ''
    const before = (await filings(id)).status
    const made = { body: '海原县人民政府常务会议', date: today, number: '海政发〔2026〕88号' }
    await act(a, 'secretariat', id, 'RepealDocument', { on: today, decision: made, reason: '不再需要。' }, 'documents')
    const [own] = await a.sql<
      { id: string }[]
    >`select matter_id as id from filing_reviews where decided_on is not null and document_id = ${id} and track = 'government'`
    const review = own?.id ?? ''
    await act(a, 'secretariat', review, 'SubmitFiling', {
      supplied: ['备案报告', '修改、废止的决定', '说明'].map((item) => ({
        item,
        file: { name: `${item}.txt`, content: `${item}：废止。` },
      })),
    })
    const theirs = await there(review)
    const received = await fileOf(b, 'registrar', theirs)
    expect(received).toMatchObject({
      stage: 'received',
      missing: [],
      decision: { body: made.body, number: made.number, date: made.date },
      document: { title: expect.stringMatching(/^废止《.+》的决定$/) },
      exchange: { side: 'receiver' },
    })
    const [file] = received.submissions[0]?.supplied ?? []
    expect(
      await (await (await b.as('registrar')).raw(`/api/matters/${theirs}/files/${file?.sha256}`)).text(),
    ).toContain('废止。')
    await act(b, 'registrar', theirs, 'RegisterFiling', { number: '卫备〔2026〕88号' })
    await until(
      '决定在甲登记',
      () => fileOf(a, 'secretariat', review),
      (x) => x.stage === 'registered',
    )
    // 文件自己的备案不因此改变。
    expect((await filings(id)).status).toBe(before)
  })
  it('一方由备份恢复，记录比对方少：说新的话以前先由对方取回自己说过的，连同随寄的文件，两边相同，核验无误；其后各项接着往来', async () => {
    const equal = () =>
      until(
        '两边相同',
        async () => (await (await a.as('admin')).post('/api/exchange/reconcile', { peer: b.name })).body,
        (x) => x.equal === true,
      )
    await equal()
    const count = async (at: System) =>
      Number((await at.sql`select count(*) as n from exchange_messages where direction = 'out'`)[0]?.n)
    /** 如同恢复了旧的备份：两个方向最后几条都没有了，随寄的文件也没有了。 */
    const setBack = async (at: System, peer: string) => {
      await at.sql.unsafe(`alter table exchange_messages disable trigger all; alter table exchange_files disable trigger all;
        delete from exchange_messages m using (select direction, max(seq) as last from exchange_messages where peer = '${peer}' group by 1) x
          where m.peer = '${peer}' and m.direction = x.direction and m.seq > x.last - 4;
        update exchange_streams s set next = (select coalesce(max(seq) + 1, 0) from exchange_messages m
          where m.jurisdiction_id = s.jurisdiction_id and m.peer = s.peer and m.direction = s.direction) where s.peer = '${peer}';
        delete from exchange_files where sha256 not in (select f ->> 'sha256' from exchange_messages,
          jsonb_array_elements(manifest::jsonb -> 'files') f where manifest is not null);
        alter table exchange_messages enable trigger all; alter table exchange_files enable trigger all`)
    }
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const before = await count(one)
      await setBack(one, other.name)
      expect(await count(one)).toBe(before - 4)
      await one.restart()
      // 重新起动以后端口另外。
      await acquaint(a, b)
      await equal()
      expect(await count(one)).toBeGreaterThanOrEqual(before)
      expect((await verifyDatabase(one.sql)).faults).toEqual([])
    }
  })

  it('线路时断时续、重复、旧的又来、一方被杀死：最后两边相同，命令各办一次', async () => {
    const id = await unfiled('npc', 'government')
    /** 夹在中间的线路：`luck` 说每一次请求怎样。 */
    let luck: () => 'pass' | 'lost' | 'answer-lost' | 'twice' | 'old' | 'forged' = () => 'pass'
    const old: Array<{ path: string; body: Buffer<ArrayBuffer>; type: string; authorization: string }> = []
    const line = (to: () => string): Promise<Server> =>
      new Promise((resolve) => {
        const server = createServer((request, response) => {
          const pieces: Buffer[] = []
          request.on('data', (piece: Buffer) => pieces.push(piece))
          request.on('end', async () => {
            const body = Buffer.concat(pieces)
            const asked = {
              path: request.url ?? '',
              body,
              type: request.headers['content-type'] ?? '',
              authorization: request.headers.authorization ?? '',
            }
            const go = (x: typeof asked) =>
              fetch(`${to()}${x.path}`, {
                method: request.method ?? 'GET',
                headers: { authorization: x.authorization, ...(x.type ? { 'content-type': x.type } : {}) },
                ...(request.method === 'POST' ? { body: new Uint8Array(x.body) } : {}),
              })
            const fate = luck()
            try {
              if (fate === 'lost') return response.destroy()
              // 途中的人冒充收件方说不收：没有签名的话不算数。
              if (fate === 'forged') {
                response.writeHead(403, { 'content-type': 'application/problem+json' })
                return response.end(JSON.stringify({ reasons: [{ code: 'old_key', says: '旧密钥' }] }))
              }
              if (fate === 'old' && request.method === 'POST') {
                const before = old[Math.floor(old.length / 2)]
                if (before) await (await go(before)).arrayBuffer()
              }
              if (fate === 'twice') await (await go(asked)).arrayBuffer()
              const answer = await go(asked)
              if (request.method === 'POST') old.push(asked)
              const said = Buffer.from(await answer.arrayBuffer())
              if (fate === 'answer-lost') return response.destroy()
              response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
              response.end(said)
            } catch {
              response.destroy()
            }
          })
        })
        server.listen(0, '127.0.0.1', () => resolve(server))
      })
    const at = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const [toB, toA] = await Promise.all([line(() => b.url), line(() => a.url)])
    for (const server of [toA, toB])
      endings.push(() => {
        server.closeAllConnections()
        server.close()
      })
    await acquaint(a, b, { unit: 'hy-npc', address: { a: at(toA), b: at(toB) } })
    const turn = async (one: System) => (await one.as('admin')).post('/api/exchange/turn', {})
    await act(
      a,
      'secretariat',
      id,
      'FileDocument',
      { track: 'npc', materials: ['备案报告', '正式文本', '审查说明'] },
      'documents',
    )
    const review = (await filings(id, 'npc')).review
    const theirs = await there(review)
    await act(b, 'registrar.npc', theirs, 'RegisterFiling', { number: '海人常备〔2026〕102号' })
    await act(b, 'filing.npc', theirs, 'StartReview', { kind: 'own' })
    await act(b, 'filing.npc', theirs, 'RecordCheck', { items: [{ item: 'powers', result: 'doubt' }] })
    await act(b, 'filing.npc', theirs, 'Communicate', { text: '第0次沟通。' })
    let seed = 20261118
    const random = () => {
      seed = (seed * 1103515245 + 12345) % 2147483648
      return seed / 2147483648
    }
    for (let round = 1; round <= 6; round += 1) {
      luck = () =>
        (['pass', 'lost', 'answer-lost', 'twice', 'old', 'forged'] as const)[Math.floor(random() * 6)] ?? 'pass'
      for (let n = 0; n < 2; n += 1)
        await act(b, 'filing.npc', theirs, 'Communicate', { text: `第${round}轮第${n}次沟通。` })
      if (round === 3) await a.restart()
      await turn(b)
      await turn(a)
    }
    // 没有一包因为线路、因为别人的话而停住。
    const rejected =
      await b.sql`select 1 from exchange_messages where direction = 'out' and peer = ${a.name} and state = 'rejected'`
    expect(rejected.length).toBe(0)
    luck = () => 'pass'
    await until(
      '两边相同',
      async () => {
        await turn(a)
        await turn(b)
        return (await (await a.as('admin')).post('/api/exchange/reconcile', { peer: b.name })).body
      },
      (x) => x.equal === true,
    )
    const here = (await fileOf(a, 'secretariat', review)) as unknown as { talks: Array<{ text: string }> }
    const other = (await fileOf(b, 'filing.npc', theirs)) as unknown as { talks: Array<{ text: string }> }
    expect(here.talks.length).toBe(13)
    expect(here.talks.map(({ text }) => text)).toEqual(other.talks.map(({ text }) => text))
    for (const one of [a, b]) expect((await verifyDatabase(one.sql)).faults).toEqual([])
  })

  it('对方不认我方的公钥：这一包停住，写明缘由，经办人看得到；更正以后再送即到', async () => {
    const id = await unfiled('npc', 'government')
    const save = async (keys: string[]) =>
      (await b.as('admin')).post('/api/exchange/peers', {
        name: a.name,
        label: '海原县系统',
        address: a.url,
        tracks: ['government', 'npc'],
        keys,
        receivesAt: 'hy-npc',
        reason: '试',
      })
    // 错登了另一把。
    const wrong = formatVerifierKey(signerOf(newKey('ed25519'), a.name).key)
    expect((await save([wrong])).status).toBe(201)
    await act(
      a,
      'secretariat',
      id,
      'FileDocument',
      { track: 'npc', materials: ['备案报告', '正式文本', '审查说明'] },
      'documents',
    )
    const review = (await filings(id, 'npc')).review
    const stopped = await until(
      '停住',
      () => fileOf(a, 'secretariat', review),
      (x) => x.exchange.lines[0]?.state === 'rejected',
    )
    expect(stopped.exchange.lines[0]).toMatchObject({ stuck: true, why: expect.stringContaining('旧密钥') })
    const { items } = (await (await a.as('secretariat')).get('/api/exchange/stuck')).body as {
      items: Array<{ matter: string }>
    }
    expect(items.map(({ matter }) => matter)).toContain(review)
    expect((await save([a.key])).status).toBe(201)
    const message = String(stopped.exchange.lines[0]?.id)
    const again = await (await a.as('secretariat')).post(`/api/matters/${review}/exchange/${message}/again`, {})
    expect(again.status).toBe(200)
    shared = { id, review, theirs: await there(review) }
    await until(
      '送到',
      () => fileOf(a, 'secretariat', review),
      (x) => x.exchange.lines[0]?.state === 'delivered',
    )
  })

  it('用文件夹：甲写出，乙收下登记，带回甲；坏了一个字节的点名那个文件；对账指出被删去的一条', async () => {
    await acquaint(a, b, { unit: 'hy-npc', address: { a: '', b: '' } })
    const folder = mkdtempSync(join(tmpdir(), 'dianzhang-usb-'))
    endings.push(() => rmSync(folder, { recursive: true, force: true }))
    const spare = mkdtempSync(join(tmpdir(), 'dianzhang-spare-'))
    endings.push(() => rmSync(spare, { recursive: true, force: true }))
    const envOf = (at: System, host: string) => ({
      DATABASE_URL: at.database,
      DIANZHANG_DATA_DIR: at.folder,
      DIANZHANG_PUBLIC_URL: `http://${host}`,
      LOG_LEVEL: 'fatal',
      TMPDIR: spare,
    })
    const run = async (at: System, host: string, command: string) => {
      const { code, out, err } = await dianzhang(['exchange', command, '--folder', folder, '--json'], envOf(at, host))
      return { code, body: JSON.parse(out || err) as Json }
    }
    const [here, other] = ['a.example.gov.cn', 'b.example.gov.cn'] as const
    // 先把各自没有说完的说完，头一条由真的进程办；命令结束以后，临时文件夹里什么也没有留下。
    const sent = await promisify(execFile)(
      process.execPath,
      [launcher, 'exchange', 'send', '--folder', folder, '--json'],
      { env: { ...process.env, ...envOf(a, here) } },
    )
    expect(JSON.parse(sent.stdout)).toMatchObject({ peers: [b.name] })
    await run(b, other, 'receive')
    await run(a, here, 'receive')
    expect(readdirSync(spare).filter((name) => name.startsWith('dianzhang-exchange'))).toEqual([])
    const { id, review, theirs } = shared
    await act(b, 'registrar.npc', theirs, 'DeferFiling', { items: ['审查说明'] })
    await run(b, other, 'send')
    await run(a, here, 'receive')
    expect(await filings(id, 'npc')).toMatchObject({ status: 'supplementing' })
    await act(a, 'secretariat', review, 'Resubmit', {
      supplied: [{ item: '审查说明', file: { name: '审查说明.txt', content: '审查说明：合法。'.repeat(500) } }],
      note: '已经补齐。',
    })
    const before = new Set(readdirSync(folder))
    expect((await run(a, here, 'send')).body.written).toBeGreaterThan(0)
    const fresh = readdirSync(folder).filter((name) => !before.has(name))
    const names = fresh.map((name) => join(folder, name))
    const packed = names.toSorted((x, y) => readFileSync(y).length - readFileSync(x).length)[0] ?? ''
    const whole = readFileSync(packed)
    // 文件夹里的一包坏了一个字节。
    const broken = Buffer.from(whole)
    const middle = Math.floor(whole.length / 2)
    broken[middle] = (broken[middle] ?? 0) ^ 1
    writeFileSync(packed, broken)
    const refused = await run(b, other, 'receive')
    expect(refused.code).toBe(1)
    expect(JSON.stringify(refused.body)).toMatch(/changed_file.*files\/\d-/)
    writeFileSync(packed, whole)
    expect((await run(b, other, 'receive')).code).toBe(0)
    expect(await fileOf(b, 'registrar.npc', theirs)).toMatchObject({ stage: 'form_check' })
    await act(b, 'registrar.npc', theirs, 'RegisterFiling', { number: '海人常备〔2026〕903号' })
    await run(b, other, 'send')
    await run(a, here, 'receive')
    expect(await filings(id, 'npc')).toMatchObject({ status: 'registered', number: '海人常备〔2026〕903号' })
    for (let turn = 0; turn < 2; turn += 1) {
      await run(b, other, 'receive')
      await run(a, here, 'receive')
    }
    await run(a, here, 'reconcile')
    const same = await run(b, other, 'reconcile')
    expect(same.body, JSON.stringify(same.body)).toMatchObject({ peers: [{ compared: true, equal: true }] })
    // 有人绕过守卫删去乙收到的一条：对账说出是哪一条、哪一包。
    const [gone] =
      await b.sql`select seq, id from exchange_messages where direction = 'in' and peer = ${a.name} order by seq limit 1 offset 2`
    await b.sql.unsafe(`alter table exchange_messages disable trigger all;
      delete from exchange_messages where direction = 'in' and peer = '${a.name}' and seq = ${Number(gone?.seq)};
      alter table exchange_messages enable trigger all`)
    await run(b, other, 'reconcile')
    const found = await run(a, here, 'reconcile')
    expect(found.code).toBe(1)
    const { peers } = found.body as {
      peers: Array<{ requests: number; directions: Array<{ messages: Array<{ seq: number; here: string }> }> }>
    }
    expect(peers[0]?.requests).toBeLessThanOrEqual(10)
    expect(peers[0]?.directions.flatMap(({ messages }) => messages).map((x) => [x.seq, x.here])).toEqual([
      [Number(gone?.seq), gone?.id],
    ])
  })
})
