// 归档，经接口：拟给的档号，一号不二用，没有办结的拦下或者提示，档案目录的检索与取走，以往归档的由迁移补成。
import { readFileSync } from 'node:fs'
import { noClassification } from '@dianzhang/contract'
import { readSheet } from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import { verifyDatabase } from '../../apps/server/src/cli/verify.ts'
import * as build from '../model/build.ts'
import { county, type File } from '../model/county.ts'

type Json = Record<string, unknown>
const c = await county({ now: '2026-03-02T09:00:00+08:00' })
let serial = 0
const published = (issuers: string[] = ['hy-agri']) =>
  build.published(c, build.today(c), {
    issuers,
    tier: issuers[0] === 'hy-gov' ? 'government' : 'department',
    classification: { ...noClassification, ...build.urgent },
    title: `海原县第${++serial}件农机办法`,
  })
const contents = (f: File) =>
  c.get<{ numbers: Record<string, string>; fonds: Json; archiveNo: string | null; retention: string | null }>(
    'secretariat',
    `/api/documents/${f.id}/archive`,
  )
const list = (query: Json = {}, username = 'secretariat') =>
  c.get<{ items: Json[]; nextCursor: string | null }>(
    username,
    `/api/archive?${new URLSearchParams(query as Record<string, string>)}`,
  )
const raw = async (username: string | null, path: string): Promise<Response> =>
  c.app.request(path, { headers: username ? { cookie: await c.session(username) } : {} })
const numbers = async (query: Json = {}) => (await list(query)).items.map((row) => row.archiveNo)

describe('归档', () => {
  it('拟给的档号依保管期限，接着已经用到的件号；没有登记全宗号的说明', async () => {
    const first = await published()
    expect(await contents(first)).toMatchObject({
      numbers: { 永久: 'WS·2026-Y-0001', '30年': 'WS·2026-D30-0001', '10年': 'WS·2026-D10-0001' },
      fonds: { unit: '海原县农业农村局', number: null },
    })
    const answer = await first.do('secretariat', 'ArchiveFile', { retention: '30年', archiveNo: 'WS·2026-D30-0007' })
    expect(answer.archive).toMatchObject({ archiveNo: 'WS·2026-D30-0007', retention: '30年', keptUntil: '2056-12-31' })
    expect((await contents(await published())).numbers).toMatchObject({
      永久: 'WS·2026-Y-0001',
      '30年': 'WS·2026-D30-0008',
    })
    expect(await contents(first)).toMatchObject({ archiveNo: 'WS·2026-D30-0007', retention: '30年', numbers: {} })
    expect(await c.get('secretariat', `/api/documents/${first.id}`)).toMatchObject({
      archive: { archiveNo: 'WS·2026-D30-0007', keptUntil: '2056-12-31' },
    })
  })

  it('一个档号只给一件：怎么写都是同一个号', async () => {
    const f = await published()
    for (const same of [
      'WS·2026-D30-0007',
      ' WS·2026-D30-0007 ',
      'ws·2026-d30-0007',
      'ＷＳ·２０２６－Ｄ３０－０００７',
      'WS•2026-D30-0007',
      'WS・2026-D30-0007',
      'WS·2026—D30—0007',
      'WS·2026–D30–0007',
      'WS · 2026 - D30 - 0007',
      'WS‧2026‑D30‑0007',
    ])
      expect(
        (await f.refused('secretariat', 'ArchiveFile', { retention: '30年', archiveNo: same }, 'archive.number-free'))
          .detail,
        same,
      ).toContain('已经给了《海原县第1件农机办法》')
    for (const bad of [{ archiveNo: 'x'.repeat(101) }, { archiveNo: 5 }, { retention: '长'.repeat(41) }])
      expect((await f.attempt('secretariat', 'ArchiveFile', bad)).status).toBe(422)
    // 空白的即没有编号；两件都没有编号，不相干。
    expect((await f.do('secretariat', 'ArchiveFile', { retention: '永久', archiveNo: '　 ' })).archive).toMatchObject({
      archiveNo: null,
      keptUntil: null,
    })
    await (await published()).do('secretariat', 'ArchiveFile', { retention: '永久' })
  })

  it('两人同时以同一个号归档，只有一件得到', async () => {
    const two = [await published(), await published()]
    const outcomes = await Promise.all(
      two.map((f) => f.attempt('secretariat', 'ArchiveFile', { retention: '10年', archiveNo: 'WS·2026-D10-0001' })),
    )
    expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await numbers({ q: 'ws·2026-d10' })).toEqual(['WS·2026-D10-0001'])
  })

  it('补正、纠正没有办结的不得归档；备案、建议审查没有办结的只提示，逐项说明', async () => {
    const f = await published(['hy-gov'])
    const warned = async () => {
      const actions = await c.get<
        Array<{ command: string; verdicts: Array<{ rule: string; holds: boolean; reason: string }> }>
      >('secretariat', `/api/documents/${f.id}/actions`)
      const verdicts = actions.find(({ command }) => command === 'ArchiveFile')?.verdicts ?? []
      return Object.fromEntries(verdicts.filter(({ holds }) => !holds).map(({ rule, reason }) => [rule, reason]))
    }
    expect((await warned())['archive.unfinished']).toContain('报上级政府备案（待报送）')
    const { status } = await c.post(null, '/public/v1/suggestions', {
      document: f.id,
      conflicts: [{ act: '中华人民共和国农业机械化促进法', article: '第十六条', reason: '擅自设定处罚。' }],
      reason: '第二条没有依据。',
    })
    expect(status).toBe(201)
    // 没有请制定机关说明以前，制定机关不知道有这一件，这里也不透露。
    expect((await warned())['archive.unfinished']).not.toContain('建议审查')
    await f.do('secretariat', 'FileDocument', { track: 'government' })
    await f.do('registrar', 'RequestFilingSupplement', { track: 'government', missing: ['说明'] })
    await f.refresh()
    const refusal = await f.refused('secretariat', 'ArchiveFile', { retention: '永久' }, 'archive.settled')
    expect(refusal.detail).toContain('备案（补正中）')
    expect(refusal.verdicts.find(({ rule }) => rule === 'archive.settled')?.basis).toMatchObject({
      article: '第十九条第一款',
    })
  })

  it('目录：检索题名、文号与档号的开头，按期限、年度、机关、待鉴定、待移交挑选；逐页不重不漏', async () => {
    const all = await list()
    expect(all.items.length).toBeGreaterThanOrEqual(4)
    expect(all.items[0]).toMatchObject({ archivedBy: expect.any(String), issuer: { id: 'hy-agri' }, year: 2026 })
    expect(await numbers({ q: '第1件农机' })).toEqual(['WS·2026-D30-0007'])
    const [row] = (await list({ q: '第1件农机' })).items
    expect(await numbers({ q: String(row?.documentNumber) })).toEqual(['WS·2026-D30-0007'])
    expect(await numbers({ q: 'ws·2026-d30' })).toEqual(['WS·2026-D30-0007'])
    expect(await numbers({ q: '%' })).toEqual([])
    expect(await numbers({ q: '_S·' })).toEqual([])
    expect(await numbers({ retention: '30年' })).toEqual(['WS·2026-D30-0007'])
    expect(await numbers({ year: '2025' })).toEqual([])
    expect((await list({ issuer: 'hy-gov' })).items).toEqual([])
    const pages: unknown[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: { items: Json[]; nextCursor: string | null } = await list({
        limit: '1',
        ...(cursor ? { cursor } : {}),
      })
      pages.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(pages).toEqual(all.items.map(({ id }) => id))
    for (const bad of ['limit=0', 'cursor=x', 'due=never', 'year=abc', 'q=', 'retention='])
      expect((await raw('secretariat', `/api/archive?${bad}`)).status, bad).toBe(422)

    expect(await c.get('secretariat', '/api/archive/summary')).toMatchObject({ appraise: 0, transfer: 0 })
    const now = c.clock.now().toISOString()
    c.clock.set('2036-03-03T09:00:00+08:00')
    expect((await list({ due: 'transfer' })).items.length).toBe(all.items.length)
    expect(await list({ due: 'appraise' })).toMatchObject({ items: [] })
    c.clock.set('2037-01-04T09:00:00+08:00')
    expect(await numbers({ due: 'appraise' })).toEqual(['WS·2026-D10-0001'])
    expect(await c.get('secretariat', '/api/archive/summary')).toMatchObject({ appraise: 1 })
    c.clock.set(now)
  })

  it('XLSX、CSV 与页面同一条件；看不到案卷的人目录里没有它，也取不到整卷', async () => {
    const book = await raw('secretariat', '/api/archive.xlsx?retention=30%E5%B9%B4')
    const rows = await readSheet(Buffer.from(await book.arrayBuffer()))
    expect(rows[0]?.slice(0, 3)).toEqual(['档号', '题名', '发文字号'])
    expect(rows[1]?.[0]).toBe('WS·2026-D30-0007')
    expect(rows).toHaveLength(2)
    const csv = await (await raw('secretariat', '/api/archive.csv?due=appraise')).text()
    expect(csv.trim().split('\n')).toHaveLength(1)
    expect((await raw(null, '/api/archive')).status).toBe(401)
    const [{ id }] = (await list({ retention: '30年' })).items as [{ id: string }]
    for (const stranger of ['drafter.housing']) {
      const answer = await raw(stranger, '/api/archive')
      expect(((await answer.json()) as { items: Json[] }).items, stranger).toEqual([])
      expect((await raw(stranger, `/api/documents/${id}/archive.zip`)).status, stranger).toBe(404)
    }
  })

  it('归档的记载改不得；核验看得出，没有问题', async () => {
    await expect(c.sql`update archived_files set retention = '10年'`).rejects.toThrow()
    await expect(c.sql`delete from archived_files`).rejects.toThrow()
    expect((await verifyDatabase(c.sql)).faults.filter(({ check }) => check !== 'seals')).toEqual([])
  })

  it('以往归档的：由迁移照台账补成，与现在写下的一样；同一个号给过两件的，后一件不占号', async () => {
    const [, fill = ''] = readFileSync(new URL('../../drizzle/0045_archived_files.sql', import.meta.url), 'utf8')
      .split('--> statement-breakpoint')
      .filter((part) => part.includes('INSERT INTO archived_files') || part.includes('CREATE TABLE'))
    const rebuilt = await c.sql.begin(async (tx) => {
      const before = await tx`select * from archived_files order by document_id`
      await tx.unsafe('alter table archived_files disable trigger user')
      await tx.unsafe('delete from archived_files')
      await tx.unsafe(fill)
      const after = await tx`select * from archived_files order by document_id`
      await tx.unsafe('alter table archived_files enable trigger user')
      return { before, after }
    })
    expect(rebuilt.after).toEqual(rebuilt.before)
    expect((await verifyDatabase(c.sql)).faults.filter(({ check }) => check !== 'seals')).toEqual([])
  })
})
