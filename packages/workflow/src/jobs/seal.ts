// 每日封存：以北京时间的日终为界，把当日全部案卷的链头连成一条封存链。
import { addDays, dateInShanghai, endOfDayInstant } from '@dianzhang/calendar'
import { and, type DbOrTx, desc, eq, gte, lt, schema, sql, withTransaction } from '@dianzhang/database'
import { sealDay } from '@dianzhang/ledger'
import { clockFacts, clockFault } from '../clock-check.ts'
import type { Office } from '../office.ts'
import { openRestorations } from '../restoration.ts'

/**
 * 补封截至昨日尚未封存的各日：停机期间有台账记录的每一日，以及昨日。返回新增的封存数。
 */
export async function sealLedger(office: Office): Promise<number> {
  const facts = await clockFacts(office.db)
  const fault = clockFault(office, facts)
  if (fault !== null) {
    office.log.error({ fault }, '时钟不对，暂不封存')
    return 0
  }
  // 一日须在服务器与数据库两只钟上都已经过完：封存了的日子不会再打开。
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
    // 恢复备份以后、用号没有确认以前不封存：这些日子也许早有封存，公布过的锚里是另一个样子。
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
      // 前一封存的链头，加上其后各日变动的：不重读全部历史。
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
