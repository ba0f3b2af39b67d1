// 各种事项的总图：每一种的阶段、箭头、由谁办理、规则与依据，从登记处取来。改了机器，这里的存档随之改变。
import { type ActorRole, actorRoleLabels } from '@dianzhang/contract'
import { desks } from '@dianzhang/workflow'
import { describe, it } from 'vitest'
import { expectGolden } from './golden.ts'

interface Basis {
  document: string
  article: string
}
interface Listed {
  title: string
  severity: string
  basis: Basis
  deviation?: unknown
}
const cite = (basis: Basis): string => `${basis.document}${basis.article}`
const who = (roles: readonly ActorRole[]): string => roles.map((role) => actorRoleLabels[role]).join('、')

function mapOf(kind: string): string {
  const desk = desks.get(kind)
  if (!desk) throw new Error(kind)
  const { process, stages, arrows } = desk.engine
  const rules = process.rules as Record<string, Listed>
  const lines = [
    `# ${process.label}（\`${kind}\`）`,
    '',
    '由机器生成（`test/golden/processes.test.ts`），请勿手改。“（留）”为不变阶段。',
    '',
    `开启：\`${process.opening.command}\` ${process.opening.label}，由${who(process.opening.law.by)}办理，依据${cite(process.opening.law.basis)}${process.opening.rules?.length ? `，规则 ${process.opening.rules.map((r: string) => `\`${r}\``).join(' ')}` : ''}`,
    '',
  ]
  for (const [path, spec] of stages) {
    lines.push(
      `## \`${path}\` ${spec.label}`,
      '',
      `依据：${cite(spec.basis)}${spec.whose?.length ? `　轮到：${who(spec.whose)}` : ''}${spec.tags?.length ? `　标签：${spec.tags.join('、')}` : ''}`,
      '',
    )
    const here = arrows.filter((each: { stage: string }) => each.stage === path)
    if (here.length === 0) continue
    lines.push('| 命令 | 由谁 | 情形 | 去处 | 规则 | 记为 |', '| --- | --- | --- | --- | --- | --- |')
    for (const { command, arrow } of here) {
      const when = Object.entries(arrow.when ?? {}).map(([key, value]) => `${key}=${String(value)}`)
      if (arrow.judged === 'after') when.push('按变更之后判断')
      lines.push(
        `| ${command ? `\`${command}\` ${process.labels.command[command]}` : '（自动）'} | ${command ? who(process.law[command]?.by ?? []) : ''} | ${when.join('，')} | ${arrow.to ? `\`${arrow.to}\`` : '（留）'} | ${(arrow.rules ?? []).map((r: string) => `\`${r}\``).join(' ')} | ${desk.recordLabels[arrow.records]} |`,
      )
    }
    lines.push('')
  }
  lines.push('## 规则', '', '| 规则 | 要求 | 程度 | 依据 |', '| --- | --- | --- | --- |')
  for (const [id, rule] of Object.entries(rules).sort(([a], [b]) => (a < b ? -1 : 1)))
    lines.push(
      `| \`${id}\` | ${rule.title} | ${rule.severity === 'block' ? '阻断' : '提示'}${rule.deviation ? '，可依法偏离' : ''} | ${cite(rule.basis)} |`,
    )
  return `${lines.join('\n')}\n`
}

// 文件的两张总图在 maps.test.ts。
describe('各种事项的总图与存档一致', () => {
  it.each([...desks.keys()].filter((kind) => kind !== 'normative-document'))('%s', (kind) => {
    expectGolden(`processes/${kind}.md`, mapOf(kind))
  })
})
