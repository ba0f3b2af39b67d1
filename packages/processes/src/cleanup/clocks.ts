// 清理的期限：单位报送、公布结果、公示、重新公布；到期由系统办理的写明命令。
import { addDays, endOfDayInstant } from '@dianzhang/calendar'
import type { Basis } from '@dianzhang/contract'
import type { MatterClock } from '@dianzhang/kernel'
import { source } from '@dianzhang/packs'
import type { CleanupDossier } from './dossier.ts'
import { immediateDue, publishDue, type Reckoned } from './periods.ts'
import type { CleanupFacts, CleanupShape } from './shape.ts'

interface Wanted {
  key: string
  kind: string
  label: string
  metOn: string | null
  cancelled?: boolean
  sends?: CleanupShape['command']
}
const clock = (
  { key, kind, label, metOn, cancelled, sends }: Wanted,
  span: { startsOn: string; dueOn: string; provisional: boolean; basis: Basis[] },
): MatterClock => ({
  key,
  kind,
  label,
  ...span,
  dueAt: endOfDayInstant(span.dueOn),
  status: metOn ? 'met' : cancelled ? 'cancelled' : 'open',
  ...(metOn ? { metOn } : {}),
  sends: sends ?? null,
})
export function cleanupClocks(f: CleanupFacts): MatterClock[] {
  const d = f.dossier
  const list: MatterClock[] = []
  const over = d.cancelled !== null
  const stated = (startsOn: string, dueOn: string, basis: Basis) => ({
    startsOn,
    dueOn,
    provisional: false,
    basis: [basis],
  })
  const add = (wanted: Wanted, reckoned: Reckoned | null) => {
    if (reckoned)
      list.push(
        clock(wanted, {
          startsOn: reckoned.startsOn,
          dueOn: reckoned.answer.due,
          provisional: reckoned.answer.provisional,
          basis: reckoned.basis,
        }),
      )
  }
  const ordered = source.rulemaking('第三十七条')
  if (d.deadlineForUnits)
    list.push(
      clock(
        { key: 'units', kind: 'cleanup_units', label: '各单位报送清理意见', metOn: d.checkedOn, cancelled: over },
        stated(d.plannedOn, d.deadlineForUnits, ordered),
      ),
    )
  if (d.deadlineForResult)
    list.push(
      clock(
        {
          key: 'result',
          kind: 'cleanup_result',
          label: '公布清理结果',
          metOn: d.published?.on ?? null,
          cancelled: over,
        },
        stated(d.plannedOn, d.deadlineForResult, ordered),
      ),
    )
  add(
    { key: 'immediate', kind: 'cleanup_immediate', label: '即时清理', metOn: d.published?.on ?? null, cancelled: over },
    immediateDue(f),
  )
  if (d.notice)
    list.push(
      clock(
        {
          key: `notice-${d.notice.times}`,
          kind: 'cleanup_notice',
          label: '清理结果公示',
          metOn: f.today > d.notice.until || d.decision ? d.notice.until : null,
          cancelled: over,
        },
        stated(d.notice.openedOn, d.notice.until, source.qujiang2021('公示')),
      ),
    )
  add(
    {
      key: 'publish',
      kind: 'cleanup_publish',
      label: '自决定之日起公布结果',
      metOn: d.published?.on ?? null,
      cancelled: over,
    },
    publishDue(f),
  )
  if (d.published)
    for (const { due, appliedOn, items } of d.conditional)
      list.push(
        clock(
          {
            key: `republish-${due}`,
            kind: 'cleanup_republish',
            label: `${items.length}件重新公布，逾期失效`,
            metOn: appliedOn,
            sends: 'ApplyLapses',
          },
          stated(d.published.on, due, source.tongchuan2020('清理决定')),
        ),
      )
  return list
}
export const clocks = {
  of: cleanupClocks,
  restOn: (d: CleanupDossier): readonly unknown[] => [
    d.packVersion,
    d.kind,
    d.plannedOn,
    d.deadlineForUnits,
    d.deadlineForResult,
    d.checkedOn,
    d.notice,
    d.decision,
    d.published,
    d.conditional,
    d.cancelled,
  ],
  /** 重新公布是起草单位的期限，到期由系统办理。 */
  ours: ({ kind }: MatterClock): boolean => kind !== 'cleanup_republish' && kind !== 'cleanup_notice',
  // 到期的时刻是期限最后一日的二十四时，即次日零时。
  due: (command: string, reachedOn: string): { type: CleanupShape['command'] } & Record<string, unknown> =>
    command === 'ApplyLapses'
      ? { type: command, due: addDays(reachedOn, -1) }
      : { type: command as CleanupShape['command'] },
  recompute: 'RecomputeDeadlines' as const,
}
