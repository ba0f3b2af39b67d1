// dianzhang migrate, backup, restore, plan, account: the commands that need a database.
import { isPlainDate } from '@dianzhang/calendar'
import { type Role, roleLabels, roles } from '@dianzhang/contract'
import { Argument, type Command, InvalidArgumentError, Option } from 'commander'
import type {
  AccountOptions,
  DistributeOptions,
  ImportOptions,
  JsonOption,
  UnitsOptions,
  VerifyCommandOptions,
} from './database-actions.ts'

const actions = () => import('./database-actions.ts')
const asJson = ['--json', '以 JSON 输出'] as const
const dayGiven = (text: string): string => {
  if (!isPlainDate(text)) throw new InvalidArgumentError('应为真实存在的日期 YYYY-MM-DD。')
  return text
}
const threadsGiven = (text: string): number => {
  if (!/^([1-9]|[1-5]\d|6[0-4])$/.test(text)) throw new InvalidArgumentError('应为 1 至 64。')
  return Number(text)
}

export function addDatabaseCommands(program: Command): void {
  program
    .command('migrate')
    .description('把数据库更新到本程序的结构')
    .option(...asJson)
    .action(async (options: JsonOption) => (await actions()).runMigrate(options))
  program
    .command('import')
    .description('把已经公布的文件导入公开登记库；可中断、可重来，同一条目只导入一次')
    .argument('<文件>', 'JSON Lines（可以是 gzip），或者清理目录、登记台账（CSV、XLSX）；- 为标准输入')
    .option('-j, --jurisdiction <代码>', '归入的法域', '640522')
    .option('-s, --source <名称>', '来源名称，缺省取文件名')
    .option('-r, --report <文件>', '未导入的行及说明写入此文件')
    .option(...asJson)
    .action(async (file: string, options: ImportOptions) => (await actions()).runImportCommand(file, options))
  program
    .command('citations')
    .description('引用关系：哪件文件的哪一处引用哪部上位法')
    .command('rebuild')
    .description('由全部文本与制定依据对照表重新读出引用关系；重复几次结果相同')
    .option(...asJson)
    .action(async (options: JsonOption) => (await actions()).runRebuildCitations(options))
  program
    .command('search')
    .description('公开登记库的检索索引')
    .command('rebuild')
    .description('由登记条目重新建成检索索引；建成以前照旧检索，可随时中断')
    .option(...asJson)
    .action(async (options: JsonOption) => (await actions()).runRebuildSearch(options))
  program
    .command('verify')
    .description('以独立的代码重读一切：台账、封存、文本、编号、登记条目')
    .addHelpText('after', '\n返回：0 没有问题，1 发现问题，2 无法核对')
    .option('--anchor <文件或网址>', '与库外的锚核对：anchors.jsonl，或者公开的 …/public/v1/anchors')
    .option('--anchor-key <文件>', '签名的公钥（PEM）；缺省用锚自带的，并注明')
    .option(
      '--since <日期>',
      '只核对这一日（北京时间）起记下的，此前的以上一次全部核对为准；看不出什么，报告里写明',
      dayGiven,
    )
    .option('--threads <个数>', '几个线程同时核对；缺省与处理器同数，至多四个', threadsGiven)
    .option(...asJson)
    .action(async (options: VerifyCommandOptions) => (await actions()).runVerifyCommand(options))
  program
    .command('backup')
    .description('备份全部数据到一个文件（可在服务运行时进行）')
    .argument('<文件>', '写入的文件')
    .option(...asJson)
    .action(async (file: string, options: JsonOption) => (await actions()).runBackup(file, options))
  program
    .command('restore')
    .description('把备份恢复到一个空的数据库')
    .argument('<文件>', '备份文件')
    .option(...asJson)
    .action(async (file: string, options: JsonOption) => (await actions()).runRestore(file, options))
  program
    .command('distribute')
    .description('把数据库按法域分到 Citus 集群的各个节点；须在协调节点上、停了服务以后')
    .addHelpText('after', '\n没有在真的集群上试过（docs/scale.md）：先备份，先在副本上试。')
    .option('--plan', '只写出要执行的语句，什么都不改；不需要 Citus')
    .option(...asJson)
    .action(async (options: DistributeOptions) => (await actions()).runDistribute(options))
  program
    .command('plan')
    .description('一个案卷自今日起各剩余阶段依法最早的日期')
    .argument('<案卷>', '案卷标识')
    .option(...asJson)
    .action(async (id: string, options: JsonOption) => (await actions()).runPlan(id, options))

  program
    .command('units')
    .description('单位与制定主体清单')
    .command('import')
    .description('从 JSON 文件录入或更新单位')
    .argument('<文件>', 'JSON 数组：id、name、kind、parent、eligible、eligibleSince、areaCode、bodyCode；- 为标准输入')
    .requiredOption('-j, --jurisdiction <代码>', '法域')
    .option(...asJson)
    .action(async (file: string, options: UnitsOptions) => (await actions()).runImportUnits(file, options))

  const account = program.command('account').description('账号：由管理员开立，没有自助注册')
  account
    .command('create')
    .description('开立账号，输出一次性密码；首次登录须修改')
    .argument('<用户名>', '3–30 个字母、数字、下划线或者点')
    .addArgument(
      new Argument('<角色...>', '任职').argParser<Role[]>((value, before = []) => [...before, roleOf(value)]),
    )
    .requiredOption('-j, --jurisdiction <代码>', '法域')
    .requiredOption('-n, --name <姓名>', '姓名')
    .requiredOption('-u, --unit <单位>', '所在单位的代码或者全称')
    .addOption(new Option('-e, --email <邮箱>', '单点登录据此认人'))
    .option(...asJson)
    .action(async (username: string, posts: Role[], options: AccountOptions) =>
      (await actions()).runCreateAccount(username, posts, options),
    )
  account
    .command('reset-password')
    .description('重设密码，输出一次性密码；现有会话随即作废')
    .argument('<用户名>')
    .option(...asJson)
    .action(async (username: string, options: JsonOption) => (await actions()).runResetPassword(username, options))
}

function roleOf(value: string): Role {
  const role = roles.find((each) => each === value || roleLabels[each] === value)
  if (!role)
    throw new InvalidArgumentError(`可以是：${roles.map((each) => `${each}（${roleLabels[each]}）`).join('、')}`)
  return role
}
