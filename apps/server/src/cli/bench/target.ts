// The server under test: a real process in production mode, plus two accounts of the demo county.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { addDays, dateInShanghai } from '@dianzhang/calendar'
import { noClassification } from '@dianzhang/contract'
import { connect, migrate } from '@dianzhang/database'
import { demoJurisdiction, openCounty } from '@dianzhang/demo'
import { installJobs, installPacks } from '@dianzhang/workflow'
import { hashPassword } from '../../auth.ts'
import { openOffice } from '../../compose.ts'
import { readEnv } from '../../env.ts'
import { benchSite } from './site.ts'

const launcher = fileURLToPath(new URL('../../../bin/dianzhang.mjs', import.meta.url))
export const benchSecret = 'a-secret-for-the-bench-that-is-long-enough-0123456789'
const password = 'bench-password-only'

/** An initiation request: a document of the Haiyuan county government, without special classification. */
export const plainProposal = (title: string) => ({
  title,
  jurisdiction: demoJurisdiction,
  issuers: ['hy-gov'],
  tier: 'government',
  necessity: '速度试验',
  classification: { ...noClassification, affectsRights: true },
})

/** The day so many days from today, in Shanghai. */
const dayAhead = (days: number): string => addDays(dateInShanghai(new Date().toISOString()), days)
/** A meeting of the county government, and what stands on its agenda without being a matter. */
export const plainMeeting = (serial: number) => ({
  process: 'session',
  body: 'hy-gov:常务会议',
  session: `第${serial}次`,
  date: dayAhead(30 + (serial % 300)),
})
export const plainTopic = { topic: '研究年度工作', presenter: 'hy-office' }
/** A number held back. */
export const plainReservation = () => ({
  type: 'ReserveNumber',
  expectedVersion: 1,
  issuer: 'hy-gov',
  purpose: '常务会议拟通过的办法',
  expiresOn: dayAhead(30),
})

/** An office on the bench's database, as `serve` opens it, without a word in the log. */
export const benchOffice = (url: string) =>
  openOffice({
    env: readEnv('serve', {
      ...process.env,
      DATABASE_URL: url,
      DIANZHANG_SECRET: benchSecret,
      DIANZHANG_PUBLIC_URL: 'https://gf.example.gov.cn',
      DIANZHANG_SITE: benchSite,
    }),
    url,
    log: { info() {}, warn() {}, error() {} } as never,
  })

export interface Target {
  url: string
  databaseUrl: string
  /** Account → session cookie. */
  cookies: Record<'drafter' | 'secretariat', string>
  /** Signs in as another account of the demo county; answers the session cookie. */
  signIn(username: string): Promise<string>
  /** From starting the process until it answers, in milliseconds. */
  startMs: number
  /** Processor time of the server's processes up to its first answer, in milliseconds; 0 where the system does not tell. */
  startCpuMs: number
  /** Resident memory of the server's processes at this moment, in MB. */
  memory(): number
  /** What its metrics say of the main thread, in MB: in use in the heap, taken for it, buffers beside it. */
  heap(): Promise<{ used: number; taken: number; beside: number }>
  /** Processor time so far in milliseconds, of the server and of its database sessions; 0 where the system does not tell. */
  cpu(): { server: number; database: number }
  /** Processor time of the server's processes so far, in seconds. */
  cpuSeconds(): number
  stop(): Promise<void>
}
/** User and system time of a process in milliseconds, as Linux tells it; 0 elsewhere. */
export function cpuOf(pid: number | string): number {
  try {
    // After the name in brackets, which may contain anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return 0
  }
}
/** Resident memory of a process in MB. */
const memoryOf = (pid: number): number =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
/** The processes that one started itself; none where the system does not tell. */
function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}
/** Database and process → what its session had used when it was last seen: a pool closes what is idle for ten seconds. */
const sessionsSeen = new Map<string, number>()
/**
 * The same of all sessions of a database on this machine that any call has seen, those that ended since included: they name
 * it in their title.
 */
export function cpuOfSessions(database: string): number {
  if (!existsSync('/proc')) return 0
  const isSession = (pid: string): boolean => {
    try {
      const title = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split(' ')
      return title[0] === 'postgres:' && title[2] === database
    } catch {
      return false
    }
  }
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isSession(name)))
    sessionsSeen.set(`${database} ${pid}`, Math.max(sessionsSeen.get(`${database} ${pid}`) ?? 0, cpuOf(pid)))
  return [...sessionsSeen].reduce((sum, [session, ms]) => (session.startsWith(`${database} `) ? sum + ms : sum), 0)
}

/**
 * Creates the units and accounts of the demo county; `prepare` lays out more before the server starts (account →
 * sign-in id). `processes`: how many serve its port.
 */
export async function startTarget(
  databaseUrl: string,
  prepare: (accounts: ReadonlyMap<string, string>) => Promise<void> = async () => {},
  processes = 1,
): Promise<Target> {
  await migrate(databaseUrl)
  await installJobs(databaseUrl)
  const { db, close } = connect(databaseUrl, { max: 2 })
  await installPacks(db, new Date())
  const accounts = await openCounty(db, { passwordHash: await hashPassword(password), at: new Date() })
  await close()
  await prepare(accounts)
  return serveTarget(databaseUrl, processes)
}
/** The same on a database that has the county and its accounts already. */
export async function serveTarget(databaseUrl: string, processes = 1): Promise<Target> {
  const begun = performance.now()
  // Its keys and the state of its log are no business of the office that runs from this folder.
  const dataDir = mkdtempSync(join(tmpdir(), 'dianzhang-bench-data-'))
  const child: ChildProcess = spawn(process.execPath, [...process.execArgv, launcher, 'serve'], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      DIANZHANG_DATA_DIR: dataDir,
      DIANZHANG_SECRET: benchSecret,
      HOST: '127.0.0.1',
      PORT: '0',
      DIANZHANG_PUBLIC_URL: 'https://gf.example.gov.cn',
      DIANZHANG_SITE: benchSite,
      LOG_LEVEL: 'error',
      DIANZHANG_PROCESSES: String(processes),
      // A bench that is broken off takes its servers with it.
      DIANZHANG_PARENT_PIPE: '3',
    },
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    let out = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(out)
      if (found) resolve(found[0])
    })
    child.once('exit', (code) => reject(new Error(`被测服务没有启动（${code}）：${out}`)))
  })
  const startMs = Math.round(performance.now() - begun)
  const serving = (): number[] => [child.pid ?? 0, ...childrenOf(child.pid ?? 0)]
  const cpuOfServer = (): number => serving().reduce((sum, pid) => sum + cpuOf(pid), 0)
  const startCpuMs = cpuOfServer()
  const signIn = async (username: string) => {
    const r = await fetch(`${url}/api/auth/sign-in/username`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    })
    if (!r.ok) throw new Error(`登录失败：${await r.text()}`)
    return r.headers
      .getSetCookie()
      .map((c) => c.split(';')[0])
      .join('; ')
  }
  const cookies = { drafter: await signIn('drafter'), secretariat: await signIn('secretariat') }
  return {
    url,
    databaseUrl,
    cookies,
    signIn,
    startMs,
    startCpuMs,
    cpu: () => ({ server: cpuOfServer(), database: cpuOfSessions(new URL(databaseUrl).pathname.slice(1)) }),
    memory: () => serving().reduce((sum, pid) => sum + memoryOf(pid), 0),
    heap: async () => {
      const text = await (await fetch(`${url}/metrics`)).text()
      const mb = (name: string) =>
        Math.round(Number(new RegExp(`^dianzhang_nodejs_${name}_bytes (\\d+)`, 'm').exec(text)?.[1] ?? 0) / 1048576)
      return { used: mb('heap_size_used'), taken: mb('heap_size_total'), beside: mb('external_memory') }
    },
    cpuSeconds: () => cpuOfServer() / 1000,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => {
          rmSync(dataDir, { recursive: true, force: true })
          resolve()
        })
        child.kill('SIGTERM')
      }),
  }
}
