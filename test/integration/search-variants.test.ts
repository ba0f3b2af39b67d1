// 检索的刁钻写法：一字、全半角、繁体、数字之间的记号、词中的标点、组合字与辅助平面的字、正则的元字符、很长的词，连同某日效力、
// 筛选、分面与翻页，与逐件查对的相同；公布之中翻到底，不重不漏。
import { withTransaction } from '@dianzhang/database'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { publishEntry } from '../../packages/register/src/entries.ts'
import { importEntries } from '../../packages/register/src/import.ts'
import { type RegisterQuery, searchRegister } from '../../packages/register/src/register-search.ts'
import { searchText, searchWords } from '../../packages/register/src/search.ts'
import { indexPending } from '../../packages/register/src/search-index/build.ts'
import { IndexEngine } from '../../packages/register/src/search-index/engine.ts'
import { setSearcher } from '../../packages/register/src/search-index/searcher.ts'
import { publicStatuses, statusOn } from '../../packages/register/src/status-on.ts'
import { testDatabase } from '../support/database.ts'

const now = new Date('2026-06-15T02:00:00Z')
const jurisdiction = '990102'
const tricky = [
  ...[
    '停',
    '车',
    '停车',
    '停车收费',
    '收费',
    '管理办法',
    '停·车',
    '停“车”',
    '停、车',
    '停\n车',
    '停\u200b车',
    '停　车',
    '《停车》收费',
  ],
  ...[
    'GDP',
    'ＧＤＰ',
    'gdp增长',
    'Ｇdp',
    'é',
    'É',
    'e\u0301cole',
    'ÉCOLE',
    'ﬁn',
    'ß',
    'İstanbul',
    'ΣΑΣ',
    'σας',
    '㎡',
    '①',
    '㈠',
    '№3',
  ],
  ...[
    '1.5',
    '1,5',
    '15',
    '１．５',
    '2012',
    '12',
    '8:30',
    '8：30至17:30',
    '3—5',
    '3-5',
    '3~5',
    '3 5',
    '1.5倍以上',
    '〔2026〕12号',
    '〔2026〕1号',
    '２０２６',
  ],
  ...[
    '𠀀',
    '𠀁',
    '𠀀𠀁',
    '𠀀停车𠀁',
    '\uf9be',
    '料',
    '(a+b)*c',
    '[试行]',
    '$100',
    '50%',
    'a\\b',
    '^_^',
    '.*',
    "'或'",
    '""',
    '{2,3}',
    '|',
    '%',
    '_',
  ],
  ...['財稅', '财税', '爲', '为', '。', '，', '（', '）', '第三条', '的'],
]
const text = (most: number) =>
  fc.array(fc.constantFrom(...tricky), { minLength: 1, maxLength: most }).map((parts) => parts.join(''))
const day = (n: number) => `20${String(10 + (n % 17)).padStart(2, '0')}-0${1 + (n % 9)}-1${n % 10}`
const maybeDay = fc.option(fc.nat({ max: 400 }).map(day), { nil: undefined })
const record = fc.record({
  title: text(4).map((t) => `关于${t}的通知`),
  // 多数都有的一个长词：候选多到不逐件看，只说“至多”。
  body: fc
    .tuple(text(40), fc.constantFrom('停车收费管理办法', '停车收费管理办法', '停车收费管理、办法', ''))
    .map(([t, more]) => `一${t}${more}`),
  issuer: fc.constantFrom('青石县人民政府', '青石县财政局、青石县审计局', 'ＧＤＰ办'),
  category: fc.constantFrom('行政规范性文件', '地方规范性文件'),
  publishedAt: maybeDay,
  effectiveAt: maybeDay,
  validUntil: maybeDay,
  status: fc.constantFrom('有效', '已废止', '失效', '不明', undefined),
})
const query = fc.record({
  q: fc.option(
    fc.oneof(
      text(1),
      text(2),
      text(6),
      fc.tuple(text(1), text(2)).map((two) => two.join(' ')),
      fc.constantFrom(...tricky),
    ),
    { nil: undefined, freq: 12 },
  ),
  issuer: fc.option(fc.constantFrom('青石县审计局', 'ＧＤＰ办', '没有'), { nil: undefined, freq: 1 }),
  year: fc.option(fc.integer({ min: 2010, max: 2026 }), { nil: undefined, freq: 1 }),
  status: fc.option(fc.constantFrom(...publicStatuses), { nil: undefined }),
  on: fc.option(fc.nat({ max: 400 }).map(day), { nil: undefined }),
  limit: fc.constantFrom(3, 20, 100),
})

interface Entry {
  source: string
  title: string
  body: string
  issuers: string[]
  category: string
  published: string | null
  effective: string | null
  until: string | null
  says: string | null
}
const known = new Map<string, Entry>()
const { db, sql, connect } = await (async () => {
  const database = await testDatabase()
  return { ...database.connect(), connect: database.connect }
})()

beforeAll(async () => {
  await sql`insert into jurisdictions (id, name) values (${jurisdiction}, '青石县')`
  const records = fc.sample(record, { numRuns: 900, seed: 41 })
  for (const [from, to] of [
    [0, 400],
    [400, 700],
    [700, 900],
  ] as const) {
    const report = await importEntries(
      { db },
      (async function* () {
        for (const [i, r] of records.slice(from, to).entries()) yield JSON.stringify({ ...r, id: `v${from + i}` })
      })(),
      { jurisdiction, sourceName: '刁钻', now },
    )
    expect(report.faults).toEqual([])
    if (to < 900) while ((await indexPending(db)) > 0);
  }
  const rows = await sql<
    { id: string; source_id: string; issuers: string[] }[]
  >`select id, source_id, issuers from register_entries`
  for (const { id, source_id, issuers } of rows) {
    const r = records[Number(source_id.slice(1))]
    if (r === undefined) continue
    known.set(id, {
      source: source_id,
      title: r.title,
      body: r.body,
      issuers,
      category: r.category,
      published: r.publishedAt ?? null,
      effective: r.effectiveAt ?? null,
      until: r.validUntil ?? null,
      says: r.status ?? null,
    })
  }
  // 一半的原文在另一个连接上看，与正式运行时一样。
  setSearcher(db, new IndexEngine(db, connect({ max: 1 }).db))
})

function bruteForce(asked: Omit<RegisterQuery, 'now'>): string[] {
  const words = searchWords(asked.q ?? '')
  const on = asked.on ?? '2026-06-15'
  const hits = [...known].flatMap(([id, e]) => {
    const title = searchText(e.title)
    const references = e.issuers.map(searchText)
    const has = (texts: string[]) =>
      words.every(({ forms }) => forms.some((form) => texts.some((t) => t.includes(form.text))))
    const at = has([title])
      ? 0
      : has([title, ...references])
        ? 1
        : has([title, ...references, searchText(e.body)])
          ? 2
          : 9
    const { status } = statusOn(
      {
        origin: 'imported',
        publishedOn: e.published,
        effectiveDate: e.effective,
        validUntil: e.until,
        forceEvents: [],
        sourceStatus: e.says,
        recordedOn: '2026-06-15',
      },
      on,
    )
    if (at === 9 || (asked.status && status !== asked.status)) return []
    if (asked.issuer && !e.issuers.includes(asked.issuer)) return []
    if (asked.year && !e.published?.startsWith(String(asked.year))) return []
    return [{ id, at, published: e.published ?? '', status }]
  })
  return hits
    .sort((a, b) => a.at - b.at || b.published.localeCompare(a.published) || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id)
}
async function everyPage(asked: Omit<RegisterQuery, 'now'>) {
  const ids: string[] = []
  let first: Awaited<ReturnType<typeof searchRegister>> | undefined
  let cursor: string | undefined
  do {
    const page = await searchRegister(db, { ...asked, cursor, facets: cursor === undefined, now })
    first ??= page
    ids.push(...page.results.map(({ id }) => id))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return { ids, first }
}

describe('检索的刁钻写法', () => {
  it('任意的词连同某日的效力与筛选：所得、次序与逐件查对相同，件数与分面说准确的就准确，否则只多不少', async () => {
    await fc.assert(
      fc.asyncProperty(query, async (asked) => {
        if (asked.q !== undefined && searchWords(asked.q).length === 0) return
        if ((asked.q ?? '').trim() === '' && asked.q !== undefined) return
        const { ids, first } = await everyPage(asked)
        const right = bruteForce(asked)
        expect(ids).toEqual(right)
        if (first?.countExact) expect(first.count).toBe(right.length)
        else expect(first?.count).toBeGreaterThanOrEqual(right.length)
        const facets = first?.facets?.status.reduce((sum, { count }) => sum + count, 0)
        if (first?.countExact) expect(facets).toBe(right.length)
      }),
      {
        // 两个辅助平面的字是四个单位；再往后翻的一页也在内。
        examples: [[{ q: '𠀀𠀁', issuer: undefined, year: undefined, status: undefined, on: undefined, limit: 3 }]],
        numRuns: Number(process.env.VARIANT_RUNS ?? 120),
        ...(process.env.VARIANT_SEED ? { seed: Number(process.env.VARIANT_SEED) } : {}),
      },
    )
  })

  it('公布之中翻到底：翻之前已有的一件不漏，一件不重', async () => {
    const asked = { q: '停车', limit: 3 }
    const before = bruteForce(asked)
    const ids: string[] = []
    let cursor: string | undefined
    for (let i = 0; ; i += 1) {
      const page = await searchRegister(db, { ...asked, cursor, now })
      ids.push(...page.results.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
      if (cursor === undefined) break
      if (i % 8 > 0 || i > 80) continue
      await withTransaction(db, (tx) =>
        publishEntry(
          tx,
          {
            jurisdiction,
            documentId: `w${i}`,
            title: i % 16 === 0 ? '停车规定' : '另一规定',
            documentNumber: '青政规发〔2013〕3号',
            registryNumber: null,
            indexNumber: null,
            wjbs: { value: null, missing: [] },
            issuers: ['青石县人民政府'],
            tier: 'government',
            adoptionDate: '2013-06-01',
            publishedOn: '2013-06-10',
            effectiveDate: '2013-06-12',
            validUntil: null,
            disclosure: 'active',
            body: '第一条　停车。',
            textHash: 'x',
            attachments: [],
            publicFiles: [],
          },
          now,
        ),
      )
      if (i % 24 === 0) await indexPending(db)
    }
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => known.has(id))).toEqual(before)
  })
})
