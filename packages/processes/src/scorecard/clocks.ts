import { datedClock, type MatterClock } from '@dianzhang/kernel'
import type { ScoreDossier } from './dossier.ts'
import type { ScoreFacts, ScoreShape } from './shape.ts'

type Asked = Pick<ScoreFacts, 'dossier' | 'pack' | 'calendar' | 'today'>
/** 自评报送的最后一日。 */
export const selfBy = ({ dossier: d, pack }: Asked): string => `${d.year}-${pack.scorecard.selfAssessBy.value}`
/** 可以提出异议的最后一日；没有核定的为 null。 */
export function objectionBy({ dossier: d, pack, calendar, today }: Asked): string | null {
  if (d.checked === null) return null
  const { value, unit } = pack.scorecard.objectionDays
  return calendar.explain({
    start: d.checked.on,
    amount: value,
    unit: unit ?? 'working_day',
    mode: 'deadline',
    asOf: today,
  }).due
}
function scoreClocks(f: ScoreFacts): MatterClock[] {
  const { dossier: d, pack } = f
  const clock = (
    kind: string,
    label: string,
    [startsOn, dueOn]: [string, string],
    metOn: string | null,
    basis: MatterClock['basis'],
  ): MatterClock => datedClock({ key: kind, kind: `score_${kind}`, label, startsOn, dueOn, metOn, basis })
  const objection = objectionBy(f)
  return [
    clock(
      'self',
      '报送自评',
      [`${d.year}-${pack.scorecard.selfAssessFrom.value}`, selfBy(f)],
      d.self?.on ?? null,
      pack.scorecard.selfAssessBy.source,
    ),
    ...(objection === null || d.checked === null
      ? []
      : [clock('objection', '提出异议', [d.checked.on, objection], d.finalOn, pack.scorecard.objectionDays.source)]),
  ]
}
export const clocks = {
  of: scoreClocks,
  restOn: (d: ScoreDossier): readonly unknown[] => [d.packVersion, d.self, d.checked, d.finalOn],
  ours: () => true,
  recompute: 'RecomputeDeadlines' as const,
  due: (command: string) => ({ type: command as ScoreShape['command'] }),
}
