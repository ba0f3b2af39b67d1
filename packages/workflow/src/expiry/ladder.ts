// The ladder of expiry: every document in force whose validity ends is told of each rung once, imported entries included,
// and each alert has an owner. What a sweep costs is what has become due since the last one, not the whole register.
import { addDays, addMonths, dateInShanghai } from '@dianzhang/calendar'
import { and, eq, gte, inArray, isNotNull, lte, or, type SQL, schema } from '@dianzhang/database'
import { statusColumns, statusOn } from '@dianzhang/register'
import type { UnitFact } from '@dianzhang/rules'
import { actInOffice } from '../office/act.ts'
import { officeId } from '../office/desk.ts'
import type { Office } from '../office.ts'
import { derivedId } from '../outbox.ts'
import { unitNamed } from '../units-from.ts'

const {
  registerEntries: e,
  expiryAlerts: t,
  validityAnswers: v,
  settings: s,
  matters: m,
  units: u,
  personRoles: r,
} = schema
const settingKey = 'expiry.swept'
interface Swept {
  /** Day up to which every rung has been raised, and the instant of the sweep. */
  on: string
  at: string
}
interface Alert {
  entry: string
  validUntil: string
  months: number
  dueOn: string
  unit: string
  role: string
}
const ended = new Set(['repealed', 'expired', 'annulled'])
const columns = {
  id: e.id,
  documentId: e.documentId,
  issuers: e.issuers,
  ...statusColumns,
}
/** Raises every alert that has become due in every jurisdiction; returns how many. Called by every sweep; safe to call at any time. */
export async function raiseExpiryAlerts(office: Office): Promise<number> {
  const places = await office.db.selectDistinct({ id: u.jurisdictionId }).from(u)
  let raised = 0
  for (const { id } of places) if (office.rules.versions(id).length > 0) raised += await raiseIn(office, id)
  return raised
}
async function raiseIn(office: Office, jurisdiction: string): Promise<number> {
  const now = office.clock.now()
  const today = dateInShanghai(now.toISOString())
  const [row] = await office.db
    .select({ value: s.value })
    .from(s)
    .where(and(eq(s.jurisdictionId, jurisdiction), eq(s.key, settingKey)))
  const last = row?.value as unknown as Swept | undefined
  // A clock that was put back has nothing that is due anew.
  if (last && last.on > today) return 0
  const rungs = [...office.rules.latest(jurisdiction, today).validity.ladderMonths.value].sort((a, b) => b - a)
  const dueOf = (validUntil: string, months: number): string => addMonths(validUntil, -months)
  const within = (condition: SQL | undefined) =>
    office.db
      .select(columns)
      .from(e)
      .where(and(eq(e.jurisdictionId, jurisdiction), isNotNull(e.validUntil), condition))
  const wanted: Array<{ row: Awaited<ReturnType<typeof within>>[number]; months: number; dueOn: string }> = []
  // Rungs whose day lies between the last sweep and today: all of them, though the server stood still in between.
  if (last && last.on < today)
    for (const months of rungs)
      for (const found of await within(
        and(
          gte(e.validUntil, addDays(addMonths(last.on, months), -4)),
          lte(e.validUntil, addDays(addMonths(today, months), 4)),
        ),
      )) {
        const dueOn = dueOf(found.validUntil ?? '', months)
        if (dueOn > last.on && dueOn <= today) wanted.push({ row: found, months, dueOn })
      }
  // What came in since (or was there when the ladder was first looked at): the nearest rung that has passed, not the older ones.
  const fresh = last
    ? await within(
        and(
          gte(e.validUntil, today),
          or(
            gte(e.createdAt, new Date(last.at)),
            inArray(
              e.id,
              office.db
                .select({ id: v.entryId })
                .from(v)
                .where(and(eq(v.jurisdictionId, jurisdiction), gte(v.at, new Date(last.at)))),
            ),
          ),
        ),
      )
    : await within(and(gte(e.validUntil, today), lte(e.validUntil, addMonths(today, rungs[0] ?? 0))))
  for (const found of fresh) {
    const months = rungs.findLast((rung) => dueOf(found.validUntil ?? '', rung) <= today)
    if (months !== undefined) wanted.push({ row: found, months, dueOn: dueOf(found.validUntil ?? '', months) })
  }
  const standing = wanted.filter(({ row: found, dueOn }) => !ended.has(statusOn(found, dueOn).status))
  const alerts = await owned(office, jurisdiction, await unraised(office, jurisdiction, standing))
  if (alerts.length > 0 && (await writtenLater(office, jurisdiction, now))) return 0
  for (let at = 0; at < alerts.length; at += 500) {
    const part = alerts.slice(at, at + 500)
    const key = part.map((x) => `${x.entry} ${x.validUntil} ${x.months}`).join('\n')
    await actInOffice(
      office,
      { kind: 'system', jurisdiction },
      'RaiseExpiryAlerts',
      { alerts: part },
      derivedId('expiry alerts', jurisdiction, key),
    )
  }
  if (!last || last.on < today) {
    const value = { on: today, at: now.toISOString() }
    await office.db
      .insert(s)
      .values({ jurisdictionId: jurisdiction, key: settingKey, value })
      .onConflictDoUpdate({ target: [s.jurisdictionId, s.key], set: { value } })
  }
  return alerts.length
}
/** Whether the office's ledger already tells of a later instant: a clock that stands behind it writes nothing into it. */
async function writtenLater(office: Office, jurisdiction: string, now: Date): Promise<boolean> {
  const [row] = await office.db
    .select({ at: m.updatedAt })
    .from(m)
    .where(and(eq(m.jurisdictionId, jurisdiction), eq(m.id, officeId)))
  return row !== undefined && row.at > now
}
type Wanted = {
  row: { id: string; validUntil: string | null; documentId: string | null; issuers: string[] }
  months: number
  dueOn: string
}
async function unraised<W extends Wanted>(office: Office, jurisdiction: string, wanted: W[]): Promise<W[]> {
  if (wanted.length === 0) return []
  const ids = [...new Set(wanted.map(({ row }) => row.id))]
  const known = new Set<string>()
  for (let at = 0; at < ids.length; at += 5000)
    for (const x of await office.db
      .select({ entry: t.entryId, validUntil: t.validUntil, months: t.months })
      .from(t)
      .where(and(eq(t.jurisdictionId, jurisdiction), inArray(t.entryId, ids.slice(at, at + 5000)))))
      known.add(`${x.entry} ${x.validUntil} ${x.months}`)
  const left = new Map<string, W>()
  for (const x of wanted) {
    const key = `${x.row.id} ${x.row.validUntil} ${x.months}`
    if (!known.has(key)) left.set(key, x)
  }
  return [...left.values()]
}
/** Whose it is: the drafting unit; of an imported entry its issuer's own head; where nobody is known, the registrar, else the office. */
async function owned(office: Office, jurisdiction: string, wanted: Wanted[]): Promise<Alert[]> {
  if (wanted.length === 0) return []
  const [units, registrars] = await Promise.all([
    office.db.select().from(u).where(eq(u.jurisdictionId, jurisdiction)),
    office.db
      .select({ unit: r.unitId })
      .from(r)
      .where(and(eq(r.jurisdictionId, jurisdiction), eq(r.role, 'registrar'))),
  ])
  const facts = Object.fromEntries(units.map((x) => [x.id, { id: x.id, name: x.name, kind: x.kind } as UnitFact]))
  const made = wanted.flatMap(({ row }) => row.documentId ?? [])
  const drafting = new Map<string, string>()
  for (let at = 0; at < made.length; at += 5000)
    for (const x of await office.db
      .select({ id: m.id, unit: m.unit })
      .from(m)
      .where(and(eq(m.jurisdictionId, jurisdiction), inArray(m.id, made.slice(at, at + 5000)))))
      drafting.set(x.id, x.unit)
  const government = units.find(({ kind }) => kind === 'government')?.id ?? ''
  const nobody = registrars.some(({ unit }) => unit === government)
    ? { unit: government, role: 'registrar' }
    : { unit: units.find(({ kind }) => kind === 'office')?.id ?? government, role: 'secretariat' }
  return wanted.map(({ row, months, dueOn }) => {
    const own = row.documentId ? drafting.get(row.documentId) : undefined
    const issuer = own ?? (row.issuers[0] ? unitNamed(facts, row.issuers[0]) : undefined)
    const kind = issuer ? facts[issuer]?.kind : undefined
    const owner =
      issuer && (own || kind === 'department' || kind === 'township') ? { unit: issuer, role: 'unit_head' } : nobody
    return { entry: row.id, validUntil: row.validUntil ?? '', months, dueOn, ...owner }
  })
}
