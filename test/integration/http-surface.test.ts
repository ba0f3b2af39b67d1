// 接口说明、运行接口、期限计算、演示时钟。
import { randomUUID } from 'node:crypto'
import { noClassification } from '@dianzhang/contract'
import { schema } from '@dianzhang/database'
import { describe, expect, test } from 'vitest'
import { type Client, httpOffice, json, problemOf } from '../support/http.ts'

interface OpenApi {
  openapi: string
  paths: Record<string, object>
  components: { schemas: Record<string, { required: string[]; properties: Record<string, unknown> }> }
}
const openApi = (client: Client): Promise<OpenApi> => json<OpenApi>(client.get('/api/openapi.json'))
interface Period {
  due: string
  trace: Array<{ counted: boolean }>
}

describe('接口', async () => {
  const { app, anonymous, signIn, office } = await httpOffice()

  test('每一条路由都写在接口说明里，说明里没有多余的', async () => {
    const document = await openApi(anonymous)
    expect(document.openapi).toBe('3.1.0')
    const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const served = app.hono.routes
      .filter(
        (route) =>
          route.method !== 'ALL' &&
          /^\/(api|public|healthz|readyz|metrics|tlog|oai|bulk|mcp|exchange|opensearch|calendar\.ics|\.well-known)/.test(
            route.path,
          ),
      )
      .map((route) => `${route.method} ${route.path.replace(/:([A-Za-z0-9]+)(?:\{[^}]*\})?/g, '{$1}')}`)
    expect([...new Set(documented)].sort()).toEqual([...new Set(served)].sort())
    expect(documented).toEqual(
      expect.arrayContaining([
        'POST /api/auth/sign-in/username',
        'GET /api/me',
        'POST /api/documents',
        'GET /api/documents',
        'GET /api/documents/{id}',
        'GET /api/documents/{id}/actions',
        'POST /api/documents/{id}/commands',
        'GET /api/documents/{id}/history',
        'GET /api/documents/{id}/versions',
        'GET /api/documents/{id}/versions/{n}',
        'GET /api/documents/{id}/diff',
        'GET /api/documents/{id}/deadlines',
        'POST /public/v1/consultations/{id}/comments',
        'GET /public/v1/consultations',
        'GET /public/v1/documents',
        'GET /public/v1/documents/{id}',
        'GET /public/v1/calendar/explain',
        'GET /api/openapi.json',
        'POST /api/demo/clock',
        'GET /healthz',
        'GET /readyz',
        'GET /metrics',
      ]),
    )
  })

  test('说明中的每个引用都有着落，命令的模式齐全', async () => {
    const document = await openApi(anonymous)
    const text = JSON.stringify(document)
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      expect(document.components.schemas, name).toHaveProperty(name ?? '')
    }
    // 递归的结构也在公用的模式里，不在各自的 $defs 里。
    expect([...text.matchAll(/"\$ref":"([^"]*)"/g)].filter(([, ref]) => !ref?.startsWith('#/components/'))).toEqual([])
    const ids = [...text.matchAll(/"operationId":"([^"]*)"/g)].map(([, id]) => id)
    expect([ids.length > 60, new Set(ids).size]).toEqual([true, ids.length])
    // 有几种格式的下载写明每一种，与答复的类型一致。
    expect(text.match(/"application\/akn\+xml":\{"schema"/g)).toHaveLength(2)
    expect(document.components.schemas.SaveDraft?.properties.expectedVersion).toMatchObject({ minimum: 0 })
    expect(document.components.schemas.SaveDraft?.required).toEqual(
      expect.arrayContaining(['type', 'commandId', 'expectedVersion', 'body']),
    )
  })

  test('存活与就绪', async () => {
    expect(await (await anonymous.get('/healthz')).json()).toEqual({ status: 'ok' })
    expect(await (await anonymous.get('/readyz')).json()).toEqual({ status: 'ready' })
  })

  test('指标含命令、拒绝、期限、已施行未公布与请求耗时', async () => {
    office.meters.command('SaveDraft', 'accepted')
    office.meters.refusal('issuer.eligible')
    const at = new Date('2026-03-02T00:00:00Z')
    await office.db.insert(schema.matters).values({
      jurisdictionId: '640522',
      id: 'orphan',
      process: 'normative-document',
      version: 1,
      stage: 'effective',
      snapshot: {},
      title: '没有公布条目的文件',
      unit: 'water',
      packVersion: 'x',
      openedBy: 'drafter',
      involvedUnits: [],
      ledgerSeq: 0,
      ledgerHead: '0'.repeat(64),
      createdAt: at,
      updatedAt: at,
    })
    const row = {
      jurisdictionId: '640522',
      matterId: 'orphan',
      label: '期限',
      startsOn: '2026-01-01',
      dueAt: at,
      status: 'open',
      provisional: false,
    }
    await office.db.insert(schema.deadlines).values([
      { ...row, key: 'a', kind: 'review', dueOn: '2026-03-01' },
      { ...row, key: 'b', kind: 'review', dueOn: '2026-03-02' },
      { ...row, key: 'c', kind: 'review', dueOn: '2026-04-02' },
      { ...row, key: 'd', kind: 'review', dueOn: '2026-01-02', status: 'met' },
    ])
    const answer = await anonymous.get('/metrics')
    expect(answer.headers.get('content-type')).toContain('text/plain')
    const text = await answer.text()
    expect(text).toContain('dianzhang_commands_total{type="SaveDraft",outcome="accepted"} 1')
    expect(text).toContain('dianzhang_refusals_total{rule="issuer.eligible"} 1')
    expect(text).toContain('dianzhang_deadlines{kind="review",state="open"} 2')
    expect(text).toContain('dianzhang_deadlines{kind="review",state="overdue"} 1')
    expect(text).toContain('dianzhang_in_force_unpublished 1')
    expect(text).toContain('dianzhang_http_request_duration_seconds_count{method="GET",route="/healthz",status="200"}')
  })

  test('期限计算：单位可以用中文或者缩写，答复逐日过程；无效的日期、法域、单位被拒绝', async () => {
    const explain = (query: string) => anonymous.get(`/public/v1/calendar/explain?${query}`)
    const base = 'jurisdiction=640522&start=2026-09-25&days=7'
    const answers = await Promise.all(
      ['working_day', 'wd', '工作日'].map((unit) => json<Period>(explain(`${base}&unit=${unit}`))),
    )
    expect(answers[0]?.due).toBe('2026-10-12')
    expect(answers[0]?.trace.filter((day) => day.counted)).toHaveLength(7)
    expect(answers[0]).toMatchObject({ provisional: false, unit: 'working_day' })
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
    const days = await json<Period>(explain('jurisdiction=CN&start=2026-03-01&days=30&unit=%E6%97%A5'))
    expect(days.due).toBe('2026-03-31')
    for (const [query, path] of [
      ['jurisdiction=640522&start=2024-02-30&days=7&unit=wd', 'start'],
      ['jurisdiction=000000&start=2026-03-01&days=7&unit=wd', 'jurisdiction'],
      ['jurisdiction=640522&start=2026-03-01&days=7&unit=week', 'unit'],
      ['jurisdiction=640522&start=2026-03-01&days=&unit=wd', 'days'],
      ['jurisdiction=640522&start=2026-03-01&days=1e2&unit=wd', 'days'],
      ['jurisdiction=640522&start=2026-03-01&days=-1&unit=wd', 'days'],
      ['jurisdiction=640522&start=2026-03-01&days=36000&unit=wd', 'days'],
      ['jurisdiction=640522&start=9999-12-30&days=5&unit=wd', 'start'],
    ] as const) {
      const answer = await explain(query)
      expect(answer.status, query).toBe(422)
      expect((await problemOf(answer)).issues?.[0]?.path).toBe(path)
    }
  })

  test('演示时钟只向前拨，存入数据库，答复现在的时刻与办理的作业数', async () => {
    const moved = await anonymous.post('/api/demo/clock', { now: '2026-03-10T09:00:00+08:00' })
    expect(moved.status).toBe(200)
    const answer = await json<{ now: string; ran: number }>(moved)
    expect(Date.parse(answer.now)).toBeGreaterThanOrEqual(Date.parse('2026-03-10T09:00:00+08:00'))
    expect(answer.ran).toBe(0)
    const back = await anonymous.post('/api/demo/clock', { now: '2026-03-09T09:00:00+08:00' })
    expect(back.status).toBe(422)
    expect((await problemOf(back)).issues?.[0]?.path).toBe('now')
    const endless = await anonymous.post('/api/demo/clock', { now: '9999-12-31T00:00:00Z' })
    expect([endless.status, (await problemOf(endless)).issues?.[0]?.path]).toEqual([422, 'now'])
    expect((await anonymous.get('/public/v1/documents')).status).toBe(200)
    const wrong = await anonymous.post('/api/demo/clock', { now: '2026-03-11' })
    expect(wrong.status).toBe(422)
    const [stored] = await office.db.select().from(schema.settings)
    expect(typeof stored?.value.offset).toBe('number')
    const me = await json<{ demo: { now: string } }>((await signIn('drafter')).get('/api/me'))
    expect(Date.parse(me.demo.now)).toBeGreaterThanOrEqual(Date.parse(answer.now))
  })

  test('申请立项经唯一入口受理，同一命令标识得到同一答复', async () => {
    const drafter = await signIn('drafter')
    const proposal = {
      commandId: '6f6ea0a4-6d5c-4b53-9d8e-0d6b6f7a1c01',
      title: '示范县农村供水管理办法',
      jurisdiction: '640522',
      issuers: ['gov'],
      tier: 'government',
      classification: { ...noClassification, affectsRights: true },
      necessity: '规范农村供水管理，保障饮水安全。',
    }
    const first = await drafter.post('/api/documents', proposal)
    expect(first.status, await first.clone().text()).toBe(201)
    const answer = await json<{ id: string }>(first)
    expect(answer).toMatchObject({ version: 1, stage: 'initiation' })
    expect(first.headers.get('location')).toBe(`/api/documents/${answer.id}`)
    const again = await drafter.post('/api/documents', proposal)
    expect((await json<{ id: string }>(again)).id).toBe(answer.id)
    const stale = await drafter.post(`/api/documents/${answer.id}/commands`, {
      type: 'SaveDraft',
      commandId: '6f6ea0a4-6d5c-4b53-9d8e-0d6b6f7a1c02',
      expectedVersion: 7,
      body: '第一条 为了规范农村供水管理，制定本办法。',
    })
    expect(stale.status).toBe(412)
    expect((await problemOf(stale)).code).toBe('stale_version')
  })
})

describe('生产模式', async () => {
  const { anonymous, app, database, office, signIn } = await httpOffice({
    mode: 'serve',
    metricsToken: 'a-token-for-metrics',
  })
  test('指标须带口令，接口说明须登录', async () => {
    for (const authorization of ['', 'Bearer a-token-for-metricz', 'Bearer ', 'a-token-for-metrics'])
      expect((await anonymous.get('/metrics', { authorization })).status, authorization).toBe(401)
    const told = await anonymous.get('/metrics', { authorization: 'Bearer a-token-for-metrics' })
    expect(await told.text()).toContain('dianzhang_commands_total')
    const seen = (await (await anonymous.get('/api/openapi.json')).json()) as { paths: Record<string, unknown> }
    expect(Object.keys(seen.paths)).toContain('/public/v1/documents')
    expect(Object.keys(seen.paths)).not.toContain('/api/documents')
  })
  test('附件的名称里没有看不见的字符，没有路径', async () => {
    const drafter = await signIn('drafter')
    const { id } = await json<{ id: string }>(
      drafter.post('/api/documents', {
        commandId: randomUUID(),
        title: '示范县农村供水管理办法',
        jurisdiction: '640522',
        issuers: ['gov'],
        tier: 'government',
        classification: noClassification,
        necessity: '规范供水。',
      }),
    )
    const base = { type: 'SaveDraft', expectedVersion: 1, body: '第一条 甲。' }
    for (const name of [
      '甲\u202excod.exe',
      '甲\u0000.txt',
      '甲\u200b.docx',
      '../甲.docx',
      '甲\n乙.pdf',
      '甲\ufeff.docx',
    ]) {
      const answer = await drafter.post(`/api/documents/${id}/commands`, {
        ...base,
        commandId: randomUUID(),
        attachments: [{ name, content: 'x' }],
      })
      expect(answer.status, JSON.stringify(name)).toBe(422)
      expect((await problemOf(answer)).issues?.[0]?.path).toBe('attachments.0.name')
    }
  })
  test('几个法域共用一个系统，一地的管理员不能改全国的放假安排', async () => {
    const admin = await signIn('admin')
    const notice = {
      year: 2031,
      source: '国务院办公厅通知（示例）',
      days: [{ date: '2031-05-02', kind: 'off', name: '劳动节' }],
    }
    const enter = (id: string, jurisdiction: string) =>
      admin.post('/api/calendar/notices', { id, jurisdiction, ...notice })
    expect((await enter('cn-2031-a', 'CN')).status).toBe(201)
    await office.db.insert(schema.units).values({
      jurisdictionId: '510811',
      id: 'other',
      name: '别处的政府',
      kind: 'government',
      sort: 1,
      eligible: true,
    })
    const refused = await enter('cn-2031-b', 'CN')
    expect(refused.status).toBe(403)
    expect((await problemOf(refused)).detail).toContain('命令行')
    expect((await enter('local-2031', '640522')).status).toBe(201)
  })
  test('数据库的结构与程序不一致，说明要做什么，不是内部错误', async () => {
    const { sql } = database.connect()
    for (const [broken, mended] of [
      [
        'alter table register_entries rename to register_entries_gone',
        'alter table register_entries_gone rename to register_entries',
      ],
      [
        `revoke select on register_entries from ${new URL(database.appUrl).username}`,
        `grant select on register_entries to ${new URL(database.appUrl).username}`,
      ],
    ] as const) {
      await sql.unsafe(broken)
      // 检索在公众所见没有变化以前记得答复，一件的页面每次都读。
      const answer = await anonymous.get('/public/v1/documents/no-such-entry')
      expect(answer.status).toBe(503)
      expect((await problemOf(answer)).detail).toContain('npx dianzhang migrate')
      await sql.unsafe(mended)
    }
    expect((await app.request('/public/v1/documents?q=供水')).status).toBe(200)
  })
  test('没有演示时钟的接口，me 也不提演示', async () => {
    expect((await anonymous.post('/api/demo/clock', { now: '2030-01-01T00:00:00Z' })).status).toBe(404)
    const document = await openApi(await signIn('drafter'))
    expect(document.paths).not.toHaveProperty('/api/demo/clock')
    expect(await json<object>((await signIn('drafter')).get('/api/me'))).not.toHaveProperty('demo')
  })
})
