// 检索索引：任意的文字与查询，分部、待并、合并、重建、并发公布之中，与逐件查对的相同。
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { withTransaction } from '@dianzhang/database'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { appendForceEvent, publishEntry } from '../../packages/register/src/entries.ts'
import { importEntries } from '../../packages/register/src/import.ts'
import { type RegisterQuery, searchRegister } from '../../packages/register/src/register-search.ts'
import { searchText, searchWords } from '../../packages/register/src/search.ts'
import { indexPending, mergeSearchParts, rebuildSearchIndex } from '../../packages/register/src/search-index/build.ts'
import { indexerOf } from '../../packages/register/src/search-index/indexer.ts'
import { indexInThread } from '../../packages/register/src/search-index/search-thread.ts'
import { publicStatuses, type RegisterForceEvent, statusOn } from '../../packages/register/src/status-on.ts'
import { testDatabase } from '../support/database.ts'

const now = new Date('2026-06-15T02:00:00Z')
const on = '2026-06-15'
const jurisdiction = '990101'
const sourceName = '任意'

interface Entry {
  id: string
  title: string
  body: string
  issuers: string[]
  category: string | null
  publishedOn: string | null
  effectiveDate: string | null
  validUntil: string | null
  sourceStatus: string | null
  imported: boolean
  open: boolean
  events: RegisterForceEvent[]
}
const known = new Map<string, Entry>()
const pick = <T>(...list: T[]) => fc.constantFrom(...list)
const body = fc
  .array(
    pick(
      '管理',
      '办法',
      '停车',
      '收费',
      '公告',
      '第三条',
      '“三公”',
      '，',
      '。',
      '1.5',
      '1\u00015',
      'GDP',
      '𠀀',
      '（',
      '）',
      '〔2026〕',
    ),
    {
      minLength: 1,
      maxLength: 30,
    },
  )
  .map((parts) => parts.join(''))
const day = (n: number) => `20${String(10 + (n % 17)).padStart(2, '0')}-0${1 + (n % 9)}-1${n % 10}`
const record = fc.record({
  title: body.map((text) => `关于${text.slice(0, 40)}的通知`),
  body,
  issuer: pick('青石县人民政府', '青石县财政局、青石县审计局', '青石县水务局'),
  category: pick('行政规范性文件', '地方规范性文件'),
  published: fc.option(fc.nat({ max: 400 }), { nil: null }),
  effective: fc.option(fc.nat({ max: 400 }), { nil: null }),
  until: fc.option(fc.nat({ max: 400 }), { nil: null }),
  status: pick('有效', '已废止', '失效', '不明', null),
})
const query = fc.record({
  q: fc.option(
    fc
      .array(
        pick(
          '管',
          '管理',
          '停车收费',
          '办法',
          '三公',
          '公告第三条',
          'gdp',
          '1.5',
          '青石县',
          '𠀀',
          '收费公告',
          '（办法）',
          '没有',
        ),
        {
          minLength: 1,
          maxLength: 2,
        },
      )
      .map((words) => words.join(' ')),
    { nil: undefined },
  ),
  issuer: fc.option(pick('青石县人民政府', '青石县审计局'), { nil: undefined }),
  category: fc.option(pick('行政规范性文件'), { nil: undefined }),
  year: fc.option(fc.integer({ min: 2010, max: 2026 }), { nil: undefined }),
  status: fc.option(pick(...publicStatuses), { nil: undefined }),
  unmodified: fc.option(pick(5), { nil: undefined }),
  limit: pick(1, 7, 50, 100),
})

type Setup = Awaited<ReturnType<typeof prepared>>
async function prepared() {
  const database = await testDatabase()
  const { db, sql } = database.connect()
  await sql`insert into jurisdictions (id, name) values (${jurisdiction}, '青石县')`
  return { db, sql, url: database.url, connect: database.connect }
}
let p: Setup
beforeAll(async () => {
  p = await prepared()
})

const idOf = (source: string) =>
  `i${createHash('sha256')
    .update(JSON.stringify([jurisdiction, sourceName, source]))
    .digest('hex')
    .slice(0, 20)}`
let last = 0
async function load(
  records: Array<typeof record extends fc.Arbitrary<infer R> ? R : never>,
  into: Pick<Setup, 'db'> = p,
): Promise<void> {
  const lines = records.map((r) => {
    last += 1
    const source = `r${last}`
    const issuers = r.issuer.split('、')
    known.set(idOf(source), {
      id: idOf(source),
      title: r.title,
      body: r.body,
      issuers,
      category: r.category,
      publishedOn: r.published === null ? null : day(r.published),
      effectiveDate: r.effective === null ? null : day(r.effective),
      validUntil: r.until === null ? null : day(r.until),
      sourceStatus: r.status,
      imported: true,
      open: true,
      events: [],
    })
    return JSON.stringify({
      id: source,
      title: r.title,
      body: r.body,
      issuer: r.issuer,
      category: r.category,
      ...(r.published === null ? {} : { publishedAt: day(r.published) }),
      ...(r.effective === null ? {} : { effectiveAt: day(r.effective) }),
      ...(r.until === null ? {} : { validUntil: day(r.until) }),
      ...(r.status === null ? {} : { status: r.status }),
    })
  })
  const report = await importEntries(
    into,
    (async function* () {
      yield* lines
    })(),
    { jurisdiction, sourceName, now, batch: 40 },
  )
  expect(report.faults).toEqual([])
}
async function publish(id: string, text: string, disclosure: 'active' | 'closed' = 'active'): Promise<void> {
  const entry: Entry = {
    id,
    title: `${text}规定`,
    body: `第一条　${text}。`,
    issuers: ['青石县人民政府'],
    category: '行政规范性文件',
    publishedOn: '2026-06-10',
    effectiveDate: '2026-06-12',
    validUntil: null,
    sourceStatus: null,
    imported: false,
    open: disclosure === 'active',
    events: [],
  }
  await withTransaction(p.db, (tx) =>
    publishEntry(
      tx,
      {
        jurisdiction,
        documentId: id,
        title: entry.title,
        documentNumber: '青政规发〔2026〕3号',
        registryNumber: null,
        indexNumber: null,
        wjbs: { value: null, missing: [] },
        issuers: entry.issuers,
        tier: 'government',
        adoptionDate: '2026-06-01',
        publishedOn: '2026-06-10',
        effectiveDate: '2026-06-12',
        validUntil: null,
        disclosure,
        body: entry.body,
        textHash: 'x',
        attachments: [],
        publicFiles: [],
      },
      now,
    ),
  )
  known.set(id, entry)
}
async function amend(id: string, kind: 'repealed' | 'amended' | 'suspended', from: string): Promise<void> {
  const event = { kind, on: from, reason: '试', byDocument: null }
  await withTransaction(p.db, (tx) => appendForceEvent(tx, jurisdiction, id, event))
  known.get(id)?.events.push(event)
}

/** 逐件看：标题、文号与机关、正文依次；同一级新公布的在前。 */
function bruteForce(asked: Omit<RegisterQuery, 'now'>): string[] {
  const words = searchWords(asked.q ?? '')
  const level = (e: Entry): number => {
    const title = searchText(e.title)
    const references = [...e.issuers, ...(e.imported ? [] : ['青政规发〔2026〕3号'])].map(searchText)
    const has = (texts: string[]) =>
      words.every(({ forms }) => forms.some(({ text }) => texts.some((t) => t.includes(text))))
    if (has([title])) return 0
    if (has([title, ...references])) return 1
    return has([title, ...references, searchText(e.body)]) ? 2 : 9
  }
  const statusOf = (e: Entry) =>
    statusOn(
      {
        origin: e.imported ? 'imported' : 'made',
        publishedOn: e.publishedOn,
        effectiveDate: e.effectiveDate,
        validUntil: e.validUntil,
        forceEvents: e.events,
        sourceStatus: e.sourceStatus,
        recordedOn: on,
      },
      on,
    ).status
  const since = '2021-06-15'
  const hits = [...known.values()].flatMap((e) => {
    if (!e.open) return []
    if (asked.issuer && !e.issuers.includes(asked.issuer)) return []
    if (asked.category && e.category !== asked.category) return []
    if (asked.year && !e.publishedOn?.startsWith(String(asked.year))) return []
    const status = statusOf(e)
    if (asked.status && status !== asked.status) return []
    if (asked.unmodified) {
      const latest = [e.publishedOn ?? '', e.effectiveDate ?? ''].sort().at(-1) ?? ''
      const amended = e.events.some((x) => x.kind === 'amended' && x.on >= since && x.on <= on)
      if (latest === '' || latest >= since || !['in_force', 'amended'].includes(status) || amended) return []
    }
    const at = words.length === 0 ? 0 : level(e)
    return at === 9 ? [] : [{ e, at }]
  })
  return hits
    .sort(
      (a, b) =>
        a.at - b.at ||
        (b.e.publishedOn ?? '').localeCompare(a.e.publishedOn ?? '') ||
        (a.e.id < b.e.id ? -1 : a.e.id > b.e.id ? 1 : 0),
    )
    .map(({ e }) => e.id)
}
async function everyPage(asked: Omit<RegisterQuery, 'now'>) {
  const ids: string[] = []
  let first: Awaited<ReturnType<typeof searchRegister>> | undefined
  let cursor: string | undefined
  do {
    const page = await searchRegister(p.db, { ...asked, cursor, facets: cursor === undefined, now })
    first ??= page
    ids.push(...page.results.map(({ id }) => id))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return { ids, first }
}
async function compared(runs: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(query, async (asked) => {
      const { ids, first } = await everyPage(asked)
      const right = bruteForce(asked)
      expect(ids).toEqual(right)
      expect(first?.countExact && first.count).toBe(right.length)
      expect(first?.facets?.status.reduce((sum, { count }) => sum + count, 0)).toBe(right.length)
      const issuer = first?.facets?.issuer.find(({ value }) => value === '青石县审计局')?.count ?? 0
      expect(issuer).toBe(right.filter((id) => known.get(id)?.issuers.includes('青石县审计局')).length)
      // 新公布的在前：件数相同，只换次序；续页不重不漏，用另一种次序的续页标记不收。
      const newest = await everyPage({ ...asked, sort: 'newest' })
      const published = (id: string) => known.get(id)?.publishedOn ?? ''
      expect(newest.ids).toEqual(
        right.toSorted((a, b) => published(b).localeCompare(published(a)) || (a < b ? -1 : a > b ? 1 : 0)),
      )
    }),
    { numRuns: runs },
  )
}
const parts = async () =>
  (await p.sql<{ entries: number }[]>`select entries from search_parts order by part`).map((row) => row.entries)

describe('检索索引', () => {
  it('还没有并入的、分在几部的、合并以后的、收起又有变动的，都与逐件查对的相同', async () => {
    const some = (n: number, seed: number) => fc.sample(record, { numRuns: n, seed })
    await load(some(60, 1))
    await compared(40)
    expect(await indexPending(p.db)).toBe(60)
    await load(some(40, 2))
    await publish('d1', '停车收费管理办法')
    await publish('d2', '停车收费保密', 'closed')
    await compared(40)
    await indexPending(p.db)
    await load(some(30, 3))
    await indexPending(p.db)
    expect(await parts()).toEqual([60, 42, 30])
    // 大小相近的满了六部才合并。
    expect(await mergeSearchParts(p.db)).toBe(0)
    for (const [n, seed] of [
      [20, 4],
      [25, 5],
    ] as const) {
      await load(some(n, seed))
      await indexPending(p.db)
    }
    // 已在各部里的有了变动：先逐件看，后写入各栏。
    await amend('d1', 'amended', '2026-06-13')
    await publish('d3', '公告第三条')
    await compared(40)
    await indexPending(p.db)
    expect(await parts()).toEqual([60, 42, 30, 20, 25, 1])
    expect(await mergeSearchParts(p.db)).toBe(6)
    expect(await parts()).toEqual([178])
    await compared(40)
    await amend('d1', 'repealed', '2026-06-14')
    await amend('d3', 'suspended', '2026-06-14')
    await compared(30)
  })

  it('重建时照旧回答，建成前公布的、有变动的一件不漏；半途中止的不留痕迹', async () => {
    const stop = new AbortController()
    stop.abort()
    expect(await rebuildSearchIndex(p.db, { signal: stop.signal })).toBeNull()
    expect(await parts()).toHaveLength(1)
    // 没有建成的（旧版的数据）：逐件看，所得相同。
    await p.sql`delete from search_index`
    await compared(15)
    const rebuilt = rebuildSearchIndex(p.db)
    await publish('d4', '停车公告')
    await amend('d4', 'amended', '2026-06-14')
    await compared(10)
    expect(await rebuilt).toBeGreaterThan(130)
    await compared(30)
    while ((await indexPending(p.db)) > 0);
    await compared(30)
    const [row] =
      await p.sql`select (select count(*) from register_entries)::int as entries, (select sum(entries) from search_parts)::int as indexed`
    expect(row?.indexed).toBe(row?.entries)
  })

  it('几处同时公布、并入、合并、检索：每一次查到的都含有此前已经公布的，一件不重', async () => {
    const writing = Array.from({ length: 4 }, async (_, w) => {
      for (let i = 0; i < 6; i += 1) {
        const id = `c${w}${i}`
        await publish(id, `并发停车收费${w}${i}`)
        const { ids } = await everyPage({ q: '并发停车', limit: 7 })
        expect(ids).toContain(id)
        expect(new Set(ids).size).toBe(ids.length)
        if (i % 2 === w % 2) await indexPending(p.db)
        if (i > 2) await mergeSearchParts(p.db)
      }
    })
    await Promise.all(writing)
    expect((await everyPage({ q: '并发停车', limit: 7 })).ids).toHaveLength(24)
    await compared(20)
  })

  it('合并的半途断了连接，如同没有合并；再合并时一件不漏', async () => {
    for (let seed = 20; (await parts()).length < 6; seed += 1) {
      await load(fc.sample(record, { numRuns: 15, seed }))
      await indexPending(p.db)
    }
    const before = await parts()
    for (const table of ['search_parts', 'search_blocks', 'search_columns']) {
      // 写新的一部、写它的块、删去旧的，各在半途停下一次。
      const blocker = await p.sql.reserve()
      await blocker.unsafe(`begin; lock table ${table} in share row exclusive mode`)
      const { db } = p.connect()
      const merging = mergeSearchParts(db).then(
        () => 'merged',
        () => 'broken',
      )
      await expect
        .poll(async () => {
          const [row] = await p.sql<{ n: number }[]>`
            select count(pg_terminate_backend(a.pid))::int as n from pg_stat_activity a join pg_locks l on l.pid = a.pid
            where not l.granted and l.relation = ${table}::regclass and a.datname = current_database()`
          return row?.n
        })
        .toBe(1)
      expect(await merging).toBe('broken')
      await blocker.unsafe('rollback')
      blocker.release()
      expect(await parts(), table).toEqual(before)
      await compared(5)
    }
    expect(await mergeSearchParts(p.db)).toBeGreaterThan(5)
    await compared(20)
    const [row] = await p.sql`select (select count(*) from register_entries)::int as entries,
      (select sum(entries) from search_parts)::int + (select count(*) from search_pending where fresh)::int as indexed`
    expect(row?.indexed).toBe(row?.entries)
  })

  it('合并的半途照样并入新的、写入变动：不等合并，合并以后都在；半途断了的，只是没有合并', async () => {
    const indexed = async () =>
      await p.sql<{ id: string }[]>`select e ->> 1 as id from search_columns c join search_parts p on p.part = c.part
        join search_index i on i.generation = p.generation, jsonb_array_elements(c.body::jsonb) as e where c.chunk >= 0`
    for (const [round, ending] of (['breaks', 'ends'] as const).entries()) {
      for (let i = 0; (await parts()).length < 6; i += 1) {
        await publish(`m${round}${i}`, `合并停车${round}${i}`)
        await publish(`n${round}${i}`, `合并收费${round}${i}`)
        await indexPending(p.db)
      }
      // 合并写完新的一部，删去旧的块时停下：只有它删。
      const blocker = await p.sql.reserve()
      await blocker.unsafe('begin; select from search_blocks for update')
      const { db } = p.connect()
      const merging = mergeSearchParts(db).then(
        (n) => n,
        () => 'broken',
      )
      const waiting = async () =>
        (
          await p.sql<{ pid: number }[]>`select a.pid from pg_stat_activity a join pg_locks l on l.pid = a.pid
            where not l.granted and a.datname = current_database()`
        ).map(({ pid }) => pid)
      await expect.poll(waiting).toHaveLength(1)
      const before = await parts()
      await publish(`o${round}`, `合并期间公告${round}`)
      expect(await indexPending(p.db)).toBe(1)
      await amend(`m${round}0`, 'repealed', '2026-06-13')
      await amend(`n${round}0`, 'amended', '2026-06-13')
      await compared(3)
      expect(await indexPending(p.db)).toBe(2)
      // 才并入的又有变动；另一处也要合并的，知道已有人在合并。
      await amend(`o${round}`, 'suspended', '2026-06-14')
      expect(await mergeSearchParts(p.db)).toBe(0)
      await compared(5)
      if (ending === 'breaks')
        await p.sql`select pg_terminate_backend(pid) from unnest(${await waiting()}::int[]) as pid`
      else await blocker.unsafe('rollback')
      const answer = await merging
      if (ending === 'breaks') {
        await blocker.unsafe('rollback')
        expect(answer).toBe('broken')
        expect(await parts()).toEqual([...before, 1])
      } else {
        expect(answer).toBeGreaterThan(5)
        expect((await parts()).length).toBeLessThan(before.length)
      }
      blocker.release()
      await compared(20)
      while ((await indexPending(p.db)) > 0);
      await compared(10)
      const ids = (await indexed()).map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids.length).toBe(known.size)
      // 断了的一轮之后，下一轮从几部重新合并。
      if (ending === 'breaks') await mergeSearchParts(p.db)
    }
  })

  it('一件变动，只读写有它的那一行栏目：别的行读都不读，写过几次的数也不变', async () => {
    for (let i = 0; (await parts()).length < 4; i += 1) {
      await publish(`v${i}`, `变动停车${i}`)
      await indexPending(p.db)
    }
    await amend('v0', 'amended', '2026-06-10')
    const mark = '读不懂'
    const others = await p.sql<{ part: string; chunk: number; v: number }[]>`
      update search_columns set body = body || ${mark} where chunk >= 0 and position('"v0"' in body) = 0
      returning part::text, chunk, v`
    expect(others.length).toBeGreaterThan(2)
    try {
      while ((await indexPending(p.db)) > 0);
      const kept = await p.sql`select part::text, chunk, v from search_columns where position(${mark} in body) > 0`
      expect(new Set(kept.map((row) => JSON.stringify(row)))).toEqual(new Set(others.map((row) => JSON.stringify(row))))
    } finally {
      await p.sql`update search_columns set body = replace(body, ${mark}, '')`
    }
    await compared(10)
    const { results } = await searchRegister(p.db, { q: '变动停车', status: 'amended', now })
    expect(results.map(({ id }) => id)).toEqual(bruteForce({ q: '变动停车', status: 'amended' }))
  })

  it('合并以后，各栏由内存里的几部合成，不再读；没有看到的变动才读', async () => {
    const asked: string[] = []
    const { db } = p.connect({ debug: (text) => asked.push(text) })
    const search = async (q: string) => {
      asked.length = 0
      const { results } = await searchRegister(db, { q, limit: 100, facets: true, now })
      expect(results.map(({ id }) => id)).toEqual(bruteForce({ q }).slice(0, 100))
      return asked.filter((text) => text.includes('select body from search_columns')).length
    }
    for (const round of ['seen', 'unseen'] as const) {
      for (let i = 0; (await parts()).length < 6; i += 1) {
        await publish(`${round}${i}`, `合成停车${round}${i}`)
        if (i === 0) await amend(`${round}0`, 'amended', '2026-06-13')
        await indexPending(p.db)
      }
      expect(await search(`合成停车 ${round}`)).toBeGreaterThan(0)
      if (round === 'unseen') {
        await amend(`${round}0`, 'repealed', '2026-06-14')
        await indexPending(p.db)
      }
      await mergeSearchParts(p.db)
      const read = await search('合成停车')
      // 一行说明由哪几部合成；有没有看到的变动，另读各栏。
      if (round === 'seen') expect(read).toBe(1)
      else expect(read).toBeGreaterThan(1)
      await search(`停车 ${round}`)
      const { results } = await searchRegister(db, { q: '合成停车', status: 'repealed', now })
      expect(results.map(({ id }) => id)).toEqual(bruteForce({ q: '合成停车', status: 'repealed' }))
    }
  })

  it('另外两个进程并入、合并，屡次被 kill -9，其间导入、公布、变动：每一次查到的都对，最后一件不漏，一件不重', async () => {
    const program = `
      import { connect } from '@dianzhang/database'
      import { indexPending, mergeSearchParts } from ${JSON.stringify(new URL('../../packages/register/src/search-index/build.ts', import.meta.url).href)}
      const { db } = connect(process.argv[1], { max: 2 })
      const forever = async (work) => { for (;;) await work() }
      console.log('begun')
      await Promise.all([forever(() => indexPending(db)), forever(async () => { await mergeSearchParts(db); await new Promise((r) => setTimeout(r, 5)) })])`
    const begun = () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', program, p.url], {
        cwd: fileURLToPath(new URL('../..', import.meta.url)),
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      return new Promise<typeof child>((resolve) => child.stdout.once('data', () => resolve(child)))
    }
    const children = await Promise.all([begun(), begun()])
    try {
      for (let round = 0; round < 3; round += 1) {
        const loading = load(fc.sample(record, { numRuns: 60, seed: 70 + round }))
        for (let i = 0; i < 6; i += 1) {
          await publish(`k${round}${i}`, `两处停车${round}${i}`)
          if (i > 0) await amend(`k${round}${i - 1}`, i % 2 === 0 ? 'repealed' : 'amended', '2026-06-13')
          expect((await everyPage({ q: '两处停车', limit: 7 })).ids).toHaveLength(round * 6 + i + 1)
          if (i === 3) {
            const [gone] = children.splice(round % 2, 1)
            const ended = gone && once(gone, 'exit')
            gone?.kill('SIGKILL')
            await ended
          }
        }
        await loading
        await compared(6)
        children.push(await begun())
      }
    } finally {
      for (const child of children) child.kill('SIGKILL')
      await Promise.all(children.map((child) => child.exitCode ?? child.signalCode ?? once(child, 'exit')))
    }
    while ((await indexPending(p.db)) > 0);
    await mergeSearchParts(p.db)
    await compared(30)
    const ids = await p.sql<
      { id: string }[]
    >`select e ->> 1 as id from search_columns c, jsonb_array_elements(c.body::jsonb) as e where c.chunk >= 0`
    expect(ids.map(({ id }) => id).toSorted()).toEqual([...known.keys()].toSorted())
  })

  it('两处同时重建：先建成的换上，另一处只收起自己的；其间公布的一件不漏，一件不重', async () => {
    for (const fresh of [true, false]) {
      if (fresh) await p.sql`delete from search_index`
      const [one, two] = [p.connect(), p.connect()]
      const both = Promise.all([rebuildSearchIndex(one.db), rebuildSearchIndex(two.db)])
      await publish(`u${fresh}`, '重建期间停车')
      await indexPending(p.db)
      const answers = await both
      expect(answers.filter((n) => n !== null)).toHaveLength(1)
      await compared(15)
      while ((await indexPending(p.db)) > 0);
      await compared(15)
      const ids = await p.sql<
        { id: string }[]
      >`select e ->> 1 as id from search_columns c, jsonb_array_elements(c.body::jsonb) as e where c.chunk >= 0`
      expect(ids.map(({ id }) => id).toSorted()).toEqual([...known.keys()].toSorted())
    }
  })

  it('导入的同时公布、检索，索引由另一个线程并入、合并：一件不漏，一件不重', async () => {
    const { db } = p.connect()
    const end = indexInThread(db, p.url, { max: 1 })
    try {
      const index = indexerOf(db)
      let importing = true
      const filled = load(fc.sample(record, { numRuns: 600, seed: 7 }), { db }).finally(() => {
        importing = false
      })
      const tending = (async () => {
        while (importing) {
          await index.pending()
          await index.merge()
        }
      })()
      const publishing = Array.from({ length: 3 }, async (_, w) => {
        for (let i = 0; i < 8; i += 1) {
          await publish(`i${w}${i}`, `导入期间停车${w}${i}`)
          const { ids } = await everyPage({ q: '导入期间停车', limit: 7 })
          expect(ids).toContain(`i${w}${i}`)
          expect(new Set(ids).size).toBe(ids.length)
        }
      })
      await Promise.all([filled, tending, ...publishing])
      await compared(20)
      while ((await index.pending()) > 0);
      await index.merge()
      await compared(20)
      const [row] = await p.sql`select (select count(*) from register_entries)::int as entries,
        (select sum(entries) from search_parts p join search_index i on i.generation = p.generation)::int as indexed`
      expect(row?.indexed).toBe(row?.entries)
    } finally {
      await end()
    }
  })
})
