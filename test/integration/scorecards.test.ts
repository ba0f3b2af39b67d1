// 考核评分，经接口：两份标准各一百分；由事实得出的各项附每一件的清单；自评、核定、异议、审定，各有拦住的规则；审定以前公众看不到。
import { randomUUID } from 'node:crypto'
import { answers, noClassification } from '@dianzhang/contract'
import { openOffices } from '@dianzhang/workflow'
import { expect, it } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import * as build from '../model/build.ts'
import { county } from '../model/county.ts'

const c = await county({ now: '2026-03-02T09:00:00+08:00' })
await openOffices(c.office)
type Json = Record<string, unknown>
interface Item {
  id: string
  weight: number
  rule: string
  ruleLabel: string
  score: number | null
  reason: string | null
  cases: Array<{ evidence: string; count: number; list: string }>
}
const open = (unit: string, year = 2026) =>
  c.post('inspector', '/api/matters', { process: 'scorecard', commandId: randomUUID(), year, unit })
const opened = async (unit: string): Promise<string> => {
  const answer = await open(unit)
  const body = (await answer.json()) as { id: string }
  expect(answer.status, JSON.stringify(body)).toBe(201)
  return body.id
}
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
const refused = async (rule: string, ...args: Parameters<typeof send>) => {
  const answer = await send(...args)
  expect(answer.status, JSON.stringify(answer.body)).toBe(409)
  const verdicts = answer.body.verdicts as Array<{ rule: string; holds: boolean }>
  expect(verdicts.filter((v) => !v.holds).map((v) => v.rule)).toContain(rule)
}
const itemsOf = async (id: string): Promise<Item[]> => {
  const found = await c.get<Json>('inspector', `/api/matters/${id}`)
  return (found.items ?? (found.view as Json | undefined)?.items) as Item[]
}
const publicStatus = async (id: string) => (await c.app.request(`/public/v1/scorecards/${id}`)).status

it('自评、核定、异议、审定：扣分的每一件都在清单里，公布以前看不到，逾期、越分、没有理由的各有一句', async () => {
  // 县农业农村局公布一件，没有报送备案。
  const document = await build.published(c, build.today(c), {
    issuers: ['hy-agri'],
    tier: 'department' as const,
    classification: { ...noClassification, ...build.urgent },
    title: '海原县农机深松补贴办法',
  })
  c.go('2026-11-20')
  const id = await opened('hy-agri')
  const township = await opened('hy-town-lijun')
  for (const one of [id, township]) {
    const ordinary = (await itemsOf(one)).filter(({ rule }) => rule === 'auto' || rule === 'manual')
    expect(ordinary.reduce((sum, { weight }) => sum + weight, 0)).toBe(100)
  }
  expect((await open('hy-agri')).status).toBe(422)
  expect((await open('hy-npc')).status).toBe(422)
  c.go('2026-12-04')
  const items = await itemsOf(id)
  const ordinary = items.filter(({ rule }) => rule === 'auto' || rule === 'manual')
  const full = (of: readonly Item[]) => of.map((x) => ({ item: x.id, score: x.weight }))
  await refused('scorecard.every-item', 'head', id, 'SelfAssess', { scores: full(ordinary).slice(1) })
  const stranger = { headers: { cookie: await c.session('drafter.housing') } }
  expect((await c.app.request(`/api/matters/${id}`, stranger)).status).toBe(404)
  expect((await send('drafter.housing', id, 'SelfAssess', { scores: full(ordinary) })).status).toBe(404)
  await done('head', id, 'SelfAssess', { scores: full(ordinary) })
  // 乡镇逾期才报送自评：收下，写明应在哪一日以前。
  c.go('2026-12-11')
  const late = full((await itemsOf(township)).filter(({ rule }) => rule === 'auto' || rule === 'manual'))
  const belated = await send('head.town', township, 'SelfAssess', { scores: late })
  expect(belated.body.warnings, JSON.stringify(belated.body)).toMatchObject([{ rule: 'scorecard.self-in-time' }])
  c.go('2026-12-15')
  const manual = ordinary.filter(({ ruleLabel }) => ruleLabel === '由人评定')
  const scores = full(manual)
  await refused('scorecard.facts-not-typed', 'inspector', id, 'CheckScores', { scores: full(ordinary) })
  const less = scores.map((x) => (x.item === 'training' ? { ...x, score: x.score - 2 } : x))
  await refused('scorecard.deduction-reasoned', 'inspector', id, 'CheckScores', { scores: less })
  const over = scores.map((x) => (x.item === 'training' ? { ...x, score: 60, reason: '甲。' } : x))
  await refused('scorecard.within-weight', 'inspector', id, 'CheckScores', { scores: over })
  const reasoned = less.map((x) => (x.item === 'training' ? { ...x, reason: '讲座没有落实时间。' } : x))
  await done('inspector', id, 'CheckScores', { scores: reasoned })
  // 提异议的期限以工作日计：放假通知来了，随之顺延，记在它自己的台账里。
  const objectBy = async () =>
    (await c.sql`select due_on::text as on from deadlines where matter_id = ${id} and key = 'objection'`)[0]?.on
  expect(await objectBy()).toBe('2026-12-22')
  await done('admin', 'office', 'RecordHolidayNotice', {
    id: 'local-2026-12',
    jurisdiction: '640522',
    year: 2026,
    source: '自治区通知',
    days: [{ date: '2026-12-17', kind: 'off', name: '自治区节日' }],
  })
  expect(await objectBy()).toBe('2026-12-23')
  const checked = (await itemsOf(id)).find((x) => x.id === 'documents')
  expect(checked).toMatchObject({ score: 4, weight: 5 })
  const cases = checked?.cases.filter(({ count }) => count > 0) ?? []
  expect(cases.map(({ evidence, count }) => `${evidence} ${count}`)).toEqual(['late-filing.government 1'])
  const list = await c.get<{ total: number; items: Array<{ id: string }> }>(null, cases[0]?.list ?? '')
  expect(list.items.map((x) => x.id)).toEqual([document.id])
  await refused('scorecard.window-over', 'leader', id, 'FinaliseScore')
  expect(await publicStatus(id)).toBe(404)
  await refused('scorecard.item-known', 'head', id, 'ObjectToScore', { item: '没有这一项', reason: '甲。' })
  await done('head', id, 'ObjectToScore', { item: 'training', reason: '五月办过讲座，有记录。' })
  await refused('scorecard.one-objection', 'head', id, 'ObjectToScore', { item: 'training', reason: '再提一次。' })
  await refused('scorecard.objections-decided', 'leader', id, 'FinaliseScore')
  await done('inspector', id, 'DecideObjection', {
    item: 'training',
    outcome: 'upheld',
    score: 5,
    reason: '记录属实，酌情改定。',
  })
  c.go('2026-12-31')
  await done('leader', id, 'FinaliseScore')
  const card = answers.UnitScorecard.parse(await c.get<Json>(null, `/public/v1/scorecards/${id}`))
  expect(card.total).toBe(98)
  const told = (name: string) => card.items.find((x) => x.id === name)
  expect(told('training')).toMatchObject({ score: 5, objection: { label: '采纳', answer: '记录属实，酌情改定。' } })
  expect(told('documents')).toMatchObject({ score: 4 })
  const page = await (await c.app.request(`/scorecards/${id}`)).text()
  expect(page).toContain('98')
  expect(page).toContain('/statistics/late-filing.government')
  const all = answers.Scorecards.parse(await c.get<Json>(null, '/public/v1/scorecards?year=2026'))
  expect(all.items.map((x) => x.id)).toEqual([id])
  // 其后补报备案，已经审定的分数不变。
  expect(await publicStatus(township)).toBe(404)
  expect((await verifyDatabase(c.sql)).faults.filter((x) => x.check !== 'seals')).toEqual([])
})
