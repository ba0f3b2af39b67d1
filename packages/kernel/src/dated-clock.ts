// A clock that runs to a day and is met when the thing is done: nothing is sent when it falls due, and no day of it is provisional.
import { endOfDayInstant } from '@dianzhang/calendar'
import type { MatterClock } from './shape.ts'

/** `startsOn`, `dueOn`: calendar days; `metOn`: the day it was done, null while it is not. */
export const datedClock = ({
  metOn,
  ...given
}: Pick<MatterClock, 'key' | 'kind' | 'label' | 'startsOn' | 'dueOn' | 'basis'> & {
  metOn: string | null
}): MatterClock => ({
  ...given,
  dueAt: endOfDayInstant(given.dueOn),
  status: metOn ? 'met' : 'open',
  ...(metOn ? { metOn } : {}),
  provisional: false,
  sends: null,
})
