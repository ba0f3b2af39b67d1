// 核查的期限：自开启之日起规则包所定的日数；变动事先知道的，不晚于变动前一日。
import { addDays, endOfDayInstant } from '@dianzhang/calendar'
import type { Basis } from '@dianzhang/contract'
import type { MatterClock } from '@dianzhang/kernel'
import type { ImpactDossier } from './dossier.ts'
import type { ImpactFacts, ImpactShape } from './shape.ts'

export interface ImpactClock extends MatterClock {
  basis: Basis[]
}
export function checkDue(f: Pick<ImpactFacts, 'dossier' | 'pack' | 'calendar' | 'today'>): string {
  const { openedOn, event } = f.dossier
  const { value, unit } = f.pack.cleanup.impactCheckWithin
  const { due } = f.calendar.explain({
    start: openedOn,
    amount: value,
    unit: unit ?? 'calendar_day',
    mode: 'deadline',
    asOf: f.today,
  })
  const before = addDays(event.on, -1)
  return before > openedOn && before < due ? before : due
}
function impactClocks(f: ImpactFacts): ImpactClock[] {
  const d = f.dossier
  const dueOn = checkDue(f)
  const done = d.conclusion !== null && d.conclusion.outcome !== 'undecided' ? d.conclusion.on : null
  return [
    {
      key: 'check',
      kind: 'impact_check',
      label: '上位法变化核查',
      startsOn: d.openedOn,
      dueOn,
      dueAt: endOfDayInstant(dueOn),
      provisional: false,
      basis: f.pack.cleanup.impactCheckWithin.source,
      status: done ? 'met' : 'open',
      ...(done ? { metOn: done } : {}),
      sends: null,
    },
  ]
}
export const clocks = {
  of: impactClocks,
  restOn: (d: ImpactDossier): readonly unknown[] => [d.packVersion, d.openedOn, d.event, d.conclusion],
  ours: () => true,
  recompute: 'RecomputeDeadlines' as const,
  due: (command: string) => ({ type: command as ImpactShape['command'] }),
}
