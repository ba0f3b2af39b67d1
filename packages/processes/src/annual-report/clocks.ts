// 这一年度的报送、公开，各是一项期限；日期取自规则包，没有日期的没有期限。
import { addDays, addMonths } from '@dianzhang/calendar'
import { type ReportDuty, reportDutyLabels } from '@dianzhang/contract'
import { datedClock, type MatterClock } from '@dianzhang/kernel'
import type { Param } from '@dianzhang/packs'
import type { ReportDossier } from './dossier.ts'
import type { ReportFacts, ReportShape } from './shape.ts'

/** 报告公开的最后一日：次年规则包所定的月、日；没有的为 null。 */
export const publicBy = ({ dossier: d, pack }: Pick<ReportFacts, 'dossier' | 'pack'>): string | null =>
  pack.yearly.reportPublicBy.value === null ? null : `${d.year + 1}-${pack.yearly.reportPublicBy.value}`

function reportClocks({ dossier: d, pack }: ReportFacts): MatterClock[] {
  const { threeNumbersBy, filingCatalogueBy, reportBy, reportPublicBy, quarterListMonths } = pack.yearly
  const doneOn = (duty: ReportDuty): string | null => d.duties.find((x) => x.duty === duty)?.on ?? null
  const clock = (
    key: string,
    label: string,
    startsOn: string,
    dueOn: string | null,
    param: Param<unknown>,
    metOn: string | null,
  ): MatterClock[] =>
    dueOn === null
      ? []
      : [
          datedClock({
            key,
            kind: `report_${key.startsWith('quarter') ? 'quarter' : key}`,
            label,
            startsOn,
            dueOn,
            metOn,
            basis: param.source,
          }),
        ]
  const next = (monthDay: string | null): string | null => (monthDay === null ? null : `${d.year + 1}-${monthDay}`)
  const over = `${d.year + 1}-01-01`
  const months = quarterListMonths.value
  return [
    ...[1, 2, 3, 4].flatMap((n) => {
      // 季度结束后的第一日；目录在其后第几个月的最后一日以前公布。
      const after = n === 4 ? over : `${d.year}-${String(n * 3 + 1).padStart(2, '0')}-01`
      const duty = `quarter_${n}` as ReportDuty
      const due = months === null ? null : addDays(addMonths(after, months), -1)
      return clock(duty, reportDutyLabels[duty], after, due, quarterListMonths, doneOn(duty))
    }),
    ...clock(
      'three_numbers',
      reportDutyLabels.three_numbers,
      over,
      next(threeNumbersBy.value),
      threeNumbersBy,
      doneOn('three_numbers'),
    ),
    ...clock(
      'filing_list',
      reportDutyLabels.filing_list,
      over,
      next(filingCatalogueBy.value),
      filingCatalogueBy,
      doneOn('filing_list'),
    ),
    ...clock('report', reportDutyLabels.report, over, next(reportBy.value), reportBy, doneOn('report')),
    ...clock('public', '公开年度报告', over, next(reportPublicBy.value), reportPublicBy, d.publishedOn),
  ]
}
export const clocks = {
  of: reportClocks,
  restOn: (d: ReportDossier): readonly unknown[] => [d.packVersion, d.duties, d.publishedOn],
  ours: () => true,
  answeredBy: { RecordDuty: ['report_quarter', 'report_three_numbers', 'report_filing_list', 'report_report'] },
  due: (command: string) => ({ type: command as ReportShape['command'] }),
}
