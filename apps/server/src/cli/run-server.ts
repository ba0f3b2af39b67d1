// Starts the server and stops it in order when signalled.
import cluster from 'node:cluster'
import {
  EmbeddedPostgresError,
  FolderInUseError,
  MigrationMismatchError,
  settleMemory,
  TooManyRightsError,
} from '@dianzhang/database'
import { demoGuide } from '@dianzhang/demo'
import { EnvError, type Mode } from '../env.ts'
import { type Running, StartError, start } from '../main.ts'
import { neighbours } from '../neighbours.ts'
import { outputMayEnd, report } from './output.ts'

/** Exit codes: 0 stopped by a signal, 1 could not start, 2 wrong environment. */
export async function runServer(mode: Mode): Promise<void> {
  let running: Running | undefined
  let asked = false
  outputMayEnd()
  const stop = (): void => {
    asked = true
    // A signal during the start is answered as soon as there is something to stop.
    if (running) void running.stop().then(() => process.exit(0))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  try {
    running = await start(mode, process.env, (line) => process.stdout.write(`${line}\n`))
  } catch (error) {
    report(error)
    if (!isExpected(error) && error instanceof Error && !process.env.DEBUG) {
      process.stderr.write('（设置 DEBUG=1 再运行可看到详情）\n')
    }
    process.exit(error instanceof EnvError ? 2 : 1)
  }
  if (asked) return stop()
  // After the first requests have been answered rather than before them.
  setTimeout(settleMemory, 3000).unref()
  // Where there are several, the one that started them says it of all.
  if (cluster.isWorker) return neighbours.ready(running.url, running.startedInMs)
  process.stdout.write(
    mode === 'demo' ? welcome(running) : `典章已启动：${running.url}（${running.startedInMs} 毫秒）\n`,
  )
}

const isExpected = (error: unknown): boolean =>
  [EnvError, StartError, EmbeddedPostgresError, FolderInUseError, MigrationMismatchError, TooManyRightsError].some(
    (kind) => error instanceof kind,
  )

const shanghai = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'full', timeStyle: 'short' })

/** Terminal columns: a Chinese character takes two. */
const width = (text: string): number => [...text].reduce((sum, char) => sum + (char.charCodeAt(0) > 0x2e7f ? 2 : 1), 0)
const pad = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - width(text)))

function welcome({ url, accounts, now, startedInMs }: Running): string {
  const names = Math.max(0, ...accounts.map((account) => width(account.username)))
  const passwords = new Set(accounts.map((account) => account.password))
  const shared = passwords.size === 1 ? [...passwords][0] : undefined
  return [
    '',
    `典章已启动（演示，${(startedInMs / 1000).toFixed(1)} 秒）  ${url}`,
    `办公时间：${shanghai.format(now)}（演示时钟，只能向前拨）`,
    '',
    shared === undefined ? '演示账号：' : `演示账号（密码都是 ${shared}）：`,
    ...accounts.map(
      (account) =>
        `  ${pad(account.username, names)}  ${shared === undefined ? `${account.password}  ` : ''}${account.unitName}  ${account.roles.join('、')}`,
    ),
    '',
    '先试这些：',
    ...demoGuide.flatMap((line) => [`  ${line.title}：${line.story}`, `      → ${line.tryFirst}`]),
    '',
    `  公开门户 ${url}/    工作台 ${url}/staff`,
    `  接口说明 ${url}/api/openapi.json    按 Ctrl-C 停止`,
    '',
    '',
  ].join('\n')
}
