// 一个数据库里的两个县：乙县的每一种人，在每一扇门前，看不到甲县的一个字，动不了甲县的一行。两县的单位、机构、系列代码相同。
import { randomUUID } from 'node:crypto'
import { commandTypes, noClassification, type Role, roles } from '@dianzhang/contract'
import { schema } from '@dianzhang/database'
import { createUser, ensureCurrentBodies } from '@dianzhang/workflow'
import { beforeAll, expect, test } from 'vitest'
import { type Client, hashed, httpOffice, json, jurisdiction, staff, unitRows } from '../support/http.ts'

const { signIn, app, database, office, log } = await httpOffice({
  accounts: [...staff, { username: 'leader', unit: 'gov', roles: ['leader'] }],
})
const { sql } = database.connect()
const other = '510811'
/** 甲县的东西都带着这两个字，乙县的答复里不得有。 */
const mark = '示范县'
const everyRole: Role[] = roles

let ids: Record<string, string> = {}
let clients: Array<[string, Client]> = []
beforeAll(async () => {
  // 甲县：在办案卷、号码、委托、放假安排、管理记录、机构，各有一些。
  const [drafter, secretary, admin, head] = await Promise.all(
    ['drafter', 'secretary', 'admin', 'head'].map((name) => signIn(name)),
  )
  const file = await json<{ id: string }>(
    drafter?.post('/api/documents', {
      type: 'ProposeDocument',
      commandId: randomUUID(),
      title: `${mark}供水管理办法`,
      jurisdiction,
      issuers: ['water'],
      tier: 'department',
      classification: { ...noClassification, affectsRights: true },
      necessity: `${mark}现行规定分散在多个通知中。`,
    }) as Promise<Response>,
  )
  await drafter?.post(`/api/documents/${file.id}/commands`, {
    type: 'SaveDraft',
    commandId: randomUUID(),
    expectedVersion: 1,
    body: `${mark}供水管理办法\n第一条　试。`,
  })
  await head?.post('/api/delegations', {
    to: 'leader',
    unit: 'water',
    role: 'unit_head',
    startsOn: '2026-03-02',
    endsOn: '2026-03-20',
    reason: `${mark}出差`,
  })
  await admin?.post('/api/calendar/notices', {
    jurisdiction,
    year: 2027,
    source: `${mark}通知`,
    days: [{ date: '2027-02-05', kind: 'off', name: '试' }],
  })
  await admin?.post('/api/bodies', {
    unit: 'water',
    kind: 'meeting',
    name: `${mark}水务局局务会`,
    form: '局务会议',
    reason: `${mark}添`,
  })
  await secretary?.post('/api/series/reservations', { series: 'x', year: 2026, from: 1, to: 3, reason: `${mark}留` })
  const [body] = await sql`select id from bodies where jurisdiction_id = ${jurisdiction} limit 1`
  const [delegation] = await sql`select id from delegations where jurisdiction_id = ${jurisdiction} limit 1`
  ids = { file: file.id, body: body?.id ?? 'none', delegation: delegation?.id ?? 'none' }

  await office.db.insert(schema.units).values(
    unitRows.map((unit, sort) => ({
      ...unit,
      name: unit.name.replace('示范县', '乙区'),
      jurisdictionId: other,
      sort,
    })),
  )
  await ensureCurrentBodies(office, office.db, other)
  for (const role of everyRole)
    await createUser(office.db, {
      jurisdiction: other,
      username: `b_${role}`,
      name: `乙区的${role}`,
      unit: 'water',
      posts: [{ role }],
      passwordHash: await hashed(),
      mustChangePassword: false,
      person: role === 'drafter' ? 'drafter' : `b-${role}`,
      at: new Date(),
    })
  clients = await Promise.all(
    everyRole.map(async (role): Promise<[string, Client]> => [role, await signIn(`b_${role}`)]),
  )
})

/** 甲县与全国的每一张表现在的样子；账号表不分县，乙县添自己的账号在全国的办公台账里记一笔，故那一段不算。 */
async function fingerprint(): Promise<Record<string, string>> {
  const tables = await sql<Array<{ name: string }>>`
    select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'jurisdiction_id' order by 1`
  const out: Record<string, string> = {}
  for (const { name } of tables) {
    const [row] = await sql`
      select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as print
      from ${sql(name)} t where jurisdiction_id = ${jurisdiction} or (jurisdiction_id = 'CN' and ${name} <> 'office_ledger')`
    out[name] = row?.print
  }
  return out
}

test('甲县确有数据：案卷、台账、号码以外的各表不是空的', async () => {
  const now = await fingerprint()
  for (const table of ['documents', 'ledger_events', 'units', 'people', 'bodies', 'texts'])
    expect(now[table], table).not.toMatch(/^0 /)
})

test('乙县各种角色走遍每一条接口，参数全用甲县的标识', async () => {
  const before = await fingerprint()
  const doors = app.operations.list.filter((each) => each.access === 'person')
  expect(doors.length).toBeGreaterThan(50)
  const unit = { id: 'water', name: '改成乙的', kind: 'department', parentId: 'gov', eligible: true, sort: 1 }
  const bodies: object[] = [
    {},
    {
      ...unit,
      jurisdiction,
      reason: '乙来改',
      commandId: randomUUID(),
      expectedVersion: 2,
      active: false,
      before: { ...unit, name: '示范县水务局' },
      unit: 'water',
      person: 'head',
      username: 'newcomer',
      posts: [{ role: 'admin', unit: 'gov' }],
      roles: ['admin'],
      to: 'leader',
      role: 'unit_head',
      startsOn: '2026-03-02',
      endsOn: '2026-03-20',
      year: 2027,
      source: '乙的通知',
      days: [],
      series: 'x',
      from: 1,
      count: 3,
      pack: {},
      type: 'SaveDraft',
      body: '第一条　改成乙的。',
      form: '局务会议',
      kind: 'meeting',
    },
  ]
  for (const [role, client] of clients) {
    for (const door of doors) {
      // 登出、改自己的口令不关别县的事，做了别的就走不下去。
      if (/auth\/(sign-out|change-password|sign-in)|demo\/clock|\/api\/events$/.test(door.path)) continue
      const id = door.path.startsWith('/api/documents')
        ? ids.file
        : door.path.startsWith('/api/bodies')
          ? ids.body
          : door.path.startsWith('/api/delegations')
            ? ids.delegation
            : door.path.startsWith('/api/people')
              ? 'head'
              : 'water'
      const path = door.path
        .replace(':id', id ?? '')
        .replace(':n', '1')
        .replace(':sha256', 'a'.repeat(64))
        .replace(':format', 'txt')
        .replace(':series', 'x')
        .replace(':year', '2026')
        .replace(':version', `${jurisdiction}@1`)
      for (const body of door.method === 'get' || door.method === 'delete' ? [null] : bodies) {
        const query = `?jurisdiction=${jurisdiction}&from=1&to=1&version=1&document=${ids.file}&unit=water&person=head&q=${encodeURIComponent(mark)}`
        for (const asked of door.method === 'get' ? ['', query] : ['']) {
          const answer = await app.request(path + asked, {
            method: door.method.toUpperCase(),
            headers: {
              cookie: client.cookie,
              'if-match': '"0"',
              ...(body === null ? {} : { 'content-type': door.upload?.mediaType ?? 'application/json' }),
            },
            ...(body === null ? {} : { body: JSON.stringify(body) }),
          })
          const said = await answer.text()
          const where = `${role} ${door.method} ${path}${asked}`
          // 记下的有几万行：出了错才去找。
          const fault = answer.status < 500 ? null : log.lines.findLast((line) => line.level === 'error')
          expect(answer.status, where + JSON.stringify(fault ?? null).slice(0, 900)).toBeLessThan(500)
          // 规则包里的示例、全国的名目不是甲县的数据。
          if (!/\/api\/(packs|lifecycle|openapi)/.test(path))
            // 问的话照样回述的不算。
            expect(
              said.replace(`"q":"${mark}"`, '').includes(mark) && !said.includes(`q=${mark}`),
              `${where}\n${said.slice(0, 400)}`,
            ).toBe(false)
          if (door.path.startsWith('/api/documents/:id')) expect(answer.status, where).toBe(404)
        }
      }
    }
    for (const type of commandTypes) {
      const answer = await client.post(`/api/documents/${ids.file}/commands`, {
        type,
        commandId: randomUUID(),
        expectedVersion: 2,
        reason: '乙',
        date: '2026-03-02',
      })
      expect(answer.status, `${role} ${type}`).toBe(404)
    }
    expect((await client.get(`/api/events?document=${ids.file}`)).status).toBe(404)
  }
  expect(await fingerprint()).toEqual(before)
})
