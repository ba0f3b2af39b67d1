// exchange: filing with other installations by folder, comparing both records, which keys count.
import type { Command } from 'commander'
import type { ExchangeOptions, KeysOptions } from './exchange-actions.ts'

const actions = () => import('./exchange-actions.ts')
const asJson = ['--json', '输出 JSON'] as const

export function addExchangeCommands(program: Command): void {
  const exchange = program.command('exchange').description('两套系统之间的备案：用文件夹（光盘、U 盘）收发，两边对账')
  const each = (name: string, description: string): Command =>
    exchange
      .command(name)
      .description(description)
      .requiredOption('-f, --folder <文件夹>', '包放在哪里；两边轮流用同一个')
      .option('-j, --jurisdiction <代码>', '法域；只有一个的可以不写')
      .option('-p, --peer <名称>', '只与这一方；不写则登记的各方')
      .option(...asJson)
  each('send', '把没有送到的写进文件夹，一条一个 ZIP；写过的不再写').action(async (options: ExchangeOptions) =>
    (await actions()).runExchangeSend(options),
  )
  each('receive', '收下文件夹里对方的包，办理，并把回执与答复写回文件夹').action(async (options: ExchangeOptions) =>
    (await actions()).runExchangeReceive(options),
  )
  each('reconcile', '把本方的往来记录写进文件夹；文件夹里有对方的，逐块比较，指出哪一条只有一边有').action(
    async (options: ExchangeOptions) => (await actions()).runExchangeReconcile(options),
  )
  exchange
    .command('keys')
    .description('我方与往来各方的公钥：何时起、何时止；我方的新公钥对方收下没有')
    .option('-j, --jurisdiction <代码>', '法域；不写则全部')
    .option(...asJson)
    .action(async (options: KeysOptions) => (await actions()).runExchangeKeys(options))
}
