// 年度制定计划、重大行政决策事项目录，经接口：征集、论证、批准、党委同意、公布、调整、完成、年终公布；公众看得到该看的。
import { randomUUID } from 'node:crypto'
import { answers } from '@dianzhang/contract'
import { describe, expect, it } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import { county } from '../model/county.ts'

const c = await county({ now: '2026-01-12T09:00:00+08:00' })
type Json = Record<string, unknown>
const body = async (answer: Response) => ({ status: answer.status, body: (await answer.json()) as Json })
const open = async (process: string, more: Json = {}) =>
  body(
    await c.post('secretariat', '/api/matters', {
      process,
      commandId: randomUUID(),
      year: 2026,
      until: '2026-02-10',
      ...more,
    }),
  )
async function command(username: string, id: string, type: string, payload: Json = {}) {
  const [row] = await c.sql`select version from matters where id = ${id}`
  return body(
    await c.post(username, `/api/matters/${id}/commands`, {
      type,
      commandId: randomUUID(),
      expectedVersion: Number(row?.version),
      ...payload,
    }),
  )
}
const done = async (username: string, id: string, type: string, payload: Json = {}) => {
  const answer = await command(username, id, type, payload)
  expect(answer.status, `${type}：${JSON.stringify(answer.body)}`).toBe(200)
  return answer.body
}
const refused = async (username: string, id: string, type: string, payload: Json, rule: string) => {
  const answer = await command(username, id, type, payload)
  expect(answer.status, JSON.stringify(answer.body)).toBe(409)
  const verdicts = answer.body.verdicts as Array<{ rule: string; holds: boolean; severity: string }>
  expect(verdicts.filter((v) => !v.holds && v.severity === 'block').map((v) => v.rule)).toContain(rule)
}
const decision = (title: string, more: Json = {}): Json => ({
  title,
  unit: 'hy-agri',
  due: '2026-09-30',
  steps: ['consultation', 'legality', 'collective'],
  basis: '城乡规划的要求',
  necessity: '群众反映集中。',
  ...more,
})
const meeting = { body: 'hy-gov:常务会议' }
const publicStatus = async (path: string): Promise<number> => (await c.app.request(path)).status

describe('决策目录', async () => {
  const opened = await open('decision-catalogue')
  const id = String(opened.body.id)
  const page = `/yearly-lists/${id}`

  it('一年一份，征集期间公众凭普通表单提出建议，不用脚本', async () => {
    expect(opened.status, JSON.stringify(opened.body)).toBe(201)
    expect((await open('decision-catalogue')).status).toBe(422)
    const list = answers.YearlyLists.parse(await c.get<Json>(null, '/public/v1/yearly-lists'))
    expect(list.items[0]).toMatchObject({ id, callUntil: '2026-02-10', publishedOn: null })
    const html = await (await c.app.request(page)).text()
    expect(html).toContain('<form method="post"')
    expect(html).not.toContain('<script')
    const sent = await c.app.request(`${page}/proposals`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ commandId: randomUUID(), title: '老旧小区加装电梯', reason: '老人出行不便。' }),
    })
    expect(sent.status).toBe(303)
    // 收到的写明是第几条：答复时以此为号。
    const taken = sent.headers.get('location') ?? ''
    expect(taken).toBe(`${page}?sent=1`)
    expect(await (await c.app.request(taken)).text()).toContain('是第1条')
    const empty = await c.app.request(`${page}/proposals`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ commandId: randomUUID(), title: '修路', reason: '' }),
    })
    const again = await empty.text()
    expect(again).toContain('请写明为什么')
    expect(again).toContain('value="修路"')
  })
  it('各单位申报，名称相近的请说明；没有的单位点名', async () => {
    await done('drafter', id, 'ProposeItem', decision('海原县农村饮水安全保障规划'))
    const like = await done('drafter', id, 'ProposeItem', decision('海原县农村饮水安全保障方案'))
    expect(JSON.stringify(like.warnings)).toContain('list.overlap-answered')
    const wrong = await command('secretariat', id, 'ProposeItem', decision('甲', { unit: 'nobody' }))
    expect(wrong.status).toBe(422)
    expect(JSON.stringify(wrong.body)).toContain('没有这个单位')
  })
  it('论证完毕、建议答复、征集截止，方可批准；未经党委同意不得公布', async () => {
    await done('reviewer', id, 'ArgueItem', { item: 1, outcome: 'include', argument: '确有必要。' })
    await done('reviewer', id, 'ArgueItem', { item: 2, outcome: 'exclude', argument: '与第一项合并。' })
    const [row] = await c.sql`select stage from matters where id = ${id}`
    expect(row?.stage).toBe('argued')
    await refused('secretariat', id, 'ApproveCatalogue', { ...meeting, on: '2026-01-12' }, 'list.call-over')
    c.go('2026-03-02')
    await refused('secretariat', id, 'ApproveCatalogue', { ...meeting, on: '2026-03-02' }, 'list.proposals-answered')
    await done('secretariat', id, 'AnswerProposal', { proposal: 1, answer: 'taken', reason: '明年列入。' })
    await done('secretariat', id, 'ApproveCatalogue', { ...meeting, on: '2026-03-02' })
    // 征集过的，公布以前看得到征集截止、建议怎样答复；列了哪些事项看不到，建议的文字不公开。
    const waiting = answers.YearlyList.parse(await c.get<Json>(null, `/public/v1${page}`))
    expect(waiting).toMatchObject({
      publishedOn: null,
      list: [],
      items: 0,
      answered: [{ n: 1, label: '采纳', reason: '明年列入。' }],
    })
    const html = await (await c.app.request(page)).text()
    expect(html).toContain('正在论证、批准')
    expect(html).toMatch(/第1条（.*收到）：采纳。明年列入。/)
    expect(html).not.toMatch(/老旧小区|农村饮水|<form method="post"/)
    await refused('secretariat', id, 'PublishCatalogue', {}, 'catalogue.party-consent')
    await done('secretariat', id, 'RecordPartyConsent', { on: '2026-03-02', reference: '海党办〔2026〕8号' })
    await done('secretariat', id, 'PublishCatalogue')
    const list = answers.YearlyList.parse(await c.get<Json>(null, `/public/v1${page}`))
    expect(list.list.map((item) => item.title)).toEqual(['海原县农村饮水安全保障规划'])
  })
  it('调整依同样的程序，留下历史；年终每一项有着落才能公布完成情况', async () => {
    c.go('2026-06-03')
    const change = {
      adjustment: 'time',
      item: 1,
      due: '2026-11-30',
      reason: '论证延后。',
      decidedBy: 'hy-gov:常务会议',
    }
    await refused(
      'secretariat',
      id,
      'AdjustCatalogue',
      { ...change, decidedOn: '2026-06-02', consentOn: '2026-06-01', consentReference: '海党办〔2026〕20号' },
      'catalogue.adjustment-consented',
    )
    await done('secretariat', id, 'AdjustCatalogue', {
      ...change,
      decidedOn: '2026-06-01',
      consentOn: '2026-06-02',
      consentReference: '海党办〔2026〕20号',
    })
    const list = answers.YearlyList.parse(await c.get<Json>(null, `/public/v1${page}`))
    expect(list.adjustments).toMatchObject([{ item: 1, label: '变更时间', from: '2026-09-30', to: '2026-11-30' }])
    await refused('secretariat', id, 'PublishStatement', { summary: '完成。' }, 'list.settled-at-year-end')
    c.go('2026-12-20')
    await done('secretariat', id, 'CompleteItem', { item: 1, on: '2026-12-01' })
    await done('secretariat', id, 'PublishStatement', { summary: '列入一项，已经完成。' })
    expect(await (await c.app.request(page)).text()).toContain('列入一项，已经完成。')
    const csv = await (await c.app.request(`/public/v1${page}/items.csv`)).text()
    expect(csv).toContain('海原县农村饮水安全保障规划')
    expect(csv).toContain('已完成')
  })
})

describe('制定计划', () => {
  it('增加的项目须有补充论证与批准；件数与上一年度相比；核验没有问题', async () => {
    c.go('2026-12-21')
    const opened = await open('drafting-plan', { year: 2027, until: undefined })
    // 没有公开征集过的，公布以前看不到。
    expect(await publicStatus(`/public/v1/yearly-lists/${opened.body.id}`)).toBe(404)
    expect(opened.status, JSON.stringify(opened.body)).toBe(201)
    const id = String(opened.body.id)
    const [leader] = await c.sql`select id from people order by id limit 1`
    const item = {
      title: '海原县农机停放管理办法',
      unit: 'hy-agri',
      due: '2027-06-30',
      kind: 'new',
      basis: '农业机械化促进法',
      necessity: '停放无序。',
      leader: String(leader?.id),
    }
    await done('drafter', id, 'ProposeItem', item)
    await done('reviewer', id, 'ArgueItem', { item: 1, outcome: 'include', argument: '确有必要。' })
    await done('secretariat', id, 'ApprovePlan', { ...meeting, on: '2026-12-21' })
    await done('secretariat', id, 'PublishPlan')
    const added = { ...item, title: '海原县耕地占用补偿办法', decidedBy: 'hy-gov:常务会议', decidedOn: '2026-12-21' }
    expect((await command('secretariat', id, 'AddItem', added)).status).toBe(422)
    await done('secretariat', id, 'AddItem', { ...added, supplementaryJustification: '上级新近要求。' })
    await done('secretariat', id, 'CarryOver', { item: 1, reason: '尚在调研。' })
    await done('secretariat', id, 'DropItem', { item: 2, reason: '并入上级规定。' })
    await done('secretariat', id, 'PublishStatement', { summary: '一项结转，一项取消。' })
    expect((await verifyDatabase(c.sql)).faults.filter((x) => x.check !== 'seals')).toEqual([])
  })
})
