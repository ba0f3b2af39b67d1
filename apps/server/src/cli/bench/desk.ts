// A desk with ten thousand active files: the latency of the interface, and the time until usable in a real browser.
// The files are copied from demo files, so the rows are real.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { connect } from '@dianzhang/database'
import { SeedClock, seedDemo } from '@dianzhang/demo'
import { indexMatters } from '@dianzhang/workflow'
import { httpClient, interactionWords, type Latencies, summarise } from './measure.ts'
import { repository } from './paths.ts'
import { benchOffice, serveTarget, startTarget, type Target } from './target.ts'

const usual = 10_000
/** Of so many at most the texts are copied as well: lists read none. */
const withTexts = 10_000
/** What an office has one of in a year: a hundred thousand open matters are not made of these. */
const yearly = ['annual-report', 'cleanup', 'decision-catalogue', 'drafting-plan', 'office', 'scorecard']
/** No question asked of a desk takes longer than this (ms). */
const deskGoalMs = 50

export interface DeskBench {
  documents: number
  fillSeconds: number
  /** From starting the server on this data until it answers, in milliseconds; and its memory after all requests, in MB. */
  startMs: number
  memoryMb: number
  /** The same start on a database without any matter, in the same run. */
  startEmptyMs: number
  /** Processor time of the server up to its first answer, with these matters and without. */
  startCpuMs: { filled: number; empty: number }
  /**
   * `alone`: milliseconds where one person asks, to hold beside the goal; the other figures are of four at once. `cpu`:
   * milliseconds of processor time per request, of the server and of the database.
   */
  api: Array<
    {
      name: string
      path: string
      status: number
      kilobytes: number
      alone: { p50: number; most: number }
      goalMs: number
      cpu: { server: number; database: number }
    } & Latencies
  >
  /** Null when no browser (a development dependency) is installed. */
  browser: null | {
    /**
     * From opening the address until the first row shows and keys respond, in milliseconds; medians of the first time
     * (no cache) and of later times (cached).
     */
    firstMs: number
    againMs: number
    /** From pressing j until the next frame is drawn, in milliseconds; median and maximum of thirty times. */
    keyMs: { median: number; most: number }
    /**
     * What is done on the desk and in the search over everything, until what it asks for is drawn, in milliseconds; median and
     * maximum. Each asks something not asked before. Of a search, from the key until what is typed shows, and until its answer
     * does.
     */
    interactions: Record<string, { median: number; most: number }>
    /**
     * The time to scroll until a thousand rows are loaded, and the number of rows actually drawn on the page by then.
     */
    scrollToThousandMs: number
    drawnRows: number
    /** From opening a file on the desk until its available actions show. */
    openMs: number
  }
}

/** The demo files, then copies of the active ones, with deadlines, turns, what is found by, and texts, up to `wanted`. */
async function fill(databaseUrl: string, wanted: number, accounts: ReadonlyMap<string, string>): Promise<number> {
  const opened = await benchOffice(databaseUrl)
  await seedDemo(opened.office, new SeedClock(), { now: new Date(), accounts })
  // What can be found in matters, before they are copied.
  while ((await indexMatters(opened.office, null, 500)) > 0);
  await opened.close()
  const { sql, close } = connect(databaseUrl, { max: 1 })
  try {
    await sql.unsafe(`
      -- Guards and keys were checked when the demo files came about; copies are made without them.
      set session_replication_role = replica;
      create temporary table copies as
      with source as (
        select *, row_number() over (order by id) - 1 as k, count(*) over () as total from matters
        where split_part(stage, '.', 1) not in ('closed', 'effective') and process <> all ('{${yearly}}'))
      select s.jurisdiction_id, s.id as old, gen_random_uuid()::text as id, g.n from source s
      join generate_series(1, ${wanted}) g (n) on g.n % s.total = s.k;
      insert into matters (jurisdiction_id, id, process, version, stage, snapshot, title, unit,
        pack_version, opened_by, involved_units, concerned_roles, ledger_seq, ledger_head, next_due_on, turn_form,
        created_at, updated_at)
      select d.jurisdiction_id, c.id, d.process, d.version, d.stage, d.snapshot, d.title || '（第' || c.n || '件）',
        d.unit, d.pack_version, d.opened_by, d.involved_units, d.concerned_roles, d.ledger_seq, d.ledger_head,
        d.next_due_on + (c.n % 40), d.turn_form, d.created_at, d.updated_at - c.n * interval '3 minutes'
      from copies c join matters d on d.jurisdiction_id = c.jurisdiction_id and d.id = c.old;
      insert into documents (jurisdiction_id, id, tier, lead_issuer, filing)
      select d.jurisdiction_id, c.id, d.tier, d.lead_issuer, d.filing
      from copies c join documents d on d.jurisdiction_id = c.jurisdiction_id and d.id = c.old;
      insert into texts (jurisdiction_id, document_id, n, hash, body, attachments, note, kind, created_by, at)
      select t.jurisdiction_id, c.id, t.n, t.hash, t.body, '[]'::jsonb, t.note, t.kind, t.created_by, t.at
      from copies c join texts t on t.jurisdiction_id = c.jurisdiction_id and t.document_id = c.old
      where c.n <= ${withTexts};
      insert into deadlines (jurisdiction_id, matter_id, key, kind, label, starts_on, due_on, due_at, status, met_on,
        provisional)
      select t.jurisdiction_id, c.id, t.key, t.kind, t.label, t.starts_on, t.due_on + (c.n % 40),
        t.due_at + (c.n % 40) * interval '1 day', t.status, t.met_on, t.provisional
      from copies c join deadlines t on t.jurisdiction_id = c.jurisdiction_id and t.matter_id = c.old;
      insert into turns (jurisdiction_id, matter_id, command, role, unit, count, since, asked_by, not_before, due_on,
        process, stage, business_of, opened_by, next_due_on)
      select t.jurisdiction_id, c.id, t.command, t.role, t.unit, t.count, t.since, t.asked_by, t.not_before,
        t.due_on + (c.n % 40), t.process, t.stage, t.business_of, t.opened_by, t.next_due_on + (c.n % 40)
      from copies c join turns t on t.jurisdiction_id = c.jurisdiction_id and t.matter_id = c.old;
      insert into matter_search (jurisdiction_id, matter_id, seq, made, heading, number, registry_number, text_n, search)
      select t.jurisdiction_id, c.id, t.seq, t.made, t.heading || '（第' || c.n || '件）', t.number, t.registry_number,
        t.text_n, t.search
      from copies c join matter_search t on t.jurisdiction_id = c.jurisdiction_id and t.matter_id = c.old;
      drop table copies;`)
    // As an office of some weeks is: what is visible to all is known to be so.
    await sql`vacuum (analyze)`
    const [row] = await sql<Array<{ count: number }>>`
      select count(*)::int from matters where split_part(stage, '.', 1) not in ('closed', 'effective')`
    return row?.count ?? 0
  } finally {
    await close()
  }
}

async function benchApi(target: Target, seconds: number, say: (line: string) => void): Promise<DeskBench['api']> {
  const http = httpClient(target.url, 4)
  const { secretariat, drafter } = target.cookies
  // Someone for whom what is visible depends on the content of the files.
  const adviser = await target.signIn('adviser')
  const get = async (path: string, cookie: string) => {
    const answer = await http.call('GET', path, cookie)
    return JSON.parse(answer.text) as { items: Array<{ id: string }>; nextCursor: string | null }
  }
  /** The path of a later page: deep ones should be as fast as the first. */
  const page = async (path: string, cookie: string, n: number): Promise<string> => {
    let cursor: string | null = ''
    for (let at = 1; at < n && cursor !== null; at += 1)
      cursor = (await get(`${path}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`, cookie)).nextCursor
    return `${path}&cursor=${encodeURIComponent(cursor ?? '')}`
  }
  const listed = (await get('/api/documents?limit=60', secretariat)).items
  for (const { id } of listed)
    await http.call('POST', `/api/matters/${id}/marks`, secretariat, { seen: true, followed: true })
  const one = listed[0]?.id ?? ''
  const finding = (words: string) => `q=${encodeURIComponent(words)}`
  const mine = '/api/documents?mine=true&limit=100'
  const all = '/api/documents?limit=100'
  const cases: Array<[name: string, path: string, cookie: string]> = [
    ['待办 文秘', mine, secretariat],
    ['待办 文秘 第十页', await page(mine, secretariat, 10), secretariat],
    ['待办 文秘 等候最久', `${mine}&sort=since`, secretariat],
    ['待办 文秘 按标题', `${mine}&sort=title`, secretariat],
    ['待办 文秘 最近变动', `${mine}&sort=updated`, secretariat],
    ['待办 文秘 一个阶段', `${mine}&stage=legality_review`, secretariat],
    ['待办 文秘 逾期', `${mine}&overdue=true`, secretariat],
    ['待办 文秘 一个单位', `${mine}&unit=hy-finance`, secretariat],
    ['待办 起草', mine, drafter],
    ['待办 法律顾问', mine, adviser],
    ['全部 首页', all, secretariat],
    ['全部 第五十页', await page(all, secretariat, 50), secretariat],
    ['全部 按标题', `${all}&sort=title`, secretariat],
    ['全部 按紧迫', `${all}&sort=urgent`, secretariat],
    ['全部 法律顾问', all, adviser],
    ['全部 一个单位', `${all}&unit=hy-agri`, secretariat],
    ['全部 一个阶段', `${all}&stage=legality_review`, secretariat],
    ['全部 逾期', `${all}&overdue=true`, secretariat],
    ['全部 逾期 按紧迫', `${all}&overdue=true&sort=urgent`, secretariat],
    ['全部 检索', `${all}&${finding('供热')}`, secretariat],
    ['全部 检索 无结果', `${all}&${finding('没有这样的标题')}`, secretariat],
    ['已办 文件', `${all}&done=true`, secretariat],
    ['各阶段件数', '/api/stage-load', secretariat],
    ['各阶段件数 法律顾问', '/api/stage-load', adviser],
    ['各阶段件数 待办', '/api/stage-load?mine=true', secretariat],
    ['各阶段件数 我在等', '/api/stage-load?waiting=true', drafter],
    ['各阶段件数 已办', '/api/stage-load?done=true', secretariat],
    ['各种事项 待办', '/api/matters?mine=true&limit=100', secretariat],
    ['各种事项 待办 检索', `/api/matters?mine=true&limit=50&${finding('补助')}`, secretariat],
    ['各种事项 待办 检索 无结果', `/api/matters?mine=true&limit=50&${finding('没有这样的')}`, secretariat],
    ['各种事项 我在等', '/api/matters?waiting=true&limit=100', secretariat],
    ['各种事项 我在等 起草', '/api/matters?waiting=true&limit=100', drafter],
    ['各种事项 我在等 检索', `/api/matters?waiting=true&limit=50&${finding('补助')}`, drafter],
    ['各种事项 我关注', '/api/matters?followed=true&limit=100', secretariat],
    ['各种事项 看过', '/api/matters?seen=true&limit=100', secretariat],
    ['各种事项 已办', '/api/matters?done=true&limit=100', secretariat],
    ['各种事项 全部', '/api/matters?limit=100', secretariat],
    ['各种事项 全部 检索', `/api/matters?limit=50&${finding('补助')}`, secretariat],
    ['各处检索', `/api/search?${finding('供热')}`, secretariat],
    ['各处检索 常用词', `/api/search?${finding('管理办法')}`, secretariat],
    ['看板', '/api/dashboard', secretariat],
    ['看板 起草', '/api/dashboard', drafter],
    ['一件的可办事项', `/api/documents/${one}/actions`, secretariat],
    ['指标', '/metrics', ''],
  ]
  const rows: DeskBench['api'] = []
  for (const [name, path, cookie] of cases) {
    const latencies: number[] = []
    const time = Math.min(seconds, 2) / 2
    // The first time reads pages that nobody asked for yet.
    await http.call('GET', path, cookie)
    const single: number[] = []
    for (const end = performance.now() + time * 1000; performance.now() < end || single.length < 3; ) {
      const begun = performance.now()
      await http.call('GET', path, cookie)
      single.push(performance.now() - begun)
    }
    const alone = { p50: Math.round(median(single)), most: Math.round(Math.max(...single)) }
    const before = target.cpu()
    const until = performance.now() + time * 1000
    let status = 0
    let bytes = 0
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        while (performance.now() < until) {
          const begun = performance.now()
          const answer = await http.call('GET', path, cookie)
          latencies.push(performance.now() - begun)
          status = answer.status
          bytes = Buffer.byteLength(answer.text)
        }
      }),
    )
    const after = target.cpu()
    const each = (whole: number): number => Math.round((Math.max(0, whole) / latencies.length) * 10) / 10
    const cpu = { server: each(after.server - before.server), database: each(after.database - before.database) }
    const kilobytes = Math.round(bytes / 102.4) / 10
    const row = {
      ...{ name, path, status, kilobytes, alone, goalMs: deskGoalMs, cpu },
      ...summarise(latencies, time),
    }
    rows.push(row)
    say(
      `  ${name}：独自 ${alone.p50} ms（目标 ${deskGoalMs}），同时四个 ${row.perSecond} 次/秒，p50 ${row.p50} ms，p99 ${row.p99} ms；处理器 服务 ${cpu.server}、数据库 ${cpu.database} ms（${row.status}）`,
    )
  }
  http.close()
  return rows
}

/** Measured in the page: each press of j until the next frame is drawn, in milliseconds. */
const measureKeys = `(async () => {
  const times = []
  for (let i = 0; i < 30; i += 1) {
    const begun = performance.now()
    dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }))
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
    times.push(performance.now() - begun)
  }
  return times
})()`
/** Measured in the page: see {@link DeskBench}; the milliseconds of each time by what was done. */
const measureInteractions = `(async () => {
  const times = {}
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
  let doing = ''
  const until = async (holds) => {
    const begun = performance.now()
    while (!holds()) {
      if (performance.now() - begun > 30_000) throw new Error(doing + '：三十秒没有画出来')
      await new Promise((done) => setTimeout(done, 1))
    }
  }
  const list = () => document.querySelector('.desk-list')
  const still = () => list()?.getAttribute('aria-busy') === 'false' && document.querySelector('.desk-list .skeleton') === null
  const write = (control, value, event) => {
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(control), 'value').set.call(control, value)
    control.dispatchEvent(new Event(event, { bubbles: true }))
  }
  const took = (name, begun) => (times[name] ??= []).push(performance.now() - begun)
  const change = async (name, act) => {
    doing = name
    await until(still)
    const begun = performance.now()
    act()
    await until(() => !still())
    await until(still)
    await frame()
    took(name, begun)
  }
  let asked = false
  const send = window.fetch
  window.fetch = (...given) => {
    asked = true
    return send(...given)
  }
  /** What was typed shows; then its answer. */
  const search = async (name, control, words, drawn) => {
    doing = name + words
    await until(drawn)
    asked = false
    const begun = performance.now()
    write(control, words, 'input')
    await frame()
    took(name + '键入', begun)
    await until(() => asked)
    await until(drawn)
    await frame()
    took(name, begun)
  }
  const order = document.querySelector('select[aria-label="排序"]')
  for (const value of ['urgent', 'title', 'since']) await change('排序', () => write(order, value, 'change'))
  await change('筛选', () => document.querySelector('.desk-overdue input').click())
  document.querySelector('.desk-overdue input').click()
  await frame()
  for (let i = 0; i < 5; i += 1)
    await change('筛选', () => document.querySelectorAll('.load button:not([disabled])')[i].click())
  document.querySelector('.load button[aria-pressed="true"]').click()
  // The list of before stands again, at its top.
  await until(() => document.querySelector('.load button[aria-pressed="true"]') === null)
  await new Promise((done) => setTimeout(done, 500))
  for (let i = 0; i < 5; i += 1) {
    doing = '下一页'
    await until(still)
    const box = document.querySelector('.grid-body')
    const rows = () => Number(document.querySelector('.grid').getAttribute('aria-rowcount'))
    const drawn = () => Math.max(...[...document.querySelectorAll('.grid-row')].map((row) => Number(row.getAttribute('aria-rowindex'))))
    const before = drawn()
    const loaded = rows()
    const begun = performance.now()
    box.scrollTop = box.scrollHeight
    // What was not drawn before is, up to the end of what was loaded; where nothing more was loaded, the next page is.
    await until(() => (loaded > before + 20 ? drawn() >= loaded : rows() > loaded))
    await frame()
    took('下一页', begun)
  }
  const box = document.querySelector('input.desk-search, .desk-search input')
  for (const words of ['供热', '农业', '补助', '住房', '垃圾'])
    await search('待办检索', box, words, () => still() && document.querySelectorAll('.grid-row').length > 0)
  write(box, '', 'input')
  await frame()
  dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }))
  await until(() => document.querySelector('.search-all input'))
  for (const words of ['供热管理', '农业补助', '住房保障', '垃圾分类', '集中供水']) {
    const found = () => document.querySelector('.search-found')?.getAttribute('aria-busy') === 'false'
    await search('各处检索', document.querySelector('.search-all input'), words, found)
  }
  window.fetch = send
  return times
})()`
/** Scrolls in the page until a thousand rows are loaded. */
const scrollToThousand = `(async () => {
  const begun = performance.now()
  const box = document.querySelector('.grid-body')
  while (Number(document.querySelector('.grid').getAttribute('aria-rowcount')) < 1000) {
    box.scrollTop = box.scrollHeight
    await new Promise((done) => requestAnimationFrame(done))
  }
  return [performance.now() - begun, document.querySelectorAll('.grid-row').length]
})()`

/** The browser is a development dependency, the same as for tests; only what is used here is declared. */
interface Page {
  goto(url: string): Promise<unknown>
  reload(): Promise<unknown>
  evaluate<T>(script: string): Promise<T>
  locator(selector: string): { first(): { waitFor(options?: object): Promise<void> } }
  keyboard: { press(key: string): Promise<void> }
}
interface Browser {
  newContext(options: object): Promise<{
    newPage(): Promise<Page>
    close(): Promise<void>
  }>
  close(): Promise<void>
}
async function launch(): Promise<Browser | null> {
  const module = join(repository, 'test/support/browser.ts')
  if (!existsSync(module)) return null
  try {
    const { launchBrowser } = (await import(pathToFileURL(module).href)) as { launchBrowser(): Promise<Browser> }
    return await launchBrowser()
  } catch {
    return null
  }
}
const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0

async function benchBrowser(target: Target, say: (line: string) => void): Promise<DeskBench['browser']> {
  const browser = await launch()
  if (browser === null) {
    say('  没有浏览器（开发依赖没有安装），只测接口')
    return null
  }
  const open = async () => {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'zh-CN',
      // In production mode the cookie is kept over https only; there is no https here, so it is sent along each time.
      extraHTTPHeaders: { cookie: target.cookies.secretariat },
    })
    return { context, page: await context.newPage() }
  }
  /** The first row shows, and keys respond. */
  const interactive = async (page: Page): Promise<void> => {
    await page.locator('.grid-row').first().waitFor()
    await page.keyboard.press('j')
    await page.locator('.grid-row.selected[aria-rowindex="2"]').first().waitFor()
  }
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const begun = performance.now()
    await work()
    return performance.now() - begun
  }
  try {
    const cold: number[] = []
    const warm: number[] = []
    for (let round = 0; round < 5; round += 1) {
      const { context, page } = await open()
      cold.push(
        await timed(async () => {
          await page.goto(`${target.url}/staff?scope=all`)
          await interactive(page)
        }),
      )
      warm.push(
        await timed(async () => {
          await page.reload()
          await interactive(page)
        }),
      )
      await context.close()
    }
    const { page } = await open()
    await page.goto(`${target.url}/staff?scope=all`)
    await interactive(page)
    const keys = await page.evaluate<number[]>(measureKeys)
    const interactions = Object.fromEntries(
      Object.entries(await page.evaluate<Record<string, number[]>>(measureInteractions)).map(([name, times]) => [
        name,
        { median: Math.round(median(times)), most: Math.round(Math.max(...times)) },
      ]),
    )
    await page.goto(`${target.url}/staff?scope=all`)
    await interactive(page)
    const [scrolled, drawn] = await page.evaluate<[number, number]>(scrollToThousand)
    const openMs = await timed(async () => {
      await page.keyboard.press('Enter')
      await page.locator('.actions h3, .actions .acts, .actions p').first().waitFor({ state: 'attached' })
    })
    const round = Math.round
    const result = {
      firstMs: round(median(cold)),
      againMs: round(median(warm)),
      keyMs: { median: round(median(keys)), most: round(Math.max(...keys)) },
      interactions,
      scrollToThousandMs: round(scrolled),
      drawnRows: drawn,
      openMs: round(openMs),
    }
    say(
      `  浏览器：首次 ${result.firstMs} ms 可操作，再次 ${result.againMs} ms；按键 ${result.keyMs.median} ms（最多 ${result.keyMs.most}）；滚到一千行 ${result.scrollToThousandMs} ms，画着 ${result.drawnRows} 行；打开一件 ${result.openMs} ms`,
    )
    say(`  ${interactionWords(interactions)}`)
    return result
  } finally {
    await browser.close()
  }
}

/**
 * `databaseUrl`, `emptyUrl`: empty databases, the second is left without matters; the tables are created, the data laid out and the server started here, and it is
 * stopped after measuring. `filled`: what a run before told to `keep` of the data that are there.
 */
export async function benchDesk(
  databaseUrl: string,
  emptyUrl: string,
  seconds: number,
  say: (line: string) => void,
  wanted: number = usual,
  filled: Pick<DeskBench, 'documents' | 'fillSeconds'> | null = null,
  keep: (filling: Pick<DeskBench, 'documents' | 'fillSeconds'>) => void = () => {},
): Promise<DeskBench> {
  let { documents, fillSeconds } = filled ?? { documents: 0, fillSeconds: 0 }
  const bare = await startTarget(emptyUrl)
  await bare.stop()
  const target = await (filled
    ? serveTarget(databaseUrl)
    : startTarget(databaseUrl, async (accounts) => {
        const begun = performance.now()
        documents = await fill(databaseUrl, wanted, accounts)
        fillSeconds = Math.round((performance.now() - begun) / 100) / 10
        keep({ documents, fillSeconds })
        say(`  在办案卷 ${documents} 件，布置用 ${fillSeconds} 秒`)
      }))
  try {
    say(
      `  起动 ${target.startMs} ms（处理器 ${target.startCpuMs}）；没有事项的库 ${bare.startMs} ms（处理器 ${bare.startCpuMs}）`,
    )
    // What is visible to all is known once more: the start may have written, and a vacuum waits for whoever looked then.
    const { sql, close } = connect(databaseUrl, { max: 1 })
    await sql`vacuum (analyze)`.finally(close)
    const api = await benchApi(target, seconds, say)
    const browser = await benchBrowser(target, say)
    const memoryMb = target.memory()
    say(`  常驻内存 ${memoryMb} MB`)
    return {
      documents,
      fillSeconds,
      startMs: target.startMs,
      startEmptyMs: bare.startMs,
      startCpuMs: { filled: target.startCpuMs, empty: bare.startCpuMs },
      memoryMb,
      api,
      browser,
    }
  } finally {
    await target.stop()
  }
}
