// After a restore: numbers that the backup does not have may have been issued already. Numbering, publication,
// submission for filing and sealing stop until someone confirms, series by series, the last number used; numbers lost
// in between are voided with the reason and never issued again. A database quietly replaced by an older one shows in
// the chain heads recorded outside it and is treated the same way.
import { randomUUID } from 'node:crypto'
import { dateInShanghai, minuteInShanghai } from '@dianzhang/calendar'
import { AppError, roleLabels } from '@dianzhang/contract'
import { and, asc, type Db, type DbOrTx, desc, eq, schema, sql, type Tx, withTransaction } from '@dianzhang/database'
import { formatDocumentNumber, formatIndexNumber, formatRegistryNumber, parseNumber } from '@dianzhang/numbering'
import { holdNotices } from './notices/held.ts'
import type { Actor, Office } from './office.ts'
import { recordOfficeAct } from './people/office-acts.ts'

const { ledgerEvents, matters, ledgerSeals, numberSeries, numbers, officeActs, officeLedger, settings } = schema

export interface SeriesHead {
  series: string
  year: number
  kind: string
  last: number
}
/** Chain heads and numbers used of one database at one instant. */
export interface OfficeHeads {
  database: string
  at: string
  jurisdictions: Record<
    string,
    {
      office: { seq: number; hash: string } | null
      /** The newest record of the ledgers of matters: an older database does not have it. Absent in files of before. */
      last?: { matter: string; seq: number; hash: string } | null | undefined
      /** How many records there were; only in files of before, where `last` is absent. */
      events?: number | undefined
      /** The instant of the newest record (ISO). */
      newest: string | null
      series: SeriesHead[]
    }
  >
}
export interface Restoration {
  open: boolean
  /**
   * restored: by the restore command; older: it does not match the chain heads recorded outside and is an older
   * database.
   */
  kind: 'restored' | 'older'
  /** Data from this span were not kept (office time, ISO). */
  lostFrom: string
  lostUntil: string
  /** The last number used in each series as recorded outside the database; absent where unknown. */
  known: SeriesHead[]
  confirmed?: { at: string; by: string; series: SeriesHead[]; reason: string }
}
export interface RestorationRow extends Restoration {
  key: string
}
const national = 'CN'

/** The id of this database: written when first asked for; backup and restore carry it along. */
async function databaseId(db: Db): Promise<string> {
  const where = and(eq(settings.jurisdictionId, national), eq(settings.key, 'database'))
  const read = () => db.select({ value: settings.value }).from(settings).where(where)
  const [found] = await read()
  if (found) return String(found.value.id)
  await db
    .insert(settings)
    .values({ jurisdictionId: national, key: 'database', value: { id: randomUUID() } })
    .onConflictDoNothing()
  const [made] = await read()
  return String(made?.value.id)
}

/** Jurisdictions with files or numbering series. */
async function workingJurisdictions(db: DbOrTx): Promise<string[]> {
  // Asked of the few jurisdictions, each by the first of its key; without the order a place that has none is looked for in the
  // whole table.
  const rows = (await db.execute(sql`
    select j.id from ${schema.jurisdictions} j
    where (select ${matters.id} from ${matters} where ${matters.jurisdictionId} = j.id order by ${matters.jurisdictionId}, ${matters.id} limit 1) is not null
      or exists (select from ${numberSeries} where ${numberSeries.jurisdictionId} = j.id) order by 1`)) as unknown as Array<{
    id: string
  }>
  return rows.map((row) => row.id)
}
async function officeHead(db: DbOrTx, jurisdiction: string): Promise<{ seq: number; hash: string } | null> {
  const [row] = await db
    .select({ seq: officeLedger.seq, hash: officeLedger.hash })
    .from(officeLedger)
    .where(eq(officeLedger.jurisdictionId, jurisdiction))
    .orderBy(desc(officeLedger.seq))
    .limit(1)
  return row ?? null
}
const seriesOf = (db: DbOrTx, jurisdiction: string): Promise<SeriesHead[]> =>
  db
    .select({
      series: numberSeries.series,
      year: numberSeries.year,
      kind: numberSeries.kind,
      last: numberSeries.lastSeq,
    })
    .from(numberSeries)
    .where(eq(numberSeries.jurisdictionId, jurisdiction))
    .orderBy(asc(numberSeries.year), asc(numberSeries.series))

/** Chain heads and numbers used in each jurisdiction at this moment. */
export async function latestHeads(office: Office): Promise<OfficeHeads> {
  const { db } = office
  const heads: OfficeHeads = { database: await databaseId(db), at: office.clock.now().toISOString(), jurisdictions: {} }
  for (const id of [...new Set([national, ...(await workingJurisdictions(db))])]) {
    // Chain heads first, then numbers used: the numbers can only be newer than the heads, so none is wrongly thought
    // missing.
    const head = await officeHead(db, id)
    const [newest] = await db
      .select({ matter: ledgerEvents.matterId, seq: ledgerEvents.seq, hash: ledgerEvents.hash, at: ledgerEvents.at })
      .from(ledgerEvents)
      .where(eq(ledgerEvents.jurisdictionId, id))
      .orderBy(desc(ledgerEvents.at))
      .limit(1)
    heads.jurisdictions[id] = {
      office: head,
      last: newest ? { matter: newest.matter, seq: newest.seq, hash: newest.hash } : null,
      newest: newest?.at.toISOString() ?? null,
      series: await seriesOf(db, id),
    }
  }
  return heads
}

export interface SealToAnchor {
  version: 1
  database: string
  jurisdiction: string
  day: string
  seal: string
  documents: number
  events: number
  office: { seq: number; hash: string } | null
  /**
   * Chain head, at the time of writing, of the office ledger that belongs to no jurisdiction (accounts, national
   * rules and holiday notices).
   */
  national: { seq: number; hash: string } | null
}
/** The seals of each jurisdiction after the day that `last` gives, in order of date. */
export async function sealsAfter(
  office: Office,
  last: (database: string, jurisdiction: string) => string | null,
): Promise<SealToAnchor[]> {
  const { db } = office
  const database = await databaseId(db)
  const shared = await officeHead(db, national)
  const found: SealToAnchor[] = []
  for (const jurisdiction of await workingJurisdictions(db)) {
    const after = last(database, jurisdiction)
    const rows = await db
      .select({
        day: ledgerSeals.day,
        seal: ledgerSeals.seal,
        documents: ledgerSeals.documents,
        events: ledgerSeals.events,
        office: ledgerSeals.office,
      })
      .from(ledgerSeals)
      .where(
        and(
          eq(ledgerSeals.jurisdictionId, jurisdiction),
          after === null ? undefined : sql`${ledgerSeals.day} > ${after}`,
        ),
      )
      .orderBy(asc(ledgerSeals.day))
    for (const row of rows)
      found.push({ version: 1, database, jurisdiction, national: shared, ...row, office: row.office ?? null })
  }
  return found.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}

/** Restores not confirmed yet; all jurisdictions unless `jurisdiction` is given. */
export async function openRestorations(db: DbOrTx, jurisdiction: string): Promise<RestorationRow[]> {
  return (await restorations(db, jurisdiction)).filter((each) => each.open)
}
async function restorations(db: DbOrTx, jurisdiction: string): Promise<RestorationRow[]> {
  const rows = await db
    .select({ key: settings.key, value: settings.value })
    .from(settings)
    .where(and(eq(settings.jurisdictionId, jurisdiction), sql`${settings.key} like 'restoration:%'`))
    .orderBy(asc(settings.key))
  return rows.map((row) => ({ key: row.key, ...(row.value as unknown as Restoration) }))
}

/**
 * Refuses (409) while nobody has confirmed the numbers used since a restore: no numbering, no publication, no
 * submission for filing.
 */
export async function requireNumbering(db: DbOrTx, jurisdiction: string): Promise<void> {
  const why = await numberingSuspended(db, jurisdiction)
  if (why !== null) throw new AppError('conflict', why)
}
/** Why numbering has stopped; null when it has not. */
export async function numberingSuspended(db: DbOrTx, jurisdiction: string): Promise<string | null> {
  const [open] = await openRestorations(db, jurisdiction)
  if (!open) return null
  return (
    `数据库${open.kind === 'restored' ? '由备份恢复' : '被换成了旧的'}，${minuteInShanghai(open.lostFrom)}至${minuteInShanghai(open.lostUntil)}（北京时间）之间的办理没有保存下来，` +
    `其间可能已经发出号码。编号、公布、报送与封存暂停，须由${roleLabels.secretariat}或者${roleLabels.admin}在编号台逐系列确认最后用到几号。`
  )
}

/**
 * Records a restore; numbering and the rest stop from here on. `by` is a person's id, `cli` for the command line,
 * `system` when the program noticed by itself.
 */
export async function recordRestoration(
  db: Db,
  at: Date,
  what: Pick<Restoration, 'kind' | 'lostFrom' | 'lostUntil'> & {
    known?: Record<string, SeriesHead[]>
    by: string
    reason: string
  },
): Promise<string[]> {
  return withTransaction(db, async (tx) => {
    const held = await workingJurisdictions(tx)
    for (const jurisdiction of held) {
      const value: Restoration = {
        open: true,
        kind: what.kind,
        lostFrom: what.lostFrom,
        lostUntil: what.lostUntil,
        known: what.known?.[jurisdiction] ?? [],
      }
      await tx
        .insert(settings)
        .values({
          jurisdictionId: jurisdiction,
          key: `restoration:${what.lostUntil}`,
          value: value as unknown as Record<string, unknown>,
        })
        .onConflictDoNothing()
      await holdNotices(tx, jurisdiction, at.toISOString())
      await tx.insert(officeActs).values({
        jurisdictionId: jurisdiction,
        id: randomUUID(),
        at,
        by: what.by,
        kind: 'backup_restored',
        subject: jurisdiction,
        detail: { kind: what.kind, lostFrom: what.lostFrom, lostUntil: what.lostUntil },
        reason: what.reason,
      })
    }
    return held
  })
}

/** Whether the record last seen is there, or, where a file of before does not name it, as many records as there were. */
async function recorded(db: Db, jurisdiction: string, was: OfficeHeads['jurisdictions'][string]): Promise<boolean> {
  const { last, events } = was
  if (last) {
    const [entry] = await db
      .select({ hash: ledgerEvents.hash })
      .from(ledgerEvents)
      .where(
        and(
          eq(ledgerEvents.jurisdictionId, jurisdiction),
          eq(ledgerEvents.matterId, last.matter),
          eq(ledgerEvents.seq, last.seq),
        ),
      )
    return entry?.hash === last.hash
  }
  if (events === undefined) return true
  const [total] = await db
    .select({ events: sql<number>`coalesce(sum(${matters.ledgerSeq}), 0)::int` })
    .from(matters)
    .where(eq(matters.jurisdictionId, jurisdiction))
  return (total?.events ?? 0) >= events
}

/**
 * Whether the database is older than what is recorded outside; if so, records a restore. Returns the jurisdictions
 * that were stopped.
 */
export async function noticeOlderDatabase(office: Office, seen: Record<string, OfficeHeads>): Promise<string[]> {
  const before = seen[await databaseId(office.db)]
  if (!before) return []
  const now = await latestHeads(office)
  for (const [id, was] of Object.entries(before.jurisdictions)) {
    const is = now.jurisdictions[id]
    const [entry] = was.office
      ? await office.db
          .select({ hash: officeLedger.hash })
          .from(officeLedger)
          .where(and(eq(officeLedger.jurisdictionId, id), eq(officeLedger.seq, was.office.seq)))
      : []
    const older =
      (was.office !== null && entry?.hash !== was.office.hash) ||
      !(await recorded(office.db, id, was)) ||
      was.series.some((s) => (is?.series.find((x) => x.series === s.series && x.year === s.year)?.last ?? 0) < s.last)
    if (!older) continue
    const newest = Object.values(now.jurisdictions).flatMap((each) => (each.newest ? [each.newest] : []))
    const known = Object.fromEntries(Object.entries(before.jurisdictions).map(([code, each]) => [code, each.series]))
    // One restored by command has stopped already; only the numbers known outside are added.
    const held = await openRestorations(office.db, id)
    if (held.length > 0) {
      for (const each of held)
        if (each.known.length === 0 && was.series.length > 0)
          await office.db
            .update(settings)
            .set({ value: { ...each, key: undefined, known: was.series } })
            .where(and(eq(settings.jurisdictionId, id), eq(settings.key, each.key)))
      continue
    }
    return recordRestoration(office.db, office.clock.now(), {
      kind: 'older',
      lostFrom: newest.sort().at(-1) ?? before.at,
      lostUntil: before.at > (newest.sort().at(-1) ?? '') ? before.at : office.clock.now().toISOString(),
      known,
      by: 'system',
      reason: '数据库比库外记下的链头旧',
    })
  }
  return []
}

/**
 * Numbers that the public log knows of and this database does not (after an old backup): their series are raised in the
 * restore that waits for confirmation, so that none of them is issued again. Where no restore was recorded, one is.
 */
export async function reserveFromLog(
  office: Office,
  tx: Tx,
  jurisdiction: string,
  texts: readonly string[],
): Promise<SeriesHead[]> {
  const heads = new Map<string, SeriesHead>()
  for (const text of texts) {
    const number = parseNumber(text)
    if (number.prefix === null || number.year === null || number.seq === null) continue
    const key = `${number.prefix} ${number.year}`
    const last = Math.max(heads.get(key)?.last ?? 0, number.seq)
    heads.set(key, { series: number.prefix, year: number.year, kind: 'document', last })
  }
  const stored = await seriesOf(tx, jurisdiction)
  const known = [...heads.values()].filter(
    (head) => (stored.find((s) => s.series === head.series && s.year === head.year)?.last ?? 0) < head.last,
  )
  if (known.length === 0) return []
  const now = office.clock.now().toISOString()
  const [open] = await openRestorations(tx, jurisdiction)
  const { key = `restoration:${now}`, ...rest } = open ?? {
    open: true,
    kind: 'older' as const,
    lostFrom: now,
    lostUntil: now,
    known: [],
  }
  const value = { ...rest, known: [...rest.known, ...known] } as unknown as Record<string, unknown>
  await tx
    .insert(settings)
    .values({ jurisdictionId: jurisdiction, key, value })
    .onConflictDoUpdate({ target: [settings.jurisdictionId, settings.key], set: { value } })
  return known
}

const clerk = (actor: Actor) => {
  if (actor.kind !== 'person' || !actor.posts.some((p) => p.role === 'secretariat' || p.role === 'admin'))
    throw new AppError('forbidden', `恢复备份以后的用号由${roleLabels.secretariat}或者${roleLabels.admin}确认`)
  return actor
}
/**
 * The state after a restore: the span lost, and for each series the last number in the database and the last known
 * outside. `open` is empty when no restore is to be confirmed.
 */
export async function restorationState(office: Office, actor: Actor) {
  clerk(actor)
  const all = await restorations(office.db, actor.jurisdiction)
  const open = all.filter((each) => each.open)
  const series = await seriesOf(office.db, actor.jurisdiction)
  const known = open.flatMap((each) => each.known)
  const lastKnown = (s: SeriesHead) =>
    Math.max(0, ...known.filter((k) => k.series === s.series && k.year === s.year).map((k) => k.last))
  const lost = known.filter((k) => !series.some((s) => s.series === k.series && s.year === k.year))
  return {
    open,
    past: all.filter((each) => !each.open),
    series: [...series, ...lost.map((k) => ({ ...k, last: 0 }))].map((s) => ({
      ...s,
      lastKnown: lastKnown(s) || null,
    })),
  }
}

const textOf = (office: Office, jurisdiction: string, s: SeriesHead, seq: number): string => {
  if (s.kind === 'document') return formatDocumentNumber({ prefix: s.series, year: s.year, seq })
  if (s.kind === 'index')
    return formatIndexNumber({ organisationCode: s.series.replace(/^索引:/, ''), year: s.year, seq })
  const rules = office.rules.latest(jurisdiction, dateInShanghai(office.clock.now().toISOString())).numbering
  return formatRegistryNumber(rules.registryTemplate.value, {
    region: s.series.replace(/^登记:/, ''),
    year: s.year,
    seq,
  })
}
const most = 2000

type Stated = { series: string; year: number; kind?: string | undefined; last: number }

/** Series to confirm: those in the database, and those known outside that the database lacks (counted as 0). */
async function toConfirm(tx: Tx, jurisdiction: string, open: readonly RestorationRow[]): Promise<SeriesHead[]> {
  const stored = await seriesOf(tx, jurisdiction)
  const lost = open
    .flatMap((each) => each.known)
    .filter((k) => !stored.some((s) => s.series === k.series && s.year === k.year))
  return [...stored, ...lost.map((k) => ({ ...k, last: 0 }))]
}
const sameSeries = (a: Pick<Stated, 'series' | 'year'>) => (b: Pick<Stated, 'series' | 'year'>) =>
  a.series === b.series && a.year === b.year

/**
 * What is wrong with the numbers stated: a series left out, one below what is known, more than two thousand added at
 * once. If another person is confirming at the same time, waits for them to finish and then looks.
 */
export async function confirmationFaults(
  tx: Tx,
  jurisdiction: string,
  stated: readonly Stated[],
): Promise<Array<{ path: string; message: string }>> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`restoration:${jurisdiction}`}))`)
  const open = await openRestorations(tx, jurisdiction)
  const wanted = await toConfirm(tx, jurisdiction, open)
  const known = open.flatMap((each) => each.known)
  const faults: Array<[string, string]> = []
  for (const s of wanted)
    if (!stated.some(sameSeries(s)))
      faults.push(['series', `${s.series}〔${s.year}〕没有确认，库中最后为 ${s.last} 号`])
  for (const [i, x] of stated.entries()) {
    const s = wanted.find(sameSeries(x))
    const least = Math.max(s?.last ?? 0, ...known.filter(sameSeries(x)).map((k) => k.last))
    if (!s && !x.kind) faults.push([`series.${i}.kind`, '库中没有的系列，须写明种类：document、registry 或者 index'])
    if (x.last < least) faults.push([`series.${i}.last`, `不得小于已知的最后用号 ${least}`])
    if (x.last - (s?.last ?? 0) > most)
      faults.push([`series.${i}.last`, `比库中的 ${s?.last ?? 0} 号多出 ${most} 号以上，请核对`])
  }
  return faults.map(([path, message]) => ({ path, message }))
}

/**
 * Voids the numbers missing from the database, with the reason, never to be issued again; from here on numbering,
 * publication, submission for filing and sealing resume. Whether it may be done is for the rules.
 */
export async function confirmLostNumbers(
  office: Office,
  tx: Tx,
  jurisdiction: string,
  by: { person: string; name: string },
  input: { series: readonly Stated[]; reason: string },
): Promise<{ voided: number; series: SeriesHead[] }> {
  const open = await openRestorations(tx, jurisdiction)
  const wanted = await toConfirm(tx, jurisdiction, open)
  const now = office.clock.now()
  const reason = `恢复备份时丢失（${minuteInShanghai(open[0]?.lostFrom ?? '')}至${minuteInShanghai(open[0]?.lostUntil ?? '')}，北京时间）：${input.reason}`
  let voided = 0
  const confirmed: SeriesHead[] = []
  for (const x of input.series) {
    const s = wanted.find(sameSeries(x))
    const head: SeriesHead = { series: x.series, year: x.year, kind: s?.kind ?? x.kind ?? 'document', last: x.last }
    confirmed.push(head)
    for (let seq = (s?.last ?? 0) + 1; seq <= x.last; seq += 1) {
      // A series can only go up one by one; the database guards that.
      await tx
        .insert(numberSeries)
        .values({ jurisdictionId: jurisdiction, series: head.series, year: head.year, kind: head.kind, lastSeq: 1 })
        .onConflictDoUpdate({
          target: [numberSeries.jurisdictionId, numberSeries.series, numberSeries.year],
          set: { lastSeq: sql`${numberSeries.lastSeq} + 1` },
        })
      await tx.insert(numbers).values({
        jurisdictionId: jurisdiction,
        series: head.series,
        year: head.year,
        seq,
        kind: head.kind,
        text: textOf(office, jurisdiction, head, seq),
        status: 'void',
        documentId: null,
        at: now,
        by: by.person,
        voidReason: reason,
        voidApprover: by.name,
        voidedAt: now,
      })
      voided += 1
    }
  }
  for (const { key, ...each } of open)
    await tx
      .update(settings)
      .set({
        value: {
          ...each,
          open: false,
          confirmed: { at: now.toISOString(), by: by.person, series: confirmed, reason: input.reason },
        } as unknown as Record<string, unknown>,
      })
      .where(and(eq(settings.jurisdictionId, jurisdiction), eq(settings.key, key)))
  await recordOfficeAct(
    tx,
    office,
    { jurisdiction, person: by.person },
    'numbers_confirmed',
    jurisdiction,
    { series: confirmed, voided },
    input.reason,
  )
  return { voided, series: confirmed }
}

/** Which restore's lost span holds the date in a receipt code; null when none does. */
export async function lostWith(db: DbOrTx, receipt: string): Promise<string | null> {
  const found = /^YJ(\d{4})(\d\d)(\d\d)-[0-9A-F]{20}$/.exec(receipt)
  if (!found) return null
  const day = `${found[1]}-${found[2]}-${found[3]}`
  const rows = await db
    .select({ value: settings.value })
    .from(settings)
    .where(sql`${settings.key} like 'restoration:%'`)
  const lost = rows
    .map((row) => row.value as unknown as Restoration)
    .find((each) => dateInShanghai(each.lostFrom) <= day && day <= dateInShanghai(each.lostUntil))
  if (!lost) return null
  return `没有找到这个回执号。本系统的数据曾由备份恢复，${minuteInShanghai(lost.lostFrom)}至${minuteInShanghai(lost.lostUntil)}（北京时间）之间提出的意见没有保存下来；您的意见如是其间提出的，请重新提出，或者凭回执号与起草单位联系。`
}
