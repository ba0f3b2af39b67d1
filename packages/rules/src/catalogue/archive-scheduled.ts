// 归档：写明本机关归档范围和保管期限表所定的保管期限；有归档日数的不逾期。
import { roleLabels } from '@dianzhang/contract'
import { latestPack, mark, source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { onDay, withCommand } from '../patch.ts'
import { archiveDue, transferDue } from '../periods.ts'
import type { Rule } from '../rule.ts'
import { day, filled } from '../words.ts'

const secretary = { person: 'p-secretary', unit: 'hy-office', roles: ['secretariat' as const] }
const archiving = (f: Facts, payload: Record<string, unknown>): Facts =>
  withCommand(f, 'ArchiveFile', payload, secretary)
const inYantai = (f: Facts, today: string): Facts => ({
  ...onDay(f, today),
  pack: latestPack('370600', f.today) ?? f.pack,
})

export const archiveScheduled: Rule = {
  id: 'archive.scheduled',
  title: '归档时写明本机关保管期限表所定的保管期限，按期归档',
  // 保管期限由各机关自编，期限与日数各地不一：只作提示。
  severity: 'warn',
  basis: source.archivesRegulation('第十九条第二款'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const { schedule, closeWithinDays, transferAfterYears } = f.pack.archive
    const more = basedOn([...schedule.source, ...closeWithinDays.source, ...transferAfterYears.source])
    const transfer = transferDue(f)
    const later = transfer ? `；${day(transfer.due)}起满${transferAfterYears.value}年，向同级国家档案馆移交` : ''
    const retention = f.command?.payload.retention
    const due = archiveDue(f)
    if (f.command?.type !== 'ArchiveFile') return holds(`归档范围和保管期限${schedule.value}${later}`, more)
    const faults = [
      ...(filled(retention) ? [] : [`没有写明保管期限：依${schedule.value}的归档范围和保管期限表${mark(schedule)}`]),
      ...(due && f.today > due.due ? [`应当于${day(due.due)}以前归档${mark(closeWithinDays)}`] : []),
    ]
    if (faults.length > 0) return fails(`${faults.join('；')}${later}`, more)
    return holds(`保管期限：${String(retention).trim()}${later}`, more)
  },
  examples: {
    holds: [
      { name: '写明保管期限', given: (f) => archiving(f, { retention: '永久' }), says: '满10年，向同级国家档案馆移交' },
      { name: '没有在归档时说明依据', given: (f) => f, says: '本机关自编' },
    ],
    refused: [
      { name: '没有写明保管期限', given: (f) => archiving(f, {}), says: '没有写明保管期限' },
      {
        name: '烟台：公布满60日以后才归档',
        given: (f) => archiving(inYantai(f, '2026-08-03'), { retention: '永久' }),
        says: '应当于2026年7月27日（星期一）以前归档',
      },
    ],
  },
}
