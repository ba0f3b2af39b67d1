// 看不见的案卷：对不该看到它的人，每一扇以案卷标识进入的门都与没有这件案卷时是同一答复。
import { randomUUID } from 'node:crypto'
import { commandTypes, noClassification } from '@dianzhang/contract'
import { expect, test } from 'vitest'
import { httpOffice, json, problemOf, staff } from '../support/http.ts'

const { signIn, app, database, office } = await httpOffice({
  accounts: [
    ...staff,
    { username: 'outsider', unit: 'justice', roles: ['drafter'] },
    { username: 'head2', unit: 'justice', roles: ['unit_head'] },
    { username: 'competition', unit: 'justice', roles: ['fair_competition_reviewer'] },
    { username: 'adviser', unit: 'justice', roles: ['legal_adviser'] },
    { username: 'contact', unit: 'justice', roles: ['department_contact'] },
    { username: 'leader', unit: 'justice', roles: ['leader'] },
    { username: 'registrar', unit: 'justice', roles: ['registrar'] },
  ],
})
const { sql } = database.connect()
const drafter = await signIn('drafter')
const proposal = {
  type: 'ProposeDocument',
  commandId: randomUUID(),
  title: '示范县供水管理办法',
  jurisdiction: '640522',
  issuers: ['water'],
  tier: 'department',
  classification: { ...noClassification, affectsRights: true },
  necessity: '现行规定分散在多个通知中。',
}
const file = await json<{ id: string; version: number }>(drafter.post('/api/documents', proposal))
const nobody = randomUUID()
const unseenBy = ['outsider', 'head2', 'competition', 'adviser', 'contact', 'leader', 'registrar']

/** 接口说明里每一条案卷、事项之下的路由。 */
const doors = app.operations.list.filter((each) => /^\/api\/(documents|matters)\/:id/.test(each.path))
/** 不因看不看得到而不同的部分：请求编号与路径。 */
const said = async (answer: Response) => {
  const { instance: _i, requestId: _r, ...rest } = (await answer.json()) as Record<string, unknown>
  return { status: answer.status, ...rest }
}

test.each(unseenBy)('%s 在每一扇门前都得到 404，与没有这件案卷时一字不差', async (username) => {
  const client = await signIn(username)
  expect(doors.length).toBeGreaterThan(20)
  for (const door of doors) {
    const path = (id: string) =>
      door.path.replace(':id', id).replace(':n', '1').replace(':sha256', 'a'.repeat(64)).replace(':format', 'docx')
    for (const [body, query] of [
      [{}, ''],
      [
        { type: 'SaveDraft', commandId: randomUUID(), expectedVersion: file.version, body: '第一条　试。' },
        '?from=1&to=1&version=1',
      ],
      ['不是对象', '?from=x&version=&limit=0&cursor=x'],
    ] as const) {
      const send = (id: string) =>
        app.request(path(id) + query, {
          method: door.method.toUpperCase(),
          headers: {
            cookie: client.cookie,
            'if-match': '"0"',
            ...(door.method === 'get' ? {} : { 'content-type': door.upload?.mediaType ?? 'application/json' }),
          },
          ...(door.method === 'get' || door.method === 'delete' ? {} : { body: JSON.stringify(body) }),
        })
      const real = await said(await send(file.id))
      expect(real, `${door.method} ${door.path}${query}`).toEqual(await said(await send(nobody)))
      expect(real, `${door.method} ${door.path}${query}`).toMatchObject({ status: 404, code: 'not_found' })
    }
  }
  expect((await client.get(`/api/events?document=${file.id}`)).status).toBe(404)
})

test.each(unseenBy)('%s 提交任何命令都得到 404，案卷不多一行，也不多一条拒绝记录', async (username) => {
  const client = await signIn(username)
  const count =
    () => sql`select (select count(*) from refusals)::int as refusals, (select count(*) from command_log)::int as commands,
    (select count(*) from ledger_events)::int as events`
  const before = await count()
  for (const [i, type] of commandTypes.entries()) {
    const command = { type, commandId: randomUUID(), expectedVersion: i % 2 ? file.version : 99, ...anything }
    expect((await problemOf(await client.post(`/api/documents/${file.id}/commands`, command))).code, type).toBe(
      'not_found',
    )
  }
  expect(await count()).toEqual(before)
})
/** 多数命令认得的字段；不合模式的也须先答 404。 */
const anything = {
  date: '2026-03-01',
  outcome: 'no_restriction',
  conclusion: '不排除、限制竞争。',
  reason: '试',
  opinion: 'agree',
  text: '无意见',
}

test('看得到而无权办理的仍是 403 附理由；同一命令标识提交两次，只记一条，答复相同', async () => {
  const head = await signIn('head')
  const command = { type: 'SaveDraft', commandId: randomUUID(), expectedVersion: file.version, body: '第一条　试。' }
  const send = () => head.post(`/api/documents/${file.id}/commands`, command)
  const [first, second] = [await problemOf(await send()), await problemOf(await send())]
  expect(first).toMatchObject({ status: 403, code: 'forbidden' })
  expect(first.detail).toContain('起草经办人')
  expect([second.status, second.detail]).toEqual([first.status, first.detail])
  const together = { ...command, commandId: randomUUID() }
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => head.post(`/api/documents/${file.id}/commands`, together)),
  )
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([403]))
  const rows =
    await sql`select command_id, count(*)::int as n from refusals where matter_id = ${file.id} group by 1 order by 1`
  expect(rows.map((row) => row.n)).toEqual([1, 1])
})

test('系统管理员看得到各件的程序，因此不能看的文字、材料是 403 附理由，不是 404；没有的案卷仍是 404', async () => {
  const [admin, own] = [await signIn('admin'), drafter]
  const listed = await json<{ items: Array<{ id: string }> }>(admin.get('/api/documents'))
  expect(listed.items.map(({ id }) => id)).toContain(file.id)
  const wrong: string[] = []
  let kept = 0
  for (const door of doors.filter(({ method, path }) => method === 'get' && path.startsWith('/api/documents/:id'))) {
    const path = (id: string) =>
      `${door.path.replace(':id', id).replace(':n', '1').replace(':sha256', 'a'.repeat(64)).replace(':format', 'docx')}?from=1&to=1&version=1`
    const [his, mine, none] = await Promise.all([
      admin.get(path(file.id)),
      own.get(path(file.id)),
      admin.get(path(nobody)),
    ])
    if (none.status !== 404) wrong.push(`${door.path} 没有的案卷 ${none.status}`)
    if (his.status === 403) {
      kept += 1
      if (!(await problemOf(his)).detail) wrong.push(`${door.path} 没有理由`)
    } else if (his.status !== mine.status) wrong.push(`${door.path} 管理员 ${his.status}，起草人 ${mine.status}`)
  }
  expect(wrong).toEqual([])
  expect(kept).toBeGreaterThan(10)
})

test('拒绝记录可以一页一页翻到底，不重不漏', async () => {
  const head = await signIn('head')
  for (let i = 0; i < 5; i += 1)
    await head.post(`/api/documents/${file.id}/commands`, {
      type: 'ApproveInitiation',
      commandId: randomUUID(),
      expectedVersion: file.version,
    })
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: { items: Array<{ id: string }>; nextCursor: string | null } = await json(
      head.get(
        `/api/documents/${file.id}/refusals?limit=3${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      ),
    )
    expect(page.items.length).toBeLessThanOrEqual(3)
    seen.push(...page.items.map((item) => item.id))
    cursor = page.nextCursor
  }
  const [all] = await sql`select count(*)::int as n from refusals where matter_id = ${file.id}`
  expect(seen).toHaveLength(all?.n)
  expect(new Set(seen).size).toBe(seen.length)
})

test('一人在一件案卷上一小时内的拒绝记录有上限，超过的答复 429，不再多记', async () => {
  const reviewer = await signIn('reviewer')
  const mode = office.mode
  Object.assign(office, { mode: 'serve' })
  try {
    const codes: number[] = []
    for (let i = 0; i < 64; i += 1) {
      const answer = await reviewer.post(`/api/documents/${file.id}/commands`, {
        type: 'ApproveInitiation',
        commandId: randomUUID(),
        expectedVersion: file.version,
      })
      codes.push(answer.status)
      if (answer.status === 429) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    expect(codes.filter((code) => code === 403)).toHaveLength(60)
    expect(codes.slice(60)).toEqual([429, 429, 429, 429])
    const [rows] = await sql`select count(*)::int as n from refusals where actor ->> 'person' = 'reviewer'`
    expect(rows?.n).toBe(60)
  } finally {
    Object.assign(office, { mode })
  }
})
