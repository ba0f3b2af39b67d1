// dianzhang acts: higher-level law. Whether an act is in force on a given day and which versions it has; registers new
// facts from a file, after showing what would change.
import { actOn, actsAsOf, actsSource, type ListedAct, versionsOf } from '@dianzhang/acts'
import { isPlainDate } from '@dianzhang/calendar'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ActsFileOptions } from './acts-actions.ts'
import { print } from './output.ts'

const actions = () => import('./acts-actions.ts')

const today = (): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
const date = (text: string): string => {
  if (!isPlainDate(text)) throw new InvalidArgumentError('应为真实的日期 YYYY-MM-DD')
  return text
}
const words = {
  in_force: '有效',
  repealed: '已废止或者失效',
  expired: '已失效',
  amended: '已修改，请核对所引条款',
  pending: '已公布，尚未施行',
  unknown: '目录不足以说明，请核对',
} as const
type Shown = Pick<ListedAct, 'title' | 'documentNumber' | 'publishedOn' | 'effectiveOn'> & { level: string }
const line = (act: Shown): string =>
  [
    act.title,
    act.level,
    act.documentNumber,
    act.publishedOn && `${act.publishedOn} 公布`,
    act.effectiveOn && `${act.effectiveOn} 施行`,
  ]
    .filter(Boolean)
    .join('，')

export function addActsCommands(program: Command): void {
  const group = program.command('acts').description(`上位法：目录（${actsSource}）与登记的`)
  group
    .command('list')
    .description('按名称、文号检索，连同某日的效力；查不到不等于失效')
    .argument('[词...]', '名称或者文号中的文字，几个词都要有')
    .addOption(new Option('--on <日期>', '何日的效力；缺省为今日').argParser(date))
    .addOption(new Option('--limit <件数>', '至多列多少件').default(20).argParser(Number))
    .option('--json', '以 JSON 输出')
    .action(async (given: string[], flags: { on?: string; limit: number; json?: boolean }) => {
      const on = flags.on ?? today()
      const { items, total, registered } = await (await actions()).searchActsHere(given.join(' '), on, flags.limit)
      print(
        { items: items.map((act) => ({ ...act, standing: act.status })), total, asOf: actsAsOf, registered },
        () =>
          total === 0
            ? `没有（目录截至 ${actsAsOf}${registered ? '，连同登记的' : '；没有可用的数据库，登记的没有查'}）；查不到不等于失效。`
            : [
                ...items.map((act) => `${line(act)}　${words[act.status]}${act.registered ? '（登记的）' : ''}`),
                ...(total > items.length ? [`共 ${total} 件，另有 ${total - items.length} 件未列（--limit）。`] : []),
                ...(registered ? [] : ['没有可用的数据库，只查了目录。']),
              ].join('\n'),
        flags.json,
      )
    })
  const file = (name: string, description: string) =>
    group
      .command(name)
      .description(description)
      .argument('<文件>', 'CSV、XLSX（有表头）或者每行一个 JSON；UTF-8 或 GB18030；- 为标准输入')
      .option('-j, --jurisdiction <代码>', '由哪一法域登记', '640522')
      .option('-s, --source <出处>', '行里没有写出处的，据何处登记；缺省为文件名')
      .option('--json', '以 JSON 输出')
  file('import', '由文件登记上位法；读不出的行逐行说明，整份要么全部登记、要么一件不登记')
    .option('--skip-faults', '有读不出的行时，其余照样登记；缺省为一件也不登记')
    .addHelpText('after', '\n返回：0 已登记或者没有新的，1 有读不出的行，2 无法登记')
    .action(async (path: string, flags: ActsFileOptions) => (await actions()).runImportActs(path, flags))
  file('diff', '文件里的每一行与所知有何不同，不登记').action(async (path: string, flags: ActsFileOptions) =>
    (await actions()).runDiffActs(path, flags),
  )
  group
    .command('show')
    .description('一部上位法在某日的效力与历次版本')
    .argument('<名称>', '全称或者去掉“中华人民共和国”的名称')
    .addOption(new Option('--on <日期>', '何日的效力；缺省为今日').argParser(date))
    .option('--json', '以 JSON 输出')
    .action((title: string, flags: { on?: string; json?: boolean }, command: Command) => {
      const on = flags.on ?? today()
      const standing = actOn(title, on)
      if (!standing) return command.error(`错误：目录（截至 ${actsAsOf}）中没有“${title}”；不在目录中不等于失效`)
      const versions = versionsOf(title)
      print(
        { on, ...standing, versions, asOf: actsAsOf },
        () =>
          [
            `${standing.version.title}：${on} ${words[standing.status]}（目录截至 ${actsAsOf}）`,
            ...(standing.next ? [`下一版自 ${standing.next.effectiveOn ?? '（日期未载）'} 起施行`] : []),
            ...versions.map((act) => `  ${act === standing.version ? '→' : ' '} ${line(act)}`),
          ].join('\n'),
        flags.json,
      )
    })
}
