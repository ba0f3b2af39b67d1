// dianzhang calendar: how a period is computed, whether a day is a working day.
import { existsSync } from 'node:fs'
import {
  CalendarError,
  createCalendar,
  describeDay,
  ningxiaOverlay,
  type PeriodAnswer,
  type Unit,
  type WorkCalendar,
} from '@dianzhang/calendar'
import { packs } from '@dianzhang/packs'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { readEnv } from '../env.ts'
import { argumentsOrLines, print } from './output.ts'

const units: Record<string, Unit> = {
  working_day: 'working_day',
  wd: 'working_day',
  工作日: 'working_day',
  calendar_day: 'calendar_day',
  d: 'calendar_day',
  日: 'calendar_day',
  month: 'month',
  月: 'month',
  year: 'year',
  年: 'year',
}
const unitNames: Record<Unit, string> = { working_day: '个工作日', calendar_day: '日', month: '个月', year: '年' }
const jurisdictions = [...new Map(packs.map((pack) => [pack.jurisdiction, pack.name]))]

interface Source {
  calendar: WorkCalendar
  /** `database`: with the holiday notices entered; `builtin`: only the data that comes with the program. */
  source: 'database' | 'builtin'
}

/**
 * The calendar with the notices entered by administrators where a database is at hand (DATABASE_URL or a running
 * server), otherwise the built-in one: a question about dates must not start a database.
 */
export async function calendarOf(jurisdiction: string): Promise<Source> {
  const pack = packs.findLast((each) => each.jurisdiction === jurisdiction)
  if (!pack) {
    const known = jurisdictions.map(([code, name]) => `${code}（${name}）`).join('、')
    throw new CalendarError('invalid_data', `没有法域“${jurisdiction}”，可以是：${known}`)
  }
  const env = readEnv('demo', process.env)
  // Where nothing was ever installed there is nothing to look for, and the drivers need not be loaded.
  if (env.databaseUrl !== null || existsSync(env.dataDir)) {
    const { commandLog, runningDatabase } = await import('./database-access.ts')
    const url = runningDatabase(env)
    if (url !== undefined) {
      const { openOffice } = await import('../compose.ts')
      const { office, close } = await openOffice({ env, url, log: commandLog() })
      try {
        return { calendar: office.rules.calendar(jurisdiction), source: 'database' }
      } finally {
        await close()
      }
    }
  }
  const local =
    pack.calendar.overlay === 'ningxia'
      ? { overlay: ningxiaOverlay, overlayExpectedFrom: 2019, overlayNames: ['开斋节', '古尔邦节'] }
      : { overlay: [] }
  return { calendar: createCalendar({ jurisdiction, notices: [], ...local }), source: 'builtin' }
}

const jurisdictionOption = () =>
  new Option('-j, --jurisdiction <代码>', '法域：CN 全国，或者规则包的法域代码').default('CN')

const wholeNumber = (text: string): number => {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('应为不小于零的整数')
  return Number(text)
}

export function addCalendarCommands(program: Command): void {
  const calendar = program.command('calendar').description('工作日历：期限与工作日')
  calendar
    .command('explain')
    .description('期限届满之日，逐日列明计入与否及理由')
    .addOption(jurisdictionOption())
    .requiredOption('-s, --start <日期>', '起算之事发生之日 YYYY-MM-DD，不计入')
    .requiredOption('-n, --days <数>', '期限长度', wholeNumber)
    .addOption(new Option('-u, --unit <单位>', '单位').choices(Object.keys(units)).default('working_day'))
    .addOption(
      new Option('-m, --mode <方式>', 'deadline 不超过，minimum 不少于')
        .choices(['deadline', 'minimum'])
        .default('deadline'),
    )
    .option('--json', '以 JSON 输出')
    .action(
      async (options: {
        jurisdiction: string
        start: string
        days: number
        unit: string
        mode: 'deadline' | 'minimum'
        json?: boolean
      }) => {
        const { calendar: calculator, source } = await calendarOf(options.jurisdiction)
        const unit = units[options.unit] ?? 'working_day'
        const answer = calculator.explain({ start: options.start, amount: options.days, unit, mode: options.mode })
        print(
          {
            jurisdiction: options.jurisdiction,
            start: options.start,
            amount: options.days,
            unit,
            mode: options.mode,
            source,
            ...answer,
          },
          () => explained(answer, options.start, options.days, unit, source),
          options.json,
        )
      },
    )
  calendar
    .command('workday')
    .description('每个日期是不是工作日及理由；没有参数或者参数为 - 时从标准输入逐行读取')
    .argument('[日期...]', 'YYYY-MM-DD')
    .addOption(jurisdictionOption())
    .option('--json', '每行一个 JSON')
    .action(async (dates: string[], options: { jurisdiction: string; json?: boolean }, command: Command) => {
      const asked = await argumentsOrLines(dates)
      if (asked.length === 0) command.error('错误：没有日期。例：dianzhang calendar workday 2026-10-01')
      const { calendar: calculator } = await calendarOf(options.jurisdiction)
      for (const date of asked) {
        try {
          const answer = calculator.isWorkday(date)
          const mark = answer.workday ? '工作日' : '休息日'
          print(
            answer,
            () =>
              `${describeDay(date)}  ${mark}  ${answer.reason}${answer.assumption ? `（${answer.assumption}）` : ''}`,
            options.json,
          )
        } catch (error) {
          if (!(error instanceof CalendarError)) throw error
          process.exitCode = 1
          if (options.json) print({ date, error: error.code, message: error.message }, () => '', true)
          else process.stderr.write(`${date}  ${error.message}\n`)
        }
      }
    })
  calendar
    .command('load')
    .description('录入一份放假通知（全国或者一个法域），随即重算受影响的期限；由系统维护人员办理')
    .argument('<文件>', 'JSON：id、jurisdiction（缺省 CN）、year、source、days（date、kind、name）；- 为标准输入')
    .option('--json', '以 JSON 输出')
    .action(async (file: string, options: { json?: boolean }) =>
      (await import('./database-actions.ts')).runLoadHolidays(file, options),
    )
}

function explained(answer: PeriodAnswer, start: string, amount: number, unit: Unit, source: Source['source']): string {
  const lines = [
    `自 ${describeDay(start)} 起 ${amount} ${unitNames[unit]}：${describeDay(answer.due)} 24 时届满${answer.rolled ? `（末日 ${answer.rawDue} 顺延）` : ''}`,
  ]
  if (answer.assumption) lines.push(`${answer.provisional ? '暂定：' : '注意：'}${answer.assumption}`)
  if (source === 'builtin') lines.push('未连接数据库：只用程序自带的放假安排，不含管理员录入的通知。')
  lines.push('')
  for (const day of answer.trace) {
    const index = day.index === undefined ? '    ' : String(day.index).padStart(4)
    lines.push(`${index}  ${describeDay(day.date)}  ${day.reason}${day.provisional ? '（暂定）' : ''}`)
  }
  return lines.join('\n')
}
