// dianzhang bench: its own database and folder, its own server process; each item is measured in the same session as
// its floor (the bare driver sending the same statements).
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { connect, type EmbeddedPostgres, removeEmbedded, startEmbedded } from '@dianzhang/database'
import { benchAfterlife } from './afterlife.ts'
import { benchBundles } from './bundles.ts'
import { benchCommands } from './commands.ts'
import { benchDesk, type DeskBench } from './desk.ts'
import { benchFigures } from './figures.ts'
import { benchImpact } from './impact.ts'
import { benchKeep } from './keep.ts'
import { benchLog } from './log.ts'
import { benchMemory } from './memory.ts'
import { benchMixed } from './mixed.ts'
import { benchPages, fill } from './pages.ts'
import { repository } from './paths.ts'
import { benchPortal } from './portal.ts'
import { benchProcess } from './process.ts'
import { benchPure } from './pure.ts'
import { benchRegister, type RegisterBench } from './register.ts'
import { startTarget, type Target } from './target.ts'
import { benchText } from './text.ts'

export interface BenchOptions {
  json?: boolean | undefined
  /** Seconds of measuring per level of concurrency. */
  seconds: number
  /** How many documents the reverse query and the figures are measured with; by default 100,000. */
  documents?: number | undefined
  /** Measures only some of the items, see {@link sections}. */
  only?: string[] | undefined
  /** How long the log is that is verified; by default a million entries. */
  entries?: number | undefined
  /** After how many commands memory is looked at; by default 10,000. */
  commands?: number | undefined
  /** How long the mixed work goes on; by default an hour. */
  minutes?: number | undefined
  /** How many steps of the mixed work are begun a second. */
  rate?: number | undefined
  /** Measures only the desk, with so many open matters. */
  matters?: number | undefined
  /** Measures only the register, with so many generated entries. */
  register?: number | undefined
  /** Where the register or the desk is kept for the next time; by default it is made anew and deleted at the end. */
  folder?: string | undefined
}
export const sections = [
  'afterlife',
  'bundles',
  'commands',
  'desk',
  'figures',
  'impact',
  'keep',
  'log',
  'memory',
  'mixed',
  'pages',
  'portal',
  'process',
  'pure',
  'text',
] as const
export type Section = (typeof sections)[number]
export type Report = Partial<Record<Section, unknown>> & { machine: { node: string; cpus: number; at: string } }

/** The folder of the shared data (real corpus); null when absent, and register pages then use made-up entries. */
function sharedData(): string | null {
  const found = [process.env.DIANZHANG_SHARED_DATA, join(repository, '../shared/data')].find(
    (p) => p !== undefined && existsSync(join(p, 'corpus.jsonl.gz')),
  )
  return found ?? null
}

/** A database of its own on the same server; its address. */
async function databaseOf(server: string, name: string): Promise<string> {
  const { sql, close } = connect(server, { max: 1 })
  await sql`drop database if exists ${sql(name)}`
  await sql`create database ${sql(name)}`
  await close()
  return nameIn(server, name)
}
const nameIn = (server: string, name: string): string => {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

/** Data of a bench: what was told of its filling (null: not filled yet), and how to tell it for the next time. */
interface Kept {
  server: string
  /** Its database: made now where it was not filled. */
  url: string
  filled: unknown
  keep: (filling: unknown) => void
}
/**
 * A database in a folder of its own, or in one that is kept: the next time its data are there, and only the questions are
 * measured again.
 */
async function inFolder<T>(name: string, folder: string | undefined, measure: (kept: Kept) => Promise<T>): Promise<T> {
  const dir = folder === undefined ? mkdtempSync(join(tmpdir(), 'dianzhang-bench-')) : resolve(folder)
  mkdirSync(dir, { recursive: true })
  chmodSync(dir, 0o711)
  const told = join(dir, `${name}.json`)
  let database: EmbeddedPostgres | null = null
  try {
    database = await startEmbedded({ dir, durable: true, owner: 'dianzhang bench' })
    const filled: unknown = existsSync(told) ? JSON.parse(readFileSync(told, 'utf8')) : null
    const named = name.replace('-', '_')
    const url = filled === null ? await databaseOf(database.url, named) : nameIn(database.url, named)
    const keep = (filling: unknown) => writeFileSync(told, JSON.stringify(filling))
    return await measure({ server: database.url, url, filled, keep })
  } finally {
    await database?.stop()
    if (folder === undefined) {
      await removeEmbedded(dir)
      rmSync(dir, { recursive: true, force: true })
    }
  }
}

/** The register alone. */
const register = (entries: number, folder: string | undefined, say: (line: string) => void): Promise<RegisterBench> =>
  inFolder(`register-${entries}`, folder, ({ url, filled, keep }) => {
    say(`登记库 ${entries} 条${filled === null ? '' : '，上次已经备好'}……`)
    return benchRegister(url, entries, say, filled as Parameters<typeof benchRegister>[3], keep)
  })
/** The desk alone. */
const desk = (matters: number, options: BenchOptions, say: (line: string) => void): Promise<DeskBench> =>
  inFolder(`desk-${matters}`, options.folder, async ({ server, url, filled, keep }) => {
    say(`${matters} 件在办事项的桌面${filled === null ? '' : '，上次已经备好'}……`)
    const empty = await databaseOf(server, 'desk_empty')
    return benchDesk(url, empty, options.seconds, say, matters, filled as Parameters<typeof benchDesk>[5], keep)
  })

/** Measures item by item; `say` reports progress. Deletes its own folder at the end. The pages have been built (bench-command.ts). */
export async function bench(
  options: BenchOptions,
  say: (line: string) => void,
): Promise<Report | { register: RegisterBench }> {
  if (options.register !== undefined) return { register: await register(options.register, options.folder, say) }
  const { cpus } = await import('node:os')
  const report: Report = { machine: { node: process.version, cpus: cpus().length, at: new Date().toISOString() } }
  if (options.matters !== undefined) return { ...report, desk: await desk(options.matters, options, say) }
  const { only } = options
  const wanted = (s: Section) => !only?.length || only.includes(s)
  if (wanted('pure')) {
    say('纯函数：判断、说明、走一步……')
    report.pure = benchPure()
  }
  if (wanted('text')) {
    say('文本：结构、引用、比较……')
    report.text = benchText(sharedData())
  }
  if (wanted('process')) {
    say('启动时间与类型检查……')
    report.process = await benchProcess(say)
  }
  if (wanted('bundles')) {
    say('工作台的首次载入……')
    report.bundles = await benchBundles(say)
  }
  if (
    ['commands', 'memory', 'mixed', 'pages', 'portal', 'desk', 'figures', 'impact', 'keep', 'log', 'afterlife'].some(
      (x) => wanted(x as Section),
    )
  ) {
    const dir = mkdtempSync(join(tmpdir(), 'dianzhang-bench-'))
    chmodSync(dir, 0o711)
    let database: EmbeddedPostgres | null = null
    let target: Target | null = null
    try {
      database = await startEmbedded({ dir, durable: true, owner: 'dianzhang bench' })
      if (wanted('desk')) {
        say('10000 件在办事项的桌面……')
        const url = await databaseOf(database.url, 'desk')
        const empty = await databaseOf(database.url, 'desk_empty')
        report.desk = await benchDesk(url, empty, options.seconds, say)
      }
      if (wanted('figures')) {
        say('一年的各项指标、年度报告的数、备案目录……')
        const url = await databaseOf(database.url, 'figures')
        report.figures = await benchFigures(url, options.documents ?? 100_000, say)
      }
      if (wanted('keep')) {
        say('起动、封存、备份、恢复、核验……')
        const [url, empty, restored] = [
          await databaseOf(database.url, 'keep'),
          await databaseOf(database.url, 'keep_empty'),
          await databaseOf(database.url, 'keep_restored'),
        ]
        report.keep = await benchKeep({ url, empty, restored }, options.documents ?? 100_000, dir, say)
      }
      if (wanted('impact')) {
        say('上位法反查……')
        const url = await databaseOf(database.url, 'impact')
        report.impact = await benchImpact(url, options.documents ?? 100_000, say)
      }
      if (wanted('afterlife')) {
        say('公布以后成批的事：普查目录、决定、届满的阶梯……')
        const url = await databaseOf(database.url, 'afterlife')
        report.afterlife = await benchAfterlife(url, say, options.documents)
      }
      if (wanted('log')) {
        say('公开日志：一条的代价，长日志的核对……')
        const url = await databaseOf(database.url, 'log')
        report.log = await benchLog(url, options.entries ?? 1_000_000, say)
      }
      if (wanted('memory')) {
        say('三种事项的一万条命令之后的内存……')
        const url = await databaseOf(database.url, 'memory')
        const own = await startTarget(url)
        try {
          report.memory = await benchMemory(own, say, options.commands)
        } finally {
          await own.stop()
        }
      }
      // An hour by default: only where it was asked for.
      if (options.only?.includes('mixed')) {
        const minutes = options.minutes ?? 60
        say(`混合的使用 ${minutes} 分钟……`)
        const own = await startTarget(await databaseOf(database.url, 'mixed'))
        try {
          report.mixed = await benchMixed(own, minutes, say, options.rate)
        } finally {
          await own.stop()
        }
      }
      if (wanted('commands') || wanted('pages') || wanted('portal')) target = await startTarget(database.url)
      if (target && wanted('commands')) {
        say('命令：1、8、32 个客户端，一个进程、同一端口上两个进程与裸驱动同场……')
        const two = await startTarget(await databaseOf(database.url, 'commands_two'), undefined, 2)
        try {
          report.commands = await benchCommands(target, two, options.seconds, say)
        } finally {
          await two.stop()
        }
      }
      if (target && (wanted('pages') || wanted('portal'))) {
        say('登记库……')
        const filled = await fill(target, sharedData(), say)
        if (wanted('pages')) report.pages = await benchPages(target, options.seconds, filled, say)
        if (wanted('portal')) {
          say('公众网站，与裸 node:http 同场……')
          report.portal = await benchPortal(target, options.seconds, say)
        }
      }
    } finally {
      await target?.stop()
      await database?.stop()
      await removeEmbedded(dir)
      rmSync(dir, { recursive: true, force: true })
    }
  }
  return report
}
