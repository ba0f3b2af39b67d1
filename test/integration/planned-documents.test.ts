// 列入计划、决策目录的文件公布，所列的一项随之完成：清单上看得到哪件文件，年终的说明写得出；已经结转的不动，公布以后再记一次的拒绝。
import { randomUUID } from 'node:crypto'
import { answers, noClassification } from '@dianzhang/contract'
import { expect, it } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import * as build from '../model/build.ts'
import { county } from '../model/county.ts'

const c = await county({ now: '2026-03-02T09:00:00+08:00' })
type Json = Record<string, unknown>
async function send(username: string, id: string, type: string, payload: Json = {}) {
  const [row] = await c.sql`select version from matters where id = ${id}`
  const answer = await c.post(username, `/api/matters/${id}/commands`, {
    type,
    commandId: randomUUID(),
    expectedVersion: Number(row?.version),
    ...payload,
  })
  return { status: answer.status, body: (await answer.json()) as Json }
}
const done = async (...args: Parameters<typeof send>) => {
  const answer = await send(...args)
  expect(answer.status, `${args[2]}：${JSON.stringify(answer.body)}`).toBe(200)
}
async function list(process: string, item: Json): Promise<string> {
  const opened = await c.post('secretariat', '/api/matters', { process, commandId: randomUUID(), year: 2026 })
  const { id } = (await opened.json()) as { id: string }
  const common = { unit: 'hy-agri', due: '2026-09-30', necessity: '群众反映集中。', basis: '农业机械化促进法', ...item }
  await done('drafter', id, 'ProposeItem', { title: '海原县农机停放办法', ...common })
  await done('drafter', id, 'ProposeItem', { title: '海原县水产养殖登记办法', ...common })
  for (const n of [1, 2])
    await done('reviewer', id, 'ArgueItem', { item: n, outcome: 'include', argument: '确有必要。' })
  return id
}
const listOf = async (id: string) => answers.YearlyList.parse(await c.get<Json>(null, `/public/v1/yearly-lists/${id}`))

it('公布即完成：计划与目录各一项；年终说明由系统拟好；已经结转的不再改', async () => {
  const [leader] = await c.sql`select id from people order by id limit 1`
  const plan = await list('drafting-plan', { kind: 'new', leader: String(leader?.id) })
  const catalogue = await list('decision-catalogue', { steps: ['consultation', 'legality', 'collective'] })
  const meeting = { body: 'hy-gov:常务会议', on: '2026-03-02' }
  await done('secretariat', plan, 'ApprovePlan', meeting)
  await done('secretariat', plan, 'PublishPlan')
  await done('secretariat', catalogue, 'ApproveCatalogue', meeting)
  await done('secretariat', catalogue, 'RecordPartyConsent', { on: '2026-03-02', reference: '海党办〔2026〕1号' })
  await done('secretariat', catalogue, 'PublishCatalogue')
  // 立项的起点列出还可以据以立项的各项；所写的一项算不算数，推演与立项同一个判断。
  const { items } = answers.PlanItems.parse(await c.get<Json>('drafter', '/api/plan-items'))
  expect(items.map(({ text, title, unit }) => [text, title, unit.name])).toEqual([
    ['2026年度制定计划第1项', '海原县农机停放办法', '海原县农业农村局'],
    ['2026年度制定计划第2项', '海原县水产养殖登记办法', '海原县农业农村局'],
  ])
  expect((await c.app.request('/api/plan-items')).status).toBe(401)
  const stopped = async (planItem?: string): Promise<string> => {
    const body = { tier: 'government', issuers: ['hy-gov'], classification: noClassification, planItem }
    const told = await (await c.post('drafter', '/api/documents/preview', body)).json()
    return answers.ProposalPreview.parse(told).stuck?.join('；') ?? ''
  }
  expect(await stopped()).toContain('没有列入')
  expect(await stopped(items[1]?.text)).not.toContain('计划')
  expect(await stopped('2026年度制定计划第9项')).toContain('没有列在计划里')
  const published = await build.published(c, build.today(c), {
    issuers: ['hy-agri'],
    tier: 'department' as const,
    classification: { ...noClassification, ...build.urgent },
    title: '海原县农机停放办法',
    planItem: '2026年度制定计划第1项；2026年度重大行政决策事项目录第1项',
  })
  for (const id of [plan, catalogue]) {
    const found = await listOf(id)
    expect(found.list[0]).toMatchObject({ state: '已完成', document: published.id })
    expect(found.list[1]).toMatchObject({ state: '办理中', document: null })
    expect(await (await c.app.request(`/yearly-lists/${id}`)).text()).toContain(`/register/${published.id}`)
  }
  const left = answers.PlanItems.parse(await c.get<Json>('drafter', '/api/plan-items'))
  expect(left.items.map(({ text }) => text)).toEqual(['2026年度制定计划第2项'])
  const again = await send('secretariat', plan, 'CompleteItem', { item: 1, on: build.today(c) })
  expect(again.status).toBe(409)
  await done('secretariat', plan, 'CarryOver', { item: 2, reason: '尚在调研。' })
  const told = await c.get<Json>('secretariat', `/api/matters/${plan}`)
  const draft = String(told.statementDraft ?? (told.view as Json | undefined)?.statementDraft ?? '')
  expect(draft).toContain('共2项：完成1项（其中由公布的文件完成1项），结转1项，取消0项。')
  expect(draft).toContain('《海原县农机停放办法》')
  await done('secretariat', plan, 'PublishStatement', { summary: draft })
  // 办结以后公布的同一项：不再送去，也不出错。
  await build.published(c, build.today(c), {
    issuers: ['hy-agri'],
    tier: 'department' as const,
    classification: { ...noClassification, ...build.urgent },
    title: '海原县水产养殖登记办法',
    planItem: '2026年度制定计划第2项',
  })
  expect((await listOf(plan)).list[1]?.state).toBe('结转下一年度')
  const stuck = await c.sql`select 1 from sends where outcome = 'refused'`
  expect(stuck).toHaveLength(0)
  expect((await verifyDatabase(c.sql)).faults.filter((x) => x.check !== 'seals')).toEqual([])
})
