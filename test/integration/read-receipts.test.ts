// 读没读过，只有依法须送达的才是凭据：看过案卷、读过消息，别人从哪里也看不出，台账里没有；材料送达由人登记，记在台账里。
import { randomUUID } from 'node:crypto'
import { noClassification, processContracts } from '@dianzhang/contract'
import { expect, test } from 'vitest'
import { httpOffice, json, staff } from '../support/http.ts'

const { signIn, app, database } = await httpOffice({ accounts: staff })
const { sql } = database.connect()

test('文秘打开案卷、读了消息：起草人、审核人、管理员从每一扇门看到的一字不变，台账、公开日志、办公台账不多一行', async () => {
  const [drafter, secretary, reviewer, admin] = [
    await signIn('drafter'),
    await signIn('secretary'),
    await signIn('reviewer'),
    await signIn('admin'),
  ]
  const file = await json<{ id: string }>(
    drafter.post('/api/documents', {
      type: 'ProposeDocument',
      commandId: randomUUID(),
      title: '示范县供水管理办法',
      jurisdiction: '640522',
      issuers: ['water'],
      tier: 'department',
      classification: { ...noClassification, affectsRights: true },
      necessity: '现行规定分散在多个通知中。',
    }),
  )
  const doors = app.operations.list.flatMap(({ method, path }) =>
    method === 'get' &&
    (/^\/api\/(documents|matters)\/:id\/?[^:.]*$/.test(path) ||
      /^\/api\/(documents|matters|messages|office-acts|outward\/deliveries)$/.test(path))
      ? [path.replace(':id', file.id)]
      : [],
  )
  expect(doors.length).toBeGreaterThan(20)
  const others = { drafter, reviewer, admin }
  const shown = async () => {
    const said: Record<string, string> = {}
    for (const [name, client] of Object.entries(others))
      for (const door of doors) {
        const answer = await client.get(door)
        // 请求编号每次不同。
        const text = (await answer.text()).replaceAll(/"requestId":"[^"]*"/g, '')
        said[`${name} ${door}`] =
          `${answer.status} ${/json/.test(answer.headers.get('content-type') ?? '') ? text : ''}`
      }
    return said
  }
  const evidence = async () => {
    const [row] = await sql`select
      (select count(*) from ledger_events)::int as ledger, (select count(*) from command_log)::int as commands,
      (select count(*) from office_acts)::int as office, (select count(*) from refusals)::int as refusals,
      (select count(*) from sends)::int as sends, (select count(*) from notices)::int as notices,
      (select md5(string_agg(to_jsonb(m)::text, '' order by m.id)) from matters m) as matters`
    return row
  }
  const own = async () => (await json<{ unread: number }>(secretary.get('/api/messages'))).unread
  // 先各看一遍：自己看过了没有，只在自己那里有变化。
  await shown()
  const [before, kept] = [await shown(), await evidence()]
  expect(await own()).toBe(1)
  expect((await secretary.get(`/api/documents/${file.id}`)).status).toBe(200)
  expect((await secretary.post(`/api/matters/${file.id}/marks`, { seen: true })).status).toBeLessThan(300)
  expect((await secretary.post('/api/messages/read', {})).status).toBeLessThan(300)
  // 本人那里确实是读过了。
  expect(await own()).toBe(0)
  const [read] =
    await sql`select count(*)::int as n from notice_reads where person in (select id from people where name is not null)`
  expect(read?.n).toBeGreaterThan(0)
  expect(await evidence()).toEqual(kept)
  expect(await shown()).toEqual(before)
})

test('台账里没有“读过”这一种事；送达是有的，由经办人以命令登记，写明日期', () => {
  const labels = Object.values(processContracts).flatMap(({ records }) =>
    Object.values(records as Record<string, string>),
  )
  expect(labels.length).toBeGreaterThan(100)
  expect(labels.filter((label) => /已读|读过|看过|已阅/.test(label))).toEqual([])
  expect(labels.filter((label) => /送达/.test(label))).toEqual(['材料已送达'])
  expect(processContracts.hearing?.commands.SendMaterials?.schema.safeParse({}).success).toBe(false)
})
