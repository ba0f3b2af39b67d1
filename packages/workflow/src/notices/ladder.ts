// The ladder of the pack: who is reminded how many working days before and after a day that presses. Looked at once a day,
// on working days; what was missed while the service stood is made up by the rung that holds now, not by all of them.
import { addDays, dateInShanghai } from '@dianzhang/calendar'
import { and, eq, gte, inArray, isNotNull, lte, schema } from '@dianzhang/database'
import { actInOffice } from '../office/act.ts'
import { officeId } from '../office/desk.ts'
import type { Office } from '../office.ts'
import { derivedId } from '../outbox.ts'
import { workdaysFrom } from './quiet.ts'

const { turns: t, reminders: r, units: u, matters: m } = schema
/** The day on which this office last looked, per database. */
const looked = new WeakMap<object, string>()

/** Reminds of every open turn whose rung has come; returns how many reminders were written. */
export async function climbLadder(office: Office): Promise<number> {
  const today = dateInShanghai(office.clock.now().toISOString())
  if (looked.get(office.db) === today) return 0
  const places = await office.db.selectDistinct({ id: u.jurisdictionId }).from(u)
  let said = 0
  for (const { id } of places) if (office.rules.versions(id).length > 0) said += await remindIn(office, id, today)
  looked.set(office.db, today)
  return said
}
async function remindIn(office: Office, jurisdiction: string, today: string): Promise<number> {
  const calendar = office.rules.calendar(jurisdiction)
  if (!calendar.isWorkday(today).workday) return 0
  const [own] = await office.db
    .select({ at: m.updatedAt })
    .from(m)
    .where(and(eq(m.jurisdictionId, jurisdiction), eq(m.id, officeId)))
  // A clock behind the ledger writes nothing into it.
  if (own && own.at > office.clock.now()) return 0
  const { holderBefore, headAfter, overseerAfter } = office.rules.latest(jurisdiction, today).reminding
  const ladder = [
    ...holderBefore.value.toSorted((a, b) => b - a).map((days) => ({ workdays: days === 0 ? 0 : -days, to: 'holder' })),
    { workdays: headAfter.value, to: 'head' },
    { workdays: overseerAfter.value, to: 'overseer' },
  ]
  const furthest = Math.min(0, ...ladder.map((rung) => rung.workdays))
  const rows = await office.db
    .select()
    .from(t)
    .where(
      and(
        eq(t.jurisdictionId, jurisdiction),
        isNotNull(t.dueOn),
        // Seven days of rest in a row at most, twice over.
        lte(t.dueOn, addDays(today, -furthest * 2 + 16)),
        gte(t.dueOn, addDays(today, -400)),
      ),
    )
  const wanted = rows.flatMap((turn) => {
    const due = turn.dueOn ?? ''
    const rung = ladder.findLastIndex(({ workdays }) => workdaysFrom(due, workdays, calendar) <= today)
    const step = ladder[rung]
    if (!step || (turn.notBefore !== null && turn.notBefore > today)) return []
    const told =
      step.to === 'holder'
        ? { role: turn.role, unit: turn.unit }
        : step.to === 'head' && turn.unit !== ''
          ? { role: 'unit_head', unit: turn.unit }
          : { role: 'secretariat', unit: '' }
    const key = [turn.matterId, turn.command, turn.role, turn.unit, turn.since.toISOString(), due, String(rung)]
    return [
      {
        id: derivedId('rung', jurisdiction, ...key),
        matter: turn.matterId,
        command: turn.command,
        since: turn.since.toISOString(),
        rung,
        dueOn: due,
        ...told,
      },
    ]
  })
  const known = new Set<string>()
  for (let at = 0; at < wanted.length; at += 2000)
    for (const row of await office.db
      .select({ id: r.id })
      .from(r)
      .where(
        and(
          eq(r.jurisdictionId, jurisdiction),
          inArray(
            r.id,
            wanted.slice(at, at + 2000).map(({ id }) => id),
          ),
        ),
      ))
      known.add(row.id)
  const left = wanted.filter(({ id }) => !known.has(id))
  for (let at = 0; at < left.length; at += 500) {
    const reminders = left.slice(at, at + 500)
    await actInOffice(
      office,
      { kind: 'system', jurisdiction },
      'RemindTurns',
      { reminders },
      derivedId('reminders', jurisdiction, reminders.map(({ id }) => id).join('\n')),
    )
  }
  return left.length
}
