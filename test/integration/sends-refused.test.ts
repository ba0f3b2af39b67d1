// 发往另一件的命令，送到时对方已经办结、改变或者不存在：发出者在自己的页面上读到没有办成与缘由，可以再次转办；什么也不悬着。
import { randomUUID } from 'node:crypto'
import { answers, noClassification } from '@dianzhang/contract'
import { loadActorByUsername, runDueJobs } from '@dianzhang/workflow'
import { expect, it } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import { documentDesk } from '../../packages/workflow/src/document-desk.ts'
import { runThrough } from '../../packages/workflow/src/door/run.ts'
import { openOffices } from '../../packages/workflow/src/office/act.ts'
import { suggestionDesk } from '../../packages/workflow/src/review-suggestion/desk.ts'
import { sessionDesk } from '../../packages/workflow/src/session/desk.ts'
import * as build from '../model/build.ts'
import { county } from '../model/county.ts'

type Json = Record<string, unknown>
const today = '2026-03-02'
const c = await county({ now: `${today}T09:00:00+08:00` })
// 与程序起动时一样：办公台账已经开启。
await openOffices(c.office)
const meeting = 'hy-gov:常务会议'
let serial = 0

/** 办成而没有送出：进程随即停了。 */
async function unsent(desk: object, username: string, id: string, type: string, payload: Json): Promise<void> {
  const person = await loadActorByUsername(c.office.db, username, today)
  const [row] = await c.sql<Array<{ version: number }>>`select version from matters where id = ${id}`
  const command = { type, commandId: randomUUID(), expectedVersion: row?.version ?? 0, ...payload }
  await runThrough(desk as never, c.office, person, id, command as never, {}, () =>
    Promise.reject(new Error('进程停了')),
  )
}
const posted = async (username: string | null, path: string, payload: Json, status = 200): Promise<Json> => {
  const answer = await c.post(username, path, { commandId: randomUUID(), ...payload })
  const said = (await answer.json()) as Json
  expect(answer.status, JSON.stringify(said)).toBe(status)
  return said
}
const command = async (username: string, id: string, type: string, payload: Json = {}, status = 200) => {
  const [row] = await c.sql<Array<{ version: number }>>`select version from matters where id = ${id}`
  return posted(username, `/api/matters/${id}/commands`, { type, expectedVersion: row?.version, ...payload }, status)
}
const sessionOf = async (name: string, items: Json[] = []) =>
  String(
    (
      await posted(
        'secretariat',
        '/api/matters',
        { process: 'session', body: meeting, session: name, date: today, items },
        201,
      )
    ).id,
  )
const withdrawn = (id: string) =>
  c.open(id).then((f) => f.do('head', 'WithdrawDocument', { reason: '情况变化，不再制定。' }))
const published = () =>
  build.published(c, today, {
    issuers: ['hy-agri'],
    tier: 'department' as const,
    classification: { ...noClassification, ...build.urgent },
    title: `海原县第${++serial}件灌溉办法`,
  })
const decision = { body: '海原县农业农村局局务会议', date: today }

/** 一件审查建议，已经受理，正要认定第二条明显违法。 */
async function suggested() {
  const document = await published()
  const { receipt } = await posted(
    null,
    '/public/v1/suggestions',
    {
      document: document.id,
      provisions: ['第一条'],
      conflicts: [{ act: '中华人民共和国行政处罚法', article: '第十六条', reason: '擅自设定处罚。' }],
      reason: '没有上位法依据。',
      name: '马建国',
      contact: '13995550101',
    },
    201,
  )
  const [row] = await c.sql`select matter_id as id from suggestions where receipt = ${String(receipt)}`
  const id = String(row?.id)
  await command('filing.county', id, 'Accept', { number: `海审建〔2026〕${serial}号` })
  const conclude = {
    conclusions: [{ conflict: '1', outcome: 'clearly_unlawful', ground: '行政处罚法第十六条', text: '没有依据。' }],
    decision: { body: '海原县人民政府', date: today },
  }
  return { id, document, conclude }
}

interface Case {
  sender: { id: string; by: string; kind: 'documents' | 'matters' }
  receiver: string
  says: RegExp
}
const cases: Record<string, () => Promise<Case>> = {
  '会议确定议题，案卷已经撤回': async () => {
    const f = await build.checked(c, { title: `海原县第${++serial}件办法` })
    const id = await sessionOf(`第${200 + serial}次`)
    await unsent(sessionDesk, 'secretariat', id, 'SetAgenda', { items: [{ matter: f.id, attending: [] }] })
    await withdrawn(f.id)
    return { sender: { id, by: 'secretariat', kind: 'matters' }, receiver: f.id, says: /终止|阶段|不能/ }
  },
  '会议增加议题，案卷已经撤回': async () => {
    const f = await build.checked(c, { title: `海原县第${++serial}件办法` })
    const id = await sessionOf(`第${200 + serial}次`)
    await unsent(sessionDesk, 'secretariat', id, 'AddItem', { matter: f.id, attending: [] })
    await withdrawn(f.id)
    return { sender: { id, by: 'secretariat', kind: 'matters' }, receiver: f.id, says: /终止|阶段|不能/ }
  },
  '会议撤下议题，案卷已经撤回': async () => {
    const f = await build.checked(c, { title: `海原县第${++serial}件办法` })
    const id = await sessionOf(`第${200 + serial}次`, [{ matter: f.id }])
    await unsent(sessionDesk, 'secretariat', id, 'DropItem', { item: 1, reason: '材料未齐' })
    await withdrawn(f.id)
    return { sender: { id, by: 'secretariat', kind: 'matters' }, receiver: f.id, says: /终止|阶段|不能/ }
  },
  '会议取消，案卷已经撤回': async () => {
    const f = await build.checked(c, { title: `海原县第${++serial}件办法` })
    const id = await sessionOf(`第${200 + serial}次`, [{ matter: f.id }])
    await unsent(sessionDesk, 'secretariat', id, 'CancelSession', { reason: '没有议题' })
    await withdrawn(f.id)
    return { sender: { id, by: 'secretariat', kind: 'matters' }, receiver: f.id, says: /终止|阶段|不能/ }
  },
  '会议的决定，案卷已经撤回': async () => {
    const f = await build.checked(c, { title: `海原县第${++serial}件办法` })
    const id = await sessionOf(`第${200 + serial}次`, [{ matter: f.id }])
    const rows = await c.sql<Array<{ username: string; id: string }>>`
      select u.username, p.id from people p join auth_users u on u.id = p.user_id`
    const who = (username: string) => String(rows.find((row) => row.username === username)?.id)
    const members = ['leader', 'head', 'secretariat'].map(who)
    await command('secretariat', id, 'HoldSession', {
      members,
      present: members,
      head: who('leader'),
      chair: who('leader'),
    })
    await unsent(sessionDesk, 'secretariat', id, 'RecordDecision', {
      item: 1,
      outcome: 'adopted',
      speakers: members.toReversed(),
      dissents: [],
      recused: [],
    })
    await withdrawn(f.id)
    return { sender: { id, by: 'secretariat', kind: 'matters' }, receiver: f.id, says: /终止|阶段|不能/ }
  },
  '案卷安排到一次会议，会议已经取消': async () => {
    const f = await build.checked(c, { title: `海原县第${++serial}件办法` })
    const name = `第${200 + serial}次`
    const id = await sessionOf(name)
    await unsent(documentDesk, 'secretariat', f.id, 'ScheduleDeliberation', {
      body: meeting,
      session: name,
      date: today,
      sessionId: id,
    })
    await command('secretariat', id, 'CancelSession', { reason: '不开了。' })
    return { sender: { id: f.id, by: 'secretariat', kind: 'documents' }, receiver: id, says: /取消|阶段|不能/ }
  },
  '案卷的决定记到一次会议，会议已经取消': async () => {
    const f = await build.checked(c, { title: `海原县第${++serial}件办法` })
    const id = await sessionOf(`第${200 + serial}次`, [{ matter: f.id }])
    await unsent(documentDesk, 'secretariat', f.id, 'RecordDecision', { outcome: 'adopted', dissents: [] })
    await command('secretariat', id, 'CancelSession', { reason: '不开了。' })
    return { sender: { id: f.id, by: 'secretariat', kind: 'documents' }, receiver: id, says: /取消|阶段|不能/ }
  },
  '审查认定整件停止执行，文件已经废止': async () => {
    const { id, document, conclude } = await suggested()
    await unsent(suggestionDesk, 'filing.county', id, 'Conclude', conclude)
    await document
      .refresh()
      .then((f) => f.do('secretariat', 'RepealDocument', { on: today, reason: '不再适用。', decision }))
    return {
      sender: { id, by: 'filing.county', kind: 'matters' },
      receiver: document.id,
      says: /现处“施行、备案与归档”阶段（效力·已废止）/,
    }
  },
  '审查认定停止执行，文件已经停止执行': async () => {
    const { id, document, conclude } = await suggested()
    await unsent(suggestionDesk, 'filing.county', id, 'Conclude', conclude)
    await document
      .refresh()
      .then((f) => f.do('secretariat', 'SuspendDocument', { on: today, reason: '先行停止。', decision }))
    return { sender: { id, by: 'filing.county', kind: 'matters' }, receiver: document.id, says: /（效力·停止执行）/ }
  },
}

async function refusedAndTold({ sender, receiver, says }: Case): Promise<void> {
  await runDueJobs(c.office)
  const shown = answers[sender.kind === 'documents' ? 'Document' : 'Matter'].parse(
    await c.get<Json>(sender.by, `/api/${sender.kind}/${sender.id}`),
  )
  // 没有办成的在最前，写明缘由；对方是什么，读得到的人看得到。
  const [first] = shown.sent
  expect(first).toMatchObject({
    matter: receiver,
    outcome: 'refused',
    again: null,
    detail: expect.stringMatching(says),
  })
  expect(first?.detail).toMatch(/\p{Script=Han}{4,}/u)
  expect(first?.title === null).toBe(receiver === 'gone')
  // 看到的人可以再次转办；仍不成的写明，不再转办第二次，也不悬着。
  const office = await c.get<{ items?: Json[] } & Json>('secretariat', '/api/matters/office/actions')
  const actions = (Array.isArray(office) ? office : (office.items ?? office.actions)) as Json[]
  expect(actions.find((action) => action.command === 'ResendCommand')).toMatchObject({ allowed: true })
  await command('secretariat', 'office', 'ResendCommand', { send: String(first?.id), reason: '已经核对，再送一次。' })
  const after = answers[sender.kind === 'documents' ? 'Document' : 'Matter'].parse(
    await c.get<Json>(sender.by, `/api/${sender.kind}/${sender.id}`),
  )
  expect(after.sent.find(({ id }) => id === first?.id)).toMatchObject({ outcome: 'refused', again: 'refused' })
  expect(await c.sql`select id from sends where settled_at is null`).toEqual([])
}
it.each(Object.entries(cases))('%s', async (_name, prepare) => refusedAndTold(await prepare()))

it('拨动的时钟没有逐日封存，其余都对得上', async () => {
  expect((await verifyDatabase(c.sql)).faults.filter(({ check }) => check !== 'seals')).toEqual([])
})

it('不能查看对方的人，看得到办成没有，看不到对方的名称', async () => {
  const f = await build.checked(c, { title: '海原县保密的草案' })
  const id = await sessionOf('第400次')
  await unsent(sessionDesk, 'secretariat', id, 'AddItem', { matter: f.id, attending: [] })
  await runDueJobs(c.office)
  // 财政局列席会议，案卷与它无关。
  await c.sql`update matters set involved_units = '{hy-gov}', concerned_roles = '{}' where id = ${f.id}`
  await c.sql`update matters set involved_units = array_append(involved_units, 'hy-finance') where id = ${id}`
  await expect(c.get('contact', `/api/documents/${f.id}`)).rejects.toThrow('404')
  const seenBy = async (username: string) =>
    answers.Matter.parse(await c.get(username, `/api/matters/${id}`)).sent.find(({ matter }) => matter === f.id)
  expect(await seenBy('secretariat')).toMatchObject({ title: '海原县保密的草案', outcome: 'accepted' })
  expect(await seenBy('contact')).toMatchObject({ title: null, outcome: 'accepted' })
})

it('对方不存在', async () => {
  const { id } = await suggested()
  await c.sql`insert into sends (jurisdiction_id, id, from_matter, to_matter, command, via, at)
    values ('640522', ${randomUUID()}, ${id}, 'gone', ${c.sql.json({ type: 'SuspendDocument', on: today, reason: '停止。' })}, ${[id]}, now())`
  await refusedAndTold({ sender: { id, by: 'filing.county', kind: 'matters' }, receiver: 'gone', says: /没有/ })
})
