// Daily seal: cut at the end of the day in Beijing time, it links the chain heads of all files that day into one chain
// of seals.
import { addDays, dateInShanghai, endOfDayInstant } from '@dianzhang/calendar'
import { and, type DbOrTx, desc, eq, gte, lt, schema, sql, withTransaction } from '@dianzhang/database'
import { sealDay } from '@dianzhang/ledger'
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
    .where(sql`exists (select 1 from matters m where m.jurisdiction_id = ${j.id})`)
  const lastSeal = (db: DbOrTx, jurisdiction: string) =>
    db
      .select({ day: t.day, seal: t.seal })
      .from(t)
      .where(eq(t.jurisdictionId, jurisdiction))
      .orderBy(desc(t.day))
      .limit(1)
  const sealedHeads = async (tx: DbOrTx, jurisdiction: string, day: string) => {
    const [row] = await tx
      .select({ heads: t.heads })
      .from(t)
      .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.day, day)))
    return row?.heads ?? []
  }
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
      if (before && before.day >= yesterday) return 0
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
      // Chain heads of the previous seal plus those changed in the days since: the whole history is not read again.
      const heads = new Map(
        (before ? await sealedHeads(tx, jurisdiction, before.day) : []).map((head) => [head.document, head]),
      )
      let from = before ? until(before.day) : null
      for (const day of days) {
        const changed = await tx
          .selectDistinctOn([e.matterId], { document: e.matterId, seq: e.seq, hash: e.hash })
          .from(e)
          .where(and(eq(e.jurisdictionId, jurisdiction), from ? gte(e.at, from) : undefined, lt(e.at, until(day))))
          .orderBy(e.matterId, desc(e.seq))
        for (const head of changed) heads.set(head.document, head)
        from = until(day)
        if (heads.size === 0) continue
        const seal = sealDay({ day, heads: [...heads.values()], prevSeal: previous, office: officeHead })
        await tx.insert(t).values({ jurisdictionId: jurisdiction, ...seal, at: office.clock.now() })
        previous = seal.seal
        added += 1
      }
      return added
    })
  }
  return sealed
}
