// Whose turn: what waits for whom on documents. Stages say which role's turn it is (`whose`); this says which units
// each role looks at, and what still counts as something to do.
import { addDays } from '@dianzhang/calendar'
import { and, arrayOverlaps, eq, inArray, lte, not, or, type SQL, schema, sql } from '@dianzhang/database'
import { engine } from '@dianzhang/lifecycle'
import type { Clock } from '@dianzhang/rules'
import type { Person } from '../office.ts'

const { matters: m, deadlines: t } = schema
const stage = (...names: string[]) => inArray(sql`split_part(${m.stage}, '.', 1)`, names)

/**
 * Deadlines between submission for filing and its conclusion, whichever side's turn it is: all that time the file
 * waits with the filing registrar.
 */
const openFiling: Array<Clock['kind']> = [
  'filing_formal_check',
  'filing_review',
  'filing_supplement',
  'filing_resubmit',
  'correction',
]
/**
 * After publication, only deadlines within this many days are listed as waiting; those further off (validity,
 * evaluation before expiry) can be seen in the file.
 */
const ahead = 90

/**
 * “Mine”: files whose turn is mine, and files I drafted. Those that have ended have nothing to do, and neither have
 * published ones without a deadline soon; they are not among them.
 */
export function documentTurn(who: Person, today: string): SQL | undefined {
  const pressing = or(not(stage('effective')), lte(m.nextDueOn, addDays(today, ahead)))
  const filing = sql`exists (select 1 from ${t} where ${t.jurisdictionId} = ${m.jurisdictionId} and ${t.matterId} = ${m.id}
    and ${t.status} = 'open' and ${inArray(t.kind, openFiling)})`
  const concerned = or(
    and(eq(m.openedBy, who.person), pressing),
    // The drafting side and receiving units see only their own; the others see the whole jurisdiction.
    ...who.posts.map((p) => {
      const turn = engine.turnOf(p.role)
      if (turn.length === 0) return undefined
      if (p.role === 'drafter' || p.role === 'unit_head') return and(eq(m.unit, p.unit), stage(...turn), pressing)
      if (p.role === 'registrar') return and(stage(...turn), arrayOverlaps(m.involvedUnits, [p.unit]), filing)
      if (p.role === 'leader' || p.role === 'department_contact')
        return and(stage(...turn), arrayOverlaps(m.involvedUnits, [p.unit]))
      return and(stage(...turn), p.role === 'secretariat' ? pressing : undefined)
    }),
  )
  return and(not(stage('closed')), concerned)
}
