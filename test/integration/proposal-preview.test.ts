// 立项以前的推演与真的立项同一个答案；推演什么也不写；同意立项以前，文本可以先起个头。
import { randomUUID } from 'node:crypto'
import { noClassification } from '@dianzhang/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { type County, county } from '../model/county.ts'

interface Preview {
  consequences: Array<{ kind: string; says: string }>
  steps: Array<{ stage: string; from: string }>
  publishOn: string | null
  effectiveOn: string | null
  stuck: string[] | null
}
let c: County
beforeAll(async () => {
  c = await county({ now: '2026-03-02T09:00:00+08:00' })
})
const ask = async (username: string | null, method: string, path: string, body?: unknown, more: object = {}) => {
  const cookie = username === null ? '' : await c.session(username)
  return c.app.request(path, {
    method,
    headers: { cookie, 'content-type': 'application/json', ...more },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}
const preview = async (change: object, given: object = {}): Promise<Preview> => {
  const answer = await ask('drafter', 'POST', '/api/documents/preview', {
    title: '海原县设施农业补助资金管理办法',
    tier: 'government',
    issuers: ['hy-gov'],
    draftingUnit: 'hy-agri',
    classification: { ...noClassification, ...change },
    ...given,
  })
  expect(answer.status).toBe(200)
  return (await answer.json()) as Preview
}
const says = (p: Preview, kind: string) => p.consequences.find((each) => each.kind === kind)?.says

describe('立项以前的推演', () => {
  it('与登记库中现行的、停止执行的文件名称相近的，申请以前就问；已经废止的不问', async () => {
    expect(says(await preview({}), 'overlap')).toBeUndefined()
    const put = (id: string, force: object[]) =>
      c.sql`insert into register_entries (jurisdiction_id, id, origin, source_id, source_name, title, issuers, lead_issuer, category,
        published_on, effective_date, disclosure, force_events, source_status, body, text_hash, attachments, metadata, created_at)
      values ('640522', ${id}, 'imported', ${id}, '试', ${`海原县设施农业补助资金使用管理办法（${id}）`}, array['海原县人民政府'], '海原县人民政府',
        '行政规范性文件', '2024-01-01', '2024-02-01', 'active', ${c.sql.json(force as never)}, '有效', '略', '', '[]', '{}', '2026-01-01')`
    const event = (kind: string) => [{ kind, on: '2025-06-01', reason: '决定', byDocument: null }]
    await put('甲', [])
    await put('乙', event('suspended'))
    await put('丙', event('repealed'))
    const asked = says(await preview({}), 'overlap') ?? ''
    expect(asked).toContain('现行的《海原县设施农业补助资金使用管理办法（甲）》')
    expect(asked).toContain('停止执行的《海原县设施农业补助资金使用管理办法（乙）》')
    expect(asked).not.toContain('丙')
  })
  it('分类一改，环节、期限与最早的公布日随之改', async () => {
    const plain = await preview({})
    expect(says(plain, 'consultation')).toBe('依现在的分类不是必经程序')
    expect(says(plain, 'competition')).toBeUndefined()
    const rights = await preview({ affectsRights: true })
    expect(says(rights, 'consultation')).toContain('至少7个工作日')
    expect([rights.publishOn, rights.effectiveOn]).toEqual(['2026-03-19', '2026-04-19'])
    const heavy = await preview({
      affectsRights: true,
      enterpriseRelated: true,
      majorDecision: true,
      hearingRequired: true,
    })
    expect(says(heavy, 'consultation')).toMatch(/30/)
    for (const kind of ['risk', 'competition', 'hearing', 'party', 'own-review', 'deliberation'])
      expect(says(heavy, kind), kind).toBeTruthy()
    expect(heavy.publishOn ?? '').not.toBe('')
    expect((heavy.publishOn ?? '') > (rights.publishOn ?? '')).toBe(true)
    expect(says(await preview({ provisional: true }), 'validity')).toContain('暂行、试行的最长2年')
    expect(says(await preview({}), 'validity')).toContain('最长5年')
  })
  it('没有制定机关、不认识的单位、空标题也答复，只是推算不到公布', async () => {
    const nobody = await preview({}, { issuers: ['没有这个单位'], title: '', draftingUnit: '也没有' })
    expect(nobody).toMatchObject({ steps: [], publishOn: null, stuck: null })
    const wrong = await ask('drafter', 'POST', '/api/documents/preview', {
      tier: '省级',
      classification: noClassification,
    })
    expect(wrong.status).toBe(422)
    const body = { tier: 'government', classification: noClassification }
    expect((await ask(null, 'POST', '/api/documents/preview', body)).status).toBe(401)
  })
  it('与真的立项同一个计划；推演没有留下任何案卷', async () => {
    const before = (await (await ask('drafter', 'GET', '/api/documents?limit=100')).json()) as { items: unknown[] }
    const told = await preview({ affectsRights: true })
    const after = (await (await ask('drafter', 'GET', '/api/documents?limit=100')).json()) as { items: unknown[] }
    expect(after.items.length).toBe(before.items.length)
    const opened = await ask('drafter', 'POST', '/api/documents', {
      commandId: randomUUID(),
      title: '海原县设施农业补助资金管理办法',
      jurisdiction: '640522',
      issuers: ['hy-gov'],
      tier: 'government',
      necessity: '补助标准分散。',
      classification: { ...noClassification, affectsRights: true },
    })
    const { id } = (await opened.json()) as { id: string }
    const plan = (await (await ask('drafter', 'GET', `/api/documents/${id}/plan`)).json()) as Preview
    expect([told.publishOn, told.effectiveOn]).toEqual([plan.publishOn, plan.effectiveOn])
    expect(told.steps.map((step) => [step.stage, step.from])).toEqual(plan.steps.map((step) => [step.stage, step.from]))

    // 等着同意立项：文本已经可以起头，别人存不了；同意以后还在。
    const copy = { basedOn: null, body: '海原县设施农业补助资金管理办法\n第一条　……\n', waivers: [] }
    const first = { 'if-match': '"0"' }
    expect((await ask('reviewer', 'PUT', `/api/documents/${id}/working-copy`, copy, first)).status).not.toBe(200)
    expect((await ask('drafter', 'PUT', `/api/documents/${id}/working-copy`, copy, first)).status).toBe(200)
    await ask('secretariat', 'POST', `/api/documents/${id}/commands`, {
      type: 'ApproveInitiation',
      commandId: randomUUID(),
      expectedVersion: 1,
    })
    const kept = (await (await ask('drafter', 'GET', `/api/documents/${id}/working-copy`)).json()) as { body: string }
    expect(kept.body).toBe(copy.body)
  })
  it('范本里的〔待填〕没有填的材料不收，写明还有几处', async () => {
    const opened = await ask('drafter', 'POST', '/api/documents', {
      commandId: randomUUID(),
      title: '海原县农田灌溉用水管理办法',
      jurisdiction: '640522',
      issuers: ['hy-gov'],
      tier: 'government',
      necessity: '用水次序需要统一规定。',
      classification: noClassification,
    })
    const { id } = (await opened.json()) as { id: string }
    await ask('secretariat', 'POST', `/api/documents/${id}/commands`, {
      type: 'ApproveInitiation',
      commandId: randomUUID(),
      expectedVersion: 1,
    })
    const provide = (body: string) =>
      ask('drafter', 'POST', `/api/documents/${id}/commands`, {
        type: 'ProvideArtefact',
        commandId: randomUUID(),
        expectedVersion: 2,
        kind: 'explanatory_note',
        body,
      })
    const refused = await provide('一、必要性\n〔待填：现行规定有什么不足〕\n二、主要内容\n〔待填〕')
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('还有2处没有填写，第一处是“现行规定有什么不足”')
    expect((await provide('一、必要性\n现行规定分散。')).status).toBe(200)
    const doc = (await (await ask('drafter', 'GET', `/api/documents/${id}`)).json()) as {
      materials: Array<{ kind: string; state: string }>
    }
    expect(doc.materials.map(({ kind, state }) => [kind, state])).toEqual([
      ['text', 'missing'],
      ['explanatory_note', 'have'],
      ['legal_basis_table', 'missing'],
      ['own_legality_opinion', 'missing'],
      ['interpretation', 'missing'],
    ])
  })
})
