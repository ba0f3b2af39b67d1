// dianzhang acts：上位法目录。某部上位法在某日是否有效、有哪些版本。
import { actOn, actsAsOf, actsSource, type ListedAct, searchActs, versionsOf } from '@dianzhang/acts'
import { isPlainDate } from '@dianzhang/calendar'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { print } from './output.ts'

const today = (): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
const date = (text: string): string => {
  if (!isPlainDate(text)) throw new InvalidArgumentError('应为真实的日期 YYYY-MM-DD')
  return text
}
const words = {
  in_force: '有效',
  repealed: '已废止或者失效',
  amended: '已修改，目录没有新版，请核对所引条款',
  pending: '已公布，尚未施行',
  unknown: '目录不足以说明，请核对',
} as const
const line = (act: ListedAct): string =>
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
  const group = program.command('acts').description(`上位法目录：${actsSource}`)
  group
    .command('list')
    .description('按名称、文号检索，连同某日的效力；不在目录中不等于失效')
    .argument('[词...]', '名称或者文号中的文字，几个词都要有')
    .addOption(new Option('--on <日期>', '何日的效力；缺省为今日').argParser(date))
    .addOption(new Option('--limit <件数>', '至多列多少件').default(20).argParser(Number))
    .option('--json', '以 JSON 输出')
    .action((given: string[], flags: { on?: string; limit: number; json?: boolean }) => {
      const on = flags.on ?? today()
      const { items, total } = searchActs(given.join(' '), flags.limit)
      const rows = items.map((act) => ({ ...act, standing: actOn(act.title, on)?.status ?? 'unknown' }))
      print(
        { items: rows, total, asOf: actsAsOf },
        () =>
          total === 0
            ? `目录（截至 ${actsAsOf}）中没有；不在目录中不等于失效。`
            : [
                ...rows.map((act) => `${line(act)}　${words[act.standing]}`),
                ...(total > rows.length ? [`共 ${total} 件，另有 ${total - rows.length} 件未列（--limit）。`] : []),
              ].join('\n'),
        flags.json,
      )
    })
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
