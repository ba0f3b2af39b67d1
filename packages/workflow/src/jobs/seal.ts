// Daily seal: cut at the end of the day in Beijing time, it links the chain heads of all files that day into one chain
// of seals. A day costs what happened on it: the tree over the heads is kept between sweeps, and a seal stores the heads
// that changed.
import { addDays, dateInShanghai, endOfDayInstant } from '@dianzhang/calendar'
import { and, type DbOrTx, desc, eq, gte, lt, schema, sql, withTransaction } from '@dianzhang/database'
import { type SealedHead, SealTree } from '@dianzhang/ledger'
import { clockFacts, clockFault } from '../clock-check.ts'
import type { Office } from '../office.ts'
import { openRestorations } from '../restoration.ts'

/**
 * Seals the days up to yesterday that are not sealed yet: every day of the downtime with ledger entries, and
 * yesterday. Returns the number of new seals.
 */
export async function sealLedger(office: Office): Promise<number> {
  const facts = await clockFacts(office.db)
  const fault = clockFault(office, facts)
  if (fault !== null) {
    office.log.error({ fault }, '时钟不对，暂不封存')
    return 0
  }
  // The day must be over by both clocks, the server's and the database's: a sealed day is never opened again.
  const now = office.clock.now()
  const ahead = office.clock.wall ? Math.max(0, office.clock.wall().getTime() - Date.parse(facts.dbNow)) : 0
  const yesterday = addDays(dateInShanghai(new Date(now.getTime() - ahead).toISOString()), -1)
  const { ledgerSeals: t, ledgerEvents: e, jurisdictions: j } = schema
  // Asked of the few jurisdictions, not of all their matters.
  const owners = await office.db
    .select({ id: j.id })
    .from(j)
    .where(
      sql`(select m.id from matters m where m.jurisdiction_id = ${j.id} order by m.jurisdiction_id, m.id limit 1) is not null`,
    )
  const lastSeal = (db: DbOrTx, jurisdiction: string) =>
    db
      .select({ day: t.day, seal: t.seal, root: t.root })
      .from(t)
      .where(eq(t.jurisdictionId, jurisdiction))
      .orderBy(desc(t.day))
      .limit(1)
  let sealed = 0
  for (const { id: jurisdiction } of owners) {
    // After a restore nothing is sealed until the numbers used are confirmed: those days may have been sealed already,
    // and the published anchors may show something else.
    if ((await openRestorations(office.db, jurisdiction)).length > 0) continue
    const [last] = await lastSeal(office.db, jurisdiction)
    if (last && last.day >= yesterday) continue
    sealed += await withTransaction(office.db, async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`seal:${jurisdiction}`}))`)
      const [before] = await lastSeal(tx, jurisdiction)
      if (before && before.day >= yesterday) return null
      const until = (day: string) => new Date(endOfDayInstant(day))
      const rows = await tx
        .selectDistinct({ day: sql<string>`(${e.at} at time zone 'Asia/Shanghai')::date::text` })
        .from(e)
        .where(
          and(
            eq(e.jurisdictionId, jurisdiction),
            lt(e.at, until(yesterday)),
            before ? gte(e.at, until(before.day)) : undefined,
          ),
        )
      const days = [...new Set([...rows.map((row) => row.day), yesterday])].sort()
      const { officeLedger: o } = schema
      const [officeHead = null] = await tx
        .select({ seq: o.seq, hash: o.hash })
        .from(o)
        .where(eq(o.jurisdictionId, jurisdiction))
        .orderBy(desc(o.seq))
        .limit(1)
      let previous = before?.seal ?? null
      let added = 0
      // The tree of the previous seal plus what changed in the days since: the whole history is not read again.
      const kept = trees.get(office)?.get(jurisdiction)
      trees.get(office)?.delete(jurisdiction)
      const tree =
        before && kept?.seal === before.seal
          ? kept.tree
          : before
            ? await treeOf(tx, jurisdiction, before.root, until(before.day))
            : new SealTree()
      let from = before ? until(before.day) : null
      for (const day of days) {
        const changed = await tx
          .selectDistinctOn([e.matterId], { document: e.matterId, seq: e.seq, hash: e.hash })
          .from(e)
          .where(and(eq(e.jurisdictionId, jurisdiction), from ? gte(e.at, from) : undefined, lt(e.at, until(day))))
          .orderBy(e.matterId, desc(e.seq))
        from = until(day)
        if (tree.size + changed.length === 0) continue
        const seal = tree.seal({ day, changed, prevSeal: previous, office: officeHead })
        await tx.insert(t).values({ jurisdictionId: jurisdiction, ...seal, at: office.clock.now() })
        previous = seal.seal
        added += 1
      }
      return { added, tree, seal: previous }
    }).then((done) => {
      // Kept only once it is committed.
      if (done?.seal) {
        const own = trees.get(office) ?? new Map<string, { seal: string; tree: SealTree }>()
        trees.set(office, own.set(jurisdiction, { seal: done.seal, tree: done.tree }))
      }
      return done?.added ?? 0
    })
  }
  return sealed
}

/** The tree as the latest seal left it, for the sweeps after. */
const trees = new WeakMap<Office, Map<string, { seal: string; tree: SealTree }>>()

/**
 * The tree whose root the last seal holds: from where every matter stands, those that went on since read back to `until`.
 * Where that is another root (a matter was altered), from what the seals themselves say.
 */
async function treeOf(tx: DbOrTx, jurisdiction: string, root: string, until: Date): Promise<SealTree> {
  const now = await tx.execute<{ document: string; seq: number; hash: string }>(sql`
    with later as (select distinct matter_id from ledger_events where jurisdiction_id = ${jurisdiction} and at >= ${until.toISOString()}::timestamptz)
    select m.id as document, m.ledger_seq as seq, m.ledger_head as hash from matters m
    where m.jurisdiction_id = ${jurisdiction} and m.ledger_seq > 0 and not exists (select 1 from later l where l.matter_id = m.id)
    union all
    select l.matter_id, e.seq, e.hash from later l cross join lateral (
      select x.seq, x.hash from ledger_events x where x.jurisdiction_id = ${jurisdiction} and x.matter_id = l.matter_id
        and x.at < ${until.toISOString()}::timestamptz order by x.seq desc limit 1) e`)
  const tree = new SealTree([...now])
  if (tree.root() === root) return tree
  const said = await tx.execute<SealedHead & Record<string, unknown>>(sql`
    select distinct on (h.document) h.document, h.seq, h.hash from ledger_seals s
    cross join lateral jsonb_to_recordset(s.heads) as h(document text, seq int, hash text)
    where s.jurisdiction_id = ${jurisdiction} order by h.document, s.day desc`)
  return new SealTree([...said])
}
