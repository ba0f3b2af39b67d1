// 一个站点上的两个县：各有各的公开日志、变动订阅、整库文件与 OAI-PMH，件数齐全，互不相混；没有的法域说没有。
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { schema, withTransaction } from '@dianzhang/database'
import { publishEntry } from '@dianzhang/register'
import { Bulk, LogKeeper } from '@dianzhang/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type HttpOffice, httpOffice, jurisdiction, unitRows } from '../support/http.ts'
import { publicEntry } from '../support/public-entry.ts'

const other = '510811'
const counts: Record<string, number> = { [jurisdiction]: 7, [other]: 12 }
let t: HttpOffice
let folder: string
const get = (path: string) => t.app.request(path)
const text = async (path: string): Promise<string> => (await get(path)).text()
const json = async <T>(path: string): Promise<T> => (await get(path)).json() as Promise<T>

beforeAll(async () => {
  t = await httpOffice()
  folder = mkdtempSync(join(tmpdir(), 'dz-two-registers-'))
  const keeper = new LogKeeper({ office: t.office, folder, host: 'gf.example.gov.cn' })
  t.ctx.log = keeper
  t.ctx.bulk = new Bulk({ office: t.office, keeper, folder: join(folder, 'bulk') })
  await t.office.db
    .insert(schema.units)
    .values(unitRows.map((unit, sort) => ({ ...unit, name: `乙区${unit.id}`, jurisdictionId: other, sort })))
  // 两县交替公布：各自的序号仍从 0 起，没有空号。
  for (let n = 0; n < 12; n += 1)
    for (const [code, count] of Object.entries(counts)) {
      if (n >= count) continue
      const entry = publicEntry(n, {
        jurisdiction: code,
        id: `${code}-${n}`,
        documentId: `${code}-${n}`,
        title: `${code}第${n}项办法`,
        issuers: [`${code}人民政府`],
      })
      await withTransaction(t.office.db, (tx) => publishEntry(tx, entry, new Date()))
    }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(Object.entries(counts))(
  '法域 %s 的 %i 件：日志、订阅、整库文件、OAI-PMH 都齐全，只有自己的',
  async (code, count) => {
    const changes = await json<{ entries: Array<{ index: number; subject?: string }>; total: number }>(
      `/public/v1/changes?jurisdiction=${code}`,
    )
    expect(changes.total).toBe(count)
    expect(changes.entries.map(({ index }) => index)).toEqual(Array.from({ length: count }, (_, i) => i))
    expect(JSON.stringify(changes.entries)).not.toContain(code === other ? `"${jurisdiction}-` : `"${other}-`)
    expect((await text(`/tlog/${code}/checkpoint`)).split('\n').slice(0, 2)).toEqual([
      expect.stringContaining(`/tlog/${code}`),
      String(count),
    ])
    expect((await get(`/public/v1/proofs/${count - 1}?jurisdiction=${code}`)).status).toBe(200)
    expect((await get(`/public/v1/proofs/${count}?jurisdiction=${code}`)).status).toBe(404)

    const feed = await json<{ title: string; items: Array<{ title: string; id: string }> }>(
      `/feeds/changes.json?jurisdiction=${code}`,
    )
    expect(feed.items).toHaveLength(count)
    for (const { title, id } of feed.items) {
      expect(title).toContain(`${code}第`)
      expect(id).toContain(`:${code}:`)
    }
    const searched = await json<{ items: Array<{ title: string }> }>(
      `/feeds/changes.json?jurisdiction=${code}&q=${encodeURIComponent('第3项办法')}`,
    )
    expect(searched.items.map(({ title }) => title)).toEqual([expect.stringContaining(`${code}第3项办法`)])

    const identify = await text(`/oai/${code}?verb=Identify`)
    expect(identify).toContain(`/oai/${code}</baseURL>`)
    const records = await text(`/oai/${code}?verb=ListRecords&metadataPrefix=oai_dc`)
    expect(records.match(/<record>/g)).toHaveLength(count)
    expect(records).not.toContain(`${code === other ? jurisdiction : other}第`)
    const [identifier = ''] = /oai:[^<]*-3(?=<)/.exec(records) ?? []
    expect(
      await text(`/oai/${code}?verb=GetRecord&metadataPrefix=oai_dc&identifier=${encodeURIComponent(identifier)}`),
    ).toContain(`${code}第3项办法`)
    expect(
      await text(
        `/oai/${code === other ? jurisdiction : other}?verb=GetRecord&metadataPrefix=oai_dc&identifier=${encodeURIComponent(identifier)}`,
      ),
    ).toContain('idDoesNotExist')

    const manifest = await json<{ jurisdiction: string; files: Array<{ name: string; url: string; records: number }> }>(
      `/bulk/${code}/manifest.json`,
    )
    expect(manifest.jurisdiction).toBe(code)
    for (const { name, records: held } of manifest.files) {
      expect(held).toBe(count)
      expect((await get(`/bulk/${name}`)).status).toBe(200)
    }
    const csv = await text(`/bulk/${manifest.files.find(({ name }) => name.endsWith('.csv'))?.name}`)
    expect(csv.trim().split('\n')).toHaveLength(count + 1)
  },
)

test('不写法域的地址是本站第一个登记库的；两处都在目录里，第二次生成不丢掉另一县的文件', async () => {
  const first = (await json<{ logs: Array<{ jurisdiction: string }> }>('/.well-known/dianzhang-log.json')).logs[0]
  const own = first?.jurisdiction ?? ''
  expect((await json<{ jurisdiction: string }>('/bulk/manifest.json')).jurisdiction).toBe(own)
  const listed = await text('/oai?verb=ListIdentifiers&metadataPrefix=oai_dc')
  expect(listed.match(/<header>/g)).toHaveLength(counts[own] ?? 0)
  for (const code of Object.keys(counts)) await t.ctx.bulk?.make(code === own ? undefined : code)
  const catalogue = await json<{
    'dcat:dataset': Array<{ 'dcat:distribution': Array<{ 'dcat:downloadURL': { '@id': string } }> }>
  }>('/bulk/catalog.jsonld')
  expect(catalogue['dcat:dataset']).toHaveLength(2)
  for (const dataset of catalogue['dcat:dataset'])
    for (const each of dataset['dcat:distribution'])
      expect((await get(new URL(each['dcat:downloadURL']['@id']).pathname)).status).toBe(200)
})

test('没有的法域各处都说没有', async () => {
  for (const path of [
    '/public/v1/changes?jurisdiction=999999',
    '/tlog/999999/checkpoint',
    '/feeds/changes.json?jurisdiction=999999',
    '/oai/999999?verb=Identify',
    '/bulk/999999/manifest.json',
  ]) {
    const answer = await get(path)
    expect([path, answer.status]).toEqual([path, 404])
    expect(await answer.text()).toMatch(/没有|不存在/)
  }
  // 名称里带路径的，不到磁盘上去找。
  for (const path of ['/bulk/..%2f..%2fmanifest.json', '/bulk/%2e%2e%2fkeys/manifest.json', '/bulk/x%00/manifest.json'])
    expect((await get(path)).status).toBeGreaterThanOrEqual(400)
})
