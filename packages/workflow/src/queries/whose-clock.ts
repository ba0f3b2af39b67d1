// Whose a running clock is to answer, in words: of the turns that answer it; else by the law of the commands that would.
import { type answers, type Role, roleLabels } from '@dianzhang/contract'
import type { MatterClock } from '@dianzhang/kernel'
import type { UnitFact } from '@dianzhang/rules'
import type { Desk, MatterShape } from '../door/desk.ts'
import type { Actor } from '../office.ts'
import { staffRoles, unitsOf } from '../projections/turns.ts'

type TurnLine = answers.Given<typeof answers.TurnLine>
/** More units than this are counted, not listed. */
const listed = 2

/** Nothing for a clock that nobody answers: it runs out by itself, or the system acts. */
export function whoseClock<S extends MatterShape>(
  desk: Desk<S>,
  actor: Actor,
  { dossier, units }: { dossier: S['dossier']; units: Record<string, UnitFact> },
  turns: readonly TurnLine[],
  clock: Pick<MatterClock, 'key' | 'kind' | 'status'>,
): { whose?: string; mine?: boolean } {
  if (clock.status !== 'open' && clock.status !== 'paused') return {}
  const { clocks, law } = desk.engine.process
  const posts = actor.kind === 'person' ? actor.posts : []
  const said = (who: ReadonlyArray<{ role: Role | null; unit: string }>) => {
    if (who.length === 0) return {}
    const names = [...new Set(who.map((w) => (w.unit === '' ? w.role && roleLabels[w.role] : units[w.unit]?.name)))]
      .filter((name) => name != null)
      .sort()
    return {
      whose: names.length > listed ? `${names[0]}等${names.length}个单位` : names.join('、'),
      mine: who.some((w) => posts.some((post) => (w.unit === '' ? post.role === w.role : post.unit === w.unit))),
    }
  }
  const asked = clocks.askedOf?.(clock)
  if (asked != null) return said([{ role: null, unit: asked }])
  const commands = Object.entries(clocks.answeredBy ?? {}).flatMap(([command, kinds]) =>
    (kinds as readonly string[]).includes(clock.kind) ? [command as S['command']] : [],
  )
  const awaited = turns.filter((turn) => commands.includes(turn.command))
  return said(
    awaited.length > 0
      ? awaited.map((turn) => ({ role: turn.role as Role, unit: turn.unit?.id ?? '' }))
      : commands.flatMap((command) =>
          staffRoles(law[command].by).flatMap((role) =>
            unitsOf(desk, actor.jurisdiction, command, role, dossier, units).map((unit) => ({ role, unit })),
          ),
        ),
  )
}
