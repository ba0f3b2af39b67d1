// 生产模式的真实服务进程：自己的端口，外部数据库；可以正常停止，也可以 kill -9。
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEachFile } from './after-file.ts'
import { testSite } from './site.ts'

const launcher = fileURLToPath(new URL('../../apps/server/bin/dianzhang.mjs', import.meta.url))

export interface ServeProcess {
  url: string
  /** 启动程序的进程。 */
  pid: number
  /** 真正在服务的进程：宿主的 Node 过旧时是启动程序的子进程，否则就是它自己。同一端口上有几个的，是管起停的那个。 */
  serving: number
  /** 迄今写出的。 */
  said(): string
  /** 向服务进程发信号，等到启动程序也结束。 */
  kill(signal: NodeJS.Signals): Promise<void>
}
const folders = new Set<string>()
afterEachFile(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  folders.clear()
})
/** 起一个 `dianzhang serve`（或者 `demo`），等到它打印地址。 */
export async function startServe(env: Record<string, string>, mode: 'serve' | 'demo' = 'serve'): Promise<ServeProcess> {
  // 钥匙与日志的所知各归各的数据库：重启的仍是同一个文件夹，别的测试、正在运行的办公室不受影响。
  const name = createHash('sha256')
    .update(env.DATABASE_URL ?? randomUUID())
    .digest('hex')
  const dataDir = join(tmpdir(), `dianzhang-serve-${name.slice(0, 16)}`)
  folders.add(dataDir)
  const child: ChildProcess = spawn(process.execPath, [launcher, mode], {
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: '0',
      DIANZHANG_PUBLIC_URL: 'https://gf.example.gov.cn',
      DIANZHANG_SITE: testSite,
      DIANZHANG_DATA_DIR: dataDir,
      DIANZHANG_SECRET: 'a-secret-for-tests-that-is-long-enough-0123456789',
      LOG_LEVEL: process.env.SERVE_LOG ?? 'fatal',
      // 测试自己被终止的，服务随之停止，不留在机器上。
      DIANZHANG_PARENT_PIPE: '3',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output)
      if (found) resolve(found[0])
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', (code) => reject(new Error(`服务没有启动（退出码 ${code}）：${output}`)))
  })
  const ended = new Promise<void>((resolve) =>
    child.once('exit', (code, signal) => {
      // 未经要求而退出，说明原因。
      if (signal === null) process.stdout.write(`服务进程退出（${code}）：${output.slice(-2000)}\n`)
      resolve()
    }),
  )
  const pid = child.pid ?? 0
  const below = childOf(pid)
  const serving = below !== undefined && numberOf(below) === undefined ? below : pid
  return {
    url,
    pid,
    serving,
    said: () => output,
    kill: async (signal) => {
      // 已经自己退出的不算差错：否则收尾时的这一句盖住了它为什么退出。
      try {
        process.kill(serving, signal)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
      }
      await ended
    },
  }
}
/** 一个进程的子进程。 */
export const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
const childOf = (pid: number): number | undefined => {
  try {
    return childrenOf(pid)[0]
  } catch {
    return undefined
  }
}
/** 同一端口上的各个进程：是第几个；别的进程没有号。 */
export const numberOf = (pid: number): string | undefined =>
  /\0DIANZHANG_PROCESS=(\d+)/.exec(readFileSync(`/proc/${pid}/environ`, 'utf8'))?.[1]

export interface StaffClient {
  post(path: string, body: unknown): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }>
  get(path: string): Promise<{ status: number; body: unknown }>
  /** 会话：请求头 `cookie` 的值。 */
  cookie: string
  /** 不是 JSON 的答复：文件。 */
  raw(path: string): Promise<Response>
}
/** 登录并保留会话；服务重启后会话仍在数据库里。`base` 每次现取，因为重启后端口会变。 */
export async function signIn(base: () => string, username: string, password: string): Promise<StaffClient> {
  const response = await fetch(`${base()}/api/auth/sign-in/username`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })
  if (!response.ok) throw new Error(`${username} 登录失败：${response.status} ${await response.text()}`)
  const cookie = response.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ')
  // 同一台机器上不必压缩：压缩、解压占一次取清单的二十分之一。压缩另有测试（turns、remembered）。
  const own = { cookie, 'accept-encoding': 'identity' }
  const call = async (path: string, init: RequestInit) => {
    const answer = await fetch(`${base()}${path}`, {
      ...init,
      headers: { ...own, ...(init.body ? { 'content-type': 'application/json' } : {}) },
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown>, headers: answer.headers }
  }
  return {
    post: (path, body) => call(path, { method: 'POST', body: JSON.stringify(body) }),
    get: (path) => call(path, {}),
    cookie,
    raw: (path) => fetch(`${base()}${path}`, { headers: own }),
  }
}
