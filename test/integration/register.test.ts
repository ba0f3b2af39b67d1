// 公开登记库：导入、检索、公开查询、效力筛选，以及数据库守卫。
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { databaseProblem, schema, sql as statement, withTransaction } from '@dianzhang/database'
import { contentHash } from '@dianzhang/ledger'
import { cite } from '@dianzhang/text'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ImportSummary, runImport } from '../../apps/server/src/cli/import.ts'
import type { Io } from '../../apps/server/src/cli/io.ts'
import {
  type CleanupQuery,
  cleanupItems,
  cleanupListNames,
  cleanupOverview,
} from '../../packages/register/src/cleanup.ts'
import { appendForceEvent, attachInterpretation, publishEntry } from '../../packages/register/src/entries.ts'
import { importEntries } from '../../packages/register/src/import.ts'
import {
  getConsultation,
  getEntry,
  getFeedback,
  listConsultations,
} from '../../packages/register/src/public-queries.ts'
import { type RegisterQuery, searchRegister } from '../../packages/register/src/register-search.ts'
import { resolveCitations } from '../../packages/register/src/resolve-citations.ts'
import { rebuildSearchIndex } from '../../packages/register/src/search-index/build.ts'
import { publicStatuses, type StatusFacts, statusOn } from '../../packages/register/src/status-on.ts'
import { titleKey, titleKeySql } from '../../packages/register/src/title-key.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'

const now = new Date('2026-06-15T02:00:00Z')
const jurisdiction = '990101'

async function* lines(...records: Array<Record<string, unknown> | string>): AsyncGenerator<string> {
  for (const record of records) yield typeof record === 'string' ? record : JSON.stringify(record)
}
const record = (id: string, overrides: Record<string, unknown> = {}) => ({
  id,
  title: `关于加强${id}管理的通知`,
  issuer: '青石县人民政府',
  category: '地方规范性文件',
  publishedAt: '2025-03-04',
  effectiveAt: '2025-04-01',
  status: '有效',
  body: `第一条　为了加强${id}管理，制定本通知。`,
  ...overrides,
})

async function prepared(): Promise<{
  database: TestDatabase
  db: ReturnType<TestDatabase['connect']>['db']
  sql: ReturnType<TestDatabase['connect']>['sql']
}> {
  const database = await testDatabase()
  const { db, sql } = database.connect()
  await sql`insert into jurisdictions (id, name) values (${jurisdiction}, '青石县')`
  return { database, db, sql }
}
type Prepared = Awaited<ReturnType<typeof prepared>>

/** 逐页取完一个查询的全部结果。 */
async function everyPage(db: Prepared['db'], query: Omit<RegisterQuery, 'now'>) {
  const results = []
  let cursor: string | undefined
  let first: Awaited<ReturnType<typeof searchRegister>> | undefined
  do {
    const page = await searchRegister(db, { ...query, cursor, now })
    first ??= page
    results.push(...page.results)
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return { results, first }
}

describe('导入', () => {
  let p: Prepared
  beforeAll(async () => {
    p = await prepared()
  })
  const load = (source: AsyncIterable<string>, sourceName = '样例') =>
    importEntries(p, source, { jurisdiction, sourceName, now, batch: 2 })

  it('逐行校验：不合格的行列出行号、标识与理由，其余照常导入', async () => {
    const report = await load(
      lines(
        record('a1'),
        '',
        '{"id": "断行',
        record('a2', { publishedAt: '2025-02-30' }),
        record('a3', { title: '  ' }),
        record('a4', { body: '含\u0000空字符' }),
        record('a1', { title: '又一件' }),
        record('a5', { docNo: '青政规发〔2025〕3号' }),
      ),
    )
    expect(report).toMatchObject({ lines: 7, imported: 2, unchanged: 0 })
    expect(report.faults.map(({ line, id, kind }) => [line, id, kind])).toEqual([
      [3, null, 'unreadable'],
      [4, 'a2', 'invalid'],
      [5, 'a3', 'invalid'],
      [6, 'a4', 'invalid'],
      [7, 'a1', 'duplicate'],
    ])
    expect(report.faults[1]?.reason).toContain('publishedAt')
  })

  it('再次导入不重复；内容变了只报告，不覆盖', async () => {
    const again = await load(lines(record('a1'), record('a5', { docNo: '青政规发〔2025〕3号' })))
    expect(again).toMatchObject({ imported: 0, unchanged: 2, faults: [] })
    const changed = await load(lines(record('a1', { body: '改过的正文。' })))
    expect(changed).toMatchObject({ imported: 0, unchanged: 0 })
    expect(changed.faults[0]).toMatchObject({ line: 1, id: 'a1', kind: 'conflict' })
    const { results } = await everyPage(p.db, { q: 'a1管理' })
    expect(results).toHaveLength(1)
  })

  it('不同来源的同一标识是两个条目', async () => {
    expect(await load(lines(record('a1')), '另一来源')).toMatchObject({ imported: 1 })
  })

  it('中断以后再次运行，接着导入', async () => {
    const abort = new AbortController()
    const records = Array.from({ length: 9 }, (_, i) => record(`r${i}`))
    async function* interrupted() {
      let n = 0
      for await (const line of lines(...records)) {
        if (n++ === 5) abort.abort()
        yield line
      }
    }
    const first = await importEntries(p, interrupted(), {
      jurisdiction,
      sourceName: '中断',
      now,
      batch: 2,
      signal: abort.signal,
    })
    expect(first).toMatchObject({ aborted: true, imported: 5 })
    expect(await load(lines(...records), '中断')).toMatchObject({ aborted: false, imported: 4, unchanged: 5 })
  })

  it('两个导入同时进行，每件只导入一次', async () => {
    const records = Array.from({ length: 30 }, (_, i) => record(`c${i}`))
    const reports = await Promise.all([load(lines(...records), '并行'), load(lines(...records), '并行')])
    expect(reports.reduce((sum, report) => sum + report.imported, 0)).toBe(30)
    expect(reports.reduce((sum, report) => sum + report.unchanged, 0)).toBe(30)
  })

  it('保留来源标识，注明是导入的；不规范的文号登记规范写法并保留原文', async () => {
    await load(lines(record('n1', { docNo: '青政规发[2025]008号', status: '已废止或失效' })))
    const { results } = await everyPage(p.db, { q: '青政规发〔2025〕8号' })
    expect(results).toHaveLength(1)
    const entry = await getEntry(p.db, results[0]?.id ?? '', { now })
    expect(entry).toMatchObject({
      sourceId: 'n1',
      sourceName: '样例',
      origin: 'imported',
      documentNumber: '青政规发〔2025〕8号',
      documentNumberRaw: '青政规发[2025]008号',
      status: 'repealed',
      statusSource: 'stated_by_source',
      textHash: contentHash({ body: entry?.body ?? '', attachments: [] }),
    })
    expect(entry?.originNote).toContain('不是本系统制发')
    expect(entry?.metadata).not.toHaveProperty('sourceFingerprint')
    expect(entry?.metadata).toMatchObject({ number: { tolerated: true } })
  })

  it('文件标识只在各部分确定时推导，并注明不是制定机关赋予；共用的标识不给', async () => {
    const central = { issuer: '国务院办公厅', category: '国务院文件' }
    await load(
      lines(
        record('w1', { ...central, docNo: '国办发〔2025〕7号' }),
        record('w2', { ...central, docNo: '国办发〔2024〕7号' }),
        record('w3', { ...central, docNo: '国办发〔2025〕9号' }),
        record('w4', { ...central, docNo: '国办函〔2025〕9号' }),
      ),
    )
    const rows =
      await p.sql`select source_id, wjbs, wjbs_source, wjbs_missing from register_entries where source_id like 'w%' order by 1`
    expect(rows.map((row) => [row.wjbs, row.wjbs_source])).toEqual([
      ['1.2.156.3005.6-1700000000434020250304000700000', 'IMPORTED_NOT_ISSUED'],
      [null, null],
      [null, null],
      [null, null],
    ])
    expect(rows[1]?.wjbs_missing).toEqual(['documentNumber'])
    expect(rows[3]?.wjbs_missing).toEqual(['internalSequence'])
  })

  it('法域不存在时拒绝', async () => {
    await expect(importEntries(p, lines(), { jurisdiction: '000000', sourceName: 'x', now })).rejects.toThrow(
      '法域 000000 不存在',
    )
  })
})

describe('命令 import', () => {
  let p: Prepared
  const folder = mkdtempSync(join(tmpdir(), 'dianzhang-import-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  beforeAll(async () => {
    p = await prepared()
  })
  const run = async (file: string, options: { report?: string; json?: boolean } = {}) => {
    const out: string[] = []
    const io: Io = {
      out: (text) => out.push(text),
      error: (text) => out.push(text),
      progress: () => {},
      terminal: false,
    }
    const code = await runImport({ file, url: p.database.url, jurisdiction, now, ...options }, io)
    return { code, text: out.join('\n') }
  }

  it('gzip 按内容识别，CRLF 与 BOM 不妨碍；每一行都读到；问题写入报告文件', async () => {
    const file = join(folder, '样例.jsonl')
    const text = Array.from({ length: 700 }, (_, i) => JSON.stringify(record(`g${i}`))).join('\r\n')
    writeFileSync(file, gzipSync(`\ufeff${text}\r\n坏行\r\n`))
    const report = join(folder, 'faults.jsonl')
    const first = await run(file, { report, json: true })
    const summary = JSON.parse(first.text) as ImportSummary
    expect(first.code).toBe(1)
    expect(summary).toMatchObject({ lines: 701, imported: 700, failed: { unreadable: 1 }, sourceName: '样例' })
    expect(JSON.parse(readFileSync(report, 'utf8').split('\n')[0] ?? '')).toMatchObject({
      line: 701,
      kind: 'unreadable',
    })
    const second = await run(file)
    expect(second.text).toContain('导入 0 条，此前已导入 700 条')
  })

  it('清理目录照列名读入，可以重来；不认识的状态计数，算得出的有效期作为疑问，认不出表头的说明怎样转换', async () => {
    const file = join(folder, '目录.csv')
    const rows = [
      '2021年清理目录,,,,',
      '序号,文件名称,文号,主管单位,清理结果,有效期至',
      '1,青石县渔业办法,青政规发[2019]3号,县水务局,继续有效,2026-06-14',
      '2,青石县林业办法,青政规发〔2019〕4号,县林业局,宣布失效。,',
      '3,青石县牧业办法,青政规发〔2019〕5号,县农业农村局,待研究,',
      '4,,青政规发〔2019〕6号,,废止,',
    ]
    writeFileSync(file, rows.join('\n'))
    const first = await run(file, { json: true })
    const summary = JSON.parse(first.text) as ImportSummary
    expect(first.code).toBe(0)
    expect(summary).toMatchObject({
      lines: 3,
      imported: 3,
      sourceName: '目录',
      unknownStatuses: { 待研究: 1 },
      remarked: { status_unknown: 1, no_title: 1 },
      list: { heads: [{ line: 2 }], skipped: [{ line: 1 }] },
    })
    expect(summary.remarks.filter(({ kind }) => kind === 'no_title')).toMatchObject([{ line: 6 }])
    const found = async (q: string) => (await everyPage(p.db, { q, jurisdiction })).results
    // 有效期的最后一日（2026-06-14）已过：次日起失效，日期系来源自述。
    expect(await found('青石县渔业办法')).toMatchObject([
      { documentNumber: '青政规发〔2019〕3号', status: 'expired', statusSource: 'stated_by_source' },
    ])
    expect(await found('青石县林业办法')).toMatchObject([{ status: 'expired', statusLabel: '宣布失效（来源自述）' }])
    expect(await found('青石县牧业办法')).toMatchObject([{ status: 'unknown' }])
    expect((await run(file)).text).toMatch(/导入 0 条，此前已导入 3 条[\s\S]*读作目录（CSV，UTF-8，以逗号分隔）/)
    const prose = join(folder, '文章.csv')
    writeFileSync(prose, '这不是目录\n没有列名\n')
    const refused = await run(prose)
    expect([refused.code, refused.text]).toEqual([2, expect.stringMatching(/没有认出表头.*文件名称.*另存为 CSV/)])
  })

  it('正文写明的有效期算出最后一日，只作疑问', async () => {
    const file = join(folder, '期限.jsonl')
    const body = '第一条　为了试行，制定本办法。\n第二条　本办法自2025年4月1日起施行，有效期五年。'
    writeFileSync(file, JSON.stringify(record('v1', { body })))
    const { remarks } = JSON.parse((await run(file, { json: true })).text) as ImportSummary
    expect(remarks).toMatchObject([
      { kind: 'valid_until_asked', detail: expect.stringContaining('至2030-03-31；没有登记') },
    ])
    expect((await everyPage(p.db, { q: 'v1管理', jurisdiction })).results).toMatchObject([{ validUntil: null }])
  })

  it('没有这个文件、数据库不可用，退出码为 2', async () => {
    expect((await run(join(folder, '没有.jsonl'))).code).toBe(2)
    const io: Io = { out: () => {}, error: () => {}, progress: () => {}, terminal: false }
    const file = join(folder, '一行.jsonl')
    writeFileSync(file, JSON.stringify(record('e1')))
    expect(await runImport({ file, url: 'postgres://x:x@127.0.0.1:1/none', jurisdiction }, io)).toBe(2)
    expect(await runImport({ file, url: p.database.url, jurisdiction: '000000' }, io)).toBe(2)
  })
})

describe('检索', () => {
  let p: Prepared
  beforeAll(async () => {
    p = await prepared()
  })

  interface Item {
    id: string
    title: string
    body: string
    issuer: string | undefined
    publishedAt: string | undefined
  }
  const letters = [...'规定性文件ab（(２2　 \n。'] as const
  const word = (max: number) => fc.string({ unit: fc.constantFrom(...letters), maxLength: max })
  const items = fc.array(
    fc.record({
      title: word(8).map((text) => `题${text}`),
      body: word(40).map((text) => `文${text}`),
      issuer: fc.option(fc.constantFrom('规定县', '文件市、性州'), { nil: undefined }),
      publishedAt: fc.option(fc.constantFrom('2024-01-01', '2024-01-02', '2025-06-06'), { nil: undefined }),
    }),
    { minLength: 5, maxLength: 25 },
  )
  // 对照用的算法：在归一的文本里逐字包含，不用检索自己的代码。括号不算字，也不隔断；句号隔断。
  const fold = (text: string) =>
    [...text]
      .map((c) => c.normalize('NFKD').toLowerCase())
      .join('')
      .replaceAll('(', '')
      .replaceAll('。', ' ')
  const expected = (all: Item[], q: string): string[] => {
    const words = fold(q).split(/\s+/).filter(Boolean)
    const ranked = all.flatMap((item) => {
      const title = fold(item.title)
      const head = `${title}\n${fold(item.issuer ?? '').replace('、', '\n')}`
      const whole = `${head}\n${fold(item.body)}`
      const within = (text: string) => words.every((each) => text.includes(each))
      // 每个词须完整落在一个栏目之内；上面的分隔符永远匹配不到。
      if (!words.every((each) => whole.includes(each))) return []
      return [{ item, rank: within(title) ? 0 : within(head) ? 1 : 2 }]
    })
    return ranked
      .sort(
        (a, b) =>
          a.rank - b.rank ||
          (b.item.publishedAt ?? '').localeCompare(a.item.publishedAt ?? '') ||
          (a.item.id < b.item.id ? -1 : 1),
      )
      .map(({ item }) => item.id)
  }

  it('逐页取完与逐件比对的结果完全相同：不漏、不多、次序一致，计数准确', async () => {
    let round = 0
    await fc.assert(
      fc.asyncProperty(items, fc.array(word(4), { minLength: 6, maxLength: 6 }), async (generated, queries) => {
        round += 1
        const source = `第${round}轮`
        const region = `99${String(round).padStart(4, '0')}`
        await p.sql`insert into jurisdictions (id, name) values (${region}, ${source}) on conflict do nothing`
        const records = generated.map((item, i) => ({ id: `k${i}`, ...item }))
        const report = await importEntries(p, lines(...records), { jurisdiction: region, sourceName: source, now })
        expect(report.faults).toEqual([])
        const ids = await p.sql<
          { id: string; source_id: string }[]
        >`select id, source_id from register_entries where source_name = ${source}`
        const idOf = new Map(ids.map((row) => [row.source_id, row.id]))
        const all = records.map((item) => ({ ...item, title: item.title.trim(), id: idOf.get(item.id) ?? '' }))
        for (const q of [...queries, '规', '规定', '规定性', '题', '(', '（2', 'AB']) {
          if (fold(q).trim() === '') continue
          const want = expected(all, q)
          const { results, first } = await everyPage(p.db, { q, jurisdiction: region, limit: 4 })
          expect(
            results.map((entry) => entry.id),
            q,
          ).toEqual(want)
          expect([first?.count, first?.countExact], q).toEqual([want.length, true])
        }
      }),
      { numRuns: 12 },
    )
  })

  it('一个字也能检索；文号的一部分、机关、全角写法都能找到', async () => {
    await importEntries(
      p,
      lines(
        record('s1', {
          title: '关于𠮷山护林的通告',
          docNo: '青政规发〔2025〕12号',
          issuer: '青石县林业局',
          body: '禁止携带火种进山。ＧＤＰ增长。',
        }),
      ),
      { jurisdiction, sourceName: '单例', now },
    )
    for (const q of [
      '𠮷',
      '林',
      '〔2025〕12号',
      '2025',
      '青石县林业局',
      '火种进山',
      'gdp',
      'GDP',
      '护林 火种',
      '〔２０２５〕',
    ]) {
      const { results } = await everyPage(p.db, { q, jurisdiction })
      expect(
        results.map((entry) => entry.sourceId),
        q,
      ).toEqual(['s1'])
    }
    expect((await everyPage(p.db, { q: '火种护林', jurisdiction })).results).toEqual([])
    // 标点不是词的一部分，正文、标题里的也一样；文号照各种写法。
    await importEntries(
      p,
      lines(
        record('s2', {
          title: '关于印发《青石县“三公”经费管理办法（试行）》的通知',
          docNo: '青石发〔2024〕7号',
          issuer: '青石县财政局',
          body: '第一条　依据《会计法》（２０２４修正）制定本办法：补助为1.5倍。\n第二条　由县财政局、县审计局监督。',
        }),
      ),
      { jurisdiction, sourceName: '单例', now },
    )
    for (const q of [
      '青石县三公经费管理办法试行',
      '《青石县三公经费管理办法（试行）》',
      '印发青石县“三公”经费',
      '会计法2024修正制定',
      '依据会计法，补助',
      '1.5倍',
      '青石发[2024]7号',
      '青石发【２０２４】第007号。',
      '青石发2024年7号',
      '青石发2024-7',
      '三公經費管理辦法',
    ]) {
      const { results } = await everyPage(p.db, { q, jurisdiction })
      expect(
        results.map((entry) => entry.sourceId),
        q,
      ).toEqual(['s2'])
    }
    for (const q of ['15倍', '制定本办法补助', '财政局县审计局', '青石发〔2024〕17号', '青石发2024-77'])
      expect((await everyPage(p.db, { q, jurisdiction })).results, q).toEqual([])
    expect((await everyPage(p.db, { q: "'\\ & | ! %_", jurisdiction })).results).toEqual([])
    const hit = (await everyPage(p.db, { q: '火种', jurisdiction })).results[0]
    expect(hit).toMatchObject({ matched: 'text', excerpt: expect.stringContaining('携带火种进山') })
  })

  it('还没有索引的登记库照旧可查；建成以后改由索引回答，所得相同；条目各栏仍然不得更改', async () => {
    await p.sql`delete from search_index`
    await importEntries(p, lines(record('s9', { body: '凡携带“火种”进山的，责令改正。' })), {
      jurisdiction,
      sourceName: '未建索引',
      now,
    })
    const asked = { q: '携带火种', jurisdiction }
    const old = (await everyPage(p.db, asked)).results
    expect(old.map(({ sourceId }) => sourceId)).toEqual(['s9', 's1'])
    expect(await rebuildSearchIndex(p.db)).toBeGreaterThan(2)
    const found = (await everyPage(p.db, asked)).results
    expect(found).toEqual(old)
    await expect(p.sql`update register_entries set title = '另一标题'`).rejects.toThrow(/不得更改/)
  })

  it('一件也没有时说出怎样改就有：相近的文号、去掉条件、少几个字；件数与照此再查的相同', async () => {
    const suggested = async (query: Omit<RegisterQuery, 'now' | 'jurisdiction'>) => {
      const { suggestions, count } = await searchRegister(p.db, { ...query, jurisdiction, now })
      expect(count).toBe(0)
      for (const { change, count: promised, exact } of suggestions) {
        const { q, year, status, issuer, category } = { ...query, ...change }
        const again = await searchRegister(p.db, {
          q: q ?? undefined,
          year: year === null ? undefined : Number(year) || undefined,
          status: (status ?? undefined) as RegisterQuery['status'],
          issuer: issuer ?? undefined,
          category: category ?? undefined,
          jurisdiction,
          now,
        })
        expect([again.count, exact]).toEqual([promised, true])
      }
      return suggestions.map(({ kind, label }) => `${kind} ${label}`)
    }
    expect(await suggested({ q: '青石发〔2024〕9号' })).toEqual(['number 青石发〔2024〕7号'])
    expect(await suggested({ q: '青石发7号' })).toEqual(['number 青石发〔2024〕7号'])
    expect(await suggested({ q: '三公经费', year: 1999 })).toEqual(['without_filter 不限公布年份'])
    expect(await suggested({ q: '三公经费 火种' })).toEqual(['fewer_words 只查“三公经费”', 'fewer_words 只查“火种”'])
    expect(await suggested({ q: '青石县三公经费使用办法' })).not.toEqual([])
    expect(await suggested({ q: '查无此词甲乙丙丁' })).toEqual([])
    expect((await searchRegister(p.db, { q: '三公经费', jurisdiction, now })).suggestions).toEqual([])
  })

  it('标题的命中在前，其次文号与机关，再次正文', async () => {
    await importEntries(
      p,
      lines(
        record('o1', { title: '无关', body: '提到海棠。', issuer: '某局', publishedAt: '2026-01-03' }),
        record('o2', { title: '无关', body: '无', issuer: '海棠局', publishedAt: '2026-01-02' }),
        record('o3', { title: '海棠办法', body: '无', issuer: '某局', publishedAt: '2020-01-01' }),
      ),
      { jurisdiction, sourceName: '次序', now },
    )
    const { results, first } = await everyPage(p.db, { q: '海棠', limit: 1 })
    expect(results.map((entry) => [entry.sourceId, entry.matched])).toEqual([
      ['o3', 'title'],
      ['o2', 'reference'],
      ['o1', 'text'],
    ])
    expect(first?.description).toBe('查询标题、文号、机关或者正文含有“海棠”的文件：共3件。')
  })

  it('改动过的、换了条件的续页标记，无效的条件，一律拒绝', async () => {
    const page = await searchRegister(p.db, { q: '海棠', limit: 1, now })
    const cursor = page.nextCursor ?? ''
    const [payload = '', check = ''] = cursor.split('.')
    const forged = Buffer.from(Buffer.from(payload, 'base64url').toString().replace('"phase":0', '"phase":4')).toString(
      'base64url',
    )
    const refused: Array<Partial<RegisterQuery>> = [
      { q: '海棠', cursor: `${forged}.${check}` },
      { q: '海棠', cursor: 'x' },
      { q: '海棠', cursor: '' },
      { q: '海', cursor },
      { q: '海棠', cursor, status: 'in_force' },
      { on: '2026-02-30' },
      { limit: 0 },
      { limit: 101 },
      { year: 26 },
      { q: '\u200b' },
      { q: 'x'.repeat(201) },
      { status: 'nonsense' as 'in_force' },
    ]
    for (const query of refused) {
      await expect(searchRegister(p.db, { ...query, now }), JSON.stringify(query)).rejects.toMatchObject({
        code: 'invalid',
      })
    }
    expect((await searchRegister(p.db, { q: '海棠', limit: 1, cursor, now })).results[0]?.sourceId).toBe('o2')
  })

  it('候选过多时计数注明是上限，逐页结果仍然完整', async () => {
    const body = (i: number) => (i % 3 === 0 ? '甲乙丙丁' : '乙丙丁。甲乙丙')
    await importEntries(
      p,
      lines(
        ...Array.from({ length: 1100 }, (_, i) => record(`m${i}`, { title: '量', body: body(i), issuer: undefined })),
      ),
      { jurisdiction, sourceName: '大量', now },
    )
    await p.sql`analyze register_entries`
    const { results, first } = await everyPage(p.db, { q: '甲乙丙丁', limit: 100 })
    expect(results).toHaveLength(367)
    expect(new Set(results.map((entry) => entry.id)).size).toBe(367)
    expect([first?.count, first?.countExact]).toEqual([1100, false])
    expect(first?.description).toContain('至多1100件')
    // 三个字以内的，词元就能决定，不必逐件核对。
    const short = await searchRegister(p.db, { q: '乙丙丁', now })
    expect([short.count, short.countExact]).toEqual([1100, true])
  })

  it('分面统计的各数与逐项查询的计数相同', async () => {
    const { facets, count } = await searchRegister(p.db, { jurisdiction, facets: true, neglectYears: 1, now })
    if (!facets) throw new Error('没有分面')
    const [neglected] = facets.unmodified
    expect(neglected?.label).toBe('超过 1 年未修改')
    expect(neglected?.count).toBeGreaterThan(0)
    expect(neglected?.count).toBeLessThan(count)
    const { results: old } = await everyPage(p.db, { jurisdiction, unmodified: 1, limit: 100 })
    expect(old).toHaveLength(neglected?.count ?? 0)
    expect(old.every((entry) => (entry.publishedOn ?? '') < '2025-06-15')).toBe(true)
    expect(facets.status.reduce((sum, facet) => sum + facet.count, 0)).toBe(count)
    for (const facet of facets.status) {
      const status = facet.value as (typeof publicStatuses)[number]
      expect((await searchRegister(p.db, { jurisdiction, status, now })).count).toBe(facet.count)
    }
    for (const facet of facets.category) {
      expect((await searchRegister(p.db, { jurisdiction, category: facet.value, now })).count).toBe(facet.count)
    }
    expect(facets.year.map((facet) => facet.value)).toContain('2025')
    const long = await searchRegister(p.db, { jurisdiction, q: '护林的', facets: true, now })
    expect([long.count, long.countExact, long.facets?.issuer]).toEqual([
      1,
      true,
      [{ value: '青石县林业局', label: '青石县林业局', count: 1 }],
    ])
    const many = await searchRegister(p.db, { jurisdiction, q: '甲乙丙丁', facets: true, now })
    expect([many.count, many.countExact, many.facets?.exact]).toEqual([1100, false, false])
  })
})

const day = fc.constantFrom('2025-01-01', '2025-06-01', '2025-06-02', '2026-01-01', '2026-06-15', '2027-01-01')
const maybeDay = fc.option(day, { nil: null })

describe('效力状态的筛选', () => {
  let p: Prepared
  beforeAll(async () => {
    p = await prepared()
  })

  it('SQL 筛选与 statusOn 对任何日期、事件、来源都一致', async () => {
    const changes = fc.constantFrom('amended', 'repealed', 'annulled', 'lapsed', 'suspended', 'resumed')
    const undoing = fc.constantFrom('restored', 'reinstated')
    const reason = fc.constant('决定')
    const facts = fc.record({
      origin: fc.constantFrom('made', 'imported'),
      publishedOn: maybeDay,
      effectiveDate: maybeDay,
      validUntil: maybeDay,
      sourceStatus: fc.constantFrom(
        null,
        ...['有效', '试行', '已废止或失效', '已失效', '已修改', '不详', '继续有效', '予以废止', '停止执行', '撤销'],
      ),
      recordedOn: day,
      forceEvents: fc.array(
        fc.oneof(
          { weight: 3, arbitrary: fc.record({ kind: changes, on: day, reason, byDocument: fc.constant(null) }) },
          fc.record({
            kind: undoing,
            on: day,
            reason,
            byDocument: fc.constant(null),
            undoes: fc.integer({ min: 1, max: 5 }),
          }),
        ),
        { maxLength: 5 },
      ),
    })
    const sample = fc.sample(facts, { numRuns: 400, seed: 7 })
    const id = (i: number) => `s${String(i).padStart(4, '0')}`
    await p.db.insert(schema.registerEntries).values(
      sample.map((item, i) => ({
        jurisdictionId: jurisdiction,
        id: id(i),
        origin: item.origin,
        title: '状态',
        issuers: [],
        publishedOn: item.publishedOn,
        effectiveDate: item.effectiveDate,
        validUntil: item.validUntil,
        disclosure: 'active',
        forceEvents: item.forceEvents,
        sourceStatus: item.sourceStatus,
        body: '文',
        textHash: '0',
        attachments: [],
        metadata: {},
        search: "'文'",
        // 北京时间 23:30：以上海的日期为准，不以 UTC 的为准。
        createdAt: new Date(`${item.recordedOn}T23:30:00+08:00`),
      })),
    )
    for (const on of ['2024-12-31', '2025-06-01', '2026-01-01', '2026-06-15', '2027-06-01']) {
      const found = new Map<string, string>()
      for (const status of publicStatuses) {
        const { results } = await everyPage(p.db, { status, on, limit: 100 })
        for (const entry of results) {
          expect(found.has(entry.id)).toBe(false)
          expect(entry.status).toBe(status)
          found.set(entry.id, status)
        }
      }
      expect(found.size).toBe(sample.length)
      sample.forEach((item, i) => {
        expect(found.get(id(i)), JSON.stringify({ on, item })).toBe(statusOn(item satisfies StatusFacts, on).status)
      })
    }
  })
})

describe('公布与公开查询', () => {
  let p: Prepared
  beforeAll(async () => {
    p = await prepared()
  })
  const publish = (documentId: string, overrides: Partial<Parameters<typeof publishEntry>[1]> = {}) =>
    withTransaction(p.db, (tx) =>
      publishEntry(
        tx,
        {
          jurisdiction,
          documentId,
          title: `青石县河道采砂管理办法${documentId}`,
          documentNumber: `青政规发〔2026〕${documentId.slice(1)}号`,
          registryNumber: null,
          indexNumber: null,
          wjbs: { value: null, missing: ['agencyCode'] },
          issuers: ['青石县人民政府'],
          tier: 'government',
          adoptionDate: '2026-01-08',
          publishedOn: '2026-01-10',
          effectiveDate: '2026-03-01',
          validUntil: '2031-02-28',
          disclosure: 'active',
          body: '第一条　为了规范河道采砂，制定本办法。',
          textHash: 'a'.repeat(64),
          attachments: [],
          publicFiles: [],
          ...overrides,
        },
        now,
      ),
    )
  /** 登记条目引用案卷，此处只关心登记库：不设外键，案卷标识任意。 */
  const detail = (id: string, on?: string) => getEntry(p.db, id, { on, now })

  it('公布以后即可查到，附状态说明、时间线与缺项', async () => {
    await publish('d1')
    const entry = await detail('d1')
    expect(entry).toMatchObject({
      status: 'in_force',
      statusSource: 'computed',
      statusExplanation: '现行有效，自2026年3月1日起施行，至2031年2月28日止',
      tierLabel: '政府规范性文件',
      disclosureLabel: '主动公开',
      originNote: null,
      wjbs: { value: null, missing: ['agencyCode'] },
      validity: { code: '01' },
    })
    expect((await detail('d1', '2026-02-01'))?.status).toBe('pending')
    expect(await detail('没有')).toBeNull()
    await expect(detail('d1', '2026-02-30')).rejects.toMatchObject({ code: 'invalid' })
    await expect(publish('d1')).rejects.toSatisfy((error) => databaseProblem(error)?.code === '23505')
  })

  it('没有变化时不重算，一经提交立刻可见，未提交的不可见', async () => {
    const find = () => searchRegister(p.db, { q: '快照', facets: true, now })
    expect((await find()).count).toBe(0)
    let release = (): void => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const entry = record('k1', { title: '快照办法', body: '快照', publishedAt: '2026-01-02' })
    const publishing = withTransaction(p.db, async (tx) => {
      await tx.execute(statement`insert into register_entries (jurisdiction_id, id, origin, title, issuers, published_on, disclosure, force_events,
        body, text_hash, attachments, metadata, created_at)
        values (${jurisdiction}, 'k1', 'imported', ${entry.title}, '{}', '2026-01-02', 'active', '[]', '快照', '0', '[]', '{}', ${now})`)
      await held
    })
    expect((await find()).count).toBe(0)
    release()
    await publishing
    expect(await find()).toMatchObject({ count: 1, facets: { year: [{ value: '2026', count: 1 }] } })
    expect(await find()).toEqual(await find())
  })

  it('不主动公开的条目不出现在公开查询中', async () => {
    await publish('d2', { disclosure: 'on_request', title: '依申请公开的文件' })
    expect(await detail('d2')).toBeNull()
    expect((await searchRegister(p.db, { q: '依申请公开', now })).count).toBe(0)
  })

  it('效力事件追加以后，双方都显示关系', async () => {
    await publish('d3', { title: '新办法' })
    const event = { kind: 'repealed' as const, on: '2026-05-01', reason: '被新办法代替', byDocument: 'd3' }
    expect(await withTransaction(p.db, (tx) => appendForceEvent(tx, jurisdiction, 'd1', event))).toBe(true)
    expect(await withTransaction(p.db, (tx) => appendForceEvent(tx, jurisdiction, '没有', event))).toBe(false)
    expect(await detail('d1')).toMatchObject({
      status: 'repealed',
      relations: [{ label: '被废止', on: '2026-05-01', document: { id: 'd3', title: '新办法' } }],
    })
    expect((await detail('d1', '2026-04-30'))?.status).toBe('in_force')
    expect((await detail('d3'))?.relations).toMatchObject([{ label: '废止', document: { id: 'd1' } }])
  })

  it('政策解读只能由空到有一次', async () => {
    const attach = (text: string) =>
      withTransaction(p.db, (tx) => attachInterpretation(tx, jurisdiction, 'd3', { text }))
    expect(await attach('一问一答。')).toBe(true)
    expect(await attach('改写。')).toBe(false)
    expect((await detail('d3'))?.interpretation).toEqual({ text: '一问一答。', url: null })
  })

  it('清理目录各栏就是当日的效力状态；年份只列该年内变动的；写明日期、理由与决定', async () => {
    await publish('d4', { validUntil: '2026-03-31' })
    await publish('d5')
    const decision = { body: '县人民政府常务会议', number: '青政常〔2026〕5号', date: '2026-06-01' }
    const suspended = {
      kind: 'suspended' as const,
      on: '2026-06-10',
      reason: '与上位法不一致',
      byDocument: null,
      decision,
    }
    await withTransaction(p.db, (tx) => appendForceEvent(tx, jurisdiction, 'd5', suspended))
    const annulled = { kind: 'annulled' as const, on: '2026-06-12', reason: '越权制定', byDocument: null }
    await publish('d6', { publishedOn: '2025-01-10', effectiveDate: '2025-02-01' })
    await withTransaction(p.db, (tx) => appendForceEvent(tx, jurisdiction, 'd6', annulled))
    await importEntries(
      p,
      lines(
        record('q1', { title: '导入的旧办法', status: '已失效', publishedAt: '2020-03-04', effectiveAt: '2020-04-01' }),
        record('q2', { title: '导入的法律', category: '法律' }),
      ),
      { jurisdiction, sourceName: '清理', now },
    )
    const listed = async (query: Partial<CleanupQuery>) => {
      const asked = { ...query, now }
      const lists = await Promise.all(
        cleanupListNames.map(async (list) => [
          list,
          (await cleanupItems(p.db, list, asked)).map((item) => item.title.slice(-6)),
        ]),
      )
      const { counts } = await cleanupOverview(p.db, asked)
      expect(counts.map(({ count }) => count)).toEqual(lists.map(([, titles]) => titles?.length))
      return Object.fromEntries(lists.filter(([, titles]) => titles && titles.length > 0))
    }
    expect(await listed({})).toEqual({
      keep: ['新办法'],
      repeal: ['管理办法d1'],
      lapse: ['导入的旧办法', '管理办法d4'],
      suspend: ['管理办法d5'],
      annul: ['管理办法d6'],
    })
    expect(await listed({ on: '2026-03-31' })).toEqual({
      keep: ['管理办法d1', '新办法', '管理办法d4', '管理办法d5'],
      annul: ['管理办法d6'],
      // 来源今天怎么说，不能说明以前某日是怎样。
      unverified: ['导入的旧办法'],
    })
    expect(await listed({ year: 2026 })).toMatchObject({
      repeal: ['管理办法d1'],
      lapse: ['管理办法d4'],
      annul: ['管理办法d6'],
    })
    expect(await listed({ year: 2025 })).toEqual({ unverified: ['导入的旧办法'] })
    expect(await listed({ issuer: '没有这个机关' })).toEqual({})
    expect(await cleanupItems(p.db, 'repeal', { now })).toMatchObject([
      { on: '2026-05-01', reason: '被新办法代替', decision: { id: 'd3', title: '新办法' }, decidedBy: null },
    ])
    expect(await cleanupItems(p.db, 'suspend', { now })).toMatchObject([
      { on: '2026-06-10', reason: '与上位法不一致', decision: null, decidedBy: decision },
    ])
    expect(await cleanupItems(p.db, 'lapse', { now })).toMatchObject([
      { on: null, reason: '来源自述“已失效”', imported: true },
      { on: '2026-04-01', reason: '有效期届满' },
    ])
    expect((await cleanupItems(p.db, 'lapse', { now, page: 2, size: 1 })).map(({ id }) => id)).toEqual(['d4'])
    await expect(cleanupOverview(p.db, { on: '2026-02-30', now })).rejects.toMatchObject({ code: 'invalid' })
    await expect(cleanupOverview(p.db, { year: 26, now })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('所引的文件查到登记库条目：同名各版本取当日适用的，简称、文号、括号写法都认得', async () => {
    const law = { issuer: '某机关', category: '法律', region: undefined }
    await importEntries(
      p,
      lines(
        record('l1', {
          ...law,
          title: '中华人民共和国河道法',
          publishedAt: '2015-01-01',
          effectiveAt: '2015-03-01',
          status: '已修改',
        }),
        record('l2', {
          ...law,
          title: '中华人民共和国河道法',
          publishedAt: '2025-01-01',
          effectiveAt: '2025-03-01',
          status: '有效',
          docNo: '中华人民共和国主席令第99号',
        }),
        record('l3', {
          ...law,
          title: '中华人民共和国河道法',
          publishedAt: '2026-06-01',
          effectiveAt: '2027-01-01',
          status: '有效',
        }),
        record('l4', {
          title: '关于适用《中华人民共和国河道法》的意见（2020年修正）',
          docNo: '青政规发〔2020〕4号',
          status: '已废止',
        }),
        record('g1', { title: '护林办法', region: '甲省' }),
        record('g2', { title: '护林办法', region: '乙省' }),
      ),
      { jurisdiction, sourceName: '引用', now },
    )
    const text = [
      '根据《河道法》第三条、第五条第二款，《关于适用〈河道法〉的意见》（青政规发[2020]04号）和主席令第99号，',
      '《护林办法》、青政规发〔2026〕1号、青政规发〔2026〕2号、《没有这件的办法》，制定本办法。',
      '增加一款：“依照《河道法》办理。”',
    ].join('\n')
    const resolve = async (on: string, source = text) =>
      (await resolveCitations(p.db, cite(source), { on })).map((c) => [
        c.name ?? c.docNo,
        c.status,
        c.entry?.effectiveDate ?? null,
        c.references.map((one) => one.target).join(),
      ])
    expect(await resolve('2026-06-15')).toEqual([
      ['河道法', 'in_force', '2025-03-01', '第三条,第五条第二款'],
      ['关于适用〈河道法〉的意见', 'repealed', '2025-04-01', ''],
      ['主席令第99号', 'in_force', '2025-03-01', ''],
      ['护林办法', 'ambiguous', null, ''],
      ['青政规发〔2026〕1号', 'repealed', '2026-03-01', ''],
      ['青政规发〔2026〕2号', 'unknown', null, ''],
      ['没有这件的办法', 'unknown', null, ''],
    ])
    const versions = await Promise.all(
      ['2014-01-01', '2016-01-01', '2025-02-28', '2025-03-01', '2027-01-01'].map((on) => resolve(on, '《河道法》')),
    )
    expect(versions.map(([one]) => [one?.[1], one?.[2]])).toEqual([
      ['pending_effect', '2015-03-01'],
      // The source says 已修改 without a day: what it was on an earlier day is not known.
      ['unknown', '2015-03-01'],
      ['unknown', '2015-03-01'],
      ['in_force', '2025-03-01'],
      ['in_force', '2027-01-01'],
    ])
    const [found] = await resolveCitations(p.db, cite('青政规发〔2026〕1号'), { on: '2026-06-15' })
    expect(found).toMatchObject({ statusLabel: '已废止', entry: { id: 'd1', href: '/register/d1' } })
    expect(await resolve('2026-06-15', '《甲\u0000乙\ud800办法》')).toMatchObject([
      [expect.anything(), 'unknown', null, ''],
    ])
    await expect(resolve('2026-02-30')).rejects.toMatchObject({ code: 'invalid' })
  })

  it('名称的归一写法在程序与数据库中逐字相同，查询用得上索引', async () => {
    const parts = [
      '中华人民共和国',
      '河道法',
      '（2018年修正）',
      '(2020修订版)',
      '（试行）',
      '〈',
      '》',
      '“',
      '·',
      '　',
      'Ａ',
      '(2018年)',
      '（第一次修订文本）',
      "'",
    ]
    const titles = fc.sample(
      fc.array(fc.constantFrom(...parts), { maxLength: 6 }).map((chosen) => chosen.join('')),
      { numRuns: 300, seed: 3 },
    )
    const rows = await p.db.execute<{ title: string; key: string }>(statement`
      select e.title, ${titleKeySql('e.title')} as key from jsonb_array_elements_text(${JSON.stringify(titles)}::jsonb) as e(title)`)
    expect(rows.map((row) => row.key)).toEqual(titles.map(titleKey))
    expect(titleKey('中华人民共和国〈河道法〉（2018年修正）')).toBe('河道法')
    const plan = await withTransaction(p.db, async (tx) => {
      await tx.execute(statement`set local enable_seqscan = off`)
      return await tx.execute<{ 'QUERY PLAN': string }>(
        statement`explain select 1 from register_entries e where ${titleKeySql('e.title')} = '河道法' and e.disclosure = 'active'`,
      )
    })
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('register_entries_title_key')
  })

  it('数据库拒绝更改已公布的标题、正文、日期，拒绝改写或删去效力事件，拒绝删除条目', async () => {
    const refused = async (statement: string) => {
      const error = await p.sql.unsafe(statement).then(
        () => null,
        (cause: unknown) => cause,
      )
      expect(databaseProblem(error)?.code, statement).toBe('DZ001')
    }
    for (const change of [
      "title = '改'",
      "body = '改'",
      "effective_date = '2020-01-01'",
      "document_number = '改'",
      "disclosure = 'closed'",
      "force_events = '[]'",
      `force_events = '[{"kind":"repealed","on":"2030-01-01","reason":"改","byDocument":null}]'`,
    ]) {
      await refused(`update register_entries set ${change} where id = 'd1'`)
    }
    await refused("update register_entries set interpretation = '改' where id = 'd3'")
    await refused("delete from register_entries where id = 'd1'")
    await refused('truncate register_entries')
  })
})

describe('征求意见的公开查询', () => {
  let p: Prepared
  beforeAll(async () => {
    p = await prepared()
    await p.sql`insert into matters (jurisdiction_id, id, process, version, stage, snapshot, title, unit, pack_version,
        opened_by, involved_units, ledger_seq, ledger_head, created_at, updated_at)
      values (${jurisdiction}, 'd1', 'normative-document', 1, 'consultation', '{}', '采砂办法', 'u1', '1', 'p1', '{}', 1, '0', ${now}, ${now})`
    for (const [i, closes] of ['2026-05-01', '2026-06-20', '2026-07-01'].entries()) {
      await p.sql`insert into public_consultations (jurisdiction_id, id, document_id, n, title, drafting_unit_name, issuer_names, body, text_hash,
          explanatory_note, channels, groups, minimum, opened_at, closes_on, closes_at, extensions, feedback_at, feedback)
        values (${jurisdiction}, ${`k${i}`}, 'd1', ${i + 1}, '采砂办法', '水务局', '{青石县人民政府}', '第一条', '0', '说明', '{门户网站}', '{}', '{}',
          '2026-04-01', ${closes}, ${new Date(`${closes}T16:00:00Z`)}, '[]', ${i === 0 ? new Date('2026-06-01') : null}, ${i === 0 ? p.sql.json({ summary: '收到两件' }) : null})`
    }
    for (const [i, disposition] of ['adopted', 'not_adopted'].entries()) {
      await p.sql`insert into comments (jurisdiction_id, id, document_id, consultation_id, receipt, anchor, body, hash, at)
        values (${jurisdiction}, ${`c${i}`}, 'd1', 'k0', ${`R${i}`}, ${p.sql.json({ element: 'tiao-1' })}, '我的电话是……', '0', '2026-04-02')`
      await p.sql`insert into comment_dispositions (jurisdiction_id, comment_id, n, document_id, disposition, reason, created_by, at)
        values (${jurisdiction}, ${`c${i}`}, 1, 'd1', 'partly_adopted', '初步意见', 'p1', '2026-05-02'),
          (${jurisdiction}, ${`c${i}`}, 2, 'd1', ${disposition}, '最后意见', 'p1', '2026-05-03')`
    }
  })

  it('正在征求的与已结束的分列，逐页取完', async () => {
    const list = async (open?: boolean) => {
      const ids: string[] = []
      let cursor: string | undefined
      do {
        const page = await listConsultations(p.db, { open, cursor, limit: 1, now })
        ids.push(...page.results.map((item) => item.id))
        cursor = page.nextCursor ?? undefined
      } while (cursor)
      return ids
    }
    expect(await list(true)).toEqual(['k2', 'k1'])
    expect(await list(false)).toEqual(['k0'])
    expect(await list()).toEqual(['k2', 'k1', 'k0'])
  })

  it('采纳情况给出每件的最后处理与理由，不含意见原文与回执', async () => {
    const feedback = await getFeedback(p.db, 'k0')
    expect(feedback).toMatchObject({ total: 2, statement: { summary: '收到两件' } })
    expect(feedback?.counts.map(({ disposition, count }) => [disposition, count])).toEqual([
      ['adopted', 1],
      ['partly_adopted', 0],
      ['not_adopted', 1],
    ])
    expect(feedback?.items.map((item) => item.reason)).toEqual(['最后意见', '最后意见'])
    expect(JSON.stringify([feedback, await getConsultation(p.db, 'k0', { now })])).not.toMatch(/电话|R0|p1/)
    expect(await getFeedback(p.db, 'k1')).toBeNull()
    expect(await getConsultation(p.db, '没有', { now })).toBeNull()
  })
})
