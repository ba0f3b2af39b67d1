// Checks that no command opens: of documents that came into the register after a change was known, and of versions in the
// catalogue that are published and will take effect. Looked for by every sweep; the ids follow from document and change, so
// nothing is opened twice.
import { type ActEvent, actKey, actsAsOf, comingEvents, everyEvent } from '@dianzhang/acts'
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError } from '@dianzhang/contract'
import { and, type Db, eq, schema, sql } from '@dianzhang/database'
import { actFacts } from '@dianzhang/register'
import { standingForce } from '@dianzhang/rules'
import { openMatter } from '../matters.ts'
import type { Office } from '../office.ts'
import { derivedId } from '../outbox.ts'
import { type CheckOpening, checksOf, type KnownEvent, ownEvent } from './open-checks.ts'

const { settings: s, units: u, registerEntries: e } = schema
const settingKey = 'impact.swept'
interface Swept {
  /** Day of the sweep, its instant, and the catalogue it looked at. */
  on: string
  at: string
  catalogue: string
}
const dayMs = 86_400_000

/** Opens every check that is missing in every jurisdiction with a rule pack; returns how many. Safe to call at any time. */
export async function openLateChecks(office: Office): Promise<number> {
  const places = await office.db.selectDistinct({ id: u.jurisdictionId }).from(u)
  let opened = 0
  for (const { id } of places) if (office.rules.versions(id).length > 0) opened += await openIn(office, id)
  return opened
}
async function openIn(office: Office, jurisdiction: string): Promise<number> {
  const { db } = office
  const now = office.clock.now()
  const today = dateInShanghai(now.toISOString())
  const [row] = await db
    .select({ value: s.value })
    .from(s)
    .where(and(eq(s.jurisdictionId, jurisdiction), eq(s.key, settingKey)))
  const last = row?.value as unknown as Swept | undefined
  // A clock that was put back has nothing that is new.
  if (last && last.on > today) return 0
  const coming = comingEvents(today)
  const anew = coming.filter((x) => !last || last.catalogue !== actsAsOf || x.publishedOn > last.on)
  const wanted = await checksOf(db, jurisdiction, anew.map(plain), today)
  // An import keeps the instant at which it began: a day back is looked at again.
  const since = new Date(last ? Date.parse(last.at) - dayMs : 0)
  const fresh = await namedByFresh(db, jurisdiction, since)
  if (fresh.size > 0) {
    const known: KnownEvent[] = [...(await registered(db, jurisdiction)), ...(await own(db, jurisdiction))]
    const named = ({ actKey: key, documentNumber }: ActEvent) => fresh.has(key) || fresh.has(documentNumber ?? '')
    const before = await aliased(db, fresh)
    const asked = known.filter((x) => named(x) || before.has(x.actKey))
    wanted.push(...(await checksOf(db, jurisdiction, asked, today, { since })))
    wanted.push(...(await checksOf(db, jurisdiction, coming.filter(named).map(plain), today, { since })))
  }
  let opened = 0
  for (const check of new Map(wanted.map((x) => [x.matter, x])).values())
    if (await openOne(office, jurisdiction, check)) opened++
  if (!last || last.on < today || last.catalogue !== actsAsOf) {
    const value = { on: today, at: now.toISOString(), catalogue: actsAsOf }
    await db
      .insert(s)
      .values({ jurisdictionId: jurisdiction, key: settingKey, value })
      .onConflictDoUpdate({ target: [s.jurisdictionId, s.key], set: { value } })
  }
  return opened
}
const plain = ({ publishedOn: _, ...event }: ActEvent & { publishedOn: string }): ActEvent => event
/** False: opened meanwhile by the change itself, or no longer possible. */
async function openOne(office: Office, jurisdiction: string, { opens, matter, command }: CheckOpening) {
  try {
    const commandId = derivedId('late check', jurisdiction, matter)
    await openMatter(office, { kind: 'system', jurisdiction }, opens, { ...command, commandId }, {}, matter)
    return true
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'unavailable') throw error
    office.log.warn({ matter, reason: error.message }, '核查没有开启')
    return false
  }
}
/** Names and numbers that entries cite which came in since `since`. */
async function namedByFresh(db: Db, jurisdiction: string, since: Date): Promise<Set<string>> {
  const rows = await db.execute<{ name: string }>(sql`
    select distinct coalesce(c.act_key, c.document_number) as name from register_entries e
    join citations c on c.jurisdiction_id = e.jurisdiction_id and c.entry_id = e.id
    where e.jurisdiction_id = ${jurisdiction} and e.created_at >= ${since.toISOString()}::timestamptz
      and coalesce(c.act_key, c.document_number) is not null`)
  return new Set(rows.map((row) => row.name))
}
/** Full names of registered acts that are cited by an alias. */
async function aliased(db: Db, names: ReadonlySet<string>): Promise<Set<string>> {
  const facts = await actFacts(db)
  return new Set(
    facts.filter((fact) => fact.aliases.some((alias) => names.has(actKey(alias)))).map((fact) => actKey(fact.title)),
  )
}
/** What was registered here: every change, and since when it is known. */
const registered = async (db: Db, jurisdiction: string): Promise<KnownEvent[]> =>
  everyEvent(await actFacts(db, jurisdiction)).map(({ knownFrom, ...event }) => ({
    ...event,
    knownOn: dateInShanghai(knownFrom),
  }))
const kinds: Record<string, ActEvent['kind']> = {
  amended: 'changed',
  repealed: 'ended',
  annulled: 'ended',
  lapsed: 'ended',
}
/** Changes of this county's own documents that stand. */
async function own(db: Db, jurisdiction: string): Promise<KnownEvent[]> {
  const rows = await db
    .select({ title: e.title, number: e.documentNumber, events: e.forceEvents })
    .from(e)
    .where(and(eq(e.jurisdictionId, jurisdiction), sql`${e.forceEvents} <> '[]'::jsonb`))
  return rows.flatMap(({ title, number, events }) =>
    standingForce(events).flatMap((event) => {
      const kind = kinds[event.kind]
      return kind ? [ownEvent({ title, number }, kind, event.on, event.reason)] : []
    }),
  )
}
