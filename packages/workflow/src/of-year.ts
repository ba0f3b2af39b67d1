// Matters of which there is one a year: a list, a report, a unit's scorecard.
import { and, eq, schema, sql } from '@dianzhang/database'

const { matters: m } = schema

/** Matters of this kind whose dossier is of the year `year`. */
export const ofYear = (jurisdiction: string, kind: string, year: number) =>
  and(
    eq(m.jurisdictionId, jurisdiction),
    eq(m.process, kind),
    sql`(${m.snapshot}->'context'->'dossier'->>'year')::int = ${year}`,
  )
