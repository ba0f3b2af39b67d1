// All commands of the command-line program dianzhang.
import { Command } from 'commander'
import { addActsCommands } from './acts.ts'
import { addAuditCommand } from './audit.ts'
import { addBenchCommand } from './bench-command.ts'
import { addCalendarCommands } from './calendar.ts'
import { addChannelsCommand } from './channels.ts'
import { addDatabaseCommands } from './database-commands.ts'
import { addDrawCommand } from './draw.ts'
import { addExchangeCommands } from './exchange.ts'
import { addLogCommands } from './log.ts'
import { addNumberCommands } from './number.ts'
import { addPacksCommands } from './packs.ts'
import { addServerCommands } from './server.ts'
import { addTextCommands } from './text.ts'

/** The whole program; parsing is left to the caller, so that tests can read its commands. */
export function program(json = false): Command {
  const root = new Command('dianzhang')
    .description('典章：行政规范性文件的制定、公布、备案与清理')
    .version('0.1.0', '-V, --version', '显示版本')
    .helpOption('-h, --help', '显示帮助')
    .helpCommand('help [命令]', '显示一个命令的帮助')
    .showSuggestionAfterError()
    .showHelpAfterError(json ? false : '（加 --help 看用法）')
    .configureHelp({
      styleTitle: (title) =>
        ({ 'Usage:': '用法：', 'Arguments:': '参数：', 'Options:': '选项：', 'Commands:': '命令：' })[title] ?? title,
    })
  addServerCommands(root)
  addDatabaseCommands(root)
  addCalendarCommands(root)
  addNumberCommands(root)
  addDrawCommand(root)
  addChannelsCommand(root)
  addPacksCommands(root)
  addActsCommands(root)
  addTextCommands(root)
  addLogCommands(root)
  addExchangeCommands(root)
  addAuditCommand(root)
  addBenchCommand(root)
  for (const command of everyCommand(root)) {
    command
      .helpOption('-h, --help', '显示帮助')
      .exitOverride()
      .configureOutput({
        outputError: (text, write) => {
          const said = translated(text)
          write(json ? `${JSON.stringify({ code: 'invalid', detail: said.trim().replace(/^错误：/u, '') })}\n` : said)
        },
      })
  }
  return root
}

function everyCommand(root: Command): Command[] {
  return [root, ...root.commands.flatMap(everyCommand)]
}

const phrases: Array<[RegExp, string]> = [
  [/^error: unknown command '(.+)'/, '错误：没有“$1”命令'],
  [/^error: unknown option '(.+)'/, '错误：没有“$1”选项'],
  [/^error: missing required argument '(.+)'/, '错误：缺少参数 $1'],
  [/^error: required option '(.+)' not specified/, '错误：缺少选项 $1'],
  [/^error: option '(.+)' argument missing/, '错误：选项 $1 没有值'],
  [/^error: option '(.+)' argument '(.+)' is invalid\. ?(.*)/, '错误：选项 $1 的值“$2”无效。$3'],
  [/^error: command-argument value '(.+)' is invalid for argument '(.+)'\. ?(.*)/, '错误：参数 $2 的值“$1”无效。$3'],
  [/^error: too many arguments.*/, '错误：参数过多'],
  [/\(Did you mean (.+)\?\)/, '（是不是 $1？）'],
  [/Allowed choices are (.+)\./, '可以是：$1。'],
]
const translated = (text: string): string =>
  phrases.reduce((line, [pattern, words]) => line.replace(pattern, words), text)
