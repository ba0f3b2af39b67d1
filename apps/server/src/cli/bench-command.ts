// dianzhang bench: the command-line shell.
import { ensurePortalBuilt } from '@dianzhang/portal/build'
import { ensureWorkbenchBuilt } from '@dianzhang/workbench'
import { type Command, InvalidArgumentError } from 'commander'
import type { AfterlifeBench } from './bench/afterlife.ts'
import type { BundleBench } from './bench/bundles.ts'
import type { DeskBench } from './bench/desk.ts'
import type { Report } from './bench/index.ts'
import type { KeepBench } from './bench/keep.ts'
import type { LogBench } from './bench/log.ts'
import { interactionWords, type Settled, settledWords } from './bench/measure.ts'
import type { MemoryBench } from './bench/memory.ts'
import type { MixedBench } from './bench/mixed.ts'
import type { PageAnswers, PortalRow } from './bench/portal.ts'

const positive = (value: string): number => {
  const n = Number(value)
  if (!Number.isFinite(n) || n <= 0) throw new InvalidArgumentError('须为正数。')
  return n
}
export function addBenchCommand(program: Command): void {
  program
    .command('bench')
    .description('测量速度与内存，与裸驱动发送同样语句的下限同场对比；用自己的数据库，测完删除')
    .option('--seconds <秒>', '每档并发测几秒', positive, 8)
    .option(
      '--only <项...>',
      '只测其中几项：afterlife、bundles、commands、desk、figures、impact、keep、log、memory、mixed、pages、portal、process、pure、text',
    )
    .option('--register <件数>', '只测登记库：自造这么多件（100000、1000000），导入、检索与 ILIKE 同场', positive)
    .option(
      '--folder <文件夹>',
      '登记库、桌面（--matters）的数据留在这个文件夹，下次同样件数的不再布置，只测；缺省测完删除',
    )
    .option('--commands <条数>', 'memory 一项办多少条命令', positive)
    .option('--minutes <分钟>', 'mixed 一项混合使用多久，缺省一小时；只在指名时才测', positive)
    .option('--rate <步数>', 'mixed 一项每秒办几步，缺省 8', positive)
    .option('--matters <件数>', '只测桌面：这么多件在办事项（100000）', positive)
    .option('--documents <件数>', 'afterlife、figures、impact、keep 四项用多少件', positive)
    .option('--entries <条数>', 'log 一项核对多长的日志，缺省一百万条', positive)
    .option('--json', '只输出 JSON')
    .action(
      async (options: {
        seconds: number
        only?: string[]
        documents?: number
        entries?: number
        json?: boolean
        register?: number
        folder?: string
        matters?: number
        commands?: number
        minutes?: number
        rate?: number
      }) => {
        const say = (line: string) => void process.stderr.write(`${line}\n`)
        // A fresh clone has neither yet, and what is measured loads them with its modules.
        await Promise.all([ensurePortalBuilt(say), ensureWorkbenchBuilt(say)])
        const { bench } = await import('./bench/index.ts')
        const report = await bench(options, say)
        process.stdout.write(
          options.json
            ? `${JSON.stringify(report)}\n`
            : `${JSON.stringify(report, null, 2)}\n\n${'register' in report ? '' : table(report)}\n`,
        )
      },
    )
}
interface BenchedLoad {
  perSecond: number
  p50: number
  p99: number
  errors: number
  cpu: { server: number; database: number }
}
function table(report: Report): string {
  const lines: string[] = []
  const commands = report.commands as
    | {
        statementsPerCommand: number
        rows: Array<{
          clients: number
          http: BenchedLoad
          twoProcesses: BenchedLoad
          ofOne: number
          floor: { perSecond: number }
          floorPipelined: { perSecond: number }
          ofFloor: number
          ofPipelined: number
        }>
        memoryMb: number
        heap: Settled['heap']
        atRest: Settled
        afterCommands: number
      }
    | undefined
  if (commands) {
    lines.push(
      `命令（每条约 ${commands.statementsPerCommand} 条语句）`,
      '客户端 | 条/秒 | p50 ms | p99 ms | 每条处理器 服务 ms | 数据库 ms | 两个进程 条/秒 | 与一个比 | p99 ms | 裸驱动逐条 | 占比 | 裸驱动一次发出 | 占比',
    )
    for (const r of commands.rows)
      lines.push(
        [
          r.clients,
          r.http.perSecond,
          r.http.p50,
          r.http.p99,
          r.http.cpu.server,
          r.http.cpu.database,
          r.twoProcesses.perSecond,
          r.ofOne,
          r.twoProcesses.p99,
          r.floor.perSecond,
          r.ofFloor,
          r.floorPipelined.perSecond,
          r.ofPipelined,
        ].join(' | '),
      )
    lines.push(
      `${commands.afterCommands} 条命令之后 ${settledWords({ rss: commands.memoryMb, heap: commands.heap })}；静下来以后 ${settledWords(commands.atRest)}`,
      '',
    )
  }
  const pure = report.pure as Record<string, number | string> | undefined
  if (pure)
    lines.push(
      '纯函数（微秒）',
      ...Object.entries(pure)
        .filter(([k]) => k !== 'unit')
        .map(([k, v]) => `${k} | ${v}`),
      '',
    )
  const pages = report.pages as
    | {
        import: { entries: number; perSecond: number; corpus: boolean }
        rows: Array<{ name: string; perSecond: number; p50: number; p99: number; kilobytes: number; status: number }>
      }
    | undefined
  if (pages) {
    lines.push(
      `登记库（${pages.import.entries} 条${pages.import.corpus ? '真实语料' : '自造条目'}，导入 ${pages.import.perSecond} 条/秒）`,
      '项目 | 次/秒 | p50 ms | p99 ms | KB',
    )
    for (const r of pages.rows) lines.push([r.name, r.perSecond, r.p50, r.p99, r.kilobytes].join(' | '))
    lines.push('')
  }
  const portal = report.portal as { limitKb: number; rows: PortalRow[]; answers: PageAnswers } | undefined
  if (portal) {
    lines.push(
      `公众网站（每页上限 ${portal.limitKb} KB；下限为裸 node:http 发出同样的字节）`,
      '页面 | 次/秒 | p50 ms | p99 ms | 裸 http | 占比 | 处理器 微秒 | 裸 http 微秒 | 占比 | KB | gzip KB | brotli KB',
    )
    for (const r of portal.rows)
      lines.push(
        [
          ...[r.name, r.perSecond, r.p50, r.p99, r.floor, r.ofFloor, r.cpuUs, r.floorCpuUs, r.ofFloorCpu],
          ...[r.kb, r.gzipKb, r.brotliKb],
        ].join(' | '),
      )
    const { made, sent, unchanged } = portal.answers
    lines.push(
      `登记库一页的处理器时间（微秒）：重新做 ${made.cpuUs}，记住的 ${sent.cpuUs}，没有变（304）${unchanged.cpuUs}`,
      '',
    )
  }
  const bundles = report.bundles as BundleBench | undefined
  if (bundles) {
    lines.push(`工作台首次载入（登录与待办；脚本上限 ${bundles.limitKb} KB）`, '文件 | KB | gzip KB | brotli KB')
    const all = [...bundles.first, { file: '脚本合计', ...bundles.scripts }, { file: '样式合计', ...bundles.styles }]
    for (const r of all) lines.push([r.file, r.kb, r.gzipKb, r.brotliKb].join(' | '))
    lines.push('其后按需载入')
    for (const r of bundles.later) lines.push([r.file, r.kb, r.gzipKb, r.brotliKb].join(' | '))
    lines.push('')
  }
  const memory = report.memory as MemoryBench | undefined
  if (memory)
    lines.push(
      `三种事项的命令 ${Object.entries(memory.commands)
        .map(([kind, n]) => `${kind} ${n}`)
        .join(
          '、',
        )}：常驻内存起初 ${memory.atStart} MB，最多 ${memory.most} MB，之后 ${memory.atEnd} MB（上限 ${memory.limit} MB；${settledWords({ rss: memory.atEnd, heap: memory.heap })}；静下来以后 ${settledWords(memory.atRest)}）`,
      '',
    )
  const mixed = report.mixed as MixedBench | undefined
  if (mixed)
    lines.push(
      `混合的使用 ${mixed.minutes} 分钟，答复 ${mixed.answered} 次（命令：${Object.entries(mixed.commands)
        .map(([kind, times]) => `${kind} ${times}`)
        .join(
          '、',
        )}），服务与数据库占一个核的 ${Math.round(mixed.ofOneCore * 100)}%；后三分之一比中间的三分之一：常驻 ${mixed.growth.rss} MB，堆 ${mixed.growth.heap} MB`,
      '分钟 | 常驻 MB | 堆 MB | 堆外 MB | 答复 | 其中命令',
      ...mixed.samples.map((s) => [s.minute, s.rss, s.heap, s.external, s.answered, s.commands].join(' | ')),
      '',
    )
  const keep = report.keep as KeepBench | undefined
  if (keep)
    lines.push(
      `${keep.documents} 件（台账 ${keep.events} 条） | 秒 | 处理器秒 | `,
      ...keep.rows.map((r) => [r.name, r.seconds, r.cpuSeconds, r.what].join(' | ')),
      '',
    )
  const log = report.log as LogBench | undefined
  if (log)
    lines.push(
      `公开日志：公布一件 p50 ${log.publication.withLog.p50} ms，不写日志 ${log.publication.without.p50} ms，一条日志 ${log.append} ms（上限 ${log.appendLimit} ms）`,
      `核对 ${log.verify.entries} 条（${log.verify.megabytes} MB）：${log.verify.seconds} 秒，处理器 ${log.verify.cpuSeconds} 秒（上限 ${log.verify.limitSeconds} 秒）`,
      '',
    )
  const after = report.afterlife as AfterlifeBench | undefined
  if (after)
    lines.push(
      '公布以后成批的事 | 秒 | 处理器秒 | 裸驱动 | 上限',
      `普查目录 ${after.census.items} 件 | ${after.census.seconds} | ${after.census.cpuSeconds} | ${after.census.floor} | ${after.census.limitSeconds}`,
      `决定 ${after.decision.items} 件（办成 ${after.decision.done}，没有办成 ${after.decision.failed}） | ${after.decision.seconds} | ${after.decision.cpuSeconds} | ${after.decision.floor} | ${after.decision.limitSeconds}`,
      `届满的阶梯 ${after.ladder.documents} 件（当日到期 ${after.ladder.due} 级；没有到期的一次 ${after.ladder.none} 毫秒） | ${after.ladder.seconds} | ${after.ladder.cpuSeconds} | ${after.ladder.floor} | ${after.ladder.limitSeconds}`,
      '',
    )
  const desk = report.desk as DeskBench | undefined
  if (desk) {
    lines.push(
      `桌面（${desk.documents} 件在办事项，四个客户端；起动 ${desk.startMs} ms，没有事项的库 ${desk.startEmptyMs} ms，常驻内存 ${desk.memoryMb} MB）`,
      '接口 | 独自 p50 ms | 最多 ms | 目标 ms | 次/秒 | p50 ms | p99 ms | 处理器 服务 ms | 处理器 数据库 ms | KB',
    )
    for (const r of desk.api)
      lines.push(
        [
          ...[r.name, r.alone.p50, r.alone.most, r.goalMs, r.perSecond, r.p50, r.p99],
          ...[r.cpu.server, r.cpu.database, r.kilobytes],
        ].join(' | '),
      )
    const late = desk.api.filter((r) => r.alone.p50 > r.goalMs).map((r) => r.name)
    lines.push(late.length > 0 ? `没有达到目标：${late.join('、')}` : '都达到目标')
    if (desk.browser)
      lines.push(
        `浏览器：首次 ${desk.browser.firstMs} ms 可操作，再次 ${desk.browser.againMs} ms；按键 ${desk.browser.keyMs.median} ms（最多 ${desk.browser.keyMs.most} ms）；滚到一千行 ${desk.browser.scrollToThousandMs} ms，画着 ${desk.browser.drawnRows} 行；打开一件 ${desk.browser.openMs} ms`,
        `互动：${interactionWords(desk.browser.interactions)}`,
      )
    lines.push('')
  }
  const process = report.process as { firstStartMs: number; startMs: number; typeCheckMs: number } | undefined
  if (process)
    lines.push(`启动：首次 ${process.firstStartMs} ms，再次 ${process.startMs} ms；类型检查 ${process.typeCheckMs} ms`)
  return lines.join('\n')
}
