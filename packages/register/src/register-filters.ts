// Search conditions of the register.
import type { PlainDate } from '@dianzhang/calendar'
import type { PublicStatus } from './status-on.ts'

export interface RegisterFilters {
  /** Search words separated by white space; all must occur. */
  q?: string | undefined
  status?: PublicStatus | undefined
  /** Full name of the issuer. */
  issuer?: string | undefined
  /** The calendar day `YYYY-MM-DD` the status of force is based on, by default today. */
  on?: PlainDate | undefined
  /** Only what the public log held by the end of this day: which entries there were, and their status on `on`. */
  knownOn?: PlainDate | undefined
  category?: string | undefined
  /** Year of publication. */
  year?: number | undefined
  jurisdiction?: string | undefined
  /** In force and not amended for more than so many years. */
  unmodified?: number | undefined
}
