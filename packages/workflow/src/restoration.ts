// 恢复备份以后：备份里没有的号码可能已经发出去了。编号、公布、报送与封存暂停，直到有人逐系列确认最后用到几号；
// 其间丢失的号作废并写明理由，永不再发。数据库被悄悄换成旧的，由库外记下的链头看出来，同样处理。
import { randomUUID } from 'node:crypto'
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError, roleLabels } from '@dianzhang/contract'
import { and, asc, type Db, type DbOrTx, desc, eq, schema, sql, type Tx, withTransaction } from '@dianzhang/database'
import { formatDocumentNumber, formatIndexNumber, formatRegistryNumber } from '@dianzhang/numbering'
import type { Actor, Office } from './office.ts'
import { recordOfficeAct } from './people/office-acts.ts'

const { matters, ledgerSeals, numberSeries, numbers, officeActs, officeLedger, settings } = schema

export interface SeriesHead {
  series: string
  year: number
  kind: string
  last: number
}
/** 某一时刻一个数据库的链头与用号。 */
export interface OfficeHeads {
  database: string
  at: string
  jurisdictions: Record<
    string,
    { office: { seq: number; hash: string } | null; events: number; newest: string | null; series: SeriesHead[] }
  >
}
export interface Restoration {
  open: boolean
  /** restored：由命令恢复；older：与库外记下的链头对不上，是一个旧的数据库。 */
  kind: 'restored' | 'older'
  /** 其间的数据没有保存下来（办公时间，ISO）。 */
  lostFrom: string
  lostUntil: string
  /** 库外记下的各系列最后用号；不知道的没有。 */
  known: SeriesHead[]
  confirmed?: { at: string; by: string; series: SeriesHead[]; reason: string }
}
export interface RestorationRow extends Restoration {
  key: string
}
const national = 'CN'

/** 这个数据库的标识：第一次问时写下，备份与恢复都带着它。 */
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

/** 有案卷或者编号系列的法域。 */
async function workingJurisdictions(db: DbOrTx): Promise<string[]> {
  const rows = (await db.execute(
    sql`select jurisdiction_id as id from ${matters} union select jurisdiction_id from ${numberSeries} order by 1`,
  )) as unknown as Array<{ id: string }>
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

/** 此刻各法域的链头与用号。 */
export async function latestHeads(office: Office): Promise<OfficeHeads> {
  const { db } = office
  const heads: OfficeHeads = { database: await databaseId(db), at: office.clock.now().toISOString(), jurisdictions: {} }
  for (const id of [...new Set([national, ...(await workingJurisdictions(db))])]) {
    // 先取链头，再取用号：用号只会比链头新，不会误以为少了。
    const head = await officeHead(db, id)
    const [total] = await db
      .select({
        events: sql<number>`coalesce(sum(${matters.ledgerSeq}), 0)::int`,
        newest: sql<string | null>`max(${matters.updatedAt})::text`,
      })
      .from(matters)
      .where(eq(matters.jurisdictionId, id))
    heads.jurisdictions[id] = {
      office: head,
      events: total?.events ?? 0,
      newest: total?.newest ? new Date(total.newest).toISOString() : null,
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
  /** 不属于任何法域的办公台账（账号、全国的规则与放假通知）在写下时的链头。 */
  national: { seq: number; hash: string } | null
}
/** 各法域在 `last` 所说的日子以后的封存，日期为序。 */
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

/** 尚未确认的恢复；`jurisdiction` 缺省为全部。 */
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

const beijing = (iso: string): string =>
  new Date(Date.parse(iso) + 8 * 3600_000).toISOString().slice(0, 16).replace('T', ' ')

/** 恢复以后还没有人确认用号的，拒绝（409）：不编号、不公布、不报送。 */
export async function requireNumbering(db: DbOrTx, jurisdiction: string): Promise<void> {
  const why = await numberingSuspended(db, jurisdiction)
  if (why !== null) throw new AppError('conflict', why)
}
/** 编号暂停的缘由；没有暂停的为 null。 */
export async function numberingSuspended(db: DbOrTx, jurisdiction: string): Promise<string | null> {
  const [open] = await openRestorations(db, jurisdiction)
  if (!open) return null
  return (
    `数据库${open.kind === 'restored' ? '由备份恢复' : '被换成了旧的'}，${beijing(open.lostFrom)}至${beijing(open.lostUntil)}（北京时间）之间的办理没有保存下来，` +
    `其间可能已经发出号码。编号、公布、报送与封存暂停，须由${roleLabels.secretariat}或者${roleLabels.admin}在编号台逐系列确认最后用到几号。`
  )
}

/** 记下一次恢复，此后编号等暂停。`by` 为人员标识，命令行为 `cli`，程序自己发现的为 `system`。 */
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

/** 数据库是不是比库外记下的旧；是的，记下一次恢复。返回暂停了的法域。 */
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
      (is?.events ?? 0) < was.events ||
      was.series.some((s) => (is?.series.find((x) => x.series === s.series && x.year === s.year)?.last ?? 0) < s.last)
    if (!older) continue
    const newest = Object.values(now.jurisdictions).flatMap((each) => (each.newest ? [each.newest] : []))
    const known = Object.fromEntries(Object.entries(before.jurisdictions).map(([code, each]) => [code, each.series]))
    // 由命令恢复的，已经暂停，只补上库外知道的用号。
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

const clerk = (actor: Actor) => {
  if (actor.kind !== 'person' || !actor.posts.some((p) => p.role === 'secretariat' || p.role === 'admin'))
    throw new AppError('forbidden', `恢复备份以后的用号由${roleLabels.secretariat}或者${roleLabels.admin}确认`)
  return actor
}
/** 恢复以后的情形：丢失的时段、各系列库中的最后用号与库外所知的。没有待确认的恢复时 `open` 为空。 */
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

/** 待确认的各系列：库中的，以及库外所知而库中没有的（记为 0）。 */
async function toConfirm(tx: Tx, jurisdiction: string, open: readonly RestorationRow[]): Promise<SeriesHead[]> {
  const stored = await seriesOf(tx, jurisdiction)
  const lost = open
    .flatMap((each) => each.known)
    .filter((k) => !stored.some((s) => s.series === k.series && s.year === k.year))
  return [...stored, ...lost.map((k) => ({ ...k, last: 0 }))]
}
const sameSeries = (a: Pick<Stated, 'series' | 'year'>) => (b: Pick<Stated, 'series' | 'year'>) =>
  a.series === b.series && a.year === b.year

/** 所写的用号哪里不对：有系列没有确认、比已知的小、一次多出两千号以上。等同时确认的另一人办完再看。 */
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

/** 库中没有的各号作废，写明理由，永不再发；此后编号、公布、报送与封存恢复。可不可以由规则判断。 */
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
  const reason = `恢复备份时丢失（${beijing(open[0]?.lostFrom ?? '')}至${beijing(open[0]?.lostUntil ?? '')}，北京时间）：${input.reason}`
  let voided = 0
  const confirmed: SeriesHead[] = []
  for (const x of input.series) {
    const s = wanted.find(sameSeries(x))
    const head: SeriesHead = { series: x.series, year: x.year, kind: s?.kind ?? x.kind ?? 'document', last: x.last }
    confirmed.push(head)
    for (let seq = (s?.last ?? 0) + 1; seq <= x.last; seq += 1) {
      // 系列只能逐一递增，数据库守着。
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

/** 回执号所载的日期落在哪一次恢复丢失的时段里；不是的为 null。 */
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
  return `没有找到这个回执号。本系统的数据曾由备份恢复，${beijing(lost.lostFrom)}至${beijing(lost.lostUntil)}（北京时间）之间提出的意见没有保存下来；您的意见如是其间提出的，请重新提出，或者凭回执号与起草单位联系。`
}
