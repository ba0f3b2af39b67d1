// 轮到谁：文件的待办。各阶段说轮到哪一角色（`whose`），这里规定各角色看哪些单位的、哪些还算有事可办。
import { addDays } from '@dianzhang/calendar'
import { and, arrayOverlaps, eq, inArray, lte, not, or, type SQL, schema, sql } from '@dianzhang/database'
import { engine } from '@dianzhang/lifecycle'
import type { Clock } from '@dianzhang/rules'
import type { Person } from '../office.ts'

const { matters: m, deadlines: t } = schema
const stage = (...names: string[]) => inArray(sql`split_part(${m.stage}, '.', 1)`, names)

/** 报送以后、办结以前的期限，不论轮到哪一方：其间案卷都在备案登记人的待办里。 */
const openFiling: Array<Clock['kind']> = [
  'filing_formal_check',
  'filing_review',
  'filing_supplement',
  'filing_resubmit',
  'correction',
]
/** 公布以后，期限在这许多天之内的才列为待办；更远的（有效期、届满前评估）在案卷里看得到。 */
const ahead = 90

/** “我的”：轮到我办的与我起草的。已经终止的没有事可办，已经公布而近期没有期限的也没有，都不在其中。 */
export function documentTurn(who: Person, today: string): SQL | undefined {
  const pressing = or(not(stage('effective')), lte(m.nextDueOn, addDays(today, ahead)))
  const filing = sql`exists (select 1 from ${t} where ${t.jurisdictionId} = ${m.jurisdictionId} and ${t.matterId} = ${m.id}
    and ${t.status} = 'open' and ${inArray(t.kind, openFiling)})`
  const concerned = or(
    and(eq(m.openedBy, who.person), pressing),
    // 起草一方、受文的单位只看自己的，其余看全法域的。
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
