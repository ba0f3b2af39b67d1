// 评查报告写成一行一段：纸面、屏幕、命令行看同一份。
import { day } from '../words.ts'
import type { AuditDeadline, AuditFinding, AuditReport, AuditResult, QuotedBasis } from './audit.ts'

const cited = ({ document, article, text, confidence }: QuotedBasis): string =>
  `${/^《/u.test(document) ? document : `《${document}》`}${article}${text === undefined ? '' : `：“${text}”`}${confidence === undefined || confidence === 'verified' ? '' : '（条文待核实）'}`
/** 依据：有原话的连同原话。 */
const auditBasisLine = (basis: readonly QuotedBasis[]): string => basis.map(cited).join('；')

/** 一项期限的结论，一句话。 */
function auditDeadlineLine(d: AuditDeadline): string {
  const span = `${day(d.startsOn)}起，应于${day(d.dueOn)}以前办理`
  const said = {
    in_time: () => `${day(d.doneOn ?? d.dueOn)}办理，没有逾期`,
    late: () => `${day(d.doneOn ?? d.dueOn)}办理，迟${d.lateDays}日`,
    overdue: () => `没有办理的记载，至评查之日已逾期${d.lateDays}日`,
    running: () => '没有办理的记载，尚未到期',
  }[d.state]()
  return `${d.label}：${span}；${said}${d.provisional ? '（年度放假安排未公布，暂定）' : ''}`
}
/** 总的结论，一句话。 */
export function auditSummary({ counts }: AuditReport): string {
  const said = [
    counts.missed > 0 ? `不符合${counts.missed}项` : '',
    counts.doubtful > 0 ? `应予说明${counts.doubtful}项` : '',
    counts.late > 0 ? `逾期${counts.late}项` : '',
    counts.unknown > 0 ? `因案卷没有写明而不能判断${counts.unknown}项` : '',
    counts.excused > 0 ? `经批准偏离${counts.excused}项` : '',
  ].filter((part) => part !== '')
  return `共判断${counts.met + counts.missed + counts.doubtful + counts.excused}项，符合${counts.met}项${said.length > 0 ? `；${said.join('，')}` : ''}。`
}
const numerals = ['一', '二', '三', '四', '五', '六']

/** 报告全文，一行一段，首行为标题。没有内容的一节不写。 */
export function auditLines(report: AuditReport): string[] {
  const of = (result: AuditResult): AuditFinding[] => report.findings.filter((f) => f.result === result)
  const told = (f: AuditFinding, i: number): string[] => [
    `${i + 1}. ${f.title}（${f.gateLabel}，${day(f.on)}）：${f.reason}`,
    `依据：${auditBasisLine(f.basis)}`,
  ]
  const late = report.deadlines.filter((d) => d.state === 'late' || d.state === 'overdue')
  const versions = [...new Set(report.findings.map((f) => f.packVersion).filter((v) => v !== ''))]
  const sections: Array<[string, string[]]> = [
    ['办理经过', report.steps.map((s) => `${day(s.on)}　${s.label}${s.detail === '' ? '' : `：${s.detail}`}`)],
    ['不符合规定的', of('missed').flatMap(told)],
    ['应予说明的', of('doubtful').flatMap(told)],
    ['逾期的', late.flatMap((d, i) => [`${i + 1}. ${auditDeadlineLine(d)}`, `依据：${auditBasisLine(d.basis)}`])],
    ['不能判断的', of('unknown').map((f, i) => `${i + 1}. ${f.title}：${f.reason}`)],
    [
      '符合规定的',
      [
        ...[...of('met'), ...of('excused')].map((f, i) => `${i + 1}. ${f.title}：${f.reason}`),
        ...report.deadlines.filter((d) => d.state === 'in_time').map(auditDeadlineLine),
      ],
    ],
  ]
  return [
    '行政规范性文件案卷评查报告',
    `文件：${report.title}`,
    `${report.tier}；制定机关：${report.issuers.join('、')}；起草单位：${report.draftingUnit}；${report.place}`,
    `案卷来源：${report.source}；评查之日：${day(report.asOf)}；所依规则：${versions.join('、') || '无'}（各关依当日施行的规则）`,
    `结论：${auditSummary(report)}`,
    ...sections
      .filter(([, lines]) => lines.length > 0)
      .flatMap(([title, lines], i) => [`${numerals[i]}、${title}`, ...lines]),
  ]
}
