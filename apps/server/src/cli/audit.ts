// dianzhang audit: a past file, judged by the rules that held then.
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { AuditOptions } from './audit-actions.ts'

const whole = (text: string): number => {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('应为正整数')
  return Number(text)
}

export function addAuditCommand(program: Command): void {
  program
    .command('audit')
    .description('案卷评查：以往的案卷按当时施行的规则逐关判断，做过什么、缺什么、迟几日、依哪一条')
    .argument('[文件]', '别处的案卷：JSON，或者一行一项的表（CSV、.xlsx）；- 为标准输入')
    .option('-d, --document <案卷>', '本系统的案卷，依台账')
    .addOption(new Option('-n, --sample <件数>', '由种子抽取一年公布的文件').argParser(whole))
    .option('-s, --seed <种子>', '先行公布的种子')
    .addOption(new Option('-y, --year <年度>', '抽取哪一年公布的；缺省为上一年').argParser(whole))
    .option('-j, --jurisdiction <代码>', '抽取哪一法域的', '640522')
    .option('-o, --docx <文件>', '另存为公文格式')
    .option('--json', '以 JSON 输出')
    .addHelpText(
      'after',
      '\n表的第一行为列名，至少有“日期”“事项”；文件名称、法域、层级、制定机关、起草单位写在任一行。没有写明的列为不能判断。',
    )
    .action(async (file: string | undefined, options: AuditOptions, command: Command) => {
      const asked = [file, options.document, options.sample].filter((each) => each !== undefined)
      if (asked.length !== 1) command.error('错误：请写明评查哪一份：文件，或者 --document，或者 --sample 与 --seed')
      if (options.sample !== undefined && options.seed === undefined) command.error('错误：--sample 须有 --seed')
      await (await import('./audit-actions.ts')).runAudit(file, options)
    })
}
