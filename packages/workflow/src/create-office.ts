// Builds the office: packs are fixed in the database, the calendar is put together from holiday notices and local
// festivals, the job queue is connected.
import {
  type CalendarData,
  createCalendar,
  dateInShanghai,
  ningxiaOverlay,
  type WorkCalendar,
} from '@dianzhang/calendar'
import { asc, type Db, type DbOrTx, schema, sql } from '@dianzhang/database'
import { completePack, type Pack, storedPacks } from '@dianzhang/packs'
import { connectQueue } from './jobs/queue.ts'
import { openOffices } from './office/act.ts'
import type { Clock, Log, Meters, Office, RuleStore } from './office.ts'
import { ensureBodies } from './people/ensure-bodies.ts'
import { rulesRevision } from './rules-revision.ts'

export interface OfficeParts {
  db: Db
  readDb: Db
  /** The same as `db` by default. */
  commandDb?: Db
  sessionDb?: Db
  clock: Clock
  log: Log
  meters: Meters
  mode: Office['mode']
  outward?: Office['outward']
}

/**
 * Calendar of the jurisdiction: notices of the State Council's General Office and local festivals (built into the
 * pack or entered by an administrator).
 */
export function calendarData(pack: Pack, notices: Array<typeof schema.holidayNotices.$inferSelect>): CalendarData {
  const national = notices.filter((n) => n.jurisdictionId === 'CN')
  const local = notices.filter((n) => n.jurisdictionId === pack.jurisdiction && n.jurisdictionId !== 'CN')
  const ningxia = pack.calendar.overlay === 'ningxia'
  return {
    jurisdiction: pack.jurisdiction,
    notices: national.map((n) => ({ year: n.year, source: n.source, days: n.days })),
    overlay: [
      ...(ningxia ? ningxiaOverlay : []),
      ...local.flatMap((n) => n.days.map((d) => ({ ...d, region: pack.name }))),
    ],
    ...(ningxia
      ? {
          overlayExpectedFrom: 2019,
          overlayNames: ['开斋节', '古尔邦节'],
          overlayEnteredYears: local.map((n) => n.year),
        }
      : {}),
  }
}

const askRevision = async (from: DbOrTx): Promise<string> => {
  const [row] = await from.execute<{ revision: string }>(sql.raw(`select ${rulesRevision} as revision`))
  return row?.revision ?? ''
}

async function createRules(db: Db): Promise<RuleStore> {
  let known = { revision: '', byVersion: new Map<string, Pack>(), calendars: new Map<string, WorkCalendar>() }
  const versions = (jurisdiction: string) =>
    [...known.byVersion.values()]
      .filter((p) => p.jurisdiction === jurisdiction)
      .sort(
        (a, b) =>
          a.effectiveFrom.localeCompare(b.effectiveFrom) || a.version.localeCompare(b.version, 'en', { numeric: true }),
      )
  const latest = (jurisdiction: string, on: string): Pack => {
    const found =
      versions(jurisdiction)
        .filter((p) => p.effectiveFrom <= on)
        .at(-1) ?? versions(jurisdiction)[0]
    if (!found) throw new Error(`没有法域 ${jurisdiction} 的规则包`)
    return found
  }
  let begun = 0
  let adopted = 0
  const reload = async (from: DbOrTx): Promise<void> => {
    const turn = ++begun
    // Reads the revision first, then the content: the content may be newer than the revision, never older.
    const revision = await askRevision(from)
    const packs = await from.select().from(schema.rulePacks)
    const notices = await from.select().from(schema.holidayNotices).orderBy(asc(schema.holidayNotices.loadedAt))
    // A reading that began later has finished; it prevails.
    if (turn < adopted) return
    adopted = turn
    const byVersion = new Map<string, Pack>()
    // A pack is fixed once used: what was read is not read again.
    for (const { version, body } of packs)
      byVersion.set(version, known.byVersion.get(version) ?? completePack(body as unknown as Pack))
    const calendars = new Map<string, WorkCalendar>()
    for (const pack of byVersion.values()) calendars.set(pack.jurisdiction, createCalendar(calendarData(pack, notices)))
    known = { revision, byVersion, calendars }
  }
  await reload(db)
  return {
    pack: (jurisdiction, version) => {
      const pack = known.byVersion.get(version)
      if (!pack || pack.jurisdiction !== jurisdiction) throw new Error(`没有规则包 ${version}`)
      return pack
    },
    latest,
    versions,
    calendar: (jurisdiction) => {
      const calendar = known.calendars.get(jurisdiction)
      if (!calendar) throw new Error(`没有法域 ${jurisdiction} 的日历`)
      return calendar
    },
    current: async (revision, within = db) => {
      if (revision !== known.revision) await reload(within)
    },
    refresh: async () => {
      if ((await askRevision(db)) !== known.revision) await reload(db)
    },
  }
}

/**
 * Writes the packs that come with the program into the database. A version already there must match character for
 * character: a pack is fixed once used, and changes need a new version.
 */
export async function installPacks(db: Db, now: Date): Promise<void> {
  const { rulePacks, jurisdictions } = schema
  const owners = [...new Map(storedPacks.map((p) => [p.jurisdiction, p])).values()]
  await db
    .insert(jurisdictions)
    .values(owners.map((p) => ({ id: p.jurisdiction, name: p.name, parentId: p.parent })))
    .onConflictDoNothing()
  // Compared where they are stored: reading all of them to compare took longer than the rest of the start.
  const given = JSON.stringify(storedPacks.map((body) => ({ version: body.version, body })))
  const known = await db.execute<{ version: string; same: boolean }>(sql`
    select r.version, r.body = g.body as same
    from jsonb_to_recordset(${given}::jsonb) as g(version text, body jsonb) join ${rulePacks} r on r.version = g.version`)
  const stored = new Map(known.map(({ version, same }) => [version, same]))
  const missing = storedPacks.flatMap((pack) => {
    const { jurisdiction: jurisdictionId, version, effectiveFrom } = pack
    const same = stored.get(version)
    if (same === false) throw new Error(`规则包 ${version} 与库中已固定的内容不同；请另立新版本，不要改动旧版本`)
    const body = () => JSON.parse(JSON.stringify(pack)) as Record<string, unknown>
    return same ? [] : [{ jurisdictionId, version, effectiveFrom, body: body(), loadedAt: now }]
  })
  if (missing.length > 0) await db.insert(rulePacks).values(missing).onConflictDoNothing()
}

/** Builds the office on a migrated database. `close` stops the job queue (it does not close connections). */
export async function createOffice(parts: OfficeParts): Promise<Office & { close(): Promise<void> }> {
  await installPacks(parts.db, parts.clock.now())
  const [rules, queue] = await Promise.all([
    createRules(parts.db),
    connectQueue(parts.db, parts.log, { supervise: parts.mode !== 'test' }),
  ])
  const today = dateInShanghai(parts.clock.now().toISOString())
  const places = await parts.db.selectDistinct({ id: schema.units.jurisdictionId }).from(schema.units)
  for (const { id } of places)
    if (rules.versions(id).length > 0) await ensureBodies(parts.db, id, rules.latest(id, today))
  const office = {
    ...parts,
    commandDb: parts.commandDb ?? parts.db,
    sessionDb: parts.sessionDb ?? parts.db,
    rules,
    jobs: queue.jobs,
    outward: parts.outward ?? null,
    close: queue.stop,
  }
  await openOffices(office)
  return office
}
