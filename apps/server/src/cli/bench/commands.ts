// The speed of commands: the beginning of a file (initiation, approval, saving the text repeatedly, submitting
// materials) over HTTP; the floor is the bare driver sending the same statements.
import { randomUUID } from 'node:crypto'
import { connect } from '@dianzhang/database'
import { createOffice } from '@dianzhang/workflow'
import pg from 'pg'
import { createApp } from '../../app.ts'
import { createAuth, productionLimits } from '../../auth.ts'
import { systemClock } from '../../clock.ts'
import { createLimiter } from '../../http/limits.ts'
import { createMetrics } from '../../metrics.ts'
import { httpClient, type Latencies, settledWords, summarise } from './measure.ts'
import { settled } from './memory.ts'
import { benchSecret, plainProposal, type Target } from './target.ts'

const saves = 8
const body = `海原县试验性补助办法\n${Array.from({ length: 20 }, (_, i) => `第${i + 1}条 申请人应当如实提交材料，受理机关自收到之日起五个工作日内作出决定，并说明理由与依据。`).join('\n')}`

interface Step {
  as: 'drafter' | 'secretariat'
  path: (id: string) => string
  body: (version: number) => Record<string, unknown>
}
const command = (as: Step['as'], payload: (v: number) => Record<string, unknown>): Step => ({
  as,
  path: (id) => `/api/documents/${id}/commands`,
  body: (version) => ({ commandId: randomUUID(), expectedVersion: version, ...payload(version) }),
})
const lane: Step[] = [
  {
    as: 'drafter',
    path: () => '/api/documents',
    body: () => ({
      commandId: randomUUID(),
      ...plainProposal('海原县试验性补助办法'),
    }),
  },
  command('secretariat', () => ({ type: 'ApproveInitiation' })),
  ...Array.from({ length: saves }, (_, i) =>
    command('drafter', () => ({ type: 'SaveDraft', body: `${body}\n第${i + 1}稿` })),
  ),
  command('drafter', () => ({
    type: 'ProvideArtefact',
    kind: 'explanatory_note',
    body: '说明必要性、依据与主要内容。',
  })),
  command('drafter', () => ({
    type: 'ProvideArtefact',
    kind: 'legal_basis_table',
    bases: [{ title: '中华人民共和国农业法', articles: ['第三十七条'] }],
  })),
]

interface Statement {
  text: string
  params: unknown[]
}
/** Records the statements sent by all commands of one file, grouped by transaction. */
async function record(target: Target): Promise<{ groups: Statement[][]; ids: string[] }> {
  const statements: Statement[] = []
  let recording = false
  const recorder = connect(target.databaseUrl, {
    max: 1,
    // What the job queue asks now and then belongs to no command.
    debug: (text, params) => recording && !text.includes('pgboss.') && statements.push({ text, params: [...params] }),
  })
  // The register is asked for similar titles while the command holds its connection, in a transaction beside it; the floor goes
  // without.
  const reader = connect(target.databaseUrl, { max: 1 })
  const metrics = createMetrics({ db: recorder.db, clock: systemClock, process: false })
  const quiet = { info() {}, warn() {}, error() {} }
  const office = await createOffice({
    db: recorder.db,
    readDb: reader.db,
    clock: systemClock,
    log: quiet,
    meters: metrics.meters,
    mode: 'serve',
  })
  const auth = createAuth({
    db: recorder.db,
    log: quiet,
    secret: benchSecret,
    publicUrl: null,
    secureCookies: true,
    oidc: null,
    limits: productionLimits,
    idleMinutes: null,
    now: systemClock.now,
  })
  const rate = { perMinute: 1e9, burst: 1e9 } as never
  const app = createApp({
    office,
    auth,
    metrics,
    demoClock: null,
    trustedProxies: [],
    publicUrl: null,
    metricsToken: null,
    https: true,
    limits: { publicWrites: createLimiter(rate), receipts: createLimiter(rate), exports: createLimiter(rate) },
  })
  const ids: string[] = []
  let id = ''
  // Done once before: what a server asks only at its first command belongs to none of those that follow.
  for (const [i, step] of [...lane, ...lane].entries()) {
    const payload = step.body(i % lane.length)
    recording = i >= lane.length
    if (recording) ids.push(String(payload.commandId))
    const r = await app.request(step.path(id), {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: target.cookies[step.as] },
      body: JSON.stringify(payload),
    })
    recording = false
    const answer = (await r.json()) as { id: string }
    if (!r.ok) throw new Error(`录制失败：${JSON.stringify(answer)}`)
    id = answer.id
  }
  ids.push(id)
  await office.close()
  await Promise.all([recorder.close(), reader.close()])
  const groups: Statement[][] = []
  let open = false
  for (const s of statements) {
    if (open) groups.at(-1)?.push(s)
    else groups.push([s])
    if (/^begin/i.test(s.text)) open = true
    if (/^(commit|rollback)/i.test(s.text)) open = false
  }
  return { groups, ids }
}

/**
 * Replays with the bare driver: ids are replaced by new ones, all else is the same to the letter; with `pipelined`,
 * the statements of a transaction are sent at once.
 */
async function replay(
  target: Target,
  recorded: Awaited<ReturnType<typeof record>>,
  clients: number,
  seconds: number,
  pipelined: boolean,
): Promise<Latencies> {
  const pool = await Promise.all(
    Array.from({ length: clients }, async () => {
      const c = new pg.Client({
        connectionString: target.databaseUrl,
        options: '-c TimeZone=UTC',
        pipeline: pipelined,
      } as pg.ClientConfig)
      c.on('error', () => {})
      await c.connect()
      return c
    }),
  )
  const names = new Map(
    [...new Set(recorded.groups.flat().map((s) => s.text))]
      .filter((t) => t.length > 40)
      .map((t, i) => [t, `floor${i}`]),
  )
  const latencies: number[] = []
  const until = performance.now() + seconds * 1000
  const perLane = lane.length
  await Promise.all(
    pool.map(async (client) => {
      while (performance.now() < until) {
        const swap = new Map(recorded.ids.map((id) => [id, randomUUID()]))
        const fresh = (v: unknown): unknown => {
          if (typeof v !== 'string' || v.length < 36) return v
          let out = v
          for (const [from, to] of swap) if (out.includes(from)) out = out.replaceAll(from, to)
          return out
        }
        const begun = performance.now()
        for (const group of recorded.groups) {
          const send = (s: Statement) =>
            client.query({
              text: s.text,
              values: s.params.map(fresh),
              ...(names.has(s.text) ? { name: names.get(s.text) } : {}),
            } as pg.QueryConfig)
          if (pipelined) await Promise.all(group.map(send))
          else for (const s of group) await send(s)
        }
        const each = (performance.now() - begun) / perLane
        for (let i = 0; i < perLane; i++) latencies.push(each)
      }
    }),
  )
  await Promise.all(pool.map((c) => c.end()))
  return summarise(latencies, seconds)
}

/** `cpu`: milliseconds of processor time per command, of the server and of the database. */
type Load = Latencies & { errors: number; cpu: { server: number; database: number } }

async function load(target: Target, clients: number, seconds: number): Promise<Load> {
  const before = target.cpu()
  const http = httpClient(target.url, clients)
  const latencies: number[] = []
  let errors = 0
  const until = performance.now() + seconds * 1000
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < until) {
        let id = ''
        for (const [i, step] of lane.entries()) {
          if (performance.now() >= until) break
          const begun = performance.now()
          const r = await http.call('POST', step.path(id), target.cookies[step.as], step.body(i))
          latencies.push(performance.now() - begun)
          if (r.status !== 200 && r.status !== 201) {
            errors++
            break
          }
          if (i === 0) id = (JSON.parse(r.text) as { id: string }).id
        }
      }
    }),
  )
  http.close()
  const after = target.cpu()
  const each = (whole: number): number => Math.round((Math.max(0, whole) / Math.max(1, latencies.length)) * 100) / 100
  const cpu = { server: each(after.server - before.server), database: each(after.database - before.database) }
  return { ...summarise(latencies, seconds), errors, cpu }
}

/**
 * Updates the statistics after warm-up: query plans settled on an empty database are replaced by autovacuum in a
 * database at work; here we do not wait for it.
 */
async function analyze(target: Target): Promise<void> {
  const client = new pg.Client({ connectionString: target.databaseUrl })
  await client.connect()
  await client.query('analyze')
  await client.end()
}

/** `target` is one process, `two` are two behind one port on a database of their own. */
export async function benchCommands(target: Target, two: Target, seconds: number, say: (line: string) => void) {
  const recorded = await record(target)
  const statementsPerCommand = Math.round((recorded.groups.flat().length / lane.length) * 10) / 10
  for (const each of [target, two]) {
    await load(each, 8, Math.min(3, seconds))
    await analyze(each)
  }
  const rows = []
  let total = 0
  for (const clients of [1, 8, 32]) {
    const ours = await load(target, clients, seconds)
    const both = await load(two, clients, seconds)
    const floor = await replay(target, recorded, clients, seconds, false)
    const pipelined = await replay(target, recorded, clients, seconds, true)
    total += ours.count
    rows.push({
      clients,
      http: ours,
      twoProcesses: both,
      ofOne: round(both.perSecond / ours.perSecond),
      floor,
      floorPipelined: pipelined,
      ofFloor: round(ours.perSecond / floor.perSecond),
      ofPipelined: round(ours.perSecond / pipelined.perSecond),
    })
    say(
      `  ${clients} 个客户端：${ours.perSecond} 条/秒（p50 ${ours.p50} ms，p99 ${ours.p99} ms，出错 ${ours.errors}；处理器 服务 ${ours.cpu.server}、数据库 ${ours.cpu.database} ms）；两个进程 ${both.perSecond} 条/秒（p50 ${both.p50} ms，p99 ${both.p99} ms，出错 ${both.errors}；处理器 服务 ${both.cpu.server}、数据库 ${both.cpu.database} ms）；裸驱动逐条 ${floor.perSecond}，一次发出 ${pipelined.perSecond}`,
    )
  }
  // Memory is counted after ten thousand commands.
  for (let more = 10_000 - total; more > 0; ) {
    const extra = await load(target, 8, Math.min(seconds, 5))
    more -= extra.count
    total += extra.count
  }
  const memory = target.memory()
  const heap = await target.heap()
  const atRest = await settled(target)
  say(`  ${total} 条命令之后 ${settledWords({ rss: memory, heap })}；静下来以后 ${settledWords(atRest)}`)
  return { statementsPerCommand, rows, memoryMb: memory, heap, atRest, afterCommands: total }
}
const round = (x: number) => Math.round(x * 100) / 100
