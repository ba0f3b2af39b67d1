import type { BodyFact, UnitFact } from '@dianzhang/rules'

/** The registered meeting that is meant, by its id or its name; none: no meeting is registered so. */
export const meetingOf = (units: Readonly<Record<string, UnitFact>>, ref: unknown): BodyFact | undefined =>
  Object.values(units)
    .flatMap((unit) => unit.bodies)
    .find((b) => b.kind === 'meeting' && (b.id === ref || b.name === ref))
