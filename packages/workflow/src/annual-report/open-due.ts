// The calendar of duties runs though nobody has begun the year's report: from the day that the pack sets, the system opens it, and
// its clocks with it. The id follows from place and year, so nothing is opened twice.
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError, annualReport } from '@dianzhang/contract'
import { and, eq, schema, sql } from '@dianzhang/database'
import { openMatter } from '../matters.ts'
import { ofYear } from '../of-year.ts'
import type { Office } from '../office.ts'
import { derivedId } from '../outbox.ts'

const { matters: m, settings: s, units: u } = schema
const settingKey = 'report.opened'

/** Opens every report of the present year that is due to be there and is not; returns how many. Safe to call at any time. */
export async function openDueReports(office: Office): Promise<number> {
  const today = dateInShanghai(office.clock.now().toISOString())
  const year = Number(today.slice(0, 4))
  // Places with an office to do it, in which this year's was not looked after yet.
  const places = await office.db
    .selectDistinct({ id: u.jurisdictionId })
    .from(u)
    .where(
      and(
        eq(u.kind, 'office'),
        sql`not exists (select 1 from ${s} where ${s.jurisdictionId} = ${u.jurisdictionId} and ${s.key} = ${settingKey} and ${s.value} ->> 'year' >= ${String(year)})`,
      ),
    )
  let opened = 0
  for (const { id } of places) if (await openIn(office, id, year, today)) opened++
  return opened
}
async function openIn(office: Office, jurisdiction: string, year: number, today: string): Promise<boolean> {
  if (office.rules.versions(jurisdiction).length === 0) return false
  const from = office.rules.latest(jurisdiction, today).yearly.reportOpensOn.value
  if (from === null || today < `${year}-${from}`) return false
  const [there] = await office.db
    .select({ id: m.id })
    .from(m)
    .where(ofYear(jurisdiction, annualReport.kind, year))
    .limit(1)
  let opened = false
  if (!there) {
    const matter = derivedId('annual report', jurisdiction, String(year))
    try {
      const command = { type: annualReport.opening.type, year, commandId: derivedId('open', matter) }
      await openMatter(office, { kind: 'system', jurisdiction }, annualReport.kind, command as never, {}, matter)
      opened = true
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'unavailable') throw error
      office.log.warn({ jurisdiction, year, reason: error.message }, '年度报告没有开启')
    }
  }
  const value = { year: String(year) }
  await office.db
    .insert(s)
    .values({ jurisdictionId: jurisdiction, key: settingKey, value })
    .onConflictDoUpdate({ target: [s.jurisdictionId, s.key], set: { value } })
  return opened
}
