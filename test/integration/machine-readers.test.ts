// 机器读取：别人写的阅读器读得懂——两种订阅解析、MCP 官方客户端；OAI-PMH 逐页取全，删去的留有记录。

import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, truncateSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { withTransaction } from '@dianzhang/database'
import { appendForceEvent, publishEntry } from '@dianzhang/register'
import { Bulk, LogKeeper } from '@dianzhang/server'
import { createAdaptorServer } from '@hono/node-server'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import jsonld, { type JsonLdDocument } from 'jsonld'
import JSZip from 'jszip'
import Parser from 'rss-parser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type HttpOffice, httpOffice, jurisdiction } from '../support/http.ts'
import { publicEntry } from '../support/public-entry.ts'

let t: HttpOffice
let folder: string
let server: Server
let base: string
const count = 230

beforeAll(async () => {
  t = await httpOffice()
  folder = mkdtempSync(join(tmpdir(), 'dz-readers-'))
  const keeper = new LogKeeper({ office: t.office, folder, host: null })
  t.ctx.log = keeper
  t.ctx.bulk = new Bulk({ office: t.office, keeper, folder: join(folder, 'bulk') })
  await withTransaction(t.office.db, async (tx) => {
    for (let n = 0; n < count; n += 1) {
      const entry = publicEntry(n, {
        jurisdiction,
        title: n % 10 === 0 ? `示范县第${n}项供水办法` : `示范县第${n}项办法`,
        documentNumber: `示政规发〔2026〕${n + 1}号`,
        body: `第一条 为了第${n}件事，制定本办法。`,
      })
      await publishEntry(tx, entry, new Date())
    }
  })
  await withTransaction(t.office.db, (tx) =>
    appendForceEvent(tx, jurisdiction, 'doc-10', {
      kind: 'repealed',
      on: '2026-03-01',
      reason: '另行规定',
      byDocument: null,
      decision: { body: '常务会议', date: '2026-02-27' },
    }),
  )
  server = createAdaptorServer({ fetch: t.app.fetch }) as Server
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await new Promise((done) => server.close(done))
  rmSync(folder, { recursive: true, force: true })
})
const text = async (path: string): Promise<string> => (await fetch(base + path)).text()

test('订阅：别人的解析器读得出最新的废止；顺着存档往回读，一条不少；检索的订阅只有检索到的', async () => {
  const parser = new Parser()
  const newest = await parser.parseURL(`${base}/feeds/changes.atom`)
  expect(newest.items[0]?.title).toBe('废止：示范县第10项供水办法')
  const seen = new Set<string>()
  for (let url: string | undefined = `${base}/feeds/changes.atom`; url; ) {
    const source = await (await fetch(url)).text()
    const { items } = await parser.parseString(source)
    for (const item of items) seen.add(String(item.id))
    url = /rel="prev-archive"[^>]*href="([^"]*)"/.exec(source)?.[1]?.replaceAll('&amp;', '&')
  }
  expect(seen.size).toBe(count + 1)
  const json = (await (await fetch(`${base}/feeds/changes.json?q=${encodeURIComponent('供水')}`)).json()) as {
    version: string
    items: Array<{ title: string }>
  }
  expect(json.version).toBe('https://jsonfeed.org/version/1.1')
  expect(json.items).toHaveLength(24)
  expect((await fetch(`${base}/feeds/changes.atom?page=99`)).status).toBe(404)
  expect((await fetch(`${base}/feeds/changes.atom?status=x`)).status).toBe(422)
  expect((await fetch(`${base}/feeds/changes.atom?staus=in_force`)).status).toBe(422)
  const repealed = await parser.parseURL(`${base}/feeds/changes.atom?status=repealed`)
  expect(new Set(repealed.items.map((item) => item.link))).toEqual(
    new Set([expect.stringMatching(/\/register\/doc-10$/)]),
  )
  // 新文件的订阅不在五十件处断掉：顺着往下还有。
  const titles = new Set<string>()
  for (let url: string | undefined = `${base}/feeds/register.atom`; url; ) {
    const source = await (await fetch(url)).text()
    for (const item of (await parser.parseString(source)).items) titles.add(String(item.title))
    url = /rel="next"[^>]*href="([^"]*)"/.exec(source)?.[1]?.replaceAll('&amp;', '&')
  }
  expect(titles.size).toBe(count)
})

test('OAI-PMH：逐页取全，其间的变动不丢；每种错误各有代码与一句话', async () => {
  const ids: string[] = []
  for (let query = 'verb=ListRecords&metadataPrefix=oai_dc'; query; ) {
    const page = await text(`/oai?${query}`)
    ids.push(...[...page.matchAll(/<identifier>([^<]*)<\/identifier>/g)].map((m) => m[1] ?? ''))
    const token = /<resumptionToken[^>]*>([^<]+)</.exec(page)?.[1]
    if (ids.length === 100) {
      await withTransaction(t.office.db, (tx) =>
        appendForceEvent(tx, jurisdiction, 'doc-0', {
          kind: 'amended',
          on: '2026-03-02',
          reason: '修改',
          byDocument: null,
          decision: { body: '常务会议', date: '2026-03-01' },
        }),
      )
    }
    query = token ? `verb=ListRecords&resumptionToken=${token}` : ''
  }
  expect(new Set(ids).size).toBe(count)
  const codes: Record<string, string> = {
    'verb=Bad': 'badVerb',
    '': 'badVerb',
    'verb=ListRecords': 'badArgument',
    'verb=Identify&x=1': 'badArgument',
    'verb=ListRecords&metadataPrefix=marc': 'cannotDisseminateFormat',
    'verb=ListRecords&resumptionToken=zz': 'badResumptionToken',
    'verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:x:1': 'idDoesNotExist',
    'verb=ListRecords&metadataPrefix=oai_dc&from=2199-01-01': 'noRecordsMatch',
  }
  const said = new Set<string>()
  for (const [query, code] of Object.entries(codes)) {
    const answer = await text(`/oai?${query}`)
    expect(answer, query).toContain(`<error code="${code}">`)
    said.add(/<error[^>]*>([^<]*)/.exec(answer)?.[1] ?? '')
  }
  expect(said.size).toBe(Object.keys(codes).length)
  for (const prefix of ['gbt47229', 'akn'])
    expect(await text(`/oai?verb=ListRecords&metadataPrefix=${prefix}`)).toContain('<metadata>')
})

test('MCP：官方客户端连得上，工具不超过八个；没有、不止一件、截断各有说法', async () => {
  const client = new Client({ name: 'test', version: '1' })
  // 官方的 HTTP 传输在本测试的载入条件下载不进来；客户端照样核对每一个答复。
  const transport: Transport = {
    start: async () => {},
    close: async () => {},
    send: async (message) => {
      const response = await fetch(`${base}/mcp`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
        body: JSON.stringify(message),
      })
      if (response.status !== 202) transport.onmessage?.((await response.json()) as never)
    },
  }
  await client.connect(transport)
  const { tools } = await client.listTools()
  expect(tools.length).toBeLessThanOrEqual(8)
  expect(JSON.stringify(tools).length).toBeLessThan(9000)
  const call = async (name: string, given: Record<string, unknown>) =>
    (await client.callTool({ name, arguments: given })).structuredContent as Record<string, unknown>
  expect((await call('get_status', { document: '没有这样的文件' })).outcome).toBe('absent')
  expect((await call('get_status', { document: '供水办法' })).outcome).toBe('ambiguous')
  const found = await call('get_document', { document: 'doc-10', article: 1 })
  expect(found).toMatchObject({ outcome: 'found', status: 'repealed' })
  expect(found.quoted_text).toContain('第一条')
  expect(found.log).toMatchObject({ size: expect.any(Number) })
  expect(await call('search_documents', { q: '供水', limit: 5 })).toMatchObject({ outcome: 'cut', shown: '5 of 23' })
  await expect(client.callTool({ name: 'search_documents', arguments: { limit: 500 } })).rejects.toThrow(/limit/)
  await client.close()
})

test('整库文件：清单写明大小、摘要与日志的条数，与接口逐件相同；目录说得出每个文件', async () => {
  const manifest = JSON.parse(await text('/bulk/manifest.json')) as {
    log: { size: number }
    files: Array<{ url: string; bytes: number; sha256: string; records: number }>
  }
  const [jsonl] = manifest.files
  const bytes = Buffer.from(await (await fetch(jsonl?.url ?? '')).arrayBuffer())
  expect(bytes.length).toBe(jsonl?.bytes)
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(jsonl?.sha256)
  const lines = gunzipSync(bytes).toString('utf8').trim().split('\n')
  expect(lines).toHaveLength(count)
  // 正文的压缩包由别人写的程序（JSZip）解开，与接口的正文逐件相同。
  const zip = manifest.files.find((one) => one.url.endsWith('.zip'))
  const archive = await JSZip.loadAsync(await (await fetch(zip?.url ?? '')).arrayBuffer(), { checkCRC32: true })
  const inside = JSON.parse((await archive.file('manifest.json')?.async('string')) ?? '') as {
    log: { size: number }
    files: Array<{ name: string; id: string; textHash: string }>
  }
  expect(inside.log.size).toBe(manifest.log.size)
  expect(inside.files).toHaveLength(count)
  const one = JSON.parse(await text('/public/v1/documents/doc-7')) as { body: string; textHash: string }
  const listed = inside.files.find((x) => x.id === 'doc-7')
  expect(listed?.textHash).toBe(one.textHash)
  expect(await archive.file(listed?.name ?? '')?.async('string')).toContain(one.body)
  const csv = await (await fetch(manifest.files.find((x) => x.url.endsWith('.csv'))?.url ?? '')).text()
  expect(csv.trim().split('\r\n')).toHaveLength(count + 1)
  const catalogue = JSON.parse(await text('/bulk/catalog.jsonld')) as Record<string, Record<string, unknown[]>>
  expect(catalogue['dcat:dataset']?.['dcat:distribution']).toHaveLength(manifest.files.length)
  expect((await fetch(`${base}/bulk/none.csv`)).status).toBe(404)
  // 停电以后只剩名字、没有内容的文件（无论是清单还是其中一个）不拿给人：重新生成。
  for (const name of ['manifest.json', new URL(jsonl?.url ?? '').pathname.split('/').at(-1) ?? '']) {
    truncateSync(join(folder, 'bulk', name))
    const again = JSON.parse(await text('/bulk/manifest.json')) as typeof manifest
    const got = Buffer.from(await (await fetch(again.files[0]?.url ?? '')).arrayBuffer())
    expect([got.length, gunzipSync(got).toString('utf8').trim().split('\n').length]).toEqual([
      again.files[0]?.bytes,
      count,
    ])
  }
})

test('某日所知：其后才登记的变动，当时不知道', async () => {
  const then = JSON.parse(await text('/public/v1/documents/doc-10?on=2026-06-01&known_on=2000-01-01'))
  expect(then.known).toBeNull()
  const now = JSON.parse(await text('/public/v1/documents/doc-10?on=2026-06-01&known_on=2199-01-01'))
  expect(now.known).toMatchObject({ status: 'repealed' })
  const effects = JSON.parse(await text('/public/v1/effects?affected=doc-10&on=2026-02-28'))
  expect(effects).toMatchObject({ total: 1, items: [{ kind: 'repealed', applied: false }] })
  // 清单也按当时所知：那时还没有的不列，效力、是哪一条所据都是当时的。
  const list = async (query: string) =>
    JSON.parse(await text(`/public/v1/documents?limit=100&q=${encodeURIComponent('第10项')}&on=2026-06-01${query}`))
  expect((await list('&known_on=2000-01-01')).total).toBe(0)
  for (const [status, total] of [
    ['repealed', 1],
    ['in_force', 0],
  ])
    expect(await list(`&known_on=2199-01-01&status=${status}`)).toMatchObject({
      total,
      items: total ? [{ id: 'doc-10', known: { status, on: '2199-01-01', index: expect.any(Number) } }] : [],
    })
  // 不带检索词的、逐页的，同样。
  const ids: string[] = []
  for (let cursor = ''; ; ) {
    const page = JSON.parse(
      await text(`/public/v1/documents?limit=90&known_on=2199-01-01&on=2026-06-01&status=in_force${cursor}`),
    ) as { items: Array<{ id: string }>; total: number; nextCursor: string | null }
    ids.push(...page.items.map((one) => one.id))
    if (page.nextCursor === null) {
      expect(page.total).toBe(new Set(ids).size)
      break
    }
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`
  }
  expect(ids).not.toContain('doc-10')
  expect(ids.length).toBeGreaterThan(count - 5)
  expect((await list('&known_on=2199-01-01&facets=true')).issues?.[0]?.path).toBe('facets')
  expect((await fetch(`${base}/public/v1/documents?known_on=2026-02-30`)).status).toBe(422)
  for (const path of ['/robots.txt', '/opensearch.xml']) expect((await fetch(base + path)).ok).toBe(true)
  expect(await text('/robots.txt')).toContain('Allow: /api/openapi.json')
})

test('每一个公开的清单都说一共多少件；超过上限、没有的文件各有一句话；链接写在答复头里', async () => {
  const api = JSON.parse(await text('/api/openapi.json')) as { paths: Record<string, { get?: object }> }
  const lists = Object.keys(api.paths).filter(
    (path) =>
      path.startsWith('/public/v1/') && !path.includes('{') && !/\.(csv|xlsx|docx|pdf)$|calendar|scorecard/.test(path),
  )
  // 评分表是一张表，不是清单：其中每个数各有自己的清单。
  expect(lists.length).toBeGreaterThan(10)
  for (const path of lists) {
    if (!api.paths[path]?.get) continue
    const query = path.endsWith('/impact') ? '?act=民法典' : path.endsWith('/effects') ? '?affected=doc-1' : ''
    const answer = (await (await fetch(base + path + query)).json()) as Record<string, unknown>
    expect({ path, total: typeof answer.total, exact: typeof answer.totalExact }).toEqual({
      path,
      total: 'number',
      exact: 'boolean',
    })
  }
  for (const path of ['documents', 'consultations', 'changes', 'anchors', 'suggestions', 'cleanups']) {
    const refused = await fetch(`${base}/public/v1/${path}?limit=100000`)
    expect([path, refused.status]).toEqual([path, 422])
    expect(await refused.text()).toContain('limit')
  }
  const page = await fetch(`${base}/public/v1/documents?q=${encodeURIComponent('供水')}&limit=5`)
  const next = /<([^>]*)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1]
  expect(((await (await fetch(base + next)).json()) as { items: unknown[] }).items).toHaveLength(5)
  const links = (await fetch(`${base}/register/doc-10`)).headers.get('link') ?? ''
  for (const [, href] of links.matchAll(/<([^>]*)>/g))
    expect([href, (await fetch(base + href)).status]).toEqual([href, 200])
  expect((await fetch(`${base}/public/v1/effects?affected=nothing`)).status).toBe(404)
  const effects = async (known: string) =>
    JSON.parse(await text(`/public/v1/effects?affected=doc-10&known_on=${known}`)) as { total: number }
  expect([(await effects('2000-01-01')).total, (await effects('2199-01-01')).total]).toEqual([0, 1])
})

test('JSON-LD 载有 ELI 的各项、版本之日与各个文件；文件的摘要就是下载所得的；别人的程序读得成三元组', async () => {
  const shown = JSON.parse(await text('/public/v1/documents/doc-10/export/jsonld')) as JsonLdDocument & {
    '@id': string
    '@context': unknown[]
    encoding: Array<{ '@type': string; contentUrl: string; encodingFormat: string; sha256: string }>
  }
  expect(shown.encoding.map((file) => file['@type'])).toEqual(Array(4).fill('LegislationObject'))
  for (const { contentUrl, encodingFormat, sha256 } of shown.encoding) {
    const { pathname, search } = new URL(contentUrl)
    const file = await fetch(base + pathname + search)
    expect([contentUrl, file.headers.get('content-type')]).toEqual([
      contentUrl,
      expect.stringContaining(encodingFormat),
    ])
    const bytes = Buffer.from(await file.arrayBuffer())
    expect([contentUrl, createHash('sha256').update(bytes).digest('hex')]).toEqual([contentUrl, sha256])
  }
  // schema.org 的词汇不联网取：只当作前缀。
  const documentLoader = async (url: string) => {
    expect(url).toMatch(/^https?:\/\/schema\.org\/?$/)
    return { documentUrl: url, document: { '@context': { '@vocab': 'https://schema.org/' } } }
  }
  const quads = (await jsonld.toRDF(shown, { documentLoader: documentLoader as never })) as unknown as Array<{
    subject: { value: string }
    predicate: { value: string }
    object: { value: string; datatype?: { value: string } }
  }>
  const said = (predicate: string) =>
    quads.filter((q) => q.subject.value === shown['@id'] && q.predicate.value === predicate).map((q) => q.object)
  const eli = 'http://data.europa.eu/eli/ontology#'
  expect(said(`${eli}date_publication`)).toMatchObject([
    { value: '2026-01-10', datatype: { value: 'http://www.w3.org/2001/XMLSchema#date' } },
  ])
  expect(said(`${eli}in_force`)).toMatchObject([{ value: `${eli}InForce-notInForce` }])
  expect(said('https://schema.org/legislationDateVersion')).toHaveLength(1)
  expect(said('https://schema.org/encoding')).toHaveLength(4)
  const catalogue = (await jsonld.toRDF(JSON.parse(await text('/bulk/catalog.jsonld')))) as unknown as typeof quads
  expect(catalogue.filter((q) => q.predicate.value === 'http://www.w3.org/ns/dcat#downloadURL')).toHaveLength(3)
})

test('不再公开：此前的每一条都有删除的记号，读者手里的才删得掉；OAI 记录留有删除', async () => {
  const { sql } = t.database.connect()
  await sql`select dz_tlog_append(${jurisdiction}, 'withdraw', 'doc-229', null, null, null, now())`
  const [published] = await sql`select idx::int from tlog_entries where subject = 'doc-229' order by idx limit 1`
  const ref = `urn:dianzhang:log:${jurisdiction}:${published?.idx}`
  expect(await text('/feeds/changes.atom')).toContain(`<at:deleted-entry ref="${ref}"`)
  // 检索的订阅也告诉：手里有它的只有从前检索得到它的人。
  expect(await text(`/feeds/changes.atom?q=${encodeURIComponent('第229项')}`)).toContain(ref)
  expect(JSON.parse(await text('/feeds/changes.json')).items[0]._tombstones.gone).toEqual([ref])
  const oai = await text('/oai?verb=ListIdentifiers&metadataPrefix=oai_dc&from=2020-01-01')
  const last = /<resumptionToken[^>]*>([^<]+)</.exec(oai)?.[1]
  let all = oai
  for (let token = last; token; ) {
    const more = await text(`/oai?verb=ListIdentifiers&resumptionToken=${token}`)
    all += more
    token = /<resumptionToken[^>]*>([^<]+)</.exec(more)?.[1]
  }
  expect(all).toMatch(/<header status="deleted"><identifier>[^<]*doc-229</)
})
