// log: the commands for whoever watches a public log, and for whoever keeps one.
import type { Command } from 'commander'
import type { LogOptions, WitnessOptions } from './log-actions.ts'

const actions = () => import('./log-actions.ts')
const asJson = ['--json', '输出 JSON'] as const

export function addLogCommands(program: Command): void {
  const log = program.command('log').description('公开日志：核对、镜像、见证，以及密钥与中断')
  const watching = (name: string, description: string): Command =>
    log
      .command(name)
      .description(description)
      .argument('<来源>', '日志的地址（https://…/tlog/）或者镜像的文件夹')
      .option(
        '-k, --vkey <公钥...>',
        '日志的公钥（名称+标识+Base64），可以几把；不写则取自来源，只能发现前后不一，不能发现冒名',
      )
      .option('-r, --retired <公钥:条数...>', '已更换的公钥与它签到第几条')
      .option('-w, --witness <公钥...>', '信任的见证人的公钥')
      .option('-q, --quorum <个数>', '至少几个见证人')
      .option(...asJson)
  watching('verify', '读全部条目，重算全部摘要，核对签名；给了证明文件的只核对证明')
    .option('-p, --proof <文件>', '证明文件（.tlog-proof）')
    .option('-e, --entry <文件>', '条目的内容；不写则用证明文件附带的')
    .option('--register <地址>', '同时与公开登记库逐件比较（https://…）')
    .action(async (source: string, options: LogOptions) => (await actions()).runLogVerify(source, options))
  watching('mirror', '在文件夹里保存一份可以再提供出去的副本；再次运行只补新的')
    .requiredOption('-d, --dir <文件夹>', '副本放在哪里')
    .action(async (source: string, options: LogOptions & { dir: string }) =>
      (await actions()).runLogMirror(source, options),
    )
  log
    .command('witness')
    .description('见证人：核对日志前后一致，签上时间；常驻运行')
    .requiredOption('-d, --dir <文件夹>', '密钥与见过的检查点放在哪里')
    .requiredOption('-n, --name <名称>', '见证人的名称，如 witness.example.gov.cn/w1')
    .requiredOption('-l, --log <公钥...>', '见证哪些日志：它们的公钥；已更换的写作“公钥:条数”')
    .option('-p, --port <端口>', '监听的端口', '8460')
    .option('--host <地址>', '监听的地址', '127.0.0.1')
    .option(...asJson)
    .action(async (options: WitnessOptions) => (await actions()).runLogWitness(options))
  const keeping = (name: string, description: string): Command =>
    log
      .command(name)
      .description(description)
      .requiredOption('-j, --jurisdiction <代码>', '法域')
      .option(...asJson)
  keeping('status', '签到第几条、用什么公钥、是否停签').action(async (options: LogOptions & { jurisdiction: string }) =>
    (await actions()).runLogStatus(options),
  )
  keeping('rotate', '更换 Ed25519 密钥：日志里记一条，旧的签到那一条为止')
    .option('-o, --overlap <天数>', '往来的包新旧两把都签多少日；旧的已经外泄的写 0，不由它告知对方', '30')
    .action(async (options: LogOptions & { jurisdiction: string; overlap: string }) =>
      (await actions()).runLogRotate(options),
    )
  log
    .command('add-key')
    .description('在检查点上加一行签名：ml-dsa-44 或者 sm2')
    .argument('<种类>', 'ml-dsa-44、sm2')
    .option(...asJson)
    .action(async (kind: string, options: { json?: boolean }) => (await actions()).runLogAddKey(kind, options.json))
  keeping('catch-up', '恢复旧备份以后，从镜像补齐缺的条目，其间发出的文号留住不再发')
    .requiredOption('-f, --from <来源>', '镜像的文件夹或者地址')
    .action(async (options: LogOptions & { jurisdiction: string; from: string }) =>
      (await actions()).runLogCatchUp(options),
    )
  keeping('break', '声明中断：补不齐时以新的名称继续，先前的一段写明摘要')
    .requiredOption('--reason <原因>', '原因，公开')
    .action(async (options: LogOptions & { jurisdiction: string; reason: string }) =>
      (await actions()).runLogBreak(options),
    )
}
