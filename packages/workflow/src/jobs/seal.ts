// 每日封存：以北京时间的日终为界，把当日全部案卷的链头连成一条封存链。
import { addDays, dateInShanghai, endOfDayInstant } from '@dianzhang/calendar'
import { schema, withTransaction } from '@dianzhang/database'
import { sealDay } from '@dianzhang/ledger'
import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { Office } from '../office.ts'

/**
 * 补封截至昨日尚未封存的最近一日。停机多日只补封最近一日：封存包含全部链头，中间各日由其涵盖。
 * 返回新增的封存数。
 */
export async function sealLedger(office: Office): Promise<number> {
  const yesterday = addDays(dateInShanghai(office.clock.now().toISOString()), -1)
  const { ledgerSeals: t, ledgerEvents: e, documents } = schema
  const owners = await office.db.selectDistinct({ id: documents.jurisdictionId }).from(documents)
  let sealed = 0
  for (const { id: jurisdiction } of owners) {
    const last = await office.db
      .select({ day: t.day })
      .from(t)
      .where(eq(t.jurisdictionId, jurisdiction))
      .orderBy(desc(t.day))
      .limit(1)
    if (last[0] && last[0].day >= yesterday) continue
    sealed += await withTransaction(office.db, async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`seal:${jurisdiction}`}))`)
      const [previous] = await tx
        .select()
        .from(t)
        .where(eq(t.jurisdictionId, jurisdiction))
        .orderBy(desc(t.day))
        .limit(1)
      if (previous && previous.day >= yesterday) return 0
      const heads = await tx
        .selectDistinctOn([e.documentId], { document: e.documentId, seq: e.seq, hash: e.hash })
        .from(e)
        .where(and(eq(e.jurisdictionId, jurisdiction), lt(e.at, new Date(endOfDayInstant(yesterday)))))
        .orderBy(e.documentId, desc(e.seq))
      if (heads.length === 0) return 0
      const seal = sealDay({ day: yesterday, heads, prevSeal: previous?.seal ?? null })
      await tx.insert(t).values({ jurisdictionId: jurisdiction, ...seal, at: office.clock.now() })
      return 1
    })
  }
  return sealed
}
