// The public site: the size of each page and its times per second; the floor is bare node:http sending the same bytes
// in the same session.
import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { sizes } from './bundles.ts'
import { type HttpClient, httpClient, type Latencies, summarise } from './measure.ts'
import { cpuOf, plainProposal, type Target } from './target.ts'

/** The KB that no page may exceed. */
const pageLimitKb = 60

export interface PortalRow extends Latencies {
  name: string
  path: string
  status: number
  kb: number
  gzipKb: number
  brotliKb: number
  /** Times per second that bare node:http sends the same bytes. */
  floor: number
  ofFloor: number
  /** Processor time of each answer in microseconds, the server's and the floor's: on a machine that others use, this compares. */
  cpuUs: number
  floorCpuUs: number
  /** How much of the floor's speed that is. */
  ofFloorCpu: number
}

/** One page asked for in three ways, in the same run. `cpuUs`: microseconds of the server's processor time each. */
export interface PageAnswers {
  name: string
  /** Made anew: an address nobody asked for yet. */
  made: { perSecond: number; cpuUs: number }
  /** Remembered, and sent whole. */
  sent: { perSecond: number; cpuUs: number }
  /** The browser has it: 304. */
  unchanged: { perSecond: number; cpuUs: number }
  /** A 304 of bare node:http. */
  unchangedFloor: { perSecond: number; cpuUs: number }
}

/** Takes one document to public consultation by real commands; answers the path of the consultation page. */
async function openConsultation(target: Target, http: HttpClient): Promise<string> {
  const contact = await target.signIn('contact')
  const send = async (path: string, cookie: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await http.call('POST', path, cookie, { commandId: randomUUID(), ...body })
    if (answer.status >= 300) throw new Error(`布置征求意见失败：${answer.text}`)
    return JSON.parse(answer.text) as Record<string, unknown>
  }
  const { drafter, secretariat } = target.cookies
  const { id } = await send('/api/documents', drafter, {
    ...plainProposal('海原县农村道路养护办法'),
  })
  let version = 1
  const command = async (cookie: string, payload: object): Promise<Record<string, unknown>> => {
    const answer = await send(`/api/documents/${id}/commands`, cookie, { expectedVersion: version, ...payload })
    version = Number(answer.version)
    return answer
  }
  const body = `海原县农村道路养护办法\n${Array.from({ length: 30 }, (_, i) => `第${i + 1}条　养护单位应当每季度巡查一次，发现路面损坏的，应当在七日内修复，并公布结果。`).join('\n')}`
  await command(secretariat, { type: 'ApproveInitiation' })
  await command(drafter, { type: 'SaveDraft', body })
  await command(drafter, { type: 'ProvideArtefact', kind: 'explanatory_note', body: '说明必要性与主要内容。' })
  await command(drafter, {
    type: 'ProvideArtefact',
    kind: 'legal_basis_table',
    bases: [{ title: '中华人民共和国公路法', articles: ['第三十五条'] }],
  })
  await command(drafter, { type: 'RequestOpinions', units: ['hy-finance'] })
  await command(contact, { type: 'RecordOpinion', opinion: 'agree' })
  const opened = await command(drafter, { type: 'OpenPublicConsultation', channels: ['县人民政府网站'] })
  return `/consultations/${opened.consultationId}`
}

async function repeat(
  http: HttpClient,
  path: string | (() => string),
  seconds: number,
  headers?: Record<string, string>,
): Promise<Latencies> {
  const latencies: number[] = []
  const until = performance.now() + seconds * 1000
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (performance.now() < until) {
        const begun = performance.now()
        await http.call('GET', typeof path === 'string' ? path : path(), '', undefined, headers)
        latencies.push(performance.now() - begun)
      }
    }),
  )
  return summarise(latencies, seconds)
}

/** Eight clients; the register must have been filled (see pages.ts). */
export async function benchPortal(
  target: Target,
  seconds: number,
  say: (line: string) => void,
): Promise<{ limitKb: number; rows: PortalRow[]; answers: PageAnswers }> {
  const http = httpClient(target.url, 8)
  const first = JSON.parse((await http.call('GET', '/public/v1/documents?limit=1', '')).text) as {
    items: Array<{ id: string }>
  }
  const paths: Record<string, string> = {
    首页: '/',
    登记库: '/register',
    '检索 管理办法': `/register?q=${encodeURIComponent('管理办法')}`,
    一件: `/register/${first.items[0]?.id ?? ''}`,
    征求意见: await openConsultation(target, http),
  }
  const answers = await Promise.all(
    Object.entries(paths).map(async ([name, path]) => {
      const response = await fetch(`${target.url}${path}`, { headers: { 'accept-encoding': 'identity' } })
      const headers = Object.fromEntries([...response.headers].filter(([key]) => key !== 'content-length'))
      return { name, path, status: response.status, headers, body: await response.text() }
    }),
  )
  const bare = fork(fileURLToPath(new URL('./floor-server.ts', import.meta.url)))
  const floor = await new Promise<HttpClient>((resolve, reject) => {
    bare.once('message', (url) => resolve(httpClient(String(url), 8)))
    bare.once('exit', (code) => reject(new Error(`下限的服务没有启动（${code}）`)))
    bare.send(answers.map(({ path, headers, body }) => ({ path, headers, body })))
  })
  const rows: PortalRow[] = []
  const time = Math.min(seconds, 3)
  // What a process does only the first thousand times is not what a page costs.
  for (const { path } of answers) for (const each of [http, floor]) await repeat(each, path, Math.min(0.5, time / 4))
  for (const { name, path, status, body } of answers) {
    // Measured in turn, so that changes in the machine's load fall on both sides.
    const spent = { ours: 0, floor: 0 }
    const counted = async (of: keyof typeof spent): Promise<Latencies> => {
      const cpu = (): number => (of === 'ours' ? target.cpu().server : cpuOf(bare.pid ?? 0))
      const before = cpu()
      const found = await repeat(of === 'ours' ? http : floor, path, time / 2)
      spent[of] += cpu() - before
      return found
    }
    const halves = [await counted('ours'), await counted('floor')]
    const [ours, least] = [await counted('ours'), await counted('floor')]
    const each = (ms: number, ...all: Array<Latencies | undefined>): number =>
      Math.round(
        (ms * 1000) /
          Math.max(
            1,
            all.reduce((sum, one) => sum + (one?.count ?? 0), 0),
          ),
      )
    const [cpuUs, floorCpuUs] = [each(spent.ours, halves[0], ours), each(spent.floor, halves[1], least)]
    const perSecond = Math.round(((halves[0]?.perSecond ?? 0) + ours.perSecond) / 2)
    const floorPerSecond = Math.round(((halves[1]?.perSecond ?? 0) + least.perSecond) / 2)
    const row: PortalRow = {
      name,
      path,
      status,
      ...sizes(Buffer.from(body)),
      ...ours,
      perSecond,
      floor: floorPerSecond,
      ofFloor: Math.round((perSecond / floorPerSecond) * 1000) / 1000,
      cpuUs,
      floorCpuUs,
      ofFloorCpu: Math.round((floorCpuUs / Math.max(1, cpuUs)) * 100) / 100,
    }
    rows.push(row)
    say(
      `  ${name}：${row.perSecond} 次/秒，p50 ${row.p50} ms，p99 ${row.p99} ms；裸 http ${row.floor}；处理器 ${row.cpuUs} 微秒，裸 http ${row.floorCpuUs}；${row.kb} KB（gzip ${row.gzipKb}）`,
    )
  }
  const unchanged = await inThreeWays(
    { http, cpu: () => target.cpu().server },
    { http: floor, cpu: () => cpuOf(bare.pid ?? 0) },
    answers[1]?.headers.etag ?? '',
    time,
  )
  say(
    `  登记库一页：重新做 ${unchanged.made.cpuUs} 微秒，记住的 ${unchanged.sent.cpuUs}，没有变（304）${unchanged.unchanged.cpuUs}，裸 http 的 304 ${unchanged.unchangedFloor.cpuUs}（处理器时间）`,
  )
  floor.close()
  http.close()
  bare.disconnect()
  return { limitKb: pageLimitKb, rows, answers: unchanged }
}

interface Measured {
  http: HttpClient
  /** Its processor time so far (ms). */
  cpu: () => number
}
/** The page of the register, made, sent and unchanged, twice in turn. */
async function inThreeWays(ours: Measured, floor: Measured, etag: string, seconds: number): Promise<PageAnswers> {
  let n = 0
  const fresh = (): string => {
    n += 1
    return `/register?on=${new Date(Date.UTC(2026, 0, 1) - n * 86_400_000).toISOString().slice(0, 10)}`
  }
  const had = { 'if-none-match': etag }
  const ways = {
    made: { of: ours, ask: () => repeat(ours.http, fresh, seconds / 2) },
    sent: { of: ours, ask: () => repeat(ours.http, '/register', seconds / 2) },
    unchanged: { of: ours, ask: () => repeat(ours.http, '/register', seconds / 2, had) },
    unchangedFloor: { of: floor, ask: () => repeat(floor.http, '/register', seconds / 2, had) },
  }
  const sums: Record<keyof typeof ways, [number, number]> = {
    made: [0, 0],
    sent: [0, 0],
    unchanged: [0, 0],
    unchangedFloor: [0, 0],
  }
  for (let round = 0; round < 2; round += 1)
    for (const way of Object.keys(ways) as Array<keyof typeof ways>) {
      const { of, ask } = ways[way]
      const before = of.cpu()
      const { count } = await ask()
      sums[way][0] += count
      sums[way][1] += of.cpu() - before
    }
  const of = (way: keyof typeof ways) => {
    const [count, cpu] = sums[way]
    return { perSecond: Math.round(count / seconds), cpuUs: Math.round((cpu * 1000) / Math.max(1, count)) }
  }
  return {
    name: '登记库',
    made: of('made'),
    sent: of('sent'),
    unchanged: of('unchanged'),
    unchangedFloor: of('unchangedFloor'),
  }
}
