// 办公事务经唯一的写入口：同一命令再交一次得到同一结果；拒绝留有记录；历史可读；连成一链，核验得过。
import { randomUUID } from 'node:crypto'
import { forceOf } from '@dianzhang/acts'
import { registeredActs } from '@dianzhang/register'
import {
  addPerson,
  changePosts,
  createPackVersion,
  getActions,
  getHistory,
  getRefusals,
  listMatters,
  type Person,
  releaseReservation,
  reserveNumber,
  resetPassword,
  runDueJobs,
  runOnMatter,
  saveUnits,
  setPersonActive,
} from '@dianzhang/workflow'
import { beforeAll, expect, it } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import { type TestOffice, testOffice } from '../support/office.ts'

let t: TestOffice
const request = { issuer: 'hy-gov', purpose: '常务会议拟通过的办法', expiresOn: '2026-06-30' }
const person = (username: string) => t.as(username) as Person
const idOf = (username: string) => person(username).person
beforeAll(async () => {
  t = await testOffice()
})

it('预留号重复提交得到同一个号，同时到达的也只占一个；不同的命令各得其号', async () => {
  const commandId = randomUUID()
  const [a, b, c] = await Promise.all([
    reserveNumber(t.office, t.as('secretariat'), request, commandId),
    reserveNumber(t.office, t.as('secretariat'), request, commandId),
    reserveNumber(t.office, t.as('secretariat'), request),
  ])
  expect(b).toEqual(a)
  expect(new Set([a.seq, c.seq])).toEqual(new Set([1, 2]))
  await expect(
    reserveNumber(t.office, t.as('secretariat'), { ...request, purpose: '另一用途' }, commandId),
  ).rejects.toMatchObject({ code: 'conflict' })
  const rows = await t.connection.sql`select text, status from numbers where status = 'reserved' order by seq`
  expect(rows.map((row) => row.text)).toEqual([a, c].toSorted((x, y) => x.seq - y.seq).map((x) => x.text))
})
it('作废写明理由与批准人；再作废一次说已经作废，不在名册的批准人不认', async () => {
  const { text } = await reserveNumber(t.office, t.as('secretariat'), request)
  const release = (approver: string) => releaseReservation(t.office, t.as('secretariat'), text, '不再制发', approver)
  await expect(release('县长')).rejects.toMatchObject({ code: 'invalid' })
  expect(await release(idOf('leader'))).toEqual({ text })
  await expect(release(idOf('leader'))).rejects.toMatchObject({ code: 'not_found' })
})
it('依规则不能办的，答复理由，留有拒绝的记录与依据；没有权限的也留有', async () => {
  await expect(
    reserveNumber(t.office, t.as('secretariat'), { ...request, expiresOn: '2026-03-02' }),
  ).rejects.toMatchObject({ code: 'invalid', extra: { issues: [{ path: 'expiresOn' }] } })
  await expect(reserveNumber(t.office, t.as('drafter'), request)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(
    setPersonActive(t.office, person('admin'), idOf('admin'), false, { reason: '离任' }),
  ).rejects.toMatchObject({ code: 'forbidden' })
  const { items } = await getRefusals(t.office, t.as('admin'), 'office', {})
  const rules = items.flatMap((item) => item.verdicts.filter((v) => !v.holds))
  expect(rules.map((v) => v.rule)).toEqual(
    expect.arrayContaining(['number.reservation-ahead', 'person.another', 'number.reservation-open']),
  )
})
it('规则包、任职、公布清单、上位法都在一本台账里，用办事的话写着；别人看不到这本台账', async () => {
  const admin = person('admin')
  const [base] = t.office.rules.versions('640522').slice(-1)
  await createPackVersion(t.office, admin, {
    base: base?.version ?? '',
    effectiveFrom: '2026-03-02',
    changes: [
      {
        path: 'deliberation.quorum',
        value: 'over_half',
        source: { document: '海原县人民政府工作规则', article: '第三十六条' },
      },
    ],
  })
  expect(t.office.rules.latest('640522', '2026-03-02').deliberation.quorum.value).toBe('over_half')
  const run = (username: string, type: string, payload: object) =>
    runOnMatter(t.office, t.as(username), 'office', { type, commandId: randomUUID(), expectedVersion: 1, ...payload })
  const act = {
    title: '宁夏回族自治区某某条例',
    issuers: ['宁夏回族自治区人民代表大会常务委员会'],
    publishedOn: '2025-01-01',
    effectiveDate: '2025-03-01',
    status: 'in_force',
    source: '自治区人大公报',
  }
  await run('reviewer', 'RegisterAct', act)
  await expect(run('secretariat', 'RegisterAct', act)).rejects.toMatchObject({
    code: 'refused',
    extra: { verdicts: expect.arrayContaining([expect.objectContaining({ rule: 'act.once', holds: false })]) },
  })
  t.clock.set('2026-03-02T09:30:00+08:00')
  // 登记错了的，再登记一次：以后知道的为准，先前的一行不改。
  await run('reviewer', 'RegisterAct', { ...act, status: 'repealed', statusSince: '2026-02-01', source: '公告' })
  const known = await registeredActs(t.office.db, '640522')
  expect(known.map((one) => [one.status, one.source, forceOf(one, '2026-01-31'), forceOf(one, '2026-03-02')])).toEqual([
    ['repealed', '公告', 'in_force', 'repealed'],
  ])
  const [cited] = await t.connection.sql`select count(*)::int as n from acts`
  expect(cited?.n).toBe(2)
  await expect(
    changePosts(t.office, admin, idOf('drafter'), {
      posts: [{ role: 'drafter', unit: 'nowhere' }],
      seen: [],
      reason: '调任',
    }),
  ).rejects.toMatchObject({ code: 'invalid' })
  const { items } = await getHistory(t.office, t.as('secretariat'), 'office', {})
  expect(items.map((item) => item.label)).toEqual(
    expect.arrayContaining(['办公台账建立', '文号已预留', '预留号已作废', '规则包已修订', '上位法已登记']),
  )
  await expect(getHistory(t.office, t.as('drafter'), 'office', {})).rejects.toMatchObject({ code: 'not_found' })
  const listed = await listMatters(t.office, t.as('admin'), { process: 'office' })
  expect(listed.items.map((item) => item.id)).toEqual(['office'])
})
it('命令行开立账号、重设密码、录入单位，都是办公台账里的命令：再录一遍不再写，邮箱与密码不入台账', async () => {
  const system = { kind: 'system' as const, jurisdiction: '640522' }
  const given = [
    { id: 'hy-x-station', name: '海原县畜牧工作站', kind: 'internal' as const, parent: 'hy-x-forest', eligible: false },
    { id: 'hy-x-forest', name: '海原县林业和草原局', kind: 'department' as const, parent: 'hy-gov', eligible: false },
  ]
  expect(await saveUnits(t.office, '640522', given, '由命令行录入')).toEqual({ units: 2, written: 2 })
  expect(await saveUnits(t.office, '640522', given, '由命令行录入')).toEqual({ units: 2, written: 0 })
  const renamed = given.map((unit) => (unit.id === 'hy-x-forest' ? { ...unit, name: '海原县自然保护局' } : unit))
  expect(await saveUnits(t.office, '640522', renamed, '由命令行录入')).toEqual({ units: 2, written: 1 })
  await expect(
    saveUnits(t.office, '640522', [{ ...given[0], id: 'hy-x-new', parent: 'nowhere' } as never], '由命令行录入'),
  ).rejects.toMatchObject({ code: 'invalid', extra: { issues: [{ path: '0.parent' }] } })
  const made = await addPerson(
    t.office,
    system,
    {
      name: '周新',
      username: 'zhou.xin',
      unit: 'hy-x-forest',
      posts: [{ role: 'drafter', unit: 'hy-x-forest' }],
      email: 'zhou.xin@example.gov.cn',
      reason: '由命令行开立',
    },
    'hash-one',
  )
  await resetPassword(t.office, system, made.person, { reason: '由命令行重置' }, 'hash-two')
  const rows = await t.connection.sql`
    select type, body from ledger_events where matter_id = 'office' and body -> 'actor' ->> 'kind' = 'system' order by seq desc limit 5`
  expect(rows.map((row) => row.type)).toEqual(['PasswordReset', 'PersonSaved', 'UnitSaved', 'UnitSaved', 'UnitSaved'])
  expect(JSON.stringify(rows)).not.toMatch(/hash-one|hash-two|example\.gov\.cn/)
  const [user] = await t.connection.sql`
    select u.email, a.password from auth_users u join auth_accounts a on a.user_id = u.id where u.username = 'zhou.xin'`
  expect(user).toMatchObject({ email: 'zhou.xin@example.gov.cn', password: 'hash-two' })
})
it('可以办理的列出由谁办，写出来的规则与办理时的是同一套', async () => {
  const actions = await getActions(t.office, t.as('secretariat'), 'office')
  const reserve = JSON.stringify(actions)
  expect(reserve).toContain('预留文号')
  expect(reserve).toContain('number.prefix-known')
})
it('到期未用的预留号由系统作废一次；封存以后核验得过，改动一处就看得出', async () => {
  t.clock.set('2026-07-02T09:00:00+08:00')
  await runDueJobs(t.office)
  await runDueJobs(t.office)
  const rows = await t.connection.sql`select count(*)::int as n from ledger_events where type = 'ReservationsExpired'`
  expect(rows[0]?.n).toBe(1)
  expect(await t.connection.sql`select text from numbers where status = 'reserved'`).toHaveLength(0)
  expect((await verifyDatabase(t.connection.sql)).faults).toEqual([])
})
