// The public register at a hundred thousand or a million entries: import, size, and searches over HTTP by class of word,
// beside ILIKE on the same table in the same run. The data are generated: an entry is a function of its number.

import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { connect } from '@dianzhang/database'
import { importEntries } from '@dianzhang/register'
import { openOffice } from '../../compose.ts'
import { readEnv } from '../../env.ts'
import { httpClient } from './measure.ts'
import { benchSite } from './site.ts'
import { benchSecret, serveTarget, startTarget, type Target } from './target.ts'

export interface RegisterClass {
  name: string
  p50: number
  p95: number
  p99: number
  /** Processor time of one question in milliseconds, of the server and its database sessions: what a busy machine changes less. */
  cpuMs: number
  /** Median of ILIKE over title and body, newest twenty, same words, bare driver. */
  ilikeP50: number
}
export interface RegisterBench {
  entries: number
  importPerSecond: number
  /** Processor time of one entry in milliseconds, which a busy machine changes less: all threads here, the database's sessions. */
  importCpuMs: { node: number; database: number }
  /** The same along the way, for each tenth of the entries: what grows with the register shows here. */
  portions: Array<{ upTo: number; perSecond: number; nodeMs: number; databaseMs: number }>
  /** Resident memory of the server in MB: before the import, after it, after the searches. */
  serverMemoryMb: [number, number, number]
  /** The bare driver's COPY of entries of the same size into a table with the same indexes. */
  copyIndexedPerSecond: number
  indexBytes: number
  textBytes: number
  classes: RegisterClass[]
  facetsP95: number
  statusP95: number
  deepPageP95: number
}

/** A repeatable source of numbers in [0, 1). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
const everyday =
  '应当 规定 管理 部门 人民政府 依法 公布 实施 本办法 县级 以上 负责 工作 单位 个人 申请 批准 监督 检查 责任 条件 期限 材料 项目 资金 补助 标准 程序 服务 公开 行政 机关 有关 进行 组织 建设 安全 生产 保护 环境 农业 农村 土地 房屋 道路 交通 停车 收费 教育 学校 卫生 医疗 养老 就业 社会 保障 市场 企业 经营 许可 登记 备案 审核 评估 处罚 违反 期满 施行 解释 废止 修改 文物 林木 水源 河道 燃气 供热 垃圾 污水 消防 应急 统计 档案 信息 网络 数据 信用 招标 采购 合同 价格 税收 票据 财政 预算 审计'.split(
    ' ',
  )
/** The 3,755 characters ordinary texts are written in (the first level of GB 2312). */
const ordinary: readonly string[] = (() => {
  const bytes = new Uint8Array(40 * 94 * 2)
  for (let row = 0; row < 40; row += 1)
    for (let cell = 0; cell < 94; cell += 1) bytes.set([0xb0 + row, 0xa1 + cell], (row * 94 + cell) * 2)
  return [...new TextDecoder('gbk').decode(bytes)].filter((sign) => /\p{Script=Han}/u.test(sign))
})()
const hanzi = (n: number): string => ordinary[n % ordinary.length] ?? ''
/** Words of two to four characters, the more seldom the further back. */
const vocabulary: readonly string[] = (() => {
  const random = randomFrom(7)
  const made = Array.from({ length: 6_000 }, () =>
    Array.from({ length: 2 + Math.floor(random() * 3) }, () => hanzi(Math.floor(random() ** 2 * 3_755))).join(''),
  )
  return [...everyday, ...made]
})()
const word = (random: () => number): string => vocabulary[Math.floor(random() ** 3.2 * vocabulary.length)] ?? ''
/** Clauses that texts have in common, the more seldom the further back, as offices write them. */
const clauses: readonly string[] = (() => {
  const random = randomFrom(11)
  return Array.from({ length: 30_000 }, () => Array.from({ length: 9 }, () => word(random)).join(''))
})()
const issuers = Array.from(
  { length: 60 },
  (_, i) => `${hanzi(i * 97)}${hanzi(i * 31 + 5)}县${['人民政府', '财政局', '水务局'][i % 3]}`,
)
const categories = ['行政规范性文件', '地方规范性文件', '部门规范性文件']

function entryOf(i: number, characters: number) {
  const random = randomFrom(i + 1)
  const lines: string[] = []
  let length = 0
  for (let article = 1; length < characters; article += 1) {
    // One clause in ten is this entry's own.
    const clause = (): string =>
      random() < 0.1
        ? Array.from({ length: 9 }, () => word(random)).join('')
        : (clauses[Math.floor(random() ** 2 * clauses.length)] ?? '')
    const line = `第${article}条　${clause()}，${clause()}。`
    lines.push(line)
    length += line.length
  }
  const year = 2000 + (i % 26)
  return {
    id: `g${i}`,
    title: `关于${word(random)}${word(random)}${word(random)}的通知`,
    issuer: issuers[i % issuers.length],
    category: categories[i % 3],
    publishedAt: `${year}-${String(1 + (i % 12)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`,
    effectiveAt: `${year + 1}-01-01`,
    ...(i % 5 === 0 ? { validUntil: `${year + 5}-12-31` } : {}),
    status: i % 11 === 0 ? '已废止' : '有效',
    body: lines.join('\n').slice(0, characters),
  }
}

const quantile = (times: readonly number[], q: number): number => {
  const sorted = times.toSorted((a, b) => a - b)
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0) * 100) / 100
}

/** What is measured while the register is filled. */
type Filling = Omit<RegisterBench, 'classes' | 'facetsP95' | 'statusP95' | 'deepPageP95'>

/**
 * `databaseUrl`: an empty database, or one that was filled before, with what was measured then in `filledBefore`. `entries`:
 * 2 KB each up to 200,000, beyond that 0.75 KB. `onFilled` is told what to keep for the next time.
 */
export async function benchRegister(
  databaseUrl: string,
  entries: number,
  say: (line: string) => void,
  filledBefore: Filling | null = null,
  onFilled: (filling: Filling) => void = () => {},
): Promise<RegisterBench> {
  const target = filledBefore === null ? await startTarget(databaseUrl) : await serveTarget(databaseUrl)
  const { sql, close } = connect(databaseUrl, { max: 1, rawMax: 1 })
  try {
    const filling = filledBefore ?? (await fill(target, sql, entries, say))
    if (filledBefore === null) onFilled(filling)
    const measured = await searched(target, sql, say)
    const [start, full] = filling.serverMemoryMb
    return { ...filling, serverMemoryMb: [start, full, target.memory()], ...measured }
  } finally {
    await close()
    await target.stop()
  }
}

async function fill(target: Target, sql: Sql, entries: number, say: (line: string) => void): Promise<Filling> {
  const { databaseUrl } = target
  const characters = entries <= 200_000 ? 690 : 250
  const env = readEnv('serve', {
    ...process.env,
    DATABASE_URL: databaseUrl,
    DIANZHANG_SECRET: benchSecret,
    DIANZHANG_PUBLIC_URL: 'https://gf.example.gov.cn',
    DIANZHANG_SITE: benchSite,
  })
  const quiet = { info() {}, warn() {}, error() {} }
  const opened = await openOffice({ env, url: databaseUrl, log: quiet as never })
  const [begun, cpu, sessions, memory] = [performance.now(), process.cpuUsage(), target.cpu().database, target.memory()]
  const portions: RegisterBench['portions'] = []
  const here = () => {
    const { user, system } = process.cpuUsage()
    return { at: performance.now(), node: (user + system) / 1000, database: target.cpu().database }
  }
  let [last, before] = [0, here()]
  const report = await importEntries(
    opened.office,
    (async function* () {
      for (let i = 0; i < entries; i += 1) yield JSON.stringify(entryOf(i, characters))
    })(),
    {
      jurisdiction: '640522',
      sourceName: 'generated',
      now: new Date(),
      onProgress: ({ imported }) => {
        const count = imported - last
        // Looked at often enough to see the sessions that end in between.
        if (imported % 1_000 === 0) target.cpu()
        if (count < Math.max(1_000, entries / 10)) return
        const now = here()
        const each = (ms: number): number => Math.round((ms / count) * 1000) / 1000
        const portion = {
          upTo: imported,
          perSecond: Math.round((count / (now.at - before.at)) * 1000),
          nodeMs: each(now.node - before.node),
          databaseMs: each(now.database - before.database),
        }
        portions.push(portion)
        say(
          `  至第 ${imported} 条：每秒 ${portion.perSecond} 条，每条的处理器时间 本进程 ${portion.nodeMs}、数据库 ${portion.databaseMs} 毫秒`,
        )
        ;[last, before] = [imported, now]
      },
    },
  )
  const importPerSecond = Math.round(report.imported / ((performance.now() - begun) / 1000))
  const { user, system } = process.cpuUsage(cpu)
  const perEntry = (ms: number): number => Math.round((ms / Math.max(1, report.imported)) * 1000) / 1000
  const importCpuMs = {
    node: perEntry((user + system) / 1000),
    database: perEntry(target.cpu().database - sessions),
  }
  const filled = target.memory()
  await opened.close()
  await sql`analyze register_entries`
  const copyIndexedPerSecond = await copied(sql, Math.min(entries, 10_000), characters)
  say(
    `  每条的处理器时间：本进程 ${importCpuMs.node}，数据库 ${importCpuMs.database} 毫秒；服务的内存 ${memory} → ${filled} MB`,
  )
  say(`  导入每秒 ${importPerSecond} 条（COPY 到有同样索引的表：每秒 ${copyIndexedPerSecond} 条）`)
  const [sizes] = await sql<Array<{ index: string; text: string }>>`
    select (pg_total_relation_size('search_blocks') + pg_total_relation_size('search_columns') + pg_total_relation_size('search_parts')
      + pg_total_relation_size('search_pending'))::text as index,
      (select sum(octet_length(title) + octet_length(body)) from register_entries)::text as text`
  return {
    entries: report.imported,
    importPerSecond,
    importCpuMs,
    portions,
    serverMemoryMb: [memory, filled, filled],
    copyIndexedPerSecond,
    indexBytes: Number(sizes?.index),
    textBytes: Number(sizes?.text),
  }
}

type Sql = ReturnType<typeof connect>['sql']
async function copied(sql: Sql, entries: number, characters: number): Promise<number> {
  await sql`create table bench_copy (like register_entries including all)`
  const begun = performance.now()
  const escaped = (text: unknown): string =>
    String(text).replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t')
  const rows = function* (): Generator<string> {
    for (let i = 0; i < entries; i += 1) {
      const e = entryOf(i, characters)
      yield `${['640522', `c${i}`, 'imported', `g${i}`, 'copy', e.title, `{"${e.issuer}"}`, e.category, e.publishedAt, e.effectiveAt, 'active', '[]', e.body, 'x', '[]', '{}', '2026-01-01'].map(escaped).join('\t')}\n`
    }
  }
  const into =
    await sql`copy bench_copy (jurisdiction_id, id, origin, source_id, source_name, title, issuers, category, published_on,
    effective_date, disclosure, force_events, body, text_hash, attachments, metadata, created_at) from stdin`.writable()
  await pipeline(Readable.from(rows()), into)
  const perSecond = Math.round(entries / ((performance.now() - begun) / 1000))
  await sql`drop table bench_copy`
  return perSecond
}

async function searched(
  target: Pick<Target, 'url' | 'cpu'>,
  sql: Sql,
  say: (line: string) => void,
): Promise<Pick<RegisterBench, 'classes' | 'facetsP95' | 'statusP95' | 'deepPageP95'>> {
  const http = httpClient(target.url, 1)
  const random = randomFrom(99)
  const any = (from: number, to: number): string => vocabulary[from + Math.floor(random() * (to - from))] ?? ''
  const classes: Array<[string, () => string]> = [
    ['一字 常见', () => any(0, 40)[0] ?? ''],
    ['一字 少见', () => hanzi(3_000 + Math.floor(random() * 750))],
    ['两字 常见', () => any(0, 40).slice(0, 2)],
    ['两字 中等', () => any(200, 900).slice(0, 2)],
    ['两字 少见', () => any(4_000, 6_000).slice(0, 2)],
    ['三至六字 常见', () => `${any(0, 12)}${any(0, 12)}`.slice(0, 6)],
    ['三至六字 少见', () => `${any(900, 3_000)}${any(0, 200)}`.slice(0, 6)],
    ['两词 都常见', () => `${any(0, 40).slice(0, 2)} ${any(40, 80).slice(0, 2)}`],
    ['两词 一常一少', () => `${any(0, 40).slice(0, 2)} ${any(2_000, 4_000).slice(0, 2)}`],
  ]
  let n = 0
  // Every question is another one: nothing is remembered from before.
  const ask = async (query: Record<string, string>): Promise<{ ms: number; text: string }> => {
    n += 1
    const on = new Date(Date.UTC(2026, 0, 1) - n * 86_400_000).toISOString().slice(0, 10)
    const path = `/public/v1/documents?${new URLSearchParams({ limit: '20', on, ...query })}`
    const begun = performance.now()
    const { status, text } = await http.call('GET', path, '')
    if (status !== 200) throw new Error(`检索答复 ${status}：${text}`)
    return { ms: performance.now() - begun, text }
  }
  const timed = async (times: number, query: () => Record<string, string>): Promise<number[]> => {
    const taken: number[] = []
    for (let i = 0; i < times; i += 1) taken.push((await ask(query())).ms)
    return taken
  }
  // The thread starts and reads its columns with the first question.
  for (let i = 0; i < 5; i += 1) await ask({ q: '管理' })
  const measured: RegisterClass[] = []
  for (const [name, make] of classes) {
    const before = target.cpu()
    const taken = await timed(30, () => ({ q: make() }))
    const after = target.cpu()
    const peers: number[] = []
    for (let i = 0; i < 3; i += 1) {
      const like = make()
        .split(' ')
        .map((one) => `%${one}%`)
      const begun = performance.now()
      await sql`select id from register_entries where title || body ilike all(${like}) order by published_on desc nulls last, id limit 20`
      peers.push(performance.now() - begun)
    }
    const row = {
      name,
      p50: quantile(taken, 0.5),
      p95: quantile(taken, 0.95),
      p99: quantile(taken, 0.99),
      cpuMs: Math.round((after.server + after.database - before.server - before.database) / taken.length),
      ilikeP50: quantile(peers, 0.5),
    }
    measured.push(row)
    say(`  ${name}：p50 ${row.p50}，p95 ${row.p95}，p99 ${row.p99} ms（处理器 ${row.cpuMs}）；ILIKE ${row.ilikeP50} ms`)
  }
  const facets = await timed(30, () => ({ q: any(0, 40).slice(0, 2), facets: 'true' }))
  const status = await timed(30, () => ({ q: any(0, 40).slice(0, 2), status: 'in_force' }))
  // Page five hundred of twenty, by hundreds.
  const query = { q: '管理', on: '2026-01-01' }
  let cursor: string | null = null
  for (let page = 0; page < 100; page += 1) {
    const { nextCursor } = JSON.parse(
      (await ask({ ...query, limit: '100', ...(cursor === null ? {} : { cursor }) })).text,
    ) as {
      nextCursor: string | null
    }
    if (nextCursor === null) break
    cursor = nextCursor
  }
  const deep: number[] = []
  for (let page = 0; page < 20 && cursor !== null; page += 1) {
    const { ms, text } = await ask({ ...query, cursor })
    deep.push(ms)
    cursor = (JSON.parse(text) as { nextCursor: string | null }).nextCursor
  }
  http.close()
  const result = {
    classes: measured,
    facetsP95: quantile(facets, 0.95),
    statusP95: quantile(status, 0.95),
    deepPageP95: quantile(deep, 0.95),
  }
  say(`  分面 p95 ${result.facetsP95}，某日效力 p95 ${result.statusP95}，第五百页 p95 ${result.deepPageP95} ms`)
  return result
}
