// 各种事项共用的接口：开启、办理、查阅；不认识的种类、阶段、命令、字段写明是哪一个；文件照旧也是一种事项。
import { randomUUID } from 'node:crypto'
import { noClassification } from '@dianzhang/contract'
import { expect, test } from 'vitest'
import { httpOffice, json, problemOf, staff } from '../support/http.ts'

const { signIn } = await httpOffice({ accounts: [...staff] })
const drafter = await signIn('drafter')
const secretary = await signIn('secretary')
const proposal = () => ({
  process: 'normative-document',
  commandId: randomUUID(),
  title: '示范县供水管理办法',
  jurisdiction: '640522',
  issuers: ['water'],
  tier: 'department',
  classification: { ...noClassification, affectsRights: true },
  necessity: '现行规定分散在多个通知中。',
})
interface Opened {
  id: string
  process: string
  version: number
  stage: string
}
const first = proposal()
const opened = await json<Opened>(drafter.post('/api/matters', first))

test('开启一件，答复写明哪一种、何阶段、第几版；同一标识再提交得到同一件', async () => {
  expect(opened).toMatchObject({ process: 'normative-document', version: 1, stage: 'initiation' })
  expect((await json<Opened>(drafter.post('/api/matters', first))).id).toBe(opened.id)
  expect((await problemOf(await drafter.post('/api/matters', { ...first, title: '另一件' }))).code).toBe('conflict')
})

test('两处地址办的是同一件：在事项的地址办理，案卷的地址看到变化，台账、拒绝、期限、推演一致', async () => {
  const command = (type: string, rest: object = {}) => ({ type, commandId: randomUUID(), expectedVersion: 1, ...rest })
  const refused = await problemOf(await drafter.post(`/api/matters/${opened.id}/commands`, command('Publish')))
  expect(refused.status).toBe(422)
  const early = await problemOf(
    await secretary.post(
      `/api/matters/${opened.id}/commands`,
      command('VoidNumber', { reason: '试', approver: '县长' }),
    ),
  )
  expect(early.status).toBe(409)
  const approved = await json<{ version: number }>(
    secretary.post(`/api/matters/${opened.id}/commands`, command('ApproveInitiation')),
  )
  expect(approved.version).toBe(2)
  for (const tail of ['actions', 'history', 'deadlines', 'refusals', 'plan'])
    expect(await json(drafter.get(`/api/matters/${opened.id}/${tail}`)), tail).toEqual(
      await json(drafter.get(`/api/documents/${opened.id}/${tail}`)),
    )
  const seen = await json<Record<string, unknown>>(drafter.get(`/api/matters/${opened.id}`))
  expect(seen).toMatchObject({
    process: 'normative-document',
    processLabel: '文件制定',
    title: '示范县供水管理办法',
    stage: 'drafting',
    unit: { id: 'water' },
    version: 2,
  })
})

test('列表按种类、阶段、名称筛选，翻页不重不漏；不认识的种类与阶段写明', async () => {
  for (let i = 0; i < 4; i++) await json(drafter.post('/api/matters', { ...proposal(), title: `翻页试验之${i}` }))
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const page: { items: Array<{ id: string; process: string }>; nextCursor: string | null } = await json(
      drafter.get(`/api/matters?limit=2${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`),
    )
    ids.push(...page.items.map((item) => item.id))
    cursor = page.nextCursor
  } while (cursor)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).toContain(opened.id)
  const named = await json<{ items: unknown[] }>(
    drafter.get(`/api/matters?process=normative-document&q=${encodeURIComponent('翻页')}&stage=initiation`),
  )
  expect(named.items).toHaveLength(4)
  const issue = async (path: string) => (await problemOf(await drafter.get(path))).issues?.[0]?.path
  expect(await issue('/api/matters?process=unheard-of')).toBe('process')
  expect(await issue('/api/matters?stage=unheard-of')).toBe('stage')
  expect(await issue('/api/lifecycle?process=unheard-of')).toBe('process')
})

test('不认识的种类、命令与字段：422 写明是哪一个', async () => {
  const issues = async (path: string, body: object) => {
    const problem = await problemOf(await drafter.post(path, body))
    expect(problem.status).toBe(422)
    return problem.issues?.map((issue) => issue.path)
  }
  expect(await issues('/api/matters', { process: 'unheard-of', commandId: randomUUID() })).toEqual(['process'])
  expect(await issues('/api/matters', { commandId: randomUUID() })).toEqual(['process'])
  expect(await issues('/api/matters', { ...proposal(), title: undefined })).toEqual(['title'])
  const commands = `/api/matters/${opened.id}/commands`
  expect(await issues(commands, { type: 'UnheardOf', commandId: randomUUID(), expectedVersion: 2 })).toEqual(['type'])
  expect(await issues(commands, { commandId: randomUUID(), expectedVersion: 2 })).toEqual(['type'])
})

test('选项写错的，答复说写了什么、可以是哪些、各是什么意思', async () => {
  const cleanup = { process: 'cleanup', commandId: randomUUID(), ground: '周期已到。' }
  const said = async (body: object) => (await problemOf(await secretary.post('/api/matters', body))).issues
  expect(await said({ ...cleanup, kind: 'yearly' })).toEqual([
    {
      path: 'kind',
      message:
        '没有“yearly”这一项，可以是：immediate（即时清理）、periodic（定期清理）、special（专项清理）、comprehensive（全面清理）',
    },
  ])
  expect(await said(cleanup)).toEqual([{ path: 'kind', message: '必须填写' }])
})

test('由系统发出的命令，任何人不得代为提交', async () => {
  const command = { type: 'RecomputeDeadlines', commandId: randomUUID(), expectedVersion: 2 }
  const problem = await problemOf(await secretary.post(`/api/matters/${opened.id}/commands`, command))
  expect([problem.status, problem.code]).toEqual([403, 'forbidden'])
})
