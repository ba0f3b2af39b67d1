// 同一数据库上的两间办公室（两个服务各有一间）：一间录入的放假通知、另立的规则包，另一间的下一次办理、下一次查阅即照新的。
import { AppError } from '@dianzhang/contract'
import { schema } from '@dianzhang/database'
import {
  createPackVersion,
  loadHolidayNotice,
  maintainHolidayNotice,
  type Office,
  personOfSession,
} from '@dianzhang/workflow'
import { afterAll, expect, it } from 'vitest'
import { quietOffice, testOffice } from '../support/office.ts'

const t = await testOffice('2026-03-02T09:00:00+08:00')
const { sql } = t.connection
const { db } = t.database.asApplication({ max: 4 })
const other = await quietOffice(db, t.clock)
afterAll(() => other.close())
const notice = (id: string, date: string) => ({
  id,
  jurisdiction: '640522',
  year: 2026,
  source: '县人民政府办公室通知',
  days: [{ date, kind: 'off' as const, name: '地方节日' }],
})
const off = (office: Office, date: string) => !office.rules.calendar('640522').isWorkday(date).workday
/** 起草人登录着：每次请求都从会话一行开始。 */
const token = 'a-session'
await t.connection.db.insert(schema.authSessions).values({
  id: token,
  token,
  userId: 'user-drafter',
  expiresAt: new Date(Date.now() + 3_600_000),
  createdAt: new Date(),
  updatedAt: new Date(),
})
const request = (office: Office) => personOfSession(office, token, '2026-03-02', new Date())

it('录入的放假通知：另一间办理命令时、有人查阅时、公众查日历时，都照新的；没有变动的不重读', async () => {
  // 办理命令：送达对方的第一条命令就照新的日历。
  const { id } = await t.propose('drafter')
  await t.send('secretariat', id, 'ApproveInitiation')
  await t.send('drafter', id, 'SaveDraft', { body: '第一条 为了规范管理，制定本办法。' })
  await t.send('drafter', id, 'ProvideArtefact', { kind: 'explanatory_note', body: '起草说明。' })
  await loadHolidayNotice(other, t.as('admin'), notice('节一', '2026-03-04'))
  expect([off(other, '2026-03-04'), off(t.office, '2026-03-04')]).toEqual([true, false])
  const opened = await t.send('drafter', id, 'OpenPublicConsultation', { channels: ['政府网站'] })
  expect(off(t.office, '2026-03-04')).toBe(true)
  // 七个工作日，中间多一日休息。
  expect(opened.closesOn).toBe('2026-03-12')

  // 同一份再交一次（上次没有重算完的由此接着算）：没有多一份，也没有多算一次；内容不同的不收。
  const count = () =>
    sql`select (select count(*) from holiday_notices)::int as notices, (select count(*) from ledger_events)::int as events`
  const again = () => loadHolidayNotice(t.office, t.as('admin'), notice('节一', '2026-03-04'))
  expect((await again()).recomputed).toBe(1)
  const before = await count()
  await again()
  expect(await count()).toEqual(before)
  await expect(loadHolidayNotice(t.office, t.as('admin'), notice('节一', '2026-03-05'))).rejects.toMatchObject({
    code: 'conflict',
  })

  // 查阅：会话一行带来版次。
  await loadHolidayNotice(other, t.as('admin'), notice('节二', '2026-03-05'))
  await request(t.office)
  expect(off(t.office, '2026-03-05')).toBe(true)
  const calendar = t.office.rules.calendar('640522')
  await request(t.office)
  expect(t.office.rules.calendar('640522')).toBe(calendar)

  // 公众查日历没有会话。命令行录入全国的，两间都知道。
  await maintainHolidayNotice(other, { ...notice('国', '2026-03-06'), jurisdiction: 'CN' })
  await t.office.rules.refresh()
  expect([off(other, '2026-03-06'), off(t.office, '2026-03-06')]).toEqual([true, true])
})

it('另立的规则包：另一间立项即适用；事务没有提交的不算；两间同时立同一版，后一间得知', async () => {
  const source = { document: '自治区行政规范性文件制定和备案办法', article: '第十五条' }
  const revise = (office: Office, value: number) =>
    createPackVersion(office, t.as('admin'), {
      base: '640522@2026-01-01.3',
      effectiveFrom: '2026-03-02',
      changes: [{ path: 'consultation.generalMinimum', value, source }],
    })
  const [first, second] = await Promise.allSettled([revise(other, 10), revise(t.office, 12)])
  const refused = [first, second].filter((r) => r.status === 'rejected')
  // 同时到的，一间成一间得知；错开了的，是两版。
  for (const each of refused) expect((each.reason as AppError).code).toBe('conflict')
  const made = [first, second].flatMap((r) => (r.status === 'fulfilled' ? [r.value.version] : []))
  expect((await t.propose('drafter')).packVersion).toBe(made.sort().at(-1))
  await revise(other, 11)
  expect((await t.propose('drafter')).packVersion).toBe(`640522@2026-03-02.${made.length + 1}`)
  // 回滚了的录入两间都不认。
  const before = t.office.rules.calendar('640522')
  await sql
    .begin(async (tx) => {
      await tx`insert into holiday_notices (jurisdiction_id, id, year, source, days, loaded_at)
        values ('640522', '没有提交', 2026, '通知', '[{"date":"2026-03-09","kind":"off","name":"节","source":"通知"}]', now())`
      await request(t.office)
      throw new AppError('conflict', '回滚')
    })
    .catch(() => {})
  await request(t.office)
  expect(t.office.rules.calendar('640522')).toBe(before)
})

it('没有规则包的版次（刚由旧版更新）：照样读得到，录入以后照样知道', async () => {
  await sql`delete from rules_version`
  await request(t.office)
  await loadHolidayNotice(other, t.as('admin'), notice('节三', '2026-03-10'))
  await request(t.office)
  expect(off(t.office, '2026-03-10')).toBe(true)
})
