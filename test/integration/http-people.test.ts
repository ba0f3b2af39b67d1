// 单位、人员、委托。
import type { Pack } from '@dianzhang/rules'
import { expect, test } from 'vitest'
import { httpOffice, json, problemOf, staff, unitRows } from '../support/http.ts'

const { signIn, office, ctx } = await httpOffice({
  accounts: [...staff, { username: 'deputy', unit: 'water', roles: ['drafter'] }],
})
const head = await signIn('head')
const deputy = await signIn('deputy')
const admin = await signIn('admin')
interface Row {
  id: string
  posts: unknown[]
  active: boolean
  revokedAt: string | null
}
interface Page {
  items: Row[]
  nextCursor: string | null
}
const posts = async (client: typeof head) => (await json<{ posts: unknown[] }>(client.get('/api/me'))).posts

test('单位树与制定主体清单', async () => {
  const units = await json<Array<{ id: string }>>(head.get('/api/units'))
  expect(units.map((unit) => unit.id)).toEqual(unitRows.map((unit) => unit.id))
  expect(units[3]).toMatchObject({ name: '示范县水务局', kind: 'department', parent: 'gov' })
  expect(await (await head.get('/api/issuers')).json()).toHaveLength(4)
})

test('管理员与文秘看全部人员，其他人只看本单位；翻页不重不漏', async () => {
  const all: string[] = []
  let cursor: string | null = null
  do {
    const page: Page = await json<Page>(admin.get(`/api/people?limit=2${cursor ? `&cursor=${cursor}` : ''}`))
    all.push(...page.items.map((item) => item.id))
    cursor = page.nextCursor
  } while (cursor)
  expect(all).toEqual(['admin', 'deputy', 'drafter', 'head', 'reviewer', 'secretary'])
  const own = await json<Page>(head.get('/api/people'))
  expect(own.items.map((item) => item.id)).toEqual(['deputy', 'drafter', 'head'])
  expect(own.items[2]?.posts).toEqual([{ role: 'unit_head', unit: 'water', startsOn: null, endsOn: null }])
})

test('负责人委托受托人，期限之内有效，期满自动失效', async () => {
  const given = await head.post('/api/delegations', {
    toPerson: 'deputy',
    role: 'unit_head',
    startsOn: '2026-03-03',
    endsOn: '2026-03-05',
    reason: '出差',
  })
  expect(given.status).toBe(201)
  expect(await posts(deputy)).toEqual([{ role: 'drafter', unit: 'water' }])
  await ctx.demoClock?.advance(new Date('2026-03-03T00:00:01+08:00'))
  expect(await posts(deputy)).toEqual([
    { role: 'drafter', unit: 'water' },
    { role: 'unit_head', unit: 'water', delegatedFrom: 'head' },
  ])
  await ctx.demoClock?.advance(new Date('2026-03-05T23:59:59+08:00'))
  expect(await posts(deputy)).toHaveLength(2)
  await ctx.demoClock?.advance(new Date('2026-03-06T00:00:01+08:00'))
  expect(await posts(deputy)).toHaveLength(1)
})

test('委托可以撤销：立即失效，撤销两次是同一结果，旁人不能撤销', async () => {
  const { id } = await json<{ id: string }>(
    head.post('/api/delegations', { toPerson: 'deputy', role: 'unit_head', endsOn: '2026-04-01', reason: '休假' }),
  )
  expect(await posts(deputy)).toHaveLength(2)
  expect((await problemOf(await deputy.delete(`/api/delegations/${id}`))).code).toBe('forbidden')
  const reviewer = await signIn('reviewer')
  expect((await problemOf(await reviewer.delete(`/api/delegations/${id}`))).code).toBe('not_found')
  const first = await json<Row>(head.delete(`/api/delegations/${id}`))
  expect(await posts(deputy)).toHaveLength(1)
  expect(await json<Row>(head.delete(`/api/delegations/${id}`))).toEqual(first)
  const list = await json<Page>(deputy.get('/api/delegations'))
  const row = list.items.find((item) => item.id === id)
  expect(row).toMatchObject({ from: { person: 'head' }, to: { person: 'deputy' }, active: false })
  expect(row?.revokedAt).toEqual(expect.any(String))
})

test('只能委托本人的任职，不得转委托，须有终止日，不得委托给自己或者不存在的人', async () => {
  const base = { toPerson: 'deputy', role: 'unit_head', endsOn: '2026-04-01', reason: '休假' }
  const refuse = async (client: typeof head, body: unknown) => problemOf(await client.post('/api/delegations', body))
  expect((await refuse(head, { ...base, role: 'leader' })).code).toBe('forbidden')
  expect((await refuse(head, { ...base, unit: 'justice' })).code).toBe('forbidden')
  expect((await refuse(head, { ...base, endsOn: undefined })).issues?.[0]?.path).toBe('endsOn')
  expect((await refuse(head, { ...base, endsOn: '2026-03-01' })).issues?.[0]?.path).toBe('endsOn')
  expect((await refuse(head, { ...base, startsOn: '2026-03-01' })).issues?.[0]?.path).toBe('startsOn')
  expect((await refuse(head, { ...base, toPerson: 'head' })).issues?.[0]?.path).toBe('toPerson')
  expect((await refuse(head, { ...base, toPerson: 'ghost' })).issues?.[0]?.path).toBe('toPerson')
  expect((await head.post('/api/delegations', base)).status).toBe(201)
  expect((await refuse(head, base)).code).toBe('conflict')
  const again = await refuse(deputy, { ...base, toPerson: 'drafter' })
  expect(again.code).toBe('forbidden')
  expect(again.detail).toContain('转委托')
})

test('同时提交两次同样的委托，只成立一次', async () => {
  const body = { toPerson: 'drafter', role: 'unit_head', endsOn: '2026-05-01', reason: '同时' }
  const answers = await Promise.all(Array.from({ length: 5 }, () => head.post('/api/delegations', body)))
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409, 409])
})

test('有角色要求的接口拒绝其他人并说明由谁办理', async () => {
  const problem = await problemOf(await head.get('/api/series'))
  expect(problem.status).toBe(403)
  expect(problem.detail).toContain('政府办公室文秘')
  expect((await admin.get('/api/series')).status).toBe(200)
  expect((await admin.get('/api/jobs')).status).toBe(200)
  expect((await admin.get('/api/ledger/verify')).status).toBe(200)
  expect(await (await (await signIn('secretary')).get('/api/filings')).json()).toEqual({ items: [], nextCursor: null })
})

test('规则包可以逐版查阅', async () => {
  const packs = await json<Array<{ version: string }>>(head.get('/api/packs'))
  const version = packs[0]?.version ?? ''
  expect(packs.length).toBeGreaterThan(0)
  const one = await json<Pack>(head.get(`/api/packs/${encodeURIComponent(version)}`))
  expect(one.version).toBe(version)
  expect(one.consultation.generalMinimum.source.length).toBeGreaterThan(0)
  expect((await head.get('/api/packs/999999@2000-01-01.1')).status).toBe(404)
  expect(office.rules.versions('640522').length).toBe(packs.length)
})
