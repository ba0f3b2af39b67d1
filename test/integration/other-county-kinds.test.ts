// 演示县每一种事项、每一张名单都有数据；同一数据库里另一县的人，在每一扇门前看不到它的一个字，动不了它的一行。
import { randomUUID } from 'node:crypto'
import { commandTypes, processContracts, type Role } from '@dianzhang/contract'
import { schema } from '@dianzhang/database'
import type { Running } from '@dianzhang/server'
import { createUser } from '@dianzhang/workflow'
import type postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoDatabase, startDemo } from '../support/demo-county.ts'
import { hashed, password, unitRows } from '../support/http.ts'

const other = '510811'
/** 权限各不相同、看得最多的几种人；每一种角色走一遍的在 other-county.test.ts。 */
const roles: readonly Role[] = [
  'admin',
  'secretariat',
  'leader',
  'registrar',
  'legality_reviewer',
  'filing_reviewer',
  'inspector',
]
/** 演示县的名字：它的单位、标题、正文里都有，另一县的答复里不得有。 */
const mark = '海原'
let running: Running
let sql: postgres.Sql
const cookies = new Map<string, string>()
/** 各种事项各一件：种类、标识。办公台账不在其中：各县的一件标识相同，问到的是自己的。 */
let matters: Array<{ process: string; id: string }> = []

const ask = async (role: string, method: string, path: string, body?: unknown, type = 'application/json') => {
  const answer = await fetch(running.url + path, {
    method: method.toUpperCase(),
    headers: {
      cookie: cookies.get(role) ?? '',
      'if-match': '"0"',
      ...(body === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(120_000),
  })
  return { status: answer.status, said: await answer.text() }
}

beforeAll(async () => {
  const database = await demoDatabase()
  const connection = database.connect()
  sql = connection.sql
  await connection.db.insert(schema.units).values(
    unitRows.map((unit, sort) => ({
      ...unit,
      name: unit.name.replace('示范县', '乙区'),
      jurisdictionId: other,
      sort,
    })),
  )
  for (const role of roles)
    await createUser(connection.db, {
      jurisdiction: other,
      username: `b_${role}`,
      name: `乙区的${role}`,
      unit: 'water',
      posts: [{ role }],
      passwordHash: await hashed(),
      mustChangePassword: false,
      person: `b-${role}`,
      at: new Date('2026-11-18T01:00:00Z'),
    })
  running = await startDemo(database.appUrl, database.url)
  for (const role of roles) {
    const answer = await fetch(`${running.url}/api/auth/sign-in/username`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: `b_${role}`, password }),
    })
    expect(answer.status, role).toBe(200)
    cookies.set(
      role,
      answer.headers
        .getSetCookie()
        .map((each) => each.split(';')[0])
        .join('; '),
    )
  }
  matters =
    await sql`select distinct on (process) process, id from matters where jurisdiction_id <> ${other} and process <> 'office' order by process, created_at`
}, 600_000)
afterAll(() => running?.stop())

/** 演示县的每一张表现在的样子；检索、通知、封存、期限由演示县自己的工作者照常写，不算。 */
async function fingerprint(): Promise<Record<string, string>> {
  const tables = await sql<Array<{ name: string }>>`
    select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'jurisdiction_id' order by 1`
  const out: Record<string, string> = {}
  for (const { name } of tables) {
    if (/^(?:search_|matter_search|notice|ledger_seals|deadlines)/.test(name)) continue
    const [row] = await sql`
      select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as print
      from ${sql(name)} t where jurisdiction_id not in (${other}, 'CN')`
    out[name] = row?.print
  }
  return out
}

test('演示县里每一种事项至少有一件', () =>
  expect(matters.map(({ process }) => process)).toEqual(
    expect.arrayContaining(Object.keys(processContracts).filter((process) => process !== 'office')),
  ))

test('另一县的每一种人，每一扇门：带标识的 404，名单里没有演示县的一个字，什么也没有动', {
  timeout: 600_000,
}, async () => {
  const before = await fingerprint()
  const { said } = await ask(roles[0] ?? '', 'get', '/api/openapi.json')
  const paths = Object.entries(
    (JSON.parse(said) as { paths: Record<string, Record<string, { requestBody?: { content?: object } }>> }).paths,
  ).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody }]) => ({
      path,
      method,
      type: Object.keys(requestBody?.content ?? {})[0],
    })),
  )
  const byId = paths.filter(({ path }) => /^\/api\/(?:matters|documents)\/\{id\}/.test(path))
  expect(byId.length).toBeGreaterThan(40)
  let turn = 0
  for (const { process, id } of matters) {
    for (const { path, method, type } of byId) {
      if (path.startsWith('/api/documents') && process !== 'normative-document') continue
      const role = roles[turn++ % roles.length] ?? ''
      const door = path
        .replace('{id}', id)
        .replace('{sha256}', 'a'.repeat(64))
        .replace('{format}', 'docx')
        .replace(/\{[a-z]+\}/g, '1')
      const { status, said } = await ask(
        role,
        method,
        `${door}?from=1&to=1&version=1`,
        method === 'get' || method === 'delete' ? undefined : { commandId: randomUUID(), type: 'SaveDraft' },
        type,
      )
      expect(said.includes(mark), `${role} ${method} ${door}`).toBe(false)
      expect(status, `${role} ${method} ${door} ${said.slice(0, 300)}`).toBe(404)
    }
    const types = [...new Set([...Object.keys(processContracts[process]?.commands ?? {}), ...commandTypes.slice(0, 3)])]
    for (const type of types) {
      const role = roles[turn++ % roles.length] ?? ''
      const { status } = await ask(role, 'post', `/api/matters/${id}/commands`, {
        type,
        commandId: randomUUID(),
        expectedVersion: 1,
      })
      expect(status, `${role} ${process} ${type}`).toBe(404)
    }
    expect((await ask(roles[turn % roles.length] ?? '', 'get', `/api/events?document=${id}`)).status).toBe(404)
  }
  // 名单、统计、检索、导出：每一种人问一遍，问的时候指名演示县。
  const lists = paths.filter(
    ({ path, method }) =>
      method === 'get' &&
      path.startsWith('/api/') &&
      !path.includes('{') &&
      !/packs|lifecycle|openapi|events$|jurisdictions|demo/.test(path),
  )
  expect(lists.length).toBeGreaterThan(15)
  for (const role of roles)
    for (const { path } of lists)
      for (const query of ['', `?jurisdiction=640522&q=${encodeURIComponent('管理')}&limit=100`]) {
        const { status, said } = await ask(role, 'get', path + query)
        expect(status, `${role} ${path}${query} ${said.slice(0, 200)}`).toBeLessThan(500)
        const at = said.indexOf(mark)
        expect(at < 0 ? '' : said.slice(Math.max(0, at - 120), at + 80), `${role} ${path}${query}`).toBe('')
      }
  expect(await fingerprint()).toEqual(before)
})
