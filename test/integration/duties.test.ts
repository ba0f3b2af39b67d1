// 不应有的事：看板与 /metrics 上都应当是零；出了，数得到、点得开；办了，回到零。部门的负责人只看到本单位。
import { randomUUID } from 'node:crypto'
import { answers } from '@dianzhang/contract'
import { expect, it } from 'vitest'
import { dutyCounts, runDueJobs } from '../../packages/workflow/src/index.ts'
import { county } from '../model/county.ts'

const c = await county({ now: '2026-01-05T09:00:00+08:00' })
const board = async (username: string) =>
  answers.Dashboard.parse(await c.get<Record<string, unknown>>(username, '/api/dashboard'))
const open = async (username = 'secretariat') =>
  Object.fromEntries((await board(username)).duties.map((x) => [x.id, x.value]))
const counted = () => dutyCounts(c.office.db, c.clock.now().toISOString().slice(0, 10))
const none = { filing: 0, unpublished: 0, evaluation: 0, feedback: 0, suggestion: 0, report: 0 }

it('开始时都是零', async () => {
  expect(await open()).toEqual(none)
  expect(await counted()).toEqual(none)
})
it('年度报送逾期的，数得到；记载以后回到零', async () => {
  const opened = await c.post('secretariat', '/api/matters', {
    process: 'annual-report',
    commandId: randomUUID(),
    year: 2026,
  })
  const { id } = (await opened.json()) as { id: string }
  c.go('2026-06-03')
  expect((await open()).report).toBe(1)
  expect((await counted()).report).toBe(1)
  const found = (await board('secretariat')).duties.find((x) => x.id === 'report')
  expect(found?.items[0]).toMatchObject({ id, dueOn: '2026-05-31' })
  const [row] = await c.sql`select version from matters where id = ${id}`
  const done = await c.post('secretariat', `/api/matters/${id}/commands`, {
    type: 'RecordDuty',
    commandId: randomUUID(),
    expectedVersion: Number(row?.version),
    duty: 'quarter_1',
    to: '县政府网站',
    on: '2026-06-03',
  })
  expect(done.status).toBe(200)
  expect(await open()).toEqual(none)
})
it.each([
  ['filing', 'filing'],
  ['evaluation', 'evaluation'],
  ['feedback', 'feedback'],
])('%s 的期限过了而没有办的，数得到，只有该单位的负责人与全县的人看到', async (duty, kind) => {
  const file = await c.propose('drafter')
  await c.sql`insert into deadlines (jurisdiction_id, matter_id, key, kind, label, starts_on, due_on, due_at, status, provisional)
    values ('640522', ${file.id}, ${`${kind}:government`}, ${kind}, '应办的', '2026-05-01', '2026-05-16', '2026-05-16T16:00:00Z', 'open', false)`
  expect((await open())[duty]).toBe(1)
  expect((await open('head'))[duty]).toBe(1)
  expect((await open('head.housing'))[duty]).toBe(0)
  await c.sql`update deadlines set status = 'met', met_on = '2026-06-03' where matter_id = ${file.id}`
  expect(await open()).toEqual(none)
})
it('看板的每一个数都打得开', async () => {
  for (const x of (await board('secretariat')).items) {
    const { total } = await c.get<{ total: number }>(null, x.list)
    expect(total, x.id).toBe(x.numerator ?? x.value)
  }
})
it('没有人开始编写的，到了规则包所定之日由系统开启一份：期限照走，逾期数得到，告知政府办公室；只开启一次', async () => {
  const reports = async () =>
    (
      await c.sql`select id, title, unit, opened_by from matters where process = 'annual-report' order by created_at`
    ).map((row) => row as unknown as { id: string; title: string; unit: string; opened_by: string | null })
  const before = await reports()
  c.go('2027-03-31')
  await runDueJobs(c.office)
  expect(await reports()).toEqual(before)
  c.go('2027-04-01')
  await runDueJobs(c.office)
  await runDueJobs(c.office)
  const [own, ...more] = (await reports()).filter(({ id }) => before.every((x) => x.id !== id))
  expect(more).toEqual([])
  expect(own).toMatchObject({ title: expect.stringContaining('2027年度'), unit: 'hy-office' })
  const due =
    await c.sql`select key, due_on::text as due from deadlines where matter_id = ${own?.id ?? ''} order by due_on, key`
  expect(due.map((row) => `${row.key} ${row.due}`)).toEqual([
    'quarter_1 2027-05-31',
    'quarter_2 2027-08-31',
    'quarter_3 2027-11-30',
    'filing_list 2028-01-31',
    'three_numbers 2028-01-31',
    'quarter_4 2028-02-29',
    'report 2028-03-01',
    'public 2028-03-31',
  ])
  c.go('2027-06-03')
  const found = (await board('secretariat')).duties.find((x) => x.id === 'report')
  expect(found?.items.map(({ id, dueOn }) => `${id} ${dueOn}`)).toContain(`${own?.id} 2027-05-31`)
  // 系统开启的，人照常接着办。
  const [row] = await c.sql`select version from matters where id = ${own?.id ?? ''}`
  const done = await c.post('secretariat', `/api/matters/${own?.id}/commands`, {
    type: 'RecordDuty',
    commandId: randomUUID(),
    expectedVersion: Number(row?.version),
    duty: 'quarter_1',
    to: '县政府网站',
    on: '2027-06-03',
  })
  expect(done.status).toBe(200)
  const twice = await c.post('secretariat', '/api/matters', {
    process: 'annual-report',
    commandId: randomUUID(),
    year: 2027,
  })
  expect(twice.status).toBe(422)
})
