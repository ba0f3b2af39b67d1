// dianzhang text lint: asks questions about a text sentence by sentence; they are questions, not conclusions, so
// findings do not make the command fail unless asked for.
import { basename } from 'node:path'
import { packs } from '@dianzhang/packs'
import { type Finding, lint, parseText, type Severity, sarifOf } from '@dianzhang/text'
import { type Command, Option } from 'commander'
import { print } from './output.ts'
import { readTexts, sayLosses } from './text-input.ts'

const severities = ['block', 'warn', 'review'] as const satisfies readonly Severity[]
const severityNames: Record<Severity, string> = { block: '须审核人确认', warn: '须起草人确认', review: '请人工看一看' }

interface LintFlags {
  json?: boolean
  sarif?: boolean
  title?: string
  jurisdiction: string
  issuer?: string[]
  failOn?: Severity
}

export function addTextLint(text: Command): void {
  text
    .command('lint')
    .description('检查：合法性、公平竞争的问句，应有而没有的条款，期限、序号、简称、内部引用')
    .argument('[文件...]', 'txt、docx 或者每行一个 JSON（body 字段）；没有文件或者为 - 时读标准输入')
    .option('--json', '每份文本一个 JSON')
    .addOption(new Option('--sarif', '输出 SARIF 2.1.0').conflicts('json'))
    .option('--title <标题>', '文本里没有标题时使用')
    .option('--issuer <机关...>', '制定机关；没有时看署名')
    .option('--jurisdiction <法域>', '有效期上限取自这个法域的规则包', 'CN')
    .addOption(new Option('--fail-on <级别>', '有这一级或者更重的问题时以 1 退出').choices([...severities]))
    .action(async (given: string[], flags: LintFlags, command: Command) => {
      const pack = packs.findLast((each) => each.jurisdiction === flags.jurisdiction)
      if (pack === undefined) {
        const known = [...new Set(packs.map((each) => each.jurisdiction))].join('、')
        return command.error(`错误：没有法域“${flags.jurisdiction}”，可以是：${known}`)
      }
      const maxYears = {
        general: pack.validity.extendedMaximumYears.value ?? pack.validity.generalMaximumYears.value,
        provisional: pack.validity.provisionalMaximumYears.value,
      }
      const inputs = await readTexts(given)
      if (flags.json !== true) await sayLosses(inputs)
      const results = inputs.map(({ name, source, losses }) => ({
        file: name,
        title: flags.title ?? parseText(source).title,
        findings: lint(source, { title: flags.title, issuers: flags.issuer, maxYears }),
        losses,
      }))
      if (flags.sarif) {
        // A single file keeps the path it was given, so that editors find it.
        const [only] = given
        const file = (name: string): string =>
          given.length === 1 && only !== undefined && basename(only) === name ? only : name
        process.stdout.write(
          `${JSON.stringify(sarifOf(results.map((one) => ({ ...one, file: file(one.file) }))), null, 2)}\n`,
        )
      } else for (const one of results) print(one, () => readable(one), flags.json)
      const limit = flags.failOn === undefined ? -1 : severities.indexOf(flags.failOn)
      if (results.some(({ findings }) => findings.some(({ severity }) => severities.indexOf(severity) <= limit))) {
        process.exitCode = 1
      }
    })
}

function readable({ file, findings }: { file: string; findings: Finding[] }): string {
  if (findings.length === 0) return `${file}：没有要问的。`
  const lines = findings.map((finding) => {
    const place = [`${file}:${finding.line}`, finding.address ?? ''].filter((part) => part !== '').join(' ')
    const quote = finding.quote === '' ? '' : `“${finding.quote.replaceAll('\n', ' ')}”\n    `
    return `${place}  ${finding.id}（${severityNames[finding.severity]}）${finding.category}\n    ${quote}${finding.message}`
  })
  const counts = severities
    .map(
      (severity) =>
        [severityNames[severity], findings.filter((finding) => finding.severity === severity).length] as const,
    )
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${count}`)
  return `${lines.join('\n')}\n${file}：${findings.length} 个问题（${counts.join('，')}）`
}
