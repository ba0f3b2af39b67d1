// 上位法变化，经接口：登记一次变动，以它为依据的文件逐件开启核查；结论、异议、确认；需要修改的进入即时清理；依据核对至何日。
import { randomUUID } from 'node:crypto'
import { importEntries } from '@dianzhang/register'
import { openOffices, runDueJobs } from '@dianzhang/workflow'
import { describe, expect, it } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import * as build from '../model/build.ts'
import { county } from '../model/county.ts'

const c = await county({ now: '2026-03-02T09:00:00+08:00' })
await openOffices(c.office)
type Json = Record<string, unknown>
const send = async (who: string, id: string, type: string, payload: Json = {}) => {
  const [row] = await c.sql`select version from matters where id = ${id}`
  const answer = await c.post(who, `/api/matters/${id}/commands`, {
    type,
    commandId: randomUUID(),
    expectedVersion: Number(row?.version ?? 1),
    ...payload,
  })
  return { status: answer.status, body: (await answer.json()) as Json }
}
const done = async (who: string, id: string, type: string, payload: Json = {}) => {
  const answer = await send(who, id, type, payload)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}
const register = (more: Json) =>
  done('reviewer', 'office', 'RegisterAct', {
    issuers: ['全国人民代表大会常务委员会'],
    publishedOn: '2012-12-28',
    effectiveDate: '2013-01-01',
    source: '公报',
    ...more,
  })
const checks = async (): Promise<Array<{ id: string; entry: string; event: string; outcome: string | null }>> =>
  (await c.sql`select matter_id as id, entry_id as entry, event_key as event, outcome from impact_checks order by opened_on, entry_id`) as never
let serial = 0
const published = () =>
  build.published(c, build.today(c), {
    issuers: ['hy-agri'],
    tier: 'department' as const,
    classification: { ...build.urgent },
    title: `海原县第${++serial}件农机办法`,
  })
const matter = <T = Json>(who: string, id: string) => c.get<T>(who, `/api/matters/${id}`)

describe('一次变动', () => {
  it('改的是第三十七条：引用它的开启核查，引用别条的、没有关系的不开启；同一变动再来一次不另开启', async () => {
    const f = await published()
    async function* lines() {
      for (const [id, text] of [
        ['甲', '第一条 根据《中华人民共和国农业法》第三十七条制定本办法。'],
        ['乙', '第一条 根据《农业法》第五条制定本办法。'],
        ['丙', '第一条 根据《农业法》制定本办法。'],
        ['丁', '第一条 为规范管理，制定本办法。'],
      ])
        yield JSON.stringify({
          id,
          title: `海原县${id}种农业办法`,
          body: text,
          issuer: '海原县人民政府',
          category: '行政规范性文件',
          status: '有效',
          publishedAt: '2020-01-01',
          effectiveAt: '2020-02-01',
        })
      yield JSON.stringify({
        id: '法',
        title: '某农业法实施条例',
        body: '第一条 根据《农业法》制定本条例。',
        issuer: '国务院',
        category: '行政法规',
        status: '有效',
        publishedAt: '2020-01-01',
      })
    }
    await importEntries(c.office, lines(), {
      jurisdiction: '640522',
      sourceName: '变化测试',
      now: c.office.clock.now(),
    })
    const amended = {
      title: '中华人民共和国农业法',
      status: 'amended',
      statusSince: '2026-06-01',
      articles: ['第三十七条'],
    }
    await register(amended)
    const opened = await checks()
    const titles = await Promise.all(opened.map(async ({ id }) => String((await matter('reviewer', id)).title)))
    expect(titles.filter((title) => title.includes('海原县第1件'))).toHaveLength(1)
    expect(titles.some((title) => title.includes('甲种'))).toBe(true)
    expect(titles.some((title) => title.includes('丙种'))).toBe(true)
    expect(titles).toHaveLength(3)
    const whole = opened[titles.findIndex((title) => title.includes('丙种'))]
    expect(await matter('reviewer', String(whole?.id))).toMatchObject({
      scope: 'whole',
      scopeLabel: '整件核查',
      stage: 'open',
    })
    const own = opened.find((one) => one.entry === f.id)
    expect(await matter('drafter', String(own?.id))).toMatchObject({ scope: 'articles', document: { matter: f.id } })
    // 新公布的一版说的是同一次变动。
    await register({
      ...amended,
      status: 'in_force',
      statusSince: null,
      publishedOn: '2026-12-29',
      effectiveDate: '2026-12-30',
      articles: [],
    })
    expect((await checks()).filter((one) => one.event.includes('2026-06-01'))).toHaveLength(3)
    // 两本台账互相写明。
    const [ledger] =
      await c.sql`select body from ledger_events where matter_id = 'office' and type = 'ActRegistered' order by seq limit 1`
    expect(JSON.stringify(ledger?.body)).toContain(String(own?.id))
  })
  it('开启的核查轮到起草单位；作结论、异议、确认各由其人；需要修改的进入即时清理', async () => {
    const own = (await checks()).find((one) => one.event.includes('2026-06-01') && serial === 1 && one.outcome === null)
    const all = await checks()
    const [row] =
      await c.sql`select m.id from impact_checks x join matters m on m.id = x.matter_id join register_entries e on e.id = x.entry_id where e.origin = 'made' and x.event_key like '%2026-06-01%'`
    const id = String(row?.id)
    expect(all.length).toBeGreaterThan(0)
    expect(own).toBeDefined()
    const mine = await c.get<{ items: Array<{ id: string }> }>('drafter', '/api/matters?process=impact-check&mine=true')
    expect(mine.items.map((one) => one.id)).toContain(id)
    expect((await send('head.housing', id, 'StartCheck')).status).toBe(404)
    expect((await send('reviewer', id, 'StartCheck')).status).toBe(403)
    await done('drafter', id, 'StartCheck')
    await done('drafter', id, 'Contest', { reason: '所引的不是改动的款。' })
    await done('reviewer', id, 'AnswerContest', { accepted: false, reason: '整条都改了。' })
    expect((await send('drafter', id, 'Conclude', { outcome: 'amend' })).status).toBe(422)
    await done('drafter', id, 'Conclude', { outcome: 'undecided', reason: '等实施细则。' })
    expect(await matter('drafter', id)).toMatchObject({ stage: 'checking', conclusion: { label: '待定' } })
    await done('drafter', id, 'Conclude', { outcome: 'amend', reason: '补助的条件变了。', articles: ['第二条'] })
    expect(await matter('drafter', id)).toMatchObject({ stage: 'concluded', confirmed: null })
    expect((await send('drafter', id, 'ConfirmConclusion')).status).toBe(403)
    const confirmed = await done('reviewer', id, 'ConfirmConclusion')
    expect(confirmed.sends).toMatchObject([{ process: 'cleanup', command: { type: 'PlanCleanup', kind: 'immediate' } }])
    // 清理已经部署，只清理这一件；冻结以后目录里正是它。
    const [planned] = await c.sql`select matter_id as id from cleanups where kind = 'immediate'`
    const cleanup = String(planned?.id)
    const { document } = await matter<{ document: Json }>('drafter', id)
    expect(await matter('secretariat', cleanup)).toMatchObject({
      process: 'cleanup',
      stage: 'planned',
      kind: 'immediate',
      scope: { documents: 1 },
    })
    await done('secretariat', cleanup, 'FreezeCensus')
    const census = await c.get<{ items: Json[] }>('secretariat', `/api/matters/${cleanup}/items`)
    expect(census.items).toMatchObject([{ matter: document.matter, outcome: null }])
    const again = await send('reviewer', id, 'ConfirmConclusion')
    expect(again.status).toBe(409)
    expect((again.body.verdicts as Json[]).filter((one) => !one.holds)).toMatchObject([
      { rule: 'impact.not-confirmed' },
    ])
    const clocks = await c.get<{ items: Array<{ dueOn: string; status: string }> }>(
      'drafter',
      `/api/matters/${id}/deadlines`,
    )
    expect(JSON.stringify(clocks)).toContain('2026-04-01')
  })
  it('依据核对至何日：有没有核完的，止于开启前一日；核完以后不晚于最后所知之日；公众只看到日期', async () => {
    const [row] =
      await c.sql`select x.entry_id as entry, x.matter_id as id from impact_checks x join register_entries e on e.id = x.entry_id where e.origin = 'imported' and x.confirmed_on is null limit 1`
    const entry = String(row?.entry)
    expect(await c.get<Json>(null, `/public/v1/documents/${entry}`)).toMatchObject({
      basisChecked: { until: '2026-03-01' },
    })
    const staff = await c.get<{ open: unknown[]; checkedBy: string | null }>(
      'secretariat',
      `/api/register/${entry}/basis-check`,
    )
    expect(staff.open.length).toBeGreaterThan(0)
    const waiting =
      (await c.sql`select matter_id as id from impact_checks where entry_id = ${entry} and confirmed_on is null`) as unknown as Array<{
        id: string
      }>
    for (const { id } of waiting) {
      await done('secretariat', id, 'StartCheck')
      await done('secretariat', id, 'Conclude', { outcome: 'unaffected', reason: '只引用名称。' })
      await done('reviewer', id, 'ConfirmConclusion')
    }
    expect(await c.get<Json>('secretariat', `/api/register/${entry}/basis-check`)).toMatchObject({
      open: [],
      checkedBy: expect.stringContaining('司法局'),
    })
    const shown = await c.get<{ basisChecked: Json }>(null, `/public/v1/documents/${entry}`)
    expect(shown.basisChecked).toMatchObject({ open: 0 })
    expect(JSON.stringify(shown.basisChecked)).not.toMatch(/司法/)
    const rates = await c.get<{ items: Json[] }>('reviewer', '/api/impact-rates')
    expect(rates.items[0]).toMatchObject({ role: 'basis', confirmed: waiting.length + 1, unaffected: waiting.length })
    // 同一变动的下一件并入同一次清理，目录已经冻结的另记。
    const [next] =
      await c.sql`select x.entry_id as entry, x.matter_id as id from impact_checks x join register_entries e on e.id = x.entry_id where e.origin = 'imported' and x.confirmed_on is null and x.event_key like '%2026-06-01%' limit 1`
    await done('secretariat', String(next?.id), 'StartCheck')
    await done('secretariat', String(next?.id), 'Conclude', { outcome: 'repeal', reason: '任务已经没有。' })
    await done('reviewer', String(next?.id), 'ConfirmConclusion')
    const [cleanup] = await c.sql`select matter_id as id from cleanups where kind = 'immediate'`
    const census = await c.get<{ items: Json[] }>('secretariat', `/api/matters/${cleanup?.id}/items`)
    expect(census.items.map((x) => [x.n, x.origin])).toEqual([
      [1, 'register'],
      [2, 'added'],
    ])
    expect(census.items[1]).toMatchObject({ entry: next?.entry })
  })
})
it('将来的变动事先开启核查，期限不晚于变动前一日；列表近的在前', async () => {
  c.go('2026-03-03')
  await register({ title: '中华人民共和国农业法', status: 'amended', statusSince: '2026-03-20' })
  const { items } = await c.get<{ items: Array<{ on: string; upcoming: boolean }> }>('reviewer', '/api/impact-events')
  expect(items[0]).toMatchObject({ on: '2026-03-20', upcoming: true })
  const [row] =
    await c.sql`select d.due_on::text as due from deadlines d join impact_checks x on x.matter_id = d.matter_id where x.event_on = '2026-03-20' limit 1`
  expect(row?.due).toBe('2026-03-19')
})
it('自己的文件废止另一件，引用被废止那件的也要核查', async () => {
  const old = await published()
  async function* lines() {
    yield JSON.stringify({
      id: '引',
      title: '海原县农机补贴细则',
      body: '第一条 根据《海原县第2件农机办法》制定本细则。',
      issuer: '海原县农业农村局',
      category: '行政规范性文件',
      status: '有效',
      publishedAt: '2020-01-01',
      effectiveAt: '2020-02-01',
    })
  }
  await importEntries(c.office, lines(), { jurisdiction: '640522', sourceName: '自废', now: c.office.clock.now() })
  const before = (await checks()).length
  await old.do('secretariat', 'RepealDocument', {
    on: build.today(c),
    reason: '任务完成',
    decision: { body: '海原县农业农村局', date: build.today(c) },
  })
  const after = await checks()
  expect(after.length).toBe(before + 1)
  const id = String(after.find((one) => one.event.startsWith('海原县第2件'))?.id)
  expect(await matter('head', id)).toMatchObject({ unitName: '海原县农业农村局', event: { kind: 'ended' } })
})
const bring = async (source: string, rows: Array<Json & { id: string; body: string }>) => {
  async function* lines() {
    for (const row of rows)
      yield JSON.stringify({
        title: `海原县${row.id}办法`,
        issuer: '海原县农业农村局',
        category: '行政规范性文件',
        status: '有效',
        publishedAt: '2020-01-01',
        effectiveAt: '2020-02-01',
        ...row,
      })
  }
  await importEntries(c.office, lines(), { jurisdiction: '640522', sourceName: source, now: c.office.clock.now() })
}
/** 各件核查：文件的名称与变动之日。 */
const checked = async (like: string): Promise<string[]> =>
  (
    await c.sql`select e.title, x.event_on::text as on from impact_checks x join register_entries e on e.id = x.entry_id
      where e.title like ${like} order by e.title, x.event_on`
  ).map((row) => `${row.title} ${row.on}`)
it('变动登记以后才导入的也核查：变动在它公布以后的、依据已经废止的；变动以前就有的旧事不问', async () => {
  await register({ title: '某农机安全条例', status: 'amended', statusSince: '2026-05-01', aliases: ['农机安全条例'] })
  await register({ title: '某渔船条例', status: 'repealed', statusSince: '2019-01-01' })
  await bring('迟到', [
    { id: '迟到甲', body: '第一条 根据《某农机安全条例》制定本办法。' },
    { id: '迟到乙', body: '第一条 根据《农机安全条例》制定本办法。' },
    {
      id: '迟到丙',
      body: '第一条 根据《某农机安全条例》制定本办法。',
      publishedAt: '2026-06-01',
      effectiveAt: '2026-07-01',
    },
    { id: '迟到丁', body: '第一条 根据《某渔船条例》制定本办法。' },
  ])
  await runDueJobs(c.office)
  const expected = ['海原县迟到丁办法 2019-01-01', '海原县迟到乙办法 2026-05-01', '海原县迟到甲办法 2026-05-01']
  expect((await checked('海原县迟到%')).toSorted()).toEqual(expected.toSorted())
  await runDueJobs(c.office)
  expect(await checked('海原县迟到%')).toHaveLength(3)
  // 反查：以别称引用的也在其中。
  const reverse = await c.get<{ total: number }>(null, '/public/v1/impact?act=某农机安全条例&on=2026-08-01')
  expect(reverse.total).toBe(3)
})
it('一件导入的文件由清理废止，以它为依据的也要核查', async () => {
  await bring('清理废止', [
    { id: '老猎枪', body: '第一条 为规范管理，制定本办法。' },
    { id: '猎枪细则', body: '第一条 根据《海原县老猎枪办法》制定本办法。' },
  ])
  const [old] = await c.sql`select id from register_entries where title = '海原县老猎枪办法'`
  const opened = await c.post('secretariat', '/api/matters', {
    process: 'cleanup',
    commandId: randomUUID(),
    kind: 'immediate',
    ground: '任务已经完成。',
    scope: { documents: [old?.id] },
  })
  const { id } = (await opened.json()) as { id: string }
  await done('secretariat', id, 'FreezeCensus')
  await done('secretariat', id, 'GiveOpinion', { item: 1, outcome: 'repeal', reason: '任务已经完成。' })
  await done('secretariat', id, 'AssignUnit', { items: [1], unit: 'hy-agri' })
  await done('reviewer', id, 'CheckItems', { agreeAll: true })
  await done('secretariat', id, 'Decide', { body: '海原县人民政府常务会议', date: build.today(c) })
  await done('secretariat', id, 'PublishResult')
  expect(await checked('海原县猎枪细则%')).toEqual([`海原县猎枪细则办法 ${build.today(c)}`])
})
it('两件同时确认，即时清理各一件不少；清理已经决定的，另开启一次，不成了决定以后的补报', async () => {
  await register({ title: '某林木条例', status: 'amended', statusSince: '2026-05-02' })
  const ids = ['林甲', '林乙', '林丙']
  await bring(
    '同时',
    ids.map((id) => ({ id, body: '第一条 根据《某林木条例》制定本办法。' })),
  )
  await runDueJobs(c.office)
  const own = await c.sql`select matter_id as id from impact_checks where act_title = '某林木条例' order by matter_id`
  const [one = '', two = '', three = ''] = own.map((row) => String(row.id))
  for (const id of [one, two, three]) {
    await done('secretariat', id, 'StartCheck')
    await done('secretariat', id, 'Conclude', { outcome: 'amend', reason: '条件变了。' })
  }
  const both = await Promise.all([one, two].map((id) => send('reviewer', id, 'ConfirmConclusion')))
  expect(both.map((x) => x.status)).toEqual([200, 200])
  await runDueJobs(c.office)
  const found = await c.sql`select m.id from matters m where m.title like '因《某林木条例》%'`
  expect(found).toHaveLength(1)
  const cleanup = String(found[0]?.id)
  for (const id of [one, two])
    expect(await matter('reviewer', id)).toMatchObject({ cleanup: { matter: cleanup, state: 'joined', reason: null } })
  await done('secretariat', cleanup, 'FreezeCensus')
  const { items } = await c.get<{ items: Json[] }>('secretariat', `/api/matters/${cleanup}/items`)
  expect(items).toHaveLength(2)
  await done('secretariat', cleanup, 'CancelCleanup', { reason: '并入年度清理。' })
  await done('reviewer', three, 'ConfirmConclusion')
  const next = await matter<{ cleanup: { matter: string; state: string } }>('reviewer', three)
  expect(next.cleanup).toMatchObject({ state: 'joined' })
  expect(next.cleanup.matter).not.toBe(cleanup)
})
it('目录中已经公布、将要施行的版本，施行以前自动开启核查', async () => {
  await bring('商标', [{ id: '商标', body: '第一条 根据《中华人民共和国商标法》制定本办法。' }])
  c.go('2026-06-20')
  await runDueJobs(c.office)
  expect(await checked('海原县商标%')).toEqual([])
  c.go('2026-06-27')
  await runDueJobs(c.office)
  expect(await checked('海原县商标%')).toEqual(['海原县商标办法 2027-01-01'])
  await runDueJobs(c.office)
  expect(await checked('海原县商标%')).toHaveLength(1)
})
it('封存以后核验没有问题', async () => {
  c.go('2026-06-28')
  await runDueJobs(c.office)
  expect((await verifyDatabase(c.sql)).faults.filter((x) => x.check !== 'seals')).toEqual([])
})
