// 稍后提醒：推到以后的不在待办里，到了那一日有一条消息；其间有变动即回到待办；别人看不到，期限不因此停下。
import { listMatters, listMessages, markMatter } from '@dianzhang/workflow'
import { beforeAll, expect, it } from 'vitest'
import { type TestOffice, testOffice } from '../support/office.ts'

let t: TestOffice
let id: string
type Person = Parameters<typeof listMessages>[1]
const person = (username: string) => t.as(username) as Person
const desk = async (username: string, later: boolean | undefined) =>
  (await listMatters(t.office, person(username), { mine: true, later })).items.map((each) => each.id)
const later = { until: '2026-03-05', why: '等发文计划' }

beforeAll(async () => {
  t = await testOffice('2026-03-02T09:00:00+08:00')
  id = (await t.propose('drafter')).id
})

it('推到以后的只在“稍后”里；接口的 mine 照样有它；写明哪一日、为什么', async () => {
  expect(await desk('secretariat', false)).toEqual([id])
  expect(await markMatter(t.office, person('secretariat'), id, { later })).toMatchObject({ later })
  expect(await desk('secretariat', false)).toEqual([])
  expect(await desk('secretariat', true)).toEqual([id])
  expect(await desk('secretariat', undefined)).toEqual([id])
  const [row] = (await listMatters(t.office, person('secretariat'), { mine: true })).items
  expect(row?.later).toEqual(later)
  // 看过、关注都不改动它；现在就列，即回到待办。
  await markMatter(t.office, person('secretariat'), id, { seen: true })
  expect(await desk('secretariat', true)).toEqual([id])
  await markMatter(t.office, person('secretariat'), id, { later: null })
  expect(await desk('secretariat', false)).toEqual([id])
})
it('不在今日以后的、太远的、看不到的都不收', async () => {
  const put = (username: string, matter: string, until: string) =>
    markMatter(t.office, person(username), matter, { later: { until, why: '试' } })
  for (const until of ['2026-03-02', '2026-01-01', '2026-12-31'])
    await expect(put('secretariat', id, until)).rejects.toMatchObject({
      code: 'invalid',
      extra: { issues: [{ path: 'later.until' }] },
    })
  await expect(put('secretariat', '没有这件', '2026-03-05')).rejects.toMatchObject({ code: 'not_found' })
})
it('到了那一日回到待办，并有一条消息写明自己写的缘由；办了以后消息不再等着', async () => {
  await markMatter(t.office, person('secretariat'), id, { later })
  const told = async (username: string) =>
    (await listMessages(t.office, person(username), {})).items.filter((each) => each.kind === 'later')
  expect(await told('secretariat')).toEqual([])
  t.clock.set('2026-03-05T09:00:00+08:00')
  expect(await desk('secretariat', false)).toEqual([id])
  expect(await told('secretariat')).toMatchObject([
    { matter: id, words: expect.stringContaining('等发文计划'), why: '您自己推到这一日提醒', standing: true },
  ])
  expect(await told('drafter')).toEqual([])
  await markMatter(t.office, person('secretariat'), id, { later: { until: '2026-03-09', why: '再等' } })
  expect(await told('secretariat')).toEqual([])
})
it('其间有人办了，即回到待办', async () => {
  expect(await desk('secretariat', true)).toEqual([id])
  await t.send('drafter', id, 'Reclassify', {
    classification: {
      affectsRights: true,
      enterpriseRelated: true,
      majorDecision: false,
      expertise: false,
      confidential: false,
      provisional: false,
    },
    reason: '涉企',
  })
  expect(await desk('secretariat', true)).toEqual([])
  expect(await desk('secretariat', false)).toEqual([id])
})
