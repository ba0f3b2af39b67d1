// dianzhang packs: what each value in a pack is and which article it rests on; how two places or two versions differ;
// what a place still lacks.
import { isPlainDate } from '@dianzhang/calendar'
import {
  allParameters,
  artefactWord,
  describeParam,
  findPack,
  inspectPack,
  latestPack,
  type Pack,
  type PackReport,
  packs,
  previewPackChange,
} from '@dianzhang/packs'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { print } from './output.ts'

const places = [...new Map(packs.map((pack) => [pack.jurisdiction, pack.name]))]
const known = (): string => places.map(([code, name]) => `${code}（${name}）`).join('、')
const today = (): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())

const date = (text: string): string => {
  if (!isPlainDate(text)) throw new InvalidArgumentError('应为真实的日期 YYYY-MM-DD')
  return text
}
const onOption = () => new Option('--on <日期>', '该日适用的一版；缺省为今日').argParser(date)

/**
 * Jurisdiction code (takes the version applicable on that day) or version number → pack; for an unknown one, says
 * which exist.
 */
function packOf(given: string, on: string, command: Command): Pack {
  const exact = findPack(given)
  if (exact) return exact
  if (given.includes('@')) {
    const versions = packs.filter((p) => p.jurisdiction === given.split('@')[0]).map((p) => p.version)
    return command.error(`错误：没有规则包“${given}”${versions.length > 0 ? `，现有：${versions.join('、')}` : ''}`)
  }
  if (!places.some(([code]) => code === given)) return command.error(`错误：没有法域“${given}”，可以是：${known()}`)
  const found = latestPack(given, on)
  const first = packs.find((p) => p.jurisdiction === given)
  return found ?? command.error(`错误：${given} 在 ${on} 尚无规则包，最早的一版自 ${first?.effectiveFrom} 起适用`)
}

export function addPacksCommands(program: Command): void {
  const group = program.command('packs').description('规则包（程序自带的；管理员另立的版本见工作台）')
  group
    .command('show')
    .description('一地在某日的全部参数：值、单位、核实程度、出处的文件与条款')
    .argument('<法域或版本>', '法域代码如 640522，或者版本号')
    .addOption(onOption())
    .option('--json', '以 JSON 输出')
    .action((given: string, flags: { on?: string; json?: boolean }, command: Command) => {
      const pack = packOf(given, flags.on ?? today(), command)
      const rows = allParameters(pack).map(({ path, label, param }) => ({
        path,
        label,
        // Materials for review, for people: the kind codes written by old versions are replaced by names.
        value: path === 'artefacts' ? (param.value as string[]).map(artefactWord) : param.value,
        unit: param.unit ?? null,
        confidence: param.confidence,
        sources: param.source.map(({ document, article }) => ({ document, article })),
      }))
      print(rows, () => shown(pack), flags.json)
    })
  group
    .command('diff')
    .description('两地或者两版的不同之处；只有一个法域时，与国家基准比较')
    .argument('<甲>', '法域代码或者版本号')
    .argument('[乙]', '法域代码或者版本号；缺省为国家基准')
    .addOption(onOption())
    .option('--json', '以 JSON 输出')
    .action((left: string, right: string | undefined, flags: { on?: string; json?: boolean }, command: Command) => {
      const on = flags.on ?? today()
      const [from, to] =
        right === undefined
          ? [packOf('CN', on, command), packOf(left, on, command)]
          : [packOf(left, on, command), packOf(right, on, command)]
      const changes = previewPackChange(from, to)
      print(
        changes,
        () =>
          changes.length === 0
            ? `${from.version} 与 ${to.version} 没有不同。`
            : [
                `${from.version}（${from.name}） → ${to.version}（${to.name}）：${changes.length} 项不同`,
                ...changes.map((c) => `${c.label}\n    ${c.before}\n  → ${c.after}`),
              ].join('\n'),
        flags.json,
      )
    })
  addAffected(group)
  group
    .command('check')
    .description('检查规则包：问题（以 1 退出）、待核实的、没有抄录原话的；没有参数时检查各地现行的一版')
    .argument('[法域或版本...]', '法域代码或者版本号')
    .addOption(onOption())
    .option('--all', '检查全部版本')
    .option('--json', '以 JSON 输出')
    .action((given: string[], flags: { on?: string; all?: boolean; json?: boolean }, command: Command) => {
      const on = flags.on ?? today()
      const chosen = flags.all
        ? packs
        : given.length > 0
          ? given.map((each) => packOf(each, on, command))
          : places.flatMap(([code]) => latestPack(code, on) ?? [])
      const reports = chosen.map((pack) => inspectPack(pack, latestPack('CN', pack.effectiveFrom) ?? pack))
      if (reports.some((r) => r.faults.length > 0)) process.exitCode = 1
      print(reports, () => reports.map(told).join('\n\n'), flags.json)
    })
}

/** The list of active files needs the database, which is opened only when used. */
function addAffected(group: Command): void {
  group
    .command('affected')
    .description('依旧版办理、改用现行一版以后期限会变动的案卷；系统不自行改动，由人逐件预览后改用')
    .option('-j, --jurisdiction <代码>', '法域', '640522')
    .option('--json', '以 JSON 输出')
    .action(async (flags: { jurisdiction: string; json?: boolean }) =>
      (await import('./database-actions.ts')).runAffected(flags.jurisdiction, flags),
    )
}

const shown = (pack: Pack): string =>
  [
    `${pack.name} ${pack.version}（自 ${pack.effectiveFrom} 起适用于新立项的文件）`,
    ...allParameters(pack).map(({ path, label, param }) =>
      [
        `${label}：${describeParam(param)}  [${path}]`,
        `    ${param.source.map((b) => `${b.document}${b.article}`).join('；')}`,
        ...(param.quote === undefined ? [] : [`    原话：${param.quote}`]),
        ...(param.note === undefined ? [] : [`    说明：${param.note}`]),
      ].join('\n'),
    ),
  ].join('\n')

const told = (r: PackReport): string =>
  [
    `${r.name} ${r.version}：共 ${r.parameters} 项，${r.faults.length === 0 ? '没有问题' : `有 ${r.faults.length} 个问题`}`,
    ...r.faults.map((f) => `  问题 ${f.path}：${f.message}`),
    ...r.verification.flatMap((s) => [
      `  ${s.label}：${s.parameters} 项，待核实 ${s.unverified.length} 项，本系统的约定 ${s.conventions.length} 项`,
      ...(s.unverified.length > 0 ? [`    待核实：${s.unverified.join('、')}`] : []),
      ...(s.conventions.length > 0 ? [`    约定，须由管理员确认：${s.conventions.join('、')}`] : []),
    ]),
    ...(r.unquoted.length > 0 ? [`  没有抄录原话：${r.unquoted.join('、')}`] : []),
  ].join('\n')
