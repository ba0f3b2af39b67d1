// 会议是一件事项：议题各件能否作出决定照案卷自己的判断；逐件的决定送到案卷，两边的台账互相指明；
// 案卷自己安排、决定的，归到同一机构、同一次、同一日的会议里。
import { randomUUID } from 'node:crypto'
import { AppError, answers, type CommandType } from '@dianzhang/contract'
import { importDocx } from '@dianzhang/formats'
import { loadActorByUsername, runDueJobs } from '@dianzhang/workflow'
import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import { documentDesk } from '../../packages/workflow/src/document-desk.ts'
import { runThrough } from '../../packages/workflow/src/door/run.ts'
import { deliverAll } from '../../packages/workflow/src/matters.ts'
import { namesOf } from '../../packages/workflow/src/queries/names.ts'
import { sessionDesk } from '../../packages/workflow/src/session/desk.ts'
import * as build from '../model/build.ts'
import { type County, county } from '../model/county.ts'

interface Item {
  dropped: null | { reason: string }
  n: number
  matter: string | null
  title: string
  gate: null | { open: boolean; outstanding: Array<{ reason: string }> }
  decision: null | { outcome: string; from: string }
}
interface Session {
  id: string
  version: number
  stage: string
  title: string
  items: Item[]
  sent: Array<{ matter: string; outcome: string; detail: string | null }>
  held: null | { attendance: null | { quorum: { words: string } } }
}
let c: County
const body = 'hy-gov:常务会议'
const read = (id: string) => c.get<Session>('secretariat', `/api/matters/${id}`)
const schedule = (more: object = {}, username = 'secretariat') =>
  c.post(username, '/api/matters', {
    process: 'session',
    commandId: randomUUID(),
    body,
    session: '第12次',
    date: '2026-03-06',
    ...more,
  })
const attempt = async (id: string, type: string, payload: object = {}) => {
  const { version } = await read(id)
  return c.post('secretariat', `/api/matters/${id}/commands`, {
    type,
    commandId: randomUUID(),
    expectedVersion: version,
    ...payload,
  })
}
const run = async (id: string, type: string, payload: object = {}) => {
  const answer = await attempt(id, type, payload)
  const said = (await answer.json()) as Record<string, unknown>
  expect(answer.status, JSON.stringify(said)).toBe(200)
  return said
}
const refused = async (id: string, type: string, payload: object = {}) => {
  const answer = await attempt(id, type, payload)
  const said = (await answer.json()) as { detail: string; verdicts?: Array<{ rule: string; holds: boolean }> }
  expect(answer.status, JSON.stringify(said)).toBe(409)
  return { detail: said.detail, rules: (said.verdicts ?? []).filter((v) => !v.holds).map((v) => v.rule) }
}
let people: Record<string, string>
beforeAll(async () => {
  c = await county({ now: '2026-03-02T09:00:00+08:00' })
  const rows = await c.sql<Array<{ username: string; id: string }>>`
    select u.username, p.id from people p join auth_users u on u.id = p.user_id`
  people = Object.fromEntries(rows.map((row) => [row.username, row.id]))
})
const who = (...names: string[]) => names.map((name) => people[name] ?? name)

it('会议从登记的机构中选定，由文秘排期，不排在过去', async () => {
  expect((await schedule({ body: '县长碰头会' })).status).toBe(422)
  expect((await schedule({}, 'drafter')).status).toBe(403)
  const past = await schedule({ date: '2026-03-01' })
  expect(past.status).toBe(409)
  expect(JSON.stringify(await past.json())).toContain('早于今日')
})
it('同一会议的同一次只排一次：写法不同、同时提出的也认得出；取消以后可以再排，改期仍是那一次', async () => {
  const twelve = { session: '第88次', date: '2026-04-10' }
  const [one, other] = await Promise.all([schedule(twelve), schedule({ ...twelve, session: ' 第８８ 次' })])
  expect([one.status, other.status].toSorted()).toEqual([201, 409])
  expect(JSON.stringify(await (one.status === 409 ? one : other).json())).toContain('已经排在')
  expect((await schedule({ ...twelve, date: '2026-05-10' })).status).toBe(409)
  expect((await schedule({ session: '第89次', date: '2026-04-10' })).status).toBe(201)
  const { id } = (await (one.status === 201 ? one : other).json()) as { id: string }
  await run(id, 'Reschedule', { date: '2026-04-12', reason: '会期冲突。' })
  expect((await schedule(twelve)).status).toBe(409)
  await run(id, 'CancelSession', { reason: '不开了。' })
  expect((await schedule(twelve)).status).toBe(201)
})
it('一次会议：议题各有关口，够的决定、不够的暂缓，决定送到案卷，纪要以后打印', async () => {
  const ready = await build.checked(c, { title: '海原县甲办法' })
  const early = await build.drafted(c, { title: '海原县乙办法' })
  const { id } = (await (await schedule()).json()) as { id: string }
  expect((await attempt(id, 'SetAgenda', { items: [{ matter: randomUUID() }] })).status).toBe(422)
  await run(id, 'SetAgenda', {
    items: [{ matter: ready.id }, { matter: early.id }, { topic: '听取安全生产情况汇报', presenter: 'hy-agri' }],
  })
  const set = await read(id)
  expect(set.stage).toBe('agenda_set')
  expect(set.items.map((item) => item.gate?.open ?? null)).toEqual([true, false, null])
  expect(set.items[1]?.gate?.outstanding.length).toBeGreaterThan(0)
  // 具备条件的案卷随即安排到这次会议。
  expect((await c.snapshot(ready.id)).context.dossier.schedule).toMatchObject({ bodyId: body, date: '2026-03-06' })
  expect((await refused(id, 'AddItem', { matter: ready.id })).rules).toContain('session.items-once')
  expect(
    (
      await refused(id, 'HoldSession', {
        members: who('leader', 'head'),
        present: who('leader', 'head'),
        head: people.leader,
        chair: people.leader,
      })
    ).rules,
  ).toContain('session.held-by-today')
  c.go('2026-03-06')
  const attending = { members: who('leader', 'head', 'head.housing'), head: people.leader, chair: people.leader }
  expect((await attempt(id, 'HoldSession', { ...attending, present: who('leader', 'reviewer') })).status).toBe(422)
  await run(id, 'HoldSession', { ...attending, present: who('leader', 'head', 'head.housing') })
  expect((await refused(id, 'AddItem', { topic: '临时动议', presenter: 'hy-agri' })).detail).toContain('不能办理')
  const speakers = who('head', 'head.housing', 'leader')
  expect((await refused(id, 'RecordDecision', { item: 2, outcome: 'adopted', speakers })).rules).toEqual([
    'session.quorum',
    'session.item-ready',
  ])
  await run(id, 'RecordDecision', {
    item: 1,
    outcome: 'adopted',
    speakers,
    dissents: [{ person: people['head.housing'], text: '期限过短' }],
  })
  expect((await refused(id, 'RecordDecision', { item: 1, outcome: 'postponed' })).rules).toContain('session.item-open')
  await run(id, 'RecordDecision', { item: 2, outcome: 'postponed', reason: '材料未齐' })
  expect((await refused(id, 'RecordMinutes', { text: '纪要', signedBy: people.leader })).rules).toEqual([
    'session.every-item-decided',
  ])
  await run(id, 'RecordDecision', { item: 3, outcome: 'adopted', speakers })
  await run(id, 'RecordMinutes', { text: '会议审议通过了甲办法。', signedBy: people.leader, number: '〔2026〕12号' })
  const { decision } = (await c.snapshot(ready.id)).context.dossier
  expect(decision).toMatchObject({ outcome: 'adopted', bodyId: body, session: '第12次', date: '2026-03-06' })
  expect(decision?.dissents[0]).toContain('期限过短')
  // 会议页所读的。
  const file = answers.SessionFile.parse(await read(id))
  expect(file.held?.attendance?.quorum.words).toContain('应到3人，实到3人')
  expect(file.items.map((item) => item.decision?.outcome)).toEqual(['adopted', 'postponed', 'adopted'])
  expect(file.minutes).toMatchObject({ number: '〔2026〕12号', text: '会议审议通过了甲办法。' })
  expect(await c.snapshot(early.id)).toMatchObject({ value: 'drafting' })
  // 议题单与纪要打印出来，读得回去。
  for (const [paper, words] of [
    ['agenda', ['议题单', '第12次', '审议《海原县甲办法》', '听取安全生产情况汇报']],
    ['minutes', ['纪要', '应到3人，实到3人', '海原县甲办法：通过', '期限过短', '海原县乙办法：暂缓']],
  ] as const) {
    const answer = await c.app.request(`/api/matters/${id}/${paper}.docx`, {
      headers: { cookie: await c.session('secretariat') },
    })
    expect(answer.status).toBe(200)
    const { text } = await importDocx(new Uint8Array(await answer.arrayBuffer()))
    for (const word of words) expect(text, paper).toContain(word)
  }
  const done = await read(id)
  expect(done.stage).toBe('minuted')
  expect(done.held?.attendance?.quorum.words).toContain('应到3人，实到3人')
  expect(done.sent.map((one) => [one.matter, one.outcome])).toEqual([
    [ready.id, 'accepted'],
    [ready.id, 'accepted'],
  ])
  // 两边的台账互相指明。
  const [event] = await c.sql<Array<{ body: { command: { id: string }; payload: Record<string, unknown> } }>>`
    select body from ledger_events where matter_id = ${ready.id} and type = 'DecisionRecorded'`
  const [given] = await c.sql<Array<{ body: { payload: { sends: Array<{ id: string; document: string }> } } }>>`
    select body from ledger_events where matter_id = ${id} and type = 'ItemDecided' order by seq limit 1`
  expect(given?.body.payload.sends).toMatchObject([{ id: event?.body.command.id, document: ready.id }])
})
it('案卷自己安排、决定的：同一机构、同一次、同一日的归到一次会议；没有的另立一次', async () => {
  const [a, b] = [await build.checked(c, { title: '海原县丙办法' }), await build.checked(c, { title: '海原县丁办法' })]
  const meeting = { body: '海原县人民政府常务会议', session: '第13次', date: '2026-03-10' }
  await a.do('secretariat', 'ScheduleDeliberation', meeting)
  await b.do('secretariat', 'ScheduleDeliberation', meeting)
  await b.do('secretariat', 'ScheduleDeliberation', meeting)
  const list = () =>
    c.get<{ items: Array<{ id: string; title: string }> }>('secretariat', '/api/matters?process=session&q=第13次')
  const [found, ...more] = (await list()).items
  expect(more).toEqual([])
  const id = found?.id ?? ''
  expect((await read(id)).items.map((item) => item.matter)).toEqual([a.id, b.id])
  c.go('2026-03-10')
  await a.do('secretariat', 'RecordDecision', { outcome: 'adopted' })
  const held = await read(id)
  expect(held.stage).toBe('held')
  expect(held.items.map((item) => item.decision?.outcome ?? null)).toEqual(['adopted', null])
  // 没有排期过的会议，直接记录决定：会议随之登记，日期可以是过去。
  const d = await build.checked(c, { title: '海原县戊办法' })
  await d.do('secretariat', 'RecordDecision', { outcome: 'adopted', body, session: '第14次', date: '2026-03-10' })
  const [own] = (await c.get<{ items: Array<{ id: string }> }>('secretariat', '/api/matters?process=session&q=第14次'))
    .items
  expect(await read(own?.id ?? '')).toMatchObject({
    stage: 'held',
    items: [{ matter: d.id, decision: { outcome: 'adopted', from: 'matter' } }],
    // 决定随案卷记下了，没有等着文秘再办的；还有一件没有决定的那一次，等着。
    turns: [],
  })
  expect(held).toMatchObject({ turns: [{ command: 'HoldSession' }] })
})
it('安排时指明一次会议；不是那一次的不认', async () => {
  const { id } = (await (await schedule({ session: '第15次', date: '2026-03-20' })).json()) as { id: string }
  const f = await build.checked(c, { title: '海原县己办法' })
  const given = { body, session: '第15次', date: '2026-03-20', sessionId: id }
  expect((await f.attempt('secretariat', 'ScheduleDeliberation', { ...given, date: '2026-03-21' })).status).toBe(422)
  await f.do('secretariat', 'ScheduleDeliberation', given)
  expect((await read(id)).items.map((item) => item.matter)).toEqual([f.id])
  // 改期：案卷上的日期随之改。
  await run(id, 'Reschedule', { date: '2026-03-23', reason: '县长出差' })
  expect((await c.snapshot(f.id)).context.dossier.schedule?.date).toBe('2026-03-23')
  // 已经过去的会议，议题不能再改，只能登记、改期或者取消。
  c.go('2026-03-25')
  expect((await refused(id, 'DropItem', { item: 1, reason: '撤回' })).detail).toContain('已经过去')
  await run(id, 'CancelSession', { reason: '合并到下一次' })
  // 会议取消了，案卷上的排期随之撤回，待办的又是安排审议。
  expect((await c.snapshot(f.id)).context.dossier.schedule).toBeNull()
  const { items } = await c.get<{ items: Array<{ type: string }> }>('secretariat', `/api/documents/${f.id}/history`)
  expect(items.map((e) => e.type)).toContain('ScheduleWithdrawn')
})
it('撤下议题的，案卷的排期随之撤回；改排到另一次会议的，原来的会议撤下它，新的排期不受影响', async () => {
  const one = (await (await schedule({ session: '第15次甲', date: '2026-03-26' })).json()) as { id: string }
  const other = (await (await schedule({ session: '第15次乙', date: '2026-03-27' })).json()) as { id: string }
  const f = await build.checked(c, { title: '海原县辛办法' })
  const g = await build.checked(c, { title: '海原县壬办法' })
  const given = { body, session: '第15次甲', date: '2026-03-26', sessionId: one.id }
  await f.do('secretariat', 'ScheduleDeliberation', given)
  await g.do('secretariat', 'ScheduleDeliberation', given)
  const scheduled = async (x: { id: string }) => (await c.snapshot(x.id)).context.dossier.schedule
  await run(one.id, 'DropItem', { item: 1, reason: '材料未齐' })
  expect(await scheduled(f)).toBeNull()
  expect(await scheduled(g)).toMatchObject({ session: '第15次甲' })
  await g.do('secretariat', 'ScheduleDeliberation', {
    body,
    session: '第15次乙',
    date: '2026-03-27',
    sessionId: other.id,
  })
  expect((await read(one.id)).items.map((item) => item.dropped?.reason ?? null)).toEqual([
    '材料未齐',
    '改由另一次会议审议',
  ])
  // 原来的会议取消，不动已经改排的。
  await run(one.id, 'CancelSession', { reason: '没有议题' })
  expect(await scheduled(g)).toMatchObject({ session: '第15次乙', date: '2026-03-27' })
})
it('每一步之后都没有送出去（进程随即停了）：由巡查补送，一件不少，一件不重', async () => {
  const f = await build.checked(c, { title: '海原县庚办法' })
  const person = await loadActorByUsername(c.office.db, 'secretariat', '2026-03-25')
  const stopped = () => Promise.reject(new Error('进程停了'))
  const send = async (type: CommandType, payload: object) => {
    const [row] = await c.sql<Array<{ version: number }>>`select version from matters where id = ${f.id}`
    const command = { type, commandId: randomUUID(), expectedVersion: row?.version ?? 0, ...payload }
    return runThrough(documentDesk, c.office, person, f.id, command, {}, stopped)
  }
  const meeting = { body, session: '第16次', date: '2026-03-25' }
  await send('ScheduleDeliberation', meeting)
  await send('RecordDecision', { outcome: 'adopted', dissents: [] })
  const held = () => c.sql<Array<{ id: string; items: Item[] }>>`
    select m.id, m.snapshot->'context'->'dossier'->'items' as items from matters m
    join sessions s on s.id = m.id where s.session = '第16次'`
  expect(await held()).toEqual([])
  await Promise.all([runDueJobs(c.office), runDueJobs(c.office)])
  await runDueJobs(c.office)
  const [session, ...more] = await held()
  expect(more).toEqual([])
  expect(session?.items).toMatchObject([{ matter: f.id, decision: { outcome: 'adopted', from: 'matter' } }])
  const sends = await c.sql`select outcome, settled_at is null as open from sends where from_matter = ${f.id}`
  expect(sends).toHaveLength(2)
  for (const one of sends) expect(one).toEqual({ outcome: 'accepted', open: false })
})
it('办完核验没有问题', async () => {
  await c.runDue()
  expect((await verifyDatabase(c.sql)).faults).toEqual([])
})
/** 进程在哪里停：没有停；办成以后没有送出；送到了没有记下已送；两个进程同时送。 */
const kills = ['none', 'unsent', 'unsettled', 'twice'] as const
const steps = ['file schedules', 'adds', 'drops', 'moves', 'calls off', 'holds and decides', 'file decides'] as const
it('两件之间任意的先后、在任意两步之间停下：送出的一件不少、一件不重，两边的台账对得上', async () => {
  const person = await loadActorByUsername(c.office.db, 'secretariat', '2026-03-25')
  let serial = 0
  const nowAt = '2026-03-25'
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...steps), fc.constantFrom(...kills)), { minLength: 3, maxLength: 6 }),
      async (course) => {
        const name = `第${100 + ++serial}次`
        const f = await build.checked(c, { title: `海原县第${serial}件办法` })
        const { id } = (await (await schedule({ session: name, date: nowAt })).json()) as { id: string }
        const send = async (matter: string, type: string, payload: object, kill: (typeof kills)[number]) => {
          // 一件上的两步总不在同一毫秒。
          c.clock.set(new Date(c.clock.now().getTime() + 1).toISOString())
          const [row] = await c.sql<Array<{ version: number }>>`select version from matters where id = ${matter}`
          const command = { type, commandId: randomUUID(), expectedVersion: row?.version ?? 0, ...payload }
          const passOn = async (office: typeof c.office, jurisdiction: string, ids: string[]): Promise<unknown> => {
            const deliver = () => deliverAll(office, { jurisdiction, ids })
            if (kill === 'unsent') throw new Error('进程停了')
            if (kill === 'twice') return Promise.all([deliver(), deliver()])
            const done = await deliver()
            if (kill === 'unsettled')
              await c.sql`update sends set settled_at = null, outcome = null, detail = null where id = any(${ids})`
            return done
          }
          const desk = matter === f.id ? documentDesk : sessionDesk
          try {
            await runThrough(desk as never, c.office, person, matter, command as never, {}, passOn)
          } catch (error) {
            if (!(error instanceof AppError)) throw error
          }
        }
        const items = async () => (await read(id)).items.filter((item) => item.matter === f.id && item.dropped === null)
        for (const [step, kill] of course) {
          const n = (await items()).at(-1)?.n ?? 1
          const meeting = { body, session: name, date: nowAt, sessionId: id }
          if (step === 'file schedules') await send(f.id, 'ScheduleDeliberation', meeting, kill)
          if (step === 'adds') await send(id, 'AddItem', { matter: f.id }, kill)
          if (step === 'drops') await send(id, 'DropItem', { item: n, reason: '材料未齐' }, kill)
          if (step === 'moves') await send(id, 'Reschedule', { date: nowAt, place: '三楼', reason: '换会议室' }, kill)
          if (step === 'calls off') await send(id, 'CancelSession', { reason: '没有议题' }, kill)
          if (step === 'file decides') await send(f.id, 'RecordDecision', { outcome: 'adopted', dissents: [] }, kill)
          if (step === 'holds and decides') {
            const members = who('leader', 'head', 'secretariat')
            const attendance = { members, present: members, head: members[0], chair: members[0] }
            await send(id, 'HoldSession', attendance, kill)
            await send(id, 'RecordDecision', { item: n, outcome: 'adopted', speakers: members.toReversed() }, kill)
          }
        }
        await Promise.all([runDueJobs(c.office), runDueJobs(c.office)])
        await runDueJobs(c.office)
        const both = [f.id, id]
        const sent = await c.sql<Array<{ id: string; outcome: string; detail: string | null; times: number }>>`
          select s.id, s.outcome, s.detail,
            (select coalesce(max(each.n), 0)::int from (
              select count(*) as n from ledger_events e
              where e.matter_id = s.to_matter and e.body -> 'command' ->> 'id' = s.id group by e.type) each) as times
          from sends s where s.from_matter = any(${both})`
        for (const one of sent)
          expect(one, JSON.stringify(course)).toMatchObject(
            one.outcome === 'accepted' ? { times: 1 } : { outcome: 'refused', times: 0, detail: expect.any(String) },
          )
        // 发出者的台账写着送出过哪些：与发件箱里的一一相同；对方的台账里，每条命令的事件各有一处。
        const ledgered = await c.sql<Array<{ id: string }>>`
          select x ->> 'id' as id from ledger_events e, jsonb_array_elements(e.body -> 'payload' -> 'sends') x
          where e.matter_id = any(${both}) and e.body -> 'payload' ? 'sends'`
        expect(ledgered.map((x) => x.id).toSorted()).toEqual(sent.map((x) => x.id).toSorted())
        // 都送到了的，两边说的是同一回事。
        if (sent.every((x) => x.outcome === 'accepted')) {
          const { dossier } = (await c.snapshot(f.id)).context
          const { stage } = await read(id)
          const standing = await items()
          expect(standing.length, JSON.stringify(course)).toBeLessThanOrEqual(1)
          if (dossier.schedule?.session === name && stage !== 'cancelled')
            expect(
              standing.map((item) => item.matter),
              JSON.stringify(course),
            ).toEqual([f.id])
        }
      },
    ),
    {
      numRuns: Number(process.env.SENDS_RUNS ?? 8),
      // 加了还没有送到就撤下、改期、取消的：曾经案卷说排在会上，会上已经没有它。
      examples: [
        [
          [
            ['adds', 'unsent'],
            ['drops', 'none'],
            ['moves', 'none'],
          ],
        ],
        [
          [
            ['adds', 'unsent'],
            ['calls off', 'none'],
            ['file schedules', 'none'],
          ],
        ],
        [
          [
            ['adds', 'unsent'],
            ['moves', 'unsent'],
            ['drops', 'twice'],
          ],
        ],
      ],
    },
  )
})
it('议程、历史所提到的：读得到的案卷有名称，读不到的、没有公开的条目没有；拒绝记录写明是谁', async () => {
  const file = await build.drafted(c, { title: '海原县丙办法' })
  const published = await build.published(c, '2026-05-01')
  const named = async (username: string, id: string) => {
    const actor = await loadActorByUsername(c.office.db, username, '2026-03-25')
    return (await namesOf(c.office.db, actor, {}, [id]))[id]
  }
  expect(await named('drafter', file.id)).toBe('海原县丙办法')
  expect(await named('registrar.npc', file.id)).toBeUndefined()
  const [entry] = await c.sql<Array<{ title: string }>>`select title from register_entries where id = ${published.id}`
  expect(await named('contact.market', published.id)).toBe(entry?.title)
  // 已公布的不得更改：这里要的是没有公开的一条。
  await c.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tx`update register_entries set disclosure = 'closed' where id = ${published.id}`
  })
  expect(await named('contact.market', published.id)).toBeUndefined()
  const { id } = (await (await schedule({ session: '第66次', date: '2026-12-30' })).json()) as { id: string }
  await run(id, 'SetAgenda', { items: [{ matter: file.id }] })
  const history = await c.get<{ items: Array<{ type: string; names?: Record<string, string> }> }>(
    'secretariat',
    `/api/matters/${id}/history`,
  )
  expect(history.items.at(-1)?.names).toMatchObject({ [file.id]: '海原县丙办法' })
  await refused(id, 'AddItem', { matter: file.id })
  const refusals = await c.get<{ items: Array<{ actor: { name: string | null } }> }>(
    'secretariat',
    `/api/matters/${id}/refusals`,
  )
  expect(refusals.items[0]?.actor.name).toBe('政府办公室文秘')
})
