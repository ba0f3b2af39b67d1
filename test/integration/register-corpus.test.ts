// 真实文件：语料导入登记库，再以逐件比对核实检索不漏、不多。没有语料时说明并略过。
// 平时取每十二件之一，免得整套检查过久；DIANZHANG_FULL_CORPUS=1 为整个语料。
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { cite } from '@dianzhang/text'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ImportSummary, runImport } from '../../apps/server/src/cli/import.ts'
import { searchRegister } from '../../packages/register/src/register-search.ts'
import { resolveCitations } from '../../packages/register/src/resolve-citations.ts'
import { searchText, searchWords } from '../../packages/register/src/search.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { sharedData } from '../support/shared-data.ts'

const corpus = sharedData('corpus.jsonl.gz') ?? ''
const present = corpus !== ''
const every = process.env.DIANZHANG_FULL_CORPUS ? 1 : 12

interface Source {
  id: string
  title: string
  docNo?: string
  docNoRaw?: string
  issuer?: string
  status?: string
  publishedAt?: string
  body: string
}
const jurisdiction = '640522'
const now = new Date('2026-11-20T02:00:00Z')

describe('语料', () => {
  let database: TestDatabase
  let db: ReturnType<TestDatabase['connect']>['db']
  let documents: Source[] = []
  let scratch = ''
  let file = ''
  afterAll(() => {
    if (scratch) rmSync(scratch, { recursive: true, force: true })
  })
  const load = async (): Promise<{ code: number; summary: ImportSummary }> => {
    const out: string[] = []
    const io = { out: (text: string) => out.push(text), error: () => {}, progress: () => {}, terminal: false }
    const code = await runImport({ file, url: database.url, jurisdiction, sourceName: '语料', json: true, now }, io)
    return { code, summary: JSON.parse(out.join('')) as ImportSummary }
  }
  let first: Awaited<ReturnType<typeof load>> | undefined

  beforeAll(async () => {
    if (!present) return
    const lines = gunzipSync(readFileSync(corpus))
      .toString('utf8')
      .trim()
      .split('\n')
      .filter((_, i) => i % every === 0)
    documents = lines.map((line) => JSON.parse(line) as Source)
    scratch = mkdtempSync(join(tmpdir(), 'dianzhang-corpus-'))
    file = join(scratch, 'corpus.jsonl')
    writeFileSync(file, lines.join('\n'))
    database = await testDatabase()
    const connection = database.connect()
    db = connection.db
    await connection.sql`insert into jurisdictions (id, name) values (${jurisdiction}, '样例县')`
    first = await load()
  })

  it('每一件都导入，没有一件不合格；再次导入一件也不多', async () => {
    if (!present) return
    expect(first).toMatchObject({
      code: 0,
      summary: { lines: documents.length, imported: documents.length, faults: [] },
    })
    expect((await load()).summary).toMatchObject({ imported: 0, unchanged: documents.length, faults: [] })
  })

  it('检索与逐件比对完全相同：常用字、常用词、文号、机关，以及取自各件原文的词', async () => {
    if (!present) return
    const folded = documents.map((d) => ({
      id: d.id,
      title: searchText(d.title),
      whole: searchText([d.title, d.docNo ?? '', d.docNoRaw ?? '', ...(d.issuer ?? '').split('、'), d.body].join('\n')),
    }))
    // 从真实文本的固定位置截取的词，一至八个字。
    const cut = documents.flatMap((d, i) => {
      if (i % Math.ceil(200 / every) !== 0) return []
      const text = [...d.body.slice((i * 37) % Math.max(1, d.body.length - 20))]
      const word = text
        .slice(0, 1 + (i % 8))
        .join('')
        .trim()
      return word === '' || /\s/.test(word) ? [] : [word]
    })
    const queries = [
      '的',
      '规定',
      '安全',
      '公司法',
      '2021',
      '〔2021〕',
      '国务院',
      '人民政府 规划',
      '（一）',
      'GDP',
      '令第',
      '档案 保管',
      '《中华人民共和国行政处罚法》',
      '规定（试行）',
      '规定试行',
      '处罚、强制',
      ...cut,
    ]
    for (const q of queries) {
      const words = searchWords(q)
      if (words.length === 0) continue
      const holds = (text: string) => words.every(({ forms }) => forms.some((form) => text.includes(form.text)))
      const want = folded.filter((d) => holds(d.whole))
      const titled = new Set(want.filter((d) => holds(d.title)).map((d) => d.id))
      const found: string[] = []
      let cursor: string | undefined
      do {
        const page = await searchRegister(db, { q, cursor, limit: 100, now })
        if (cursor === undefined) {
          if (page.countExact) expect(page.count, q).toBe(want.length)
          else expect(page.count, q).toBeGreaterThanOrEqual(want.length)
        }
        found.push(...page.results.map((entry) => entry.sourceId ?? ''))
        cursor = page.nextCursor ?? undefined
      } while (cursor)
      expect([...found].sort(), q).toEqual(want.map((d) => d.id).sort())
      expect(
        found.slice(0, titled.size).every((id) => titled.has(id)),
        `${q}：标题命中在前`,
      ).toBe(true)
    }
  })

  it('来源称已废止、失效、已修改的，没有一件显示为现行有效', async () => {
    if (!present) return
    const inForce = new Set<string | null>()
    let cursor: string | undefined
    do {
      const page = await searchRegister(db, { status: 'in_force', cursor, limit: 100, now })
      for (const entry of page.results) {
        inForce.add(entry.sourceId)
        expect(entry.statusSource).toBe('stated_by_source')
      }
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    const stated = documents.filter((d) => d.status === '有效' || d.status === '试行').length
    expect(inForce.size).toBeGreaterThan(stated * 0.9)
    for (const d of documents)
      if (d.status !== '有效' && d.status !== '试行') expect(inForce.has(d.id), d.id).toBe(false)
  })

  it('正文所引而语料收录了的，全都查到，所查到的就是那一名称', async () => {
    if (!present) return
    const titles = new Set(documents.map((d) => d.title))
    let found = 0
    for (const d of documents.filter((_, i) => i % 5 === 0)) {
      for (const one of await resolveCitations(db, cite(d.body), { on: '2026-11-20' })) {
        if (one.name === null) continue
        if (titles.has(one.name)) expect(one.entry?.title ?? one.status, `${d.id} ${one.name}`).toBe(one.name)
        if (one.entry) found += 1
        if (one.status === 'ambiguous') expect(one.entry, one.name).toBeNull()
      }
    }
    expect(found).toBeGreaterThan(0)
  })
})
