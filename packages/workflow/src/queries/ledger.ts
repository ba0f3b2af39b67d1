// The desk of the ledger: how long it is, and whether the latest seal still agrees with it.
import { endOfDayInstant } from '@dianzhang/calendar'
import type { answers } from '@dianzhang/contract'
import { correlated, count, desc, eq, schema, sql } from '@dianzhang/database'
import { SealTree } from '@dianzhang/ledger'
import type { Actor, Office } from '../office.ts'

const { ledgerEvents, ledgerSeals, matters } = schema

/** Compares the latest seal with the heads that the ledger has for its day; `intact` is null where nothing has been sealed. */
export async function ledgerState(office: Office, actor: Actor): Promise<answers.Given<typeof answers.LedgerState>> {
  const j = actor.jurisdiction
  const [[files], [events], [seal]] = await Promise.all([
    office.db.select({ n: count() }).from(matters).where(eq(matters.jurisdictionId, j)),
    office.db.select({ n: count() }).from(ledgerEvents).where(eq(ledgerEvents.jurisdictionId, j)),
    office.db
      .select({
        day: ledgerSeals.day,
        documents: ledgerSeals.documents,
        events: ledgerSeals.events,
        root: ledgerSeals.root,
        seal: ledgerSeals.seal,
        at: ledgerSeals.at,
        missing: correlated(sql<number>`(select count(*) from jsonb_to_recordset(${ledgerSeals.heads})
            as head(document text, seq int, hash text)
          where not exists (select 1 from ledger_events e where e.jurisdiction_id = ${ledgerSeals.jurisdictionId}
            and e.matter_id = head.document and e.seq = head.seq and e.hash = head.hash))::int`),
      })
      .from(ledgerSeals)
      .where(eq(ledgerSeals.jurisdictionId, j))
      .orderBy(desc(ledgerSeals.day))
      .limit(1),
  ])
  // The root over where every matter stood at the end of that day, from the ledger alone.
  const stood = seal
    ? await office.db.execute<{ document: string; seq: number; hash: string }>(sql`
        select distinct on (e.matter_id) e.matter_id as document, e.seq, e.hash from ledger_events e
        where e.jurisdiction_id = ${j} and e.at < ${endOfDayInstant(seal.day)}::timestamptz order by e.matter_id, e.seq desc`)
    : []
  return {
    documents: files?.n ?? 0,
    events: events?.n ?? 0,
    latestSeal: seal ? { ...seal, at: seal.at.toISOString() } : null,
    intact: seal ? new SealTree([...stood]).root() === seal.root : null,
  }
}
