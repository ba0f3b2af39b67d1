// 单位、人员、委托。
import type { Pack } from '@dianzhang/packs'
import { expect, test } from 'vitest'
import { httpOffice, json, problemOf, staff, unitRows } from '../support/http.ts'

const { signIn, office, ctx, database } = await httpOffice({
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
  expect((await json<{ items: unknown[] }>(head.get('/api/issuers'))).items).toHaveLength(4)
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
  // 几个词，每个都要有，在姓名、用户名、单位的哪一处都行。
  const found = async (q: string) =>
    (await json<Page>(admin.get(`/api/people?q=${encodeURIComponent(q)}`))).items.map((item) => item.id)
  expect([await found('水务 draft'), await found('  水务局  '), await found('水务 review')]).toEqual([
    ['drafter'],
    ['deputy', 'drafter', 'head'],
    [],
  ])
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

test('可以受托的人：本法域其他在职人员，本单位在前，没有系统管理员；按姓名或者单位检索', async () => {
  const candidates = async (client: typeof head, query = '') =>
    (await json<Page>(client.get(`/api/delegates${query}`))).items.map((item) => item.id)
  expect(await candidates(head)).toEqual(['deputy', 'drafter', 'secretary', 'reviewer'])
  expect(await candidates(await signIn('reviewer'), `?q=${encodeURIComponent('水务')}`)).toEqual([
    'deputy',
    'drafter',
    'head',
  ])
  expect(await candidates(head, '?q=secre')).toEqual(['secretary'])
  const base = { toPerson: 'admin', role: 'unit_head', endsOn: '2026-04-01', reason: '休假' }
  expect((await problemOf(await head.post('/api/delegations', base))).issues?.[0]?.path).toBe('toPerson')
  const away = { ...base, toPerson: 'secretary', role: 'admin', unit: 'office' }
  expect((await problemOf(await admin.post('/api/delegations', away))).issues?.[0]?.path).toBe('role')
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

test('系统管理员添人、变更任职、重置口令、停用与恢复；本人的账号与他人都不能办；每一项都有记录', async () => {
  const base = { name: '新经办人', username: 'Newcomer', unit: 'water', reason: '任〔2026〕1号' }
  const drafting = { role: 'drafter', unit: 'water' }
  const add = (body: unknown, client = admin) => client.post('/api/people', body)
  expect((await problemOf(await add({ ...base, posts: [drafting] }, head))).code).toBe('forbidden')
  const mixed = await problemOf(await add({ ...base, posts: [drafting, { role: 'admin', unit: 'office' }] }))
  expect(mixed.issues).toEqual([{ path: 'posts.1.role', message: '系统管理员不办理案卷，不得兼有其他任职' }])
  expect((await problemOf(await add({ ...base, unit: 'nowhere', posts: [drafting] }))).issues?.[0]?.path).toBe('unit')
  expect((await problemOf(await add({ ...base, posts: [drafting], reason: ' ' }))).issues?.[0]?.path).toBe('reason')
  const added = await json<{ person: string; password: string }>(add({ ...base, posts: [drafting] }))
  expect(await problemOf(await add({ ...base, posts: [drafting] }))).toMatchObject({
    code: 'conflict',
    issues: [{ path: 'username', message: '已被使用，请换一个' }],
  })
  const one = `/api/people/${added.person}`
  const why = { reason: '测试' }

  const newcomer = await signIn('newcomer', added.password)
  expect(await posts(newcomer)).toEqual([drafting])
  const contact = { role: 'department_contact', unit: 'water', endsOn: '2026-12-31' }
  const seen = [drafting]
  expect((await admin.post(`${one}/posts`, { ...why, posts: [contact], seen })).status).toBe(200)
  // 另一名管理员的表单还停在变更之前：不覆盖。
  const late = await problemOf(await admin.post(`${one}/posts`, { ...why, posts: [drafting], seen }))
  expect(late).toMatchObject({ status: 412, code: 'stale_version' })
  expect(await posts(newcomer)).toEqual([{ role: 'department_contact', unit: 'water' }])
  const reset = await json<{ password: string }>(admin.post(`${one}/password`, why))
  expect((await newcomer.get('/api/me')).status).toBe(401)
  const again = await signIn('newcomer', reset.password)
  expect((await admin.post(`${one}/disable`, why)).status).toBe(200)
  expect((await again.get('/api/me')).status).toBe(401)
  expect((await admin.post(`${one}/enable`, why)).status).toBe(200)
  expect((await (await signIn('newcomer', reset.password)).get('/api/me')).status).toBe(200)

  for (const act of ['posts', 'disable', 'password'])
    expect(
      (await problemOf(await admin.post(`/api/people/admin/${act}`, { ...why, posts: [contact], seen: [] }))).detail,
    ).toContain('另一名系统管理员')
  expect((await problemOf(await admin.post('/api/people/ghost/disable', why))).code).toBe('not_found')

  const acts = await json<{ items: Array<{ kind: string; subject: string; reason: string; detail: unknown }> }>(
    admin.get('/api/office-acts'),
  )
  expect(acts.items.map((act) => act.kind).toSorted()).toEqual(
    ['person_added', 'person_disabled', 'person_enabled', 'password_reset', 'posts_changed'].toSorted(),
  )
  expect(acts.items.every((act) => act.subject === added.person)).toBe(true)
  // 记录里没有口令，也改不动。
  expect(JSON.stringify(acts)).not.toContain(reset.password)
  await expect(database.connect().sql`update office_acts set reason = '改'`).rejects.toThrow(/只能新增/)
  expect((await problemOf(await head.get('/api/office-acts'))).code).toBe('forbidden')
})

test('单位只添不删：代码不重复、不改，上级不成环，列入清单须有公布日期', async () => {
  const unit = { id: 'forest', name: '示范县林草局', kind: 'department', parent: 'gov', reason: '机构改革方案' }
  const issueOf = async (answer: Response) => (await problemOf(answer)).issues?.[0]?.path
  expect((await problemOf(await head.post('/api/units', unit))).code).toBe('forbidden')
  expect(await issueOf(await admin.post('/api/units', { ...unit, eligible: true }))).toBe('eligibleSince')
  expect(await issueOf(await admin.post('/api/units', { ...unit, name: '示范县水务局' }))).toBe('name')
  expect((await admin.post('/api/units', unit)).status).toBe(201)
  const gov = (await json<Array<{ id: string }>>(admin.get('/api/units'))).find((each) => each.id === 'gov')
  expect((await problemOf(await admin.post('/api/units', unit))).code).toBe('conflict')
  expect(
    await issueOf(
      await admin.post('/api/units/gov', { ...unit, id: 'gov', name: '县政府', parent: 'forest', seen: gov }),
    ),
  ).toBe('parent')
  expect(await issueOf(await admin.post('/api/units/forest', { ...unit, id: 'other', seen: unit }))).toBe('id')
  const listed = { ...unit, eligible: true, eligibleSince: '2026-03-01' }
  expect((await admin.post('/api/units/forest', { ...listed, seen: unit })).status).toBe(200)
  expect((await problemOf(await admin.post('/api/units/forest', { ...listed, seen: unit }))).code).toBe('stale_version')
  const issuers = await json<{ items: Array<{ id: string; eligibleSince: string | null }> }>(head.get('/api/issuers'))
  expect(issuers.items.find((each) => each.id === 'forest')?.eligibleSince).toBe('2026-03-01')
})

test('一年的放假与调休列得出来；安排没有公布的年份注明暂定', async () => {
  const yearOf = (year: number) =>
    json<{ announced: boolean; workdays: number; assumption: string | null; days: Array<Record<string, unknown>> }>(
      head.get(`/api/calendar/years/${year}`),
    )
  const known = await yearOf(2026)
  expect(known.announced).toBe(true)
  expect(known.days.find((day) => day.date === '2026-10-01')).toMatchObject({ name: '国庆节', workday: false })
  expect(known.days.find((day) => day.date === '2026-10-10')).toMatchObject({ kind: 'makeup_workday', workday: true })
  const unknown = await yearOf(2027)
  // 法定节日照扣（七日落在周一至周五），只有调休待通知公布。
  expect([unknown.announced, unknown.days.length, unknown.workdays]).toEqual([false, 13, 261 - 7])
  expect(unknown.days.every((day) => day.kind === 'holiday' && day.workday === false)).toBe(true)
  expect(unknown.days[0]).toMatchObject({ date: '2027-01-01', reason: '元旦放假（法定节日）' })
  expect(unknown.assumption).toContain('2027年放假安排尚未公布')
  expect((await head.get('/api/calendar/years/2003')).status).toBe(404)
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

test('最近登录：登录时记下，别的请求不写；只告诉系统管理员，可以筛出从未登录、超过九十天未登录的在用账号，导出同此', async () => {
  interface Signed extends Row {
    lastSignIn?: { at: string; exact: boolean } | null
  }
  const list = async (query = '', client = admin) =>
    (await json<{ items: Signed[] }>(client.get(`/api/people?limit=100${query}`))).items
  const ids = async (query: string) => (await list(query)).map((each) => each.id)
  const { sql } = database.connect()
  const user = (await sql`select id from auth_users where username = 'reviewer'`)[0]?.id as string
  await sql`delete from auth_sign_ins where user_id in (select id from auth_users where username in ('secretary', 'reviewer'))`
  await sql`update auth_sign_ins set at = ${ctx.office.clock.now()}, exact = true`
  await sql`insert into auth_sign_ins (user_id, at, exact) values (${user}, ${ctx.office.clock.now()}, false)`

  const before = ctx.office.clock.now()
  await ctx.demoClock?.advance(new Date(before.getTime() + 91 * 86_400_000))
  const again = await signIn('head')
  const version = async () => (await sql`select sum(n)::int as n from auth_version`)[0]?.n
  const counted = await version()
  await signIn('head')
  expect(await version(), '登录不使别的会话重读人员').toBe(counted)
  const of = (rows: Signed[], id: string) => rows.find((each) => each.id === id)?.lastSignIn
  const all = await list('', await signIn('admin'))
  const noted = of(all, 'head')
  expect(Date.parse(noted?.at ?? '')).toBeGreaterThanOrEqual(before.getTime() + 91 * 86_400_000)
  expect(of(all, 'secretary')).toBeNull()
  expect(of(all, 'reviewer')).toMatchObject({ exact: false })
  await ctx.demoClock?.advance(new Date(ctx.office.clock.now().getTime() + 3_600_000))
  await again.get('/api/me')
  expect(of(await list(), 'head'), '只是看页面不算登录').toEqual(noted)

  expect(await ids('&signIn=never')).toContain('secretary')
  expect(await ids('&signIn=never')).not.toContain('reviewer')
  expect(await ids('&signIn=dormant')).toEqual(expect.arrayContaining(['deputy', 'reviewer']))
  for (const id of ['head', 'admin', 'secretary']) expect(await ids('&signIn=dormant')).not.toContain(id)
  await sql`update people set active = false where id = 'deputy'`
  expect(await ids('&signIn=dormant'), '已停用的不再提').not.toContain('deputy')
  await sql`update people set active = true where id = 'deputy'`

  expect((await list('', again)).every((each) => !('lastSignIn' in each))).toBe(true)
  const refused = await again.get('/api/people?signIn=never')
  expect([refused.status, await problemOf(refused)]).toMatchObject([403, { code: 'forbidden' }])
  const table = await (await admin.get('/api/people.csv?signIn=never')).text()
  expect(table).toContain('最近登录')
  expect(table).toMatch(/secretary.*从未登录/)
  const own = await (await again.get('/api/people.csv')).text()
  expect(own).not.toContain('从未登录')
})
