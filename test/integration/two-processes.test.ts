// 两个服务进程、一个数据库，各种人同时在用：号码不重不漏，到期的事各办一次，变化都有通知，一个录入的放假安排另一个随即知道，
// 最后核验没有问题。各有端口的：启动程序被 kill -9 的一个随之停止，另一个照常；同一端口的（DIANZHANG_PROCESSES）：进程死了
// 另起一个顶上，限速与指标合起来算，停止时一起停。
// 分钟数由 MIXED_MINUTES 指定（缺省几秒；完整证明为 60），每秒的步数由 MIXED_RATE 指定。
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Command, type CommandType, commandSchemas, noClassification } from '@dianzhang/contract'
import { connect, processStart } from '@dianzhang/database'
import { demoJurisdiction, demoPeople, demoUnits, openCounty } from '@dianzhang/demo'
import { importEntries } from '@dianzhang/register'
import { hashPassword } from '@dianzhang/server'
import { type Actor, proposeDocument, runCommand } from '@dianzhang/workflow'
import { afterAll, expect, test } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import { zipOf } from '../../packages/formats/src/docx-import/docx.fixture.ts'
import { asApplication, type Prepared, testDatabase } from '../support/database.ts'
import { quietOffice, TestClock } from '../support/office.ts'
import { childrenOf, numberOf, type ServeProcess, type StaffClient, signIn, startServe } from '../support/serve.ts'

const minutes = Number(process.env.MIXED_MINUTES ?? 0.05)
const perSecond = Number(process.env.MIXED_RATE ?? 20)
const long = minutes >= 1
const password = 'mixed-load-password'
const folder = mkdtempSync(join(tmpdir(), 'dianzhang-mixed-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const daysAgo = (n: number) => new Date(Date.now() - n * 86_400_000).toISOString()
const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T

const person = (accounts: ReadonlyMap<string, string>, username: string): Actor => {
  const p = demoPeople.find((x) => x.username === username)
  if (!p) throw new Error(`演示县没有账号 ${username}`)
  return {
    kind: 'person',
    jurisdiction: demoJurisdiction,
    person: p.id,
    userId: accounts.get(username) ?? '',
    name: p.name,
    unit: p.unit,
    unitName: demoUnits.find((u) => u.id === p.unit)?.name ?? p.unit,
    posts: p.posts,
    mustChangePassword: false,
  }
}
const proposal = (title: string, department: boolean) => ({
  type: 'ProposeDocument' as const,
  commandId: randomUUID(),
  title,
  jurisdiction: demoJurisdiction,
  issuers: [department ? 'hy-agri' : 'hy-gov'],
  tier: department ? ('department' as const) : ('government' as const),
  necessity: '现行规定分散，需要统一。',
  classification: { ...noClassification, affectsRights: !department },
})

/** 两月以来的办理：一批等待编号的，几项早已到期而没有截止的征求意见，一项正在征求意见，一些旧有文件。 */
async function layOut(url: string, waitingForNumber: number, due: number) {
  const { db, sql, close } = connect(asApplication(url), { max: 5 })
  const clock = new TestClock(daysAgo(60))
  const office = await quietOffice(db, clock)
  try {
    const accounts = await openCounty(db, { passwordHash: await hashPassword(password), at: clock.now() })
    const begin = async (title: string, department: boolean) => {
      const { id } = await proposeDocument(office, person(accounts, 'drafter'), proposal(title, department))
      let version = 1
      let hash = ''
      return {
        id,
        send: async (username: string, type: CommandType, payload: object = {}) => {
          const command = { type, commandId: randomUUID(), expectedVersion: version++, ...payload }
          const parsed = commandSchemas[type].parse(command) as Command
          const answer = await runCommand(office, person(accounts, username), id, parsed)
          if (typeof answer.contentHash === 'string') hash = answer.contentHash
          return answer
        },
        hash: () => hash,
      }
    }
    const drafted = async (title: string, department: boolean) => {
      const file = await begin(title, department)
      await file.send('secretariat', 'ApproveInitiation')
      await file.send('drafter', 'SaveDraft', { body: `${title}\n一、统一标准。\n二、自公布之日起施行。` })
      await file.send('drafter', 'ProvideArtefact', { kind: 'explanatory_note', body: '说明' })
      return file
    }
    const numbering = []
    for (let i = 0; i < waitingForNumber; i++) {
      const file = await drafted(`海原县农业农村局关于第${i + 1}项补助的通知`, true)
      const bases = [{ title: '中华人民共和国农业法' }]
      await file.send('drafter', 'ProvideArtefact', { kind: 'legal_basis_table', bases })
      await file.send('head', 'SubmitForReview')
      await file.send('reviewer', 'AcceptPackage')
      numbering.push(file)
    }
    const consult = async (title: string) => {
      const file = await drafted(title, false)
      const opened = await file.send('drafter', 'OpenPublicConsultation', { channels: ['政府网站'] })
      return { id: file.id, consultation: String(opened.consultationId) }
    }
    const overdue = []
    for (let i = 0; i < due; i++) overdue.push(await consult(`海原县到期试验办法之${i + 1}`))
    clock.set(daysAgo(40))
    for (const file of numbering) {
      await file.send('reviewer', 'IssueOpinion', { outcome: 'lawful' })
      await file.send('secretariat', 'RecordSecretariatCheck', { outcome: 'passed' })
      await file.send('secretariat', 'RecordDecision', { outcome: 'adopted', body: '局务会议（部门办公会议）' })
      await file.send('head', 'Sign', { contentHash: file.hash() })
    }
    clock.set(daysAgo(3))
    const open = await consult('海原县正在征求意见的办法')
    await importEntries(
      office,
      (async function* () {
        for (let i = 0; i < 60; i++)
          yield JSON.stringify({
            id: `旧${i}`,
            title: `海原县第${i}号旧有办法`,
            body: `海原县第${i}号旧有办法\n${Array.from({ length: 30 }, (_, n) => `第${n + 1}条 申请人应当如实提交补助材料。`).join('\n')}`,
            publishedAt: '2019-05-06',
            status: '现行有效',
          })
      })(),
      { jurisdiction: demoJurisdiction, sourceName: '旧有文件', now: clock.now() },
    )
    const entries = await sql<Array<{ id: string }>>`select id from register_entries`
    return { numbering: numbering.map((f) => f.id), overdue, open, entries: entries.map((e) => e.id) }
  } finally {
    await office.close()
    await close()
  }
}
/** 两种起法从同样的两月办理开始：办一遍，各得一份。 */
let laidOut: Awaited<ReturnType<typeof layOut>>
const twoMonths: Prepared = {
  name: `mixed_${randomBytes(4).toString('hex')}`,
  prepare: async (url) => {
    laidOut = await layOut(url, long ? 200 : 12, long ? 20 : 4)
  },
}

const memoryOf = (pid: number): number =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)

/** 同一端口的：逐个杀死，号码照旧地另起；指标、限速哪个进程答都一样；停止时都停。 */
async function oneDies(server: ServeProcess, accepted: number): Promise<void> {
  const scrape = async () => {
    const text = await (await fetch(`${server.url}/metrics`, { headers: { connection: 'close' } })).text()
    const counted = [...text.matchAll(/^dianzhang_commands_total\{.*outcome="accepted".*\} (\d+)$/gm)]
    return counted.reduce((sum, [, n]) => sum + Number(n), 0)
  }
  // 还在办到期的：办完以后各处数的一样。
  await expect
    .poll(async () => {
      const scrapes = [await scrape(), await scrape(), await scrape(), await scrape()]
      return [new Set(scrapes).size, (scrapes[0] ?? 0) >= accepted]
    })
    .toEqual([1, true])
  // 一个新来的地址：凭回执查询可以一连二十次，不是每个进程各二十次。
  let passed = 0
  for (let i = 0; i < 30; i++) {
    const answer = await fetch(`${server.url}/receipts/YJ20260101-000`, {
      headers: { connection: 'close', 'x-forwarded-for': '203.0.113.9' },
    })
    await answer.arrayBuffer()
    if (answer.status !== 429) passed += 1
  }
  expect(passed).toBeGreaterThanOrEqual(20)
  expect(passed).toBeLessThan(24)
  for (const number of ['2', '1']) {
    const before = childrenOf(server.serving)
    expect(before.map(numberOf).sort()).toEqual(['1', '2'])
    process.kill(before.find((pid) => numberOf(pid) === number) ?? 0, 'SIGKILL')
    // 正交到死者手里的那一个连接没有答复：两秒不答，另连。
    const ready = () => fetch(`${server.url}/readyz`, { signal: AbortSignal.timeout(2000) }).catch(() => null)
    await expect.poll(async () => (await ready())?.status).toBe(200)
    await expect
      .poll(() =>
        childrenOf(server.serving)
          .filter((pid) => !before.includes(pid))
          .map(numberOf),
      )
      .toEqual([number])
    await expect.poll(() => server.said()).toContain(`第 ${number} 个进程已经顶上`)
  }
  const last = childrenOf(server.serving)
  await server.kill('SIGTERM')
  await expect.poll(() => last.map((pid) => processStart(pid))).toEqual([undefined, undefined])
}

test.each([['各有端口'], ['同一端口']])(
  `两个服务进程、一个数据库，混合负荷 ${minutes} 分钟：%s`,
  async (way) => {
    const database = await testDatabase({ prepared: twoMonths })
    const laid = { ...laidOut, database }
    const { sql } = laid.database.connect({ max: 2 })
    const boot = (name: string, more: Record<string, string> = {}) =>
      startServe({
        DATABASE_URL: laid.database.appUrl,
        DATABASE_OWNER_URL: laid.database.url,
        DIANZHANG_DATA_DIR: join(folder, way, name),
        ...more,
      })
    const behindOnePort = way === '同一端口'
    const servers: ServeProcess[] = behindOnePort
      ? [await boot('both', { DIANZHANG_PROCESSES: '2', TRUSTED_PROXIES: 'loopback' })]
      : await Promise.all([boot('one'), boot('two')])
    const streams: AbortController[] = []
    try {
      const [one, two] = [servers[0], servers.at(-1)] as [ServeProcess, ServeProcess]
      const who = ['drafter', 'secretariat', 'head', 'reviewer', 'admin'] as const
      const enter = (server: ServeProcess, name: string) => signIn(() => server.url, name, password)
      const clients = new Map<string, StaffClient[]>()
      for (const name of who) clients.set(name, [await enter(one, name), await enter(two, name)])
      const as = (name: (typeof who)[number]): StaffClient => pick(clients.get(name) ?? []) as StaffClient

      const statuses = new Map<string, number>()
      const wrong: string[] = []
      const note = (kind: string, status: number, what = ''): number => {
        const key = `${kind} ${status}`
        statuses.set(key, (statuses.get(key) ?? 0) + 1)
        // 机器忙不过来时的“稍后再试”不算错，计在数里。
        if (status >= 500 && status !== 503 && wrong.length < 50) wrong.push(`${key} ${what}`)
        return status
      }
      const acknowledged: Array<{ id: string; document: string; version: number }> = []
      const send = async (name: (typeof who)[number], document: string, command: Record<string, unknown>) => {
        const commandId = randomUUID()
        const body = { commandId, ...command }
        const answer = await as(name).post(`/api/documents/${document}/commands`, body)
        note(String(command.type), answer.status, JSON.stringify(answer.body))
        if (answer.status === 200) acknowledged.push({ id: commandId, document, version: Number(answer.body.version) })
        // 另一个服务上再交一次：同一答复。
        if (answer.status === 200 && Math.random() < 0.1)
          expect((await as(name).post(`/api/documents/${document}/commands`, body)).body).toEqual(answer.body)
        return answer
      }
      /** 一路通知，听到的最大版次；连在一个服务上，办理可以在另一个。 */
      const heard = new Map<string, number>()
      const cookie = (await rawCookie(two.url)) ?? ''
      const listen = async (document: string) => {
        const abort = new AbortController()
        streams.push(abort)
        const open = () =>
          fetch(`${two.url}/api/events?document=${document}`, { headers: { cookie }, signal: abort.signal })
        let answer = await open()
        // 刚断开的几路，忙的时候服务还没有察觉。
        for (let tries = 0; answer.status === 429 && tries < 100; tries++) {
          await pause(200)
          answer = await open()
        }
        expect(note('stream', answer.status)).toBe(200)
        void (async () => {
          let text = ''
          for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
            text = (text + chunk).slice(-4000)
            for (const [, version] of text.matchAll(/"version":(\d+)/g))
              heard.set(document, Math.max(heard.get(document) ?? 0, Number(version)))
          }
        })().catch(() => {})
        return abort
      }
      const files: Array<{ id: string; version: number; saved: number }> = []
      const busy = new Set<object>()
      const waiting = [...laid.numbering]
      const receipts: string[] = []
      const docx = await zipOf({
        '[Content_Types].xml':
          '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        '_rels/.rels':
          '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${'<w:p><w:r><w:t>第一条 为了规范管理，制定本办法。</w:t></w:r></w:p>'.repeat(40)}</w:body></w:document>`,
      })
      const get = async (kind: string, path: string, headers: Record<string, string> = {}) => {
        const answer = await fetch(`${pick(servers).url}${path}`, { headers, redirect: 'manual' })
        await answer.arrayBuffer()
        note(kind, answer.status, path)
      }
      const take = () => pick(files.filter((f) => !busy.has(f)).slice(-40))
      const save = async () => {
        const file = take()
        if (!file) return
        busy.add(file)
        try {
          const command = {
            type: 'SaveDraft',
            expectedVersion: file.version,
            body: `第${file.saved}稿\n一、混合负荷试验。`,
          }
          const { status } = await send('drafter', file.id, command)
          if (status === 200) [file.version, file.saved] = [file.version + 1, file.saved + 1]
        } finally {
          busy.delete(file)
        }
      }
      let listening: AbortController[] = []
      const steps: Array<[number, () => Promise<unknown>]> = [
        [
          2,
          async () => {
            const answer = await as('drafter').post('/api/documents', proposal('海原县混合负荷试验办法', false))
            note('ProposeDocument', answer.status, JSON.stringify(answer.body))
            const id = String(answer.body.id)
            const approved = await send('secretariat', id, { type: 'ApproveInitiation', expectedVersion: 1 })
            if (approved.status === 200) files.push({ id, version: 2, saved: 1 })
          },
        ],
        [8, save],
        // 版本不符、阶段不许、内容有误的：各有说法。
        [
          1,
          () => send('drafter', take()?.id ?? laid.open.id, { type: 'SaveDraft', expectedVersion: 99, body: '一、' }),
        ],
        [1, () => send('secretariat', laid.open.id, { type: 'AssignNumbers', expectedVersion: 5 })],
        [1, () => send('drafter', laid.open.id, { type: 'SaveDraft', expectedVersion: 'x' })],
        [1, () => send('drafter', randomUUID(), { type: 'SaveDraft', expectedVersion: 1, body: '一、' })],
        [
          1,
          async () => {
            const id = waiting.shift()
            if (id) await send('secretariat', id, { type: 'AssignNumbers', expectedVersion: 11 })
          },
        ],
        [
          1,
          async () => {
            const text = `意见 ${randomUUID()}`
            const answer = await fetch(
              `${pick(servers).url}/public/v1/consultations/${laid.open.consultation}/comments`,
              {
                method: 'POST',
                headers: { 'content-type': 'application/json' },
                body: JSON.stringify({ text }),
              },
            )
            const body = (await answer.json()) as { receipt?: string }
            if (note('comment', answer.status) === 201) receipts.push(body.receipt ?? '')
          },
        ],
        [2, () => get('page', pick(['/', '/register', '/consultations', '/cleanup', '/about', '/calendar']))],
        [
          2,
          () =>
            get(
              'search',
              `/register?q=${encodeURIComponent(pick(['补助', '办法', '申请人 材料', '"旧有"', '没有的词']))}`,
            ),
        ],
        [2, () => get('entry', `/register/${pick(laid.entries)}`)],
        [
          1,
          () =>
            get('export', `/public/v1/documents/${pick(laid.entries)}/export/${pick(['docx', 'html', 'akn', 'json'])}`),
        ],
        [1, () => get('feed', pick(['/feeds/register.atom', '/sitemap.xml', '/cleanup.csv', '/public/v1/anchors']))],
        [1, () => get('receipt', `/receipts/${receipts.length ? pick(receipts) : 'YJ20260101-000'}`)],
        [2, async () => note('desk', (await as('secretariat').get('/api/documents?limit=50')).status)],
        [
          2,
          async () => {
            const id = take()?.id ?? laid.open.id
            const path = pick([
              '',
              '/actions',
              '/history',
              '/versions',
              '/deadlines',
              '/plan',
              '/refusals',
              '/comments',
            ])
            note('file', (await as('drafter').get(`/api/documents/${id}${path}`)).status, path)
          },
        ],
        [
          1,
          async () => {
            const id = take()?.id
            if (!id) return
            const answer = await fetch(`${pick(servers).url}/api/documents/${id}/docx-import`, {
              method: 'POST',
              headers: {
                cookie,
                'content-type': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
              },
              body: docx.slice(),
            })
            await answer.arrayBuffer()
            note('upload', answer.status)
          },
        ],
        [1, () => get('staff export', `/api/documents/${laid.open.id}/versions/1/export/docx`, { cookie })],
        [
          0.2,
          async () => {
            // 换着听最近几件。
            for (const abort of listening) abort.abort()
            listening = await Promise.all(files.slice(-3).map((f) => listen(f.id)))
          },
        ],
        [
          0.2,
          async () => {
            const client = await enter(pick(servers), 'reviewer')
            note('sign-out', (await client.post('/api/auth/sign-out', {})).status)
          },
        ],
        [0.1, () => get('wrong', pick(['/api/documents', '/api/me', '/nothing', '/register/nothing']))],
      ]
      const total = steps.reduce((sum, [weight]) => sum + weight, 0)
      const step = (): (() => Promise<unknown>) => {
        let at = Math.random() * total
        for (const [weight, run] of steps) {
          at -= weight
          if (at < 0) return run
        }
        return save
      }
      const running = new Set<Promise<unknown>>()
      const until = Date.now() + minutes * 60_000
      const watched: string[] = []
      let watch = 0
      let most = 0
      while (Date.now() < until) {
        await pause(1000 / perSecond)
        if (running.size < 40) {
          const work: Promise<unknown> = step()()
            .catch((error: unknown) => wrong.push(String(error)))
            .finally(() => running.delete(work))
          running.add(work)
        }
        if (Date.now() - watch > (long ? 60_000 : 1000)) {
          watch = Date.now()
          const [row] = await sql<Array<{ n: number; idle: number }>>`
            select count(*)::int as n, count(*) filter (where state = 'idle in transaction')::int as idle
            from pg_stat_activity where datname = current_database()`
          most = Math.max(most, row?.n ?? 0)
          const memory = servers.flatMap((s) => [s.serving, ...childrenOf(s.serving)]).map(memoryOf)
          watched.push(`${memory.join('+')} MB，连接 ${row?.n}，事务中闲置 ${row?.idle}，已答复 ${acknowledged.length}`)
          if (long)
            console.info(
              new Date().toISOString(),
              watched.at(-1),
              JSON.stringify([...statuses].filter(([k]) => / 5|409/.test(k))),
            )
        }
      }
      await Promise.all(running)
      // 剩下的等待编号的，两个服务同时编；一个录入放假安排，另一个的下一次请求即照新的。
      const left = Promise.all(
        laid.numbering.map(async (id) => {
          // 版本变了的，是已经编过，或者因另一个录入的放假安排重算过期限：照现在的版本再编一次，编过的不再编。
          let expectedVersion = 11
          for (;;) {
            const { status, body } = await send('secretariat', id, { type: 'AssignNumbers', expectedVersion })
            if (status === 503) await pause(500)
            else if (status === 412 && Number(body.currentVersion) > expectedVersion)
              expectedVersion = Number(body.currentVersion)
            else break
          }
        }),
      )
      const [admin, second] = [clients.get('admin')?.[0], clients.get('drafter')?.[1]]
      for (const day of [4, 5]) {
        const date = `2027-03-0${day}`
        const source = { name: '地方节日', source: '县政府办通知' }
        const notice = { id: `local-${day}`, jurisdiction: demoJurisdiction, year: 2027, source: source.source }
        // 正忙时有的案卷一时没有重算，答复 503；再交一次同样的，接着重算。
        const submit = () =>
          admin?.post('/api/calendar/notices', { ...notice, days: [{ date, kind: 'off', ...source }] })
        let entered = await submit()
        while (entered?.status === 503) entered = await submit()
        expect(note('notice', entered?.status ?? 0)).toBeLessThan(300)
        expect(JSON.stringify((await second?.get('/api/calendar/years/2027'))?.body)).toContain(`"${date}"`)
        const open = await fetch(`${two.url}/public/v1/calendar/workday?jurisdiction=${demoJurisdiction}&date=${date}`)
        expect(await open.json()).toMatchObject({ workday: false })
      }
      await left
      const last = files.slice(-3)
      for (const abort of listening) abort.abort()
      await Promise.all(last.map((f) => listen(f.id)))
      for (const file of last) {
        const command = { type: 'SaveDraft', expectedVersion: file.version, body: '终稿\n一、混合负荷试验。' }
        await expect.poll(async () => (await send('drafter', file.id, command)).status).toBe(200)
        await expect.poll(() => heard.get(file.id)).toBe(file.version + 1)
      }

      expect(wrong).toEqual([])
      // 每条已答复的命令在台账里恰有一条。
      const known = new Map(
        (
          await sql<Array<{ id: string; n: number }>>`
            select command_id as id, count(distinct matter_id)::int as n from ledger_events group by command_id`
        ).map((r) => [r.id, r.n]),
      )
      expect(acknowledged.filter((a) => known.get(a.id) !== 1)).toEqual([])
      // 号码自 1 起，不重不漏。
      for (const kind of ['document', 'registry']) {
        const seqs = await sql<Array<{ seq: number }>>`select seq from numbers where kind = ${kind} order by seq`
        expect(
          seqs.map((r) => r.seq),
          `${JSON.stringify([...statuses])}`,
        ).toEqual(laid.numbering.map((_, i) => i + 1))
      }
      // 到期的各截止一次。
      const closed = await sql<Array<{ matter_id: string; n: number }>>`
        select matter_id, count(*)::int as n from ledger_events
        where type = 'ConsultationClosed' and matter_id in ${sql(laid.overdue.map((o) => o.id))} group by matter_id`
      expect(closed.map((r) => r.n)).toEqual(laid.overdue.map(() => 1))
      // 每位公众的意见都在。
      const [comments] = await sql<
        Array<{ n: number }>
      >`select count(*)::int as n from comments where receipt in ${sql(['', ...receipts])}`
      expect(comments?.n).toBe(receipts.length)
      const report = await verifyDatabase(sql)
      expect(report.faults).toEqual([])
      if (behindOnePort) await oneDies(one, new Set(acknowledged.map(({ id }) => id)).size)
      else {
        // 启动程序没了，它所启动的服务也停，端口放开；另一个照常。
        process.kill(one.pid, 'SIGKILL')
        await expect.poll(() => processStart(one.serving)).toBeUndefined()
        const ready = async (server: ServeProcess) => (await fetch(`${server.url}/readyz`).catch(() => null))?.status
        expect([await ready(one), await ready(two)]).toEqual([undefined, 200])
      }
      console.info(
        `混合负荷 ${minutes} 分钟：答复 ${[...statuses.values()].reduce((a, b) => a + b, 0)} 次，办成 ${acknowledged.length} 条，最多 ${most} 个连接；${watched[0]} → ${watched.at(-1)}`,
        long ? JSON.stringify(Object.fromEntries([...statuses].sort())) : '',
      )
    } finally {
      for (const abort of streams) abort.abort()
      await Promise.all(servers.map((s) => (processStart(s.serving) ? s.kill('SIGTERM') : null)))
    }
  },
  minutes * 60_000 * 1.5 + 600_000,
)

/** 起草人在一个服务上的会话，作请求头用。 */
async function rawCookie(base: string): Promise<string> {
  const answer = await fetch(`${base}/api/auth/sign-in/username`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'drafter', password }),
  })
  return answer.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ')
}
